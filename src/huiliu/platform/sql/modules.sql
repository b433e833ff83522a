-- The modules that are switched off; asked before a reach is known, hence by the owner.
CREATE OR REPLACE FUNCTION platform_modules_off() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT array(SELECT jsonb_array_elements_text(value) FROM public.platform_setting WHERE key = 'modules.off')
$$;
REVOKE ALL ON FUNCTION platform_modules_off() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_modules_off() TO huiliu_web, huiliu_worker, huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
