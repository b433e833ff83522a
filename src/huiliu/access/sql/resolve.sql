-- Who a token is. Runs as the owner: the login role has no right on users or sessions.
-- Whoever must change the password can do nothing else; a viewer who left takes the view along.
DROP FUNCTION IF EXISTS access_resolve(bytea);
CREATE FUNCTION access_resolve(given bytea)
RETURNS TABLE (session_id uuid, user_id bigint, organization_id bigint, path text, kind text, roles text[],
               scopes text[], impersonator_id bigint, locale text, timezone text, name text,
               seen_at timestamptz, must_change_password boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, u.id, o.id, o.path, o.kind, u.roles::text[],
         CASE WHEN u.must_change_password AND s.impersonator_id IS NULL AND NOT u.is_service
              THEN ARRAY['session:use'] ELSE s.scopes::text[] END,
         s.impersonator_id, u.locale, o.timezone, u.name, s.last_seen_at, u.must_change_password
    FROM public.access_session s
    JOIN public.access_user u ON u.id = s.user_id
    JOIN public.access_organization o ON o.id = u.organization_id
    LEFT JOIN public.access_user viewer ON viewer.id = s.impersonator_id
   WHERE s.token_hash = given AND s.ended_at IS NULL AND s.expires_at > statement_timestamp()
     AND u.is_active AND o.is_active AND coalesce(viewer.is_active, true)
$$;
REVOKE ALL ON FUNCTION access_resolve(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_resolve(bytea) TO huiliu_web, huiliu_worker, huiliu_system;

-- Seen again: the session slides, up to the longest life of its kind. One writer; the others skip the row.
CREATE OR REPLACE FUNCTION access_touch(p_session uuid, p_now timestamptz, p_until timestamptz, p_longest interval)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.access_session
     SET last_seen_at = p_now,
         expires_at = CASE WHEN kind IN ('BROWSER', 'DEVICE')
                           THEN greatest(expires_at, least(p_until, created_at + p_longest)) ELSE expires_at END
   WHERE id = (SELECT id FROM public.access_session WHERE id = p_session FOR NO KEY UPDATE SKIP LOCKED)
$$;
REVOKE ALL ON FUNCTION access_touch(uuid, timestamptz, timestamptz, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_touch(uuid, timestamptz, timestamptz, interval) TO huiliu_web, huiliu_worker, huiliu_system;
