-- What readers may know of stock. Transfers are read through these functions, which look only at accounts of the reach.

-- The movements of several accounts together, newest effect first: one row per transfer, its net change of them all.
CREATE OR REPLACE FUNCTION inventory_movements(p_accounts bigint[], p_from timestamptz, p_to timestamptz,
                                               p_before_at timestamptz, p_before bigint, p_limit int)
RETURNS TABLE (transfer_id bigint, account_id bigint, change numeric, kind text, against text, source_type text,
               source_id uuid, step text, user_id bigint, note text, effective_at timestamptz, recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH seen AS MATERIALIZED (
    SELECT a.id FROM ledger_account a
     WHERE a.id = ANY (p_accounts) AND ledger_shown(a.owner_path, a.counterparty_path)),
  sides AS (
    SELECT seen.id AS account_id, t.* FROM seen CROSS JOIN LATERAL (
      (SELECT d.id, d.entry_id, d.kind, d.amount AS change, d.credit_account_id AS other, d.effective_at FROM ledger_transfer d
        WHERE d.debit_account_id = seen.id AND d.effective_at >= p_from AND d.effective_at < p_to
          AND (d.effective_at, d.id) < (p_before_at, p_before)
        ORDER BY d.effective_at DESC, d.id DESC LIMIT p_limit)
      UNION ALL
      (SELECT c.id, c.entry_id, c.kind, -c.amount, c.debit_account_id, c.effective_at FROM ledger_transfer c
        WHERE c.credit_account_id = seen.id AND c.kind IN ('POST', 'SETTLE')
          AND c.effective_at >= p_from AND c.effective_at < p_to AND (c.effective_at, c.id) < (p_before_at, p_before)
        ORDER BY c.effective_at DESC, c.id DESC LIMIT p_limit)) t),
  net AS (
    SELECT id, min(entry_id) AS entry_id, min(kind) AS kind, min(account_id) AS account_id, sum(change) AS change,
           min(other) AS other, min(effective_at) AS effective_at
      FROM sides GROUP BY id HAVING sum(change) <> 0
     ORDER BY min(effective_at) DESC, id DESC LIMIT p_limit)
  SELECT n.id, n.account_id, n.change, n.kind, o.kind, e.source_type, e.source_id, e.step, e.actor_user_id, e.note,
         n.effective_at, e.recorded_at
    FROM net n JOIN ledger_entry e ON e.id = n.entry_id LEFT JOIN ledger_account o ON o.id = n.other
   ORDER BY n.effective_at DESC, n.id DESC
$$;

-- The open promises on several accounts, newest first: what is behind a held figure.
CREATE OR REPLACE FUNCTION inventory_promises(p_accounts bigint[], p_before bigint, p_limit int)
RETURNS TABLE (transfer_id bigint, account_id bigint, change numeric, kind text, against text, source_type text,
               source_id uuid, step text, user_id bigint, note text, effective_at timestamptz, recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT h.id, h.account_id, h.remaining, 'HOLD', NULL::text, e.source_type, h.source_id, e.step, e.actor_user_id, e.note,
         e.effective_at, e.recorded_at
    FROM ledger_account a JOIN ledger_hold h ON h.account_id = a.id JOIN ledger_transfer t ON t.id = h.id
    JOIN ledger_entry e ON e.id = t.entry_id
   WHERE a.id = ANY (p_accounts) AND ledger_shown(a.owner_path, a.counterparty_path) AND a.held > 0 AND h.id < p_before
   ORDER BY h.id DESC LIMIT p_limit
$$;

-- What a buyer may know of its seller's stock, already in the words the seller allows: nothing beyond them leaves.
-- Only for a buyer of the reach, and only of a seller above it or of its default seller.
CREATE OR REPLACE FUNCTION inventory_offer(p_buyer bigint, p_seller bigint, p_skus bigint[], p_day date)
RETURNS TABLE (sku_id bigint, level text, available numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  shown text := 'LEVEL';
  tight numeric := 100;
  fresh date := inventory_fresh_on(p_seller, p_day);  -- what a promise would pass over is not offered
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM access_organization b JOIN access_organization s ON s.id = p_seller
      LEFT JOIN partners_partner p ON p.organization_id = b.id
     WHERE b.id = p_buyer AND b.id <> s.id AND ledger_shown(b.path, NULL)
       AND (left(b.path, length(s.path)) = s.path OR p.default_seller_id = s.id)) THEN
    RETURN;
  END IF;
  SELECT shown_to_buyers, tight_below INTO shown, tight FROM inventory_setting WHERE organization_id = p_seller;
  shown := coalesce(shown, 'LEVEL');
  tight := coalesce(tight, 100);
  RETURN QUERY
    SELECT k.id,
           CASE WHEN shown = 'NOTHING' THEN NULL WHEN x.free <= 0 THEN 'NONE' WHEN x.free < tight THEN 'TIGHT' ELSE 'PLENTY' END,
           CASE WHEN shown = 'EXACT' THEN greatest(x.free, 0) END
      FROM unnest(p_skus) k(id)
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(a.balance - a.held), 0) AS free FROM ledger_account a JOIN inventory_warehouse w ON w.id = a.place_id
        WHERE a.owner_id = p_seller AND a.kind = 'stock' AND a.sku_id = k.id AND w.is_active
          AND (a.expires_on IS NULL OR a.expires_on >= fresh)) x
     ORDER BY k.id;
END $$;

-- What organizations had, what came and went by kind of movement, and what is left, in [p_from, p_to).
-- opening + received + transferred - returned - sold_within - sold_out + adjusted + supplied = closing.
CREATE OR REPLACE FUNCTION inventory_flows(p_owners bigint[], p_skus bigint[], p_from timestamptz, p_to timestamptz)
RETURNS TABLE (owner_id bigint, sku_id bigint, opening numeric, received numeric, transferred numeric, returned numeric,
               sold_within numeric, sold_out numeric, adjusted numeric, supplied numeric, closing numeric, sell_in numeric,
               in_transit numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH places AS MATERIALIZED (
    SELECT a.id, a.owner_id, a.sku_id, a.kind FROM ledger_account a
     WHERE a.owner_id = ANY (p_owners) AND a.sku_id IS NOT NULL AND a.kind IN ('stock', 'in_transit', 'sold_out')
       AND (p_skus IS NULL OR a.sku_id = ANY (p_skus)) AND ledger_shown(a.owner_path, a.counterparty_path)),
  ends AS (SELECT * FROM ledger_balances_at((SELECT array_agg(id) FROM places), p_to)),
  moves AS (
    SELECT p.id, p.kind, p.owner_id, t.amount AS change, o.kind AS against, o.owner_id AS other, e.source_type
      FROM places p JOIN ledger_transfer t ON t.debit_account_id = p.id JOIN ledger_account o ON o.id = t.credit_account_id
      JOIN ledger_entry e ON e.id = t.entry_id WHERE t.effective_at >= p_from AND t.effective_at < p_to
    UNION ALL
    SELECT p.id, p.kind, p.owner_id, -t.amount, o.kind, o.owner_id, e.source_type
      FROM places p JOIN ledger_transfer t ON t.credit_account_id = p.id AND t.kind IN ('POST', 'SETTLE')
      JOIN ledger_account o ON o.id = t.debit_account_id JOIN ledger_entry e ON e.id = t.entry_id
     WHERE t.effective_at >= p_from AND t.effective_at < p_to),
  named AS (
    SELECT id, change, CASE
        WHEN kind = 'sold_out' THEN 'sold_out'
        WHEN kind = 'in_transit' THEN CASE WHEN change > 0 AND other <> owner_id THEN 'shipped' END
        WHEN against = 'sold_out' THEN 'gone'
        WHEN against = 'stock_adjustment' THEN 'adjusted'
        WHEN against = 'supply' THEN 'supplied'
        WHEN against = 'in_transit' AND other = owner_id THEN CASE WHEN source_type = 'transfer' THEN 'transferred' ELSE 'received' END
        WHEN against = 'in_transit' THEN 'sold_within'
        WHEN other = owner_id THEN 'transferred'
        WHEN source_type = 'return' AND change < 0 THEN 'returned'
        WHEN source_type = 'return' THEN 'sold_within'
        -- a sale to a partner: down the tree it is sold, taken back or corrected it has the other sign
        WHEN source_type = 'sale' AND other = ANY (SELECT c.id FROM access_organization c JOIN access_organization u ON u.id = owner_id
                                                    WHERE c.id = other AND left(c.path, length(u.path)) = u.path) THEN 'sold_within'
        ELSE 'sold_to_it' END AS name
      FROM moves),
  sums AS (
    SELECT id, coalesce(sum(change), 0) AS net,
           coalesce(sum(change) FILTER (WHERE name IN ('received', 'sold_to_it')), 0) AS received,
           coalesce(sum(change) FILTER (WHERE name = 'transferred'), 0) AS transferred,
           coalesce(-sum(change) FILTER (WHERE name = 'returned'), 0) AS returned,
           coalesce(-sum(change) FILTER (WHERE name = 'sold_within'), 0) AS sold_within,
           coalesce(sum(change) FILTER (WHERE name = 'sold_out'), 0) AS sold_out,
           coalesce(sum(change) FILTER (WHERE name = 'adjusted'), 0) AS adjusted,
           coalesce(sum(change) FILTER (WHERE name = 'supplied'), 0) AS supplied,
           coalesce(sum(change) FILTER (WHERE name IN ('shipped', 'sold_to_it')), 0) AS shipped
      FROM named GROUP BY id)
  SELECT p.owner_id, p.sku_id,
         coalesce(sum(b.balance - coalesce(s.net, 0)) FILTER (WHERE p.kind = 'stock'), 0),
         coalesce(sum(s.received), 0), coalesce(sum(s.transferred), 0), coalesce(sum(s.returned), 0),
         coalesce(sum(s.sold_within), 0), coalesce(sum(s.sold_out), 0), coalesce(sum(s.adjusted), 0),
         coalesce(sum(s.supplied), 0), coalesce(sum(b.balance) FILTER (WHERE p.kind = 'stock'), 0),
         coalesce(sum(s.shipped - s.returned), 0), coalesce(sum(b.balance) FILTER (WHERE p.kind = 'in_transit'), 0)
    FROM places p JOIN ends b ON b.account_id = p.id LEFT JOIN sums s ON s.id = p.id
   GROUP BY p.owner_id, p.sku_id ORDER BY p.owner_id, p.sku_id
$$;

DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT oid::regprocedure AS name FROM pg_proc
            WHERE proname IN ('inventory_movements', 'inventory_promises', 'inventory_offer', 'inventory_flows') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system', f.name);
  END LOOP;
END $$;
