"""The look that is drawn ahead after a step. `test_explorers.py` compares it with the one that follows."""

import asyncio
import math
from copy import deepcopy

import ipywidgets as widgets
import numpy as np
import pytest
from artists import pixels, shown

import lossviz
from lossviz import explorers, questions
from lossviz.controls import choice, following, slider, stops
from lossviz.explore import explore


def moved(control, *states):
    """Move a control as a page does, in an event loop that then goes round once."""

    async def page():
        for state in states:
            control.set_state(state)
        await asyncio.sleep(0)

    asyncio.run(page())


def first_and_second(control):
    """The states at one end of a control and a step from there."""
    if hasattr(control, "options"):
        return {"index": 0}, {"index": 1}
    return {"value": control.min}, {"value": control.min + control.step}


def assert_the_next_step_is_drawn_ahead(explorer):
    """After a step of each control: as it is when the step is taken, and no artist has stayed there."""
    for control in explorer.controls.values():
        first, second = first_and_second(control)
        control.set_state(first)
        explorer.picture.ahead = {}
        moved(control, second)
        look, present = explorer.picture.ahead, shown(explorer)
        assert bool(look) == (len(getattr(control, "options", "many")) > 2), control.description
        assert np.array_equal(explorer.screen.pixels(), present), control.description
        if look:
            explorer.picture.ahead = {}
            explorer.put(eval(look["call"].replace(explorer.maker, "dict")))
            assert np.array_equal(explorer.screen.pixels(), pixels(look.pop("frame"))), control.description
            assert look == {part: getattr(explorer.picture, part) for part in look}


def coin_at(p):
    return f"explorers.coin_entropy(p={p}, unit='bits')"


def test_the_frame_that_was_drawn_ahead_is_not_drawn_again(monkeypatch):
    coin = explorers.coin_entropy()
    moved(coin.controls["p"], {"value": 0.31})
    assert (coin.picture.call, coin.picture.ahead["call"]) == (coin_at(0.31), coin_at(0.32))
    assert (coin.picture.setting, coin.picture.ahead["setting"]) == ([0.31, 0], [0.32, 0])
    ahead = coin.picture.ahead["frame"]
    monkeypatch.setattr(coin.screen, "png", lambda: pytest.fail("drawn again"))
    coin.controls["p"].set_state({"value": 0.32})
    assert (coin.picture.call, coin.picture.frame) == (coin_at(0.32), ahead)
    dot = coin.screen.figure.axes[0].lines[-1]
    assert list(dot.get_xdata()) == [0.32]


def test_of_many_steps_only_the_last_is_gone_on_with():
    coin = explorers.coin_entropy()
    drawn = []
    coin.picture.observe(lambda change: drawn.append(change.new["call"]), names="ahead")
    moved(coin.controls["p"], {"value": 0.31}, {"value": 0.32}, {"value": 0.33})
    assert drawn == [coin_at(0.34)]


@pytest.mark.parametrize(
    "other",
    [
        lambda coin: coin.controls["p"].set_state({"value": 0.9}),
        lambda coin: coin.put({"p": 0.9}),
        lambda coin: coin.close(),
    ],
    ids=["jump", "drag", "close"],
)
def test_a_step_after_which_something_else_happens_is_not_gone_on_with(other, monkeypatch):
    coin = explorers.coin_entropy()
    looks, look = [], coin._look
    monkeypatch.setattr(coin, "_look", lambda values: looks.append(values["p"]) or look(values))

    async def page():
        coin.controls["p"].set_state({"value": 0.31})
        other(coin)
        await asyncio.sleep(0)

    asyncio.run(page())
    assert 0.32 not in looks


def test_a_step_of_a_shared_control_is_gone_on_with_in_each_explorer():
    one = explorers.coin_entropy()
    other = explorers.coin_entropy(p=one.controls["p"], unit="nats")
    moved(one.controls["p"], {"value": 0.29})
    assert one.picture.ahead["sentence"].startswith("A coin with p(heads) = 0.28 has an entropy of 0.855 bits")
    assert other.picture.ahead["sentence"].startswith("A coin with p(heads) = 0.28 has an entropy of 0.593 nats")


def test_without_an_event_loop_nothing_is_drawn_ahead():
    coin = explorers.coin_entropy()
    coin.controls["p"].set_state({"value": 0.31})
    assert coin.picture.ahead == {}


def guess(coin):
    question = deepcopy(questions.biased_coin)
    coin.ghost(y=question)
    question.answer_on(question.widget(), 0.7)


@pytest.mark.parametrize(
    "change",
    [lambda coin: lossviz.classroom(), guess, lambda coin: coin.picture.set_state({"ratio": 2})],
    ids=["classroom", "guess", "ratio"],
)
def test_what_was_drawn_ahead_is_dropped_when_all_looks_change(change):
    coin = explorers.coin_entropy()
    moved(coin.controls["p"], {"value": 0.31})
    assert coin.picture.ahead
    try:
        change(coin)
        assert coin.picture.ahead == {}
    finally:
        lossviz.classroom(False)


def test_a_step_that_cannot_be_drawn_is_not_shown_ahead_and_does_no_harm():
    def reciprocal(fig):
        (dot,) = fig.subplots().plot([1], [1], "o")

        def update(x):
            dot.set_xdata([x])
            dot.set_ydata([1 / x])
            return f"The reciprocal of {x} is {1 / x}."

        return update

    explorer = explore(reciprocal, x=slider("x", 0, 3, start=2))
    moved(explorer.controls["x"], {"value": 1})
    assert (explorer.picture.ahead, explorer.picture.problem) == ({}, "")
    (dot,) = explorer.screen.figure.axes[0].lines
    assert dot.get_xydata().tolist() == [[1, 1]]


def scaled(by):
    """A drawing that shows x times what `by` holds, as long as it holds a number."""

    def drawing(fig):
        (dot,) = fig.subplots(subplot_kw={"ylim": (0, 1000)}).plot([1], [1], "o")

        def update(x):
            dot.set_ydata([x * by[0]])
            return f"The number is {x * by[0]}."

        return update

    return drawing


def test_a_step_drawn_ahead_that_fails_when_it_is_taken_is_dropped():
    by = [1]
    explorer = explore(scaled(by), x=slider("x", 0, 9, start=3))
    moved(explorer.controls["x"], {"value": 4})
    assert explorer.picture.ahead["sentence"] == "The number is 5."
    by[0] = None
    with pytest.raises(TypeError):
        explorer.controls["x"].set_state({"value": 5})
    assert (explorer.picture.ahead, explorer.picture.setting, explorer.picture.sentence) == (
        {},
        [5],
        "The number is 4.",
    )
    assert "could not be drawn" in explorer.picture.problem


def test_a_frame_that_belongs_to_another_sentence_is_drawn_again():
    by = [1]
    explorer = explore(scaled(by), x=slider("x", 0, 9, start=3))
    moved(explorer.controls["x"], {"value": 4})
    by[0] = 100
    explorer.controls["x"].set_state({"value": 5})
    assert explorer.picture.sentence == "The number is 500."
    assert np.array_equal(shown(explorer), explorer.screen.pixels())
    assert explorer.picture.frame != explorer.picture.ahead["frame"]


def test_a_learners_function_is_called_for_chosen_settings_alone():
    seen = []

    def my_loss(y_true, y_pred):
        seen.append(y_pred)
        return (y_true - y_pred) ** 2

    explorer = explorers.loss_of_a_number(mine=my_loss)
    moved(explorer.controls["guess"], {"value": 2.5})
    assert explorer.picture.ahead == {}
    assert seen[-1] == [2.5]


TENTHS, THIRDS = slider("x", 0, 1, start=0, step=0.1), slider("x", 0, 1, start=0, step=0.3)
FEW, UNITS = stops("delta", (1, 2.5, math.inf), start=1), choice("unit", ("bits", "nats", "bans"), start="bits")


@pytest.mark.parametrize(
    ("control", "old", "new", "next_one"),
    [
        (TENTHS, 0.1, 0.2, 0.3),
        (TENTHS, 0.2, 0.30000000000000004, 0.4),
        (TENTHS, 0.30000000000000004, 0.2, 0.1),
        (TENTHS, 0.1, 0.3, 0.3),
        (TENTHS, 0.9, 1.0, 1.0),
        (TENTHS, 0.1, 0.0, 0.0),
        (TENTHS, 0.25, 0.3, 0.4),
        (THIRDS, 0.6, 0.9, 1.0),
        (THIRDS, 1.0, 0.9, 0.6),
        (slider("n", 0, 10, start=0, step=5), 0, 5, 10),
        (FEW, 1, 2.5, math.inf),
        (FEW, math.inf, 2.5, 1),
        (FEW, 1, math.inf, math.inf),
        (UNITS, "bits", "nats", "bans"),
        (UNITS, "nats", "bans", "bans"),
        (widgets.Dropdown(options=["a", "b", "c"]), "a", "b", "b"),
        (widgets.Combobox(options=["1", "2", "3"]), "1", "2", "2"),
        (widgets.FloatSlider(step=None), 1.0, 1.1, 1.1),
        (widgets.Text(), "a", "b", "b"),
        (widgets.Checkbox(), False, True, True),
        (widgets.FloatRangeSlider(), (1.0, 2.0), (1.1, 2.0), (1.1, 2.0)),
    ],
)
def test_the_value_after_a_step(control, old, new, next_one):
    assert following(control, old, new) == next_one


def test_any_widget_with_a_value_may_be_a_control():
    def words(fig):
        title = fig.text(0.5, 0.5, "")

        def update(said, when):
            title.set_text(said)
            return f"It says {said} at {when}."

        return update

    explorer = explore(words, said=widgets.Text("a"), when=widgets.TimePicker())
    moved(explorer.controls["said"], {"value": "b"})
    assert explorer.picture.get_state("setting") == {"setting": ["'b'", "None"]}
