-- A company's name without what varies between two spellings of it: blanks, brackets, the legal form.
CREATE OR REPLACE FUNCTION partners_name_key(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT regexp_replace(
    regexp_replace(lower(p_name), '[[:space:]()（）·,，.。、"“”-]', '', 'g'),
    '(有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|公司|ltd|inc|llc)$', '')
$$;
GRANT EXECUTE ON FUNCTION partners_name_key(text) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
CREATE INDEX IF NOT EXISTS partners_partner_name_key ON partners_partner (partners_name_key(name));

-- Who may be the same company, over the whole network; of many asked about, each named by its place. Ids only: what the
-- reader may see of them, its reach says; the rest is a number. Partners get nothing: a duplicate check must not become
-- a way to look up competitors. What is not blank is said of the column, too: the indexes hold only that.
DROP FUNCTION IF EXISTS partners_same_company(text, text, text, bigint);
CREATE OR REPLACE FUNCTION partners_same_companies(p_usccs text[], p_phones text[], p_names text[], p_except bigint)
RETURNS TABLE (place bigint, organization_id bigint, because text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.place, s.organization_id, s.because
    FROM (SELECT w.uscc, w.phone, public.partners_name_key(w.name) AS name_key, w.place
            FROM unnest(p_usccs, p_phones, p_names) WITH ORDINALITY AS w (uscc, phone, name, place) OFFSET 0) a,
         LATERAL (
      SELECT p.organization_id, 'uscc' AS because FROM public.partners_partner p
       WHERE p.uscc <> '' AND p.uscc = a.uscc AND p.organization_id <> p_except
      UNION SELECT p.organization_id, 'phone' FROM public.partners_partner p
       WHERE p.phone <> '' AND p.phone = a.phone AND p.organization_id <> p_except
      UNION SELECT c.partner_id, 'phone' FROM public.partners_contact c
       WHERE c.phone <> '' AND c.phone = a.phone AND c.partner_id <> p_except
      UNION SELECT p.organization_id, 'name' FROM public.partners_partner p
       WHERE a.name_key <> '' AND public.partners_name_key(p.name) = a.name_key AND p.organization_id <> p_except
      LIMIT 100) s
$$;
REVOKE ALL ON FUNCTION partners_same_companies(text[], text[], text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partners_same_companies(text[], text[], text[], bigint) TO huiliu_staff, huiliu_branch, huiliu_system;
