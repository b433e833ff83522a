"""Composition only: URLs, WSGI, live updates, worker, command line."""
