"""Every function against 400 digits, over ordinary and extreme input: 8 ulp in float64, 1 ulp in float32.

Exempt are only results whose digits the input does not determine to that degree: gradients near a root of theirs,
softmax far below its maximum, and log-sum-exp near 0. There the error is measured against the terms that cancel.
"""

from itertools import product

import numpy as np
import pytest
import reference

import lossviz

pytestmark = pytest.mark.filterwarnings("error")
RNG = np.random.default_rng(20240229)
TINY = 5e-324
PROBABILITIES = [0, TINY, 1e-310, 1e-300, 1e-17, 1e-8, 0.1, 0.3, 0.5, 0.75, 1 - 2**-10, 1 - 2**-52, 1 - 2**-53, 1]
LABELS = [0, 1, 0.5, 0.9, 1e-300, TINY, 1 - 2**-53]
LOGITS = [-np.inf, -1e300, -1e8, -1000, -746, -710, -40, -1.5, -1e-8, -1e-300, -0.0]
LOGITS += [0.0, TINY, 1e-17, 0.7, 3, 37.5, 709, 746, 1e3, 1e8, 1e300, *RNG.normal(0, 1, 20), *RNG.normal(0, 10, 20)]
RESIDUALS = [s * 10.0**k for s in (1, -1) for k in range(-200, 201, 25)] + [0, TINY, 1.5, -2.5, 0.999, 20.5, -18.7, 711]
THRESHOLDS = [1e-300, 1e-100, 1e-3, 0.7, 1.0, 1e3, 1e100, 1e300]
QUANTILES = [1e-300, 0.05, 0.5, 0.9, 1 - 2**-53]


def grid(*columns):
    return tuple(np.array(column) for column in zip(*product(*columns), strict=True))


def logit_rows():
    """Rows of 2, 3 and 10 logits: ordinary, spread, huge, with a great offset, and with -inf."""
    for k in (2, 3, 10):
        normal = RNG.normal(size=(12, k))
        far = np.where(np.arange(k) == 1, -np.inf, normal)
        signs = RNG.choice([-1.0, 1.0], size=(12, k))
        yield from (normal, 10 * normal, 100 * normal, 1e8 + normal, 1e3 * signs, 1e300 * signs, far, 0 * normal)
    yield np.array([[0, -40.3], [20.1, -19.7], [700.1, 0.3], [0, -745.0], [1000.3, 300.1], [3, 3.0], [1e-300, 0]])


def weights_to_rows(weights):
    return weights / weights.sum(axis=-1, keepdims=True)


def distribution_pairs():
    """Pairs of rows: ordinary, nearly equal, with zeros, with probabilities next to 0 and next to 1."""
    for k in (2, 3, 10):
        p = RNG.dirichlet(np.ones(k), size=40)
        yield p, RNG.dirichlet(np.ones(k), size=40)
        yield p, p
        for gap in 10.0 ** -np.arange(1, 14):
            yield p[:2], weights_to_rows(p[:2] * (1 + gap * RNG.uniform(-1, 1, size=(2, k))))
    a, ratio = grid(np.geomspace(1e-3, 0.2, 8), np.linspace(1.2, 4.96, 24))  # where one formula takes over from another
    p, q = np.stack([a, 1 - a], axis=1), np.stack([a * ratio, 1 - a * ratio], axis=1)
    yield p, q
    yield q, p
    yield tuple(np.array([[a, 1 - a]]) for a in (0.008652104878014127, 0.00413606302086778))
    ends = np.array([[a, 1 - a] for a in (*PROBABILITIES, 1e-5, 2**-20)])
    yield tuple(np.stack(pair) for pair in zip(*product(ends, ends), strict=True))
    a, b = 0.00010720286807246997, 4.221338985589476e-05
    yield np.array([[1 - a, a]]), np.array([[1 - b, b]])


def labelled(rows):
    return RNG.integers(0, rows.shape[1], len(rows))


ELEMENTWISE = {
    "self_information": [((np.array(PROBABILITIES),), {"base": base}) for base in (np.e, 2, 10, 3)],
    "sigmoid": [((np.array(LOGITS),), {})],
    "binary_cross_entropy": [(grid(LABELS, PROBABILITIES), {"eps": eps}) for eps in (None, 1e-7, 1e-15, 1e-300)],
    "binary_cross_entropy_gradient": [(grid(LABELS, [*PROBABILITIES, 0.3 + 1e-10, 0.9 - 1e-14]), {})],
    "binary_cross_entropy_with_logits": [(grid(LABELS, LOGITS), {})],
    "binary_cross_entropy_with_logits_gradient": [(grid([0.0, 1.0], LOGITS), {})],
    "brier_score": [(grid(LABELS, PROBABILITIES), {})],
    "brier_score_gradient": [(grid(LABELS, PROBABILITIES), {})],
}
for name in ("absolute_error", "squared_error", "log_cosh"):
    ELEMENTWISE[name] = ELEMENTWISE[name + "_gradient"] = [(grid([0, 0.1], RESIDUALS), {})]
for name, option, values in (("huber", "delta", THRESHOLDS), ("smooth_l1", "beta", THRESHOLDS)):
    cases = [(grid([0, 0.1], RESIDUALS), {option: value}) for value in values]
    ELEMENTWISE[name] = ELEMENTWISE[name + "_gradient"] = cases
ELEMENTWISE["quantile_loss"] = [(grid([0, 0.1], RESIDUALS), {"quantile": value}) for value in QUANTILES]
ELEMENTWISE["quantile_loss_gradient"] = ELEMENTWISE["quantile_loss"]

PAIRS = list(distribution_pairs())
ROWS = list(logit_rows())
IN_BASES = [(pair, {"base": base}) for base in (np.e, 2) for pair in PAIRS] + [(PAIRS[-1], {"base": 10})]
WITH_LABELS = [((labelled(z), z), {}) for z in ROWS]
DENORMAL = [((np.array([0]), np.array([[0.0] + (k - 1) * [z]])), {}) for z, k in ((-744, 20), (-740, 1000))]
SOFT = [((RNG.dirichlet(np.ones(z.shape[1]), size=len(z)), z), {}) for z in ROWS]
ONE_HOT = [((np.eye(z.shape[1])[labelled(z)], z), {}) for z in ROWS]
MEANS = [(np.zeros((17, 2)), np.array(RESIDUALS[:34]).reshape(17, 2)), (np.ones(5), 1 + 10.0 ** -np.arange(5))]
MEANS += [
    (np.zeros((3, 2)), np.array([[size, 3 * size], [-0.7 * size, 0], [0, size]])) for size in (TINY, 1e-200, 1e200)
]
MEANS += [(RNG.normal(size=(50, 20)), RNG.normal(size=(50, 20))), (np.zeros(1000), np.eye(1, 1000)[0] * 1.5e154)]
OVER_ROWS = {
    "entropy": [((p,), options) for (p, _), options in IN_BASES],
    "cross_entropy": IN_BASES,
    "cross_entropy_gradient": IN_BASES,
    "kl_terms": IN_BASES,
    "kl_divergence": IN_BASES,
    "kl_divergence_gradient": IN_BASES,
    "js_divergence": IN_BASES,
    "js_divergence_gradient": IN_BASES,
    "softmax": [((z,), {"temperature": t}) for z in ROWS for t in (1.0, 0.3, 1e3)],
    "log_softmax": [((z,), {}) for z in ROWS],
    "logsumexp": [((z,), {}) for z in ROWS],
    "categorical_cross_entropy": [((labelled(q), q), {}) for _, q in PAIRS] + [(pair, {}) for pair in PAIRS],
    "categorical_cross_entropy_gradient": [((labelled(q), q), {}) for _, q in PAIRS] + [(pair, {}) for pair in PAIRS],
    "softmax_cross_entropy": WITH_LABELS + DENORMAL + SOFT + ONE_HOT,
    "softmax_cross_entropy_gradient": WITH_LABELS + DENORMAL + SOFT + ONE_HOT,
}
MEAN_OF_ALL = dict.fromkeys(("mse", "mae", "rmse", "mse_gradient", "mae_gradient", "rmse_gradient"), MEANS)


def cancelling(name, arguments, options):
    """The size of the terms that cancel in the exempt results; 0 where nothing is exempt."""
    if name == "logsumexp":
        return np.abs(arguments[0]).max(axis=-1)
    if name == "softmax":
        z = arguments[0]
        with np.errstate(over="ignore"):
            depth = np.minimum((z.max(axis=-1, keepdims=True) - z) / options["temperature"], 746)
        return lossviz.softmax(z, **options) * (depth / 4)
    if name == "softmax_cross_entropy_gradient":
        y, z = arguments
        s = lossviz.softmax(z)
        # at a label only softmax itself is far below its maximum; next to a soft label the two cancel
        near_a_root = np.where((y > 0) & (y < 1), s, 0) if y.ndim == 2 else 0
        return np.maximum(cancelling("softmax", (z,), {"temperature": 1.0}), near_a_root)
    return 0.0


def narrowed(a, dtype):
    """The argument in the dtype; what is finite stays finite."""
    a = np.asarray(a)
    if a.dtype.kind != "f":
        return a
    greatest = np.finfo(dtype).max / 4
    return np.where(np.isfinite(a), np.clip(a, -greatest, greatest), a).astype(dtype)


def worst(name, cases, dtype, rows=False):
    """The greatest error over the cases, in ulp of the dtype."""
    result = 0.0
    for arguments, options in cases:
        given = [narrowed(a, dtype) for a in arguments]
        computed = getattr(lossviz, name)(*given, **options)
        assert computed.dtype == dtype
        exact = reference.expected(getattr(reference, name), *given, rows=rows, **options)
        result = max(result, reference.ulps(computed, exact, cancelling(name, given, options)).max())
    return result


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 8), (np.float32, 1)])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise_functions_are_exact(name, dtype, bound):
    assert worst(name, ELEMENTWISE[name], dtype) <= bound


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 8), (np.float32, 1)])
@pytest.mark.parametrize("name", OVER_ROWS)
def test_functions_over_rows_are_exact(name, dtype, bound):
    assert worst(name, OVER_ROWS[name], dtype, rows=True) <= bound


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 8), (np.float32, 1)])
@pytest.mark.parametrize("name", MEAN_OF_ALL)
def test_means_over_all_entries_are_exact(name, dtype, bound):
    for y_true, y_pred in MEAN_OF_ALL[name]:
        given = narrowed(y_true, dtype), narrowed(y_pred, dtype)
        computed = getattr(lossviz, name)(*given)
        exact = getattr(reference, name)(*(reference.exact(a).ravel() for a in given))
        assert reference.ulps(np.ravel(computed), np.ravel(exact)).max() <= bound


@pytest.mark.parametrize("rest", [1e-10, 1e-5, 0.3])
def test_the_slope_at_a_winner_with_a_soft_label_keeps_its_digits(rest):
    y, z = np.array([[1 - rest, rest]]), np.array([[100.0, 0.0]])
    exact = reference.expected(reference.softmax_cross_entropy_gradient, y, z, rows=True)
    assert reference.ulps(lossviz.softmax_cross_entropy_gradient(y, z), exact).max() <= 8


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 8), (np.float32, 1)])
@pytest.mark.parametrize("label_smoothing", [0.0, 1e-300, 0.1, 1.0])
def test_the_weighted_and_smoothed_mean_is_exact(label_smoothing, dtype, bound):
    for (y, z), _ in WITH_LABELS:
        z, weight = narrowed(z, dtype), RNG.uniform(0.1, 10, z.shape[1])
        options = {"weight": weight, "label_smoothing": label_smoothing}
        if label_smoothing and np.isneginf(z).any():
            continue  # infinite, as every class counts
        exact = reference.expected(reference.torch_cross_entropy, y, z, rows=True, **options)
        losses = lossviz.torch_cross_entropy(z, y, reduction="none", **options)
        assert reference.ulps(losses, exact).max() <= bound
        mean = lossviz.torch_cross_entropy(z, y, **options)
        assert (
            reference.ulps(mean, np.array(exact.sum() / reference.total(map(reference.mpf, weight[y])))).max() <= bound
        )
