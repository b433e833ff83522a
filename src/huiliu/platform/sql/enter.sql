-- How every request begins, in one round trip: its reach, its idempotency key, the stamps of the process caches.
-- Runs as its caller, so that what follows inside of it runs under the reach already. The stamps are read last: whoever
-- held the key was waited for, and what it changed is seen.
CREATE OR REPLACE FUNCTION platform_enter(
  p_role text, p_lo text, p_hi text, p_user text, p_key text, p_owner text, p_route text, p_hash bytea, p_now timestamptz,
  OUT taken boolean, OUT stamps jsonb
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.set_config('role', p_role, true), pg_catalog.set_config('huiliu.lo', p_lo, true),
          pg_catalog.set_config('huiliu.hi', p_hi, true), pg_catalog.set_config('huiliu.user_id', p_user, true),
          pg_catalog.set_config('lock_timeout', '3s', true);
  taken := false;
  IF p_key IS NOT NULL THEN
    INSERT INTO public.platform_idempotency_key (user_id, key, owner_path, route, input_hash, content_type, created_at)
    VALUES (coalesce(nullif(p_user, ''), '0')::bigint, p_key, p_owner, p_route, p_hash, '', p_now) ON CONFLICT DO NOTHING;
    taken := FOUND;
  END IF;
  SELECT coalesce(pg_catalog.jsonb_object_agg(s.name, s.stamp), '{}') INTO stamps FROM public.platform_stamps() s;
END $$;
REVOKE ALL ON FUNCTION platform_enter(text, text, text, text, text, text, text, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_enter(text, text, text, text, text, text, text, bytea, timestamptz) TO huiliu_web, huiliu_worker, huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
