# What a person and the checks call; every target makes its own .venv first, with the first Python of at least 3.11 it finds.
VENV := .venv
BIN := $(VENV)/bin
CANDIDATES := python3.11 python3.12 python3.13 python3
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test faults check lint types layers docs docs-check gate bench eval steps clean

demo: $(VENV)/installed
	$(BIN)/onrecord demo onrecord-demo

test: $(VENV)/tested
	$(BIN)/python -m pytest

# 50 times kill -9 in the middle of `add`; the tests do it 6 times.
faults: $(VENV)/tested
	ONRECORD_KILLS=50 $(BIN)/python -m pytest tests/store/test_faults.py

# The tests stand last, so that pytest's closing line is the last thing said.
check: lint types layers docs-check gate test

lint: $(VENV)/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/tested
	$(BIN)/mypy --strict src

layers: $(VENV)/tested
	$(BIN)/lint-imports

docs: $(VENV)/tested
	$(BIN)/python docs/generate.py

docs-check: $(VENV)/tested
	$(BIN)/python docs/generate.py --check

gate: $(VENV)/tested
	$(BIN)/python -m evals.gate --fast

eval: $(VENV)/tested
	$(BIN)/python -m evals.gate

bench: $(VENV)/tested
	$(BIN)/python -m benchmarks

steps: $(VENV)/installed
	$(BIN)/onrecord steps $(FILE)

clean:
	rm -rf $(VENV) .build onrecord-demo

# On Debian a Python can lack what venv needs and say so only when it is asked to make one: so each candidate is tried.
$(BIN)/pip:
	@for each in $(CANDIDATES); do \
		$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		rm -rf $(VENV); \
		if $$each -m venv $(VENV) >/dev/null 2>&1; then echo "made $(VENV) with $$each"; exit 0; fi; \
	done; \
	echo "No Python of at least 3.11 that can make a venv was found (tried $(CANDIDATES)); on Debian: apt-get install python3-venv" >&2; \
	exit 1

$(VENV)/installed: $(BIN)/pip pyproject.toml
	$(PIP) install -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(PIP) install -e '.[test]'
	@touch $@
