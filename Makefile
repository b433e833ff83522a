# Two commands do everything: `make demo` and `make test`. `make check` is what CI runs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
export NODE_USE_SYSTEM_CA := 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup demo test check lint types contracts format reset web up browser stop-test-db

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.bootstrap:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.installed: $(VENV)/.bootstrap requirements.lock pyproject.toml
	@echo "Installing packages ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

setup: $(VENV)/.installed ## the virtual environment with everything in it

format: setup ## format the Python code
	@$(BIN)/ruff format src tests benchmarks conftest.py
	@$(BIN)/ruff check --fix --quiet src tests benchmarks conftest.py || true

lint: setup ## formatting and lint
	@$(BIN)/ruff format --check --quiet src tests benchmarks conftest.py
	@$(BIN)/ruff check src tests benchmarks conftest.py

types: setup ## static types
	@$(BIN)/mypy

contracts: setup ## who may import whom
	@$(BIN)/lint-imports

test: setup ## every test on a real PostgreSQL
	@$(BIN)/python -m pytest -n 2

check: lint types contracts test ## what CI runs

stop-test-db: ## stop the database that test runs leave running
	@$(BIN)/python -c "from huiliu.platform.embedded.testing import stop; stop()"
