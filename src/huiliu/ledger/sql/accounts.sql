-- The only writers of the ledger are functions of the owner with a fixed path, so a dealer's order can promise
-- the brand's stock without being able to read it. No NOTIFY: the outbox relay tells others.
-- SQLSTATE HL1xx carry JSON detail; ledger/services.py names them. Functions without SECURITY DEFINER are
-- internal: nobody may call them but the doors below (guard.sql).

-- Goods cannot go below zero; a partner's money with a seller not below minus its limit, 0 until one is set.
CREATE OR REPLACE FUNCTION ledger_first_floor(p_kind text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_kind IN ('stock', 'in_transit', 'partner_balance') THEN 0::numeric END
$$;

-- Account ids in the order asked; missing accounts are made. p_accounts: [{"id"} | {"kind", "owner", …}].
-- Two transactions that make the same accounts make them in the order of their keys, so they never wait in a circle.
CREATE OR REPLACE FUNCTION ledger_resolve(p_accounts jsonb) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  found bigint[];
BEGIN
  FOR pass IN 1..2 LOOP
    -- IS NOT DISTINCT FROM cannot use an index, so goods and money are looked up by what they always have.
    SELECT array_agg(coalesce(k.id, a.id) ORDER BY k.n) INTO found
      FROM ROWS FROM (jsonb_to_recordset(p_accounts) AS (id bigint, kind text, owner bigint, counterparty bigint,
                                                         sku bigint, currency text, place bigint, lot text))
             WITH ORDINALITY k(id, kind, owner, counterparty, sku, currency, place, lot, n)
      LEFT JOIN LATERAL (
        SELECT g.id FROM ledger_account g
         WHERE g.owner_id = k.owner AND g.kind = k.kind AND g.sku_id = k.sku AND g.lot = coalesce(k.lot, '')
           AND g.place_id IS NOT DISTINCT FROM k.place AND g.counterparty_id IS NOT DISTINCT FROM k.counterparty
           AND k.currency IS NULL
        UNION ALL
        SELECT m.id FROM ledger_account m
         WHERE m.owner_id = k.owner AND m.kind = k.kind AND m.sku_id IS NULL AND m.currency = k.currency
           AND m.lot = coalesce(k.lot, '') AND m.place_id IS NOT DISTINCT FROM k.place
           AND m.counterparty_id IS NOT DISTINCT FROM k.counterparty AND k.sku IS NULL
        LIMIT 1) a ON true;
    EXIT WHEN array_position(found, NULL) IS NULL;
    IF pass = 2 THEN
      RAISE EXCEPTION 'an account names an organization that does not exist' USING ERRCODE = 'HL104',
        DETAIL = (SELECT jsonb_agg(account) FROM jsonb_array_elements(p_accounts) WITH ORDINALITY x(account, n)
                   WHERE found[n] IS NULL)::text;
    END IF;
    INSERT INTO ledger_account (kind, owner_id, owner_path, counterparty_id, counterparty_path, sku_id, currency,
                                place_id, lot, balance, held, floor, floor_target)
    SELECT k.kind, k.owner, o.path, k.counterparty, c.path, k.sku, k.currency, k.place, coalesce(k.lot, ''), 0, 0,
           ledger_first_floor(k.kind), ledger_first_floor(k.kind)
      FROM ROWS FROM (jsonb_to_recordset(p_accounts) AS (kind text, owner bigint, counterparty bigint, sku bigint,
                                                         currency text, place bigint, lot text))
             WITH ORDINALITY k(kind, owner, counterparty, sku, currency, place, lot, n)
      JOIN access_organization o ON o.id = k.owner
      LEFT JOIN access_organization c ON c.id = k.counterparty
     WHERE found[k.n] IS NULL AND (k.counterparty IS NULL OR c.id IS NOT NULL)
     ORDER BY k.owner, k.kind, k.sku, k.place, k.lot, k.counterparty, k.currency
    ON CONFLICT ON CONSTRAINT ledger_account_key DO NOTHING;
  END LOOP;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION ledger_ensure_accounts(p_accounts jsonb) RETURNS bigint[]
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT ledger_resolve(p_accounts) $$;

-- A new floor (a credit limit is a floor of minus the limit). When more is used already, the floor is what is
-- available now and follows upward as money comes in: nothing new passes, nothing breaks. NULL: no floor.
CREATE OR REPLACE FUNCTION ledger_set_floor(p_account jsonb, p_target numeric) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account bigint := (ledger_resolve(jsonb_build_array(p_account)))[1];
BEGIN
  UPDATE ledger_account
     SET floor_target = p_target, floor = CASE WHEN p_target IS NULL THEN NULL ELSE least(p_target, balance - held) END
   WHERE id = account;
  RETURN account;
END $$;
