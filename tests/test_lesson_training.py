"""What the drawings of a training step draw, by the data of their artists, and what the lesson claims."""

import itertools
from pathlib import Path

import nbformat
import numpy as np
import pytest
from artists import drawn, heights, read
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch

import lossviz
from lossviz import exercises
from lossviz.drawings import training

AREA, PRICE = training.AREA, training.PRICE
LESSON = Path(__file__).parents[1] / "notebooks" / "00_what_is_a_loss.ipynb"
RATES = np.round(np.arange(1, 61) / 100, 2)


def lines(ax, **looks):
    """The lines of an axes with this colour, marker or dash."""
    return [line for line in ax.lines if all(getattr(line, f"get_{name}")() == look for name, look in looks.items())]


def ball_of(ax):
    (ball,) = [line for line in lines(ax, color=training.MODEL, marker="o") if line.get_clip_on() is False]
    return ball


def test_the_homes_of_the_lesson_are_those_of_pictures_exercises_and_questions():
    cells = nbformat.read(LESSON, as_version=4).cells
    (source,) = [cell.source for cell in cells if cell.source.startswith("area = np.array")]
    namespace = {"np": np}
    exec("\n".join(source.splitlines()[:2]), namespace)
    for area, price in [(namespace["area"], namespace["price"]), exercises.training.HOMES]:
        assert (area.tolist(), price.tolist()) == (AREA.tolist(), PRICE.tolist())


def test_the_cost_is_the_parabola_that_the_questions_state():
    for w in (-1.0, 0.5, 2.0, 3.7):
        assert training.cost(w) == pytest.approx(2 * (w - 2) ** 2 + 0.198)
        assert training.slope(w) == pytest.approx(4 * (w - 2), abs=1e-12)
    assert training.CURVATURE == 4
    assert abs(training.BEST - 2) < 1e-12


@pytest.mark.parametrize(("w", "rate", "step"), [(0.5, 0.1, 0), (0.5, 0.4, 4), (3.5, 0.25, 1), (4, 0.5, 7), (0, 0, 3)])
def test_the_ball_is_on_the_curve_and_its_line_among_the_homes(w, rate, step):
    (line_ax, ax), sentence = drawn(training.training_step, w=w, rate=rate, step=step)
    (here,), (height,) = ball_of(ax).get_data()
    assert here == pytest.approx(2 + (1 - 4 * rate) ** step * (w - 2))
    assert height == pytest.approx(lossviz.mse(PRICE, here * AREA))
    assert f"w = {here:.3f}, where the cost is {height:.3f}" in sentence
    segments = lines(line_ax, color=training.INK)
    assert np.mean([np.diff(s.get_ydata())[0] ** 2 for s in segments]) == pytest.approx(height)
    assert [s.get_xdata()[0] for s in segments] == AREA.tolist()
    (model,) = lines(line_ax, color=training.MODEL)
    assert model.get_ydata() == pytest.approx(here * np.asarray(model.get_xdata()))


@pytest.mark.parametrize("w", [0, 0.5, 3.5, 4])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3])
def test_the_tangent_and_the_arrow_are_the_slope_and_the_step(w, rate):
    (_, ax), _ = drawn(training.training_step, w=w, rate=rate, step=0)
    violet = lines(ax, color=training.SLOPE)
    tangent, arrow, head = violet
    assert np.diff(tangent.get_ydata()) / np.diff(tangent.get_xdata()) == pytest.approx(4 * (w - 2))
    assert arrow.get_xdata() == pytest.approx([w, w - rate * 4 * (w - 2)])
    assert head.get_xdata()[0] == pytest.approx(arrow.get_xdata()[1])
    assert head.get_marker() == (">" if w < 2 else "<")


@pytest.mark.parametrize(("step", "marker"), [(2, "<"), (3, ">")])
def test_what_has_left_the_picture_is_shown_at_its_edge(step, marker):
    (_, ax), sentence = drawn(training.training_step, w=0.5, rate=0.6, step=step)
    (beyond,) = lines(ax, color=training.MODEL, marker=marker)
    assert beyond.get_visible()
    assert not ball_of(ax).get_visible()
    edges = sorted([abs(beyond.get_xdata()[0] - edge), edge] for edge in ax.get_xlim())
    assert edges[0] == pytest.approx([0.25, -0.5 if marker == "<" else 4.5])
    assert "diverges" in sentence


@pytest.mark.parametrize("rate", RATES)
def test_descent_converges_if_and_only_if_the_rate_is_below_two_by_the_curvature(rate):
    distances = np.abs(training.descend(training.slope, 0.5, rate, 20) - 2)
    _, sentence = drawn(training.training_step, w=0.5, rate=rate, step=0)
    if np.isclose(rate, 0.5):
        assert distances == pytest.approx(1.5)
        assert "back and forth between 0.5 and 3.5" in sentence
    elif rate > 0.5:
        assert (np.diff(distances) > 0).all()
        assert "further away" in sentence
    elif np.isclose(rate, 0.25):
        assert distances[1:] == pytest.approx(0, abs=1e-12)
        assert "one step leads to the bottom" in sentence
    else:
        assert (np.diff(distances[:10]) < 0).all()
        assert ("across" if rate > 0.25 else "from one side") in sentence


def test_from_the_bottom_no_rate_moves():
    for rate in (0, 0.25, 0.6):
        (_, ax), sentence = drawn(training.training_step, w=2, rate=rate, step=20)
        assert ball_of(ax).get_xdata()[0] == pytest.approx(2)
        assert "start is the bottom" in sentence


def test_the_loop_goes_round_with_the_weight_that_the_update_gave():
    told = [drawn(training.training_loop, stage=stage)[1] for stage in range(1, 19)]
    for turn in range(3):
        for index, name in enumerate(training.STAGES):
            assert told[6 * turn + index].startswith(f"Turn {turn + 1}, stage {index + 1} of 6, {name}:")
    weights = [0.5, 1.1, 1.46, 1.676]
    for turn, (old, new) in enumerate(itertools.pairwise(weights)):
        assert f"w = {old:.3f}" in told[6 * turn + 1]
        assert f"{lossviz.mse(PRICE, old * AREA):.3f}" in told[6 * turn + 3]
        assert f"from {old:.3f} to {new:.3f}" in told[6 * turn + 5]


def test_a_number_of_the_loop_is_shown_once_it_is_computed_and_one_box_is_lit():
    (ax,), _ = drawn(training.training_loop, stage=10)
    words = {text.get_text() for text in ax.texts}
    assert {"w = 1.100", "cost = 1.818"} <= set(read(ax))
    assert "−3.600" not in words
    *pale, lit = sorted(box.get_linewidth() for box in ax.patches if box.get_visible())
    assert lit > max(pale)


@pytest.mark.parametrize("w", [0, 1.2, 2, 3])
@pytest.mark.parametrize("lam", [0, 0.7, 2, 6])
def test_the_three_words_in_one_picture(w, lam):
    (bars_ax, ax), sentence = drawn(training.cost_and_objective, w=w, lam=lam)
    *losses, mean = heights(bars_ax.patches)
    true = lossviz.squared_error(PRICE, w * AREA)
    assert losses == pytest.approx(np.minimum(true, 14))
    assert mean == pytest.approx(true.mean())
    assert f"objective is {true.mean() + lam * w**2:.3f}" in sentence
    grid = np.linspace(0, 3, 30001)
    best = grid[np.argmin([2 * (v - 2) ** 2 + 0.198 + lam * v**2 for v in grid])]
    diamonds = [np.ravel(line.get_data()) for line in lines(ax, marker="D")]
    assert diamonds[0] == pytest.approx([2, 0.198])
    assert diamonds[1] == pytest.approx([best, 2 * (best - 2) ** 2 + 0.198 + lam * best**2], abs=1e-4)
    (objective,) = [line for line in lines(ax, linestyle="--") if len(line.get_xdata()) > 2]
    assert np.interp(best, *objective.get_data()) == pytest.approx(diamonds[1][1], abs=1e-3)


@pytest.mark.parametrize("guess", [0, 2.4, 3.6, 6])
def test_the_dot_is_on_the_parabola_of_the_squared_error(guess):
    (ax,), sentence = drawn(training.loss_of_a_number, guess=guess)
    loss = (guess - 3.6) ** 2
    assert np.ravel(ax.lines[-1].get_data()) == pytest.approx([guess, loss])
    assert np.interp(guess, *ax.lines[0].get_data()) == pytest.approx(loss)
    assert ("costs nothing" if guess == 3.6 else f"costs {loss:.3f}") in sentence
    side = "too low" if guess < 3.6 else "too high" if guess > 3.6 else "exactly right"
    assert side in sentence


def test_a_hair_beside_the_truth_is_the_truth():
    _, sentence = drawn(training.loss_of_a_number, guess=3.6000000000000005)
    assert "is exactly right and costs nothing" in sentence


@pytest.mark.parametrize("p", [1, 0.4, 0.1, 0.01])
def test_the_dot_is_on_minus_the_logarithm(p):
    (ax,), sentence = drawn(training.loss_of_a_class, p=p)
    assert np.ravel(ax.lines[-1].get_data()) == pytest.approx([p, -np.log(p)])
    assert np.interp(p, *ax.lines[0].get_data()) == pytest.approx(-np.log(p))
    assert ("costs nothing" if p == 1 else f"costs {-np.log(p):.3f} nats") in sentence


def test_probability_zero_costs_infinitely_much():
    (ax,), sentence = drawn(training.loss_of_a_class, p=0)
    assert ax.lines[-1].get_marker() == "^"
    assert ax.lines[-1].get_ydata()[0] < ax.get_ylim()[1]
    assert "infinitely much" in sentence


def too_low_is_worse(y_true, y_pred):
    return np.where(y_pred < y_true, 3.0, 1.0) * np.abs(y_pred - y_true)


def test_the_learners_own_loss_is_drawn_with_a_dot_on_it():
    (ax,), sentence = drawn(lambda fig: training.loss_of_a_number(fig, too_low_is_worse), guess=2)
    (mine,) = lines(ax, linestyle="--")
    assert mine.get_ydata() == pytest.approx(too_low_is_worse(3.6, np.asarray(mine.get_xdata())))
    (own,) = lines(ax, marker="s")
    assert np.ravel(own.get_data()) == pytest.approx([2, 4.8])
    assert sentence.endswith("costs 2.560. Your loss gives 4.800.")
    assert ax.get_title(loc="left") == "solid: squared error, 2.560; dashed: yours, 4.800"


def test_a_loss_without_a_finite_value_is_told_so():
    (ax,), sentence = drawn(lambda fig: training.loss_of_a_number(fig, lambda y, y_hat: np.log(y_hat - y)), guess=2)
    assert sentence.endswith("Your loss gives no finite number.")
    assert len(lines(ax, linestyle="--")) == 1


def test_a_loss_that_is_not_written_yet_is_told_so():
    (ax,), sentence = drawn(lambda fig: training.loss_of_a_number(fig, lambda y_true, y_pred: ...), guess=2)
    assert lines(ax, linestyle="--") == []
    assert sentence.endswith("in the place of the three dots.")


def test_the_answers_are_those_of_the_library():
    for w in (0.3, 2.5):
        assert exercises.squared_loss.answer(2.0, w) == pytest.approx(lossviz.squared_error(2.0, w))
        assert exercises.mean_cost.answer(w, AREA, PRICE) == pytest.approx(lossviz.mse(PRICE, w * AREA))
        grade = lossviz.mse_gradient(PRICE, w * AREA) @ AREA
        assert exercises.cost_slope.answer(w, AREA, PRICE) == pytest.approx(grade)
        assert exercises.descent_step.answer(w, grade, 0.1) == pytest.approx(
            training.descend(training.slope, w, 0.1, 1)[1]
        )
        last = training.descend(training.slope, w, 0.1, 20)[-1]
        assert exercises.train.answer(w, AREA, PRICE, 0.1) == pytest.approx(last)
        assert exercises.penalised.answer(w, AREA, PRICE, 3) == pytest.approx(training.cost(w) + 3 * w**2)


@pytest.mark.parametrize(
    ("exercise", "attempt"),
    [
        ("squared_loss", lambda y_true, y_pred: np.square(y_true - y_pred)),
        ("squared_loss", lambda y_true, y_pred: np.abs(y_true - y_pred) ** 2.0),
        ("mean_cost", lambda w, x, y: np.dot(y - w * x, y - w * x) / len(y)),
        ("mean_cost", lambda w, x, y: sum((b - w * a) ** 2 for a, b in zip(x, y, strict=True)) / len(x)),
        ("cost_slope", lambda w, x, y: -2 / len(x) * np.sum(x * (y - w * x))),
        ("cost_slope", lambda w, x, y: 2 * (w * np.mean(x**2) - np.mean(x * y))),
        ("descent_step", lambda w, slope, rate: -slope * rate + w),
        ("train", lambda w, x, y, rate: training.descend(lambda v: 2 * np.mean((v * x - y) * x), w, rate, 20)[-1]),
        ("penalised", lambda w, x, y, lam: lam * w * w + np.mean(np.square(y - x * w))),
    ],
)
def test_other_right_attempts_are_right(exercise, attempt):
    assert getattr(exercises, exercise).check(attempt).title == "Right"


def test_the_two_losses_of_the_puzzle_disagree():
    first, second = PRICE + np.array([0, 0, 0, 0, 2]), PRICE + 0.6
    assert lossviz.mse(PRICE, second) < lossviz.mse(PRICE, first)
    assert lossviz.mae(PRICE, first) < lossviz.mae(PRICE, second)


def test_a_penalty_never_lowers_the_cost_of_the_weight_that_is_found():
    best = [training.BEST * 4 / (4 + 2 * lam) for lam in np.linspace(0, 6, 61)]
    assert (np.diff([training.cost(w) for w in best]) > 0).all()


@pytest.mark.parametrize(("stage", "lit"), [(1, 0), (2, 1), (4, 2), (5, 1), (7, 0), (8, 2)])
def test_the_arrows_into_the_present_box_are_lit(stage, lit):
    """Into the loss lead prediction and truth; into the model the data and, from the second turn, the update."""
    (ax,), _ = drawn(training.training_loop, stage=stage)
    arrows = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch) and patch.get_visible()]
    assert sum(to_hex(arrow.get_edgecolor()) == training.TRUTH for arrow in arrows) == lit
