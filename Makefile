# Every target does its own set-up: a bare Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.canju-ready

.PHONY: demo test check test-slow docs bench fuzz wheelhouse dist clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,web]'
	touch $(STAMP)

## The main job on the sample county: outputs in out/
demo: $(STAMP)
	@$(BIN)/canju run samples/禾丰县/报送 -o out --force || test $$? -le 3
	@echo; echo "成果在 out/ 文件夹：先看 out/report.html 和 out/总结.docx"

## The tests, and everything else CI asks for
test: check

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -m "not slow"

## Long series: kills, fuzzing, cluster, browser, office rendering
test-slow: $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,web,cluster,parquet]'
	$(BIN)/python -m pytest -m slow

## Generated documents
docs: $(STAMP)
	$(BIN)/python docs/make.py

bench: $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check frictionless pandera
	$(BIN)/python benchmarks/run.py

fuzz: $(STAMP)
	$(BIN)/python tests/fuzz.py --minutes 30

## All wheels for offline machines, with hashes
wheelhouse: $(STAMP)
	$(BIN)/python scripts/wheelhouse.py

## A one-folder program that needs no Python
dist: $(STAMP)
	$(BIN)/python scripts/onedir.py

clean:
	rm -rf out dist build wheelhouse $(VENV)
