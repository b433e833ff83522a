-- One order in one round trip: number, promises of goods and money, header, lines, event.
-- Runs as the owner, so it checks the caller's reach itself: the buyer or the seller must be in it.
-- Promises come before the inserts because the lines store what was promised; locks are held until commit either way.
CREATE OR REPLACE FUNCTION orders_place(
  p jsonb, p_lines int[], p_skus bigint[], p_codes text[], p_names text[], p_units text[], p_entered numeric[],
  p_ordered numeric[], p_prices numeric[], p_gross numeric[], p_net numeric[], p_rates numeric[], p_traces jsonb[],
  p_places bigint[]
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  o_id uuid := (p->>'id')::uuid;
  o_now timestamptz := (p->>'now')::timestamptz;
  o_day date := (p->>'business_date')::date;
  o_buyer text := p->>'buyer_path';
  o_seller text := p->>'seller_path';
  o_user bigint := (p->>'user_id')::bigint;
  o_gross numeric := (p->>'gross_amount')::numeric;
  o_net numeric := (p->>'net_amount')::numeric;
  o_partial boolean := p->>'shortage_mode' = 'BACKORDER';
  o_number text;
  o_state text;
  o_steps text[];
  o_places bigint[] := p_places;
  role text := current_setting('role');
  lo text := current_setting('huiliu.lo', true);
  hi text := current_setting('huiliu.hi', true);
  earlier record;
  twin record;
  hold record;
  o_deadline timestamptz;
  o_remind timestamptz;
  short jsonb;
BEGIN
  IF role IN ('huiliu_partner', 'huiliu_branch')
     AND NOT (o_buyer >= lo AND o_buyer < hi) AND NOT (o_seller >= lo AND o_seller < hi) THEN
    RAISE EXCEPTION 'outside the reach' USING ERRCODE = 'HL201';
  END IF;
  -- Two clicks at once: the second waits for the first to end, and then finds its order.
  PERFORM pg_advisory_xact_lock(hashtextextended(o_id::text, 0));
  SELECT id, number, state, content_hash, submitted_at, gross_amount, net_amount, line_count INTO earlier
    FROM public.orders_order WHERE id = o_id;
  IF FOUND THEN
    IF earlier.content_hash <> p->>'content_hash' THEN
      RAISE EXCEPTION 'order id reused' USING ERRCODE = 'HL202';
    END IF;
    RETURN jsonb_build_object('earlier', true, 'number', earlier.number, 'state', earlier.state,
      'submitted_at', earlier.submitted_at, 'gross_amount', earlier.gross_amount::text, 'net_amount', earlier.net_amount::text);
  END IF;

  -- Which approvals apply is a setting of the seller, else of the brand; an order keeps the steps of its day.
  SELECT ARRAY(SELECT jsonb_array_elements_text(coalesce(
           (SELECT value FROM public.platform_setting WHERE key = 'orders.steps.' || (p->>'seller_id')),
           (SELECT value FROM public.platform_setting WHERE key = 'orders.steps'), '["CONFIRM"]'::jsonb))) INTO o_steps;
  IF (p->>'on_behalf')::boolean AND coalesce(
       (SELECT value FROM public.platform_setting WHERE key = 'orders.confirm_on_behalf.' || (p->>'seller_id')),
       (SELECT value FROM public.platform_setting WHERE key = 'orders.confirm_on_behalf'), 'false'::jsonb)::boolean THEN
    -- Somebody else ordered for the buyer: its word comes before everyone's; half way it is reminded.
    SELECT o_now + h, o_now + h / 2 INTO o_deadline, o_remind FROM (SELECT make_interval(hours => coalesce(
       (SELECT value FROM public.platform_setting WHERE key = 'orders.confirm_on_behalf_hours.' || (p->>'seller_id')),
       (SELECT value FROM public.platform_setting WHERE key = 'orders.confirm_on_behalf_hours'), '48'::jsonb)::int) AS h) x;
    o_steps := array_prepend('BUYER'::text, o_steps);
  END IF;
  -- First who has the same lines, then whose and when: the plan must not walk through all the buyer's orders by time.
  WITH alike AS MATERIALIZED (
    SELECT id, number, submitted_at, buyer_id, seller_id, state FROM public.orders_order
     WHERE lines_hash = p->>'lines_hash' AND lines_hash <> '')
  SELECT id, number, submitted_at INTO twin FROM alike
   WHERE buyer_id = (p->>'buyer_id')::bigint AND submitted_at > o_now - make_interval(mins => coalesce(
       (SELECT value FROM public.platform_setting WHERE key = 'orders.twin_minutes.' || (p->>'seller_id')),
       (SELECT value FROM public.platform_setting WHERE key = 'orders.twin_minutes'), '10'::jsonb)::int)
     AND seller_id = (p->>'seller_id')::bigint AND state <> 'CANCELLED'
   ORDER BY submitted_at DESC LIMIT 1;
  IF o_places IS NULL OR o_places = '{}' THEN
    -- The buyer's city before its province before the rest; then the seller's own order.
    SELECT array_agg(id ORDER BY left(region_code, 4) = left(p->>'region_code', 4) DESC, left(region_code, 2) = left(p->>'region_code', 2) DESC, priority, id)
      INTO o_places FROM public.inventory_warehouse WHERE organization_id = (p->>'seller_id')::bigint AND is_active;
  END IF;

  o_number := public.platform_next_number('order', (p->>'seller_id')::bigint, o_day);
  SELECT * INTO hold FROM public.ledger_hold_order(o_id, o_user, o_now, (p->>'seller_id')::bigint, (p->>'buyer_id')::bigint,
    p->>'currency', o_gross, p_lines, p_skus, p_ordered, coalesce(o_places, '{}'), o_partial, NULL,
    public.inventory_fresh_on((p->>'seller_id')::bigint, o_day));
  o_state := CASE WHEN o_deadline IS NOT NULL THEN 'AWAITING_BUYER' WHEN 'CONFIRM' = ANY (o_steps) THEN 'SUBMITTED' WHEN o_steps <> '{}' THEN 'AWAITING_FINANCE' ELSE 'CONFIRMED' END;

  INSERT INTO public.orders_order (id, number, seller_id, seller_path, seller_name, buyer_id, buyer_path, buyer_name,
    buyer_path_then, buyer_tier_then, region_code_then, province_then, city_then, kind, state, steps_open, currency,
    content_hash, gross_amount, net_amount, tax_amount, line_count, shortage_mode, external_number, buyer_note, address,
    wanted_date, business_date, submitted_by, on_behalf, custom, submitted_at, confirmed_at, version, lines_hash,
    buyer_deadline_at, buyer_remind_at)
  VALUES (o_id, o_number, (p->>'seller_id')::bigint, o_seller, p->>'seller_name', (p->>'buyer_id')::bigint, o_buyer,
    p->>'buyer_name', o_buyer, p->>'buyer_tier', p->>'region_code', p->>'province', p->>'city', 'STANDARD', o_state, o_steps,
    p->>'currency', p->>'content_hash', o_gross, o_net, o_gross - o_net, array_length(p_lines, 1), p->>'shortage_mode',
    p->>'external_number', p->>'buyer_note', p->'address', (p->>'wanted_date')::date, o_day, o_user,
    (p->>'on_behalf')::boolean, p->'custom', o_now, CASE WHEN o_steps = '{}' THEN o_now END, 1,
    coalesce(p->>'lines_hash', ''), o_deadline, o_remind);

  INSERT INTO public.orders_line (order_id, line_no, buyer_path, seller_path, kind, sku_id, sku_code, sku_name, unit,
    entered_quantity, ordered, unit_price, gross_amount, net_amount, tax_amount, tax_rate, trace, allocated, backordered,
    shipped, received, cancelled, returned)
  SELECT o_id, l.line_no, o_buyer, o_seller, 'GOODS', l.sku, l.code, l.name, l.unit, l.entered, l.ordered, l.price, l.gross,
         l.net, l.gross - l.net, l.rate, l.trace, coalesce(h.units, 0), l.ordered - coalesce(h.units, 0), 0, 0, 0, 0
    FROM unnest(p_lines, p_skus, p_codes, p_names, p_units, p_entered, p_ordered, p_prices, p_gross, p_net, p_rates, p_traces)
         l(line_no, sku, code, name, unit, entered, ordered, price, gross, net, rate, trace)
    LEFT JOIN (SELECT line_no, sum(units) AS units FROM unnest(hold.hold_lines, hold.hold_amounts) x(line_no, units) GROUP BY 1) h
           ON h.line_no = l.line_no;

  INSERT INTO public.platform_event (type, subject_type, subject_id, visible_path, visible_path_2, broadcast, payload, user_id, effective_at, recorded_at)
  VALUES ('order.submitted', 'order', o_id::text, o_buyer, o_seller, false,
          jsonb_build_object('number', o_number, 'gross_amount', o_gross::text, 'currency', p->>'currency', 'buyer', p->>'buyer_name',
                             'lines', array_length(p_lines, 1), 'state', o_state)
            || CASE WHEN o_deadline IS NULL THEN '{}' ELSE jsonb_build_object('seller', p->>'seller_name', 'until', o_deadline) END,
          o_user, o_now, o_now);

  SELECT jsonb_agg(line_no ORDER BY line_no) INTO short FROM public.orders_line WHERE o_partial AND order_id = o_id AND backordered > 0;
  RETURN jsonb_build_object('earlier', false, 'number', o_number, 'state', o_state, 'submitted_at', o_now,
                            'backordered', coalesce(short, '[]'::jsonb),
    'twin', CASE WHEN twin.id IS NULL THEN NULL ELSE
      jsonb_build_object('id', twin.id, 'number', twin.number, 'submitted_at', twin.submitted_at) END);
END $$;
REVOKE ALL ON FUNCTION orders_place(jsonb, int[], bigint[], text[], text[], text[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], jsonb[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orders_place(jsonb, int[], bigint[], text[], text[], text[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], jsonb[], bigint[]) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
