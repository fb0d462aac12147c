"""One set of dependencies, told three times: pyproject.toml, environment.yml, constraints.txt."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA_NAMES = {"matplotlib": "matplotlib-base", "isal": "python-isal"}
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def requirements(*groups):
    given = [*PROJECT["dependencies"], *(line for group in groups for line in PROJECT["optional-dependencies"][group])]
    return [requirement for requirement in map(Requirement, given) if requirement.name != PROJECT["name"]]


def test_conda_has_the_names_and_bounds_of_the_project():
    conda = {line for line in CONDA["dependencies"] if line not in ("python=3.12", "pip")}
    assert conda == {f"{CONDA_NAMES.get(r.name, r.name)}{r.specifier}" for r in requirements("lab")}


def test_binder_finds_its_python():
    assert "python=3.12" in CONDA["dependencies"]
    assert Version("3.12") in Requirement(f"python{PROJECT['requires-python']}").specifier
    assert not any((ROOT / name).exists() for name in ("binder", ".binder", "Dockerfile", "requirements.txt"))


@pytest.fixture(scope="module")
def recipe():
    """What repo2docker says of this repository, and the Dockerfile that it would build."""
    if sys.platform == "win32":
        pytest.skip("repo2docker does not run on Windows")
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return told.stdout + told.stderr


def test_binder_makes_a_conda_environment_of_the_projects_python(recipe):
    assert "Building conda environment for python=3.12" in recipe
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in recipe


def test_binder_solves_the_environment_before_it_copies_the_source(recipe):
    steps = ["COPY --chown=0:0 src/environment.yml", "env update", "COPY --chown=0:0 src/ ", "RUN ./postBuild"]
    places = [recipe.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places), "a line of pip in environment.yml lets every change of the source solve it anew"


@pytest.mark.usefixtures("recipe")
def test_the_versions_in_binders_base_are_new_enough():
    """A higher bound would let Binder replace its JupyterLab, which takes minutes and may fail.

    Its kernel of 2025 is to be replaced: it loses messages.
    """
    lock = Path(find_spec("repo2docker").origin).parent / "buildpacks" / "conda" / "environment.py-3.12-linux-64.lock"
    base = dict(re.findall(r"/([\w.-]+)-([^-/]+)-[^-/]+\.(?:conda|tar)", lock.read_text(encoding="utf-8")))
    assert {"jupyterlab", "ipywidgets"} <= set(base)
    for asked in map(Requirement, CONDA["dependencies"][1:]):
        if asked.name in base and asked.name != "ipykernel":
            assert Version(base[asked.name]) in asked.specifier, f"{asked}, but the base has {base[asked.name]}"


@pytest.mark.parametrize(("version", "works"), [("6.31.0", True), ("7.0.1", False), ("7.3.0", False), ("7.4.0", True)])
def test_a_kernel_that_loses_messages_is_not_taken(version, works):
    (asked,) = [requirement for requirement in requirements("lab") if requirement.name == "ipykernel"]
    assert (version in asked.specifier) == works


def test_post_build_installs_the_package_alone():
    script = ROOT / "postBuild"
    assert "pip install --no-deps ." in script.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert os.access(script, os.X_OK)
        subprocess.run(["bash", "-n", script], check=True)


def test_constraints_pin_what_is_asked_for_and_name_no_address():
    pins = {}
    for line in CONSTRAINTS.splitlines():
        pin = Requirement(line)
        pins.setdefault(pin.name, []).append(pin)
    assert "://" not in CONSTRAINTS
    for asked in requirements("lab", "test", "bench", "hub"):
        assert asked.name in pins, asked
        for pin in pins[asked.name]:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert Version(exact.version) in asked.specifier


def test_no_lock_file_is_committed():
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_package_states_its_licences():
    assert PROJECT["license"] == "BSD-3-Clause AND CC-BY-4.0"
    assert "BSD 3-Clause" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_relative_links_of_the_documents_lead_somewhere(name):
    for target in re.findall(r"(?:\]\(|src=\")(?!https?:)([^)#\"]+)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_contributing_fits_on_a_page():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("folder", ["lossviz", "tests", "tools", "benchmarks"])
def test_what_windows_lacks_is_not_needed_to_import_a_module(folder):
    """But in `mutate.py`, which forks and is imported by nothing."""
    for path in (ROOT / folder).rglob("*.py"):
        at_once = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Import)]
        needed = {alias.name for node in at_once for alias in node.names}
        assert path.name == "mutate.py" or not needed & {"fcntl", "grp", "pty", "pwd", "resource", "termios"}, path
