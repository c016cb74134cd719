# The commands of the house; CI runs the same. Needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test browser lint types check-pins docs screenshots gate bench fuzz clean

demo: $(VENV)/.base
	$(BIN)/onrecord read examples/newspapers --format table

test: $(VENV)/.dev lint types check-pins browser
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# Chromium for the tests of the desk, where it may be installed; elsewhere they are skipped and say so.
browser:
	sh scripts/browser.sh

# The pinned versions exist for every Python the package claims (nothing is installed).
check-pins: $(VENV)/.dev
	sh scripts/check-pins.sh $(BIN)/python

# The site of docs/, in build/site; every warning is an error.
docs: $(VENV)/.dev
	$(BIN)/python docs/site/make_site.py

# The pictures of the guide, taken anew.
screenshots: $(VENV)/.dev browser
	ONRECORD_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/serve/test_guide_pictures.py

gate: $(VENV)/.dev
	$(BIN)/python evals/gate.py
	$(BIN)/python evals/unnamed.py
	$(BIN)/python evals/names.py
	$(BIN)/python evals/pronouns.py
	$(BIN)/python evals/places.py
	$(BIN)/python evals/events.py
	$(BIN)/python evals/pages.py
	$(BIN)/python evals/feeds.py
	$(BIN)/python evals/briefings.py
	$(BIN)/python evals/robustness.py
	$(BIN)/python evals/calibration.py
	$(BIN)/python evals/meaning.py
	$(BIN)/python evals/check.py

bench: $(VENV)/.dev
	$(BIN)/python bench/read.py
	$(BIN)/python bench/shares.py
	$(BIN)/python bench/readers.py
	$(BIN)/python bench/add.py
	$(BIN)/python bench/ask.py
	$(BIN)/python bench/check_drafts.py
	$(BIN)/python bench/desk.py

# Readers, decoders and rules on mutated input, for so many minutes; what is found becomes a case of the tests.
fuzz: $(VENV)/.dev
	$(BIN)/python scripts/fuzz.py --minutes $(or $(MINUTES),15)

$(VENV)/.base: pyproject.toml requirements/base.txt scripts/venv.sh
	sh scripts/venv.sh $(PYTHON) $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
