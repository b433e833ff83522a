-- A stamp changes whenever what it stands for does; caches compare it once per transaction. Every change adds a
-- row with a number that is never used again, so a change seen and rolled back, or one that commits late, gives
-- another stamp than any other state had. Writers never wait for each other. Old rows are pruned by maintenance.
CREATE OR REPLACE FUNCTION platform_bump_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.platform_stamp (name) VALUES (TG_ARGV[0]);
  RETURN NULL;
END $$;

-- The visible stamps of all names at once; the count tells of a late commit with a smaller number.
CREATE OR REPLACE FUNCTION platform_stamps() RETURNS TABLE (name text, stamp text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT name, count(*) || ':' || max(id) || ':' || min(id) FROM public.platform_stamp GROUP BY name
$$;
REVOKE ALL ON FUNCTION platform_stamps() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_stamps() TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

-- Keep one row a name once nobody can still see the older ones as new: the latest stands for all before it.
CREATE OR REPLACE FUNCTION platform_prune_stamps(p_keep int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.platform_stamp s USING (
    SELECT id, row_number() OVER (PARTITION BY name ORDER BY id DESC) AS place FROM public.platform_stamp) old
   WHERE old.id = s.id AND old.place > p_keep
$$;
REVOKE ALL ON FUNCTION platform_prune_stamps(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_prune_stamps(int) TO huiliu_system;

-- What nobody asks for any more: old answers to retries, and sessions that ended or expired.
CREATE OR REPLACE FUNCTION platform_prune(p_before timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.platform_idempotency_key WHERE created_at < p_before;
  DELETE FROM public.access_session WHERE expires_at < p_before OR ended_at < p_before;
END $$;
REVOKE ALL ON FUNCTION platform_prune(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_prune(timestamptz) TO huiliu_system;
