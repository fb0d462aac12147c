"""Every explorer, over every state of every control."""

import inspect
import itertools
import random

import numpy as np
import pytest
from artists import shown
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.contour import ContourSet
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from test_ahead import assert_the_next_step_is_drawn_ahead

from benchmarks.every_explorer import kernel_side
from lossviz import explorers
from lossviz.explore import Explorer, grips, handles
from lossviz.screen import CLASSROOM, Screen, _points, styled
from lossviz.words import Renderer, _word
from tools.walk import states, walk, words

ARROWS = "^v<>"
TOUCH = 3  # pixels by which the boxes of words may overlap: they hold more than the ink
LEARNERS = {  # what a notebook may have set of Matplotlib
    "font.sans-serif": ["DejaVu Serif"],
    "font.size": 30,
    "axes.facecolor": "black",
    "axes.unicode_minus": False,
    "hatch.color": "red",
    "lines.antialiased": False,
    "path.snap": False,
}


@pytest.fixture(params=explorers.__all__)
def explorer(request):
    random.seed(request.param)
    return getattr(explorers, request.param)()


class Reference(FigureCanvasAgg):
    """Matplotlib's canvas, on a new sheet and with no word known, but with words where ours are: on whole pixels."""

    def get_renderer(self):
        _word.cache_clear()
        return Renderer(*self.figure.bbox.size, self.figure.dpi)


def full_draw(figure):
    """The figure drawn from nothing by Matplotlib, as pixels."""
    animated = [artist for artist in figure.findobj() if artist.get_animated()]
    canvas = figure.canvas
    for artist in animated:
        artist.set_animated(False)
    reference = Reference(figure)
    with styled():
        reference.draw()
    for artist in animated:
        artist.set_animated(True)
    figure.set_canvas(canvas)
    return np.array(reference.renderer.buffer_rgba())


def test_every_explorer_is_tested():
    public = [name for name, f in vars(explorers).items() if inspect.isfunction(f) and not name.startswith("_")]
    own = {name for name in public if inspect.unwrap(getattr(explorers, name)).__module__ == explorers.__name__}
    assert own == set(explorers.__all__)


def places(explorer):
    """Each handle that is seen, and in its data coordinates the middle of its grip, by which the page moves it."""
    update, screen = explorer._update, explorer.screen
    for handle, (left, top, width, height, _) in zip(handles(update), grips(update, screen), strict=True):
        if width:
            yield handle, screen.place(handle.artist, left + width / 2, top + height / 2)


def assert_a_drag_to_where_a_handle_is_moves_nothing(explorer):
    """So the handles stand where the controls say."""
    values = explorer.values
    for i, (handle, place) in enumerate(list(places(explorer))):
        told = zip((handle.x, handle.y), handle.to(*place), strict=True)
        moved = {name: type(values[name])(round(value, 12)) for name, value in told if name}
        explorer._update(**values | moved)
        _, where = list(places(explorer))[i]
        assert where == pytest.approx(place, abs=1e-9), explorer.call


def notes_of(figure):
    """What is written inside axes, each with its box."""
    notes = [text for ax in figure.axes for text in ax.texts if text.get_visible() and text.get_text().strip()]
    with styled():
        return {text: text.get_window_extent() for text in notes}


def cut_off(boxes, figure):
    """The words whose boxes do not lie wholly in the picture."""
    return [text for text, box in boxes.items() if min(*box.min, *(figure.bbox.size - box.max)) < -1]


def points_of(figure):
    """What is drawn at a single place, arrows among it, each with its box."""
    lines = [line for ax in figure.axes for line in ax.lines if line.get_visible() and len(line.get_xydata()) == 1]
    return {line: line.get_window_extent() for line in lines if np.isfinite(line.get_xydata()).all()}


def points_on_a_legend(figure):
    boxes = [legend.get_window_extent() for ax in figure.axes if (legend := ax.get_legend())]
    return [line for line, box in points_of(figure).items() if any(box.overlaps(its) for its in boxes)]


def on_one_another(boxes):
    """Pairs whose boxes have more in common than their edges."""
    pairs = itertools.combinations(boxes.items(), 2)
    common = [(one, other, Bbox.intersection(box, its)) for (one, box), (other, its) in pairs]
    return [(one, other) for one, other, box in common if box is not None and min(box.size) >= TOUCH]


def pixels_off(place, curve):
    """The distance of a place from a curve of straight pieces."""
    start, way = curve[:-1], np.diff(curve, axis=0)
    share = np.sum((place - start) * way, axis=1) / np.maximum(np.sum(way**2, axis=1), 1e-9)
    return np.hypot(*(start + np.clip(share, 0, 1)[:, np.newaxis] * way - place).T).min()


def assert_a_dot_that_is_dragged_along_a_curve_lies_on_it(explorer):
    """Unless it is an arrow, in the place of what lies beyond."""
    for handle, place in places(explorer):
        dot, ax = handle.artist, handle.artist.axes
        lines = [line.get_xydata() for line in ax.lines if line.get_visible()]
        lines = [line[np.isfinite(line).all(axis=1)] for line in lines]
        curves = [ax.transData.transform(line) for line in lines if len(line) >= 20]
        if handle.y is None and len(_points(dot)) == 1 and curves and dot.get_marker() not in ARROWS:
            assert min(pixels_off(ax.transData.transform(place), curve) for curve in curves) < 2, explorer.call


def test_at_every_setting_the_sentence_speaks_and_the_frame_is_a_full_draw_and_nothing_else_changes(explorer):
    figure = explorer.screen.figure

    def limits():
        return [(ax.get_xlim(), ax.get_ylim(), ax.get_position().bounds) for ax in figure.axes]

    artists, before, full = len(figure.findobj()), limits(), {}
    for name, state in walk(explorer, random_points=3):
        assert explorer.sentence.endswith("."), explorer.sentence
        assert not {"nan", "inf", "-inf", "none", "−0.000"} & set(words(explorer.sentence)), (
            name,
            state,
            explorer.sentence,
        )
        assert limits() == before, (name, state)
        assert cut_off(notes_of(figure), figure) == [], (name, state)
        assert points_on_a_legend(figure) == [], (name, state)
        setting = tuple(explorer.values.values())
        if setting not in full:
            full[setting] = full_draw(figure)
        assert np.array_equal(shown(explorer), full[setting]), (name, state)
        assert_a_drag_to_where_a_handle_is_moves_nothing(explorer)
        assert_a_dot_that_is_dragged_along_a_curve_lies_on_it(explorer)
    assert_the_next_step_is_drawn_ahead(explorer)
    assert len(figure.findobj()) == artists


@pytest.mark.parametrize("name", explorers.__all__)
def test_a_move_is_at_least_four_times_cheaper_than_a_full_draw(name):
    """In the median of three rounds, which is settled once two of them agree."""
    times = []
    for ratio in itertools.islice(kernel_side(name, ratio=1), 3):
        times.append(1 / ratio)
        if sum(time > 4 for time in times) == 2:
            return
    pytest.fail(f"only {np.round(times, 1)} times")


def test_the_picture_is_a_function_of_the_setting_alone_and_reset_brings_the_start_back(explorer):
    """The call under it, run afresh, gives the same picture and sentence, whatever was set before or in Matplotlib."""
    values, frame = explorer.values, shown(explorer)
    for moved_under, made_under in (({}, LEARNERS), (LEARNERS, {})):
        with rc_context(moved_under):
            for control in explorer.controls.values():
                control.set_state(random.choice(states(control, random_points=3)))
        with rc_context(made_under):
            anew = eval(explorer.call, {"explorers": explorers})
        assert anew.sentence == explorer.sentence, explorer.call
        assert np.array_equal(shown(anew), shown(explorer)), explorer.call
        anew.close()
    for control in explorer.controls.values():
        control.set_state({"index": 1} if hasattr(control, "options") else {"value": control.max})
    assert explorer.values != values
    explorer.reset()
    assert explorer.values == values
    assert np.array_equal(shown(explorer), frame)


def standing_alone(boxes):
    """Without the words that others follow on their line."""
    return {text: box for text, box in boxes.items() if not text.get_text().endswith(" ")}


def words_of(figure, monkeypatch):
    """All words that are drawn, each with its box."""
    drawn, draw = [], Text.draw
    with monkeypatch.context() as patch, styled():
        patch.setattr(Text, "draw", lambda text, renderer: drawn.append(text) or draw(text, renderer))
        figure.draw_without_rendering()
        return {text: text.get_window_extent() for text in drawn if text.get_text().strip()}


@pytest.mark.parametrize("name", explorers.__all__)
def test_in_the_classroom_no_words_are_cut_off_or_lie_on_others(name, monkeypatch):
    """Nor elsewhere, where there is more room."""
    monkeypatch.setattr(Explorer, "sheet", CLASSROOM)
    monkeypatch.setattr(Screen, "png", lambda self: b"")  # the boxes are enough
    make = getattr(explorers, name)
    for mine in [{}, {"mine": lambda *given: np.exp(given[-1])}][: 1 + ("mine" in inspect.signature(make).parameters)]:
        figure = make(**mine).screen.figure
        boxes = words_of(figure, monkeypatch)
        assert cut_off(boxes, figure) == []
        assert on_one_another(standing_alone(boxes)) == []


@pytest.mark.parametrize("name", explorers.__all__)
def test_in_the_classroom_no_note_lies_on_another_or_on_a_point_at_any_setting(name, monkeypatch):
    """Nor elsewhere. A point may lie on the number of a contour, which it wanders across."""
    random.seed(name)
    monkeypatch.setattr(Explorer, "sheet", CLASSROOM)
    monkeypatch.setattr(Screen, "png", lambda self: random.randbytes(8))  # the boxes are enough
    explorer = getattr(explorers, name)()
    figure = explorer.screen.figure
    maps = {contours.axes for contours in figure.findobj(ContourSet)}
    for _ in walk(explorer, random_points=10):
        notes, points = standing_alone(notes_of(figure)), points_of(figure)
        off_maps = {t: box for t, box in notes.items() if t.axes not in maps or not t.get_text()[0].isdigit()}
        assert on_one_another(notes) == [], explorer.call
        covered = [pair for pair in on_one_another(off_maps | points) if not set(pair) <= points.keys()]
        assert covered == [], explorer.call


@pytest.mark.parametrize("name", explorers.__all__)
def test_at_most_four_controls_which_are_the_arguments_and_a_question_first(name, monkeypatch):
    monkeypatch.setattr(Explorer, "stage", lambda self: None)  # nothing is drawn
    make = getattr(explorers, name)
    explorer = make()
    assert 1 <= len(explorer.controls) <= 4
    assert [name for name in inspect.signature(make).parameters if name != "mine"] == list(explorer.controls)
    assert "?" in inspect.getdoc(make).splitlines()[0]


def test_a_coin_is_most_uncertain_when_fair():
    dot_heights = [explorers.coin_entropy(p=p).screen.figure.axes[0].lines[3].get_ydata()[0] for p in (0.1, 0.5, 0.8)]
    assert dot_heights[1] == 1 > dot_heights[2] > dot_heights[0]


def test_no_code_is_shorter_than_the_entropy():
    explorer = explorers.code_lengths()
    for _ in walk(explorer, random_points=10):
        area, floor = explorer.screen.figure.axes[1].patches[0], explorer.screen.figure.axes[1].lines[0]
        assert area.get_height() >= floor.get_ydata()[0] - 1e-12


def test_every_code_can_be_read_back():
    """No word begins another (a prefix code), so the theorem that the lesson quotes applies."""
    for code in explorers.information.CODES:
        words = code.split(", ")
        assert not [(a, b) for a in words for b in words if a != b and b.startswith(a)]


def test_the_running_mean_ends_inside_three_standard_errors():
    explorer = explorers.running_surprise(draws=1000)
    ax = explorer.screen.figure.axes[0]
    for seed in range(21):
        explorer.controls["seed"].value = seed
        (least,) = set(ax.lines[0].get_ydata())
        assert abs(ax.lines[2].get_ydata()[0] - least) < 3 * 0.95 / np.sqrt(1000)
