"""PyTorch's semantics, against PyTorch itself, over all combinations of weight, ignoring, smoothing and reduction.

PyTorch is no dependency: without it these tests are skipped, but in the full CI run, which installs it, they fail.
"""

import numpy as np
import pytest
from optional import library

import lossviz

torch = library("torch", "torch==2.13.0")
F = torch.nn.functional

pytestmark = pytest.mark.filterwarnings("error")
RNG = np.random.default_rng(3)
K = 4
WEIGHTS = {"no weights": None, "weights": np.array([0.5, 2.0, 0.25, 1.25]), "a weight of 0": np.array([0.0, 2, 1, 1])}
SHAPES = [(K,), (6, K), (3, K, 2), (2, K, 3, 2)]
IGNORED = {"none ignored": -100, "a class ignored": 1, "a marker ignored": -1, "all ignored": -7}
REDUCTIONS = ["mean", "sum", "none"]


def labels(shape, ignored):
    target = RNG.integers(0, K, shape[:1] * (len(shape) > 1) + shape[2:])
    if ignored == -7:
        return np.full_like(target, ignored)
    return np.where(RNG.random(target.shape) < 0.4, ignored, target) if ignored == -1 else target


def class_probabilities(shape, _):
    return np.moveaxis(RNG.dirichlet(np.ones(K), shape[:1] * (len(shape) > 1) + shape[2:]), -1, min(1, len(shape) - 1))


def one_hot(shape, _):
    return np.moveaxis(np.eye(K)[labels(shape, None)], -1, min(1, len(shape) - 1))


TARGETS = [(labels, ignored) for ignored in IGNORED.values()] + [(class_probabilities, -100), (one_hot, -2)]


def loss_and_gradient(function, prediction, target, *, weight, reduction, **options):
    """PyTorch's loss and the gradient that it sends back to the prediction."""
    x = torch.tensor(prediction, requires_grad=True)
    w = None if weight is None else torch.tensor(weight)
    loss = function(x, torch.tensor(target), weight=w, reduction=reduction, **options)
    loss.sum().backward()
    return loss.detach().numpy(), x.grad.numpy()


def compare(ours, gradient, theirs, prediction, target, options):
    loss, slopes = loss_and_gradient(theirs, prediction, target, **options)
    ours, gradient = ours(prediction, target, **options), gradient(prediction, target, **options)
    assert np.shape(ours) == loss.shape
    np.testing.assert_allclose(ours, loss, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("label_smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=WEIGHTS)
@pytest.mark.parametrize(("make", "ignore_index"), TARGETS)
def test_cross_entropy_is_pytorchs(make, ignore_index, weight, label_smoothing, reduction):
    options = {
        "weight": weight,
        "ignore_index": ignore_index,
        "label_smoothing": label_smoothing,
        "reduction": reduction,
    }
    for shape in SHAPES:
        logits, target = RNG.normal(0, 3, shape), make(shape, ignore_index)
        pair = lossviz.torch_cross_entropy, lossviz.torch_cross_entropy_gradient
        compare(*pair, F.cross_entropy, logits, target, options)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=WEIGHTS)
@pytest.mark.parametrize("ignore_index", IGNORED.values(), ids=IGNORED)
def test_negative_log_likelihood_is_pytorchs(ignore_index, weight, reduction):
    options = {"weight": weight, "ignore_index": ignore_index, "reduction": reduction}
    for shape in SHAPES:
        log_probs = lossviz.log_softmax(RNG.normal(0, 3, shape), axis=min(1, len(shape) - 1))
        pair = lossviz.nll_loss, lossviz.nll_loss_gradient
        compare(*pair, F.nll_loss, log_probs, labels(shape, ignore_index), options)


def test_targets_of_weight_0_alone_have_no_mean_in_either():
    options = {"weight": np.array([0.0, 1, 1, 1]), "reduction": "mean"}
    logits, target = RNG.normal(size=(3, K)), np.zeros(3, int)
    pair = lossviz.torch_cross_entropy, lossviz.torch_cross_entropy_gradient
    compare(*pair, F.cross_entropy, logits, target, options)
    assert np.isnan(lossviz.torch_cross_entropy(logits, target, **options))


def test_a_class_to_ignore_goes_with_labels_only_in_either():
    with pytest.raises(RuntimeError, match="ignore_index is not supported"):
        F.cross_entropy(torch.zeros(2, K), torch.full((2, K), 1 / K), ignore_index=1)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_cross_entropy_is_log_softmax_and_negative_log_likelihood(reduction):
    logits, target = RNG.normal(size=(5, K)), RNG.integers(0, K, 5)
    composed = lossviz.nll_loss(lossviz.log_softmax(logits), target, weight=WEIGHTS["weights"], reduction=reduction)
    direct = lossviz.torch_cross_entropy(logits, target, weight=WEIGHTS["weights"], reduction=reduction)
    np.testing.assert_allclose(composed, direct, rtol=1e-14)


def test_where_pytorch_rounds_a_loss_to_0_ours_stays_positive():
    logits, target = np.array([[40.0, 0]]), np.array([0])
    assert F.cross_entropy(torch.tensor(logits), torch.tensor(target)).item() == 0
    assert lossviz.torch_cross_entropy(logits, target) == pytest.approx(np.exp(-40), rel=1e-15)


def test_where_pytorch_multiplies_0_by_infinity_ours_counts_0():
    logits, target = np.array([[0.0, -np.inf]]), np.array([[1.0, 0]])
    assert F.cross_entropy(torch.tensor(logits), torch.tensor(target)).isnan()
    assert lossviz.torch_cross_entropy(logits, target) == 0


# The other losses that PyTorch has too

N = 40
TRUTH, GUESS = RNG.normal(0, 2, N), RNG.normal(0, 2, N)
BITS, P = RNG.integers(0, 2, N).astype(float), RNG.uniform(0, 1, N)
ALIKE = {
    "absolute_error": (F.l1_loss, TRUTH, GUESS, {}),
    "squared_error": (F.mse_loss, TRUTH, GUESS, {}),
    "huber": (F.huber_loss, TRUTH, GUESS, {"delta": 0.7}),
    "smooth_l1": (F.smooth_l1_loss, TRUTH, GUESS, {"beta": 0.7}),
    "binary_cross_entropy": (F.binary_cross_entropy, BITS, P, {}),
    "binary_cross_entropy_with_logits": (F.binary_cross_entropy_with_logits, BITS, GUESS, {}),
}


@pytest.mark.parametrize("name", ALIKE)
def test_elementwise_losses_are_pytorchs(name):
    theirs, truth, guess, options = ALIKE[name]
    x = torch.tensor(guess, requires_grad=True)
    loss = theirs(x, torch.tensor(truth), reduction="none", **options)
    loss.sum().backward()
    np.testing.assert_allclose(getattr(lossviz, name)(truth, guess, **options), loss.detach(), rtol=1e-13)
    np.testing.assert_allclose(getattr(lossviz, name + "_gradient")(truth, guess, **options), x.grad, rtol=1e-13)


@pytest.mark.parametrize(("name", "theirs"), [("mse", F.mse_loss), ("mae", F.l1_loss)])
def test_means_are_pytorchs(name, theirs):
    truth, guess = TRUTH.reshape(10, 4), GUESS.reshape(10, 4)
    x = torch.tensor(guess, requires_grad=True)
    loss = theirs(x, torch.tensor(truth))
    loss.backward()
    np.testing.assert_allclose(getattr(lossviz, name)(truth, guess), loss.item(), rtol=1e-14)
    np.testing.assert_allclose(getattr(lossviz, name + "_gradient")(truth, guess), x.grad, rtol=1e-14)


@pytest.mark.parametrize("log_target", [False, True])
def test_the_divergence_is_pytorchs_with_log_q_first(log_target):
    p, q = RNG.dirichlet(np.ones(K), N), RNG.dirichlet(np.ones(K), N)
    target = torch.tensor(np.log(p) if log_target else p)
    theirs = F.kl_div(torch.tensor(np.log(q)), target, reduction="batchmean", log_target=log_target)
    assert lossviz.kl_divergence(p, q).mean() == pytest.approx(theirs.item(), rel=1e-13)


def test_activations_are_pytorchs():
    z = RNG.normal(0, 5, (3, 4, 5))
    t = torch.tensor(z)
    np.testing.assert_allclose(lossviz.sigmoid(z), t.sigmoid(), rtol=1e-14)
    for axis in range(-3, 3):
        np.testing.assert_allclose(lossviz.softmax(z, axis=axis), t.softmax(axis), rtol=1e-13)
        np.testing.assert_allclose(lossviz.log_softmax(z, axis=axis), t.log_softmax(axis), rtol=1e-13, atol=1e-15)
        np.testing.assert_allclose(lossviz.logsumexp(z, axis=axis), t.logsumexp(axis), rtol=1e-13)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16], ids=str)
def test_pytorchs_softmax_over_a_large_vocabulary_is_a_distribution(dtype):
    z = torch.tensor(RNG.normal(0, 5, (20, 50_257)), dtype=dtype)
    p = z.softmax(-1).numpy()
    truth = lossviz.entropy(lossviz.softmax(z.numpy().astype(float)))
    np.testing.assert_allclose(lossviz.entropy(p), truth, rtol=1e-4 if p.itemsize == 4 else 1e-2)
