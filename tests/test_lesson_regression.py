"""What the pictures of the losses of regression draw, and what the lesson says of them."""

import math

import numpy as np
import pytest
from artists import drawn, heights
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

import lossviz
from lossviz import exercises, explorers
from lossviz.drawings import regression
from lossviz.drawings.descent import descend
from lossviz.drawings.regression import THREE, loss_of, minimisers, quantile_minimisers

RNG = np.random.default_rng(4)
Y, F = RNG.normal(0, 3, 9), RNG.normal(0, 3, 9)
values = st.lists(st.integers(-20, 20), min_size=1, max_size=9).map(lambda v: np.array(v, dtype=float))
deltas = st.sampled_from([0.01, 0.25, 1.0, 2.5, 4.0, 50.0])


def cost(name, w, x, y, delta):
    return loss_of(name, delta)(y, w * x).sum()


def test_the_answers_are_the_librarys():
    r = Y - F
    assert exercises.absolute_error.answer(Y, F) == pytest.approx(lossviz.absolute_error(Y, F))
    assert exercises.huber.answer(r, 1.3) == pytest.approx(lossviz.huber(Y, F, delta=1.3))
    assert exercises.huber_slope.answer(r, 1.3) == pytest.approx(-lossviz.huber_gradient(Y, F, delta=1.3))
    assert exercises.pinball.answer(Y, F, 0.3) == pytest.approx(lossviz.quantile_loss(Y, F, quantile=0.3))
    several = Y.reshape(3, 3), F.reshape(3, 3)
    assert exercises.cost_per_sample.answer(*several) == pytest.approx(3 * lossviz.mse(*several))


@pytest.mark.parametrize("name", THREE)
@given(y=values, delta=deltas, data=st.data())
def test_the_minimisers_are_all_that_minimise(name, y, delta, data):
    x = np.array(data.draw(st.lists(st.integers(1, 5), min_size=y.size, max_size=y.size)), dtype=float)
    low, high = minimisers(name, x, y, delta)
    least = cost(name, low, x, y, delta)
    assert low <= high + 1e-9
    for inside in (high, (low + high) / 2):
        assert cost(name, inside, x, y, delta) == pytest.approx(least, rel=1e-9, abs=1e-9)
    for outside in (low - 0.1, high + 0.1):
        assert cost(name, outside, x, y, delta) > least


@given(y=values, delta=deltas)
def test_huber_is_best_within_delta_of_a_median_and_at_the_mean_if_no_value_is_beyond(y, delta):
    ones = np.ones(y.size)
    low, high = minimisers("Huber", ones, y, delta)
    medians = minimisers("absolute error", ones, y)
    assert medians[0] - delta - 1e-9 <= low <= high + 1e-9 <= medians[1] + delta + 2e-9
    assert min(y) - 1e-9 <= low <= high + 1e-9 <= max(y) + 2e-9
    if np.abs(y - y.mean()).max() <= delta:
        assert (low, high) == pytest.approx((y.mean(), y.mean()), abs=1e-9)


def test_hubers_minimiser_can_be_outside_the_gap_from_median_to_mean():
    y = regression.SETS["lopsided values"]
    assert y.mean() == np.median(y) == 4
    assert minimisers("Huber", np.ones(5), y, 4) == pytest.approx((3.5, 3.5))
    _, sentence = drawn(regression.huber_delta, delta=4, data="lopsided values")
    assert "least at 3.500; the mean is 4.000, the median is 4.000" in sentence


@given(y=values, quantile=st.sampled_from([0.05, 0.25, 0.5, 0.8, 0.9]))
def test_the_quantiles_are_all_that_minimise(y, quantile):
    y = np.sort(y)

    def mean(c):
        return lossviz.quantile_loss(y, np.full(y.size, c), quantile=quantile).mean()

    low, high = quantile_minimisers(y, quantile)
    assert mean(low) == pytest.approx(mean(high), abs=1e-12)
    assert mean(low - 0.1) > mean(low) < mean(high + 0.1)
    for c in np.arange(-21, 22) / 1.0:
        share = np.sum(y < c) <= quantile * y.size + 1e-9 and np.sum(y <= c) >= quantile * y.size - 1e-9
        assert share == (low <= c <= high)


@pytest.mark.parametrize("r", [-3, -0.5, 0, 1.2, 3])
@pytest.mark.parametrize("delta", [0.1, 1.2, 4])
def test_the_dots_lie_on_their_curves_and_the_slopes_are_those_of_the_losses(r, delta):
    (losses, slopes), sentence = drawn(regression.loss_shapes, r=r, delta=delta)
    lines = {line.get_label(): line for line in losses.lines}
    dots = [line for line in losses.lines if line.get_marker() in "osD"]
    for name, dot in zip(THREE, dots, strict=True):
        height = float(loss_of(name, delta)(0.0, r))
        assert dot.get_ydata()[0] == pytest.approx(height, abs=1e-12)
        assert np.interp(r, *lines[name].get_data()) == pytest.approx(height, abs=1e-3)
        assert f"{name} {height:.3g}" in sentence
    curves = [line for line in slopes.lines if line.get_linestyle() in ("-", "--", "-.")][1:]
    pulls = [line for line in slopes.lines if line.get_marker() in "osD"]
    for name, curve, dot in zip(THREE, curves, pulls, strict=True):
        at = np.array([-2.7, -0.6, 0.3, 2.9])
        measured = (loss_of(name, delta)(at + 1e-6, 0 * at) - loss_of(name, delta)(at - 1e-6, 0 * at)) / 2e-6
        assert np.interp(at, *curve.get_data()) == pytest.approx(measured, abs=1e-4)
        if r:
            assert dot.get_ydata()[0] == pytest.approx(np.interp(r, *curve.get_data()))


def test_a_function_of_the_learners_is_drawn_with_its_slope():
    (losses, slopes), sentence = drawn(lambda fig: regression.loss_shapes(fig, mine=lambda r: 3 * r), r=1, delta=1)
    assert losses.lines[0].get_label() == "yours"
    assert losses.lines[0].get_ydata() == pytest.approx(3 * losses.lines[0].get_xdata())
    assert slopes.lines[1].get_ydata() == pytest.approx(np.full(601, 3))
    assert sentence.endswith("here.")


def test_a_function_that_cannot_be_drawn_is_said_and_the_picture_drawn():
    def my_huber(r, delta=1.0):
        return ...

    explorer = explorers.loss_shapes(mine=my_huber)
    assert "my_huber is not written yet" in explorer.sentence
    assert "mine=my_huber" in explorer.call
    explorer.close()


def test_infinite_values_of_the_learners_are_left_out():
    (losses, _), _ = drawn(lambda fig: regression.loss_shapes(fig, mine=lambda r: 1 / r), r=1, delta=1)
    assert np.isnan(losses.lines[0].get_ydata()).sum() == 1


@pytest.mark.parametrize("model", regression.MODELS)
@pytest.mark.parametrize("y", [0, 3.1, 9, 10])
@pytest.mark.parametrize("delta", [0.1, 1, 4])
def test_the_fits_are_the_lowest_points_of_the_drawn_costs(model, y, delta):
    (data, costs, _), _ = drawn(regression.outlier, y=y, delta=delta, model=model, loss="Huber")
    for curve, dot in zip(costs.lines[:3], costs.lines[3:], strict=True):
        x, height = curve.get_data()
        assert dot.get_ydata()[0] <= height.min() + 1e-12
        assert dot.get_ydata()[0] == pytest.approx(height.min(), abs=2e-3)
        assert dot.get_ydata()[0] == pytest.approx(np.interp(dot.get_xdata()[0], x, height), abs=2e-3)
        assert 0.05 < dot.get_xdata()[0] < 0.95
    assert data.lines[4].get_ydata() == [y]


@pytest.mark.parametrize("model", regression.MODELS)
@pytest.mark.parametrize("loss", THREE)
@pytest.mark.parametrize("y", [0, 3.05, 5, 10])
def test_at_the_minimum_the_pulls_cancel(model, loss, y):
    axes, sentence = drawn(regression.outlier, y=y, delta=1, model=model, loss=loss)
    shares = heights(axes[2].patches)
    assert sum(shares) == pytest.approx(0, abs=1e-9)
    assert sum(map(abs, shares)) == pytest.approx(1)
    assert f"{abs(shares[regression.OUTLIER]):.0%} of the pull" in sentence


def test_points_that_lie_on_the_fit_with_the_outlier_pull_together():
    """Only the sum of their pulls is known."""
    setting = {"y": 2.9, "delta": 1, "model": "one number", "loss": "absolute error"}
    axes, sentence = drawn(regression.outlier, **setting)
    shares = np.array(heights(axes[2].patches))
    others = regression.VALUES["one number"][:-1] != 2.9
    pull = abs(shares[:-1][others].sum())
    assert f"{pull:.0%} of the pull, together with what else lies on the fit." in sentence


def test_under_the_squared_error_the_outlier_of_the_lesson_is_all_that_pulls_up():
    for loss, pull in zip(THREE, ("50%", "17%", "27%"), strict=True):
        axes, sentence = drawn(regression.outlier, y=9, delta=1, model="one number", loss=loss)
        shares = np.array(heights(axes[2].patches))
        assert f"{pull} of the pull" in sentence
        assert (np.sum(shares > 1e-12) == 1) == (loss == "squared error")
    _, sentence = drawn(regression.outlier, y=9, delta=1, model="one number", loss="absolute error")
    assert "69% of the cost" in sentence


@pytest.mark.parametrize("data", regression.SETS)
@pytest.mark.parametrize("delta", regression.DELTAS)
def test_the_dot_of_delta_lies_on_its_path_and_smooth_l1_is_huber_over_delta(data, delta):
    (shapes, path), sentence = drawn(regression.huber_delta, delta=delta, data=data)
    huber, smooth = shapes.lines[2:4]
    if delta == math.inf:
        assert huber.get_ydata() == pytest.approx(huber.get_xdata() ** 2 / 2)
        assert not smooth.get_ydata().any()
        assert "infinity" in sentence
    else:
        assert smooth.get_ydata() * delta == pytest.approx(huber.get_ydata())
    low, high, dot = path.lines[-3:]
    between = [np.interp(dot.get_xdata()[0], *line.get_data()) for line in (low, high)]
    assert np.mean(between) == pytest.approx(dot.get_ydata()[0], abs=0.02)
    assert path.lines[1].get_ydata()[0] == regression.SETS[data].mean()
    assert path.lines[2].get_ydata()[0] == np.median(regression.SETS[data])


def test_for_six_values_and_a_tiny_delta_a_whole_interval_is_best():
    _, sentence = drawn(regression.huber_delta, delta=0.1, data="six values")
    assert "least at every number from 2.600 to 3.400" in sentence
    assert "every number from 2.5 to 3.5 is a median" in sentence


@pytest.mark.parametrize("rate", [0.05, 0.3, 0.7, 1.0])
def test_squared_error_and_huber_settle_and_the_absolute_error_jumps(rate):
    (_, gaps), _ = drawn(regression.settling, rate=rate, step=60)
    squared, absolute, huber = (line.get_ydata() for line in gaps.lines[:3])
    near = squared > 1e-5
    assert squared[1:][near[1:]] / squared[:-1][near[1:]] == pytest.approx(abs(1 - 2 * rate))
    if rate >= 0.3:
        assert huber[-1] < 1e-5
        assert absolute[-1] > 1e-3
        assert absolute[-10:].max() <= rate / 5 * 3
        assert len(set(absolute[-10:])) > 1
    if rate == 1:
        assert squared[-1] == pytest.approx(squared[0])


def test_outside_the_picture_the_dot_is_an_arrow_and_the_trail_ends_there():
    for step, marker in enumerate("ovov^v"):
        (where, _), sentence = drawn(regression.settling, rate=1.1, step=step)
        dot = next(line for line in where.lines if line.get_marker() in "ov^")
        assert dot.get_marker() == marker
        w = float(sentence.split("squared error ")[1].split(",")[0])
        assert dot.get_ydata()[0] == pytest.approx({"o": w, "v": 0.04 * 9, "^": 0.96 * 9}[marker], rel=1e-3)
        assert np.isfinite(where.lines[1].get_ydata()).sum() == min(step, 1) + 1


@pytest.mark.parametrize(("rate", "step"), [(1.1, 60), (0.3, 45), (0.3, 60), (0.55, 30), (0.05, 0)])
def test_the_sentence_of_settling_has_no_powers_of_ten(rate, step):
    _, sentence = drawn(regression.settling, rate=rate, step=step)
    assert "e+" not in sentence
    assert "e-" not in sentence


def test_a_rate_beyond_1_throws_the_squared_error_out_of_the_picture():
    (where, gaps), sentence = drawn(regression.settling, rate=1.1, step=40)
    assert [line.get_marker() for line in where.lines if line.get_marker() in "^osD"] == ["^", "s", "D"]
    assert gaps.lines[-1].get_visible()
    assert "too large" in sentence
    (_, gaps), sentence = drawn(regression.settling, rate=0.95, step=40)
    assert not gaps.lines[-1].get_visible()
    assert "too large" not in sentence


@pytest.mark.parametrize("quantile", [0.01, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("c", [0, 31, 90])
def test_the_promise_lies_on_the_curve_and_the_band_is_where_it_is_lowest(quantile, c):
    (vee, costs), sentence = drawn(regression.quantile_fit, quantile=quantile, c=c)
    assert vee.lines[0].get_ydata() == pytest.approx([10 * (1 - quantile), 0, 10 * quantile])
    _, curve, best, dot, beyond = costs.lines
    cost = np.interp(c, *curve.get_data())
    assert dot.get_ydata()[0] == pytest.approx(cost, abs=1e-9)
    assert (dot.get_visible(), beyond.get_visible()) == (cost <= 30, cost > 30)
    assert beyond.get_xdata() == [c]
    assert best.get_ydata()[1] == pytest.approx(curve.get_ydata().min())
    (band,) = costs.patches
    low, high = band.get_x(), band.get_x() + band.get_width()
    lowest = curve.get_xdata()[curve.get_ydata() < curve.get_ydata().min() + 1e-9]
    assert (lowest.min(), lowest.max()) == pytest.approx((low, high))
    assert f"{sum(time > c for time in regression.TIMES)} of 20 deliveries" in sentence


def test_the_worst_contaminated_gaussian_has_the_huber_loss_as_its_minus_log():
    """A density that integrates to 1, with a share of contamination that falls as delta grows (Huber, 1964)."""
    r = np.linspace(-60, 60, 1_200_001)
    shares = []
    for delta in (0.5, 1.0, 1.345, 2.0):
        share = 1 - 1 / (norm.cdf(delta) - norm.cdf(-delta) + 2 * norm.pdf(delta) / delta)
        density = (1 - share) / np.sqrt(2 * np.pi) * np.exp(-lossviz.huber(r, 0 * r, delta=delta))
        assert np.trapezoid(density, r) == pytest.approx(1, abs=1e-6)
        assert (density >= (1 - share) * norm.pdf(r) - 1e-15).all()
        shares.append(share)
    assert shares == sorted(shares, reverse=True)


def test_with_a_far_x_the_absolute_error_follows_one_point():
    x, y = np.array([1.0, 2, 3, 100]), np.array([1.0, 2, 3, 0])
    assert minimisers("absolute error", x, y) == (0, 0)


def test_all_pairs_are_least_at_the_mean_of_the_truths():
    best = np.full(9, Y.mean())

    def pairs(f):
        return np.mean((Y - f[:, None]) ** 2)

    assert all(pairs(best + 0.1 * np.eye(9)[i]) > pairs(best) < pairs(best - 0.1 * np.eye(9)[i]) for i in range(9))


@pytest.mark.parametrize("model", regression.MODELS)
@pytest.mark.parametrize("delta", [0.5, 1, 2])
def test_further_than_delta_above_hubers_fit_the_outlier_draws_only_the_squared_error_along(model, delta):
    x = np.ones(7) if model == "one number" else regression.POINTS
    lower, higher = (regression.VALUES[model] + y * (np.arange(7) == regression.OUTLIER) for y in (9, 30))
    assert lower[regression.OUTLIER] > x[regression.OUTLIER] * minimisers("Huber", x, lower, delta)[0] + delta
    for name in ("absolute error", "Huber"):
        assert minimisers(name, x, lower, delta) == pytest.approx(minimisers(name, x, higher, delta))
    assert minimisers("squared error", x, higher)[0] > minimisers("squared error", x, lower)[0] + 1


def test_the_median_of_many_gaussian_readings_has_half_pi_times_the_variance_of_their_mean():
    m = 500
    x = np.linspace(-1, 1, 200_001)
    log_density = m * (norm.logcdf(x) + norm.logsf(x)) + norm.logpdf(x)
    density = np.exp(log_density - log_density.max())
    variance = np.trapezoid(x**2 * density, x) / np.trapezoid(density, x)
    assert (2 * m + 1) * variance == pytest.approx(np.pi / 2, rel=2e-3)


def test_a_halved_loss_halves_the_step_from_the_same_place_but_not_every_later_one():
    """The steps of a descent on the squared error of one number, at the rate 0.3."""
    whole, half = (np.abs(np.diff(descend(lambda w, c=c: 2 * c * w, 1.0, 0.3, 4))) for c in (1, 0.5))
    assert half[0] == pytest.approx(whole[0] / 2)
    assert half[2] > whole[2]


def test_a_distance_below_the_axis_is_an_arrow():
    (_, gaps), _ = drawn(regression.settling, rate=0.5, step=60)
    assert [line.get_marker() for line in gaps.lines[-4:-1]] == ["v", "s", "v"]


def test_nothing_of_the_cost_is_called_nothing():
    _, sentence = drawn(regression.outlier, y=3.0, delta=4.0, model="one number", loss="Huber")
    assert "makes 0% of the cost and 0% of the pull" in sentence
