"""The http edge: problems, cursors, idempotency, limits, the operation wrapper."""
