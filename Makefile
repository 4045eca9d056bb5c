# Everything a developer does often. The first call of any of them prepares .venv (see go.py).
PYTHON ?= python3
VENV := .venv/bin

.PHONY: run test endurance lint format bench shots translations

run:
	$(PYTHON) go.py run

test:
	$(PYTHON) go.py test

# Minutes to hours: ten thousand mangled files and the like.
endurance: $(VENV)/ruff
	CRM_ENDURANCE=1 $(VENV)/python -m pytest -q -s tests/endurance

lint: $(VENV)/ruff
	$(VENV)/ruff check .
	$(VENV)/mypy

# Each benchmark prints its own table; rows.py only makes the rows they work on, others hold the words of labelled sets.
bench: $(VENV)/ruff
	for bench in $$(grep -l '^if __name__' $(filter-out benchmarks/rows.py,$(wildcard benchmarks/*.py benchmarks/labelled/*.py))); do $(VENV)/python $$bench || missed=1; done; exit $${missed:-0}

shots: $(VENV)/ruff
	$(VENV)/python tools/shots.py

translations: $(VENV)/ruff
	$(VENV)/python tools/translations.py update
	$(VENV)/python tools/translations.py compile
	$(VENV)/python tools/translations.py missing

$(VENV)/ruff: pyproject.toml
	$(PYTHON) go.py prepare
