"""`huiliu`: start, load, check, back up. Every command works on the data directory (`HUILIU_DATA`, default .huiliu)."""

from huiliu.entrypoints.cli.app import main

__all__ = ["main"]
