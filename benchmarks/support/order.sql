-- The least that writes an order's rows: one call, typed arrays, nothing judged but that there is enough.
-- It locks as any such function must (accounts in id order) and leaves the rows that a submit over HTTP leaves.
CREATE OR REPLACE FUNCTION bench_order(
  p_order uuid, p_now timestamptz, p_day date, p_user bigint, p_seller bigint, p_seller_path text, p_seller_name text,
  p_buyer bigint, p_buyer_path text, p_buyer_name text, p_place bigint, p_skus bigint[], p_codes text[], p_names text[],
  p_units numeric[], p_prices numeric[], p_gross numeric[], p_net numeric[], p_traces jsonb[], p_key text,
  p_hash bytea, p_body bytea
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  gross numeric := (SELECT sum(x) FROM unnest(p_gross) x);
  net numeric := (SELECT sum(x) FROM unnest(p_net) x);
  entry bigint;
  money bigint;
  wanted bigint[];
  enough bigint;
BEGIN
  INSERT INTO platform_idempotency_key (user_id, key, owner_path, route, input_hash, status, content_type, body, created_at)
  VALUES (p_user, p_key, p_buyer_path, 'POST /api/v1/orders', p_hash, 201, 'application/json; charset=utf-8', p_body, p_now);

  INSERT INTO orders_order (id, number, seller_id, seller_path, seller_name, buyer_id, buyer_path, buyer_name,
    buyer_path_then, buyer_tier_then, region_code_then, province_then, city_then, kind, state, steps_open, currency,
    content_hash, gross_amount, net_amount, tax_amount, line_count, shortage_mode, external_number, buyer_note, address,
    business_date, submitted_by, on_behalf, custom, submitted_at, version)
  VALUES (p_order, 'B' || to_char(p_day, 'YYYYMMDD') || '-' || nextval('platform_number_seq'), p_seller, p_seller_path, p_seller_name,
    p_buyer, p_buyer_path, p_buyer_name, p_buyer_path, '', '', '', '', 'STANDARD', 'SUBMITTED', '{CONFIRM}', 'CNY',
    md5(p_key), gross, net, gross - net, cardinality(p_skus), 'REFUSE', '', '', '{}', p_day, p_user, false, '{}', p_now, 1);

  INSERT INTO orders_line (order_id, line_no, buyer_path, seller_path, kind, sku_id, sku_code, sku_name, unit,
    entered_quantity, ordered, unit_price, gross_amount, net_amount, tax_amount, tax_rate, trace, allocated, backordered,
    shipped, received, cancelled, returned)
  SELECT p_order, n, p_buyer_path, p_seller_path, 'GOODS', sku, code, name, '瓶', units, units, price, x.gross, x.net,
         x.gross - x.net, 0.13, trace, units, 0, 0, 0, 0, 0
    FROM unnest(p_skus, p_codes, p_names, p_units, p_prices, p_gross, p_net, p_traces) WITH ORDINALITY
         x(sku, code, name, units, price, gross, net, trace, n);

  INSERT INTO platform_event (type, subject_type, subject_id, visible_path, visible_path_2, broadcast, payload, user_id, effective_at, recorded_at)
  VALUES ('order.submitted', 'order', p_order::text, p_buyer_path, p_seller_path, false,
          jsonb_build_object('number', p_key, 'gross_amount', gross::text, 'currency', 'CNY', 'buyer', p_buyer_name,
                             'lines', cardinality(p_skus), 'state', 'SUBMITTED'), p_user, p_now, p_now);

  INSERT INTO ledger_entry (source_type, source_id, step, actor_user_id, effective_at, recorded_at, note)
  VALUES ('order', p_order, 'submit', p_user, p_now, p_now, '') RETURNING id INTO entry;

  SELECT id INTO money FROM ledger_account
   WHERE owner_id = p_buyer AND kind = 'partner_balance' AND sku_id IS NULL AND counterparty_id = p_seller AND currency = 'CNY';
  SELECT array_agg(id) || money INTO wanted FROM ledger_account
   WHERE owner_id = p_seller AND kind = 'stock' AND sku_id = ANY (p_skus) AND place_id = p_place;
  WITH locked AS MATERIALIZED (
    SELECT id, sku_id, balance - held - floor AS available FROM ledger_account
     WHERE id = ANY (wanted)
     ORDER BY id FOR NO KEY UPDATE),
  moves AS MATERIALIZED (
    SELECT nextval('ledger_transfer_id_seq') AS id, l.id AS account, coalesce(x.units, gross) AS amount, coalesce(x.n, 0) AS n
      FROM locked l LEFT JOIN unnest(p_skus, p_units) WITH ORDINALITY x(sku, units, n) ON x.sku = l.sku_id
     WHERE l.available >= coalesce(x.units, gross)),
  transfers AS (
    INSERT INTO ledger_transfer (id, entry_id, kind, credit_account_id, amount, effective_at)
    SELECT id, entry, 'HOLD', account, amount, p_now FROM moves),
  holds AS (
    INSERT INTO ledger_hold (id, account_id, remaining, source_id, line_no) SELECT id, account, amount, p_order, n FROM moves),
  changed AS (
    UPDATE ledger_account a SET held = a.held + m.amount FROM moves m WHERE a.id = m.account)
  SELECT count(*) INTO enough FROM moves;
  IF enough <> cardinality(p_skus) + 1 THEN
    RAISE EXCEPTION 'not enough';
  END IF;
END $$;
