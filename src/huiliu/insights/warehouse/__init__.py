"""The column store beside the documents: immutable Parquet segments, a manifest in PostgreSQL, DuckDB readers."""
