# The commands of the README. Each works alone, on a fresh machine with Python 3.11 and nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TOOLS := $(VENV)/.tools

.PHONY: setup demo test test-all bench check lock clean tools simulator crash-test docs changelog

setup: $(STAMP) tools

# uv installs the locked set in seconds where pip takes minutes; pip alone does as well. Whichever it
# is, a file whose hash is not the locked one is not installed.
$(STAMP): requirements.lock
	@echo "Making the environment in $(VENV) (once; about half a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.lock 2>/dev/null \
	  && $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r requirements.lock 2>/dev/null \
	  || { echo "  ... with pip, which takes some minutes"; \
	       $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; }
	@touch $@

# Programs outside Python: a Chromium for pages that are empty without JavaScript, LibreOffice for
# legacy Word files. Installed when this is Debian and we may; otherwise said, and done without.
tools: $(STAMP)
	@sh .ci/tools

demo: setup
	@$(BIN)/python -m crawler.demo

# Modules side by side, two for each core: half of them wait for crawls that sleep.
WORKERS ?= $(shell echo $$((2 * $$(nproc 2>/dev/null || echo 2))))
PYTEST := $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: setup
	@$(PYTEST) -m "not slow"

# The slowest tests as well; each says beside its mark why it is one of them.
test-all: test
	@$(PYTEST) -m slow

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python docs/build.py --check
	@$(BIN)/python .ci/licences.py
	@news=$$($(BIN)/towncrier build --draft 2>&1) || { echo "$$news"; exit 1; }

bench: setup
	@$(BIN)/python -m benchmarks

# A hundred crawls killed at random instants; ten of them are in the test suite.
crash-test: setup
	@$(BIN)/python -m tests.crash 100

# The local world of portals that behave and misbehave, served for use by hand. Crawled, with its
# figures: .venv/bin/python -m tests.simulator --check
simulator: setup
	@$(BIN)/python -m tests.simulator

docs: $(STAMP)
	@$(BIN)/python docs/build.py

# The news of changes/ go into CHANGELOG.md, under the version crawler/__init__.py says.
changelog: $(STAMP)
	@$(BIN)/towncrier build --yes

lock:
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev \
	  --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	@echo "uv==0.13.9" | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url - -o .ci/uv.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache demo-output
