"""History in bulk: staged and judged in DuckDB, copied into documents and ledger as the owner.

The rows are those that the services leave; a test compares both on a sample.
"""
