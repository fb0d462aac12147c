"""The public functions once more, as textbook formulas in mpmath, with so many digits that nothing cancels.

Left out are the hard max, which computes nothing, and of PyTorch's losses `nll_loss` and the
gradients: PyTorch tests those.

A reference takes exact numbers: rows of them for what works over the last axis, single ones for the rest.
`expected` lays it over arrays. 400 digits, because 1 + 5e-324, next to the least number of float64, needs them.
"""

from functools import cache

import mpmath
import numpy as np
from mpmath import mpf

mpmath.mp.dps = 400
E = mpmath.exp(1)


def exact(a):
    """The numbers of an array as exact mpmath numbers, in an object array of the same shape."""
    return np.vectorize(mpf, otypes=[object])(np.asarray(a, dtype=float))


def expected(reference, *arguments, rows, **options):
    """The reference over arrays: over all entries, or over the rows along the last axis."""
    arrays = [a if a.dtype.kind in "iu" else exact(a) for a in map(np.asarray, arguments)]
    shape = arrays[-1].shape[:-1] if rows else arrays[-1].shape
    results = [reference(*(a[index] for a in arrays), **options) for index in np.ndindex(shape)]
    return np.array(results, dtype=object).reshape(*shape, *np.shape(results[0]))


def ulps(computed, exact_values, against=0.0):
    """Error in units of the last place of the exact value, or of `against` where that is greater."""
    result = np.empty(np.shape(computed))
    against = np.broadcast_to(against, result.shape)
    for index, value in np.ndenumerate(exact_values):
        got = np.asarray(computed)[index]
        with np.errstate(over="ignore"):
            nearest, scale = got.dtype.type(float(value)), got.dtype.type(against[index])
        unit = np.spacing(np.maximum(np.abs(nearest), scale))
        result[index] = 0 if got == nearest else abs(mpf(float(got)) - value) / mpf(float(unit))
    return result


@cache
def log(x):
    return mpmath.log(x) if x > 0 else mpf("-inf")


def times(weight, value):
    """weight * value with 0 * infinity = 0."""
    return weight * value if weight else mpf(0)


def quotient(a, b):
    if b == 0:
        return a * mpf("inf") if a else mpf(0)
    return a / b


def total(values):
    return mpmath.fsum(values)


# Information


def self_information(p, base=E):
    return -log(p) / log(base)


def entropy(p, base=E):
    return -total(times(a, log(a)) for a in p) / log(base)


def cross_entropy(p, q, base=E):
    return -total(times(a, log(b)) for a, b in zip(p, q, strict=True)) / log(base)


def kl_terms(p, q, base=E):
    return [times(a, log(a) - log(b)) / log(base) for a, b in zip(p, q, strict=True)]


def kl_divergence(p, q, base=E):
    """With q - p, which sums to 0 over distributions, but not over rows of rounded numbers."""
    return total(kl_terms(p, q, base)) + (total(q) - total(p)) / log(base)


def js_divergence(p, q, base=E):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (total(kl_terms(p, m, base)) + total(kl_terms(q, m, base))) / 2


def cross_entropy_gradient(p, q, base=E):
    return [-quotient(a, b) / log(base) for a, b in zip(p, q, strict=True)]


kl_divergence_gradient = cross_entropy_gradient


def js_divergence_gradient(p, q, base=E):
    """At p = 0 the limit from q > 0."""
    slopes = (log(b) - log((a + b) / 2) if a else mpmath.log(2) for a, b in zip(p, q, strict=True))
    return [slope / 2 / log(base) for slope in slopes]


# Activations


def power(x):
    """exp(x), which is nothing next to 1 in 400 digits from -1000 on."""
    return mpmath.exp(x) if x > -1000 else mpf(0)


def sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


def softmax(z, temperature=1.0):
    powers = [power((a - max(z)) / mpf(temperature)) for a in z]
    return [a / total(powers) for a in powers]


def logsumexp(z):
    return max(z) + mpmath.log(total(power(a - max(z)) for a in z))


def log_softmax(z):
    normaliser = logsumexp(z)
    return [a - normaliser for a in z]


# Classification


def binary_cross_entropy(y, p, eps=None):
    if eps:
        p = max(mpf(eps), min(1 - mpf(eps), p))
    return -times(y, log(p)) - times(1 - y, log(1 - p))


def binary_cross_entropy_gradient(y, p):
    return quotient(1 - y, 1 - p) - quotient(y, p)


def binary_cross_entropy_with_logits(y, z):
    """log(1 + exp(z)) - y z, with z taken out where it would leave infinity minus infinity."""
    small = mpmath.log(1 + mpmath.exp(-abs(z)))
    return small + times(1 - y if z >= 0 else y, abs(z))


def binary_cross_entropy_with_logits_gradient(y, z):
    return sigmoid(z) - y


def brier_score(y, p):
    return (p - y) ** 2


def brier_score_gradient(y, p):
    return 2 * (p - y)


def distribution(y, classes):
    return [mpf(int(k == y)) for k in range(classes)] if np.ndim(y) == 0 else y


def categorical_cross_entropy(y, p):
    return cross_entropy(distribution(y, len(p)), p)


def categorical_cross_entropy_gradient(y, p):
    return cross_entropy_gradient(distribution(y, len(p)), p)


def softmax_cross_entropy(y, z):
    return -total(times(a, b) for a, b in zip(distribution(y, len(z)), log_softmax(z), strict=True))


def softmax_cross_entropy_gradient(y, z):
    y = distribution(y, len(z))
    return [total(y) * s - a for s, a in zip(softmax(z), y, strict=True)]


def torch_cross_entropy(y, z, weight, label_smoothing):
    """Of one sample."""
    smoothed = [(1 - label_smoothing) * a + label_smoothing / len(z) for a in distribution(y, len(z))]
    return softmax_cross_entropy([w * a for w, a in zip(weight, smoothed, strict=True)], z)


# Regression


def absolute_error(y, f):
    return abs(f - y)


def absolute_error_gradient(y, f):
    return mpmath.sign(f - y)


def squared_error(y, f):
    return (f - y) ** 2


def squared_error_gradient(y, f):
    return 2 * (f - y)


def huber(y, f, delta=1.0):
    a, delta = abs(f - y), mpf(delta)
    return a**2 / 2 if a <= delta else delta * (a - delta / 2)


def huber_gradient(y, f, delta=1.0):
    return max(-mpf(delta), min(mpf(delta), f - y))


def smooth_l1(y, f, beta=1.0):
    return huber(y, f, beta) / mpf(beta)


def smooth_l1_gradient(y, f, beta=1.0):
    return huber_gradient(y, f, beta) / mpf(beta)


def log_cosh(y, f):
    return mpmath.log(mpmath.cosh(f - y)) if abs(f - y) < 1e4 else abs(f - y) - mpmath.log(2)


def log_cosh_gradient(y, f):
    return mpmath.tanh(f - y) if abs(f - y) < 1e4 else mpmath.sign(f - y)


def quantile_loss(y, f, quantile=0.5):
    return max(mpf(quantile) * (y - f), (mpf(quantile) - 1) * (y - f))


def quantile_loss_gradient(y, f, quantile=0.5):
    return {-1: -mpf(quantile), 0: mpf(0), 1: 1 - mpf(quantile)}[int(mpmath.sign(f - y))]


def mse(y, f):
    return total((b - a) ** 2 for a, b in zip(y, f, strict=True)) / len(y)


def mae(y, f):
    return total(abs(b - a) for a, b in zip(y, f, strict=True)) / len(y)


def rmse(y, f):
    return mpmath.sqrt(mse(y, f))


def mse_gradient(y, f):
    return [2 * (b - a) / len(y) for a, b in zip(y, f, strict=True)]


def mae_gradient(y, f):
    return [mpmath.sign(b - a) / len(y) for a, b in zip(y, f, strict=True)]


def rmse_gradient(y, f):
    root = rmse(y, f)
    return [quotient(b - a, len(y) * root) for a, b in zip(y, f, strict=True)]
