-- Who a token is. Runs as the owner: the login role has no right on users or sessions.
-- Whoever must change the password can do nothing else, unless the session was opened without it (by a code to the
-- phone or by WeChat): nobody else knows those. A viewer who left takes the view along.
DROP FUNCTION IF EXISTS access_resolve(bytea);
CREATE FUNCTION access_resolve(given bytea)
RETURNS TABLE (session_id uuid, user_id bigint, organization_id bigint, path text, kind text, roles text[],
               scopes text[], impersonator_id bigint, locale text, timezone text, name text,
               seen_at timestamptz, must_change_password boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, u.id, o.id, o.path, o.kind, u.roles::text[],
         CASE WHEN u.must_change_password AND s.proven_phone = '' AND s.wechat_binding_id IS NULL
                   AND s.impersonator_id IS NULL AND NOT u.is_service
              THEN ARRAY['session:use'] ELSE s.scopes::text[] END,
         s.impersonator_id, u.locale, o.timezone, u.name, s.last_seen_at,
         u.must_change_password AND s.proven_phone = '' AND s.wechat_binding_id IS NULL
    FROM public.access_session s
    JOIN public.access_user u ON u.id = s.user_id
    JOIN public.access_organization o ON o.id = u.organization_id
    LEFT JOIN public.access_user viewer ON viewer.id = s.impersonator_id
   WHERE s.token_hash = given AND s.ended_at IS NULL AND s.expires_at > statement_timestamp()
     AND u.is_active AND o.is_active AND coalesce(viewer.is_active, true)
$$;
REVOKE ALL ON FUNCTION access_resolve(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_resolve(bytea) TO huiliu_web, huiliu_worker, huiliu_system;

