"""Waybills over HTTP, by hand and from carriers."""
