-- Lock accounts in id order and say what they have, before lots are chosen among them. Only accounts of the reach.
CREATE OR REPLACE FUNCTION inventory_lock(p_accounts bigint[])
RETURNS TABLE (account_id bigint, kind text, sku_id bigint, place_id bigint, lot text, balance numeric, held numeric)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id, kind, sku_id, place_id, lot, balance, held FROM ledger_account
   WHERE id = ANY (p_accounts) AND ledger_shown(owner_path, counterparty_path) ORDER BY id FOR NO KEY UPDATE
$$;
REVOKE ALL ON FUNCTION inventory_lock(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inventory_lock(bigint[]) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;

-- Which skus ever moved at a place: an opening balance is for the others.
CREATE OR REPLACE FUNCTION inventory_moved_skus(p_owner bigint, p_place bigint, p_skus bigint[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(DISTINCT a.sku_id) FROM ledger_account a
   WHERE a.owner_id = p_owner AND a.kind = 'stock' AND a.place_id = p_place AND a.sku_id = ANY (p_skus)
     AND ledger_shown(a.owner_path, a.counterparty_path)
     AND (EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.debit_account_id = a.id)
       OR EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.credit_account_id = a.id))
$$;
REVOKE ALL ON FUNCTION inventory_moved_skus(bigint, bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inventory_moved_skus(bigint, bigint, bigint[]) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
