-- Which lots of a sku an entry moved, in order: a receipt puts them where the shipment took them from.
CREATE OR REPLACE FUNCTION orders_lots_of(p_source_type text, p_source uuid, p_step text, p_sku bigint)
RETURNS TABLE (lot text, units numeric) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.lot, sum(t.amount) FROM public.ledger_entry e
    JOIN public.ledger_transfer t ON t.entry_id = e.id JOIN public.ledger_account a ON a.id = t.debit_account_id
   WHERE e.source_id = p_source AND e.source_type = p_source_type AND e.step = p_step AND a.sku_id = p_sku
   GROUP BY a.lot ORDER BY min(t.id)
$$;

REVOKE ALL ON FUNCTION orders_lots_of(text, uuid, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orders_lots_of(text, uuid, text, bigint) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

-- The first warehouse of an organization: a buyer sends returns to its seller's without seeing the seller's places.
CREATE OR REPLACE FUNCTION orders_default_warehouse(p_organization bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id FROM public.inventory_warehouse WHERE organization_id = p_organization AND is_active ORDER BY priority, id LIMIT 1
$$;
REVOKE ALL ON FUNCTION orders_default_warehouse(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orders_default_warehouse(bigint) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
