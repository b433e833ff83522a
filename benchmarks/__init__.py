"""`huiliu bench NAME`: each scenario measures a reference in the same run and says how far we are from it."""

from benchmarks.harness import run, run_all

__all__ = ["run", "run_all"]
