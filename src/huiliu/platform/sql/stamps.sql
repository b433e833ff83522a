-- A stamp changes whenever what it stands for does; caches compare it once per transaction. The value is the
-- changing transaction's id: a stamp read before that commit can never equal the one read after it.
-- An insert-only table: writers never wait for each other. Old rows are pruned by maintenance.
CREATE OR REPLACE FUNCTION platform_bump_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.platform_stamp (name, row_xid) VALUES (TG_ARGV[0], pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- The visible stamps of all names at once: their count and latest writer, so that a late commit of an older
-- transaction changes the stamp too.
CREATE OR REPLACE FUNCTION platform_stamps() RETURNS TABLE (name text, stamp text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT name, count(*) || ':' || max(row_xid) || ':' || min(row_xid) FROM public.platform_stamp GROUP BY name
$$;
REVOKE ALL ON FUNCTION platform_stamps() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_stamps() TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

-- Keep one row a name once nobody can still see the older ones as new: the latest stands for all before it.
CREATE OR REPLACE FUNCTION platform_prune_stamps(p_keep int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.platform_stamp s USING (
    SELECT name, row_xid, row_number() OVER (PARTITION BY name ORDER BY row_xid DESC) AS place FROM public.platform_stamp) old
   WHERE old.name = s.name AND old.row_xid = s.row_xid AND old.place > p_keep
$$;
REVOKE ALL ON FUNCTION platform_prune_stamps(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_prune_stamps(int) TO huiliu_system;
