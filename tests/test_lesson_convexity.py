"""What the drawings of the lesson draw, by the data of their artists, and what the lesson claims."""

import numpy as np
import pytest
from artists import drawn, shown
from matplotlib.colors import to_rgb

import lossviz
from lossviz import exercises, explorers
from lossviz.drawings import convexity
from lossviz.drawings.descent import descend
from lossviz.drawings.palette import BLUE, ORANGE

THIRD = -np.log(2)
LOGITS = np.linspace(-10, 10, 2001)


def slope_by_difference(loss, y, z, h=1e-5):
    labels = np.full_like(z, y)
    return (convexity.LOSS[loss](labels, z + h) - convexity.LOSS[loss](labels, z - h)) / (2 * h)


def minima(cost):
    return 1 + np.flatnonzero((cost[1:-1] < cost[:-2]) & (cost[1:-1] < cost[2:]))


@pytest.mark.parametrize("loss", convexity.LOSS)
@pytest.mark.parametrize("y", [0, 1])
def test_the_slopes_are_those_of_the_losses(loss, y):
    z = np.linspace(-8, 8, 65)
    assert convexity.SLOPES[loss](np.full_like(z, y), z) == pytest.approx(slope_by_difference(loss, y, z), abs=1e-9)


def test_the_curvatures_are_the_slopes_of_the_slopes():
    z, h = np.linspace(-8, 8, 65), 1e-5
    one = np.ones_like(z)
    for loss, slope in convexity.SLOPES.items():
        by_difference = (slope(one, z + h) - slope(one, z - h)) / (2 * h)
        assert convexity.curvature(loss, z) == pytest.approx(by_difference, abs=1e-9)


def test_the_numbers_of_the_contract():
    at = {z: [float(f(1.0, z)) for f in convexity.SLOPES.values()] for z in (-8.0, 0.0)}
    assert np.round(at[-8.0], 5).tolist() == [-0.00067, -0.99966]
    assert at[0.0] == [-0.25, -0.5]
    assert "slope -0.00067" in drawn(convexity.sigmoid_losses, z=-8.0, y=1)[1]
    assert "slope -0.99966" in drawn(convexity.sigmoid_losses, z=-8.0, y=1)[1]


@pytest.mark.parametrize("y", [0, 1])
def test_squared_error_is_monotone_and_bounded_and_turns_where_the_true_class_has_one_third(y):
    labels = np.full_like(LOGITS, y)
    losses = convexity.squared_loss(labels, LOGITS)
    slopes = convexity.squared_slope(labels, LOGITS)
    assert np.all((slopes < 0) if y else (slopes > 0))
    assert losses.min() >= 0
    assert losses.max() < 1
    steepest = LOGITS[np.argmax(np.abs(slopes))]
    assert steepest == pytest.approx(THIRD if y else -THIRD, abs=0.01)
    assert np.abs(slopes).max() == pytest.approx(8 / 27, abs=1e-5)


def test_the_slopes_differ_by_a_factor_that_is_at_most_one_half():
    a = lossviz.sigmoid(LOGITS)
    for y in (0, 0.3, 1):
        labels = np.full_like(LOGITS, y)
        cross = lossviz.binary_cross_entropy_with_logits_gradient(labels, LOGITS)
        assert convexity.squared_slope(labels, LOGITS) == pytest.approx(2 * a * (1 - a) * cross, rel=1e-9, abs=1e-12)
    assert (2 * a * (1 - a)).max() == 0.5


@pytest.mark.parametrize(("z", "y"), [(-10.0, 1), (-4.0, 1), (0.0, 0), (0.7, 1), (10.0, 0)])
def test_the_dots_lie_on_the_curves_or_point_beyond(z, y):
    axes, _ = drawn(convexity.sigmoid_losses, z=z, y=y)
    for ax in axes:
        lines = [line for line in ax.lines if len(line.get_xdata()) == 201]
        dots = [line for line in ax.lines if len(line.get_xdata()) == 1]
        assert len(lines) == len(dots) == 2
        for curve, dot in zip(lines, dots, strict=True):
            height = np.interp(z, *curve.get_data())
            if height > 4.07:
                assert dot.get_marker() == "^"
                assert dot.get_ydata()[0] < ax.get_ylim()[1]
            else:
                assert dot.get_ydata()[0] == pytest.approx(height, abs=2e-3)


def test_the_learners_slope_is_drawn_and_a_stub_is_told():
    def mine(y, z):
        return y - z / 20

    explorer = explorers.sigmoid_losses(mine=mine)
    (dotted,) = [line for line in explorer.screen.figure.axes[1].lines if line.get_linestyle() == ":"]
    assert np.nanmax(np.abs(dotted.get_ydata() - (1 - dotted.get_xdata() / 20))) == 0
    assert "mine=mine" in explorer.call
    assert "three dots" in explorers.sigmoid_losses(mine=lambda y, z: ...).sentence


@pytest.mark.parametrize(
    ("left", "right"), [(-8, 0), (-8, -7.9), (-3, -0.7), (-0.6, 5), (2, 8), (8, -8), (-0.8, 0.1), (-2.9, 6.6)]
)
def test_the_sentence_of_the_chord_is_true(left, right):
    axes, sentence = drawn(convexity.chord, left=left, right=right)
    z = np.linspace(*sorted((left, right)), 2001)
    above = {}
    for loss, f in convexity.LOSS.items():
        curve = f(np.ones_like(z), z)
        above[loss] = curve - np.interp(z, z[[0, -1]], curve[[0, -1]])
    assert ("squared error rises above" in sentence) == (above["squared error"].max() > 1e-12)
    assert above["cross-entropy"].max() <= 1e-12
    assert above["cross-entropy"].min() < 0
    assert axes[0].patches[0].get_xy().shape[1] == 2


def test_the_chord_is_above_from_one_third_on_and_below_before():
    for left, right in [(THIRD, 3), (THIRD, 8), (0, 1)]:
        z = np.linspace(left, right, 501)
        curve = convexity.squared_loss(np.ones_like(z), z)
        assert np.all(curve <= np.linspace(curve[0], curve[-1], 501) + 1e-12)
    for left, right in [(-8, THIRD), (-3, THIRD), (-8, -4)]:
        z = np.linspace(left, right, 501)
        curve = convexity.squared_loss(np.ones_like(z), z)
        assert np.all(curve >= np.linspace(curve[0], curve[-1], 501) - 1e-12)


@pytest.mark.parametrize("data", convexity.ONE_WEIGHT)
def test_the_race_follows_the_gradient_of_its_curves(data):
    x, y = map(np.array, convexity.ONE_WEIGHT[data])
    w, h = np.linspace(-5, 5, 21), 1e-5
    for loss in convexity.LOSS:
        rise = convexity.mean_loss(loss, x, y, w + h) - convexity.mean_loss(loss, x, y, w - h)
        after = [convexity.path_of_weight(loss, data, float(start), 1)[1] for start in w]
        assert w - after == pytest.approx(rise / (2 * h), abs=1e-8)


def test_the_dots_of_the_race_lie_on_their_curves_and_on_one_path():
    axes, sentence = drawn(convexity.descent_race, step=30, start=-4.0, rate=1, data="one sample")
    for ax, head in zip(axes[:2], axes[2].lines[-2:], strict=True):
        curve, trail, _, dot = ax.lines
        assert dot.get_ydata()[0] == pytest.approx(np.interp(dot.get_xdata()[0], *curve.get_data()), abs=1e-3)
        assert len(trail.get_xdata()) == 30
        assert head.get_ydata()[0] == dot.get_xdata()[0]
        assert f"w = {dot.get_xdata()[0]:.3f}" in sentence


def test_what_leaves_the_race_is_pointed_at():
    axes, sentence = drawn(convexity.descent_race, step=100, start=2.0, rate=1000, data="five samples")
    assert [ax.lines[3].get_marker() for ax in axes[:2]] == [">", "<"]
    assert {line.get_color(): line.get_marker() for line in axes[2].lines[-2:]} == {BLUE: "^", ORANGE: "v"}
    assert sentence.count("outside the picture") == 2
    axes, sentence = drawn(convexity.descent_race, step=20, start=10.0, rate=1, data="one sample")
    assert "outside" not in sentence
    axes, _ = drawn(convexity.descent_race, step=0, start=10.0, rate=1, data="five samples")
    assert [ax.lines[3].get_marker() for ax in axes[:2]] == ["o", "^"]


def test_both_arrows_are_seen_where_both_weights_have_left():
    explorer = explorers.descent_race(step=20, rate=1000)
    race = explorer.screen.figure.axes[2]
    (left, low), (right, high) = np.round(race.transData.transform([(10, 5), (30, 11)])).astype(int)
    frame = shown(explorer)
    place = frame[len(frame) - high : len(frame) - low, left:right, :3]
    for colour in (BLUE, ORANGE):
        assert np.all(place == np.multiply(to_rgb(colour), 255).round(), axis=-1).any(), colour


@pytest.mark.parametrize("loss", convexity.LOSS)
@pytest.mark.parametrize("data", convexity.ONE_WEIGHT)
@pytest.mark.parametrize("rate", convexity.RATES)
def test_no_path_is_decided_by_rounding(rate, data, loss):
    """With more digits, where long double has them, the printed ones are the same, from every start of the slider."""

    def paths(kind):
        x, y = (np.array(a, kind) for a in convexity.ONE_WEIGHT[data])

        def slope(w):
            a = 1 / (1 + np.exp(-np.multiply.outer(w, x)))
            by_logit = a - y if loss == "cross-entropy" else 2 * (a - y) * a * (1 - a)
            return (by_logit * x).mean(axis=-1)

        return descend(slope, np.arange(-100, 101) / 10, kind(rate), convexity.STEPS)

    doubles = paths(np.float64)
    assert np.abs(doubles - paths(np.longdouble)).max() < 5e-4
    path = doubles[:, 59]
    assert convexity.path_of_weight(loss, data, path[0], rate) == pytest.approx(path, abs=5e-4)


@pytest.mark.parametrize("rate", [1, 25, 1000])
def test_every_dot_of_a_trail_lies_on_its_curve(rate):
    axes, _ = drawn(convexity.descent_race, step=100, start=10.0, rate=rate, data="five samples")
    for ax, loss in zip(axes[:2], convexity.LOSS, strict=True):
        w, heights = ax.lines[1].get_data()
        expected = convexity.mean_loss(loss, *map(np.array, convexity.ONE_WEIGHT["five samples"]), w)
        assert heights == pytest.approx(expected)
        assert np.all(np.abs(w) <= convexity.EDGE)


def test_nine_steps_and_a_thousand_five_hundred():
    cross = convexity.path_of_weight("cross-entropy", "one sample", -8.0, 1)
    assert np.argmax(cross >= 0) == 9
    squared = descend(lambda z: convexity.squared_slope(1.0, z), -8.0, 1.0, 1600)
    assert np.argmax(squared >= 0) == 1507


def test_the_five_samples_have_two_valleys_for_the_squared_error_and_one_for_the_cross_entropy():
    x, y = map(np.array, convexity.ONE_WEIGHT["five samples"])
    squared = convexity.mean_loss("squared error", x, y, LOGITS)
    low = minima(squared)
    assert LOGITS[low].round(2).tolist() == [-0.21, 3.43]
    assert squared[low[0]] < squared[low[1]]
    assert len(minima(convexity.mean_loss("cross-entropy", x, y, LOGITS))) == 1


def test_squared_error_reaches_its_lower_valley_from_between_its_plateau_and_its_ridge():
    x, y = map(np.array, convexity.ONE_WEIGHT["five samples"])
    fine = np.linspace(0, 1, 1001)
    ridge = fine[np.argmax(convexity.mean_loss("squared error", x, y, fine))]
    assert ridge == pytest.approx(0.5, abs=0.01)
    for start in np.round(np.arange(-10, 10.05, 0.1), 1):
        end = convexity.path_of_weight("squared error", "five samples", start, 1)[100]
        assert (end == pytest.approx(-0.207, abs=0.01)) == (-5.6 <= start < ridge), start
        assert (end > ridge) == (start > ridge), start


def test_cross_entropy_reaches_its_valley_from_every_start_at_rate_one():
    for start in np.round(np.arange(-10, 10.05, 0.1), 1):
        end = convexity.path_of_weight("cross-entropy", "five samples", float(start), 1)[-1]
        assert end == pytest.approx(-0.292, abs=1e-3), start


def test_the_ridge_parts_the_starts_of_the_squared_error():
    x, y = map(np.array, convexity.ONE_WEIGHT["five samples"])
    w = np.linspace(-0.2, 3.4, 3601)
    ridge = w[np.argmax(convexity.mean_loss("squared error", x, y, w))]
    starts = np.round(np.arange(-10, 10.05, 0.1), 1)

    def gradient(w):
        z = np.multiply.outer(w, x)
        return (convexity.squared_slope(np.broadcast_to(y, z.shape), z) * x).mean(axis=-1)

    ends = descend(gradient, starts, 1.0, 2000)[-1]
    assert ends == pytest.approx(np.where(starts < ridge, -0.207, 3.427), abs=0.01)


def test_a_large_rate_mends_one_sample_but_strands_one_of_the_other_label():
    for y, wrong in ((1.0, False), (0.0, True)):
        end = descend(lambda z, y=y: convexity.squared_slope(y, z), -8.0 if y else 1.0, 1491.0, 10)[-1]
        other = convexity.squared_loss(1.0, end)
        assert (other > 0.99) == wrong


def test_large_rates_strand_the_squared_error_and_shake_the_cross_entropy():
    squared = convexity.path_of_weight("squared error", "five samples", 2.0, 1000)
    assert squared[1] > 10
    assert np.all(np.diff(squared[1:10]) < 0)
    assert squared[9] < -0.21
    assert squared[10] == pytest.approx(55, abs=0.5)
    assert np.ptp(squared[10:]) < 0.2
    cross = convexity.path_of_weight("cross-entropy", "five samples", 2.0, 1000)
    assert cross[-20:].min() < -100 < 100 < cross[-20:].max()
    for loss, settled in (("squared error", True), ("cross-entropy", False)):
        path = convexity.path_of_weight(loss, "five samples", 2.0, 20)
        assert (np.ptp(path[-20:]) < 0.01) == settled


@pytest.mark.parametrize("labels", convexity.LABELS)
@pytest.mark.parametrize("loss", convexity.LOSS)
def test_a_star_is_a_minimum_and_separable_labels_have_none(loss, labels):
    x, y = np.array(convexity.PLACES), np.array(convexity.LABELS[labels])
    star = convexity.valley(loss, labels)
    if labels == "separable":
        assert star.size == 0
        w, b = np.meshgrid(np.linspace(-7, 7, 29), np.linspace(-7, 7, 29))
        assert np.all(convexity.mean_loss(loss, x, y, w + 0.01, b) < convexity.mean_loss(loss, x, y, w, b))
        return
    lowest = convexity.mean_loss(loss, x, y, *star[0])
    turns = np.linspace(0, 2 * np.pi, 24)
    around = convexity.mean_loss(loss, x, y, star[0, 0] + 0.01 * np.cos(turns), star[0, 1] + 0.01 * np.sin(turns))
    assert around.min() > lowest
    assert np.abs(np.diff(convexity.path_of_both(loss, labels, *star[0])[:2], axis=0)).max() < 1e-6


def test_the_paths_of_the_surfaces_stay_in_the_picture():
    ends = (-5.0, 0.0, 5.0)
    for loss in convexity.LOSS:
        for labels in convexity.LABELS:
            farthest = max(np.abs(convexity.path_of_both(loss, labels, w, b)).max() for w in ends for b in ends)
            assert farthest < 7.5


def test_the_surfaces_show_one_map_each_and_the_fits_of_their_dots():
    axes, sentence = drawn(convexity.loss_surfaces, step=40, w=-4.0, b=4.0, labels="overlapping")
    for ax, loss, model in zip(axes[:2], convexity.LOSS, axes[2].lines[1:], strict=True):
        assert sum(layer.get_visible() for layer in ax.collections) == 2
        star, path, ring, dot = ax.lines
        assert np.array_equal(path.get_xydata()[-1], dot.get_xydata()[0])
        assert np.array_equal(path.get_xydata()[0], ring.get_xydata()[0])
        assert star.get_xydata() == pytest.approx(convexity.valley(loss, "overlapping"))
        w, b = dot.get_xydata()[0]
        x, fit = model.get_data()
        assert fit == pytest.approx(1 / (1 + np.exp(-(w * x + b))))
        assert f"w = {w:.3f}, b = {b:.3f} with" in sentence


def test_with_overlapping_labels_the_squared_error_runs_away_from_its_minimum():
    x, y = np.array(convexity.PLACES), np.array(convexity.LABELS["overlapping"])
    path = convexity.path_of_both("squared error", "overlapping", -4.0, 0.0)
    assert np.all(np.diff(path[:, 0]) < 0)
    w = -np.linspace(4, 40, 400)
    costs = convexity.mean_loss("squared error", x, y, w)
    assert np.all(np.diff(costs[:60]) < 0)
    assert costs[-1] == pytest.approx(2 / 3, abs=1e-6)
    assert convexity.mean_loss("squared error", x, y, 0.892) < 0.1415


def test_one_wrong_label_flattens_the_cross_entropy_and_not_this_squared_error():
    squared, cross = (convexity.path_of_both(loss, "one wrong", 3.0, 0.0)[-1] for loss in convexity.LOSS)
    assert squared[0] > 3.5
    assert cross[0] < 0.6
    elsewhere = convexity.path_of_both("squared error", "one wrong", -4.0, 0.0)[-1]
    assert elsewhere == pytest.approx(convexity.valley("squared error", "one wrong")[0], abs=0.01)


def test_the_brier_score_is_proper_and_convex_in_the_probability():
    p = np.linspace(0, 1, 1001)
    for truth in (0.1, 0.3, 0.5):
        expected = truth * lossviz.brier_score(np.ones_like(p), p) + (1 - truth) * lossviz.brier_score(0 * p, p)
        assert p[np.argmin(expected)] == pytest.approx(truth)
        assert np.diff(expected, 2) == pytest.approx(2 * 0.001**2)


def test_the_larger_rate_and_the_slopes_of_the_reply():
    ratio = convexity.squared_slope(1.0, 0.0) / convexity.squared_slope(1.0, -8.0)
    assert round(float(ratio)) == 373


def test_the_answers_are_the_librarys():
    y, z = np.array([1.0, 0.0, 1.0, 0.0]), np.array([-3.0, 0.5, 2.0, -1.0])
    a = lossviz.sigmoid(z)
    assert exercises.sigmoid.answer(z) == pytest.approx(a, rel=1e-14)
    assert exercises.squared_error_slope.answer(y, z) == pytest.approx(convexity.squared_slope(y, z), rel=1e-12)
    gradient = lossviz.binary_cross_entropy_with_logits_gradient(y, z)
    assert exercises.cross_entropy_slope.answer(y, z) == pytest.approx(gradient, rel=1e-12)
    assert exercises.second_derivative.answer(a) == pytest.approx(convexity.curvature("squared error", z), rel=1e-12)
    assert exercises.brier.answer(y, a) == pytest.approx(lossviz.brier_score(y, a).mean(), rel=1e-14)
    loss = lossviz.binary_cross_entropy_with_logits(y, z)
    assert exercises.stable_bce.answer(y, z) == pytest.approx(loss, rel=1e-14)
    pull = lossviz.binary_cross_entropy_with_logits_gradient(y, 0.5 * z - 0.2)
    expected = [np.mean(pull * z), np.mean(pull)]
    assert exercises.logistic_gradient.answer(z, y, 0.5, -0.2) == pytest.approx(expected, rel=1e-12)
