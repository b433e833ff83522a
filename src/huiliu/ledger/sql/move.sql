-- Inside of every writer: open the entry, lock and judge, write. All internal.

-- A new entry, or the one that has this source already. Two retries at once: the second waits here, before any
-- account is locked, and then finds the first.
CREATE OR REPLACE FUNCTION ledger_open_entry(
  p_source_type text, p_source uuid, p_step text, p_user bigint, p_effective timestamptz, p_now timestamptz,
  p_note text, p_reverses bigint, OUT entry_id bigint, OUT earlier boolean
) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_entry (source_type, source_id, step, reverses_id, actor_user_id, effective_at, recorded_at, note)
  VALUES (p_source_type, p_source, p_step, p_reverses, p_user, p_effective, p_now, p_note)
  ON CONFLICT ON CONSTRAINT ledger_entry_source DO NOTHING RETURNING id INTO entry_id;
  earlier := entry_id IS NULL;
  IF earlier THEN
    SELECT id INTO entry_id FROM ledger_entry
     WHERE source_id = p_source AND source_type = p_source_type AND step = p_step;
  END IF;
END $$;

-- Write judged moves whose accounts are locked: transfers, open holds, balances; each set-wise, once.
-- Shapes: arrays of equal length. Returns the transfer ids in the order of the moves.
CREATE OR REPLACE FUNCTION ledger_write(
  p_entry bigint, p_source uuid, p_effective timestamptz, p_kinds text[], p_debits bigint[], p_credits bigint[],
  p_amounts numeric[], p_holds bigint[], p_lines int[], p_expires timestamptz
) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  WITH moves AS MATERIALIZED (
    SELECT nextval('ledger_transfer_id_seq') AS id, x.*
      FROM unnest(p_kinds, p_debits, p_credits, p_amounts, p_holds, p_lines) WITH ORDINALITY
             x(kind, debit, credit, amount, hold, line_no, n)),
  written AS (
    INSERT INTO ledger_transfer (id, entry_id, kind, debit_account_id, credit_account_id, amount, hold_id, effective_at)
    SELECT id, p_entry, kind, debit, credit, amount, hold, p_effective FROM moves),
  opened AS (
    INSERT INTO ledger_hold (id, account_id, remaining, expires_at, source_id, line_no)
    SELECT id, credit, amount, p_expires, p_source, coalesce(line_no, 0) FROM moves WHERE kind = 'HOLD'),
  deltas AS (
    SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
      SELECT debit AS account, amount AS balance, 0::numeric AS held FROM moves WHERE debit IS NOT NULL
      UNION ALL
      SELECT credit, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
             CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM moves) y
    GROUP BY account),
  changed AS (
    UPDATE ledger_account a
       SET balance = a.balance + d.balance, held = a.held + d.held,
           floor = CASE WHEN a.floor IS NULL THEN NULL  -- greatest() would take the other value
                   ELSE greatest(a.floor, least(a.floor_target, a.balance + d.balance - a.held - d.held)) END
      FROM deltas d WHERE d.account = a.id)
  SELECT array_agg(id ORDER BY n) INTO ids FROM moves;

  IF array_remove(p_holds, NULL) <> '{}' THEN
    WITH used AS MATERIALIZED (
      SELECT hold, sum(amount) AS amount FROM unnest(p_holds, p_amounts) x(hold, amount) WHERE hold IS NOT NULL GROUP BY hold),
    closed AS (DELETE FROM ledger_hold h USING used u WHERE h.id = u.hold AND h.remaining = u.amount)
    UPDATE ledger_hold h SET remaining = h.remaining - u.amount FROM used u WHERE h.id = u.hold AND h.remaining > u.amount;
  END IF;
  RETURN ids;
END $$;

-- Lock, judge, write. A SETTLE or RELEASE may leave out its account (the hold knows it) and its amount (all that
-- is open).
-- Locks: every account in id order in one statement. A hold changes only under the lock of its account.
CREATE OR REPLACE FUNCTION ledger_move(
  p_entry bigint, p_source uuid, p_effective timestamptz, p_kinds text[], p_debits bigint[], p_credits bigint[],
  p_amounts numeric[], p_holds bigint[], p_lines int[], p_expires timestamptz
) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  wrong jsonb;
  short jsonb;
BEGIN
  IF array_remove(p_holds, NULL) <> '{}' THEN
    -- Which account a hold lies on never changes: it is read before the locks, the rest after them.
    SELECT array_agg(coalesce(m.credit, h.account_id) ORDER BY m.n) INTO p_credits
      FROM unnest(p_credits, p_holds) WITH ORDINALITY m(credit, hold, n) LEFT JOIN ledger_hold h ON h.id = m.hold;
    PERFORM 1 FROM ledger_account WHERE id = ANY (p_debits || p_credits) ORDER BY id FOR NO KEY UPDATE;
    SELECT array_agg(coalesce(m.amount, h.remaining) ORDER BY m.n) INTO p_amounts
      FROM unnest(p_amounts, p_holds) WITH ORDINALITY m(amount, hold, n) LEFT JOIN ledger_hold h ON h.id = m.hold;
    SELECT jsonb_agg(jsonb_build_object('hold_id', m.hold, 'asked', m.amount, 'open', coalesce(h.remaining, 0)) ORDER BY m.hold)
      INTO short
      FROM (SELECT hold, credit, sum(amount) AS amount FROM unnest(p_holds, p_credits, p_amounts) x(hold, credit, amount)
             WHERE hold IS NOT NULL GROUP BY hold, credit) m
      LEFT JOIN ledger_hold h ON h.id = m.hold AND h.account_id = m.credit
     WHERE h.id IS NULL OR h.remaining < m.amount;
    IF short IS NOT NULL THEN
      RAISE EXCEPTION 'hold is not open for that much' USING ERRCODE = 'HL103', DETAIL = short::text;
    END IF;
  END IF;

  WITH locked AS MATERIALIZED (
    SELECT id, kind, owner_id, sku_id, currency, place_id, balance - held AS available, floor
      FROM ledger_account WHERE id = ANY (p_debits || p_credits) ORDER BY id FOR NO KEY UPDATE),
  moves AS MATERIALIZED (
    SELECT * FROM unnest(p_kinds, p_debits, p_credits, p_amounts, p_holds) WITH ORDINALITY x(kind, debit, credit, amount, hold, n)),
  deltas AS (
    SELECT account, sum(change) AS change FROM (
      SELECT debit AS account, amount AS change FROM moves WHERE debit IS NOT NULL
      UNION ALL
      SELECT credit, CASE kind WHEN 'RELEASE' THEN amount WHEN 'SETTLE' THEN 0 ELSE -amount END FROM moves) y
    GROUP BY account)
  SELECT
    (SELECT jsonb_agg(jsonb_build_object('move', m.n, 'kind', m.kind, 'debit', m.debit, 'credit', m.credit, 'amount', m.amount))
       FROM moves m LEFT JOIN locked d ON d.id = m.debit LEFT JOIN locked c ON c.id = m.credit
      WHERE c.id IS NULL OR (d.id IS NULL) <> (m.debit IS NULL) OR m.debit = m.credit
         OR (m.debit IS NOT NULL AND (d.sku_id, d.currency) IS DISTINCT FROM (c.sku_id, c.currency))
         OR m.kind IS NULL OR m.kind NOT IN ('POST', 'HOLD', 'SETTLE', 'RELEASE')
         OR (m.kind IN ('SETTLE', 'RELEASE')) <> (m.hold IS NOT NULL) OR (m.kind IN ('POST', 'SETTLE')) <> (m.debit IS NOT NULL)
         -- NaN is greater than every number
         OR m.amount IS NULL OR m.amount <= 0 OR m.amount >= 1e14 OR m.amount <> round(m.amount, 6)),
    (SELECT jsonb_agg(jsonb_build_object('account_id', a.id, 'kind', a.kind, 'owner_id', a.owner_id, 'sku_id', a.sku_id,
              'currency', a.currency, 'place_id', a.place_id, 'asked', -d.change, 'available', a.available - a.floor) ORDER BY a.id)
       FROM deltas d JOIN locked a ON a.id = d.account
      WHERE a.floor IS NOT NULL AND d.change < 0 AND a.available + d.change < a.floor)
    INTO wrong, short;
  IF wrong IS NOT NULL OR coalesce(array_length(p_kinds, 1), 0) = 0 THEN
    RAISE EXCEPTION 'a move that makes no sense' USING ERRCODE = 'HL106', DETAIL = coalesce(wrong, '[]')::text;
  END IF;
  IF short IS NOT NULL THEN
    RAISE EXCEPTION 'not enough available' USING ERRCODE = 'HL101', DETAIL = short::text;
  END IF;
  RETURN ledger_write(p_entry, p_source, p_effective, p_kinds, p_debits, p_credits, p_amounts, p_holds, p_lines, p_expires);
END $$;
