-- One entry with its moves in one round trip.
-- p_accounts: [{"id"} | {"kind", "owner", "counterparty", "sku", "currency", "place", "lot"}]
-- p_moves:    [{"kind", "amount", "debit", "credit", "hold", "line"}], debit and credit are positions in p_accounts from 0.
-- A retry of the same source answers the first entry when its transfers are the same, else HL102. What is compared
-- are the transfers themselves, so bulk-loaded entries answer like all others.
CREATE OR REPLACE FUNCTION ledger_apply(
  p_source_type text, p_source uuid, p_step text, p_user bigint, p_effective timestamptz, p_now timestamptz,
  p_note text, p_accounts jsonb, p_moves jsonb, p_expires timestamptz DEFAULT NULL,
  OUT entry_id bigint, OUT transfer_ids bigint[], OUT earlier boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  opened record;
  accounts bigint[];
  kinds text[]; debits bigint[]; credits bigint[]; amounts numeric[]; holds bigint[]; lines int[];
  same boolean;
BEGIN
  SELECT * INTO opened FROM ledger_open_entry(p_source_type, p_source, p_step, p_user, p_effective, p_now, p_note, NULL);
  accounts := ledger_resolve(p_accounts);
  SELECT array_agg(m.kind ORDER BY m.n), array_agg(m.amount ORDER BY m.n), array_agg(m.hold ORDER BY m.n), array_agg(m.line ORDER BY m.n),
         array_agg(accounts[m.debit + 1] ORDER BY m.n), array_agg(accounts[m.credit + 1] ORDER BY m.n)
    INTO kinds, amounts, holds, lines, debits, credits
    FROM ROWS FROM (jsonb_to_recordset(p_moves) AS (kind text, amount numeric, hold bigint, line int, debit int, credit int))
           WITH ORDINALITY m(kind, amount, hold, line, debit, credit, n);
  entry_id := opened.entry_id;
  earlier := opened.earlier;
  IF NOT opened.earlier THEN
    transfer_ids := ledger_move(opened.entry_id, p_source, p_effective, kinds, debits, credits, amounts, holds, lines, p_expires);
    RETURN;
  END IF;
  SELECT array_agg(t.id ORDER BY t.id),
         bool_and(coalesce(t.kind = m.kind AND t.debit_account_id IS NOT DISTINCT FROM m.debit
                           AND t.credit_account_id = coalesce(m.credit, t.credit_account_id)
                           AND t.amount = coalesce(m.amount, t.amount) AND t.hold_id IS NOT DISTINCT FROM m.hold, false))
    INTO transfer_ids, same
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM ledger_transfer WHERE entry_id = opened.entry_id) t
    FULL JOIN unnest(kinds, debits, credits, amounts, holds) WITH ORDINALITY m(kind, debit, credit, amount, hold, n) ON m.n = t.n;
  IF same IS NOT TRUE THEN
    RAISE EXCEPTION 'this step was posted with other content' USING ERRCODE = 'HL102',
      DETAIL = jsonb_build_object('source_type', p_source_type, 'source_id', p_source, 'step', p_step, 'entry_id', opened.entry_id)::text;
  END IF;
END $$;

-- The opposite of an entry, once: what moved moves back, what is still promised in full is released.
-- HL103: a promise of the entry was used meanwhile. HL107: the entry gave promises back; promise anew instead.
CREATE OR REPLACE FUNCTION ledger_reverse(p_entry bigint, p_user bigint, p_now timestamptz, p_note text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  original record;
  opened record;
  kinds text[]; debits bigint[]; credits bigint[]; amounts numeric[]; holds bigint[];
BEGIN
  SELECT * INTO original FROM ledger_entry WHERE id = p_entry;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such entry' USING ERRCODE = 'HL104', DETAIL = jsonb_build_object('entry_id', p_entry)::text;
  END IF;
  SELECT * INTO opened FROM ledger_open_entry(original.source_type, original.source_id, 'reverse:' || p_entry, p_user,
                                              p_now, p_now, p_note, p_entry);
  IF opened.earlier THEN RETURN opened.entry_id; END IF;
  SELECT array_agg(CASE kind WHEN 'HOLD' THEN 'RELEASE' ELSE 'POST' END ORDER BY id),
         array_agg(CASE WHEN kind <> 'HOLD' THEN credit_account_id END ORDER BY id),
         array_agg(coalesce(debit_account_id, credit_account_id) ORDER BY id), array_agg(amount ORDER BY id),
         array_agg(CASE kind WHEN 'HOLD' THEN id END ORDER BY id)
    INTO kinds, debits, credits, amounts, holds
    FROM ledger_transfer WHERE entry_id = p_entry AND kind <> 'RELEASE';
  IF kinds IS NULL OR EXISTS (SELECT 1 FROM ledger_transfer WHERE entry_id = p_entry AND kind = 'RELEASE') THEN
    RAISE EXCEPTION 'nothing to reverse' USING ERRCODE = 'HL107', DETAIL = jsonb_build_object('entry_id', p_entry)::text;
  END IF;
  PERFORM ledger_move(opened.entry_id, original.source_id, p_now, kinds, debits, credits, amounts, holds,
                      array_fill(0, ARRAY[array_length(kinds, 1)]), NULL);
  RETURN opened.entry_id;
END $$;
