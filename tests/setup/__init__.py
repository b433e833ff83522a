"""The database and the processes, killed, copied, moved and restored."""
