-- An order's promise in one round trip: goods from the first places that have them, money from the buyer's
-- balance with the seller. Within a place the lot that expires first goes first, by its date.
-- p_fresh: goods that may not be sold on that day any more (expired, or too old for the seller) are promised to
-- nobody; NULL asks for no freshness. What has no date is never too old.
-- p_partial: promise what is there, the caller reads the rest from what is missing; otherwise any shortage refuses
-- everything and names every short line (HL105). Money is promised in full or refused (HL101).
-- Locks: the goods and the money in id order in one statement.
CREATE OR REPLACE FUNCTION ledger_hold_order(
  p_source uuid, p_user bigint, p_now timestamptz, p_seller bigint, p_buyer bigint, p_currency text, p_money numeric,
  p_lines int[], p_skus bigint[], p_amounts numeric[], p_places bigint[], p_partial boolean, p_expires timestamptz DEFAULT NULL,
  p_fresh date DEFAULT NULL,
  OUT entry_id bigint, OUT hold_ids bigint[], OUT hold_lines int[], OUT hold_places bigint[], OUT hold_amounts numeric[],
  OUT money_hold_id bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  opened record;
  money_account bigint;
  candidates bigint[];
  accounts bigint[];
  got numeric;
  credit numeric;
  ids bigint[];
  n int;
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(p_amounts || p_money) a WHERE a IS NULL OR a < 0 OR a >= 1e14 OR a <> round(a, 6)) THEN
    RAISE EXCEPTION 'a promise that makes no sense' USING ERRCODE = 'HL106', DETAIL = '[]';
  END IF;
  SELECT * INTO opened FROM ledger_open_entry('order', p_source, 'submit', p_user, p_now, p_now, '', NULL);
  entry_id := opened.entry_id;
  IF opened.earlier THEN
    RAISE EXCEPTION 'this order was promised already' USING ERRCODE = 'HL102',
      DETAIL = jsonb_build_object('source_type', 'order', 'source_id', p_source, 'step', 'submit', 'entry_id', entry_id)::text;
  END IF;
  IF p_money > 0 THEN
    SELECT id INTO money_account FROM ledger_account
     WHERE owner_id = p_buyer AND kind = 'partner_balance' AND sku_id IS NULL AND counterparty_id = p_seller AND currency = p_currency;
    IF money_account IS NULL THEN
      money_account := (ledger_resolve(jsonb_build_array(jsonb_build_object(
        'kind', 'partner_balance', 'owner', p_buyer, 'counterparty', p_seller, 'currency', p_currency))))[1];
    END IF;
  END IF;
  SELECT array_agg(id) INTO candidates FROM ledger_account
   WHERE owner_id = p_seller AND kind = 'stock' AND sku_id = ANY (p_skus) AND place_id = ANY (p_places)
     AND (p_fresh IS NULL OR expires_on IS NULL OR expires_on >= p_fresh);

  WITH locked AS MATERIALIZED (
    SELECT id, kind, sku_id, place_id, lot, expires_on, CASE WHEN floor IS NULL THEN 1e14 ELSE balance - held - floor END AS available
      FROM ledger_account WHERE id = ANY (candidates || money_account) ORDER BY id FOR NO KEY UPDATE),
  supply AS (
    SELECT id, sku_id, place_id, sum(available) OVER w - available AS starts, sum(available) OVER w AS ends
      FROM locked WHERE kind = 'stock' AND available > 0
    WINDOW w AS (PARTITION BY sku_id ORDER BY array_position(p_places, place_id), expires_on NULLS LAST, lot = '', lot COLLATE "C", id ROWS UNBOUNDED PRECEDING)),
  demand AS (
    SELECT line_no, sku, amount, sum(amount) OVER w - amount AS starts, sum(amount) OVER w AS ends
      FROM unnest(p_lines, p_skus, p_amounts) x(line_no, sku, amount)
    WINDOW w AS (PARTITION BY sku ORDER BY line_no ROWS UNBOUNDED PRECEDING)),
  taken AS (
    SELECT d.line_no, s.id, s.place_id, s.starts, least(s.ends, d.ends) - greatest(s.starts, d.starts) AS amount
      FROM demand d JOIN supply s ON s.sku_id = d.sku AND s.starts < d.ends AND d.starts < s.ends
     ORDER BY d.line_no, s.starts)
  SELECT array_agg(line_no), array_agg(id), array_agg(place_id), array_agg(amount), coalesce(sum(amount), 0),
         (SELECT available FROM locked WHERE id = money_account)
    INTO hold_lines, accounts, hold_places, hold_amounts, got, credit
    FROM taken;
  IF NOT p_partial AND got < (SELECT sum(a) FROM unnest(p_amounts) a) THEN
    RAISE EXCEPTION 'not enough stock' USING ERRCODE = 'HL105', DETAIL = (
      SELECT jsonb_agg(jsonb_build_object('line_no', d.line_no, 'sku_id', d.sku, 'asked', d.amount, 'available', coalesce(t.amount, 0))
                       ORDER BY d.line_no)
        FROM unnest(p_lines, p_skus, p_amounts) d(line_no, sku, amount)
        LEFT JOIN (SELECT line_no, sum(amount) AS amount FROM unnest(hold_lines, hold_amounts) x(line_no, amount) GROUP BY line_no) t
               USING (line_no)
       WHERE d.amount > coalesce(t.amount, 0))::text;
  END IF;
  IF credit < p_money THEN
    RAISE EXCEPTION 'not enough available' USING ERRCODE = 'HL101', DETAIL = jsonb_build_array(jsonb_build_object(
      'account_id', money_account, 'kind', 'partner_balance', 'owner_id', p_buyer, 'currency', p_currency,
      'asked', p_money, 'available', credit))::text;
  END IF;

  n := coalesce(array_length(accounts, 1), 0);
  IF money_account IS NOT NULL THEN
    accounts := coalesce(accounts, '{}') || money_account;
    ids := ledger_write(entry_id, p_source, p_now, array_fill('HOLD'::text, ARRAY[n + 1]), array_fill(NULL::bigint, ARRAY[n + 1]),
                        accounts, coalesce(hold_amounts, '{}') || p_money, NULL, coalesce(hold_lines, '{}') || 0, p_expires);
    money_hold_id := ids[n + 1];
  ELSIF n > 0 THEN
    ids := ledger_write(entry_id, p_source, p_now, array_fill('HOLD'::text, ARRAY[n]), array_fill(NULL::bigint, ARRAY[n]),
                        accounts, hold_amounts, NULL, hold_lines, p_expires);
  END IF;
  hold_ids := ids[1:n];
END $$;

-- Give back all that is still promised for a document, or for some of its lines (0 is the money). An entry is
-- written only when something was open; NULL when nothing was, or when the step was posted before.
CREATE OR REPLACE FUNCTION ledger_release_open(
  p_source_type text, p_source uuid, p_step text, p_user bigint, p_now timestamptz, p_holds_of uuid, p_lines int[] DEFAULT NULL
) RETURNS TABLE (hold_id bigint, line_no int, account_id bigint, amount numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  opened record;
  holds bigint[]; accounts bigint[]; amounts numeric[]; lines int[];
BEGIN
  -- Every writer touches entries before accounts; a bulk load relies on it.
  LOCK TABLE ledger_entry IN ROW EXCLUSIVE MODE;
  PERFORM 1 FROM ledger_account WHERE id IN (SELECT h.account_id FROM ledger_hold h WHERE h.source_id = p_holds_of)
    ORDER BY id FOR NO KEY UPDATE;
  SELECT array_agg(h.id ORDER BY h.id), array_agg(h.account_id ORDER BY h.id), array_agg(h.remaining ORDER BY h.id), array_agg(h.line_no ORDER BY h.id)
    INTO holds, accounts, amounts, lines
    FROM ledger_hold h WHERE h.source_id = p_holds_of AND (p_lines IS NULL OR h.line_no = ANY (p_lines));
  IF holds IS NULL THEN RETURN; END IF;
  SELECT * INTO opened FROM ledger_open_entry(p_source_type, p_source, p_step, p_user, p_now, p_now, '', NULL);
  IF opened.earlier THEN
    RAISE EXCEPTION 'this step was posted with other content' USING ERRCODE = 'HL102',
      DETAIL = jsonb_build_object('source_type', p_source_type, 'source_id', p_source, 'step', p_step, 'entry_id', opened.entry_id)::text;
  END IF;
  PERFORM ledger_move(opened.entry_id, p_holds_of, p_now, array_fill('RELEASE'::text, ARRAY[array_length(holds, 1)]),
                      array_fill(NULL::bigint, ARRAY[array_length(holds, 1)]), accounts, amounts, holds, lines, NULL);
  RETURN QUERY SELECT * FROM unnest(holds, lines, accounts, amounts);
END $$;

-- Give back every promise that has expired, at most p_limit. One entry a promise: a repeat finds nothing.
CREATE OR REPLACE FUNCTION ledger_expire_holds(p_now timestamptz, p_limit int DEFAULT 500)
RETURNS TABLE (hold_id bigint, source_id uuid, line_no int, account_id bigint, amount numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  chosen bigint[];
  expired record;
  opened record;
BEGIN
  -- Every writer touches entries before accounts; a bulk load relies on it.
  LOCK TABLE ledger_entry IN ROW EXCLUSIVE MODE;
  SELECT array_agg(id) INTO chosen
    FROM (SELECT id FROM ledger_hold WHERE expires_at <= p_now ORDER BY expires_at, id LIMIT p_limit) x;
  PERFORM 1 FROM ledger_account WHERE id IN (SELECT h.account_id FROM ledger_hold h WHERE h.id = ANY (chosen))
    ORDER BY id FOR NO KEY UPDATE;
  FOR expired IN SELECT * FROM ledger_hold h WHERE h.id = ANY (chosen) ORDER BY h.id LOOP
    SELECT * INTO opened FROM ledger_open_entry('hold', expired.source_id, 'expire:' || expired.id, NULL, p_now, p_now, '', NULL);
    PERFORM ledger_move(opened.entry_id, expired.source_id, p_now, ARRAY['RELEASE'], ARRAY[NULL::bigint], ARRAY[expired.account_id],
                        ARRAY[expired.remaining], ARRAY[expired.id], ARRAY[expired.line_no], NULL);
    hold_id := expired.id; source_id := expired.source_id; line_no := expired.line_no;
    account_id := expired.account_id; amount := expired.remaining;
    RETURN NEXT;
  END LOOP;
END $$;
