-- Caches of sku facts and of the sellable scope notice any change with the next request.
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON catalog_sku
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('catalog');
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON catalog_sku_unit
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('catalog');
CREATE OR REPLACE TRIGGER stamp AFTER UPDATE ON catalog_product
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('catalog');
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE ON catalog_category
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('catalog');
-- A rule names categories by id and is read by their paths: a renamed category changes both.
CREATE OR REPLACE TRIGGER stamp_scope AFTER UPDATE ON catalog_category
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('scope');
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON catalog_scope_rule
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('scope');

-- The rules of the sellable scope: they decide for a partner without being readable by it.
CREATE OR REPLACE FUNCTION catalog_scope_rules()
RETURNS TABLE (id bigint, is_allow boolean, organization_ids bigint[], under_paths text[], tiers text[], tags text[],
               channels text[], kinds text[], sku_ids bigint[], category_paths text[], brand_ids bigint[],
               valid_from date, valid_to date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.id, r.is_allow, r.organization_ids, r.under_paths, r.tiers, r.tags, r.channels, r.kinds, r.sku_ids,
         ARRAY(SELECT c.path FROM public.catalog_category c WHERE c.id = ANY (r.category_ids)), r.brand_ids, r.valid_from, r.valid_to
    FROM public.catalog_scope_rule r ORDER BY r.id
$$;
REVOKE ALL ON FUNCTION catalog_scope_rules() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalog_scope_rules() TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
