"""What holds of the mathematics as a whole: its names, its docstrings, its bodies."""

import ast
import inspect
import re

import pytest

import lossviz

SECTIONS = ["Parameters", "Returns", "Raises", "References", "Examples"]
MODULES = ["information", "activations", "classification", "regression"]


def test_every_name_of_the_modules_is_at_the_top():
    parts = [getattr(lossviz, module).__all__ for module in MODULES]
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
