.DEFAULT_GOAL := help
PYTHON ?= python3
DATA ?=
BIN := .venv/bin

# Compiled modules are kept, as workers and other processes would compile them again and again.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

.PHONY: help run test coverage test-whoosh3 lint faults fuzz bench bench-threads bench-names bench-labels bench-compare bench-pages bench-feeds bench-structure bench-refresh bench-scale bench-search bench-typing bench-recovery docs

help: ## show these lines
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

run: .venv/ready ## open the reader on the five sample stories
	@$(BIN)/newsloom demo

test: .venv/ready ## run the tests
	@$(PYTEST) -n logical --dist worksteal

coverage: .venv/ready ## run the tests and report the lines that none of them runs
	@$(PYTEST) -n logical --dist worksteal --cov=reader --cov-report=
	@$(BIN)/coverage report --omit='reader/tui/*' --skip-covered --fail-under=95
	@$(BIN)/coverage report --skip-covered --fail-under=90

test-whoosh3: .venv-whoosh3/ready
	@.venv-whoosh3/bin/python -m pytest $(TESTS)

lint: .venv/ready ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

faults: .venv/ready ## kill, fill, damage and press keys at random: TIMES=1000 SEED=1
	@$(BIN)/python -m tests.faults kills full-disk damages --times $(or $(TIMES),1000) --seed $(or $(SEED),1)
	@$(BIN)/python -m tests.faults screens --times $(or $(SCREENS),50) --seed $(or $(SEED),1)

fuzz: .venv/ready ## mutate the input of all parsers: SECONDS=1800 SEED=1
	@$(BIN)/python -m tests.faults.fuzz $(or $(SECONDS),60) --seed $(or $(SEED),1)

bench: bench-threads bench-names bench-labels bench-compare bench-pages bench-feeds bench-structure ## measure on labelled data, one JSON line a figure: DATA=folder

# Each benchmark reads the subfolder of its name, where DATA has one.
bench-threads: BENCH = threads
bench-names: BENCH = thread_names
bench-labels: BENCH = event_labels
bench-compare: BENCH = comparison
bench-pages: BENCH = web_pages
bench-feeds: BENCH = feeds
bench-structure: BENCH = structure
bench-refresh: BENCH = refresh

bench-threads bench-names bench-labels bench-compare bench-pages bench-feeds bench-structure bench-refresh: bench-%: .venv/ready
	@test -d "$(DATA)" || { echo "name the folder of labelled data: make $@ DATA=..."; exit 2; }
	@$(BIN)/python -m tests.bench.$(BENCH) "$(if $(wildcard $(DATA)/$*/.),$(DATA)/$*,$(DATA))"

bench-scale: .venv/ready
	@test -f "$(DATA)" || { echo "name a file of stories, one JSON object a line: make bench-scale DATA=..."; exit 2; }
	@$(BIN)/python -m tests.bench.scale "$(DATA)" $(CURVE)

bench-typing: .venv/ready
	@test -d "$(DATA)" || { echo "name the folder of a library: make bench-typing DATA=..."; exit 2; }
	@$(BIN)/python -m tests.bench.typing_latency "$(DATA)"

bench-recovery: .venv/ready
	@$(BIN)/python -m tests.bench.crash_recovery

bench-search: .venv/ready ## measure search beside other engines: N=100000, DATA=stories.jsonl, JSON=1
	@JSON=$(JSON) $(BIN)/python -m tests.bench.query_latency $(or $(N),10000) $(DATA)

docs: .venv/ready ## regenerate the tables and pictures of the documentation
	@$(BIN)/python docs/generate.py

# A link leads to the environment of another copy, whose code would run, and which would be emptied when this one is made.
.PHONY: own-environments
own-environments:
	@for link in .venv .venv-whoosh3; do \
	  if [ -L $$link ]; then echo "$$link is a link to $$(readlink $$link), so another copy's code would run; remove the link: rm $$link"; exit 1; fi; \
	done

.venv/ready: requirements.lock pyproject.toml | own-environments
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Newsloom needs Python 3.11 or newer; name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { echo "this Python cannot make a virtual environment; install its venv module (on Debian: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# the same with whoosh3, a fork of Whoosh of the same import name, in the place of whoosh
.venv-whoosh3/ready: requirements.lock pyproject.toml tests/whoosh3.lock | own-environments
	@$(PYTHON) -m venv --clear .venv-whoosh3
	@.venv-whoosh3/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@.venv-whoosh3/bin/python -m pip uninstall --quiet --yes whoosh
	@.venv-whoosh3/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tests/whoosh3.lock
	@.venv-whoosh3/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
