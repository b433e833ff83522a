-- Lock stock accounts in id order and say what each could promise: before holds are chosen among them. Lots that the
-- seller may not send on that day any more promise nothing, nor does what stands in a closed warehouse; the others come
-- in the order they expire. All are locked, as promises of expired lots are given back in the same entry.
CREATE OR REPLACE FUNCTION orders_lock_available(p_accounts bigint[], p_seller bigint, p_day date)
RETURNS TABLE (account_id bigint, sku_id bigint, available numeric)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH locked AS MATERIALIZED (
    SELECT id, sku_id, place_id, lot, expires_on, balance - held - coalesce(floor, 0) AS available FROM public.ledger_account
     WHERE id = ANY (p_accounts) AND owner_id = p_seller
     ORDER BY id FOR NO KEY UPDATE)
  SELECT id, sku_id, available FROM locked
   WHERE (expires_on IS NULL OR expires_on >= public.inventory_fresh_on(p_seller, p_day))
     AND EXISTS (SELECT FROM public.inventory_warehouse w WHERE w.id = place_id AND w.is_active)
   ORDER BY expires_on NULLS LAST, lot = '', lot COLLATE "C", id
$$;

REVOKE ALL ON FUNCTION orders_lock_available(bigint[], bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orders_lock_available(bigint[], bigint, date) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
