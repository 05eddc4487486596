# make run   environment, dependencies, ingest, index, serve on http://127.0.0.1:7860
# make test  environment, dependencies, lint, types, all tests
# make eval  quality over the gold questions; make eval-other  over documents that nothing was tuned on
# make eval-named  over questions that name a section, a cited document or a unit
# make gate  fails where an answer's quality is below the floors of eval/gates.json; make ratchet  where it has become worse
# make benchmark  times and memory on this machine
# make kills the program killed 500 times at random moments; prints what each kill left
# make load  20 people ask at once for a minute, through the page and as programs; each must get their own answers
# make closed  the page and the endpoints in a network namespace without a route; make screenshots  pictures in docs/
# make fuzz  files of every format changed at random, 5000 of each: pages or one clear error, about 15 minutes
# Every step can be interrupted and started again; what is done is not done twice.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
DATA ?= data
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint types tests benchmark eval gate ratchet eval-other eval-named kills load closed screenshots fuzz clean

run: $(VENV)/.installed
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	$(PY) app.py --data $(DATA)

test: lint types tests

lint: $(VENV)/.installed-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/.installed-dev
	$(PY) -m mypy

tests: $(VENV)/.installed-dev
	$(PY) -m pytest

benchmark: $(VENV)/.installed
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	$(PY) -m index benchmark --data $(DATA)

eval: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	OMP_NUM_THREADS=1 $(PY) -m eval --data $(DATA) --out $(DATA)/eval

gate: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	OMP_NUM_THREADS=1 $(PY) -m eval --data $(DATA) --out $(DATA)/eval --gate eval/gates.json

ratchet: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	OMP_NUM_THREADS=1 $(PY) -m eval --data $(DATA) --out $(DATA)/eval --variants no_marks --gate eval/ratchet.json

eval-other: $(VENV)/.installed-dev
	$(PY) -m ingest tests/documents/truth --data $(DATA)/other
	$(PY) -m index build --data $(DATA)/other
	OMP_NUM_THREADS=1 $(PY) -m eval --gold eval/other_gold.jsonl --data $(DATA)/other --out $(DATA)/other/eval --variants none

eval-named: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	OMP_NUM_THREADS=1 $(PY) -m eval --gold eval/named_gold.jsonl --data $(DATA) --out $(DATA)/eval-named --variants no_marks
	$(PY) -m ingest tests/documents/truth --data $(DATA)/other
	$(PY) -m index build --data $(DATA)/other
	OMP_NUM_THREADS=1 $(PY) -m eval --gold eval/other_named_gold.jsonl --data $(DATA)/other --out $(DATA)/other/eval-named --variants no_marks

kills: $(VENV)/.installed-dev
	OMP_NUM_THREADS=1 $(PY) -m tests.kills 500

load: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	$(PY) -m tests.load --users 20 --seconds 60 --data $(DATA)

closed: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	$(PY) -m tests.closed_network --data $(DATA)

screenshots: $(VENV)/.installed-dev
	-$(PY) -m ingest corpus --data $(DATA)
	$(PY) -m index build --data $(DATA)
	$(PY) -m tests.screenshots --data $(DATA)

fuzz: $(VENV)/.installed-dev
	FUZZ_EXAMPLES=5000 OMP_THREAD_LIMIT=1 $(PY) -m pytest tests/ingest/test_fuzz.py

clean:
	rm -rf $(VENV) $(DATA)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "venv is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.txt constraints.txt | $(VENV)/bin/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(PIP) -r requirements-dev.txt
	@touch $@
