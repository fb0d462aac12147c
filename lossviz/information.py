"""Information and divergences of probability distributions.

`self_information` works elementwise; everything else works over the last axis: rows are
distributions, whose sum may differ from 1 by rounding: by 1e-6, in float32 by 1e-4, in float16 by
1e-3. An input of shape ``(..., K)`` gives a result of shape ``(...)``, and one of shape
``(..., K)`` for `kl_terms` and the gradients. Results are in nats; ``base=2`` gives bits. The true
distribution `p` comes first, the model `q` second.
"""

import math

import numpy as np

from . import validate

__all__ = [
    "self_information",
    "entropy",
    "cross_entropy",
    "cross_entropy_gradient",
    "kl_terms",
    "kl_divergence",
    "kl_divergence_gradient",
    "js_divergence",
    "js_divergence_gradient",
]


def self_information(p, *, base=math.e):
    """Self-information, or surprise: ``-log p``.

    The rarer an event, the more its occurrence tells. A certain event carries 0, an impossible one
    would carry infinity, and the surprises of independent events add up. It belongs to one outcome and
    *not* to a distribution, whose mean surprise is the entropy.

    Parameters
    ----------
    p : array_like, any shape
        Probabilities in [0, 1]. They need not sum to 1.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array of the shape of `p`
        Surprise in nats (or in the unit of `base`), from 0 to infinity.

    Raises
    ------
    ValueError
        If a probability is outside [0, 1] or nan, or `base` is not above 1.
    TypeError
        If `p` or `base` is not real-valued.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27.

    Examples
    --------
    >>> import numpy as np
    >>> print(np.round(self_information([1, 1/2, 1/8, 0], base=2), 4))
    [ 0.  1.  3. inf]
    """
    log = _logarithm(base)
    p, dtype = validate.probabilities(p=p)
    return validate.rounded(surprise(p, log), dtype)


def entropy(p, *, base=math.e):
    """Shannon entropy: ``H(p) = -sum p log p``, with ``0 log 0 = 0``.

    The mean surprise of an outcome drawn from `p`, and a lower bound (``base=2``) on the mean number of
    bits per outcome of any uniquely decodable code, approached by coding long blocks. It is 0 when one
    outcome is certain and ``log K`` when K outcomes are equally likely. It depends on the probabilities
    only: it is *not* a measure of the spread of the outcomes' values, as the variance is.

    Parameters
    ----------
    p : array_like, shape (..., K)
        Distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (...)
        Entropy in nats (or in the unit of `base`), between 0 and ``log K``.

    Raises
    ------
    ValueError
        If a probability is outside [0, 1] or nan, a row does not sum to 1 within rounding or is empty,
        or `base` is not above 1.
    TypeError
        If `p` or `base` is not real-valued.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27.

    Examples
    --------
    >>> print(f"{entropy([0.7, 0.2, 0.1]):.4f}")
    0.8018
    >>> print(f"{entropy([0.7, 0.2, 0.1], base=2):.4f}")
    1.1568
    >>> print(entropy([[0.5, 0.5], [1.0, 0.0]], base=2))
    [1. 0.]
    """
    log = _logarithm(base)
    p, dtype = validate.distributions(p=p)
    return validate.rounded(mean_under(p, surprise(p, log)), dtype)


def cross_entropy(p, q, *, base=math.e):
    """Cross-entropy of distributions: ``H(p, q) = -sum p log q``, with ``0 log 0 = 0``.

    The mean surprise of somebody who believes `q` while outcomes are drawn from `p`. It splits into
    ``H(p) + D(p || q)``, so it is never below the entropy of `p`, and it is infinite where
    ``q = 0 < p``. It is *not* symmetric, and it is not 0 at ``q = p`` unless `p` is certain.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        True and believed distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (...)
        Cross-entropy in nats (or in the unit of `base`), from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Cover, T. M., & Thomas, J. A. (2006). Elements of information theory (2nd ed.), chapters 2 and 5.

    Examples
    --------
    >>> print(f"{cross_entropy([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]):.4f}")
    0.8869
    >>> print(cross_entropy([0.5, 0.5], [1, 0]))
    inf
    """
    log = _logarithm(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    return validate.rounded(mean_under(p, surprise(q, log)), dtype)


def cross_entropy_gradient(p, q, *, base=math.e):
    """Gradient of the cross-entropy with respect to the model: ``dH(p, q) / dq = -p / q``.

    0 where ``p = 0``, even at ``q = 0``, and minus infinity where ``q = 0 < p``. Each probability counts
    as free here: moves along which `q` keeps its sum have entries that sum to 0, so that adding one
    number to a row of the gradient changes nothing for them. So it is *not* 0 at ``q = p``, but -1 (in nats)
    wherever ``p > 0``.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        True and believed distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (..., K)
        Slope in nats (or in the unit of `base`) per unit of probability, from minus infinity to 0.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Cover, T. M., & Thomas, J. A. (2006). Elements of information theory (2nd ed.), chapter 2.

    Examples
    --------
    >>> print(cross_entropy_gradient([0.7, 0.2, 0.1], [0.5, 0.4, 0.1]))
    [-1.4 -0.5 -1. ]
    """
    validate.base(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return validate.rounded(np.where(p > 0, -p / q / math.log(base), 0.0), dtype)


def kl_terms(p, q, *, base=math.e):
    """Share of each outcome in the Kullback-Leibler divergence: ``p log(p / q)``, with ``0 log 0 = 0``.

    Positive where the model gives an outcome too little, negative where it gives too much, infinite where
    ``q = 0 < p``. Only their sum, the divergence, is at least 0: a single term is *not* a divergence. For
    rows that sum to 1 only up to rounding `kl_divergence` adds ``q - p`` to each of them (in nats).

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        True and believed distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (..., K)
        Terms in nats (or in the unit of `base`); their sum over the last axis is the divergence.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Kullback, S., & Leibler, R. A. (1951). On information and sufficiency. Annals of Mathematical
    Statistics 22.

    Examples
    --------
    >>> import numpy as np
    >>> print(kl_terms([0.5, 0.5, 0], [0.25, 0.5, 0.25], base=2))
    [0.5 0.  0. ]
    >>> print(np.round(kl_terms([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]), 4))
    [ 0.2355 -0.0811 -0.0693]
    """
    log = _logarithm(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    terms = _weighted_log_ratio(p, q, log)
    near, s, _ = _near(q, p, 5 / 2)
    # log(p/q) = 2 artanh(s), without dividing first
    terms.put(near, 2 * p.take(near) * (s + s**3 * _odd_series(s**2)) / math.log(base))
    return validate.rounded(terms, dtype)


def kl_divergence(p, q, *, base=math.e):
    """Kullback-Leibler divergence: ``D(p || q) = sum p log(p / q)``, with ``0 log 0 = 0``.

    The mean extra surprise of believing `q` while outcomes are drawn from `p`. It is at least 0,
    0 only at ``q = p``, and infinite where ``q = 0 < p``. It is *not* a distance: it is not symmetric
    and does not satisfy the triangle inequality.

    Computed as ``sum p log(p / q) + (q - p)``, whose terms are all at least 0 and whose added part sums
    to 0 over two distributions. So rounding never makes it negative, however close `p` and `q`, and rows
    that sum to 1 only up to rounding, as most do, are not charged for the difference of their sums.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        True and believed distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (...)
        Divergence in nats (or in the unit of `base`), from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Kullback, S., & Leibler, R. A. (1951). On information and sufficiency. Annals of Mathematical
    Statistics 22.

    Examples
    --------
    >>> print(f"{kl_divergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]):.4f}")
    0.0851
    >>> print(kl_divergence([1, 0], [0.5, 0.5], base=2), kl_divergence([0.5, 0.5], [1, 0], base=2))
    1.0 inf
    """
    validate.base(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    terms, gaps = _weighted_log_ratio(p, q, np.log), q - p
    near, s, both = _near(p, q, 5 / 2)
    # p log(p/q) + (q - p) = (p + q) s^2 (1 - s (1 - s) (1/3 + s^2/5 + ...)), as log(q/p) = 2 artanh(s)
    x = s**2
    terms.put(near, 0)
    gaps.put(near, both * x * (1 - s * (1 - s) * _odd_series(x)))
    return validate.rounded((gaps.sum(axis=-1) + terms.sum(axis=-1)) / math.log(base), dtype)


def kl_divergence_gradient(p, q, *, base=math.e):
    """Gradient of the Kullback-Leibler divergence with respect to the model: ``dD(p || q) / dq = -p / q``.

    The gradient of the cross-entropy, because the entropy of `p` that lies between the two does not depend
    on `q`. 0 where ``p = 0``, and minus infinity where ``q = 0 < p``. It is *not* 0 at the minimum
    ``q = p`` but -1 (in nats) wherever ``p > 0``, as each probability counts as free: moves along which
    `q` keeps its sum do not feel a number that is the same in the whole row.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        True and believed distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (..., K)
        Slope in nats (or in the unit of `base`) per unit of probability, from minus infinity to 0.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Kullback, S., & Leibler, R. A. (1951). On information and sufficiency. Annals of Mathematical
    Statistics 22.

    Examples
    --------
    >>> print(kl_divergence_gradient([0.5, 0.5], [0.8, 0.2]))
    [-0.625 -2.5  ]
    """
    return cross_entropy_gradient(p, q, base=base)


def js_divergence(p, q, *, base=math.e):
    """Jensen-Shannon divergence: ``(D(p || m) + D(q || m)) / 2`` with ``m = (p + q) / 2``.

    How well one draw tells whether it came from `p` or from `q`. It is symmetric, 0 only at
    ``q = p``, and never above ``log 2``, reached when `p` and `q` share no outcome. It is *not* a
    distance itself; its square root is a metric.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        Distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (...)
        Divergence in nats (or in the unit of `base`), between 0 and ``log 2``.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information
    Theory 37.

    Examples
    --------
    >>> print(js_divergence([1, 0], [0, 1], base=2))
    1.0
    >>> print(f"{js_divergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]):.4f}")
    0.0219
    """
    log = _logarithm(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    terms = (_weighted_log_ratio(2 * p, p + q, log) + _weighted_log_ratio(2 * q, p + q, log)) / 2
    near, s, both = _near(p, q, 4)
    # p log(p/m) + q log(q/m) = (p + q) (s^2/2 + s^4/12 + ...), as p/m = 1 - s and q/m = 1 + s
    terms.put(near, both * s**2 * _even_series(s**2) / math.log(base))
    return validate.rounded(terms.sum(axis=-1) / 2, dtype)


def js_divergence_gradient(p, q, *, base=math.e):
    """Gradient of the Jensen-Shannon divergence with respect to `q`: ``log(q / m) / 2`` with ``m = (p + q) / 2``.

    Negative where `q` gives an outcome less than `p`, down to minus infinity at ``q = 0 < p``; positive
    where it gives more, up to ``log(2) / 2`` at ``p = 0``. It is 0 where ``q = p > 0``, which that of the
    Kullback-Leibler divergence is *not*.

    Parameters
    ----------
    p, q : array_like, both of shape (..., K)
        Distributions along the last axis.
    base : float, default e
        Base of the logarithm, above 1: e for nats, 2 for bits.

    Returns
    -------
    array, shape (..., K)
        Slope in nats (or in the unit of `base`) per unit of probability, from minus infinity to
        ``log(2) / 2``.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is outside [0, 1] or nan, a row does not sum to 1 within
        rounding or is empty, or `base` is not above 1.
    TypeError
        If `p`, `q` or `base` is not real-valued.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information
    Theory 37.

    Examples
    --------
    >>> print(js_divergence_gradient([1, 0], [0.5, 0.5], base=2).round(4))
    [-0.2925  0.5   ]
    """
    log = _logarithm(base)
    p, q, dtype = validate.distributions(p=p, q=q)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(p > 0, 2 * q / (p + q), 2.0)  # an outcome that q has alone costs log(2) / 2, also from 0 on
        slope = np.where(ratio < np.finfo(float).tiny, log(2 * q) - log(p), log(ratio))  # p + q is p there
    near, s, _ = _near(p, q, 5 / 2)
    slope.put(near, np.log1p(s) / math.log(base))  # q/m = 1 + s
    return validate.rounded(slope / 2, dtype)


def surprise(p, log):
    """``-log p`` by a given logarithm."""
    with np.errstate(divide="ignore"):
        return 0.0 - log(p)  # not -log(p), which is -0.0 for a certain event


def share(p, values):
    """p times the values; an outcome with p = 0 has the share 0, even at infinity."""
    with np.errstate(invalid="ignore", over="ignore"):
        product = p * values
    return np.where(np.isnan(product), 0.0, product)


def mean_under(p, values):
    """Mean of the values under p over the last axis."""
    with np.errstate(over="ignore"):
        return share(p, values).sum(axis=-1)


def average(values, count):
    """sum / count, which does not overflow when only the sum does."""
    with np.errstate(over="ignore"):
        total = values.sum()
        return total / count if np.isfinite(total) else (values / count).sum()


def _logarithm(base):
    """The logarithm to a base; log2 and log10 by name, so that powers of the base come out exact."""
    validate.base(base)
    named = {math.e: np.log, 2: np.log2, 10: np.log10}
    return named.get(base, lambda x: np.log(x) / math.log(base))


def _weighted_log_ratio(p, q, log):
    """p log(p/q), with 0 log 0 = 0. The quotient may overflow; where it is denormal, p is so too."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        terms = p * log(p / q)
        beyond = ~np.isfinite(terms)
        terms[beyond] = share(p[beyond], log(p[beyond]) - log(q[beyond]))
    return terms


def _near(p, q, times):
    """Where neither is so many times the other, as flat indices; s = (q - p) / (q + p) and p + q there."""
    near = np.flatnonzero((q < times * p) & (p < times * q))  # indices are several times as fast as a mask
    p, q = p.take(near), q.take(near)
    return near, (q - p) / (q + p), q + p


def _odd_series(x):
    """1/3 + x/5 + x^2/7 + ...: artanh(s) = s + s^3 times this at x = s^2. To full precision for x < 0.19."""
    return _polynomial(x, [1 / (2 * k + 3) for k in range(21)])


def _even_series(x):
    """1/2 + x/12 + x^2/30 + ...: the Jensen-Shannon term over m s^2 at x = s^2. To full precision for x < 0.36."""
    return _polynomial(x, [1 / (2 * k * (2 * k - 1)) for k in range(1, 33)])


def _polynomial(x, coefficients):
    """The sum of coefficients[k] * x^k by Horner's rule, in one array; np.polyval makes a new one for every term."""
    total = np.zeros_like(x)
    for c in reversed(coefficients):
        total *= x
        total += c
    return total
