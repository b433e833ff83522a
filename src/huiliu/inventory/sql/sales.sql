-- Whether an order shipped the same units of a sku from one organization to another around a time: a sale reported
-- for it may be that order once more. Only for a seller of the reach.
CREATE OR REPLACE FUNCTION inventory_shipped_between(p_seller bigint, p_buyer bigint, p_skus bigint[], p_units numeric[],
                                                     p_from timestamptz, p_to timestamptz) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(DISTINCT k.sku ORDER BY k.sku) FROM unnest(p_skus, p_units) k(sku, units)
   WHERE EXISTS (SELECT 1 FROM access_organization s WHERE s.id = p_seller AND ledger_shown(s.path, NULL))
     AND k.units IN (
       SELECT sum(t.amount) FROM ledger_account a
         JOIN ledger_transfer t ON t.debit_account_id = a.id AND t.effective_at >= p_from AND t.effective_at < p_to
         JOIN ledger_entry e ON e.id = t.entry_id AND e.source_type = 'shipment'
         JOIN ledger_account c ON c.id = t.credit_account_id AND c.kind = 'stock' AND c.owner_id = p_seller
        WHERE a.owner_id = p_buyer AND a.kind = 'in_transit' AND a.sku_id = k.sku
        GROUP BY t.entry_id)
$$;
REVOKE ALL ON FUNCTION inventory_shipped_between(bigint, bigint, bigint[], numeric[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inventory_shipped_between(bigint, bigint, bigint[], numeric[], timestamptz, timestamptz)
  TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
