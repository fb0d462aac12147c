"""What is true of information and divergences."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from scipy.spatial.distance import jensenshannon

from lossviz import (
    cross_entropy,
    cross_entropy_gradient,
    entropy,
    js_divergence,
    js_divergence_gradient,
    kl_divergence,
    kl_divergence_gradient,
    kl_terms,
    self_information,
    softmax,
)

pytestmark = pytest.mark.filterwarnings("error")

RNG = np.random.default_rng(11)
P, Q = RNG.dirichlet(np.ones(5), 200), RNG.dirichlet(np.ones(5), 200)


def distributions(shape=(4,)):
    """Rows of every kind: equal weights, some 0, some tiny."""
    weights = arrays(float, shape, elements=st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1e-9, 1e-300]))
    return weights.filter(lambda w: (w.sum(axis=-1) > 1e-3).all()).map(lambda w: w / w.sum(axis=-1, keepdims=True))


@given(st.floats(1e-3, 1), st.floats(1e-3, 1))
def test_surprises_of_independent_events_add_up(a, b):
    assert self_information(a * b) == pytest.approx(self_information(a) + self_information(b), rel=1e-14, abs=1e-15)


def test_bits_of_powers_of_two_are_exact():
    assert [k for k in range(1075) if self_information(2.0**-k, base=2) != k] == []


@pytest.mark.parametrize("k", [1, 2, 3, 6])
def test_tenths_of_tenths_are_whole_hartleys(k):
    assert self_information(float(f"1e-{k}"), base=10) == k


def test_bits_of_dyadic_distributions_are_exact():
    p, q = [1 / 2, 1 / 4, 1 / 8, 1 / 8], [1 / 8, 1 / 8, 1 / 4, 1 / 2]
    assert entropy(p, base=2) == 1.75
    assert cross_entropy(p, q, base=2) == 0.5 * 3 + 0.25 * 3 + 0.125 * 2 + 0.125
    assert kl_divergence(p, q, base=2) == 0.875
    assert kl_terms(p, q, base=2).tolist() == [1, 0.25, -0.125, -0.25]
    assert kl_divergence([2**-40, 1 - 2**-40], [0.5, 0.5], base=2) == pytest.approx(1, abs=1e-10)
    assert js_divergence([1, 0], [0, 1], base=2) == 1


def test_the_example_of_the_lesson():
    assert f"{entropy([0.7, 0.2, 0.1]):.4f} {entropy([0.7, 0.2, 0.1], base=2):.4f}" == "0.8018 1.1568"


@pytest.mark.parametrize("k", [1, 2, 3, 10, 1000])
def test_entropy_reaches_log_k_for_equally_likely_outcomes_and_0_for_a_certain_one(k):
    assert entropy(np.full(k, 1 / k)) == pytest.approx(np.log(k), rel=1e-15)
    assert entropy(np.eye(k)[0]) == 0
    assert not np.signbit(entropy(np.eye(k)[0]))
    assert (entropy(RNG.dirichlet(np.ones(k), 100)) <= np.log(k) + 1e-14).all()


@given(distributions(), st.permutations(range(4)))
def test_entropy_does_not_know_the_outcomes_from_each_other(p, order):
    assert entropy(p[order]) == pytest.approx(entropy(p), rel=1e-15)


@given(distributions(), distributions())
def test_cross_entropy_is_entropy_plus_divergence(p, q):
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl_divergence(p, q), rel=1e-14)


@given(distributions())
def test_kl_from_the_uniform_distribution_is_the_missing_entropy(p):
    assert kl_divergence(p, np.full(4, 1 / 4)) == pytest.approx(np.log(4) - entropy(p), abs=1e-15)


@given(distributions(), distributions())
def test_kl_is_never_negative_and_infinite_only_where_q_is_0_below_p(p, q):
    divergence = kl_divergence(p, q)
    assert divergence >= 0
    assert np.isinf(divergence) == ((q == 0) & (p > 0)).any()


@given(distributions(), st.floats(-15, -1), arrays(float, 4, elements=st.floats(-1, 1)))
def test_kl_of_neighbours_is_half_of_chi_square_and_positive(p, exponent, direction):
    p = (p + 0.1) / 1.4
    gap = 10.0**exponent
    q = p * (1 + gap * direction)
    q /= q.sum()
    chi_square = ((p - q) ** 2 / p).sum()
    assert kl_divergence(p, q) == pytest.approx(chi_square / 2, rel=2 * gap + 1e-14, abs=0)
    assert (kl_divergence(p, q) > 0) == (p != q).any()


def test_kl_is_0_at_equality_and_has_a_direction():
    assert (kl_divergence(P, P) == 0).all()
    assert (kl_divergence(P, Q) != kl_divergence(Q, P)).all()
    assert kl_divergence([1, 0], [0.5, 0.5], base=2) == 1
    assert kl_divergence([0.5, 0.5], [1, 0]) == np.inf


def test_a_false_infinity_is_not_made_of_a_denormal():
    assert kl_divergence([0.5, 0.5], [5e-324, 1]) == pytest.approx(0.5 * np.log(0.5) * 2 + 0.5 * 744.4400719213812)
    assert js_divergence([5e-324, 1], [0, 1]) == 0


@given(distributions(), distributions())
def test_terms_of_kl_add_up_to_kl(p, q):
    terms = kl_terms(p, q)
    assert terms.shape == p.shape
    assert terms.sum() == pytest.approx(kl_divergence(p, q), abs=1e-15, rel=1e-13)
    assert ((terms < 0) <= (q > p)).all()
    assert not np.signbit(kl_terms(p, p)).any()


@given(distributions(), distributions())
def test_js_is_symmetric_bounded_and_its_root_a_distance(p, q):
    assert js_divergence(p, q) == js_divergence(q, p)
    assert 0 <= js_divergence(p, q) <= np.log(2) * (1 + 1e-15)
    m = (p + q) / 2
    assume((m > 0).all() or not (p + q)[m == 0].any())  # else half of the smallest number is rounded to 0
    assert js_divergence(p, q) == pytest.approx(np.mean([kl_divergence(p, m), kl_divergence(q, m)]), abs=1e-15)


@given(distributions((3, 4)))
def test_the_root_of_js_obeys_the_triangle_inequality(rows):
    a, b, c = (np.sqrt(js_divergence(rows[i], rows[j])) for i, j in ((0, 1), (1, 2), (0, 2)))
    assert c <= a + b + 1e-9


@pytest.mark.parametrize("base", [2, 10, 3, np.e])
def test_a_base_is_a_unit(base):
    for function in (cross_entropy, kl_divergence, js_divergence):
        np.testing.assert_allclose(function(P, Q, base=base) * np.log(base), function(P, Q), rtol=1e-14)
        gradient = {cross_entropy: cross_entropy_gradient, kl_divergence: kl_divergence_gradient}
        gradient = gradient.get(function, js_divergence_gradient)
        np.testing.assert_allclose(gradient(P, Q, base=base) * np.log(base), gradient(P, Q), rtol=1e-14)
    np.testing.assert_allclose(kl_terms(P, Q, base=base) * np.log(base), kl_terms(P, Q), rtol=1e-14)
    np.testing.assert_allclose(entropy(P, base=base) * np.log(base), entropy(P), rtol=1e-14)


@pytest.mark.parametrize("base", [2, 3, np.e])
def test_scipy_agrees(base):
    np.testing.assert_allclose(entropy(P, base=base), stats.entropy(P, axis=1, base=base), rtol=1e-14)
    np.testing.assert_allclose(kl_divergence(P, Q, base=base), stats.entropy(P, Q, axis=1, base=base), rtol=1e-12)
    np.testing.assert_allclose(js_divergence(P, Q, base=base), jensenshannon(P, Q, axis=1, base=base) ** 2, rtol=1e-12)


def test_where_the_textbook_formula_has_no_digit_left_ours_has_them():
    p, q = np.array([0.3, 0.7]), np.array([0.3 + 1e-9, 0.7 - 1e-9])
    truth = 1e-18 / (2 * 0.3 * 0.7)
    assert abs((p * np.log(p / q)).sum() - truth) > truth
    assert kl_divergence(p, q) == pytest.approx(truth, rel=1e-6)


def test_gradients_of_kl_and_cross_entropy_are_the_same_as_entropy_does_not_move():
    np.testing.assert_array_equal(kl_divergence_gradient(P, Q), cross_entropy_gradient(P, Q))
    np.testing.assert_array_equal(kl_divergence_gradient(P, P), np.full(P.shape, -1.0))
    np.testing.assert_array_equal(js_divergence_gradient(P, P), np.zeros(P.shape))


def test_gradients_at_the_ends():
    assert cross_entropy_gradient([0, 0.5, 0.5], [0, 0, 1]).tolist() == [0, -np.inf, -0.5]
    assert js_divergence_gradient([0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5], base=2).tolist() == [0.5, -np.inf, 0, 0.5]


def test_moving_against_the_gradient_lowers_the_divergence():
    for divergence, gradient in ((kl_divergence, kl_divergence_gradient), (js_divergence, js_divergence_gradient)):
        slope = gradient(P, Q)
        moved = softmax(np.log(Q) - 1e-3 * (slope - (Q * slope).sum(axis=-1, keepdims=True)))
        assert (divergence(P, moved) < divergence(P, Q)).all()


@pytest.mark.parametrize("function", [entropy, cross_entropy, kl_divergence, js_divergence])
def test_rows_lie_along_the_last_axis(function):
    arguments = (P,) if function is entropy else (P, Q)
    folded = function(*(a.reshape(4, 50, 5) for a in arguments))
    assert folded.shape == (4, 50)
    np.testing.assert_array_equal(folded.ravel(), function(*arguments))
    np.testing.assert_array_equal(folded[1, 2], function(*(a[52] for a in arguments)))
