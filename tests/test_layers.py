"""Arrows one way: which module may import which, and what a fresh process then holds."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lossviz

PACKAGE = Path(lossviz.__file__).parent
MATHEMATICS = {"information", "activations", "classification", "regression"}
MAY_IMPORT = {
    "validate": set(),
    "information": {"validate"},
    "activations": {"validate"},
    "regression": {"validate", "information"},
    "classification": {"validate", "information", "activations"},
    "drawings/palette": set(),
    "drawings/handles": set(),
    "drawings/learner": set(),
    "drawings/descent": set(),
    "drawings/*": MATHEMATICS | {f"drawings/{name}" for name in ("palette", "handles", "learner", "descent")},
    "png": set(),
    "words": set(),
    "screen": {"png", "words"},
    "picture": set(),
    "controls": set(),
    "explore": {"controls", "screen", "picture"},
    "explorers": {"controls", "explore", "drawings"},
    "export": {"controls", "explore", "screen"},
    "exercises/checker": set(),
    "exercises/*": MATHEMATICS | {"exercises/checker"},
    "questions/question": set(),
    "questions/*": MATHEMATICS | {"questions/question"},
    "prompt": set(),
    "record": {"exercises", "questions", "questions/question"},
}
PICTURES = {"matplotlib", "ipywidgets", "anywidget", "IPython"}
NOT_LOADED = {
    "lossviz": PICTURES | {"scipy", "sklearn", "torch", "mpmath"},
    "lossviz.exercises": PICTURES,
    "lossviz.questions": {"matplotlib"},
    "lossviz.drawings.information": {"ipywidgets", "matplotlib.pyplot"},
    "lossviz.screen": {"ipywidgets", "matplotlib.pyplot"},
    "lossviz.explorers": {"matplotlib.pyplot", "lossviz.exercises", "lossviz.questions", "lossviz.export"},
    "lossviz.export": {"matplotlib.pyplot", "lossviz.explorers"},
}


def imported(path):
    """The modules of ours that a file imports, by their place in the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1]
            for name in [node.module] if node.module else [alias.name for alias in node.names]:
                yield (folder / name.replace(".", "/")).relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize(
    "module", sorted(p.relative_to(PACKAGE).with_suffix("").as_posix() for p in PACKAGE.rglob("[!_]*.py"))
)
def test_a_module_imports_only_what_lies_below_it(module):
    allowed = MAY_IMPORT.get(module, MAY_IMPORT.get(f"{module.partition('/')[0]}/*"))
    assert allowed is not None, "a new module needs its place among the layers"
    assert set(imported(PACKAGE / f"{module}.py")) <= allowed


@pytest.mark.parametrize("module", NOT_LOADED)
def test_a_fresh_process_holds_nothing_of_the_layers_above(module):
    code = f"import sys, {module}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" in loaded
    assert set(loaded) & NOT_LOADED[module] == set()
