"""Pages without a kernel: what they hold is what the explorer shows, and they work in Chromium from disk."""

import base64
import io
import json
import math
import random
import re
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from matplotlib import rc_context
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from test_palette import FILTER

from lossviz import explorers, export
from lossviz.controls import slider
from lossviz.explore import explore
from lossviz.export import to_html
from tools import gallery
from tools.lab import CHROMIUM, chromium

NAMES = explorers.__all__


def half(residual):
    return np.abs(residual) / 2


EXPORTED = {
    "one": lambda: explorers.loss_of_a_number(mine=half),
    "two": explorers.huber_delta,
    "four": lambda: explorers.torch_cross_entropy(smoothing=0.2),
    "play": explorers.training_loop,
}


class Page:
    """A written page: its data, and the picture and the values of each of its settings."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.data = json.loads(re.search(r'id="data">(.*?)</script>', self.text)[1])

    def picture(self, key):
        picture = image(self.data["common"])
        patch = image(self.data["patches"][self.data["states"][key][0]])
        picture.paste(patch, mask=patch)
        return np.array(picture)

    def values(self, key):
        maker = SimpleNamespace(**dict.fromkeys(NAMES, dict))
        call = re.sub(r"mine=\w+", "", self.data["states"][key][2])
        return eval(call, {"explorers": maker})


def image(text):
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA")


def rounded(png):
    """The picture of an explorer as a page shows it: each colour by its 5 leading bits."""
    pixels = np.array(Image.open(io.BytesIO(png)).convert("RGBA"))
    return (pixels & 0xF8) + (pixels >> 5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pages on disk."""
    folder = tmp_path_factory.mktemp("pages")
    for name, make in EXPORTED.items():
        to_html(make(), folder / f"{name}.html")
    return folder


@pytest.fixture(params=EXPORTED)
def exported(request, folder):
    """An explorer and its page."""
    return EXPORTED[request.param](), Page(folder / f"{request.param}.html")


def test_every_picture_and_sentence_is_that_of_the_explorer(exported):
    explorer, page = exported
    states = page.data["states"]
    for key in random.Random(0).sample(sorted(states), 8):
        explorer.put(page.values(key))
        _, sentence, call, grips = states[key]
        assert (sentence, call) == (explorer.sentence, explorer.call)
        assert np.array_equal(page.picture(key), rounded(explorer.picture.frame)), call
        assert grips == [pytest.approx(grip[:4], abs=1e-4) for grip in explorer.picture.grips]
        for words, place, value in zip(page.data["words"], key.split(","), explorer.values.values(), strict=True):
            said = words[int(place)].replace("∞", "inf").replace("−", "-")
            assert said == value if isinstance(value, str) else float(said.split()[0]) == value


def test_a_page_opens_at_the_present_setting_with_all_values(exported):
    explorer, page = exported
    words, states = page.data["words"], page.data["states"]
    start = ",".join(map(str, page.data["start"]))
    assert states[start][1:3] == [explorer.sentence, explorer.call]
    together = len(words) <= 2
    assert len(states) == (math.prod(map(len, words)) if together else 1 + sum(len(each) - 1 for each in words))
    assert ("One control at a time" in page.text) == (not together)


def test_a_page_names_no_address_and_its_colours_are_close():
    path_free = "".join(export.text(name) for name in ("export.html", "export.css", "export.js", "picture.css"))
    assert not re.search(r"https?:", path_free)
    every = np.arange(256, dtype=np.uint8).reshape(8, 8, 4)
    difference = export._rounded(every).view(np.uint8).astype(int) - every.ravel().reshape(8, 32)
    assert np.abs(difference).max() <= 7


def test_a_page_is_dark_as_the_picture_in_jupyterlab_is():
    assert f"img, canvas {{ filter: {FILTER}; }}" in export.text("export.css")


def wide(fig):
    """A drawing over two sliders."""
    ax = fig.subplots()
    ax.set(xlim=(0, 1), ylim=(-1, 1))
    (dot,) = ax.plot([], [], "o")

    def update(x, y):
        dot.set_data([x], [y])
        return f"The dot stands at {x}, {y} </script> & now."

    return update


def test_sliders_that_do_not_fit_keep_their_ends_the_present_value_and_round_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "LIMIT", 150_000)
    explorer = explore(wide, x=slider("x", 0, 1, start=0.37, step=0.01), y=slider("y", -1, 1, start=0.2, step=0.05))
    to_html(explorer, tmp_path / "page.html")
    page = Page(tmp_path / "page.html")
    assert 100_000 < page.path.stat().st_size <= 150_000
    x, y = page.data["words"]
    assert len(x) < 101
    assert len(y) < 41
    assert {"0.00", "0.37", "0.50", "1.00"} <= set(x)
    assert {"−1.00", "0.00", "0.20", "1.00"} <= set(y)
    assert (
        page.data["states"][f"{x.index('0.50')},{y.index('−1.00')}"][1]
        == "The dot stands at 0.5, −1.0 </script> & now."
    )


def written_anew(fig):
    """A drawing that makes its words anew for each setting."""
    ax = fig.subplots()

    def update(x):
        for text in [*ax.texts]:
            text.remove()
        ax.text(0.3, 0.5, f"here: {x}")
        return f"It is {x}."

    return update


def test_a_page_looks_as_ours_do_whatever_is_set_in_the_notebook(tmp_path):
    explorer = explore(written_anew, x=slider("x", 0, 1, start=1))
    with rc_context({"text.color": "white"}):
        to_html(explorer, tmp_path / "page.html")
    assert np.array_equal(Page(tmp_path / "page.html").picture("1"), rounded(explorer.picture.frame))


def test_the_explorer_is_left_alone(tmp_path):
    explorer = explore(wide, x=slider("x", 0, 3, start=1), y=slider("y", -1, 1, start=0))
    explorer.picture.ratio = 2
    before, frame, moves = (explorer.values, explorer.screen), explorer.screen.pixels().copy(), []
    explorer.picture.observe(moves.append)
    for control in explorer.controls.values():
        control.observe(moves.append)
    to_html(explorer, tmp_path / "page.html")
    assert (explorer.values, explorer.screen) == before
    assert np.array_equal(explorer.screen.pixels(), frame)
    assert moves == []
    assert Page(tmp_path / "page.html").picture("0,0").shape == (380, 800, 4), "whatever screen the notebook is on"


@pytest.mark.parametrize(
    ("explorer", "words"),
    [
        (lambda: explorers.training_loop, "make one, as in explorers.coin_entropy()"),
        (
            lambda: explore(wide, x=widgets.Checkbox(), y=slider("y", -1, 1, start=0)),
            "x: a Checkbox cannot be exported",
        ),
    ],
)
def test_what_cannot_be_exported_is_told(explorer, words, tmp_path):
    with pytest.raises(TypeError, match=re.escape(words)):
        to_html(explorer(), tmp_path / "page.html")


def test_pictures_too_large_for_a_page_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "LIMIT", 10_000)
    monkeypatch.setattr(export, "SAMPLE", 2)
    with pytest.raises(ValueError, match="too large for a page of 10000 bytes"):
        to_html(explorers.training_loop(), tmp_path / "page.html")


@pytest.mark.parametrize("name", NAMES)
def test_every_explorer_has_a_page(name, tmp_path, monkeypatch):
    """With all values of its controls, and to be quick with the pictures of two settings alone."""

    def two(film, stops):
        first, *others = film.start
        return [film.start, (next(value for value in reversed(stops[0]) if value != first), *others)]

    monkeypatch.setattr(export._Film, "settings", two)
    explorer = getattr(explorers, name)()
    to_html(explorer, tmp_path / "page.html")
    page = Page(tmp_path / "page.html")
    states = page.data["states"]
    assert len(states) == 2
    for key, (_, sentence, call, _) in states.items():
        explorer.put(page.values(key))
        assert (sentence, call) == (explorer.sentence, explorer.call)
        assert np.array_equal(page.picture(key), rounded(explorer.picture.frame)), call
    for words, control in zip(page.data["words"], explorer.controls.values(), strict=True):
        every = len(control.options) if hasattr(control, "options") else (control.max - control.min) / control.step + 1
        assert len(words) == pytest.approx(every)


def test_the_gallery_shows_every_explorer_once_under_its_lesson():
    told = list(gallery.lessons())
    assert sorted(name for *_, names in told for name in names) == NAMES
    assert {file: names for file, _, names in told}["01_entropy.html"][0] == "surprise"
    page = gallery.index({name: f"[{name}]" for name in NAMES})
    assert re.findall(r"\[(\w+)\]", page) == [name for *_, names in told for name in names]
    for file, title, _ in told:
        assert (gallery.ROOT / "notebooks" / file).with_suffix(".ipynb").exists()
        assert f'<a href="../html/{file}">{file[:2]} {title}</a>' in page


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium found: install chromium to open the pages in it")
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright, chromium(playwright, profile, has_touch=True) as context:
        yield context


@pytest.fixture
def opened(browser, folder):
    """How to open a page from disk. Nothing may go wrong on it, and it may ask for nothing."""
    page = browser.new_page()
    problems = []
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: re.match("file:|data:", sent.url) or problems.append(f"asks for {sent.url}"))

    def open_page(name):
        page.goto((folder / f"{name}.html").as_uri())
        shows(page, Page(folder / f"{name}.html"))
        return page, Page(folder / f"{name}.html")

    yield open_page
    page.close()
    assert problems == []


def until(page, condition, argument=None):
    """Wait until a function in JavaScript says yes. Playwright asks a second time by `eval`, which the page forbids."""
    page.evaluate(
        f"""async argument => {{
            const late = performance.now() + 10000
            while (!({condition})(argument)) {{
                if (performance.now() > late) throw new Error("not within 10 s")
                await new Promise(requestAnimationFrame)
            }}
        }}""",
        argument,
    )


def shows(page, written):
    """The page comes to show one of its settings: the sentence, and with it its own picture. Returns its values."""
    until(page, "() => document.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1).data[3]")
    sentence = page.locator(".lossviz-sentence").inner_text()
    call = page.locator(".lossviz-call").inner_text()
    (key,) = (key for key, (_, *said, _) in written.data["states"].items() if said == [sentence, call])
    assert page.locator("img").get_attribute("alt") == sentence
    seen = page.evaluate("document.querySelector('canvas').toDataURL()").partition(",")[2]
    assert np.array_equal(np.array(image(seen)), written.picture(key)), call
    return written.values(key)


def call(page, text):
    expect(page.locator(".lossviz-call")).to_contain_text(text)


def test_by_keyboard(opened):
    page, written = opened("two")
    slider, status = page.get_by_role("slider", name="delta"), page.locator("[role=status]")
    expect(slider).to_have_attribute("aria-valuetext", "2")
    expect(status).to_be_empty()
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "∞")
    call(page, "delta=float('inf')")
    assert shows(page, written)["delta"] == math.inf
    expect(status).to_have_text(page.locator(".lossviz-sentence").inner_text())
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="data").get_by_role("radio", checked=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    call(page, written.data["words"][1][1])
    assert shows(page, written)["delta"] == math.inf
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    call(page, "delta=2, data='five values'")
    expect(slider).to_have_attribute("aria-valuetext", "2")
    assert shows(page, written) == {"delta": 2, "data": "five values"}


def test_where_not_all_has_been_drawn_one_control_moves_at_a_time(opened):
    page, written = opened("four")
    start = shows(page, written)
    page.get_by_role("slider", name="ignored samples").press("ArrowRight")
    call(page, "ignored=1")
    assert shows(page, written) == start | {"ignored": 1}
    page.get_by_role("radio", name="sum").check()
    call(page, "reduction='sum'")
    assert shows(page, written) == start | {"reduction": "sum"}
    expect(page.get_by_role("slider", name="ignored samples")).to_have_attribute("aria-valuetext", "0")


def test_by_touch(opened):
    page, written = opened("two")
    slider = page.get_by_role("slider", name="delta")
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + 4, box["y"] + box["height"] / 2)
    call(page, f"delta={float(written.data['words'][0][0]):g}")
    page.get_by_text(written.data["words"][1][2]).tap()
    call(page, written.data["words"][1][2])
    shows(page, written)
    page.get_by_role("button", name="Reset").tap()
    call(page, "delta=2, data='five values'")


def test_what_can_be_dragged_is_dragged_by_touch_and_mouse(browser, opened):
    page, written = opened("one")
    box, frame = page.locator(".lossviz-grip").bounding_box(), page.locator("canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = browser.new_cdp_session(page)
    for kind, along in [("touchStart", 0), ("touchMove", 0.05), ("touchMove", 0.1), ("touchEnd", None)]:
        points = [] if along is None else [{"x": x + along * frame["width"], "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    grip = page.locator(".lossviz-grip")
    until(
        page,
        "([grip, x, near]) => Math.abs(grip.getBoundingClientRect().x - x) < near",
        [grip.element_handle(), box["x"] + frame["width"] / 10, frame["width"] / 100],
    )
    landed = grip.bounding_box()
    assert shows(page, written)["guess"] > 2.4
    page.mouse.move(landed["x"] + landed["width"] / 2, landed["y"] + landed["height"] / 2)
    page.mouse.down()
    page.mouse.move(2 * frame["width"], 0)
    page.mouse.up()
    call(page, "guess=6.0, mine=half")
    page.mouse.move(0, 0)
    assert shows(page, written)["guess"] == 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened, folder, scheme):
    card = gallery.CARD.substitute(name="two", sentence="A sentence.", question="A question?")
    (folder / "index.html").write_text(gallery.index(dict.fromkeys(NAMES, card)), encoding="utf-8")
    (folder / "two.png").write_bytes(explorers.huber_delta().picture.frame)
    page, _ = opened("four")
    page.emulate_media(color_scheme=scheme)
    for name in ("four", "two", "play", "index"):
        page.goto((folder / f"{name}.html").as_uri())
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
        for width in (600, 375):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
            stretched = "i => Math.abs(i.clientWidth / i.clientHeight - i.naturalWidth / i.naturalHeight) > 0.05"
            assert not page.evaluate(f"[...document.images].some({stretched})"), (name, width)


def test_steps_are_played_and_stopped(opened):
    """Comes last: it stops the clock of all pages of this browser."""
    page, written = opened("play")
    slider, last = page.get_by_role("slider", name="stage"), len(written.data["words"][0])
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    slider.press("End")
    page.get_by_role("button", name="Play").click()
    call(page, "stage=1)")
    page.clock.run_for(2 * written.data["pace"])
    call(page, "stage=3)")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(2 * written.data["pace"])
    assert slider.get_attribute("aria-valuetext") == "3"
    assert shows(page, written) == {"stage": 3}
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(last * written.data["pace"])
    call(page, f"stage={last})")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
