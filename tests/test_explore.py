"""Explorers of drawings made for the purpose: failures, links, bundles, wrong use."""

import base64
import gc
import io
import math
import weakref
from copy import deepcopy
from fractions import Fraction

import ipywidgets as widgets
import numpy as np
import pytest
from artists import shown
from PIL import Image

import lossviz
from lossviz import explorers, questions
from lossviz.controls import choice, slider, stops
from lossviz.drawings.handles import draggable
from lossviz.explore import Explorer, explore
from lossviz.screen import Screen
from tools.walk import states


def reciprocal(fig):
    (dot,) = fig.subplots().plot([1], [1], "o")

    def update(x):
        dot.set_data([x], [1 / x])
        return f"The reciprocal of {x} is {1 / x}."

    return update


def test_a_failing_first_draw_stops_the_cell():
    with pytest.raises(ZeroDivisionError):
        explore(reciprocal, x=slider("x", -1, 1, start=0))


def test_a_later_failure_is_told_under_the_picture_and_the_explorer_goes_on():
    explorer = explore(reciprocal, x=slider("x", -2, 2, start=1))
    picture = explorer.picture
    before = picture.frame
    with pytest.raises(ZeroDivisionError):
        explorer.controls["x"].set_state({"value": 0})
    assert "could not be drawn" in picture.problem
    assert "division by zero" in picture.problem
    assert picture.frame == before
    explorer.controls["x"].set_state({"value": 2})
    assert picture.problem == ""
    assert picture.sentence == "The reciprocal of 2 is 0.5."
    assert picture.frame != before


def test_the_bundle_holds_widget_picture_and_sentence():
    explorer = explorers.coin_entropy(p=0.5)
    data, metadata = explorer._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
    assert base64.b64decode(data["image/png"]) == explorer.picture.frame
    assert data["text/plain"] == metadata["image/png"]["alt"] == explorer.sentence
    assert explorer.picture.sentence == explorer.sentence


def test_the_call_stands_under_the_picture():
    explorer = explorers.coin_entropy(p=0.3)
    assert explorer.picture.call == "explorers.coin_entropy(p=0.3, unit='bits')"
    explorer.controls["p"].set_state({"value": 0.30000000000000004})
    assert explorer.call == "explorers.coin_entropy(p=0.3, unit='bits')"
    explorer.controls["p"].set_state({"value": 0.9})
    assert explorer.picture.call == "explorers.coin_entropy(p=0.9, unit='bits')"
    assert explore(reciprocal, x=slider("x", 1, 2, start=1)).call == ""


@pytest.mark.parametrize(
    ("first", "second", "control", "value"),
    [
        (explorers.surprise, explorers.coin_entropy, "p", 0.6),
        (explorers.surprise, explorers.coin_entropy, "unit", "nats"),
        (explorers.descent_race, explorers.descent_race, "rate", 25),
    ],
    ids=["slider", "choice", "stops"],
)
def test_one_widget_in_two_explorers_links_them(first, second, control, value):
    first = first()
    second = second(**{control: first.controls[control]})
    before = second.sentence
    first.controls[control].value = value
    assert first.values[control] == second.values[control] == value
    assert second.sentence != before


def test_reset_is_a_button():
    explorer = explorers.die_entropy()
    (button,) = [w for w in explorer.children[0].children if isinstance(w, widgets.Button)]
    explorer.controls["faces"].value = 2
    button.click()
    assert explorer.values["faces"] == 6


@pytest.mark.parametrize(
    ("start", "error", "message"),
    [
        (1.5, ValueError, r"p\(heads\): 1.5 is outside \[0, 1\]"),
        (float("nan"), ValueError, "nan is outside"),
        ("half", TypeError, "'half' is not a number"),
    ],
)
def test_a_start_that_no_slider_has_is_refused(start, error, message):
    with pytest.raises(error, match=message):
        explorers.coin_entropy(p=start)


def test_whole_numbers_stay_whole():
    assert type(explorers.die_entropy(faces=3).values["faces"]) is int
    with pytest.raises(TypeError, match=r"faces: 2\.5 is not an integer"):
        explorers.die_entropy(faces=2.5)


def test_stops_reach_infinity_and_the_call_says_so():
    explorer = explore(reciprocal, x=stops("x", (1, 2.5, math.inf), start=2.5)).made_by("explorers.one_over")
    assert explorer.call == "explorers.one_over(x=2.5)"
    explorer.controls["x"].index = 2
    assert explorer.call == "explorers.one_over(x=float('inf'))"
    assert [label for label, _ in explorer.controls["x"].options] == ["1", "2.5", "∞"]
    with pytest.raises(ValueError, match=r"x: 3 is not one of 1, 2\.5, inf"):
        stops("x", (1, 2.5, math.inf), start=3)


def test_a_slider_plays_where_its_steps_are_those_of_a_path():
    steps = slider("step", 0, 10, start=3, play=True)
    row = explore(reciprocal, x=steps).children[0].children
    assert row[:2] == (steps, steps.player)
    assert (steps.player.min, steps.player.value, steps.player.max) == (0, 3, 10)
    assert not hasattr(slider("x", 0, 1, start=0), "player")


@pytest.mark.parametrize(
    "control",
    [
        slider("x", 0, 1, start=0.3, step=0.1),
        slider("n", 0, 10, start=3),
        slider("step", 0, 10, start=3, play=True).player,
        stops("x", (1, 2.5, math.inf), start=2.5),
        choice("unit", ("bits", "nats"), start="bits"),
    ],
    ids=["slider", "whole slider", "player", "stops", "choice"],
)
def test_what_the_page_tells_it_is_not_told_back(control, monkeypatch):
    told = []
    monkeypatch.setattr(widgets.Widget, "_send", lambda self, message, buffers=None: told.append(message))
    for state in states(control):
        control.set_state(state)
    assert not told


def test_a_player_takes_the_steps_of_its_slider_which_are_integers():
    steps = slider("step", 0, 100, start=10, step=5, play=True)
    assert (steps.player.step, steps.step) == (5, 5)
    with pytest.raises(TypeError, match="t: only integers can play"):
        slider("t", 0, 0.6, start=0.3, step=0.1, play=True)


@pytest.mark.parametrize("kind", [np.float64, np.float32, Fraction])
def test_a_slider_starts_at_a_number_of_any_kind(kind):
    explorer = explorers.coin_entropy(p=kind(0.25))
    assert explorer.call == "explorers.coin_entropy(p=0.25, unit='bits')"
    assert explorer.controls["p"].readout_format == ".2f"


def test_stops_and_options_may_be_given_as_numpy_does():
    explorer = explore(reciprocal, x=stops("x", (1, 2.5), start=np.float64(2.5))).made_by("one_over")
    assert explorer.call == "one_over(x=2.5)"
    explorer = explore(reciprocal, x=choice("x", (1, 2), start=np.int64(2))).made_by("one_over")
    assert explorer.call == "one_over(x=2)"


@pytest.mark.parametrize(
    ("step", "start", "shown"),
    [(1, 1, "d"), (0.1, 1, ".1f"), (0.01, 0.5, ".2f"), (0.5, 1 / 3, ".3f"), (1e-4, 5e-4, ".4f"), (1e-6, 0.5, ".6f")],
)
def test_a_slider_shows_as_many_decimals_as_its_step_has(step, start, shown):
    assert slider("x", 0, 5, start=start, step=step).readout_format == shown


def test_an_unknown_choice_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="unit: 'bit' is not one of 'bits', 'nats'"):
        explorers.surprise(unit="bit")
    assert choice("unit", ("a", "b"), start="b").value == "b"


def test_a_control_must_be_a_widget():
    with pytest.raises(TypeError, match="x: 3 is not a control"):
        explore(reciprocal, x=3)


def test_update_must_return_a_sentence():
    def drawing(fig):
        return lambda x: None

    with pytest.raises(TypeError, match=r"drawing\.<locals>\.<lambda> returned None; it must return one sentence"):
        explore(drawing, x=slider("x", 0, 1, start=0))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("From -1 to -0.5, -.5 and (-2, -∞).", "From −1 to −0.5, −.5 and (−2, −∞)."),
        ("Cross-entropy of 1e-05: 3-4 of f(x)-1, 5%-6%.", "Cross-entropy of 1e-05: 3-4 of f(x)-1, 5%-6%."),
    ],
)
def test_a_hyphen_before_a_number_is_a_minus(written, said):
    assert explore(lambda fig: lambda x: written, x=slider("x", 0, 1, start=0)).sentence == said


def test_a_drawing_must_return_update():
    with pytest.raises(TypeError, match="<lambda> returned None; it must end with `return update`"):
        explore(lambda fig: None, x=slider("x", 0, 1, start=0))


def dragged(explorer, x, y, index=0):
    """The message that the page sends when the middle of a grip is dragged to a place in the frame."""
    explorer.picture.set_state({"drag": [index, x, y, 1.0]})


def middle(explorer, index=0):
    left, top, width, height, _ = explorer.picture.grips[index]
    return left + width / 2, top + height / 2


def plane(fig):
    ax = fig.subplots()
    ax.set(xlim=(0, 4), ylim=(0, 4))
    (dot,) = ax.plot([], [], "o")
    (bar,) = ax.bar([3], [1])

    @draggable(dot, x="right", y="up")
    @draggable(bar, y="height")
    def update(right, up, height):
        dot.set_data([right], [up])
        bar.set_height(height)
        return f"The dot is at ({right}, {up}), the bar is {height} high."

    return update


def on_the_plane():
    sliders = {name: slider(name, 0, 3, start=1, step=0.5) for name in ("right", "up")}
    return explore(plane, **sliders, height=slider("height", 0, 2, start=1))


def test_dragging_moves_the_controls_to_their_nearest_step():
    explorer = on_the_plane()
    assert [grip[4] for grip in explorer.picture.grips] == ["ns-resize", "move"]
    dragged(explorer, *_fractions(explorer, 2.1, 2.9), index=1)
    assert explorer.values == {"right": 2.0, "up": 3.0, "height": 1}
    assert explorer.sentence == "The dot is at (2.0, 3.0), the bar is 1 high."
    assert middle(explorer, 1) == pytest.approx(_fractions(explorer, 2, 3))
    dragged(explorer, *_fractions(explorer, 0, 1.7))
    assert explorer.values["height"] == 2
    assert middle(explorer) == pytest.approx(_fractions(explorer, 3, 2))


def test_a_drag_reaches_the_end_of_a_slider_whose_steps_do_not():
    sliders = {name: slider(name, 0, 1, start=0, step=0.3) for name in ("right", "up")}
    explorer = explore(plane, **sliders, height=slider("height", 0, 2, start=1))
    dragged(explorer, *_fractions(explorer, 0.97, 0.94), index=1)
    assert explorer.values == {"right": 1.0, "up": 0.9, "height": 1}


def _fractions(explorer, x, y):
    """A place in data coordinates as fractions of the frame, from its top left corner."""
    pixels = explorer.screen.figure.axes[0].transData.transform((x, y))
    across, up = pixels / explorer.screen.figure.bbox.size
    return across, 1 - up


@pytest.mark.parametrize(("x", "y", "right", "up"), [(-5, 9, 0, 0), (7, -7, 3, 3), (float("nan"), 9, 0, 0)])
def test_a_drag_out_of_the_picture_stops_at_the_ends_of_the_controls(x, y, right, up):
    explorer = on_the_plane()
    dragged(explorer, x, y, index=1)
    assert (explorer.values["right"], explorer.values["up"]) == (right, up)


def test_a_drag_of_two_controls_draws_once():
    explorer = on_the_plane()
    frames = []
    explorer.picture.observe(lambda change: frames.append(change.new), names="sentence")
    dragged(explorer, *_fractions(explorer, 2, 2.5), index=1)
    assert frames == ["The dot is at (2.0, 2.5), the bar is 1 high."]


@pytest.mark.parametrize("ratio", [1.5, 2])
def test_at_a_finer_ratio_the_picture_has_more_pixels_and_the_same_grips(ratio):
    explorer = on_the_plane()
    grips = np.array([grip[:4] for grip in explorer.picture.grips])
    explorer.picture.set_state({"ratio": ratio})
    assert Image.open(io.BytesIO(explorer.picture.frame)).size == (800 * ratio, 380 * ratio)
    explorer.stage()
    assert Image.open(io.BytesIO(explorer.picture.frame)).size == (800 * ratio, 380 * ratio)
    assert explorer.picture.width == 800
    explorer.reset()
    assert np.array([grip[:4] for grip in explorer.picture.grips]) == pytest.approx(grips)


def test_a_hidden_artist_cannot_be_held():
    def drawing(fig):
        (dot,) = fig.subplots().plot([1], [1], "o")

        @draggable(dot, x="x")
        def update(x):
            dot.set_visible(x > 0)
            return "A dot or none."

        return update

    explorer = explore(drawing, x=slider("x", 0, 1, start=0))
    assert explorer.picture.grips[0][:4] == [0, 0, 0, 0]
    explorer.controls["x"].value = 1
    assert explorer.picture.grips[0][2] > 0


@pytest.mark.parametrize("control", ["q", "unit"])
def test_a_handle_that_moves_no_slider_is_an_error_in_the_cell(control):
    def drawing(fig):
        (dot,) = fig.subplots().plot([1], [1], "o")

        @draggable(dot, x=control)
        def update(p, unit):
            return "A dot."

        return update

    with pytest.raises(ValueError, match=f"drawing: a handle moves '{control}', which is no slider"):
        explore(drawing, p=slider("p", 0, 1, start=1), unit=choice("unit", ("a", "b"), start="a"))


def test_the_classroom_is_magnified_and_undone():
    explorer = explorers.coin_entropy()
    before = shown(explorer)
    try:
        lossviz.classroom()
        assert Image.open(io.BytesIO(explorer.picture.frame)).size == (896, 476)
        assert "lossviz-classroom" in explorer._dom_classes
        assert explorers.coin_entropy(p=0.9).picture.width == 896
    finally:
        lossviz.classroom(False)
    assert "lossviz-classroom" not in explorer._dom_classes
    assert np.array_equal(shown(explorer), before)


class Shell:
    """A cell of a notebook, as the kernel knows it from the page."""

    def __init__(self, cell, run):
        self.get_parent = lambda: {"header": {"msg_id": run}, "metadata": {"cellId": cell}}


def test_a_cell_that_is_run_again_closes_what_it_made_and_nothing_else(monkeypatch):
    question, moves = deepcopy(questions.biased_coin), []

    def coin(cell, run, **setting):
        monkeypatch.setattr("lossviz.explore.get_ipython", lambda: Shell(cell, run))
        return explorers.coin_entropy(**setting).ghost(y=question)

    first = coin("one", 1)
    shared = first.controls["p"]
    coin("two", 2, p=shared).picture.observe(moves.append, names="frame")
    coin("two", 3, p=shared).picture.observe(moves.append, names="frame")
    beside = coin("two", 3, p=shared)
    assert len(Explorer.living) == len(question.seen_in) == 3
    shared.value = 0.7
    assert len(moves) == 1
    assert beside.values["p"] == first.values["p"] == 0.7
    assert beside.picture.comm is not None


def test_where_the_page_names_no_cell_nothing_is_closed(monkeypatch):
    for run in (1, 2):
        monkeypatch.setattr("lossviz.explore.get_ipython", lambda run=run: Shell(None, run))
        explorers.coin_entropy()
    assert len(Explorer.living) == 2


def test_nothing_is_left_of_an_explorer_that_is_closed():
    explorer = explorers.coin_entropy()
    explorer.controls["p"].value = 0.6
    gone = weakref.ref(explorer.screen.figure)
    explorer.close()
    explorer.close()
    Screen._in_use.clear()
    explorer = None
    gc.collect()
    assert gone() is None


def test_a_slider_shows_its_unit():
    explorer = explore(reciprocal, x=slider("x", 1, 2, start=1, unit="nats"))
    assert explorer.picture.units == {"x": "nats"}


def test_a_guess_is_drawn_once_it_is_committed():
    question = deepcopy(questions.biased_coin)
    explorer = explorers.coin_entropy().ghost(y=question, x=question)
    lines = len(explorer.screen.figure.axes[0].lines)
    question.answer_on(question.widget(), 0.7)
    *_, across, up = explorer.screen.figure.axes[0].lines
    assert len(explorer.screen.figure.axes[0].lines) == lines + 2
    assert (list(across.get_xdata()), list(up.get_ydata())) == ([0.7, 0.7], [0.7, 0.7])
    question.answer_on(question.widget(), None)
    assert list(explorer.screen.figure.axes[0].lines[-1].get_ydata()) == [0.7, 0.7]
    made_later = explorers.coin_entropy().ghost(y=question)
    assert list(made_later.screen.figure.axes[0].lines[-1].get_ydata()) == [0.7, 0.7]


def test_a_guess_is_drawn_only_in_its_own_unit():
    question = deepcopy(questions.biased_coin)
    explorer = explorers.coin_entropy().ghost(y=question, unit="bits")
    question.answer_on(question.widget(), 0.7)
    ax = explorer.screen.figure.axes[0]
    (name,) = [words for words in ax.texts if words.get_text() == "your guess"]
    for unit, seen in (("bits", True), ("nats", False), ("bits", True)):
        explorer.controls["unit"].value = unit
        assert ax.lines[-1].get_visible() == name.get_visible() == seen
    assert explorer.picture.grips


def test_a_guess_meant_for_a_control_that_is_not_there_is_told():
    with pytest.raises(TypeError, match=r"ghost: 'base' is not a control of this explorer; it has p, unit"):
        explorers.coin_entropy().ghost(y=questions.biased_coin, base=2)
