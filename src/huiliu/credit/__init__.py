"""Credit limits and temporary limits of a buyer with a seller: their history, and what may still be ordered.

The check itself is a floor of the ledger: it holds whatever the code above does. Receivables are not here.
"""
