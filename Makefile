# make lab opens the first lesson, make test proves that all works. Both make the environment first.

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv)
NEW_ENOUGH := import sys; sys.version_info < (3, 11) and sys.exit("$(PYTHON) is Python %d.%d, and lossviz needs 3.11 or newer: \
make PYTHON=python3.12, or whatever it is called here" % sys.version_info[:2])
define VENV
@$(if $(UV),true,$(PYTHON) -c '$(NEW_ENOUGH)')
$(if $(UV),$(UV) venv --quiet --allow-existing --python $(PYTHON) $(@D),$(PYTHON) -m venv $(@D))
endef
INSTALL = $(if $(UV),$(UV) pip install --quiet $(COMPILE) --python $(BIN)/python,$(BIN)/python -m pip install --quiet)
FIRST := $(firstword $(sort $(wildcard notebooks/*.ipynb)))
PROMPT := --ServerApp.kernel_websocket_connection_class=lossviz.prompt.Prompt
STUDENTS ?= 30
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test test-lowest lint check lite test-lite test-lite-versions notebooks html links \
	bench bench-numerics bench-class mutate shots gallery torch constraints clean

lab: .venv/lab
	$(BIN)/python -m jupyterlab $(AS_ROOT) $(PROMPT) --LabApp.default_url=/lab/tree/$(FIRST)

test: .venv/test
	$(BIN)/pytest -n auto

# With the lowest versions that pyproject.toml allows, and the newest of what they bring along. Needs uv.
test-lowest:
	$(UV) venv --quiet --allow-existing --python 3.11 build/lowest
	$(UV) pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --editable '.[test]'
	build/lowest/bin/python -m pytest -n auto -W ignore::DeprecationWarning

lint: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell

check: lint test

# The lessons as a static site, build/lite/site. PYODIDE=folder takes Pyodide from there, for a place without internet.
lite: .venv-lite/lite
	$(BIN)/python tools/lite.py $(PYODIDE)

test-lite: lite
	$(BIN)/pytest -rs tests/test_lite.py

# The suite on the versions that the browser has. JupyterLab cannot bear JupyterLite's kernel in its environment.
LITE_VERSIONS := numpy==2.4.* matplotlib==3.10.*
test-lite-versions: .venv-lite/lite
	$(BIN)/pytest -n auto --ignore tests/test_browser.py --ignore tests/test_lite.py

# Execute the notebooks and write what they now show: look at the change before you commit it.
notebooks: .venv/test
	$(BIN)/python tools/notebooks.py

# The notebooks as pages without kernel and scripts, in html/.
html: .venv/test
	$(BIN)/python -m tools.pages

# Let every link lead to the repository REPO=owner/name.
links: .venv/test
	$(BIN)/python tools/links.py $(REPO)

# How fast, beside other ways: one picture, every explorer, all the rest (40 minutes); writes benchmarks/results/.
bench: .venv/bench
	$(BIN)/python -m benchmarks.slider_latency
	$(BIN)/python -m benchmarks.every_explorer
	$(BIN)/python -m benchmarks.costs

# Speed of the mathematics beside PyTorch (if installed), SciPy, scikit-learn; writes benchmarks/results/.
bench-numerics: .venv/test
	$(BIN)/python -m benchmarks.numerics

# STUDENTS who move sliders in a JupyterHub (30 take 8 minutes; from 30 on it writes benchmarks/results/). Needs npm.
bench-class: .venv/hub build/proxy
	$(BIN)/python -m benchmarks.class_of_students $(STUDENTS)

build/proxy:
	npm install --silent --no-fund --no-audit --prefix $@ configurable-http-proxy

# Change the mathematics at one point after another, and see that a test notices: about 20 minutes.
mutate: .venv/test
	$(BIN)/python tools/mutate.py

# Every explorer in the real browser, light, dark, classroom, narrow, as pictures in shots/.
shots: .venv/test
	$(BIN)/python -m tools.shots

# Every explorer as a page without a kernel, by lesson, in gallery/ (a few minutes); the lessons themselves in html/.
gallery: html
	$(BIN)/python -m tools.gallery

# Newest versions within the bounds of pyproject.toml, for every Python and platform. Needs uv.
constraints:
	$(UV) pip compile --universal --upgrade --quiet --no-header --no-annotate --extra bench --extra hub --extra lite \
		--no-emit-package lossviz --output-file constraints.txt pyproject.toml

# What the tests compare with where it is installed. PyPI's wheel for Linux may bring CUDA, some gigabytes: PyTorch's own
# index has one without.
torch: .venv/test
	$(INSTALL) torch==2.13.0

# The tests start some hundred processes. pip compiles what it installs, uv when it is told to.
.venv/test .venv/bench .venv/hub .venv-lite/lite torch: COMPILE := --compile-bytecode
.venv/lab .venv/test .venv/bench .venv/hub: .venv/%: pyproject.toml constraints.txt
	$(VENV)
	$(INSTALL) --constraint constraints.txt --editable '.[$*]'
	touch $@

lite test-lite test-lite-versions .venv-lite/lite: BIN := .venv-lite/bin
.venv-lite/lite: pyproject.toml constraints.txt
	$(VENV)
	sed -E '/^(numpy|matplotlib)==/d' constraints.txt > .venv-lite/constraints.txt
	$(INSTALL) --constraint .venv-lite/constraints.txt --editable '.[lite]' $(patsubst %,'%',$(LITE_VERSIONS))
	touch $@

clean:
	rm -rf .venv .venv-lite build dist
