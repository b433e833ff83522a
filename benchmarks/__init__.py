"""`huiliu bench NAME`: each scenario measures a reference in the same run and says how far we are from it."""

from benchmarks.harness import run

__all__ = ["run"]
