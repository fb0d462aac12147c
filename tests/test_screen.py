"""A frame is what Matplotlib would draw in full, whatever has changed since the last one."""

import gc
import io
from importlib.util import find_spec

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from PIL import Image
from test_explorers import full_draw

from lossviz import png
from lossviz.screen import IN_USE, Screen, styled


@pytest.fixture
def figure():
    with styled():
        figure = Figure(layout="none")
        left, right = figure.subplots(1, 2, width_ratios=[2, 1])
        left.plot([0, 1], [0, 1])
        left.plot([0.5], [0.5], "o")
        left.plot([0.3], [0.1], "s", zorder=0.1)
        left.set_title("before")
        left.legend(["a line", "a dot"])
        left.imshow([[0, 1], [2, 3]], extent=(0, 0.2, 0, 0.2), aspect="auto")
        left.set(xlim=(0, 1), ylim=(0, 1), xlabel="before")
        right.bar([1, 2], [0.2, 0.8], zorder=1)
        right.plot([0, 3], [0.5, 0.5], zorder=2)
        right.text(1.2, 0.6, "inside", clip_on=True)
        figure.text(0.5, 0.5, "here")
        return figure


def seen(figure):
    """A screen that has shown its first frame, of which it keeps nothing."""
    screen = Screen(figure)
    screen.png()
    return screen


def move_dot(figure):
    figure.axes[0].lines[1].set_data([0.1], [0.9])


CHANGES = {
    "a dot": move_dot,
    "a title": lambda f: f.axes[0].set_title("after"),
    "a bar under a line": lambda f: f.axes[1].patches[0].set_height(0.7),
    "a text of the figure": lambda f: f.texts[0].set_text("there"),
    "a text clipped away": lambda f: f.axes[1].texts[0].set_position((9, 9)),
    "the limits": lambda f: f.axes[0].set_xlim(0, 2),
    "a new artist": lambda f: f.axes[0].plot([0, 1], [1, 0]),
    "an artist gone": lambda f: f.axes[1].lines[0].remove(),
    "the layers": lambda f: f.axes[1].lines[0].set_zorder(0.5),
    "the layer of a dot": lambda f: f.axes[0].lines[1].set_zorder(0.1),
    "a place": lambda f: f.axes[1].set_position([0.7, 0.2, 0.2, 0.3]),
    "axes over axes": lambda f: f.axes[1].set_position([0.3, 0.2, 0.6, 0.6]),
    "a background": lambda f: f.axes[0].set_facecolor("yellow"),
    "a label": lambda f: f.axes[0].set_xlabel("x"),
    "a tick's text": lambda f: f.axes[0].set_xticks([0, 1], ["zero", "one"]),
    "a legend's text": lambda f: f.axes[0].get_legend().get_texts()[0].set_text("the line"),
    "a picture": lambda f: f.axes[0].images[0].set_data([[3, 2], [1, 0]]),
    "what is seen": lambda f: f.axes[0].lines[0].set_visible(False),
    "the grid": lambda f: f.axes[1].grid(False),
    "nothing": lambda f: None,
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("moved_before", [(), (1,), (1, 2)], ids=["nothing", "a dot", "a mark under the axis"])
def test_after_any_change_a_frame_equals_a_full_draw(figure, name, moved_before):
    screen = seen(figure)
    for i in moved_before:
        figure.axes[0].lines[i].set_data([0.8], [0.2 * i])
    before = screen.pixels().copy()  # from here on it keeps a background
    CHANGES[name](figure)
    after = screen.pixels().copy()
    assert np.array_equal(after, full_draw(figure))
    assert np.array_equal(screen.pixels(), after)
    assert np.array_equal(after, before) == (name == "nothing")


def test_only_what_has_not_moved_before_draws_the_background_anew(figure, monkeypatch):
    screen = seen(figure)
    draws, draw = [], screen._draw_background
    monkeypatch.setattr(screen, "_draw_background", lambda: draws.append(1) or draw())
    dot, line, bar = figure.axes[0].lines[1], figure.axes[0].lines[0], figure.axes[1].patches[0]
    moves = [
        (lambda: dot.set_data([0.3], [0.2]), 1),
        (lambda: dot.set_data([0.4], [0.2]), 1),
        (lambda: line.set_color("red"), 2),
        (lambda: bar.set_height(0.5), 3),
        (lambda: dot.set_data([0.5], [0.2]), 3),
        (lambda: bar.set_height(0.6), 3),
        (lambda: line.set_color("blue"), 3),
    ]
    for move, so_far in moves:
        move()
        screen.pixels()
        assert len(draws) == so_far


def screen_of(size):
    figure = Figure(size)
    figure.subplots().plot([0, 1], [0, 1])
    return seen(figure)


def test_only_the_screens_moved_last_keep_pixels_and_all_are_drawn_in_one_place():
    def places():
        gc.collect()
        return sum(issubclass(type(thing), RendererAgg) for thing in gc.get_objects())

    def keeping():
        return [screen for screen in screens if screen._background is not None or screen._encoder._bands]

    before, screens = places(), [screen_of((4, 3)) for _ in range(IN_USE + 3)]
    assert keeping() == []
    for screen in screens:
        screen.png()
    assert keeping() == screens[-IN_USE:]
    assert places() <= before + 1


def test_screens_in_turn_show_what_each_would_alone():
    screens = [screen_of(size) for size in [(4, 3), (4, 3), (3, 4), (5, 2)]]
    for height in (0.9, 0.2, 0.2):
        for screen in screens:
            screen.figure.axes[0].lines[0].set_data([0, 1], [1, height])
            assert np.array_equal(screen.pixels(), full_draw(screen.figure))


def test_an_annotation_that_points_elsewhere_has_moved(figure):
    pointing = figure.axes[1].annotate("there", (1.5, 0.5), xytext=(5, 5), textcoords="offset points", zorder=9)
    screen = Screen(figure)
    for place in (0.2, 0.6, 0.6, 0.3):
        figure.axes[1].lines[0].set_data([0, 3], [0.9, place])
        pointing.xy = (1.5, place)
        assert np.array_equal(screen.pixels(), full_draw(figure))


def test_what_stands_behind_words_follows_them():
    figure = Figure()
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    words = ax.text(0.1, 0.5, "words", zorder=9)
    ax.annotate("7", (1, 0), xycoords=words, xytext=(40, 0), textcoords="offset points", zorder=9)
    (dot,) = ax.plot([0], [0], "o")
    screen = Screen(figure)
    for place in (0.2, 0.4, 0.6):
        dot.set_data([0], [place])
        screen.pixels()
    words.set_text("longer words")
    assert np.array_equal(screen.pixels(), full_draw(figure))


def counted(artist, monkeypatch):
    """The draws of an artist from now on, as a list that grows."""
    draws = []
    monkeypatch.setattr(artist, "draw", lambda renderer: (draws.append(1), type(artist).draw(artist, renderer)))
    return draws


def test_words_that_have_not_changed_are_not_drawn_again(figure, monkeypatch):
    words = figure.axes[0].text(0.6, 0.3, "words on a plate", bbox={"facecolor": "white"}, zorder=9)
    screen, draws = seen(figure), counted(words, monkeypatch)
    heights = (0.9, 0.8, 0.7, 0.28, 0.6, 0.5)
    for height in heights:
        figure.axes[0].lines[1].set_data([0.65], [height])
        assert np.array_equal(screen.pixels(), full_draw(figure))
    once, dot_comes_and_goes, by_the_full_draws = 1, 2, len(heights)
    assert len(draws) == once + dot_comes_and_goes + by_the_full_draws


@pytest.fixture
def busy(figure):
    """A hatched bar, words on a plate, and a note, all over a dot that moves."""
    left = figure.axes[0]
    bar = left.bar([0.8], [0.5], width=0.1, hatch="//", edgecolor="white", zorder=9)[0]
    words = left.text(0.3, 0.3, "words on a plate", bbox={"facecolor": "white"}, zorder=9)
    note = left.annotate("here", (0.5, 0.8), xytext=(5, 5), textcoords="offset points", zorder=9)
    return bar, words, note


def test_what_is_told_what_it_already_is_is_not_drawn_again(figure, busy, monkeypatch):
    bar, words, note = busy
    screen, draws = seen(figure), [counted(artist, monkeypatch) for artist in busy]
    for place in range(5):
        figure.axes[0].lines[1].set_data([0.1], [place / 10])
        bar.set(height=0.5, facecolor="blue")
        words.set(text="words on a plate", position=(0.3, 0.3), color="black")
        note.set(text="here", position=(5, 5))
        note.xy = (0.5, 0.8)
        screen.pixels()
    assert [len(each) for each in draws] == [1, 1, 1]


LOOKS = {
    "height": lambda bar, words, note: bar.set_height(0.6),
    "hatch": lambda bar, words, note: bar.set_hatch("x"),
    "colour of the hatch": lambda bar, words, note: bar.set_edgecolor(np.array([1, 0, 0, 1])),
    "words": lambda bar, words, note: words.set_text("other words"),
    "size": lambda bar, words, note: words.set_fontsize(14),
    "weight": lambda bar, words, note: words.set_weight("bold"),
    "plate": lambda bar, words, note: words.set_backgroundcolor("yellow"),
    "edge of the plate": lambda bar, words, note: words.get_bbox_patch().set_edgecolor("red"),
    "place": lambda bar, words, note: setattr(note, "xy", (0.4, 0.7)),
    "offset": lambda bar, words, note: note.set_position((0, 0)),
    "not seen": lambda bar, words, note: note.set_visible(False),
}


@pytest.mark.parametrize("look", LOOKS)
def test_whatever_changes_in_words_and_hatching_is_drawn(figure, busy, look):
    screen = Screen(figure)
    for place in range(3):
        figure.axes[0].lines[1].set_data([0.1], [place / 10])
        before = screen.pixels().copy()
    for _ in range(3):
        LOOKS[look](*busy)
        after = screen.pixels().copy()
        assert not np.array_equal(after, before)
        assert np.array_equal(after, full_draw(figure))


def test_what_axes_without_their_axis_do_not_draw_stays_away(figure):
    figure.axes[0].axis("off")
    screen = Screen(figure)
    for place in (0.8, 0.3):
        figure.axes[0].lines[2].set_data([place], [0.2])
        assert np.array_equal(screen.pixels(), full_draw(figure))


def test_what_axes_without_their_frame_do_not_draw_stays_away(figure):
    figure.axes[1].set_frame_on(False)
    screen = Screen(figure)
    for height in (0.8, 0.3):
        figure.axes[1].patches[0].set_height(height)
        assert np.array_equal(screen.pixels(), full_draw(figure))


def test_what_moves_in_a_part_of_a_figure_is_seen():
    with styled():
        figure = Figure()
        left, right = figure.subfigures(1, 2)
        (line,) = left.subplots().plot([0, 1], [0, 1])
        right.subplots().plot([0, 1], [1, 0])
    screen = Screen(figure)
    for end in (0.8, 0.3, 0.5):
        line.set_data([0, 1], [0, end])
        assert np.array_equal(screen.pixels(), full_draw(figure))


@pytest.mark.parametrize("library", ["isal.isal_zlib", "zlib"])
def test_a_frame_is_an_opaque_png_of_the_pixels(figure, library, monkeypatch):
    monkeypatch.setattr("lossviz.png.zlib", pytest.importorskip(library, exc_type=ModuleNotFoundError))
    screen = Screen(figure)
    for place in (0.1, 0.1, 0.8, 0.4):
        figure.axes[0].lines[1].set_data([0.1], [place])
        with Image.open(io.BytesIO(screen.png())) as image:
            assert (image.format, image.mode) == ("PNG", "RGBA")
            assert image.getchannel("A").getextrema() == (255, 255)
            assert np.array_equal(image, screen.pixels())


@pytest.mark.parametrize(("name", "theirs"), [("backend", "svg"), ("interactive", True), ("toolbar", "None")])
def test_how_figures_are_shown_elsewhere_is_left_alone(name, theirs):
    with rc_context({name: theirs}), styled():
        assert rcParams[name] == theirs


def test_frames_are_compressed_by_the_faster_library_where_there_is_one():
    assert png.zlib.__name__ == ("isal.isal_zlib" if find_spec("isal") else "zlib")
