# What one does with Claimline. `make` alone lists it.
PORT ?= 8000
VENV := .venv/bin
# The first Python from 3.11 on that can make virtual environments, else the first from 3.11 on.
PYTHON ?= $(shell for need in venv,ensurepip sys; do \
	for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	$$p -c "import $$need, sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && { echo $$p; exit; }; \
	done; done)

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench bench-timeline screenshots soak

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: .venv/ready ## build .venv with everything the project needs
.venv/ready: requirements.txt requirements-dev.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "Claimline needs Python 3.11 or later: sudo apt-get install python3 python3-venv"; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Claimline needs Python's venv module: sudo apt-get install $(PYTHON)-venv"; exit 1; }
	@echo "Setting up .venv (once, a minute or two) …"
	@$(PYTHON) -m venv .venv
	@$(VENV)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt || { \
		echo "The packages could not be installed (requirements-dev.txt). Is the network there? Then again: make setup"; \
		exit 1; }
	@touch .venv/ready

run: setup ## set everything up, load the sample letters, serve on localhost:8000 (another port: PORT=8001)
	@$(VENV)/python manage.py serve --port $(PORT)

test: setup ## run all tests: SQLite, PostgreSQL, JavaScript, Chromium (a part: PARTS="sqlite")
	@$(VENV)/python -m tests.run $(PARTS)

lint: setup ## check style, types, templates and JavaScript
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/djade --target-version 5.2 --check $$(find templates -name '*.html')
	@$(VENV)/oxlint --deny-warnings static/js tests/js
	@$(VENV)/python manage.py check --fail-level WARNING
	@$(VENV)/python manage.py makemigrations --check --dry-run
	@echo "Nothing to complain of."

format: setup ## put code into the project's form
	@$(VENV)/ruff check --fix --quiet .
	@$(VENV)/ruff format .
	@$(VENV)/djade --target-version 5.2 $$(find templates -name '*.html') || true

bench: setup ## measure accuracy and speed into docs/benchmarks.md (a part: PARTS="dates letters")
	@$(VENV)/python -m benchmarks $(PARTS)

bench-timeline: setup ## measure the timeline alone: server, browser, peers (the same as PARTS=timeline)
	@$(VENV)/python -m benchmarks timeline

screenshots: setup ## take the pictures in docs/screenshots anew
	@$(VENV)/python -m tests.screenshots

soak: setup ## drive 10,000 random decisions and readings: what a person set stays (as many: STEPS=500)
	@CLAIMLINE_SOAK=$(or $(STEPS),10000) $(VENV)/python -m pytest -q tests/timeline/test_curation_soak.py
