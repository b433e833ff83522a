-- One setting, for whoever asks: partners have no right on the table, what leaves is the one value.
CREATE OR REPLACE FUNCTION platform_setting_value(p_key text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT value FROM public.platform_setting WHERE key = p_key
$$;
REVOKE ALL ON FUNCTION platform_setting_value(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_setting_value(text) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON platform_setting
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('settings');
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON platform_custom_field
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('custom_fields');

-- Several numbers at once, in the order of their counting; see numbering.sql.
CREATE OR REPLACE FUNCTION platform_next_numbers(p_type text, p_organization bigint, p_day date, p_count int)
RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT public.platform_next_number(p_type, p_organization, p_day) FROM generate_series(1, p_count)
$$;
REVOKE ALL ON FUNCTION platform_next_numbers(text, bigint, date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_next_numbers(text, bigint, date, int) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

-- What the files of deleted rows leave behind: digests that no row names any more.
CREATE OR REPLACE FUNCTION platform_files_unknown(p_digests text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT digest FROM unnest(p_digests) AS digest
   WHERE NOT EXISTS (SELECT 1 FROM public.platform_file f WHERE f.sha256 = digest OR f.thumbnail_sha256 = digest)
$$;
REVOKE ALL ON FUNCTION platform_files_unknown(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_files_unknown(text[]) TO huiliu_system;
