"""What several scenarios share beside the harness: a real server, its clients, its CPU time."""
