-- What a reader may know. Entries, transfers and holds are readable by headquarters only; everyone else reads
-- them through these functions, which check that an account of the reader's reach is touched.

CREATE OR REPLACE FUNCTION ledger_shown(p_owner_path text, p_counterparty_path text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('role') IN ('huiliu_staff', 'huiliu_system')
      OR (p_owner_path >= current_setting('huiliu.lo') AND p_owner_path < current_setting('huiliu.hi'))
      OR coalesce(p_counterparty_path >= current_setting('huiliu.lo') AND p_counterparty_path < current_setting('huiliu.hi'), false)
$$;

-- The movements of one account, newest first by when they took effect; p_before is the last transfer of the page before.
CREATE OR REPLACE FUNCTION ledger_movements(p_account bigint, p_before bigint, p_limit int)
RETURNS TABLE (transfer_id bigint, kind text, change numeric, amount numeric, source_type text, source_id uuid, step text,
               effective_at timestamptz, recorded_at timestamptz, note text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  last_at timestamptz := 'infinity';
  last_id bigint := 9223372036854775807;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = p_account AND ledger_shown(a.owner_path, a.counterparty_path)) THEN
    RETURN;
  END IF;
  SELECT t.effective_at, t.id INTO last_at, last_id FROM ledger_transfer t WHERE t.id = p_before;
  IF last_id IS NULL THEN last_at := 'infinity'; last_id := 9223372036854775807; END IF;
  RETURN QUERY
    SELECT t.id, t.kind, t.change, t.amount, e.source_type, e.source_id, e.step, e.effective_at, e.recorded_at, e.note
      FROM ((SELECT d.id, d.entry_id, d.kind, d.amount AS change, d.amount, d.effective_at FROM ledger_transfer d
              WHERE d.debit_account_id = p_account AND (d.effective_at, d.id) < (last_at, last_id)
              ORDER BY d.effective_at DESC, d.id DESC LIMIT p_limit)
            UNION ALL
            (SELECT c.id, c.entry_id, c.kind, CASE WHEN c.kind IN ('POST', 'SETTLE') THEN -c.amount ELSE 0 END, c.amount, c.effective_at
               FROM ledger_transfer c
              WHERE c.credit_account_id = p_account AND (c.effective_at, c.id) < (last_at, last_id)
              ORDER BY c.effective_at DESC, c.id DESC LIMIT p_limit)) t
      JOIN ledger_entry e ON e.id = t.entry_id
     ORDER BY t.effective_at DESC, t.id DESC LIMIT p_limit;
END $$;

-- Balances just before an instant: today's less what took effect since. p_known: as it was known at that instant,
-- without what was recorded later.
CREATE OR REPLACE FUNCTION ledger_balances_at(p_accounts bigint[], p_at timestamptz, p_known timestamptz DEFAULT NULL)
RETURNS TABLE (account_id bigint, balance numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF p_known IS NULL THEN
    RETURN QUERY
      SELECT a.id, a.balance
             - coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.debit_account_id = a.id AND t.effective_at >= p_at), 0)
             + coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.credit_account_id = a.id AND t.effective_at >= p_at
                            AND t.kind IN ('POST', 'SETTLE')), 0)
        FROM ledger_account a WHERE a.id = ANY (p_accounts) AND ledger_shown(a.owner_path, a.counterparty_path);
  ELSE
    RETURN QUERY
      SELECT a.id,
             coalesce((SELECT sum(t.amount) FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
                        WHERE t.debit_account_id = a.id AND t.effective_at < p_at AND e.recorded_at <= p_known), 0)
             - coalesce((SELECT sum(t.amount) FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
                          WHERE t.credit_account_id = a.id AND t.effective_at < p_at AND e.recorded_at <= p_known
                            AND t.kind IN ('POST', 'SETTLE')), 0)
        FROM ledger_account a WHERE a.id = ANY (p_accounts) AND ledger_shown(a.owner_path, a.counterparty_path);
  END IF;
END $$;

-- The open promises of one document, for whoever may see one of its accounts (the seller's stock or the buyer's money).
CREATE OR REPLACE FUNCTION ledger_open_holds(p_source uuid)
RETURNS TABLE (id bigint, account_id bigint, remaining numeric, source_id uuid, line_no int, place_id bigint, sku_id bigint,
               lot text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH open AS MATERIALIZED (
    SELECT h.*, a.place_id, a.sku_id, a.lot, ledger_shown(a.owner_path, a.counterparty_path) AS shown
      FROM ledger_hold h JOIN ledger_account a ON a.id = h.account_id WHERE h.source_id = p_source)
  SELECT id, account_id, remaining, source_id, line_no, place_id, sku_id, lot, expires_at FROM open
   WHERE (SELECT bool_or(shown) FROM open) ORDER BY line_no, id
$$;

-- Accounts whose stored figures are not the sum of their transfers and open holds: always empty, checked daily.
-- p_accounts: only these; NULL: all.
CREATE OR REPLACE FUNCTION ledger_prove(p_accounts bigint[] DEFAULT NULL)
RETURNS TABLE (account_id bigint, balance numeric, balance_sum numeric, held numeric, held_sum numeric, open_sum numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH sums AS (
    SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
      SELECT debit_account_id AS account, amount AS balance, 0::numeric AS held FROM ledger_transfer
       WHERE debit_account_id IS NOT NULL AND (p_accounts IS NULL OR debit_account_id IN (SELECT unnest(p_accounts)))
      UNION ALL
      SELECT credit_account_id, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
             CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM ledger_transfer
       WHERE p_accounts IS NULL OR credit_account_id IN (SELECT unnest(p_accounts))) x
    GROUP BY account),
  open AS (SELECT account_id, sum(remaining) AS remaining FROM ledger_hold GROUP BY account_id)
  SELECT a.id, a.balance, coalesce(s.balance, 0), a.held, coalesce(s.held, 0), coalesce(o.remaining, 0)
    FROM ledger_account a LEFT JOIN sums s ON s.account = a.id LEFT JOIN open o ON o.account_id = a.id
   WHERE (p_accounts IS NULL OR a.id IN (SELECT unnest(p_accounts)))
     AND (a.balance <> coalesce(s.balance, 0) OR a.held <> coalesce(s.held, 0) OR a.held <> coalesce(o.remaining, 0))
   ORDER BY a.id
$$;
