-- How big the database is: the login roles may connect to it, the roles of a reach may not.
CREATE OR REPLACE FUNCTION platform_database_size() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT pg_database_size(current_database())
$$;
REVOKE ALL ON FUNCTION platform_database_size() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_database_size() TO huiliu_system;
