"""`python -m benchmarks NAME [--json]`, for machines where the package is not installed."""

import sys

from benchmarks import run, run_all

if __name__ == "__main__":
    as_json = "--json" in sys.argv
    sys.exit(run_all(as_json) if sys.argv[1] == "all" else run(sys.argv[1], as_json))
