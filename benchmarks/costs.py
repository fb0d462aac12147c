"""What the package costs apart from its pictures: imports, opening a lesson, tests, memory.

python -m benchmarks.costs    writes results/costs.md (5 minutes)
"""

import compileall
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
from ipywidgets.widgets import widget
from matplotlib.figure import Figure
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

from benchmarks.reports import machine, table, verdict
from lossviz import explorers
from tools.lab import chromium, free_ports, leave, notebook, open_and_run, running, served

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "costs.md"
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BARE = "import numpy, matplotlib.figure, ipywidgets"
HELD = "print(next(l for l in open('/proc/self/smaps_rollup') if l.startswith('Pss:')).split()[1])"
PLAIN = """\
import io

from IPython.display import Image
from matplotlib.figure import Figure

figure, png = Figure(figsize=(8, 3.8), layout="constrained"), io.BytesIO()
figure.subplots(1, {axes})
figure.savefig(png)
Image(png.getvalue())"""
ROUNDS = 15
EXPLANATION = """\
Imports: processor time of new processes in turn, median of {rounds}. Opening: from the address to the end of Run All
in JupyterLab, with no other notebook open, median of the lessons, beside a notebook that only prints. `make lab`: in
a new clone, with the packages in the cache of uv; left out where there is no uv. Tests: time of pytest on all
notebooks in one process, beside the same notebooks with their first cell alone; and how long they take with an empty
figure of Matplotlib, which has as many axes, in the place of each explorer. Memory: of a kernel in which a lesson has
been run (PSS), median of the lessons, beside one with the imports alone; and what 1000 moves of an explorer leave,
after the first 200.
"""


def importing(code):
    """Processor seconds of a new Python that runs this code."""
    import resource  # which Windows lacks

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def imports(ours, theirs):
    """How much longer one import takes than another, in the median of turns."""
    return np.median([importing(ours) / importing(theirs) for _ in range(ROUNDS)])


def held(cells):
    """Kilobytes that a kernel holds after these cells."""
    made = notebook(*cells, HELD)
    NotebookClient(made, store_widget_state=False).execute(cwd=ROOT / "notebooks")
    return int(made.cells[-1].outputs[-1].text)


def sources(lesson):
    """The code cells of a lesson."""
    return [cell.source for cell in nbformat.read(lesson, 4).cells if cell.cell_type == "code"]


def memory():
    """What a kernel holds after a lesson, beside one with the imports alone."""
    return np.median([held(sources(lesson)) for lesson in LESSONS]) / held([BARE])


def testing(folder, *options):
    """Seconds that pytest takes for the notebooks of a folder, in one process."""
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *options, folder]
    begin = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def testing_changed(change):
    """Seconds that pytest takes for the lessons, whose code cells have been changed, in one process."""
    with tempfile.TemporaryDirectory() as folder:
        for lesson in LESSONS:
            changed = nbformat.read(lesson, 4)
            changed.cells = change([cell for cell in changed.cells if cell.cell_type == "code"])
            NotebookClient(changed, store_widget_state=False).execute(cwd=ROOT / "notebooks")
            nbformat.write(changed, Path(folder) / lesson.name)
        options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", f"--confcutdir={folder}"]
        return testing(folder, *options)


def first(cells):
    """The first of these cells alone."""
    return cells[:1]


def with_empty_figures(cells):
    """These cells, with an empty figure of Matplotlib, which has as many axes, in the place of each explorer."""
    for cell in cells:
        if call := re.search(r"explorers\.(\w+)\(", cell.source):
            explorer = getattr(explorers, call[1])()
            cell.source = PLAIN.format(axes=len(explorer.screen.figure.axes))
            explorer.close()
    return cells


def tests():
    """The time of all notebooks under nbval beside that of their first cells, in three ways.

    As they are; with an empty figure for each explorer; with the moves of their controls.
    """
    floor = testing_changed(first)
    seconds = testing("notebooks", "-k", "not sliders"), testing_changed(with_empty_figures), testing("notebooks")
    return [each / floor for each in seconds]


def opening():
    """How much longer it takes to open and run a lesson than a notebook that only prints."""
    home = Path(tempfile.mkdtemp())
    nbformat.write(notebook("print(1)"), home / "empty.ipynb")
    for lesson in LESSONS:
        shutil.copy(lesson, home)
    with served(home) as place, sync_playwright() as playwright, chromium(playwright, home / "profile") as browser:
        until_run(browser, place, "empty.ipynb")  # fills the browser's cache
        empty = np.median([until_run(browser, place, "empty.ipynb") for _ in LESSONS])
        lessons = np.median([until_run(browser, place, lesson.name) for lesson in LESSONS])
    shutil.rmtree(home)
    return lessons / empty


def until_run(browser, place, name):
    """Seconds from the address of a notebook in JupyterLab until Run All has ended."""
    page = browser.new_page()
    begin = time.perf_counter()
    open_and_run(page, *place, name)
    passed = time.perf_counter() - begin
    leave(page, name)
    return passed


def start():
    """Seconds from `make lab` in a new clone until the page shows the first lesson, once uv knows the packages."""
    home = Path(tempfile.mkdtemp())
    title = nbformat.read(LESSONS[0], 4).cells[0].source.splitlines()[0].removeprefix("# ")
    with sync_playwright() as playwright, chromium(playwright, home / "profile") as browser:
        for name in ("fills the cache", "measured"):
            clone, (port,), token = home / name, free_ports(1), "of-this-run"
            subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
            asked = {"JUPYTER_PORT": str(port), "JUPYTER_TOKEN": token, "BROWSER": "true"}
            begin = time.perf_counter()
            with running(
                ["make", "lab"], "is running at", cwd=clone, env=os.environ | asked, stdout=subprocess.DEVNULL
            ):
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{port}/lab/tree/notebooks/{LESSONS[0].name}?token={token}")
                page.get_by_role("heading", name=title).wait_for()
                passed = time.perf_counter() - begin
                page.close()
    shutil.rmtree(home)
    return passed


def left_behind():
    """Widgets, figures and megabytes that 1000 moves leave."""
    explorer = explorers.coin_entropy()
    control = explorer.controls["p"]

    def census():
        gc.collect()
        figures = sum(type(thing) is Figure for thing in gc.get_objects())
        return np.array([len(widget._instances), figures, resident()])

    def move(times):
        for i in range(times):
            control.set_state({"value": i % 100 / 100})

    move(200)
    before = census()
    move(1000)
    return census() - before


def resident():
    """Megabytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def measured():
    """What is to be reached: what, figure, limit."""
    left_by_moves = left_behind()  # before other explorers have come and gone
    theirs = "import ipywidgets, anywidget, matplotlib.figure"
    yield "`import lossviz` / `import numpy`", imports("import lossviz", "import numpy"), 1.2
    yield f"`from lossviz import explorers` / `{theirs}`", imports("from lossviz import explorers", theirs), 1.15
    yield "to open and run a lesson / a notebook that prints", opening(), 2.5
    if shutil.which("uv"):
        yield "seconds from `make lab` to the first lesson", start(), 15
    nbval, with_empty, with_sliders = tests()
    yield "nbval of all notebooks / of their first cells", nbval, 1.6
    yield "the same with an empty figure of Matplotlib for each explorer", with_empty, None
    yield "nbval of all notebooks, with every control moved / of their first cells", with_sliders, None
    yield f"memory after a lesson / after `{BARE}`", memory(), 1.3
    for what, left in zip(("widgets", "figures", "megabytes"), left_by_moves, strict=True):
        yield f"{what} left by 1000 moves", left, 1 if what == "megabytes" else 0


def report(figures):
    """The lines of the report."""
    yield "# What the package costs"
    yield ""
    yield EXPLANATION.format(rounds=ROUNDS)
    rows = [
        [what, f"{figure:.3g}", *(["", ""] if limit is None else [f"{limit:.3g}", verdict(figure, limit)])]
        for what, figure, limit in figures
    ]
    yield from table(["to reach", "measured", "at most", ""], rows)
    yield ""
    yield from machine()


if __name__ == "__main__":
    compileall.compile_dir(ROOT / "lossviz", quiet=1)  # as the first import does, where it may
    text = "\n".join(report(measured())) + "\n"
    print(text, end="")
    RESULTS.write_text(text, encoding="utf-8")
