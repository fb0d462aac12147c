"""What nbval does not look at, and one more item for each notebook that moves every control in its kernel.

nbval compares text and streams, but neither pictures nor widgets, not even their presence, and nothing at
all in a cell that was committed without being run.
"""

import re
from collections import defaultdict
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import IPyNbCell
from xdist.scheduler import LoadFileScheduling

from tools.notebooks import PICTURE, pixels

ROOT = Path(__file__).parent
ORDER = {"test_browser.py": -2, "test_nbval_holes.py": -1, "test_explorers.py": 1}  # the longest first, parts last
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}|/home/|/Users/|/root/|/tmp/|[A-Z]:\\")


def pytest_collection_modifyitems(items):
    """After the cells of each notebook, walk the controls of its explorers in the same kernel."""
    cells = defaultdict(list)
    for item in items:
        if isinstance(item, IPyNbCell):
            cells[item.parent].append(item)
    source = (ROOT / "tools" / "walk.py").read_text(encoding="utf-8") + "\n\nwalk_all()"
    for notebook, own in cells.items():
        cell = nbformat.v4.new_code_cell(source, execution_count=1)
        options = defaultdict(bool, check=True)
        sliders = IPyNbCell.from_parent(notebook, name="sliders", cell_num=len(own), cell=cell, options=options)
        items.insert(items.index(own[-1]) + 1, sliders)
    items.sort(key=lambda item: ORDER.get(item.path.name, 0))


class ByFile(LoadFileScheduling):
    """What runs in one process, in order: the tests of a file, and of the many on explorers those of one explorer."""

    def _split_scope(self, nodeid):
        path, _, test = nodeid.partition("::")
        return path + test.partition("[")[2] if path.endswith("test_explorers.py") else path


def pytest_xdist_make_scheduler(config, log):
    """Share the tests among the processes."""
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Close the holes of nbval, once it has compared what it compares."""
    result = yield
    if isinstance(item, IPyNbCell):
        problems = list(_holes(item.cell, item.test_outputs))
        if problems:
            item.raise_cell_error("; ".join(problems))
    return result


def _holes(cell, outputs):
    if cell.execution_count is None:
        yield "the cell was committed without being run"
    committed, now = [[_uncompared(output) for output in all_of_them] for all_of_them in (cell.outputs, outputs)]
    if committed != now:
        yield f"outputs have changed: committed {committed}, now {now}; run `make notebooks` and look at the change"
    for output in [*cell.outputs, *outputs]:
        text = output.get("text", "") + "".join(
            value for kind, value in output.get("data", {}).items() if kind.startswith("text/")
        )
        if output.get("name") == "stderr":
            yield f"stderr: {text}"
        if ADDRESS.search(text):
            yield f"an address or a private path in the output: {text}"
        if PICTURE in output.get("data", {}) and _blank(output["data"][PICTURE]):
            yield "a blank picture"


def _uncompared(output):
    """What nbval does not compare of an output: what it is, of which kinds, and the words said with a picture."""
    return output.output_type, sorted(output.get("data", {})), output.get("metadata", {})


def _blank(png):
    colours = pixels(png)
    return (colours == colours[0, 0]).all()
