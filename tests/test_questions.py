"""Questions show nothing before an answer, and every answer is answered truly."""

import ipywidgets as widgets
import numpy as np
import pytest

import lossviz
from lossviz import questions
from lossviz.questions import Choice, Prediction

ALL = {name: q for name, q in vars(questions).items() if isinstance(q, questions.Question)}
PREDICTIONS = {name: q for name, q in ALL.items() if isinstance(q, Prediction)}
CHOICES = {name: q for name, q in ALL.items() if isinstance(q, Choice)}
GRID = np.linspace(0, 1, 1001)

RECOMPUTED = {
    # 00 What is a loss?
    # 01 Information and entropy
    "three_heads": lambda: 3 * lossviz.self_information(0.5, base=2),
    "entropy_peak": lambda: GRID[np.argmax(lossviz.entropy(np.stack([GRID, 1 - GRID], axis=-1)))],
    "biased_coin": lambda: -(0.9 * np.log2(0.9) + 0.1 * np.log2(0.1)),
    "twice_the_faces": lambda: lossviz.entropy([1 / 4] * 4, base=2) + 1,
    "shortest_code": lambda: np.dot([1 / 2, 1 / 4, 1 / 8, 1 / 8], [1, 2, 3, 3]),
    "two_of_three": lambda: lossviz.entropy(np.stack([GRID, 1 - GRID, 0 * GRID], axis=-1), base=2).max(),
    # 02 KL divergence
    "uniform_letters": lambda: np.mean([1, 2, 3, 3]) - 2,
    "certain_of_four": lambda: np.log2(4),
    "swapped_coins": lambda: np.log(2) - lossviz.entropy([0.99, 0.01]),
    "twice_as_wrong": lambda: np.log(4 * 0.52 * 0.48) / np.log(4 * 0.51 * 0.49),
    "rarer_epsilon": lambda: -np.log(2) - np.log(1e-12) / 2,
    "mean_of_the_cover": lambda: 0.4 * 2 - 0.6 * 2,
    "one_bump_only": lambda: -np.log(0.6),
    # 03 Cross-entropy
    # 04 Softmax
    # 05 Why not squared error for classes?
    # 06 Regression losses
    # 07 Choosing a loss
}


def parts(widget, kind):
    own = [widget] if isinstance(widget, kind) else []
    return own + [part for child in getattr(widget, "children", ()) for part in parts(child, kind)]


def shown(widget):
    return " ".join(part.value for part in parts(widget, widgets.HTML))


@pytest.mark.parametrize("name", PREDICTIONS)
def test_the_answer_follows_from_the_mathematics(name):
    question = PREDICTIONS[name]
    assert question.answer == pytest.approx(RECOMPUTED[name](), abs=1e-9)
    low, high = question.limits
    assert low <= question.answer <= high


@pytest.mark.parametrize("name", PREDICTIONS)
def test_a_prediction_shows_its_answer_only_when_committed(name):
    question = PREDICTIONS[name]
    widget = question.widget()
    (guess,) = parts(widget, widgets.BoundedFloatText)
    commit, show = parts(widget, widgets.Button)
    assert question.because not in shown(widget)
    guess.value = question.answer
    assert question.because not in shown(widget)
    commit.click()
    assert "Yes" in shown(widget)
    guess.value = question.limits[1]
    commit.click()
    assert "too high" in shown(widget)
    show.click()
    assert f"It is {question.answer:.4g}" in shown(widget)


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_answered(name):
    question = CHOICES[name]
    widget = question.widget()
    (buttons,) = parts(widget, widgets.RadioButtons)
    assert buttons.value is None
    assert not any(reply in shown(widget) for reply in question.replies.values())
    assert question.right in question.replies
    for index, choice in enumerate(question.replies):
        buttons.set_state({"index": index})
        assert ("Right." in shown(widget)) == (choice == question.right)
    assert len(set(question.replies.values())) == len(question.replies) >= 3


@pytest.mark.parametrize("name", ALL)
def test_a_question_without_a_kernel_is_its_text(name):
    bundle = ALL[name]._repr_mimebundle_()
    assert bundle["text/plain"] == ALL[name].text
    assert ALL[name].text.endswith("?")


def test_bits_and_nats_of_the_choice_are_those_of_the_library():
    bits = lossviz.entropy([0.7, 0.2, 0.1], base=2)
    assert questions.nats_or_bits.right == f"The number grows to {bits:.4f}."
