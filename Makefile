# Everything a developer does often. The first call of any of them prepares .venv (see go.py).
PYTHON ?= python3
VENV := .venv/bin

.PHONY: run test lint format bench shots translations

run:
	$(PYTHON) go.py run

test:
	$(PYTHON) go.py test

lint: $(VENV)/ruff
	$(VENV)/ruff check .
	$(VENV)/mypy

bench: $(VENV)/ruff
	$(VENV)/python -m benchmarks

shots: $(VENV)/ruff
	$(VENV)/python tools/shots.py

translations: $(VENV)/ruff
	$(VENV)/python tools/translations.py

$(VENV)/ruff: pyproject.toml
	$(PYTHON) go.py prepare
