-- Everything a document wrote into the ledger of goods, oldest first; money is left out. An entry is shown when the
-- reader's reach holds one of its accounts; of the other side only its kind leaves, not its place or lot.
CREATE OR REPLACE FUNCTION inventory_entries(p_source_type text, p_source uuid, p_limit int)
RETURNS TABLE (transfer_id bigint, step text, kind text, sku_id bigint, amount numeric, user_id bigint,
               effective_at timestamptz, recorded_at timestamptz,
               from_kind text, from_owner bigint, from_place bigint, from_lot text,
               to_kind text, to_owner bigint, to_place bigint, to_lot text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, e.step, t.kind, c.sku_id, t.amount, e.actor_user_id, e.effective_at, e.recorded_at,
         c.kind, CASE WHEN s.given THEN c.owner_id END, CASE WHEN s.given THEN c.place_id END, CASE WHEN s.given THEN c.lot END,
         d.kind, CASE WHEN s.taken THEN d.owner_id END, CASE WHEN s.taken THEN d.place_id END, CASE WHEN s.taken THEN d.lot END
    FROM ledger_entry e JOIN ledger_transfer t ON t.entry_id = e.id
    JOIN ledger_account c ON c.id = t.credit_account_id LEFT JOIN ledger_account d ON d.id = t.debit_account_id
    CROSS JOIN LATERAL (SELECT ledger_shown(c.owner_path, c.counterparty_path) AS given,
                               coalesce(ledger_shown(d.owner_path, d.counterparty_path), false) AS taken) s
   WHERE e.source_type = p_source_type AND e.source_id = p_source AND c.sku_id IS NOT NULL AND (s.given OR s.taken)
   ORDER BY t.id LIMIT p_limit
$$;
REVOKE ALL ON FUNCTION inventory_entries(text, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inventory_entries(text, uuid, int) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
