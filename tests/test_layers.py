"""Arrows one way: what each layer may import, seen in a fresh process."""

import ast
import inspect
import subprocess
import sys

import pytest

from lossviz import explore, screen

OURS = ["explore", "screen", "drawings", "explorers", "exercises", "questions"]
FORBIDDEN = {
    "lossviz": ["matplotlib", "ipywidgets", "IPython", *[f"lossviz.{name}" for name in OURS]],
    "lossviz.exercises": ["matplotlib", "ipywidgets"],
    "lossviz.questions": ["matplotlib", "lossviz.explore", "lossviz.drawings", "lossviz.exercises"],
    "lossviz.drawings.information": ["ipywidgets", "matplotlib.pyplot", "lossviz.explore", "lossviz.screen"],
    "lossviz.screen": ["ipywidgets", "matplotlib.pyplot", "lossviz.drawings"],
    "lossviz.explore": ["matplotlib.pyplot", "lossviz.drawings", "lossviz.explorers"],
    "lossviz.explorers": ["matplotlib.pyplot", "lossviz.exercises", "lossviz.questions"],
}


def loaded_by(module):
    code = f"import sys, {module}; print('\\n'.join(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", FORBIDDEN)
def test_a_layer_loads_nothing_above_it(module):
    assert loaded_by(module) & set(FORBIDDEN[module]) == set()


def test_screen_and_explore_know_no_mathematics():
    """Importing a submodule loads the package, so the source is asked."""
    for module, allowed in [(screen, set()), (explore, {"screen"})]:
        tree = ast.parse(inspect.getsource(module))
        relative = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level}
        assert relative == allowed
