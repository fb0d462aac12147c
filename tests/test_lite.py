"""The static site that `make lite` has built, in Chromium.

A site with its own Pyodide runs the lessons. To a site without one the tests give, in place of Pyodide's public home,
the interpreter from the npm package pyodide and the pure wheels that belong to it. That is no NumPy, so no lesson, but
the real kernel with our wheels, a slider, and the picture.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from test_browser import outputs

from tools.lab import CHROMIUM, PANEL, chromium, go_to, run_all
from tools.lite import SITE, foreign, needed

ROOT = Path(__file__).parents[1]
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
OWN = SITE / "static" / "pyodide"
CHANGED = "is another in build/lite: run make lite again, or remove the folder"
FONTS = "Matplotlib is building the font cache; this may take a moment.\n"  # anew in every kernel of a browser
PICTURE = """
import sys
from importlib.util import find_spec, module_from_spec

sys.modules["lossviz"] = module_from_spec(find_spec("lossviz"))  # without its mathematics, which needs NumPy
from ipywidgets import IntSlider, VBox
from lossviz.picture import Picture

slider = IntSlider(description="side", min=1, max=9, value=2)
picture = Picture(width=200, grips=[[0, 0, 1, 1, "move"]])


def draw(_=None):
    with picture.hold_sync():
        picture.frame = frames[slider.value]
        picture.sentence = f"Side {slider.value}, held {len(picture.drag)}."


slider.observe(draw, names="value")
picture.observe(draw, names="drag")
draw()
box = VBox([slider, picture])
box.add_class("lossviz")
box
"""
if not (SITE.exists() and CHROMIUM):
    pytest.skip("make test-lite builds the site and opens it in Chromium", allow_module_level=True)
EXTENSION = SITE / "extensions" / "@jupyterlite" / "pyodide-kernel-extension" / "static"
SCHEMA = json.loads((EXTENSION / "schema" / "kernel.v0.schema.json").read_text(encoding="utf-8"))
PUBLIC_HOME = SCHEMA["properties"]["pyodideUrl"]["default"].removesuffix("pyodide.mjs")
(PYODIDE_VERSION,) = re.findall(r"/v([\d.]+)/", PUBLIC_HOME)


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory):
    """The Pyodide that the site runs on: its own, or what the package registries have of it."""
    if OWN.exists():
        return OWN
    home = tmp_path_factory.mktemp("pyodide")
    subprocess.run(["npm", "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"], cwd=home, check=True)
    (archive,) = home.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(home, filter="data")
    home = home / "package"
    lock = json.loads((home / "pyodide-lock.json").read_text(encoding="utf-8"))
    pure = {n: p for n, p in needed(home).items() if p["file_name"].endswith("none-any.whl")}
    pip = [sys.executable, "-m", "pip", "--quiet", "download", "--no-deps", "--only-binary=:all:", "--platform=any"]
    pins = [f"{name}=={package['version']}" for name, package in pure.items()]
    subprocess.run([*pip, f"--python-version={lock['info']['python']}", f"--dest={home}", *pins], check=True)
    for name, package in pure.items():  # Pyodide packs them anew, without their tests
        lock["packages"][name]["sha256"] = hashlib.sha256((home / package["file_name"]).read_bytes()).hexdigest()
    (home / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def address():
    """The site on a web server that only gives files."""
    handler = partial(Files, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(address, pyodide, tmp_path_factory):
    """A Chromium, and what went wrong in it."""

    def give(route):
        file = pyodide / route.request.url.rsplit("/", 1)[1]
        found = {"path": file} if file.exists() else {"status": 404}
        route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, **found)

    problems = []
    with sync_playwright() as playwright, chromium(playwright, tmp_path_factory.mktemp("profile")) as context:
        own = (address, "blob:", "data:", *([] if OWN.exists() else [PUBLIC_HOME]))
        context.on("request", lambda sent: sent.url.startswith(own) or problems.append(f"asks for {sent.url}"))
        context.route(f"{PUBLIC_HOME}**", give)
        yield context, problems


def open_and_run(page, address, path):
    """Open a notebook and run it from top to bottom, without an error. Returns its code cells."""
    page.goto(f"{address}/lab/index.html?path={path}")
    kernel = f"{PANEL}?.sessionContext.session?.kernel"
    page.wait_for_function(f"path => window.jupyterapp && {kernel}", arg=path)
    page.evaluate(f"path => void {kernel}.requestExecute({{code: ''}}).done.then(() => window.booted = true)", path)
    page.wait_for_function("window.booted", timeout=120_000)
    run_all(page, path)
    cells = outputs(page, path)
    for cell in cells:
        assert cell["count"], f"not run: {cell['source']}"
        for output in cell["outputs"]:
            assert output["output_type"] != "error", cell
            assert output.get("name") != "stderr" or output["text"] == FONTS, cell
    return cells


def test_only_pyodide_comes_from_elsewhere():
    assert foreign() == ([] if OWN.exists() else ["Pyodide's public home"])


def test_the_browser_has_the_versions_for_which_make_test_lite_versions_runs_the_suite(pyodide):
    (line,) = re.findall(r"^LITE_VERSIONS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    packages = needed(pyodide)
    for pin in map(Requirement, line.split()):
        assert Version(packages[pin.name]["version"]) in pin.specifier


def test_every_lesson_and_the_package_are_in_the_site_as_they_are_now():
    """Or it was built before they changed."""
    assert sorted(path.name for path in (SITE / "files").iterdir()) == LESSONS
    for name in LESSONS:
        assert (SITE / "files" / name).read_bytes() == (ROOT / "notebooks" / name).read_bytes(), f"{name} {CHANGED}"
    (wheel,) = (SITE / "pypi").glob("lossviz-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if name.startswith("lossviz/")]
        assert "lossviz/picture.js" in names
        for name in names:
            assert packed.read(name) == (ROOT / name).read_bytes(), f"{name} {CHANGED}"


@pytest.mark.parametrize("lesson", LESSONS)
def test_run_all_and_move_a_slider(lesson, address, browser):
    if not OWN.exists():
        pytest.skip("the lessons need NumPy: make test-lite PYODIDE=folder runs them")
    context, problems = browser
    page = context.new_page()
    cells = open_and_run(page, address, lesson)
    explorer = next(cell["source"] for cell in cells if cell["source"].startswith("explorers."))
    move_the_slider(go_to(page, lesson, explorer))
    page.close()
    assert problems == []


def test_the_kernel_boots_and_a_slider_moves_the_picture(address, browser):
    context, problems = browser
    frames = {}
    for side in (2, 3):
        file = io.BytesIO()
        Image.new("RGB", (10 * side, 10 * side), "navy").save(file, "png")
        frames[side] = file.getvalue()
    cells = [nbformat.v4.new_code_cell(source) for source in (f"%precision 4\nframes = {frames}", PICTURE)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    page = context.new_page()
    page.goto(f"{address}/lab/index.html")
    page.wait_for_function("window.jupyterapp?.shell")
    page.evaluate(
        """async content => {
            await jupyterapp.restored;
            const file = {type: 'notebook', format: 'json', content};
            await jupyterapp.serviceManager.contents.save('picture.ipynb', file);
        }""",
        notebook,
    )
    open_and_run(page, address, "picture.ipynb")
    cell = go_to(page, "picture.ipynb", PICTURE)
    move_the_slider(cell)
    expect(cell.locator("img")).to_have_js_property("naturalWidth", 30)
    grip = cell.locator(".lossviz-grip")
    grip.drag_to(grip, target_position={"x": 5, "y": 5})
    expect(cell.locator(".lossviz-sentence")).to_have_text("Side 3, held 4.")
    page.close()
    assert problems == []


def move_the_slider(cell):
    """One step by keyboard, and wait until picture and sentence have changed."""
    handle, picture = cell.locator(".noUi-handle").first, cell.locator("img")
    words = cell.locator(".lossviz-sentence")
    expect(words).not_to_be_empty()
    frame, sentence = picture.get_attribute("src"), words.inner_text()
    now, most = (float(handle.get_attribute(f"aria-value{which}")) for which in ("now", "max"))
    handle.press("ArrowLeft" if now == most else "ArrowRight")
    expect(picture).not_to_have_attribute("src", frame)
    expect(words).not_to_have_text(sentence)
    expect(picture).to_have_attribute("alt", words.inner_text())
