"""From the key on a slider to the frame that shows the change: our explorer beside other ways, in JupyterLab.

    python -m benchmarks.slider_latency [rounds]    prints a report; without an argument also writes it to results/

Each way (`ways.py`) is a notebook with a page and a kernel of its own. The ways take turns, a few keys and a drag each,
so that a change of the machine's load meets them all. `watch.js` tells when a page shows a new picture.
"""

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.reports import machine, table, verdict
from tools.lab import chromium, notebook, open_and_run, served

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "slider_latency.md"
STEP, JUMP = "ArrowRight", "PageUp"  # by one value, by five
CANVAS = "canvas", ".jupyter-matplotlib-canvas-div"
IMAGE = "img", ".jp-Cell-outputArea"
WAYS = {  # label, function of ways.py, what to watch, where, pixels of the screen to one of the page, key
    "interact": ("`interact` and `plt.show`", "interact", *IMAGE, 1, STEP),
    "ipympl": ("ipympl, `draw_idle`", "ipympl_draw_idle", *CANVAS, 1, STEP),
    "blitting": ("ipympl, blitting", "ipympl_blit", *CANVAS, 1, STEP),
    "mpl-interactions": ("mpl-interactions", "mpl_interactions", *CANVAS, 1, STEP),
    "bqplot": ("bqplot", "bqplot_marks", "text", ".bqplot >> nth=-1", 1, STEP),
    "floor": ("a text alone (the floor)", "text", "text", ".widget-html-content", 1, STEP),
    "core": ("our frames in `widgets.Image`", "core_image", *IMAGE, 1, STEP),
    "ours": ("our explorer", "explorer", *IMAGE, 1, STEP),
    "jump": ("our explorer, jumps", "explorer", *IMAGE, 1, JUMP),
    "twice": ("our explorer at ratio 2", "explorer", *IMAGE, 2, STEP),
    "jump at 2": ("our explorer at ratio 2, jumps", "explorer", *IMAGE, 2, JUMP),
}
PACKAGES = ["jupyterlab", "ipykernel", "ipywidgets", "anywidget", "matplotlib", "ipympl", "mpl-interactions", "bqplot"]
ROUNDS, WARM, KEYS = 5, 2, 12
PAUSE = 100  # milliseconds between a picture and the next key
REST = 800  # milliseconds without a new picture after which the last one has come
SECONDS, RATE = 3, 60  # of a drag, and of its mouse events
COLUMNS = [
    "way",
    "p50",
    "p95",
    "/ `interact`",
    "/ blitting",
    "/ floor",
    "pictures/s",
    "last picture",
    "blank",
    "kB/key",
]
TARGETS = [
    ("p50 of our explorer / `interact`", 1 / 6, lambda ways: ways["ours"].p50 / ways["interact"].p50),
    ("p50 of our explorer / ipympl with blitting", 0.75, lambda ways: ways["ours"].p50 / ways["blitting"].p50),
    ("p50 of our explorer / the floor", 1.25, lambda ways: ways["ours"].p50 / ways["floor"].p50),
    ("the same of a jump / `interact`", 1 / 6, lambda ways: ways["jump"].p50 / ways["interact"].p50),
    ("of a jump / ipympl with blitting", 0.75, lambda ways: ways["jump"].p50 / ways["blitting"].p50),
    ("of a jump / the floor", 1.25, lambda ways: ways["jump"].p50 / ways["floor"].p50),
    ("of a jump at ratio 2 / ratio 1", 1.3, lambda ways: ways["jump at 2"].p50 / ways["jump"].p50),
    ("last picture of our explorer after release, ms", 120, lambda ways: max(d["last"] for d in ways["ours"].drags)),
    ("pictures of `interact` / our explorer in a drag", 1 / 5, lambda ways: ways["interact"].rate / ways["ours"].rate),
    ("blank frames of our explorer", 0, lambda ways: ways["ours"].total("blank")),
]
EXPLANATION = """\
Milliseconds from the key event on the slider to the animation frame that shows the change ({steps} keys of each
way), and drags of {seconds} s ({drags} of each way): pictures a second, milliseconds from the release to the last
picture (median / worst), animation frames in which the picture was missing. kB is what the page received by websocket
for a key (median). All show the Huber loss and its slope with dot and tangent, 900 x 380 pixels; the floor shows one
number. A key moves the slider by one step. The step after a step our explorer has drawn ahead, and the page shows it
before the kernel answers; a jump, by a key that moves the slider by five steps, it cannot foresee. The ways took turns,
in one Chromium. The server is that of `make lab`, which sends every message at once (`lossviz/prompt.py`). Another
JupyterLab sends with Nagle's algorithm: there a small message right after another may wait some 40 ms for an
acknowledgement, latencies fall into two groups, and a median may jump between them.
"""


@dataclass
class Way:
    """What was measured of a way: latencies in ms and bytes of each step, and what `watch.rest` said of each drag."""

    latencies: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    drags: list = field(default_factory=list)

    @property
    def p50(self):
        """Median latency."""
        return np.median(self.latencies)

    def total(self, what):
        """The sum over the drags of one of their figures."""
        return sum(drag[what] for drag in self.drags)

    @property
    def rate(self):
        """Pictures a second while the slider is dragged."""
        return self.total("pictures") / self.total("seconds")


def key_to_frame(page, handle, key):
    """Press a key on a slider. Returns the milliseconds until the frame that shows it; then the page has a pause."""
    page.evaluate("watch.reset()")
    handle.press(key)
    latency = page.evaluate("watch.latency()")
    page.wait_for_timeout(PAUSE)
    return latency


class Page:
    """A page in which the notebook of one way has been run and is watched."""

    def __init__(self, browser, place, name):
        _, _, kind, selector, ratio, self.key = WAYS[name]
        self.received = 0
        self.page = browser.new_page()
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        self.page.add_init_script(path=HERE / "watch.js")
        devtools = browser.new_cdp_session(self.page)
        screen = {"width": 1280, "height": 900, "deviceScaleFactor": ratio, "mobile": False}
        devtools.send("Emulation.setDeviceMetricsOverride", screen)
        self.browser = devtools.send("Browser.getVersion")["product"]
        open_and_run(self.page, *place, f"{name}.ipynb")
        self.page.evaluate("jupyterapp.restored.then(() => jupyterapp.shell.collapseLeft())")
        self.handle = self.page.locator(".noUi-handle")
        self.page.locator(selector).evaluate("(area, kind) => watch.start(area, kind)", kind)

    def _count(self, payload):
        self.received += len(payload if isinstance(payload, bytes) else payload.encode())

    def home(self):
        """Come to the front, and bring the slider to its left end."""
        self.page.bring_to_front()
        self.handle.focus()
        self.page.keyboard.press("Home")
        self.page.wait_for_timeout(REST)

    def step(self):
        """Press a key. Returns the milliseconds until its picture is shown, and the bytes received."""
        before = self.received
        return key_to_frame(self.page, self.handle, self.key), self.received - before

    def drag(self):
        """Drag the handle over the track and back. Returns what `watch.rest` says, and how long it took."""
        track = self.page.locator(".noUi-target").bounding_box()
        x, y = track["x"], track["y"] + track["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        self.page.evaluate("watch.film()")
        mouse.down()
        begin = time.perf_counter()
        while (passed := time.perf_counter() - begin) < SECONDS:
            mouse.move(x + 0.95 * track["width"] * (1 - abs(2 * passed / SECONDS - 1)), y)
            time.sleep(-(time.perf_counter() - begin) % (1 / RATE))
        mouse.up()
        return self.page.evaluate("rest => watch.rest(rest)", REST) | {"seconds": passed}


def write_notebooks(home):
    """Write the notebook of each way into a folder, and the module that they import."""
    shutil.copy(HERE / "ways.py", home)
    for name, (_, function, *_) in WAYS.items():
        nbformat.write(notebook(f"import ways\n\nways.{function}()"), home / f"{name}.ipynb")


def measured(rounds):
    """What was measured of all ways, by name, and the versions of what took part."""
    ways = {name: Way() for name in WAYS}
    home = Path(tempfile.mkdtemp())
    write_notebooks(home)
    with served(home) as place, sync_playwright() as playwright, chromium(playwright, home / "profile") as browser:
        pages = {name: Page(browser, place, name) for name in WAYS}
        for _ in range(rounds):
            for name, page in pages.items():
                page.home()
                steps = [page.step() for _ in range(WARM + KEYS)][WARM:]
                ways[name].latencies += [latency for latency, _ in steps]
                ways[name].sizes += [size for _, size in steps]
                page.home()
                ways[name].drags.append(page.drag())
    shutil.rmtree(home)
    return ways, [page.browser, *(f"{name} {version(name)}" for name in PACKAGES)]


def row(name, ways):
    """What the table says of one way."""
    way = ways[name]
    last = [drag["last"] for drag in way.drags]
    return [
        WAYS[name][0],
        *(f"{np.percentile(way.latencies, q):.0f}" for q in (50, 95)),
        *(f"{way.p50 / ways[other].p50:.2f}" for other in ("interact", "blitting", "floor")),
        f"{way.rate:.0f}",
        f"{np.median(last):.0f} / {max(last):.0f}",
        f"{way.total('blank')} of {way.total('frames')}",
        f"{np.median(way.sizes) / 1000:.1f}",
    ]


def verdicts(ways):
    """What is to be reached: the figure, its limit, whether it is met."""
    for what, limit, figure in TARGETS:
        value = figure(ways)
        yield [what, f"{value:.3g}", f"{limit:.3g}", verdict(value, limit)]


def report(ways, versions):
    """The lines of the report."""
    first = ways["ours"]
    counts = {"steps": len(first.latencies), "drags": len(first.drags), "seconds": SECONDS}
    yield "# From the slider to the picture"
    yield ""
    yield EXPLANATION.format(**counts)
    yield from table(COLUMNS, [row(name, ways) for name in ways])
    yield ""
    yield from table(["to reach", "measured", "at most", ""], verdicts(ways))
    yield ""
    yield from machine(*versions)


if __name__ == "__main__":
    text = "\n".join(report(*measured(int(sys.argv[1]) if sys.argv[1:] else ROUNDS))) + "\n"
    print(text, end="")
    if not sys.argv[1:]:
        RESULTS.write_text(text, encoding="utf-8")
