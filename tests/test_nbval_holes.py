"""The guards of conftest.py bite: broken notebooks that plain nbval passes fail here, each for its reason."""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
GOOD = """
from lossviz.controls import slider
from lossviz.explore import explore

def drawing(fig):
    (dot,) = fig.subplots().plot([1], [1], "o")

    def update(x):
        dot.set_data([x], [x])
        return f"The dot is at {x}."

    return update

explore(drawing, x=slider("x", -1, 1, start=1))
"""
BLANK = """
import io

from IPython.display import display
from PIL import Image

png = io.BytesIO()
Image.new("RGB", (9, 9)).save(png, "PNG")
display({"image/png": png.getvalue()}, raw=True)
"""


def drop(kind):
    return lambda cell: cell.outputs[0].data.pop(kind)


NBVAL = """
import os
import sys

import pytest

for folder in sys.argv[1:]:
    os.chdir(folder)
    pytest.main(["-q", "--nbval", "--nbval-current-env", "--junit-xml=results.xml"])
"""


OUTPUTS = {
    "good": (GOOD, None, None),
    "no picture": (GOOD, drop("image/png"), "outputs have changed"),
    "no widget": (GOOD, drop("application/vnd.jupyter.widget-view+json"), "outputs have changed"),
    "other alternative text": (
        GOOD,
        lambda cell: cell.outputs[0].metadata["image/png"].update(alt="?"),
        "outputs have changed",
    ),
    "not run": (GOOD, lambda cell: cell.update(execution_count=None, outputs=[]), "committed without being run"),
    "stderr": ("import sys\n\nprint('careful', file=sys.stderr)", None, "stderr: careful"),
    "private path": ("print('/home/somebody/data.csv')", None, "a private path"),
    "blank": (BLANK, None, "a blank picture"),
}
SLIDERS = {
    "fails": (GOOD.replace("[x], [x]", "[x], [1 / x]"), None, "ZeroDivisionError"),
    "still": (GOOD.replace("[x], [x]", "[1], [1]").replace("at {x}", "there"), None, "moves neither"),
    "nan": (GOOD.replace("at {x}.", "at {'nan' if x < 0 else x} now."), None, "nan now"),
}


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """What fails with plain nbval, and with our guards: the messages by notebook and cell.

    The guards move all controls of a notebook in one item, so that the broken ones are in a notebook of their own.
    """
    plain, guarded = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("guarded")
    (guarded / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "walk.py", guarded / "tools")
    shutil.copy(ROOT / "conftest.py", guarded)
    notebook = executed([*OUTPUTS.values(), *SLIDERS.values()])
    nbformat.write(notebook, plain / "all.ipynb")
    outputs, sliders = notebook.cells[: len(OUTPUTS)], notebook.cells[len(OUTPUTS) :]
    for name, cells in {"outputs": outputs, "broken": sliders}.items():
        nbformat.write(nbformat.v4.new_notebook(cells=cells), guarded / f"{name}.ipynb")
    return nbval(plain, guarded)


def executed(cells):
    """A notebook of the cells, executed, its outputs then broken as each asks."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source.strip(), id=f"cell-{i}") for i, (source, *_) in enumerate(cells)]
    NotebookClient(notebook, kernel_name="python3", store_widget_state=False).execute()
    for cell, (_, break_it, _) in zip(notebook.cells, cells, strict=True):
        if break_it:
            break_it(cell)
    return notebook


def nbval(*folders):
    """What pytest says of the notebooks in each folder. One process runs all: it takes longer to start than to run."""
    subprocess.run([sys.executable, "-c", NBVAL, *folders], capture_output=True, check=False)
    return [results(folder / "results.xml") for folder in folders]


def results(path):
    return {
        (case.get("classname").rpartition(".")[0], case.get("name")): "".join(
            part.text or part.tag for part in case if part.tag in ("failure", "error", "skipped")
        )
        for case in ElementTree.parse(path).iter("testcase")
    }


def test_plain_nbval_passes_all_of_them_and_moves_nothing(failures):
    cells = [("all", f"Cell {i}") for i in range(len(OUTPUTS) + len(SLIDERS))]
    assert failures[0] == dict.fromkeys(cells, "")


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_that_is_wrong_is_found(failures, name):
    found = failures[1]["outputs", f"Cell {list(OUTPUTS).index(name)}"]
    message = OUTPUTS[name][2]
    assert message in found if message else found == ""


@pytest.mark.parametrize("name", SLIDERS)
def test_a_control_that_is_broken_is_found(failures, name):
    guarded = failures[1]
    assert guarded["broken", f"Cell {list(SLIDERS).index(name)}"] == ""
    assert SLIDERS[name][2] in guarded["broken", "sliders"]


def test_good_controls_pass(failures):
    assert failures[1]["outputs", "sliders"] == ""
