-- The only writers of the ledger. They run as the owner with a fixed path, so a dealer's order can promise
-- the brand's stock without being able to read it. No NOTIFY: the outbox relay tells others.
-- SQLSTATE HL1xx are refusals with JSON detail; ledger/services.py names them.

-- An account by its key; made on first use. Floors by kind: goods cannot go below zero, a partner's money
-- with a seller cannot go below minus its credit limit (0 until a limit is set).
CREATE OR REPLACE FUNCTION ledger_account_id(
  p_kind text, p_owner bigint, p_counterparty bigint, p_sku bigint, p_currency text, p_place bigint, p_lot text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found bigint;
BEGIN
  SELECT id INTO found FROM public.ledger_account
   WHERE owner_id = p_owner AND kind = p_kind AND sku_id IS NOT DISTINCT FROM p_sku
     AND place_id IS NOT DISTINCT FROM p_place AND lot = p_lot
     AND counterparty_id IS NOT DISTINCT FROM p_counterparty AND currency IS NOT DISTINCT FROM p_currency;
  IF found IS NOT NULL THEN RETURN found; END IF;
  INSERT INTO public.ledger_account (kind, owner_id, owner_path, counterparty_id, counterparty_path, sku_id, currency,
                                     place_id, lot, balance, held, floor, floor_target)
  SELECT p_kind, p_owner, o.path, p_counterparty, c.path, p_sku, p_currency, p_place, p_lot, 0, 0, f.floor, f.floor
    FROM public.access_organization o
    LEFT JOIN public.access_organization c ON c.id = p_counterparty,
         (SELECT CASE WHEN p_kind IN ('stock', 'in_transit', 'partner_balance') THEN 0::numeric END AS floor) f
   WHERE o.id = p_owner
  ON CONFLICT ON CONSTRAINT ledger_account_key DO NOTHING
  RETURNING id INTO found;
  IF found IS NULL THEN
    SELECT id INTO found FROM public.ledger_account
     WHERE owner_id = p_owner AND kind = p_kind AND sku_id IS NOT DISTINCT FROM p_sku
       AND place_id IS NOT DISTINCT FROM p_place AND lot = p_lot
       AND counterparty_id IS NOT DISTINCT FROM p_counterparty AND currency IS NOT DISTINCT FROM p_currency;
  END IF;
  IF found IS NULL THEN
    RAISE EXCEPTION 'no such organization' USING ERRCODE = 'HL104', DETAIL = jsonb_build_object('owner_id', p_owner)::text;
  END IF;
  RETURN found;
END $$;

-- An entry by its source reference: a new id, or the earlier one when the content is the same.
CREATE OR REPLACE FUNCTION ledger_open_entry(
  p_source_type text, p_source uuid, p_step text, p_hash text, p_user bigint, p_effective timestamptz,
  p_now timestamptz, p_note text, p_reverses bigint, OUT entry_id bigint, OUT earlier boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE known text;
BEGIN
  INSERT INTO public.ledger_entry (source_type, source_id, step, content_hash, reverses_id, actor_user_id, effective_at, recorded_at, note)
  VALUES (p_source_type, p_source, p_step, p_hash, p_reverses, p_user, p_effective, p_now, p_note)
  ON CONFLICT ON CONSTRAINT ledger_entry_source DO NOTHING RETURNING id INTO entry_id;
  earlier := entry_id IS NULL;
  IF earlier THEN
    SELECT id, content_hash INTO entry_id, known FROM public.ledger_entry
     WHERE source_id = p_source AND source_type = p_source_type AND step = p_step;
    IF known <> p_hash THEN
      RAISE EXCEPTION 'this step was posted with other content' USING ERRCODE = 'HL102',
        DETAIL = jsonb_build_object('source_type', p_source_type, 'source_id', p_source, 'step', p_step)::text;
    END IF;
  END IF;
END $$;

-- Apply moves to balances. Shapes: arrays of equal length; kinds POST, HOLD, SETTLE, RELEASE.
-- Locks: every account in id order in one statement, then every hold in id order; nothing is locked after.
CREATE OR REPLACE FUNCTION ledger_move(
  p_entry bigint, p_source uuid, p_effective timestamptz, p_kinds text[], p_debits bigint[], p_credits bigint[],
  p_amounts numeric[], p_holds bigint[], p_lines int[], p_expires timestamptz
) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  ids bigint[];
  short jsonb;
BEGIN
  PERFORM 1 FROM public.ledger_account WHERE id = ANY (p_debits || p_credits) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM unnest(p_holds) h WHERE h IS NOT NULL) THEN
    PERFORM 1 FROM public.ledger_hold WHERE id = ANY (p_holds) ORDER BY id FOR UPDATE;
    SELECT jsonb_agg(jsonb_build_object('hold_id', m.hold, 'asked', m.amount, 'open', coalesce(h.remaining, 0)))
      INTO short
      FROM (SELECT hold, credit, sum(amount) AS amount FROM unnest(p_holds, p_credits, p_amounts) x(hold, credit, amount)
             WHERE hold IS NOT NULL GROUP BY hold, credit) m
      LEFT JOIN public.ledger_hold h ON h.id = m.hold AND h.account_id = m.credit
     WHERE h.id IS NULL OR h.remaining < m.amount;
    IF short IS NOT NULL THEN
      RAISE EXCEPTION 'hold is not open for that much' USING ERRCODE = 'HL103', DETAIL = short::text;
    END IF;
  END IF;

  SELECT jsonb_agg(jsonb_build_object('account_id', a.id, 'kind', a.kind, 'sku_id', a.sku_id, 'currency', a.currency,
                                      'asked', -d.change, 'available', a.balance - a.held - a.floor))
    INTO short
    FROM (SELECT account, sum(balance - held) AS change
            FROM (SELECT unnest(p_debits) AS account, unnest(p_amounts) AS balance, 0::numeric AS held
                  UNION ALL
                  SELECT c, CASE WHEN k IN ('POST', 'SETTLE') THEN -a ELSE 0 END,
                         CASE k WHEN 'HOLD' THEN a WHEN 'POST' THEN 0 ELSE -a END
                    FROM unnest(p_kinds, p_credits, p_amounts) x(k, c, a)) y
           WHERE account IS NOT NULL GROUP BY account) d
    JOIN public.ledger_account a ON a.id = d.account
   WHERE a.floor IS NOT NULL AND d.change < 0 AND a.balance - a.held + d.change < a.floor;
  IF short IS NOT NULL THEN
    RAISE EXCEPTION 'not enough available' USING ERRCODE = 'HL101', DETAIL = short::text;
  END IF;

  WITH moves AS (
    SELECT nextval('public.ledger_transfer_id_seq') AS id, x.* FROM
      unnest(p_kinds, p_debits, p_credits, p_amounts, p_holds, p_lines) WITH ORDINALITY
        x(kind, debit, credit, amount, hold, line_no, position)),
  written AS (
    INSERT INTO public.ledger_transfer (id, entry_id, kind, debit_account_id, credit_account_id, amount, hold_id, effective_at)
    SELECT id, p_entry, kind, debit, credit, amount, hold, p_effective FROM moves ORDER BY position),
  opened AS (
    INSERT INTO public.ledger_hold (id, account_id, remaining, expires_at, source_id, line_no)
    SELECT id, credit, amount, p_expires, p_source, coalesce(line_no, 0) FROM moves WHERE kind = 'HOLD'),
  deltas AS (
    SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
      SELECT debit AS account, amount AS balance, 0::numeric AS held FROM moves WHERE debit IS NOT NULL
      UNION ALL
      SELECT credit, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
             CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM moves) y
    GROUP BY account),
  changed AS (
    UPDATE public.ledger_account a
       SET balance = a.balance + d.balance, held = a.held + d.held,
           floor = CASE WHEN a.floor IS NULL THEN NULL  -- greatest() would take the other value
                   ELSE greatest(a.floor, least(a.floor_target, a.balance + d.balance - a.held - d.held)) END
      FROM deltas d WHERE d.account = a.id)
  SELECT array_agg(id ORDER BY position) INTO ids FROM moves;

  IF EXISTS (SELECT 1 FROM unnest(p_holds) h WHERE h IS NOT NULL) THEN
    DELETE FROM public.ledger_hold h USING (SELECT hold, sum(amount) AS amount FROM unnest(p_holds, p_amounts) x(hold, amount)
                                             WHERE hold IS NOT NULL GROUP BY hold) m
     WHERE h.id = m.hold AND h.remaining = m.amount;
    UPDATE public.ledger_hold h SET remaining = h.remaining - m.amount
      FROM (SELECT hold, sum(amount) AS amount FROM unnest(p_holds, p_amounts) x(hold, amount)
             WHERE hold IS NOT NULL GROUP BY hold) m WHERE h.id = m.hold;
  END IF;
  RETURN ids;
END $$;

-- One entry with its moves, by account keys: what services call. Moves are jsonb objects
-- {kind, amount, hold?, line?, debit?: {kind, owner, counterparty?, sku?, currency?, place?, lot?} | {id}, credit: …}.
CREATE OR REPLACE FUNCTION ledger_apply(
  p_source_type text, p_source uuid, p_step text, p_user bigint, p_effective timestamptz, p_now timestamptz,
  p_note text, p_moves jsonb, p_reverses bigint DEFAULT NULL, p_expires timestamptz DEFAULT NULL
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  opened record;
  kinds text[]; debits bigint[]; credits bigint[]; amounts numeric[]; holds bigint[]; lines int[]; ids bigint[];
BEGIN
  SELECT * INTO opened FROM public.ledger_open_entry(p_source_type, p_source, p_step, md5(p_moves::text), p_user, p_effective, p_now, p_note, p_reverses);
  IF opened.earlier THEN
    SELECT array_agg(id ORDER BY id) INTO ids FROM public.ledger_transfer WHERE entry_id = opened.entry_id;
    RETURN jsonb_build_object('entry_id', opened.entry_id, 'earlier', true, 'transfer_ids', to_jsonb(ids));
  END IF;
  SELECT array_agg(m->>'kind' ORDER BY n), array_agg((m->>'amount')::numeric ORDER BY n),
         array_agg((m->>'hold')::bigint ORDER BY n), array_agg((m->>'line')::int ORDER BY n),
         array_agg(public.ledger_account_ref(m->'debit') ORDER BY n), array_agg(public.ledger_account_ref(m->'credit') ORDER BY n)
    INTO kinds, amounts, holds, lines, debits, credits
    FROM jsonb_array_elements(p_moves) WITH ORDINALITY x(m, n);
  ids := public.ledger_move(opened.entry_id, p_source, p_effective, kinds, debits, credits, amounts, holds, lines, p_expires);
  RETURN jsonb_build_object('entry_id', opened.entry_id, 'earlier', false, 'transfer_ids', to_jsonb(ids));
END $$;

CREATE OR REPLACE FUNCTION ledger_account_ref(p jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN p IS NULL OR p = 'null'::jsonb THEN NULL WHEN p ? 'id' THEN (p->>'id')::bigint
    ELSE public.ledger_account_id(p->>'kind', (p->>'owner')::bigint, (p->>'counterparty')::bigint, (p->>'sku')::bigint,
                                  p->>'currency', (p->>'place')::bigint, coalesce(p->>'lot', '')) END
$$;

-- An order's promise in one round trip: goods from the first places that have them, money from the buyer's
-- balance with the seller. Within a place the lot that expires first goes first.
-- p_partial: promise what is there and report the rest; otherwise any shortage refuses everything (HL105).
CREATE OR REPLACE FUNCTION ledger_hold_order(
  p_source uuid, p_user bigint, p_now timestamptz, p_seller bigint, p_buyer bigint, p_currency text, p_money numeric,
  p_lines int[], p_skus bigint[], p_amounts numeric[], p_places bigint[], p_partial boolean, p_expires timestamptz DEFAULT NULL,
  OUT entry_id bigint, OUT hold_ids bigint[], OUT hold_lines int[], OUT hold_places bigint[], OUT hold_amounts numeric[],
  OUT money_hold_id bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  opened record;
  money_account bigint;
  candidates bigint[];
  accounts bigint[];
  short jsonb;
  ids bigint[];
  n int;
BEGIN
  SELECT * INTO opened FROM public.ledger_open_entry('order', p_source, 'submit',
    md5(p_seller || '|' || p_buyer || '|' || p_money || p_skus::text || p_amounts::text), p_user, p_now, p_now, '', NULL);
  entry_id := opened.entry_id;
  IF opened.earlier THEN
    RAISE EXCEPTION 'this order was promised already' USING ERRCODE = 'HL102', DETAIL = jsonb_build_object('source_id', p_source)::text;
  END IF;
  IF p_money > 0 THEN
    money_account := public.ledger_account_id('partner_balance', p_buyer, p_seller, NULL, p_currency, NULL, '');
  END IF;
  SELECT array_agg(id) INTO candidates FROM public.ledger_account
   WHERE owner_id = p_seller AND kind = 'stock' AND sku_id = ANY (p_skus) AND place_id = ANY (p_places);

  WITH locked AS MATERIALIZED (
    SELECT id, sku_id, place_id, lot, balance - held - coalesce(floor, 0) AS available, kind
      FROM public.ledger_account WHERE id = ANY (candidates || money_account) ORDER BY id FOR NO KEY UPDATE),
  supply AS (
    SELECT id, sku_id, place_id, available, sum(available) OVER w - available AS starts, sum(available) OVER w AS ends
      FROM locked WHERE kind = 'stock' AND available > 0
    WINDOW w AS (PARTITION BY sku_id ORDER BY array_position(p_places, place_id), lot = '', lot, id ROWS UNBOUNDED PRECEDING)),
  demand AS (
    SELECT line_no, sku, amount, sum(amount) OVER w - amount AS starts, sum(amount) OVER w AS ends
      FROM unnest(p_lines, p_skus, p_amounts) x(line_no, sku, amount)
    WINDOW w AS (PARTITION BY sku ORDER BY line_no ROWS UNBOUNDED PRECEDING)),
  taken AS (
    SELECT d.line_no, s.id, s.place_id, least(s.ends, d.ends) - greatest(s.starts, d.starts) AS amount
      FROM demand d JOIN supply s ON s.sku_id = d.sku AND s.starts < d.ends AND d.starts < s.ends),
  judged AS (
    SELECT d.line_no, d.sku, d.amount, coalesce(sum(t.amount), 0) AS got
      FROM demand d LEFT JOIN taken t ON t.line_no = d.line_no GROUP BY d.line_no, d.sku, d.amount)
  SELECT (SELECT array_agg(line_no ORDER BY line_no, id) FROM taken), (SELECT array_agg(id ORDER BY line_no, id) FROM taken),
         (SELECT array_agg(place_id ORDER BY line_no, id) FROM taken), (SELECT array_agg(amount ORDER BY line_no, id) FROM taken),
         (SELECT jsonb_agg(jsonb_build_object('line_no', line_no, 'sku_id', sku, 'asked', amount, 'available', got) ORDER BY line_no)
            FROM judged WHERE got < amount)
    INTO hold_lines, accounts, hold_places, hold_amounts, short;
  IF short IS NOT NULL AND NOT p_partial THEN
    RAISE EXCEPTION 'not enough stock' USING ERRCODE = 'HL105', DETAIL = short::text;
  END IF;

  n := coalesce(array_length(accounts, 1), 0);
  IF n + (money_account IS NOT NULL)::int = 0 THEN RETURN; END IF;
  -- Every account is locked already and goods were judged above; ledger_move checks the money and writes.
  ids := public.ledger_move(
    entry_id, p_source, p_now,
    array_fill('HOLD'::text, ARRAY[n + (money_account IS NOT NULL)::int]),
    array_fill(NULL::bigint, ARRAY[n + (money_account IS NOT NULL)::int]),
    CASE WHEN money_account IS NULL THEN accounts ELSE coalesce(accounts, '{}') || money_account END,
    CASE WHEN money_account IS NULL THEN hold_amounts ELSE coalesce(hold_amounts, '{}') || p_money END,
    array_fill(NULL::bigint, ARRAY[n + (money_account IS NOT NULL)::int]),
    CASE WHEN money_account IS NULL THEN hold_lines ELSE coalesce(hold_lines, '{}') || 0 END,
    p_expires);
  hold_ids := ids[1:n];
  IF money_account IS NOT NULL THEN money_hold_id := ids[n + 1]; END IF;
END $$;

-- A new floor (a credit limit is a floor of minus the limit). When more is used already, the floor is what is
-- available now and follows upward as money comes in: nothing new passes, nothing breaks.
CREATE OR REPLACE FUNCTION ledger_set_floor(p_account bigint, p_target numeric)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.ledger_account
     SET floor_target = p_target, floor = CASE WHEN p_target IS NULL THEN NULL ELSE least(p_target, balance - held) END
   WHERE id = p_account
$$;

-- Give back every hold that has expired; returns how many. One entry a hold, so a repeat finds nothing.
CREATE OR REPLACE FUNCTION ledger_expire_holds(p_now timestamptz, p_limit int DEFAULT 500)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  hold record;
  opened record;
  done int := 0;
BEGIN
  FOR hold IN SELECT * FROM public.ledger_hold WHERE expires_at <= p_now ORDER BY account_id, id LIMIT p_limit LOOP
    PERFORM 1 FROM public.ledger_account WHERE id = hold.account_id FOR NO KEY UPDATE;
    SELECT * INTO hold FROM public.ledger_hold WHERE id = hold.id FOR UPDATE;
    CONTINUE WHEN NOT FOUND;
    SELECT * INTO opened FROM public.ledger_open_entry('hold', hold.source_id, 'expire:' || hold.id, '', NULL, p_now, p_now, '', NULL);
    PERFORM public.ledger_move(opened.entry_id, hold.source_id, p_now, ARRAY['RELEASE'], ARRAY[NULL::bigint], ARRAY[hold.account_id],
                               ARRAY[hold.remaining], ARRAY[hold.id], ARRAY[hold.line_no], NULL);
    done := done + 1;
  END LOOP;
  RETURN done;
END $$;

-- The opposite of a posted entry, once. Holds are released instead.
CREATE OR REPLACE FUNCTION ledger_reverse(p_entry bigint, p_user bigint, p_now timestamptz, p_note text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  original record;
  opened record;
  debits bigint[]; credits bigint[]; amounts numeric[];
BEGIN
  SELECT * INTO original FROM public.ledger_entry WHERE id = p_entry;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such entry' USING ERRCODE = 'HL104', DETAIL = jsonb_build_object('entry_id', p_entry)::text;
  END IF;
  SELECT * INTO opened FROM public.ledger_open_entry(original.source_type, original.source_id, 'reverse:' || p_entry, '', p_user, p_now, p_now, p_note, p_entry);
  IF opened.earlier THEN RETURN opened.entry_id; END IF;
  SELECT array_agg(credit_account_id ORDER BY id), array_agg(debit_account_id ORDER BY id), array_agg(amount ORDER BY id)
    INTO debits, credits, amounts FROM public.ledger_transfer WHERE entry_id = p_entry AND kind IN ('POST', 'SETTLE');
  IF amounts IS NOT NULL THEN
    PERFORM public.ledger_move(opened.entry_id, original.source_id, p_now, array_fill('POST'::text, ARRAY[array_length(amounts, 1)]),
                               debits, credits, amounts, array_fill(NULL::bigint, ARRAY[array_length(amounts, 1)]),
                               array_fill(NULL::int, ARRAY[array_length(amounts, 1)]), NULL);
  END IF;
  RETURN opened.entry_id;
END $$;

-- The movements of one account, newest first, for whoever's reach shows the account.
CREATE OR REPLACE FUNCTION ledger_movements(p_account bigint, p_before bigint, p_limit int)
RETURNS TABLE (transfer_id bigint, kind text, change numeric, amount numeric, source_type text, source_id uuid, step text,
               effective_at timestamptz, recorded_at timestamptz, note text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_setting('role') NOT IN ('huiliu_staff', 'huiliu_system') AND NOT EXISTS (
    SELECT 1 FROM public.ledger_account a WHERE a.id = p_account
       AND ((a.owner_path >= current_setting('huiliu.lo') AND a.owner_path < current_setting('huiliu.hi'))
         OR (a.counterparty_path >= current_setting('huiliu.lo') AND a.counterparty_path < current_setting('huiliu.hi')))) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT t.id, t.kind, CASE WHEN t.kind IN ('HOLD', 'RELEASE') THEN 0 WHEN t.debit_account_id = p_account THEN t.amount ELSE -t.amount END,
           t.amount, e.source_type, e.source_id, e.step, e.effective_at, e.recorded_at, e.note
      FROM public.ledger_transfer t JOIN public.ledger_entry e ON e.id = t.entry_id
     WHERE (t.debit_account_id = p_account OR t.credit_account_id = p_account) AND t.id < p_before
     ORDER BY t.id DESC LIMIT p_limit;
END $$;

-- The balance of accounts at a past instant: today's balance less what happened after.
CREATE OR REPLACE FUNCTION ledger_balances_at(p_accounts bigint[], p_at timestamptz)
RETURNS TABLE (account_id bigint, balance numeric) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id, a.balance - coalesce((
           SELECT sum(CASE WHEN t.debit_account_id = a.id THEN t.amount ELSE -t.amount END)
             FROM public.ledger_transfer t
            WHERE (t.debit_account_id = a.id OR t.credit_account_id = a.id) AND t.kind IN ('POST', 'SETTLE')
              AND t.effective_at >= p_at), 0)
    FROM public.ledger_account a
   WHERE a.id = ANY (p_accounts)
     AND (current_setting('role') IN ('huiliu_staff', 'huiliu_system')
       OR (a.owner_path >= current_setting('huiliu.lo') AND a.owner_path < current_setting('huiliu.hi'))
       OR (a.counterparty_path >= current_setting('huiliu.lo') AND a.counterparty_path < current_setting('huiliu.hi')))
$$;

-- The promises of one document, for whoever may see one of its accounts (the seller's stock or the buyer's money).
CREATE OR REPLACE FUNCTION ledger_open_holds(p_source uuid)
RETURNS TABLE (id bigint, account_id bigint, remaining numeric, source_id uuid, line_no int, place_id bigint, sku_id bigint,
               lot text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.id, h.account_id, h.remaining, h.source_id, h.line_no, a.place_id, a.sku_id, a.lot, h.expires_at
    FROM public.ledger_hold h JOIN public.ledger_account a ON a.id = h.account_id
   WHERE h.source_id = p_source
     AND (current_setting('role') IN ('huiliu_staff', 'huiliu_system') OR EXISTS (
       SELECT 1 FROM public.ledger_hold h2 JOIN public.ledger_account b ON b.id = h2.account_id
        WHERE h2.source_id = p_source
          AND ((b.owner_path >= current_setting('huiliu.lo') AND b.owner_path < current_setting('huiliu.hi'))
            OR (b.counterparty_path >= current_setting('huiliu.lo') AND b.counterparty_path < current_setting('huiliu.hi')))))
   ORDER BY h.line_no, h.id
$$;

-- Accounts whose stored figures are not the sum of their transfers: always empty, checked daily.
CREATE OR REPLACE FUNCTION ledger_prove()
RETURNS TABLE (account_id bigint, balance numeric, balance_sum numeric, held numeric, held_sum numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH sums AS (
    SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
      SELECT debit_account_id AS account, amount AS balance, 0::numeric AS held FROM public.ledger_transfer WHERE debit_account_id IS NOT NULL
      UNION ALL
      SELECT credit_account_id, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
             CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM public.ledger_transfer) x
    GROUP BY account),
  open AS (SELECT account_id, sum(remaining) AS remaining FROM public.ledger_hold GROUP BY account_id)
  SELECT a.id, a.balance, coalesce(s.balance, 0), a.held, coalesce(s.held, 0)
    FROM public.ledger_account a LEFT JOIN sums s ON s.account = a.id LEFT JOIN open o ON o.account_id = a.id
   WHERE a.balance <> coalesce(s.balance, 0) OR a.held <> coalesce(s.held, 0) OR a.held <> coalesce(o.remaining, 0)
$$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();

DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'ledger\_%' AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system', f);
  END LOOP;
END $$;
