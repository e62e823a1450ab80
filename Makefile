# The few commands people use. Each sets up what it needs first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up

.PHONY: help setup demo tour test check format lint types layers bench faults flood lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

$(STAMP): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Torpedo needs Python 3.11 or newer; '$(PYTHON)' was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Torpedo needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V). Say which one: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked versions into .venv (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP)  ## a .venv with the locked versions

demo: $(STAMP)  ## the bot against a pretend Slack, SMS platform and phones: open the printed page
	@exec $(BIN)/torpedo demo

tour: $(STAMP)  ## the whole story, unattended, printed as a transcript
	@$(BIN)/torpedo demo --tour

test: $(STAMP)  ## all tests
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term-missing:skip-covered

check: format lint types layers test  ## format, lint, types, layers, tests: what CI runs

format: $(STAMP)
	@$(BIN)/ruff format --check .

lint: $(STAMP)
	@$(BIN)/ruff check .

types: $(STAMP)
	@$(BIN)/mypy

layers: $(STAMP)
	@$(BIN)/lint-imports

bench: $(STAMP)  ## how fast, as ratios within one run
	@$(BIN)/python -m tests.bench

faults: $(STAMP)  ## kill the bot and break the platform 200 times, and count who was texted
	@$(BIN)/python -m tests.faults --rounds 200

flood: $(STAMP)  ## 10,000 call-backs at the running bot, killed three times; count what is shown
	@$(BIN)/python -m tests.flood

lock:  ## write the lock files anew, with nothing younger than a week
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	@for extra in "" "--extra dev -c requirements.txt"; do \
	  out=requirements$${extra:+-dev}.txt; \
	  .venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --python-version 3.11 --no-annotate --no-header --upgrade \
	    --exclude-newer "$$(date -u -d '7 days ago' +%F)" $$extra -o $$out pyproject.toml >/dev/null || exit 1; \
	done; rm -rf .venv-lock

clean:  ## forget the .venv and what tools keep
	@rm -rf .venv .venv-lock .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
