"""`python -m benchmarks NAME [--json]`, for machines where the package is not installed."""

import sys

from benchmarks import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1], as_json="--json" in sys.argv))
