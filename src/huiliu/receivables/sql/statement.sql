-- What moved an account in [p_from, p_until), oldest first; nothing when the reach does not show the account.
CREATE OR REPLACE FUNCTION receivables_movements(p_account bigint, p_from timestamptz, p_until timestamptz, p_limit int)
RETURNS TABLE (transfer_id bigint, effective_at timestamptz, source_type text, source_id uuid, change numeric, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.effective_at, e.source_type, e.source_id, t.change, e.note
    FROM (SELECT d.id, d.entry_id, d.effective_at, d.amount AS change FROM ledger_transfer d
           WHERE d.debit_account_id = p_account AND d.kind IN ('POST', 'SETTLE')
             AND d.effective_at >= p_from AND d.effective_at < p_until
          UNION ALL
          SELECT c.id, c.entry_id, c.effective_at, -c.amount FROM ledger_transfer c
           WHERE c.credit_account_id = p_account AND c.kind IN ('POST', 'SETTLE')
             AND c.effective_at >= p_from AND c.effective_at < p_until) t
    JOIN ledger_entry e ON e.id = t.entry_id
   WHERE EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = p_account AND ledger_shown(a.owner_path, a.counterparty_path))
   ORDER BY t.effective_at, t.id LIMIT p_limit
$$;
REVOKE ALL ON FUNCTION receivables_movements(bigint, timestamptz, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receivables_movements(bigint, timestamptz, timestamptz, int)
  TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
