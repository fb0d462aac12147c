"""Every explorer: what a move costs the kernel beside a full draw, and how soon it is seen beside `interact`.

    python -m benchmarks.every_explorer    writes results/every_explorer.md (20 minutes)

In the page the explorer, `interact` on the same drawing with the same controls, and a slider that sets a text share a
notebook and its kernel, and take turns.
"""

import io
import shutil
import tempfile
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import nbformat
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from playwright.sync_api import Error, sync_playwright

from benchmarks.reports import machine, table, verdict
from benchmarks.slider_latency import JUMP, REST, STEP, key_to_frame
from lossviz import explorers
from tools.lab import chromium, go_to, leave, notebook, open_and_run, served
from tools.walk import states, walk

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "every_explorer.md"
GROUP = 5  # explorers to a notebook
ROUNDS = 5
WARM, KEYS = 1, 8
BACK = "PageDown"
FLOOR = "ways.text()"
EXPLANATION = """\
Kernel: processor time of a move (update, draw, encode, set the widget) divided by that of a full draw of the same
figure by Matplotlib, as PNG, over the ends, the middle and every option of every control, in turn, median of {rounds}
rounds; at 1 and 2 pixels of the screen to one of the page. What a drawing computes once, and what is drawn ahead, is
not counted. Step: median of {keys} steps of the first slider, one after the other, from the key to the frame that
shows it, divided by that of `interact` on the same drawing, and of a slider that sets a text. The kernel has drawn
such a step ahead, and the page shows it at once. Jump: the same by a key that moves the slider by five steps, which
the kernel cannot foresee.
"""


def kernel_side(name, ratio):
    """What a move of an explorer costs beside a full draw, in each of some rounds.

    The mean over moves of each control to every option, or both ends and the middle, by a full draw.
    """
    explorer = getattr(explorers, name)()
    explorer.picture.ratio = ratio
    update, screen = explorer.staged()
    screen.magnify(ratio)
    plain = FigureCanvasAgg(screen.figure)

    def full_draw():
        update(**explorer.values)
        plain.print_png(io.BytesIO())

    for _ in walk(explorer):
        pass  # at new settings a drawing computes what is then found
    full_draw()
    for _ in range(ROUNDS):
        moves = [seconds(c.set_state, state) for c in explorer.controls.values() for state in states(c)]
        explorer.reset()
        yield np.mean(moves) / seconds(full_draw)
    explorer.close()


def seconds(function, *arguments):
    """Processor seconds that a call takes."""
    before = process_time()
    function(*arguments)
    return process_time() - before


def latency(page, path, source, keys=(STEP,), kind="img", selector=".jp-Cell-outputArea"):
    """Median milliseconds from a key on the first slider of a cell, these in turn, to the frame that shows it."""
    cell = go_to(page, path, source)
    handle = cell.locator(".noUi-handle").first
    cell.locator(selector).first.evaluate("(area, kind) => watch.start(area, kind)", kind)
    handle.press("Home")
    page.wait_for_timeout(REST)
    seen = []
    for key in islice(cycle(keys), WARM + KEYS):
        with suppress(Error):  # a step may leave the picture as it was
            seen.append(key_to_frame(page, handle, key))
    return np.median(seen[WARM:])


def in_the_page():
    """For each explorer the latency of its steps, of its jumps, of `interact`, and of a text."""
    home = Path(tempfile.mkdtemp())
    shutil.copy(HERE / "ways.py", home)
    found = {}
    with served(home) as place, sync_playwright() as playwright, chromium(playwright, home / "profile") as browser:
        for first in range(0, len(explorers.__all__), GROUP):
            path, names = f"{first}.ipynb", explorers.__all__[first : first + GROUP]
            sources = ["import ways\nfrom lossviz import explorers", FLOOR]
            sources += [line for name in names for line in (f"ways.interact_with({name!r})", f"explorers.{name}()")]
            nbformat.write(notebook(*sources), home / path)
            page = browser.new_page()
            page.add_init_script(path=HERE / "watch.js")
            open_and_run(page, *place, path)
            for name in names:
                found[name] = (
                    latency(page, path, f"explorers.{name}()"),
                    latency(page, path, f"explorers.{name}()", (JUMP, BACK)),
                    latency(page, path, f"ways.interact_with({name!r})"),
                    latency(page, path, FLOOR, kind="text", selector=".widget-html-content"),
                )
            leave(page, path)
    shutil.rmtree(home)
    return found


def report(kernel, page):
    """The lines of the report: of each explorer the ratios at 1 and 2, and its four latencies."""
    rows = {
        name: (*kernel[name], step / interact, step / floor, jump / interact, jump / floor, step, jump)
        for name, (step, jump, interact, floor) in page.items()
    }
    limits = {
        "kernel": 1 / 8,
        "step / `interact`": 1 / 6,
        "step / text": 1.5,
        "jump / `interact`": 1 / 6,
        "jump / text": 1.5,
    }
    columns = ["explorer", "kernel", "kernel, ratio 2", *[*limits][1:], "step, ms", "jump, ms"]
    yield "# Every explorer"
    yield ""
    yield EXPLANATION.format(keys=KEYS, rounds=ROUNDS)
    slowest_first = sorted(rows.items(), key=lambda row: -row[1][0])
    yield from table(columns, [[name, *(f"{v:.3g}" for v in row)] for name, row in slowest_first])
    yield ""
    reached = []
    for what, limit in limits.items():
        figures = np.array([row[columns.index(what) - 1] for row in rows.values()])
        count = f"{(figures <= limit).sum()} of {len(figures)}"
        reached.append([what, f"{figures.max():.3g}", f"{limit:.3g}", count, verdict(figures.max(), limit)])
    yield from table(["to reach", "worst", "at most", "reached by", ""], reached)
    yield ""
    slow = sum(floor > interact / 6 for *_, interact, floor in page.values())
    yield f"For {slow} of the {len(page)} no jump can be seen in 1/6 of `interact`, as a text alone takes longer."
    yield ""
    yield from machine()


if __name__ == "__main__":
    kernel = {name: [np.median([*kernel_side(name, ratio)]) for ratio in (1, 2)] for name in explorers.__all__}
    text = "\n".join(report(kernel, in_the_page())) + "\n"
    print(text, end="")
    RESULTS.write_text(text, encoding="utf-8")
