"""A learner's function in a picture: drawn if it can be, and otherwise told what is wrong."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from test_exercises import Unreadable

from lossviz.drawings.learner import caption, tried

GRID = np.linspace(-1, 1, 5)


def test_the_values_of_a_right_function_are_taken():
    values, complaint = tried(lambda r: r**2, GRID)
    assert np.array_equal(values, GRID**2)
    assert complaint == ""


def test_infinite_values_are_values():
    values, complaint = tried(lambda r: 1 / r, GRID)
    assert np.isinf(values).sum() == 1
    assert complaint == ""


def test_a_line_that_is_not_seen_is_not_told_to_be_there():
    ax = Figure().subplots()
    ax.set_ylim(0, 1)
    assert caption("dotted", GRID, ax) == "dotted: yours"
    assert caption("dotted", GRID - 2, ax) == "yours: outside the picture"
    assert caption("dotted", np.full(5, np.nan), ax) == "yours: not drawn"
    assert caption("dotted", None, ax) == "yours: not drawn"


def test_the_argument_is_a_copy():
    def mine(r):
        r *= 0
        return r

    tried(mine, GRID)
    assert GRID.any()


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (lambda r: ..., "three dots"),
        (lambda r: None, "return in front"),
        (lambda r: r.sum(), "shape () for arguments of shape (5,)"),
        (lambda r: "0.5", "array of numbers"),
        (lambda r: [[1], [1, 2]], "array of numbers"),
        (lambda r: Unreadable(), "array of numbers"),
        (lambda r: r.missing, "raised AttributeError"),
        (lambda: 0, "raised TypeError"),
    ],
)
def test_a_function_that_cannot_be_drawn_is_told_why(mine, words):
    values, complaint = tried(mine, GRID)
    assert values is None
    assert words in complaint
    assert complaint.endswith(".")
