"""Every loss against its gradient, by central differences of the textbook formula in 400 digits.

A step of 1e-100 leaves an error near 1e-200 of the third derivative: far below float64, so the bound is 8 ulp again.
"""

from functools import partial

import numpy as np
import pytest
import reference
from mpmath import mpf
from reference import exact, ulps

import lossviz

pytestmark = pytest.mark.filterwarnings("error")
RNG = np.random.default_rng(7)
STEP = mpf("1e-100")
N, K = 6, 4

LABELS = RNG.integers(0, K, N)
LOGITS = RNG.normal(0, 3, (N, K))
P, Q = RNG.dirichlet(np.ones(K), N), RNG.dirichlet(np.ones(K), N)
Y, PROBABILITIES = RNG.uniform(0, 1, N), RNG.uniform(0, 1, N)
OBSERVED, PREDICTED = RNG.normal(0, 2, N), RNG.normal(0, 2, N)
WEIGHT = RNG.uniform(0.2, 5, K)
KEPT = LABELS[0] != LABELS


def torch_mean(y, z, weight, label_smoothing, divisor):
    """The mean over the kept samples of PyTorch's cross-entropy."""
    losses = [reference.torch_cross_entropy(a, b, weight, label_smoothing) for a, b in zip(y, z, strict=True)]
    return reference.total(losses) / divisor


def nll_mean(y, log_p):
    weights = [mpf(WEIGHT[a]) for a in y]
    return -reference.total(w * row[a] for a, w, row in zip(y, weights, log_p, strict=True)) / reference.total(weights)


# name: truth, prediction, options
ELEMENTWISE = {
    "binary_cross_entropy": (Y, PROBABILITIES, {}),
    "binary_cross_entropy_with_logits": (Y, LOGITS[:, 0], {}),
    "brier_score": (Y, PROBABILITIES, {}),
    "absolute_error": (OBSERVED, PREDICTED, {}),
    "squared_error": (OBSERVED, PREDICTED, {}),
    "huber": (OBSERVED, PREDICTED, {"delta": 0.75}),
    "smooth_l1": (OBSERVED, PREDICTED, {"beta": 0.75}),
    "log_cosh": (OBSERVED, PREDICTED, {}),
    "quantile_loss": (OBSERVED, PREDICTED, {"quantile": 0.3}),
}
OVER_ROWS = {
    "cross_entropy": (P, Q, {"base": 2}),
    "kl_divergence": (P, Q, {"base": 2}),
    "js_divergence": (P, Q, {"base": 2}),
    "categorical_cross_entropy": (LABELS, Q, {}),
    "softmax_cross_entropy": (LABELS, LOGITS, {}),
}
MEANS = {name: (OBSERVED, PREDICTED, {}) for name in ("mse", "mae", "rmse")}


def literal_kl(p, q, base):
    """Without the q - p that the reference adds: it sums to 0 over distributions, but has a slope of its own."""
    return reference.total(reference.kl_terms(p, q, base))


def slope(loss, prediction, index):
    """Central difference of a function of an object array, at one of its entries."""
    above, below = prediction.copy(), prediction.copy()
    above[index] += STEP
    below[index] -= STEP
    return (loss(above) - loss(below)) / (2 * STEP)


def slopes(loss, prediction):
    prediction = exact(prediction)
    result = np.empty(prediction.shape, dtype=object)
    for index in np.ndindex(prediction.shape):
        result[index] = slope(loss, prediction, index)
    return result


def total_loss(name, truth, options):
    """The sum of the losses, or the mean itself, as a function of the prediction."""
    formula = literal_kl if name == "kl_divergence" else getattr(reference, name)
    truth = truth if truth.dtype.kind == "i" else exact(truth)
    if name in MEANS:
        return partial(formula, truth, **options)
    return lambda prediction: reference.total(formula(a, b, **options) for a, b in zip(truth, prediction, strict=True))


@pytest.mark.parametrize("name", [*ELEMENTWISE, *OVER_ROWS, *MEANS])
def test_the_gradient_of_a_loss_is_its_slope(name):
    truth, prediction, options = (ELEMENTWISE | OVER_ROWS | MEANS)[name]
    computed = getattr(lossviz, name + "_gradient")(truth, prediction, **options)
    assert ulps(computed, slopes(total_loss(name, truth, options), prediction)).max() <= 8


@pytest.mark.parametrize("label_smoothing", [0.0, 0.3])
@pytest.mark.parametrize("target", [LABELS, P], ids=["labels", "class probabilities"])
def test_the_gradient_of_pytorchs_mean_is_its_slope(target, label_smoothing):
    labels = target.ndim == 1
    kept = KEPT if labels else np.ones(N, bool)
    divisor = reference.total(exact(WEIGHT)[LABELS[kept]]) if labels else mpf(N)
    truth = target[kept] if labels else exact(target)
    loss = lambda z: torch_mean(truth, z[kept], exact(WEIGHT), mpf(label_smoothing), divisor)  # noqa: E731
    options = {"weight": WEIGHT, "label_smoothing": label_smoothing}
    if labels:
        options["ignore_index"] = int(LABELS[0])
    computed = lossviz.torch_cross_entropy_gradient(LOGITS, target, **options)
    assert ulps(computed, slopes(loss, LOGITS), against=np.abs(computed).max()).max() <= 8


def test_the_gradient_of_the_negative_log_likelihood_is_its_slope():
    log_p = np.log(P)
    computed = lossviz.nll_loss_gradient(log_p, LABELS, weight=WEIGHT, ignore_index=int(LABELS[0]))
    assert ulps(computed, slopes(lambda z: nll_mean(LABELS[KEPT], z[KEPT]), log_p)).max() <= 8


def test_no_gradient_is_left_out():
    tested = {name + "_gradient" for name in ELEMENTWISE | OVER_ROWS | MEANS}
    tested |= {"torch_cross_entropy_gradient", "nll_loss_gradient"}
    assert tested == {name for name in lossviz.__all__ if name.endswith("_gradient")}


def test_every_loss_has_its_gradient():
    no_losses = set(lossviz.activations.__all__) | {"self_information", "entropy", "kl_terms"}
    losses = {name for name in lossviz.__all__ if not name.endswith("_gradient")} - no_losses
    assert {loss + "_gradient" for loss in losses} <= set(lossviz.__all__)
