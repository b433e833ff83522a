"""Money read as business: partner balances, receipts, statements. Keeps no balance of its own."""
