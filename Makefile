# Each target makes .venv by itself when it is needed and is quick the second time.
# Python 3.11 or later with venv and pip is all that has to be there:  make notebooks PYTHON=python3.12

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
SAY = @printf '== %s\n'
SOURCES := $(shell find discourse seeds -type f -not -name '*.pyc' 2>/dev/null)
NOTEBOOKS := $(sort $(wildcard notebooks/[0-9]*.ipynb))
# A test of the suite must not reach into the user's own settings, and Arabic output is UTF-8 wherever make runs.
export MPLBACKEND := agg
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help notebooks outputs test doctest nbval check lint types floors frozen validity cases copies fuzz simulations bench scale mutation lab codebook lock clean

help: ## say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The environment -----------------------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "arabic-discourse needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	       "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(SAY) "making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(SAY) "installing the packages of requirements/run.txt (about 100, without PyTorch; one or two minutes)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -r requirements/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	$(SAY) "installing the tools of requirements/dev.txt"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -r requirements/dev.txt
	@touch $@

# The main job --------------------------------------------------------------------------------------------------------

notebooks: build/notebooks/.executed ## chart the coded reports, run every notebook, leave build/index.html
	$(SAY) "the report with its figures and tables: build/index.html; the notebooks as run: build/notebooks/"

build/index.html: $(VENV)/.installed $(SOURCES)
	$(SAY) "charting the seed reports into build/"
	@$(BIN)/discourse chart seed:reports --out build --format png --format svg
	@touch $@

build/notebooks/.executed: build/index.html $(NOTEBOOKS) $(wildcard notebooks/page/*)
	$(SAY) "running $(words $(NOTEBOOKS)) notebooks into build/notebooks/ (the committed ones stay as they are)"
	@mkdir -p build/notebooks
	@printf '%s\n' $(NOTEBOOKS) | xargs -P $(WORKERS) -n 1 $(BIN)/jupyter nbconvert --log-level WARN --to notebook \
	  --execute --ExecutePreprocessor.timeout=600 --ExecutePreprocessor.kernel_name=python3 \
	  --output-dir build/notebooks 2>build/notebooks/log.txt || { cat build/notebooks/log.txt >&2; exit 1; }
	$(SAY) "linking the notebooks from build/index.html"
	@$(BIN)/jupyter nbconvert --log-level ERROR --to html --template page \
	  --TemplateExporter.extra_template_basedirs=notebooks --output-dir build/notebooks build/notebooks/[0-9]*.ipynb
	@$(BIN)/python -c 'import discourse as dc; dc.link_pages("build")'
	@touch $@

outputs: $(VENV)/.installed ## run the committed notebooks in place, after a change that moves their numbers
	@$(BIN)/jupyter nbconvert --log-level WARN --to notebook --inplace --execute --ExecutePreprocessor.timeout=600 \
	  --ExecutePreprocessor.kernel_name=python3 --ExecutePreprocessor.record_timing=False $(NOTEBOOKS)

lab: $(VENV)/.installed ## open the notebooks in JupyterLab
	$(SAY) "starting JupyterLab; stop it with Ctrl-C"
	@$(BIN)/jupyter lab --notebook-dir notebooks

# Tests ---------------------------------------------------------------------------------------------------------------

test: doctest nbval ## run all tests: the suite with doctests, and each notebook's outputs compared strictly
	$(SAY) "all tests passed"

doctest: $(VENV)/.installed
	$(SAY) "tests and doctests of the library"
	@$(BIN)/python -m pytest -q -n $(WORKERS)

nbval: $(VENV)/.installed
	$(SAY) "notebooks: every output compared with the committed one"
	@$(BIN)/python -m pytest -q --override-ini addopts= -n $(WORKERS) --dist loadscope --nbval --nbval-current-env \
	  $(NOTEBOOKS)

# All that CI runs ----------------------------------------------------------------------------------------------------

check: lint types floors test ## all that CI runs: lint, format, types, floors of the house, test
	$(SAY) "all checks passed"

lint: $(VENV)/.installed-dev
	$(SAY) "ruff: rules and format"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(SAY) "basedpyright: types of discourse/"
	@$(BIN)/basedpyright --level error

floors: $(VENV)/.installed-dev
	$(SAY) "import-linter: a room imports only from floors below it"
	@$(BIN)/lint-imports

# TABLES names the folder of the full tables (frozen.py write --tables DIR); without it only digests are compared.
PARTS ?= reports,digests,notebooks,news,articles
frozen: $(VENV)/.installed ## hold every table against the frozen ones, or say why it differs; TABLES=DIR shows the cells
	$(SAY) "frozen tables: $(PARTS)"
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/frozen.py compare --parts $(PARTS) $(if $(TABLES),--tables $(TABLES))

# make validity VALIDITY="--only positions --parts work" for a look at one set; VALIDITY=--docs writes docs/validity.md anew
validity: $(VENV)/.installed ## measure the rules against every hand-coded set, with n and intervals
	$(SAY) "figures of validity: build/validity.csv, build/validity.md"
	@$(BIN)/python benchmarks/validity/run.py $(VALIDITY)

# make cases CASES="--only language" for one folder
cases: $(VENV)/.installed ## run the small inputs that go wrong, with what is right, and the sample exports; docs/readers.md
	$(SAY) "cases, each with what is right: build/cases.md"
	@$(BIN)/python benchmarks/cases/run.py $(CASES)

copies: $(VENV)/.installed ## plant copies of stories and look which are found; docs/method-duplicates.md
	$(SAY) "planted copies by kind and share"
	@$(BIN)/python benchmarks/validity/score_planted_copies.py

# make simulations SIMULATIONS="--only intervals --runs 500" for a short look, which writes nothing
simulations: $(VENV)/.installed ## simulate how often intervals, bands and tests are right; docs/method-uncertainty.md
	$(SAY) "simulations: docs/method-uncertainty.md"
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/simulations/run.py $(SIMULATIONS)

# Peers ---------------------------------------------------------------------------------------------------------------

PEERS := $(basename $(notdir $(wildcard benchmarks/peers/*.txt)))

# make bench BENCH="--tokens 200000 --repeat 1" for a short one; BENCH=--help lists the options
bench: $(VENV)/.installed $(PEERS:%=build/bench/%/.installed) ## compare with the peers, an hour; see benchmarks/
	$(SAY) "the same work in turn: peer, ours, peer, ours"
	@PYTHONPATH=benchmarks $(BIN)/python -m bench $(BENCH)

# make scale SCALE="--millions 1,3,10,30,100 --workers 1,2"
scale: $(VENV)/.installed ## measure how a chart grows with its corpus: time, memory, bytes; see docs/scale.md
	$(SAY) "charts of growing corpora, in one piece and in parts"
	@PYTHONPATH=benchmarks:. $(BIN)/python -m scale $(SCALE)

build/bench/%/.installed: benchmarks/peers/%.txt
	$(SAY) "making the environment of $*"
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install -qq --disable-pip-version-check --no-deps -r $<
	@touch $@

# Mutants -------------------------------------------------------------------------------------------------------------

# make mutation MODULES="discourse/measures calendar.py" SAMPLE=0 MUTATION=--survivors; MUTATION=--help lists the options
MODULES ?=
SAMPLE ?= 10
mutation: $(VENV)/.installed build/mutation/.installed ## change the library in small ways and see which tests notice
	$(SAY) "$(SAMPLE) mutants of each module of $(or $(MODULES),the rooms of benchmarks/mutation/rooms.py) (0: all)"
	@PYTHONPATH=benchmarks $(BIN)/python -m mutation $(MODULES) --sample $(SAMPLE) $(MUTATION)

build/mutation/.installed: requirements/mutation.txt
	$(SAY) "making the environment of the mutation tester"
	@$(PYTHON) -m venv $(@D)/env
	@$(@D)/env/bin/python -m pip install -qq --disable-pip-version-check --no-deps -r $<
	@touch $@

# Hostile inputs ------------------------------------------------------------------------------------------------------

# make fuzz FUZZ="--inputs 500 --seed 7 --formats csv warc"; FUZZ=--help lists the options
fuzz: $(VENV)/.installed ## try 2,500 hostile inputs over all commands, half an hour; docs/tests.md
	$(SAY) "hostile inputs by format; what goes wrong is printed as it is found"
	@OMP_NUM_THREADS=1 PYTHONPATH=benchmarks $(BIN)/python -m fuzz $(FUZZ)

# Made files ----------------------------------------------------------------------------------------------------------

codebook: $(VENV)/.installed ## write docs/codebook.md anew from the schema
	$(SAY) "writing docs/codebook.md"
	@$(BIN)/python docs/make_codebook.py
	@$(BIN)/python docs/make_composition.py

# uv finds versions once for all Pythons and systems; the lean locks leave out what requirements/overrides.txt names.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --fork-strategy fewest --no-annotate --no-emit-index-url --no-emit-find-links
lock: $(VENV)/.installed-dev ## resolve the locks and the constraints anew
	$(SAY) "resolving requirements/run.txt"
	@$(COMPILE) --upgrade --extra corpora --extra web --extra jupyter --extra morphology --extra test \
	  --override requirements/overrides.txt -o requirements/run.txt pyproject.toml
	$(SAY) "resolving requirements/dev.txt"
	@$(COMPILE) --upgrade --extra dev --extra dask --constraint requirements/run.txt \
	  --override requirements/overrides.txt -o requirements/dev.txt pyproject.toml
	$(SAY) "resolving constraints.txt (with PyTorch)"
	@$(COMPILE) --upgrade --all-extras --constraint requirements/run.txt -o constraints.txt \
	  pyproject.toml requirements/constraints.in

clean: ## remove what make built, .venv too
	$(SAY) "removing build/, dist/, caches and $(VENV)"
	@rm -rf build dist $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find discourse tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +
