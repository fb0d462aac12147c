"""What holds of the mathematics as a whole: names, docstrings, layers."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lossviz

SECTIONS = ["Parameters", "Returns", "Raises", "References", "Examples"]
MODULES = ["validate", "information", "activations", "classification", "regression"]


def test_every_name_of_the_modules_is_at_the_top():
    parts = [getattr(lossviz, module).__all__ for module in MODULES[1:]]
    assert lossviz.__all__ == [name for part in parts for name in part]
    assert len(set(lossviz.__all__)) == len(lossviz.__all__)


@pytest.mark.parametrize("name", lossviz.__all__)
def test_every_docstring_says_what_it_is_and_what_it_is_not(name):
    function = getattr(lossviz, name)
    text = inspect.getdoc(function)
    assert re.findall(r"^(\w+)\n-+$", text, re.MULTILINE) == SECTIONS
    assert re.match(r"[A-Z].*: ", text)
    assert "*not*" in text
    assert ">>> " in text.split("Examples")[-1]
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"^(.*, )?{parameter}(, \w+)? : ", text, re.MULTILINE), parameter


@pytest.mark.parametrize("name", lossviz.__all__)
def test_bodies_are_short(name):
    (function,) = ast.parse(inspect.getsource(getattr(lossviz, name))).body
    first, last = function.body[1].lineno, function.end_lineno
    assert last - first < 12


def test_the_mathematics_needs_numpy_alone():
    code = "import sys, lossviz; print(*{name.split('.')[0] for name in sys.modules})"
    root = Path(lossviz.__file__).parent.parent
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert "numpy" in loaded.split()
    assert not {"matplotlib", "ipywidgets", "IPython", "scipy", "torch", "sklearn", "mpmath"} & set(loaded.split())
