-- What is owed for longer than since `p_before`: payments settle the oldest debts first, so of what is owed now only
-- what was charged since is not yet due. Accounts as far as the reach shows them; without `p_accounts`: all of them.
CREATE OR REPLACE FUNCTION receivables_overdue(p_before timestamptz, p_accounts bigint[])
RETURNS TABLE (account_id bigint, overdue numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT owing.id, owing.owed - owing.charged FROM (
    SELECT a.id, -a.balance AS owed,
           coalesce((SELECT sum(c.amount) FROM ledger_transfer c
                      WHERE c.credit_account_id = a.id AND c.kind IN ('POST', 'SETTLE')
                        AND c.effective_at >= p_before), 0) AS charged
      FROM ledger_account a
     WHERE a.kind = 'partner_balance' AND a.balance < 0 AND (p_accounts IS NULL OR a.id = ANY(p_accounts))
       AND ledger_shown(a.owner_path, a.counterparty_path)) owing
   WHERE owing.owed > owing.charged
$$;
REVOKE ALL ON FUNCTION receivables_overdue(timestamptz, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receivables_overdue(timestamptz, bigint[])
  TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
