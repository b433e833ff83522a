"""Credit limits and temporary limits of a partner with a seller. The check itself is a ledger floor."""
