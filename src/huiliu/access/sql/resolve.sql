-- Who a token is. Runs as the owner: the login role has no right on users or sessions.
CREATE OR REPLACE FUNCTION access_resolve(given bytea)
RETURNS TABLE (session_id uuid, user_id bigint, organization_id bigint, path text, kind text, roles text[],
               scopes text[], impersonator_id bigint, locale text, timezone text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, u.id, o.id, o.path, o.kind, u.roles::text[], s.scopes::text[], s.impersonator_id, u.locale, o.timezone, u.name
    FROM public.access_session s
    JOIN public.access_user u ON u.id = s.user_id
    JOIN public.access_organization o ON o.id = u.organization_id
   WHERE s.token_hash = given AND s.ended_at IS NULL AND s.expires_at > statement_timestamp()
     AND u.is_active AND o.is_active
$$;
REVOKE ALL ON FUNCTION access_resolve(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_resolve(bytea) TO huiliu_web, huiliu_worker, huiliu_system;
