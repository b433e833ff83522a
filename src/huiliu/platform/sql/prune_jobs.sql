-- Ended jobs that nobody looks at any more, a bounded number at once, with the files that only they name:
-- the bytes are swept later. Kinds in p_keeping leave their file: another row names it, too.
CREATE OR REPLACE FUNCTION platform_prune_jobs(
  p_ended_before timestamptz, p_failed_before timestamptz, p_keeping text[], p_limit int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH old AS (
    SELECT id FROM public.platform_job
     WHERE (state IN ('DONE', 'CANCELLED') AND finished_at < p_ended_before)
        OR (state = 'FAILED' AND finished_at < p_failed_before)
     ORDER BY created_at, id LIMIT p_limit FOR UPDATE SKIP LOCKED),
  gone AS (
    DELETE FROM public.platform_job j USING old WHERE j.id = old.id RETURNING j.kind, j.result_file_id),
  files AS (
    DELETE FROM public.platform_file f USING gone
     WHERE f.id = gone.result_file_id AND f.subject_type = '' AND gone.kind <> ALL (p_keeping))
  SELECT count(*)::int FROM gone
$$;
REVOKE ALL ON FUNCTION platform_prune_jobs(timestamptz, timestamptz, text[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_prune_jobs(timestamptz, timestamptz, text[], int) TO huiliu_system;
