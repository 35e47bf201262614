# Storydesk: `make demo` and `make test` do everything on a fresh machine.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
DATA   ?= ../shared/data
# The modules that are compiled, as setup.py lists them.
COMPILED := $(shell grep -oE 'src/[a-z_/]+\.pyx?' setup.py)
# Type checks and tests use a desk of their own, never the user's.
SCRATCH := $(VENV)/scratch

.DEFAULT_GOAL := help
.PHONY: help install develop demo test check format eval bench kills moderators screenshots lock clean

help: ## Show what can be made.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/\1\t\2/' | expand -t 14

install: $(VENV)/.compiled ## Build .venv with the program in it.
develop: $(VENV)/.developing ## The same with what tests and checks need.

demo: $(VENV)/.compiled ## Serve the demo edition on http://127.0.0.1:8000, offline.
	@$(BIN)/storydesk demo

test: $(VENV)/.developing ## Run the tests.
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/.developing ## Types, lint, form and import rules.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	STORYDESK_HOME=$(SCRATCH) $(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.developing ## Bring the code into form.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

eval: $(VENV)/.developing ## The quality gate: every measured figure against its floor (DATA=../shared/data).
	@$(BIN)/python -m eval --data $(DATA)

bench: $(VENV)/.developing ## Speed, side by side with peers, in one run.
	@$(BIN)/python -m eval.bench --data $(DATA)

kills: $(VENV)/.developing ## 500 kills of an ingest, and what they changed (nothing).
	@$(BIN)/python eval/kills.py --kills 500

moderators: $(VENV)/.developing ## 20 moderators on one queue of 1,000 comments: one decision each, none lost.
	@$(BIN)/python eval/moderators.py

screenshots: $(VENV)/.developing ## Every kind of page of the demo edition, phone and desktop, light and dark.
	@eval/screenshots.sh screenshots

lock: $(VENV)/.developing ## Pin the dependencies anew, with hashes and without addresses.
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    -c requirements.lock --extra build --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Storydesk needs Python 3.11 or later; say which with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "no venv module: on Debian, apt install python3.11-venv"; exit 1; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Building $(VENV) (about a minute) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.compiled: setup.py $(COMPILED) $(wildcard $(COMPILED:.py=.pxd)) $(VENV)/.installed
	@$(BIN)/python setup.py -q build_ext --inplace
	@touch $@

$(VENV)/.developing: requirements-dev.lock $(VENV)/.compiled
	@echo "Adding what tests and checks need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## Remove all that was built.
	find src -name '*.so' -delete
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .hypothesis screenshots
