"""Each notebook in a real JupyterLab in a real browser: Run All, no error, every slider moves its picture."""

import io
import os
import re
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlparse

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from test_palette import COLOURS, FILTER, dark

from tools.lab import (
    CHROMIUM,
    PANEL,
    SIZE,
    chromium,
    close_beside,
    go_to,
    leave,
    open_and_run,
    open_beside,
    run,
    run_all,
    served,
)
from tools.pages import Exporter

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
COIN = ["from lossviz import classroom, explorers", "coin = explorers.coin_entropy()\ncoin"]
SEVERAL = [COIN[0], COIN[1], "fit = explorers.outlier()\nfit", "steps = explorers.training_step()\nsteps"]
LEARN = [
    "import numpy as np\nfrom lossviz import exercises, progress, questions",
    "questions.biased_coin",
    "questions.relabelled",
    "def my_bits(nats):\n    return ...\n\n\nexercises.bits.check(my_bits)",
    "progress()",
]
THEMES = ("JupyterLab Dark", "JupyterLab Light")  # the last one stays
# What others say themselves:
WITHOUT_KERNEL = ("debugger state", "Could not send")
NOTEBOOK_7 = ("reading 'schema'", "filebrowser:open-path", "/static/notebook/")
VOILA = ("cdn.jsdelivr.net", "cdnjs.cloudflare.com", "@jupyter-notebook/lab-extension")
if CHROMIUM is None:
    if os.environ.get("CI") == "true":
        raise RuntimeError("CI needs a Chromium for the browser tests; install the package chromium")
    pytest.skip("no Chromium found: install chromium to run the browser tests", allow_module_level=True)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own, with private settings and a copy of the notebooks: its address and token."""
    home = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.update(outputs=[], execution_count=None)
        nbformat.write(notebook, home / path.name)
    for name, sources in {"coin": COIN, "alone": COIN, "several": SEVERAL, "learn": LEARN}.items():
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata), home / f"{name}.ipynb")
    with served(home) as place:
        yield place


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with sync_playwright() as playwright, chromium(playwright, tmp_path_factory.mktemp("profile")) as context:
        yield context


@contextmanager
def opened(lab, browser, path, door=None):
    """A page with a notebook run from top to bottom, and what went wrong on the way."""
    with watched(lab, browser) as (page, problems):
        open_and_run(page, *lab, path, door)
        yield page, problems
        leave(page, path)


@contextmanager
def watched(lab, browser):
    """A new page, and what goes wrong in it."""
    address, _ = lab
    page = browser.new_page()
    problems = []
    page.on("console", lambda message: message.type == "error" and problems.append(_said(message)))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: _foreign(sent.url, address) and problems.append(f"asks for {sent.url}"))
    yield page, problems
    page.close()


@pytest.fixture(scope="module")
def desk(lab, browser):
    """A page of JupyterLab in which one notebook after the other is opened: to start takes longer than to open one."""
    address, token = lab
    with watched(lab, browser) as (page, problems):
        page.goto(f"{address}/lab/workspaces/desk?token={token}")
        yield page, problems


@contextmanager
def laid_on(desk, path):
    """A notebook run from top to bottom in such a page."""
    page, problems = desk
    problems.clear()
    open_beside(page, path)
    yield page, problems
    close_beside(page, path)
    assert but(WITHOUT_KERNEL, problems) == []


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request, desk):
    """A lesson, run from top to bottom."""
    with laid_on(desk, request.param.name) as (page, problems):
        yield page, request.param.name, problems


@pytest.fixture(scope="module")
def again(desk):
    """How to get a page with a notebook run from top to bottom, which is opened once for the tests on it in a row.

    Each cell that is run again replaces its explorers. Questions and exercises remember: theirs is a new kernel.
    """
    page, problems = desk
    with ExitStack() as lying:
        last = None

        def run_anew(path):
            nonlocal last
            page.set_viewport_size(SIZE)
            if path == last:
                page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
                if path == "learn.ipynb":
                    page.evaluate(f"path => {PANEL}.sessionContext.restartKernel()", path)
                run_all(page, path)
                problems.clear()
            else:
                lying.close()
                lying.enter_context(laid_on(desk, path))
                last = path
            return page, problems

        yield run_anew


def _with_output(path, again):
    """A page with a notebook, and how to find the output of a cell."""
    page, problems = again(path)
    yield page, lambda source: go_to(page, path, source).locator(".jp-OutputArea")
    assert problems == []


@pytest.fixture
def coin(again):
    """A page with one explorer, and its output."""
    page, problems = again("coin.ipynb")
    yield page, shown_coin(page, "coin.ipynb")
    assert problems == []


def shown_coin(page, path):
    """The output of the explorer, once it is there."""
    cell = go_to(page, path, COIN[1]).locator(".jp-OutputArea")
    expect(cell.locator("img")).to_have_attribute("alt", re.compile("p.heads. = 0.3 "))
    return cell


@pytest.fixture
def several(again):
    """A page with three explorers, and how to find the output of a cell."""
    yield from _with_output("several.ipynb", again)


@pytest.fixture
def learn(again):
    """A page with a prediction, a choice and an exercise: the page, and how to find the output of a cell."""
    yield from _with_output("learn.ipynb", again)


def _said(message):
    return f"{message.text} ({message.location['url']})"


def _foreign(url, address):
    return urlparse(url).scheme in ("http", "https", "ws", "wss") and urlparse(url).netloc != urlparse(address).netloc


def but(known, problems):
    """The problems in which none of these words occurs."""
    return [problem for problem in problems if not any(word in problem for word in known)]


def outputs(page, path):
    """Source and outputs of every code cell, from the page's own model."""
    return page.evaluate(
        f"""path => [...{PANEL}.content.model.cells].filter(cell => cell.type === 'code')
            .map(cell => ({{
                source: cell.sharedModel.source,
                count: cell.executionCount,
                outputs: cell.outputs.toJSON(),
            }}))""",
        path,
    )


def assert_all_have_run(page, path):
    for cell in outputs(page, path):
        assert cell["count"], f"not run: {cell['source']}"
        kinds = [output["output_type"] for output in cell["outputs"]]
        assert "error" not in kinds, cell
        assert not [output for output in cell["outputs"] if output.get("name") == "stderr"], cell


def test_run_all_leaves_no_error(notebook):
    page, path, problems = notebook
    assert_all_have_run(page, path)
    assert problems == []


def test_every_slider_moves_picture_and_sentence_by_keyboard(notebook):
    page, path, problems = notebook
    sources = [cell["source"] for cell in outputs(page, path) if cell["source"].startswith("explorers.")]
    assert sources
    for source in sources:
        assert_a_key_moves_slider_picture_and_sentence(go_to(page, path, source))
    for choices in page.locator(".widget-radio-box").all():
        expect(choices.locator("input:checked")).to_have_count(1)
    assert problems == []


def assert_a_key_moves_slider_picture_and_sentence(cell):
    handle = cell.locator(".noUi-handle").first
    picture, words = cell.locator("img"), cell.locator(".lossviz-sentence")
    expect(words).not_to_be_empty()
    expect(handle).to_have_attribute("aria-label", re.compile("."))
    before = picture.get_attribute("src"), words.inner_text(), handle.get_attribute("aria-valuetext")
    now, most = (float(handle.get_attribute(f"aria-value{which}")) for which in ("now", "max"))
    handle.press("ArrowLeft" if now == most else "ArrowRight")
    expect(picture).not_to_have_attribute("src", before[0])
    expect(words).not_to_have_text(before[1])
    expect(handle).not_to_have_attribute("aria-valuetext", before[2])
    expect(picture).to_have_attribute("alt", words.inner_text())


def test_without_a_kernel_the_last_picture_stands(desk):
    with laid_on(desk, "alone.ipynb") as (page, _):
        cell = shown_coin(page, "alone.ipynb")
        image = cell.locator("img")
        page.evaluate(f"path => {PANEL}.sessionContext.shutdown()", "alone.ipynb")
        before, slider = image.get_attribute("src"), cell.get_by_role("slider")
        slider.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", "0.31")
        assert image.get_attribute("src") == before
        assert image.evaluate("image => image.complete && image.naturalWidth > 0")


def test_a_lesson_in_notebook_7(lab, browser):
    path = "01_entropy.ipynb"
    with opened(lab, browser, path, door="notebooks") as (page, problems):
        assert_all_have_run(page, path)
        source = next(cell["source"] for cell in outputs(page, path) if "coin_entropy" in cell["source"])
        cell = go_to(page, path, source)
        page.keyboard.press("Escape")
        assert_a_key_moves_slider_picture_and_sentence(cell)
        image, grip = cell.locator("img"), cell.locator(".lossviz-grip")
        x, y = middle(grip)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + image.bounding_box()["width"] / 4, y, steps=5)
        page.mouse.up()
        expect(cell.get_by_role("slider")).to_have_attribute("aria-valuetext", "0.59")
        expect(image).to_have_attribute("alt", re.compile(r"p\(heads\) = 0\.59 "))
        in_theme(page, "JupyterLab Dark")
        expect(image).to_have_css("filter", "invert(0.933) hue-rotate(180deg)")
        assert violations(page, ".jp-mod-active .lossviz") == []
        in_theme(page, "JupyterLab Light")
        assert but(NOTEBOOK_7, problems) == [], problems


def test_a_lesson_in_voila(lab, browser):
    address, token = lab
    with watched(lab, browser) as (page, problems):
        page.goto(f"{address}/voila/render/01_entropy.ipynb?token={token}")
        coin = page.locator(".lossviz", has=page.locator("img[alt^='A coin with']"))
        assert_a_key_moves_slider_picture_and_sentence(coin)
        coin.get_by_role("radio", name="nats").check()
        expect(coin.locator(".lossviz-sentence")).to_have_text(re.compile("nats"))
        assert but(VOILA, problems) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_pictures_of_an_exported_page(browser, tmp_path, scheme):
    page = browser.new_page()
    asked = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.emulate_media(color_scheme=scheme)
    exported, _ = Exporter().from_filename(str(NOTEBOOKS[1]))
    (tmp_path / "page.html").write_text(exported, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    filtered = "none" if scheme == "light" else "invert(0.933) hue-rotate(180deg)"
    expect(page.locator("img").first).to_have_css("filter", filtered)
    assert violations(page, ".jp-RenderedImage") == []
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    page.close()


def in_theme(page, theme):
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_function(
        "dark => document.body.dataset.jpThemeLight === String(!dark)", arg=theme == "JupyterLab Dark"
    )
    page.locator("#jupyterlab-splash").wait_for(state="detached")  # another change before that is an error


def violations(page, area):
    """What axe finds in an area: the rules, and where they are broken."""
    found = Axe().run(page, context=area).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_coin_by_mouse(coin):
    page, cell = coin
    track, words = cell.locator(".noUi-target"), cell.locator(".lossviz-sentence")
    box, (x, y) = track.bounding_box(), middle(cell.locator(".noUi-handle"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=5)
    page.mouse.move(box["x"] + 2 * box["width"], y, steps=5)
    page.mouse.up()
    expect(words).to_have_text("A coin that always falls heads has an entropy of 0.000 bits: nothing is uncertain.")
    expect(cell.locator(".lossviz-call")).to_have_text("explorers.coin_entropy(p=1.0, unit='bits')")
    cell.get_by_role("button", name="Reset").click()
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.3 "))
    cell.get_by_role("radio", name="nats").click()
    expect(words).to_have_text(re.compile(r"0\.611 nats"))


def test_the_dot_is_dragged_by_mouse_and_moves_its_slider(coin):
    page, cell = coin
    grip, readout = cell.locator(".lossviz-grip"), cell.locator(".widget-readout")
    width = cell.locator("img").bounding_box()["width"]
    x, y = middle(grip)
    assert grip.evaluate("grip => getComputedStyle(grip).cursor") == "ew-resize"
    page.mouse.move(x + 3, y - 2)
    page.mouse.down()
    page.mouse.move(x + 3 + width / 4, y - 50, steps=8)
    page.mouse.up()
    expect(readout).to_have_text("0.58")
    expect(cell.locator(".lossviz-sentence")).to_have_text(re.compile(r"p\(heads\) = 0\.58 "))
    landed = middle(grip)[0]
    assert landed == pytest.approx(x + width / 4, abs=width / 200), "the dot stays under the hand"
    page.mouse.move(landed, middle(grip)[1])
    page.mouse.down()
    page.mouse.move(landed + 2 * width, y, steps=3)
    page.mouse.up()
    expect(readout).to_have_text("1.00")


def test_the_dot_is_dragged_by_touch(coin):
    page, cell = coin
    x, y = middle(cell.locator(".lossviz-grip"))
    width = cell.locator("img").bounding_box()["width"]
    touch = page.context.new_cdp_session(page)

    def send(kind, points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": x, "y": y}])
    for step in range(1, 6):
        send("touchMove", [{"x": x + step * width / 40, "y": y}])
    send("touchEnd", [])
    expect(cell.locator(".widget-readout")).to_have_text("0.44")


def test_the_controls_are_reached_and_moved_by_keyboard_alone(coin):
    page, cell = coin
    slider, words = cell.get_by_role("slider", name="p(heads)"), cell.locator(".lossviz-sentence")
    slider.focus()
    for key, value in {
        "Home": "0.00",
        "ArrowRight": "0.01",
        "PageUp": "0.06",
        "PageDown": "0.01",
        "End": "1.00",
    }.items():
        slider.press(key)
        expect(slider).to_have_attribute("aria-valuetext", value)
    page.keyboard.press("Tab")
    typed = cell.get_by_role("textbox", name="p(heads), type a value")
    expect(typed).to_be_focused()
    typed.press("ControlOrMeta+a")
    page.keyboard.type("0.07")
    page.keyboard.press("Enter")
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.07 "))
    page.keyboard.press("Tab")
    expect(cell.get_by_role("radiogroup", name="unit").get_by_role("radio", name="bits")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(words).to_have_text(re.compile("nats"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.3 .* bits"))


@contextmanager
def busy(page, path):
    """The kernel of a notebook does nothing until it is interrupted, and then what it has been told meanwhile."""
    code = "try:\n    __import__('threading').Event().wait()\nexcept KeyboardInterrupt:\n    pass"
    page.evaluate(
        f"""async ([path, code]) => {{
            const {{ kernel }} = {PANEL}.sessionContext.session
            const begun = new Promise((resolve) => {{
                window.held = kernel.requestExecute({{ code }})
                window.held.onIOPub = ({{ header }}) => {{ if (header.msg_type === 'execute_input') resolve() }}
            }})
            await begun
        }}""",
        [path, code],
    )
    try:
        yield
    finally:
        page.evaluate(f"path => {PANEL}.sessionContext.session.kernel.interrupt().then(() => window.held.done)", path)


def test_the_step_after_a_step_is_shown_before_the_kernel_answers_and_nothing_older(coin):
    page, cell = coin
    slider, words = cell.get_by_role("slider", name="p(heads)"), cell.locator(".lossviz-sentence")

    def press(key, value):
        slider.press(key)
        expect(slider).to_have_attribute("aria-valuetext", value)

    def shows(p):
        expect(words).to_have_text(re.compile(rf"p\(heads\) = {re.escape(p)} "))
        return cell.locator("img").get_attribute("src")

    press("ArrowRight", "0.31")
    kernels = shows("0.31")
    run(page, "coin.ipynb", "assert coin.picture.ahead['call'] == \"explorers.coin_entropy(p=0.32, unit='bits')\"")
    with busy(page, "coin.ipynb"):
        press("ArrowRight", "0.32")
        foreseen = shows("0.32")
        press("ArrowLeft", "0.31")
        assert shows("0.31") == kernels
        press("ArrowRight", "0.32")
        press("ArrowRight", "0.33")
        assert shows("0.32") == foreseen != kernels
    shows("0.33")
    run(page, "coin.ipynb", "assert coin.picture.setting == [0.33, 0], coin.picture.setting")


def test_a_step_taken_back_is_not_shown_again_when_the_kernel_answers_it(coin):
    page, cell = coin
    slider, words = cell.get_by_role("slider", name="p(heads)"), cell.locator(".lossviz-sentence")
    slider.press("ArrowRight")
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.31 "))
    run(page, "coin.ipynb", "assert coin.picture.ahead")
    words.evaluate(
        """words => {
            window.seen = []
            new MutationObserver(() => window.seen.push(words.textContent.match(/[0-9.]+/)[0]))
                .observe(words, { childList: true })
        }"""
    )
    with busy(page, "coin.ipynb"):
        slider.press("ArrowRight")
        expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.32 "))
        slider.press("ArrowLeft")
        expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.31 "))
    run(page, "coin.ipynb", "pass")
    slider.press("PageUp")
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.36 "))
    seen = page.evaluate("window.seen.filter((p, i, all) => p !== all[i - 1])")
    assert seen == ["0.32", "0.31", "0.36"]


def test_the_accessibility_tree_shows_label_value_and_sentence(coin):
    page, cell = coin
    tree = page.context.new_cdp_session(page)
    tree.send("Accessibility.enable")

    def spoken(role):
        nodes = tree.send("Accessibility.getFullAXTree")["nodes"]
        shown = [node for node in nodes if node.get("role", {}).get("value") == role and not node["ignored"]]
        return [(node["name"]["value"], node.get("value", {}).get("value")) for node in shown]

    status = cell.get_by_role("status")
    expect(status).to_be_empty()
    cell.get_by_role("slider").press("ArrowRight")
    cell.get_by_role("slider").press("ArrowRight")
    sentence = "A coin with p(heads) = 0.32 has an entropy of 0.904 bits."
    expect(status).to_have_text(sentence)
    assert spoken("slider") == [("p(heads)", pytest.approx(0.32))]
    assert (sentence, None) in spoken("image")


def magnify(page, screen, ratio, width=SIZE["width"]):
    """Give the page so many pixels of the screen to one of its own: it is told if its width changes too."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": ratio, "mobile": False}
    screen.send("Emulation.setDeviceMetricsOverride", metrics)
    page.wait_for_function("ratio => devicePixelRatio === ratio", arg=ratio)


def sharp(page, image, ratio):
    """Wait until the picture has as many pixels as the screen shows."""
    page.wait_for_function(
        "([image, pixels]) => image.naturalWidth === pixels", arg=[image.element_handle(), 800 * ratio]
    )


def test_the_picture_is_fine_at_twice_the_pixels_and_follows_the_theme(coin):
    page, cell = coin
    image = cell.locator("img")
    assert image.evaluate("image => image.naturalWidth") == 800
    screen = page.context.new_cdp_session(page)
    for width, ratio in [(1200, 2), (1250, 1.5), (SIZE["width"], 1)]:
        magnify(page, screen, ratio, width)
        sharp(page, image, ratio)
    assert image.evaluate("image => getComputedStyle(image).filter") == "none"
    in_theme(page, "JupyterLab Dark")
    expect(image).to_have_css("filter", "invert(0.933) hue-rotate(180deg)")
    in_theme(page, "JupyterLab Light")
    expect(image).to_have_css("filter", "none")


def test_a_picture_out_of_the_page_asks_for_nothing_until_it_is_back(coin):
    page, cell = coin
    screen = page.context.new_cdp_session(page)
    picture = cell.locator(".lossviz-picture").element_handle()
    page.evaluate("picture => { window.place = picture.parentNode; picture.remove() }", picture)
    magnify(page, screen, 2, width=1200)
    run(page, "coin.ipynb", "assert coin.picture.ratio == 1, coin.picture.ratio")
    page.evaluate("picture => window.place.append(picture)", picture)
    sharp(page, cell.locator("img"), 2)
    magnify(page, screen, 1)
    sharp(page, cell.locator("img"), 1)


def test_axe_finds_nothing_in_our_area(coin):
    page, _ = coin
    for theme in THEMES:
        in_theme(page, theme)
        assert violations(page, ".lossviz") == []


def test_a_frame_that_cannot_be_decoded_is_not_shown(coin):
    page, cell = coin
    image = cell.locator("img")
    run(page, "coin.ipynb", "coin.picture.set_trait('frame', b'no picture'); coin.picture.sentence = 'torn'")
    expect(cell.locator(".lossviz-sentence")).to_have_text("torn")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    cell.get_by_role("slider").press("ArrowRight")
    expect(image).to_have_attribute("alt", re.compile(r"0\.31"))


def test_a_browser_that_cannot_make_base64_itself_shows_the_same(coin):
    page, cell = coin
    image = cell.locator("img")
    page.evaluate("window.own = Uint8Array.prototype.toBase64; delete Uint8Array.prototype.toBase64")
    cell.get_by_role("slider").press("ArrowRight")
    expect(image).to_have_attribute("alt", re.compile(r"0\.31"))
    page.evaluate("() => { Uint8Array.prototype.toBase64 = window.own }")
    run(page, "coin.ipynb", "import base64; sent = base64.b64encode(coin.picture.frame).decode()")
    run(page, "coin.ipynb", f"assert {image.get_attribute('src')!r} == 'data:image/png;base64,' + sent")


def test_the_classroom_is_large_and_narrow_pages_do_not_scroll_sideways(coin):
    page, cell = coin
    words, image = cell.locator(".lossviz-sentence"), cell.locator("img")
    run(page, "coin.ipynb", "classroom()")
    expect(words).to_have_css("font-size", "20px")
    page.wait_for_function("image => image.naturalWidth === 896", arg=image.element_handle())
    run(page, "coin.ipynb", "classroom(False)")
    page.wait_for_function("image => image.naturalWidth === 800", arg=image.element_handle())
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function("image => image.clientWidth < 550", arg=image.element_handle())
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")


def test_a_cell_that_is_run_again_leaves_one_explorer(coin):
    page, _ = coin
    run(page, "coin.ipynb", "from lossviz.explore import Explorer; made = coin; assert [*Explorer.living] == [coin]")
    run_all(page, "coin.ipynb")
    run(page, "coin.ipynb", "assert [*Explorer.living] == [coin] != [made]")


def test_the_options_of_one_explorer_are_not_those_of_another(several):
    _, output = several
    for source, option in [(SEVERAL[1], "nats"), (SEVERAL[2], "line"), (SEVERAL[2], "Huber")]:
        output(source).get_by_role("radio", name=option).check()
    for source, option in [(SEVERAL[1], "nats"), (SEVERAL[2], "line"), (SEVERAL[2], "Huber")]:
        expect(output(source).get_by_role("radio", name=option)).to_be_checked()


def test_the_page_does_not_answer_a_value_that_the_kernel_has_set(several):
    page, output = several
    slider = output(SEVERAL[2]).get_by_role("slider", name="delta")
    run(page, "several.ipynb", "told = []; fit.controls['delta'].set_state = told.append")
    run(page, "several.ipynb", "for tenths in range(1, 41): fit.put({'delta': tenths / 10})")
    expect(slider).to_have_attribute("aria-valuetext", "4.0")
    slider.press("Home")
    run(page, "several.ipynb", "assert told == [{'value': 0.1}], told")


def test_a_prediction_is_committed_and_its_gap_is_shown_and_spoken(learn):
    _, output = learn
    cell = output("questions.biased_coin")
    reply, guess = cell.get_by_role("status"), cell.get_by_role("spinbutton", name="Your guess")
    expect(guess).to_be_visible()
    expect(reply).to_be_empty()
    expect(cell.locator(".lossviz-truth")).to_have_count(0)
    guess.fill("0.9")
    guess.press("Enter")
    expect(reply).to_have_text(re.compile(r"You said 0\.9\. It is 0\.469 bits: your guess is 0\.431 too high\."))
    line = cell.locator(".lossviz-line")
    expect(line.locator(".lossviz-guess")).to_have_text(re.compile("0.9"))
    assert middle(line.locator(".lossviz-truth"))[0] < middle(line.locator(".lossviz-guess"))[0]


def test_the_answer_can_be_shown_and_an_empty_guess_is_not_taken(learn):
    _, output = learn
    cell = output("questions.biased_coin")
    cell.get_by_role("button", name="Commit").click()
    expect(cell.get_by_role("spinbutton")).to_be_focused()
    expect(cell.get_by_role("status")).to_be_empty()
    cell.get_by_role("button", name="Just show me").click()
    expect(cell.get_by_role("status")).to_have_text(re.compile(r"^It is 0\.469 bits\."))


def test_a_wrong_choice_is_explained_and_nothing_is_locked(learn):
    page, output = learn
    cell = output("questions.relabelled")
    group = cell.get_by_role("group", name=re.compile("lottery"))
    group.get_by_role("radio", name="It grows a hundredfold.").check()
    expect(cell.get_by_role("status")).to_have_text(re.compile("^Not so. That is how the standard deviation answers"))
    page.keyboard.press("ArrowDown")
    expect(cell.get_by_role("status")).to_have_text(re.compile(r"^Right\. .*\(Try 2\.\)$"))


def test_an_exercise_goes_from_not_started_to_wrong_to_right_by_typing(learn):
    page, output = learn
    expect(output(LEARN[3]).locator(".jp-OutputArea-output")).to_have_text(re.compile("^Not started"))
    editor = page.locator(".jp-Cell", has_text="my_bits").locator(".cm-content")
    for formula, reply in [("nats * np.log(2)", "^Wrong. A bit is the smaller unit"), ("nats / np.log(2)", "^Right")]:
        editor.get_by_text("return").click()
        page.keyboard.press("End")
        page.keyboard.press("Shift+Home")
        page.keyboard.type(f"return {formula}")
        page.keyboard.press("ControlOrMeta+Enter")
        expect(page.locator(".jp-Cell", has_text="my_bits").locator(".jp-OutputArea-output")).to_have_text(
            re.compile(reply)
        )
    line = output("progress()").locator(".jp-OutputArea-output")
    page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(line).to_have_text(re.compile(r"solved 1 of 1\."))


def test_axe_finds_nothing_in_a_question(learn):
    page, output = learn
    for source in LEARN[1:3]:
        expect(output(source).locator(".lossviz-question")).to_be_visible()
    output("questions.biased_coin").get_by_role("button", name="Just show me").click()
    for theme in THEMES:
        in_theme(page, theme)
        assert violations(page, ".lossviz-question") == []


def test_the_steps_play_by_themselves_and_their_buttons_have_names(several):
    page, output = several
    cell = output(SEVERAL[3])
    steps, start = cell.get_by_role("slider", name="step"), cell.get_by_role("button", name="back to the start")
    start.click()
    expect(steps).to_have_attribute("aria-valuetext", "0")
    words = cell.locator(".lossviz-sentence").inner_text()
    button = cell.get_by_role("button", name="play or pause")
    button.press("Enter")
    expect(steps).not_to_have_attribute("aria-valuetext", "0")
    button.press("Enter")
    expect(button.locator(".fa-play")).to_be_visible()
    expect(cell.locator(".lossviz-sentence")).not_to_have_text(words)
    assert violations(page, ".lossviz") == []


def test_the_steps_play_on_from_where_the_slider_stands_of_which_only_the_slider_tells_the_kernel(several):
    page, output = several
    cell = output(SEVERAL[3])
    slider, button = cell.get_by_role("slider", name="step"), cell.get_by_role("button", name="play or pause")
    run(page, "several.ipynb", "told = []; walked = steps.controls['step']; walked.player.set_state = told.append")
    for key in ("Home", "PageUp", "ArrowRight"):
        slider.press(key)
    expect(cell.locator(".lossviz-call")).to_contain_text("step=6")
    run(page, "several.ipynb", "assert not told, told")
    run(page, "several.ipynb", "seen = []; walked.observe(lambda change: seen.append(change.new), 'value')")
    button.press("Enter")
    expect(slider).not_to_have_attribute("aria-valuetext", "6")
    button.press("Enter")
    expect(button.locator(".fa-play")).to_be_visible()
    run(page, "several.ipynb", "assert seen[0] == 7, seen; told = []; walked.set_state = told.append")
    run(page, "several.ipynb", "steps.put({'step': 2})")
    expect(slider).to_have_attribute("aria-valuetext", "2")
    slider.press("Home")
    run(page, "several.ipynb", "assert told == [{'value': 0}], told")


def test_colours_in_the_dark_are_those_in_which_the_palette_is_tested(browser):
    page = browser.new_page()
    boxes = "".join(
        f'<i style="display: block; height: 9px; background: {c}; filter: {FILTER}"></i>' for c in COLOURS.values()
    )
    page.set_content(f'<body style="margin: 0">{boxes}')
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for i, one in enumerate(COLOURS.values()):
        assert seen.getpixel((4, 9 * i + 4)) == pytest.approx(255 * dark(one), abs=1)
    page.close()
