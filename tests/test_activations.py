"""What is true of sigmoid, softmax and their relatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from lossviz import hardmax, log_softmax, logsumexp, sigmoid, softmax

pytestmark = pytest.mark.filterwarnings("error")

RNG = np.random.default_rng(13)
Z = RNG.normal(0, 5, (40, 6))
logits = arrays(float, 5, elements=st.floats(-1e3, 1e3))


def test_the_examples_of_the_lesson():
    assert hardmax([3, 1, -3]).tolist() == [1, 0, 0]
    assert softmax([3, 1, -3]).round(4).tolist() == [0.8789, 0.1189, 0.0022]


@given(st.floats(-800, 800))
def test_sigmoid_of_the_opposite_is_the_rest(z):
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, abs=2**-52)
    assert sigmoid(z) == pytest.approx(softmax([0, z])[1], rel=1e-14)
    assert sigmoid(z) >= 0.5 if z >= 0 else sigmoid(z) <= 0.5
    assert sigmoid(z) < 0.5 or z > -1e-15


def test_sigmoid_keeps_the_digits_of_small_probabilities():
    assert sigmoid(-700) == pytest.approx(np.exp(-700), rel=1e-15)
    assert sigmoid(-740) > 0
    assert sigmoid([-np.inf, -0.0, 0.0]).tolist() == [0, 0.5, 0.5]


@given(logits)
def test_softmax_is_a_distribution_in_the_order_of_the_logits(z):
    p = softmax(z)
    assert p.sum() == pytest.approx(1, abs=1e-15)
    assert (p >= 0).all()
    assert (np.diff(p[np.argsort(z)]) >= 0).all()


@given(logits, st.integers(-1000, 1000))
def test_a_shift_changes_nothing(z, shift):
    z = np.rint(z)
    np.testing.assert_array_equal(softmax(z), softmax(z + shift))
    np.testing.assert_array_equal(log_softmax(z), log_softmax(z + shift))
    assert logsumexp(z + shift) == pytest.approx(logsumexp(z) + shift, abs=1e-12)


@given(logits)
def test_softmax_goes_from_the_hard_max_to_the_uniform_distribution(z):
    apart = np.rint(z) + np.arange(5) / 8
    np.testing.assert_allclose(softmax(apart, temperature=1e-3), hardmax(apart), atol=1e-15)
    np.testing.assert_allclose(softmax(z, temperature=1e12), np.full(5, 0.2), rtol=1e-8)
    np.testing.assert_allclose(softmax(z, temperature=2), softmax(z / 2), rtol=1e-12)


def test_the_extreme_temperatures_are_legal():
    assert softmax([3, 1, -3], temperature=5e-324).tolist() == [1, 0, 0]
    assert softmax([3, 3, -3], temperature=1e-300).tolist() == [0.5, 0.5, 0]
    assert softmax([1e300, -1e300], temperature=1e300).round(4).tolist() == [0.8808, 0.1192]


def test_softmax_is_the_slope_of_logsumexp_which_lies_up_to_log_k_above_the_maximum():
    step = 1e-6
    for k in range(6):
        slope = (logsumexp(Z + step * np.eye(6)[k]) - logsumexp(Z - step * np.eye(6)[k])) / (2 * step)
        np.testing.assert_allclose(slope, softmax(Z)[:, k], atol=1e-8)  # rounding of about 1e-15 / step
    assert ((logsumexp(Z) >= Z.max(axis=1)) & (logsumexp(Z) <= Z.max(axis=1) + np.log(6))).all()
    assert logsumexp([2.0, 2, 2]) == pytest.approx(2 + np.log(3), rel=1e-15)


@given(logits)
def test_log_softmax_is_never_above_0_and_keeps_what_softmax_rounds_away(z):
    assert (log_softmax(z) <= 0).all()
    np.testing.assert_allclose(np.exp(log_softmax(z)), softmax(z), rtol=1e-12, atol=1e-300)
    assert -1e-17 < log_softmax([50.0, 0])[0] < 0
    assert log_softmax([0, -2e5]).tolist() == [0, -2e5]


@pytest.mark.parametrize("axis", [-3, -2, -1, 0, 1, 2])
def test_the_axis_of_the_classes_is_free(axis):
    z = RNG.normal(size=(2, 3, 4))
    last = np.moveaxis(z, axis, -1)
    np.testing.assert_array_equal(softmax(z, axis=axis), np.moveaxis(softmax(last), -1, axis))
    np.testing.assert_array_equal(log_softmax(z, axis=axis), np.moveaxis(log_softmax(last), -1, axis))
    np.testing.assert_array_equal(logsumexp(z, axis=axis), logsumexp(last))


def test_hardmax_has_one_winner_the_first_of_equals():
    assert hardmax([[1, 2, 2], [-np.inf, -5, -np.inf]]).tolist() == [[0, 1, 0], [0, 1, 0]]
    np.testing.assert_array_equal(hardmax(Z).argmax(axis=1), Z.argmax(axis=1))
    assert (hardmax(Z).sum(axis=1) == 1).all()


def test_an_impossible_class_stays_impossible():
    assert softmax([0, -np.inf]).tolist() == [1, 0]
    assert log_softmax([0, -np.inf]).tolist() == [0, -np.inf]
    assert logsumexp([3, -np.inf]) == 3


def test_scipy_agrees():
    np.testing.assert_allclose(sigmoid(Z), special.expit(Z), rtol=1e-15)
    np.testing.assert_allclose(softmax(Z), special.softmax(Z, axis=1), rtol=1e-14)
    np.testing.assert_allclose(log_softmax(Z), special.log_softmax(Z, axis=1), rtol=1e-9)
    np.testing.assert_allclose(logsumexp(Z), special.logsumexp(Z, axis=1), rtol=1e-14)


def test_a_long_row_is_as_exact_along_another_axis():
    z = np.random.default_rng(7).normal(0, 5, (20_000, 3))
    for function in (softmax, log_softmax, logsumexp):
        np.testing.assert_array_equal(function(z, axis=0), function(z.T).T)
