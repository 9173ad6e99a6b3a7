# Every command of the course. `make` alone lists them; each brings the environment up to date first.
PYTHON ?= python3
VENV_BIN := $(CURDIR)/.venv/bin
PY := $(VENV_BIN)/python
# nbgrader starts alembic by name, so the environment's programs must be found first.
export PATH := $(VENV_BIN):$(PATH)
export PYTHONUTF8 := 1
export TF_CPP_MIN_LOG_LEVEL ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo lab notebooks release check adopt grade test attacks soak bench bench-widgets lint lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

setup:  ## make .venv and install the pinned packages into it
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) on this machine: install Python 3.10 to 3.13 (on Debian or Ubuntu: sudo apt-get install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) tools/bootstrap.py

demo: setup  ## the whole course in one go: release, take a sample class, grade it, write feedback
	@$(PY) -m tools.demo

lab: setup  ## open the course in JupyterLab as a student sees it
	@$(PY) -m jupyter lab release/index.ipynb

notebooks: setup  ## build source/ and release/index.ipynb from course/, and the gallery of all views
	@$(PY) -m tools.build_notebooks
	@$(PY) -m tools.build_gallery

release: notebooks  ## build release/ from source/ with nbgrader
	@$(PY) -m tools.release_notebooks

check: setup  ## prove that source/ and release/ are what course/ builds
	@$(PY) -m tools.check_built

adopt: setup  ## bring an edited source notebook back to course/: make adopt NB=source/<week>/<name>.ipynb
	@test -n "$(NB)" || { echo "Say which notebook: make adopt NB=source/week1_foundations/edges_and_filters.ipynb" >&2; exit 1; }
	@$(PY) -m tools.adopt_notebook "$(NB)"

grade: setup  ## grade what is in submitted/ and write feedback: make grade WEEK=week1_foundations
	@test -n "$(WEEK)" || { echo "Say which week: make grade WEEK=week1_foundations" >&2; exit 1; }
	@test -d source/"$(WEEK)" || { echo "There is no source/$(WEEK): the weeks are" $$(ls source) >&2; exit 1; }
	@ls -d submitted/*/"$(WEEK)" >/dev/null 2>&1 || { echo "Nobody has handed in $(WEEK) yet: put work in submitted/<student>/$(WEEK)/ first." >&2; exit 1; }
	@status=0; $(PY) -m grader grade "$(WEEK)" || status=$$?; \
	if test $$status -lt 2; then \
	$(PY) -m grader feedback "$(WEEK)" || status=$$?; \
	$(PY) -m grader table "$(WEEK)" || status=$$?; \
	echo "Feedback is in feedback/<student>/$(WEEK)/."; fi; exit $$status

test: setup  ## run every test; some of them only: make test ARGS=tests/tools
	@$(PY) -m pytest $(ARGS)

attacks: setup  ## attack the grader in every known way: each attack must win without protection and lose with it
	@$(PY) -m tests.grader.attacks $(ARGS)

soak: setup  ## break the grader by chance, for a good half hour; ARGS=20 for a twentieth of it
	@$(PY) -m tests.grader.soak_all $(ARGS)

bench: setup  ## measure every check, every notebook in full, and grading; writes the figures to benchmarks/README.md
	@$(PY) -m benchmarks.checks
	@$(PY) -m benchmarks.notebooks
	@$(PY) -m benchmarks.grading

bench-widgets: setup  ## measure the views in a browser, beside interact and matplotlib; writes to the same page
	@$(PY) -m benchmarks.widgets

lint: setup  ## style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

lock: setup  ## choose and pin the newest packages anew, for every supported Python and system
	@$(PY) -m tools.lock_requirements

clean:  ## remove what was installed, built or cached; submissions, marks and feedback stay
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
