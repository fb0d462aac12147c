"""Explorers of drawings made for the purpose: failures, links, bundles, wrong use."""

import base64

import ipywidgets as widgets
import pytest

from lossviz import explorers
from lossviz.explore import choice, explore, slider


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
    explorer.controls["p"].set_state({"value": 0.30000000000000004})
    assert explorer.call == "explorers.coin_entropy(p=0.3, unit='bits')"
    explorer.controls["p"].set_state({"value": 0.9})
    assert explorer.picture.call == "explorers.coin_entropy(p=0.9, unit='bits')"
    assert explore(reciprocal, x=slider("x", 1, 2, start=1)).call == ""


def test_one_widget_in_two_explorers_links_them():
    first = explorers.surprise(p=0.5)
    second = explorers.coin_entropy(p=first.controls["p"])
    first.controls["p"].set_state({"value": 0.25})
    assert first.values["p"] == second.values["p"] == 0.25
    assert "0.25" in second.sentence


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

    with pytest.raises(TypeError, match="drawing: update returned None"):
        explore(drawing, x=slider("x", 0, 1, start=0))
