"""What is true of the losses of predictions of a class."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special, stats
from sklearn import metrics

import lossviz
from lossviz import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    brier_score,
    brier_score_gradient,
    categorical_cross_entropy,
    categorical_cross_entropy_gradient,
    cross_entropy,
    log_softmax,
    nll_loss,
    nll_loss_gradient,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    torch_cross_entropy,
    torch_cross_entropy_gradient,
)

pytestmark = pytest.mark.filterwarnings("error")

RNG = np.random.default_rng(17)
N, K = 60, 5
BITS, P = RNG.integers(0, 2, N).astype(float), RNG.uniform(0.01, 0.99, N)
LABELS, LOGITS = RNG.integers(0, K, N), RNG.normal(0, 4, (N, K))
SOFT, Q = RNG.dirichlet(np.ones(K), N), RNG.dirichlet(np.ones(K), N)
ONE_HOT = np.eye(K)[LABELS]

logit = st.floats(-1e300, 1e300) | st.floats(-800, 800)
label = st.sampled_from([0.0, 1.0, 0.5, 0.25, 2.0**-30]) | st.integers(0, 2**52).map(lambda k: k / 2**52)


def test_the_two_models_of_the_lesson():
    labels = [0, 1, 0]
    first = categorical_cross_entropy(labels, [[0.4, 0.3, 0.3], [0.3, 0.4, 0.3], [0.1, 0.2, 0.7]])
    second = categorical_cross_entropy(labels, [[0.7, 0.2, 0.1], [0.1, 0.7, 0.2], [0.3, 0.4, 0.3]])
    assert first.round(4).tolist() == [0.9163, 0.9163, 2.3026]
    assert second.round(4).tolist() == [0.3567, 0.3567, 1.2040]
    assert f"{first.mean():.4f} {second.mean():.4f}" == "1.3784 0.6391"


@pytest.mark.parametrize(("k", "floor"), [(2, 0.3133), (3, 0.5514), (10, 1.4612)])
def test_probabilities_in_place_of_logits_leave_a_loss_that_does_not_vanish(k, floor):
    assert softmax_cross_entropy(0, np.eye(k)[0]).round(4) == floor


def test_the_slopes_at_a_confident_wrong_answer():
    p = sigmoid(-8)
    assert f"{brier_score_gradient(1, p) * p * (1 - p):.5f}" == "-0.00067"
    assert f"{binary_cross_entropy_with_logits_gradient(1, -8):.5f}" == "-0.99966"


# Binary


@given(label, logit)
def test_exchanging_the_classes_changes_nothing(y, z):
    assert binary_cross_entropy_with_logits(y, z) == binary_cross_entropy_with_logits(1 - y, -z)
    assert binary_cross_entropy_with_logits_gradient(y, z) == -binary_cross_entropy_with_logits_gradient(1 - y, -z)


@given(label, st.integers(0, 2**52).map(lambda k: k / 2**52))
def test_exchanging_the_classes_changes_nothing_for_probabilities(y, p):
    swapped = binary_cross_entropy(1 - y, 1 - p), -binary_cross_entropy_gradient(1 - y, 1 - p)
    np.testing.assert_allclose((binary_cross_entropy(y, p), binary_cross_entropy_gradient(y, p)), swapped, rtol=1e-14)
    assert brier_score(y, p) == brier_score(1 - y, 1 - p)


@given(label, st.floats(-500, 500))
def test_binary_cross_entropy_is_that_of_two_classes(y, z):
    binary, gradient = binary_cross_entropy_with_logits(y, z), binary_cross_entropy_with_logits_gradient(y, z)
    assert binary == pytest.approx(softmax_cross_entropy([1 - y, y], [0, z]), rel=1e-14)
    np.testing.assert_allclose(softmax_cross_entropy_gradient([1 - y, y], [0, z]), [-gradient, gradient], atol=1e-15)
    p = sigmoid(z)
    assert binary_cross_entropy(y, p) == pytest.approx(categorical_cross_entropy([1 - y, y], [1 - p, p]), rel=1e-14)


@given(label, st.floats(-10, 10))
def test_logits_are_the_same_as_their_probabilities(y, z):
    p = sigmoid(z)
    assert binary_cross_entropy_with_logits(y, z) == pytest.approx(binary_cross_entropy(y, p), rel=1e-11)
    chained = binary_cross_entropy_gradient(y, p) * p * (1 - p)
    assert binary_cross_entropy_with_logits_gradient(y, z) == pytest.approx(chained, abs=1e-11)


@pytest.mark.parametrize("z", [20.0, 37.5, 40, 100, 700])
def test_a_confident_right_answer_keeps_its_small_loss_and_slope(z):
    for y, sign in ((1, 1), (0, -1)):
        assert binary_cross_entropy_with_logits(y, sign * z) == pytest.approx(np.exp(-z), rel=1e-8)
        assert binary_cross_entropy_with_logits_gradient(y, sign * z) == pytest.approx(-sign * np.exp(-z), rel=1e-8)
    assert softmax_cross_entropy(1, [0, z, -np.inf]) == pytest.approx(np.exp(-z), rel=1e-8)
    assert softmax_cross_entropy_gradient(1, [0, z])[1] == pytest.approx(-np.exp(-z), rel=1e-8)


def test_the_loss_of_1e_17_is_positive():
    z = 17 * np.log(10)
    for loss in (
        binary_cross_entropy_with_logits(1, z),
        softmax_cross_entropy(0, [z, 0]),
        torch_cross_entropy([[z, 0]], [0]),
    ):
        assert loss == pytest.approx(1e-17, rel=1e-12)


def test_certainty_costs_nothing_if_right_and_everything_if_wrong():
    assert binary_cross_entropy([0, 1, 0, 1], [0, 1, 1, 0]).tolist() == [0, 0, np.inf, np.inf]
    assert binary_cross_entropy_gradient([0, 1, 0, 1], [0, 1, 1, 0]).tolist() == [1, -1, np.inf, -np.inf]
    assert binary_cross_entropy_with_logits([0, 1], [-np.inf, -np.inf]).tolist() == [0, np.inf]
    assert binary_cross_entropy_with_logits_gradient([0, 1], [-np.inf, -np.inf]).tolist() == [0, -1]
    assert not np.signbit(binary_cross_entropy([0, 1], [0, 1])).any()


@pytest.mark.parametrize("eps", [1e-300, 1e-15, 1e-7, 0.25])
def test_clipping_leaves_the_inside_alone(eps):
    inside = [0.25, 0.5, 0.75]
    for function in (binary_cross_entropy, binary_cross_entropy_gradient):
        np.testing.assert_array_equal(function([1, 0, 1], inside, eps=eps), function([1, 0, 1], inside))


def test_clipping_hides_the_certain_wrong_answer_on_both_sides():
    assert binary_cross_entropy_gradient([1, 0], [1e-9, 1 - 1e-9], eps=1e-7).tolist() == [0, 0]
    assert binary_cross_entropy([1, 0], [0, 1], eps=2.0**-20).tolist() == [20 * np.log(2)] * 2
    assert binary_cross_entropy([1, 0], [0, 1], eps=2.0**-60).tolist() == [60 * np.log(2)] * 2
    assert binary_cross_entropy_gradient([1, 0], [0, 1], eps=2.0**-60).tolist() == [0, 0]


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_both_scores_are_proper(truth, stated):
    for score in (binary_cross_entropy, brier_score):
        assert score(truth, truth) <= score(truth, stated) + 1e-15
        expected = truth * score(1, stated) + (1 - truth) * score(0, stated)
        least = truth * score(1, truth) + (1 - truth) * score(0, truth)
        assert least <= expected + 1e-15


def test_brier_is_bounded_and_the_sum_over_classes_is_the_original():
    assert brier_score([0, 1, 1], [1, 0, 1]).tolist() == [1, 1, 0]
    original = metrics.brier_score_loss(LABELS, Q, scale_by_half=False)
    assert brier_score(ONE_HOT, Q).sum(axis=1).mean() == pytest.approx(original, rel=1e-14)


# Several classes


@pytest.mark.parametrize("y", [LABELS, ONE_HOT, SOFT], ids=["labels", "one-hot", "soft"])
def test_softmax_cross_entropy_is_categorical_after_softmax(y):
    np.testing.assert_allclose(
        softmax_cross_entropy(y, LOGITS), categorical_cross_entropy(y, softmax(LOGITS)), rtol=1e-13
    )
    rows = ONE_HOT if y.ndim == 1 else y
    np.testing.assert_allclose(softmax_cross_entropy_gradient(y, LOGITS), softmax(LOGITS) - rows, atol=2e-16)


def test_labels_are_short_for_one_hot_rows():
    for function, prediction in (
        (categorical_cross_entropy, Q),
        (categorical_cross_entropy_gradient, Q),
        (softmax_cross_entropy, LOGITS),
        (softmax_cross_entropy_gradient, LOGITS),
    ):
        expected = function(LABELS, prediction)
        np.testing.assert_allclose(function(ONE_HOT, prediction), expected, rtol=1e-15)
        np.testing.assert_array_equal(function(ONE_HOT.astype(int), prediction), function(ONE_HOT, prediction))
        folded = function(LABELS.reshape(4, 15), prediction.reshape(4, 15, K))
        np.testing.assert_array_equal(folded.ravel(), expected.ravel())
        np.testing.assert_array_equal(function(int(LABELS[3]), prediction[3]), expected[3])


def test_with_a_distribution_as_truth_it_is_the_cross_entropy():
    np.testing.assert_array_equal(categorical_cross_entropy(SOFT, Q), cross_entropy(SOFT, Q))
    np.testing.assert_array_equal(categorical_cross_entropy_gradient(SOFT, Q), lossviz.cross_entropy_gradient(SOFT, Q))


rows = arrays(float, (3, 4), elements=st.floats(-800, 800) | st.sampled_from([-np.inf, 1e8, -1e300])).filter(
    lambda z: (z.max(axis=1) > -np.inf).all()
)


@given(rows, arrays(np.int64, 3, elements=st.integers(0, 3)))
def test_rows_of_the_gradient_sum_to_0_and_only_the_truth_is_pushed_up(z, y):
    gradient = softmax_cross_entropy_gradient(y, z)
    largest = np.abs(gradient).max(axis=1)
    assert (np.abs(gradient.sum(axis=1)) <= 4 * np.spacing(largest)).all()
    true = np.eye(4)[y].astype(bool)
    assert (gradient[true] <= 0).all()
    assert (gradient[~true] >= 0).all()


@given(rows, arrays(np.int64, 3, elements=st.integers(0, 3)))
def test_softmax_cross_entropy_is_at_least_0_and_infinite_only_at_minus_infinity(z, y):
    loss = softmax_cross_entropy(y, z)
    assert (loss >= 0).all()
    np.testing.assert_array_equal(np.isinf(loss), np.isneginf(z[np.arange(3), y]))
    np.testing.assert_allclose(0 - log_softmax(z)[np.arange(3), y], loss, rtol=2e-15)


def test_a_class_that_is_impossible_in_truth_and_model_costs_nothing():
    assert softmax_cross_entropy([1, 0], [0, -np.inf]) == 0
    assert softmax_cross_entropy_gradient([1, 0], [0, -np.inf]).tolist() == [0, 0]
    assert categorical_cross_entropy([1, 0], [1, 0]) == 0
    assert categorical_cross_entropy_gradient([1, 0], [1, 0]).tolist() == [-1, 0]
    assert categorical_cross_entropy_gradient([0, 1], [1, 0]).tolist() == [0, -np.inf]


# PyTorch's semantics by their definitions; tests/test_torch.py has PyTorch itself

WEIGHT = np.array([0.5, 2, 1, 0.25, 3])


def test_without_options_it_is_the_mean_of_softmax_cross_entropy():
    losses = softmax_cross_entropy(LABELS, LOGITS)
    assert torch_cross_entropy(LOGITS, LABELS) == pytest.approx(losses.mean(), rel=1e-15)
    assert torch_cross_entropy(LOGITS, LABELS, reduction="sum") == pytest.approx(losses.sum(), rel=1e-15)
    np.testing.assert_allclose(torch_cross_entropy(LOGITS, LABELS, reduction="none"), losses, rtol=1e-15)
    mean, sum_, none = (torch_cross_entropy_gradient(LOGITS, LABELS, reduction=r) for r in ("mean", "sum", "none"))
    np.testing.assert_array_equal(none, softmax_cross_entropy_gradient(LABELS, LOGITS))
    np.testing.assert_array_equal(sum_, none)
    np.testing.assert_array_equal(mean, none / N)


def test_the_weighted_mean_divides_by_the_weights_of_the_targets():
    losses, weights = softmax_cross_entropy(LABELS, LOGITS), WEIGHT[LABELS]
    expected = np.average(losses, weights=weights)
    assert torch_cross_entropy(LOGITS, LABELS, weight=WEIGHT) == pytest.approx(expected, rel=1e-14)
    assert nll_loss(log_softmax(LOGITS), LABELS, weight=WEIGHT) == pytest.approx(expected, rel=1e-14)
    assert torch_cross_entropy(LOGITS, LABELS, weight=WEIGHT) != pytest.approx((losses * weights).mean(), rel=1e-3)


def test_class_probabilities_divide_by_their_number_even_with_weights():
    weighted = (WEIGHT * SOFT * -log_softmax(LOGITS)).sum()
    assert torch_cross_entropy(LOGITS, SOFT, weight=WEIGHT) == pytest.approx(weighted / N, rel=1e-14)


def test_ignored_targets_leave_numerator_and_denominator():
    kept = LABELS != 2
    for options in ({}, {"weight": WEIGHT}, {"weight": WEIGHT, "label_smoothing": 0.2}):
        expected = torch_cross_entropy(LOGITS[kept], LABELS[kept], **options)
        assert torch_cross_entropy(LOGITS, LABELS, ignore_index=2, **options) == pytest.approx(expected, rel=1e-14)
        gradient = torch_cross_entropy_gradient(LOGITS, LABELS, ignore_index=2, **options)
        assert (gradient[~kept] == 0).all()
        assert (gradient[kept] != 0).all()


def test_the_mean_of_nothing_is_nan_and_the_sum_0():
    ignored = np.full(N, -100)
    assert np.isnan(torch_cross_entropy(LOGITS, ignored))
    assert np.isnan(nll_loss(log_softmax(LOGITS), ignored))
    assert torch_cross_entropy(LOGITS, ignored, reduction="sum") == 0
    assert (torch_cross_entropy_gradient(LOGITS, ignored) == 0).all()
    assert (nll_loss_gradient(log_softmax(LOGITS), ignored) == 0).all()


def test_smoothing_spreads_over_all_classes():
    smoothed = 0.7 * ONE_HOT + 0.3 / K
    losses = softmax_cross_entropy(smoothed, LOGITS)
    np.testing.assert_allclose(
        torch_cross_entropy(LOGITS, LABELS, label_smoothing=0.3, reduction="none"), losses, rtol=1e-14
    )
    np.testing.assert_allclose(
        torch_cross_entropy_gradient(LOGITS, LABELS, label_smoothing=0.3, reduction="none"),
        softmax_cross_entropy_gradient(smoothed, LOGITS),
        atol=1e-15,
    )


def test_the_classes_of_more_dimensions_lie_along_axis_1():
    logits, labels = LOGITS.reshape(5, 12, K).swapaxes(1, 2), LABELS.reshape(5, 12)
    assert torch_cross_entropy(logits, labels) == pytest.approx(torch_cross_entropy(LOGITS, LABELS), rel=1e-15)
    gradient = torch_cross_entropy_gradient(logits, labels, weight=WEIGHT)
    expected = torch_cross_entropy_gradient(LOGITS, LABELS, weight=WEIGHT)
    np.testing.assert_allclose(gradient.swapaxes(1, 2).reshape(N, K), expected, rtol=1e-14)
    for options in ({"weight": WEIGHT}, {"label_smoothing": 0.2}):
        for target, flat in ((labels, LABELS), (SOFT.reshape(5, 12, K).swapaxes(1, 2), SOFT)):
            expected = torch_cross_entropy(LOGITS, flat, **options)
            assert torch_cross_entropy(logits, target, **options) == pytest.approx(expected, rel=1e-14)
    log_probs = log_softmax(logits, axis=1)
    assert nll_loss(log_probs, labels) == pytest.approx(torch_cross_entropy(LOGITS, LABELS), rel=1e-14)
    slopes = nll_loss_gradient(log_probs, labels, reduction="sum")
    np.testing.assert_array_equal(slopes.swapaxes(1, 2).reshape(N, K), -ONE_HOT)


@pytest.mark.parametrize("places", [2, 9])
def test_labels_of_more_dimensions_run_to_the_number_of_classes(places):
    logits, labels = np.zeros((3, 5, places)), np.full((3, places), 4)
    assert torch_cross_entropy(logits, labels) == pytest.approx(np.log(5))
    with pytest.raises(ValueError, match=r"target: value 5 at index .* labels run from 0 to 4"):
        torch_cross_entropy(logits, labels + 1)


def test_a_mean_does_not_overflow_when_only_the_sum_does():
    assert torch_cross_entropy([[0.0, 1e308]] * 4, [0] * 4) == pytest.approx(1e308, rel=1e-15)
    assert nll_loss([[-1.5e308, 0]] * 3, [0] * 3) == pytest.approx(1.5e308, rel=1e-15)


# Oracles


def test_scikit_learn_agrees():
    assert binary_cross_entropy(BITS, P).mean() == pytest.approx(metrics.log_loss(BITS, P), rel=1e-14)
    assert brier_score(BITS, P).mean() == pytest.approx(metrics.brier_score_loss(BITS, P), rel=1e-14)
    expected = metrics.log_loss(LABELS, Q, labels=range(K))
    assert categorical_cross_entropy(LABELS, Q).mean() == pytest.approx(expected, rel=1e-14)
    weighted = metrics.log_loss(LABELS, Q, labels=range(K), sample_weight=WEIGHT[LABELS])
    assert torch_cross_entropy(np.log(Q), LABELS, weight=WEIGHT) == pytest.approx(weighted, rel=1e-13)


def test_scipy_agrees():
    np.testing.assert_allclose(
        categorical_cross_entropy(SOFT, Q), stats.entropy(SOFT, axis=1) + stats.entropy(SOFT, Q, axis=1)
    )
    np.testing.assert_allclose(
        binary_cross_entropy_with_logits(BITS, LOGITS[:, 0]), -special.log_expit((2 * BITS - 1) * LOGITS[:, 0])
    )
