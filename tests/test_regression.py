"""What is true of the losses of predictions of a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize, special
from sklearn import metrics

import lossviz
from lossviz import (
    absolute_error,
    absolute_error_gradient,
    huber,
    huber_gradient,
    log_cosh,
    log_cosh_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    quantile_loss,
    quantile_loss_gradient,
    rmse,
    rmse_gradient,
    smooth_l1,
    smooth_l1_gradient,
    squared_error,
    squared_error_gradient,
)

pytestmark = pytest.mark.filterwarnings("error")

RNG = np.random.default_rng(19)
Y, F = RNG.normal(0, 3, (25, 2)), RNG.normal(0, 3, (25, 2))
numbers = st.floats(-1e100, 1e100)
positive = st.floats(1e-100, 1e100)
far_from_underflow = numbers.map(lambda x: x if abs(x) > 1e-50 else 0.0)
residuals = st.floats(-1e3, 1e3)

# name: options, what the curvature is near 0, what the slope is far out
LOSSES = {
    "absolute_error": {},
    "squared_error": {},
    "huber": {"delta": 0.75},
    "smooth_l1": {"beta": 0.75},
    "log_cosh": {},
    "quantile_loss": {"quantile": 0.5},
}


@pytest.mark.parametrize("name", LOSSES)
@given(y=residuals, f=residuals)
def test_losses_are_at_least_0_even_convex_and_0_at_the_truth(name, y, f):
    loss = lambda y, f: getattr(lossviz, name)(y, f, **LOSSES[name])  # noqa: E731
    gradient = getattr(lossviz, name + "_gradient")
    assert loss(y, f) >= 0
    assert loss(y, y) == 0
    assert gradient(y, y, **LOSSES[name]) == 0
    assert loss(y, f) == loss(f, y) == loss(-y, -f)
    assert np.sign(gradient(y, f, **LOSSES[name])) == np.sign(f - y)
    assert loss(0, f / 2) <= (loss(0, 0) + loss(0, f)) / 2 * (1 + 1e-12)


@given(numbers, numbers, positive)
def test_huber_is_clipped_squared_error(y, f, delta):
    r = f - y
    slope = huber_gradient(y, f, delta=delta)
    assert slope == min(max(r, -delta), delta)
    if abs(r) <= delta:
        assert huber(y, f, delta=delta) == pytest.approx(r * r / 2, rel=1e-15)
    else:
        assert huber(y, f, delta=delta) == pytest.approx(delta * (abs(r) - delta / 2), rel=1e-14)


@given(numbers, numbers, positive)
def test_smooth_l1_is_huber_over_its_threshold(y, f, beta):
    assert smooth_l1(y, f, beta=beta) == pytest.approx(huber(y, f, delta=beta) / beta, rel=1e-14, abs=1e-200)
    assert smooth_l1_gradient(y, f, beta=beta) == pytest.approx(huber_gradient(y, f, delta=beta) / beta, rel=1e-15)


def test_a_great_delta_gives_half_the_squared_error_and_a_small_beta_the_absolute_error():
    np.testing.assert_array_equal(huber(Y, F, delta=1e300), squared_error(Y, F) / 2)
    np.testing.assert_array_equal(huber_gradient(Y, F, delta=1e300), squared_error_gradient(Y, F) / 2)
    np.testing.assert_array_equal(smooth_l1(Y, F, beta=1e-300), absolute_error(Y, F))
    np.testing.assert_array_equal(smooth_l1_gradient(Y, F, beta=1e-300), absolute_error_gradient(Y, F))
    np.testing.assert_allclose(huber(Y, F, delta=1e-300), 1e-300 * absolute_error(Y, F), rtol=1e-15)
    np.testing.assert_array_equal(huber(Y, F), smooth_l1(Y, F))


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
def test_huber_is_continuous_at_its_threshold(delta):
    below, above = np.nextafter(delta, 0), np.nextafter(delta, 9)
    np.testing.assert_allclose(huber(0, below, delta=delta), huber(0, above, delta=delta), rtol=1e-15)
    assert huber_gradient(0, below, delta=delta) == pytest.approx(huber_gradient(0, above, delta=delta), rel=1e-15)
    assert huber(0, delta, delta=delta) == delta**2 / 2


def test_thresholds_are_1_unless_given_and_the_quantile_is_the_median():
    for name, option in (("huber", {"delta": 1}), ("smooth_l1", {"beta": 1}), ("quantile_loss", {"quantile": 0.5})):
        for function in (getattr(lossviz, name), getattr(lossviz, name + "_gradient")):
            np.testing.assert_array_equal(function(Y, F), function(Y, F, **option))


def test_a_loss_of_0_has_no_sign():
    for name, options in LOSSES.items():
        assert not np.signbit(getattr(lossviz, name)(1.0, 1.0, **options))


def test_the_losses_of_nothing_are_nothing():
    for name, options in LOSSES.items():
        for function in (getattr(lossviz, name), getattr(lossviz, name + "_gradient")):
            assert function(np.empty((0, 2)), np.empty((0, 2)), **options).shape == (0, 2)


@given(st.floats(1e-6, 1e3))
def test_log_cosh_lies_between_its_parabola_and_its_lines(r):
    loss = log_cosh(0, r)
    assert r - np.log(2) <= loss * (1 + 1e-15)
    assert loss <= min(r * r / 2, r) * (1 + 1e-15)
    assert log_cosh_gradient(0, r) == np.tanh(r)


def test_log_cosh_is_smooth_where_its_formula_changes():
    ends = np.array([np.nextafter(20, 0), 20, np.nextafter(20, 30)])
    np.testing.assert_allclose(log_cosh(0 * ends, ends), ends - np.log(2), rtol=1e-15)
    assert log_cosh(0, 1e-5) == pytest.approx(5e-11, rel=1e-9)
    assert log_cosh(0, 711) == pytest.approx(711 - np.log(2), rel=1e-15)


@given(numbers, numbers)
def test_the_quantile_loss_at_one_half_is_half_the_absolute_error(y, f):
    assert quantile_loss(y, f) == absolute_error(y, f) / 2
    assert quantile_loss_gradient(y, f) == absolute_error_gradient(y, f) / 2


def test_too_low_and_too_high_have_their_prices():
    assert quantile_loss([10, 10], [6, 14], quantile=0.75).tolist() == [3, 1]
    assert quantile_loss_gradient([10, 10], [6, 14], quantile=0.75).tolist() == [-0.75, 0.25]


@pytest.mark.parametrize(
    ("loss", "least"),
    [
        (squared_error, np.mean),
        (absolute_error, np.median),
        (lambda y, f: quantile_loss(y, f, quantile=0.9), lambda y: np.quantile(y, 0.9)),
        (lambda y, f: huber(y, f, delta=1e-6), np.median),
        (lambda y, f: huber(y, f, delta=1e6), np.mean),
    ],
    ids=["mean", "median", "quantile", "median for a small delta", "mean for a great delta"],
)
def test_each_loss_has_its_minimiser(loss, least):
    y = np.sort(RNG.exponential(size=101))
    total = lambda f: loss(y, np.full_like(y, f)).sum()  # noqa: E731
    found = optimize.minimize_scalar(total, bounds=(0, y.max()), method="bounded", options={"xatol": 1e-9}).x
    assert found == pytest.approx(least(y), abs=1e-4)


# Means


def test_means_are_means_over_all_entries():
    assert mse(Y, F) == pytest.approx(squared_error(Y, F).mean(), rel=1e-15)
    assert mae(Y, F) == pytest.approx(absolute_error(Y, F).mean(), rel=1e-15)
    assert rmse(Y, F) == pytest.approx(np.sqrt(mse(Y, F)), rel=1e-15)
    assert mae(Y, F) < rmse(Y, F)
    np.testing.assert_allclose(mse_gradient(Y, F), squared_error_gradient(Y, F) / 50, rtol=1e-15)
    np.testing.assert_allclose(mae_gradient(Y, F), absolute_error_gradient(Y, F) / 50, rtol=1e-15)
    np.testing.assert_allclose(rmse_gradient(Y, F), mse_gradient(Y, F) / (2 * rmse(Y, F)), rtol=1e-14)
    assert np.linalg.norm(rmse_gradient(Y, F)) == pytest.approx(1 / np.sqrt(50), rel=1e-14)


def test_a_mean_does_not_overflow_when_only_the_sum_does():
    far = np.full(5, 1.2e154)
    assert mse(0 * far, far) == pytest.approx(1.44e308, rel=1e-14)
    assert mae(np.zeros(9), np.full(9, 1.7e308)) == pytest.approx(1.7e308, rel=1e-14)
    assert rmse(np.zeros(9), np.full(9, 1.7e308)) == pytest.approx(1.7e308, rel=1e-14)
    assert mse([0.0, 0], [1e200, 1]) == np.inf
    assert rmse([0.0, 0], [5e-324, 5e-324]) == 5e-324


def test_the_root_has_a_corner_where_the_square_is_flat():
    assert rmse_gradient([1.0, 2], [1, 2]).tolist() == [0, 0]
    assert rmse([1.0, 2], [1, 2]) == 0
    assert rmse_gradient([0.0, 0], [3e-200, 4e-200]) == pytest.approx(rmse_gradient([0.0, 0], [3, 4]), rel=1e-14)


@given(arrays(float, 6, elements=far_from_underflow), arrays(float, 6, elements=far_from_underflow))
def test_scale_goes_through(y, f):
    assert rmse(4 * y, 4 * f) == 4 * rmse(y, f)
    assert mae(-y, -f) == mae(y, f)
    assert mse(f, y) == mse(y, f)


@pytest.mark.parametrize("size", [1, 1e200, 1e-200])
def test_the_root_does_not_ask_for_the_sign_of_the_errors(size):
    errors = size * np.array([3, 4])
    assert rmse([0, 0], -errors) == rmse([0, 0], errors) == pytest.approx(np.sqrt(12.5) * size)
    assert (rmse_gradient([0, 0], -errors) == -rmse_gradient([0, 0], errors)).all()


def test_the_root_and_its_slopes_are_finite_where_a_single_difference_overflows():
    assert rmse([1e308], [-1e308]) == np.inf
    assert rmse([1e308, 0], [-1e308, 0]) == pytest.approx(np.sqrt(2) * 1e308, rel=1e-15)
    assert rmse_gradient([1e308], [-1e308]) == -1
    greatest = np.finfo(float).max
    y, f = np.array([greatest, 5e307, 1e308, 0, -2e292]), np.array([-greatest, 8e307, 1e308 * (1 + 1e-9), 0, 1e292])
    in_units = rmse_gradient(y * 2.0**-900, f * 2.0**-900)
    np.testing.assert_allclose(rmse_gradient(y, f), in_units, rtol=1e-15)
    assert np.linalg.norm(rmse_gradient(y, f)) == pytest.approx(1 / np.sqrt(5), rel=1e-15)


# Oracles


def test_scikit_learn_agrees():
    assert mse(Y, F) == pytest.approx(metrics.mean_squared_error(Y, F), rel=1e-14)
    assert rmse(Y[:, 0], F[:, 0]) == pytest.approx(metrics.root_mean_squared_error(Y[:, 0], F[:, 0]), rel=1e-14)
    assert mae(Y, F) == pytest.approx(metrics.mean_absolute_error(Y, F), rel=1e-14)
    for quantile in (0.1, 0.5, 0.9):
        expected = metrics.mean_pinball_loss(Y, F, alpha=quantile)
        assert quantile_loss(Y, F, quantile=quantile).mean() == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("delta", [0.1, 1.0, 2.5])
def test_scipy_agrees(delta):
    np.testing.assert_allclose(huber(Y, F, delta=delta), special.huber(delta, F - Y), rtol=1e-14)


def test_log_cosh_is_the_logarithm_of_the_hyperbolic_cosine():
    np.testing.assert_allclose(log_cosh(Y, F), np.log(np.cosh(F - Y)), rtol=1e-12)
