-- What decides a buyer's range and prices. Runs as the owner: the seller's system decides, not the reader's reach.
CREATE OR REPLACE FUNCTION partners_buyer_facts(p_organization bigint)
RETURNS TABLE (organization_id bigint, path text, name text, kind text, tier text, tags text[], channel text,
               region_code text, province text, city text, status text, default_seller_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.path, o.name, o.kind, coalesce(p.tier, ''), coalesce(p.tags, '{}')::text[], coalesce(p.channel, ''),
         coalesce(p.region_code, ''), coalesce(p.province, ''), coalesce(p.city, ''),
         CASE WHEN o.is_active THEN coalesce(p.status, 'ACTIVE') ELSE 'ENDED' END, coalesce(p.default_seller_id, o.parent_id)
    FROM public.access_organization o LEFT JOIN public.partners_partner p ON p.organization_id = o.id
   WHERE o.id = p_organization
$$;
REVOKE ALL ON FUNCTION partners_buyer_facts(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partners_buyer_facts(bigint) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON partners_partner
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('partners');
CREATE OR REPLACE TRIGGER stamp AFTER UPDATE OR DELETE ON access_organization
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('partners');

CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON partners_contract
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('partners');

-- The contracts of a partner: they decide for a buyer without being readable by whoever orders on its behalf.
CREATE OR REPLACE FUNCTION partners_contract_facts(p_organization bigint)
RETURNS TABLE (id uuid, number text, seller_id bigint, region_codes text[], category_ids bigint[],
               valid_from date, valid_to date, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.number, c.seller_id, c.region_codes::text[], c.category_ids::bigint[], c.valid_from, c.valid_to, c.status
    FROM public.partners_contract c WHERE c.partner_id = p_organization ORDER BY c.valid_from, c.id
$$;
REVOKE ALL ON FUNCTION partners_contract_facts(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partners_contract_facts(bigint) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
