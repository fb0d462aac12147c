"""From logits to probabilities and back: sigmoid, softmax and its relatives.

A logit is any finite number, or -inf for a probability of 0. `sigmoid` works elementwise, `hardmax` over the last
axis, everything else over one axis, the last by default, along which the logits of the classes lie.
"""

import numpy as np

from . import validate

__all__ = ["sigmoid", "hardmax", "softmax", "log_softmax", "logsumexp"]


def sigmoid(z):
    """Sigmoid, or logistic function: ``1 / (1 + exp(-z))``.

    The probability of the second of two classes whose logits differ by `z`: 1/2 at 0, ``1 - sigmoid(-z)``
    everywhere. Computed with the exponential of ``-|z|``, which never overflows, so that the small
    probabilities of very negative logits keep their digits as long as floating point has them. It is *not*
    the error function or another curve of that shape; its inverse is the log-odds ``log(p / (1 - p))``.

    Parameters
    ----------
    z : array_like, any shape
        Logits: finite, or -inf.

    Returns
    -------
    array of the shape of `z`
        Probabilities, from 0 to 1.

    Raises
    ------
    ValueError
        If a logit is nan or +inf.
    TypeError
        If `z` is not real-valued.

    References
    ----------
    Cox, D. R. (1958). The regression analysis of binary sequences. Journal of the Royal Statistical
    Society B 20.

    Examples
    --------
    >>> print(sigmoid([0, 2, -2, -1000]).round(4))
    [0.5    0.8808 0.1192 0.    ]
    """
    z, dtype = validate.logits(z=z)
    return validate.rounded(logistic(z), dtype)


def hardmax(z):
    """Hard max: 1 for the greatest logit of each row, 0 for all others.

    Of several greatest logits the first wins. Any change of the logits that leaves the winner alone
    changes nothing, so it has no useful gradient; softmax is its smooth relative, and where one logit is the
    greatest goes to it as the temperature goes to 0. It is *not* arg max, which is the position of the winner, nor
    max, its value.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits along the last axis: finite, or -inf, but not -inf in a whole row.

    Returns
    -------
    array, shape (..., K)
        One 1 in each row, else 0.

    Raises
    ------
    ValueError
        If a logit is nan or +inf, or a row is empty or holds only -inf.
    TypeError
        If `z` is not real-valued.

    References
    ----------
    Bridle, J. S. (1990). Probabilistic interpretation of feedforward classification network outputs.
    Neurocomputing, NATO ASI Series 68.

    Examples
    --------
    >>> print(hardmax([3, 1, -3]))
    [1. 0. 0.]
    """
    z, dtype = validate.logit_rows(z=z)
    return validate.rounded(one_hot(z.argmax(axis=-1), z.shape), dtype)


def softmax(z, *, axis=-1, temperature=1.0):
    """Softmax: ``exp(z_k / T) / sum_j exp(z_j / T)``.

    Makes a distribution of any logits. The same number added to all of them changes nothing, a factor does:
    low temperatures T sharpen towards the hard max, high ones flatten towards the uniform distribution.
    The greatest logit is subtracted first; this changes nothing either, except that no exponential
    overflows; logits further apart than the greatest float count as infinitely far. Its rounding is seen
    far below the greatest logit: at a probability of e^-700 some 500 units in the last place. It is *not* a maximum,
    and its outputs are probabilities, *not* logits: a loss that takes logits must not be given them.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits along `axis`: finite, or -inf, but not -inf in a whole row.
    axis : int, default -1
        The axis of the classes.
    temperature : float, default 1
        Positive divisor of the logits.

    Returns
    -------
    array of the shape of `z`
        Probabilities that sum to 1 along `axis`.

    Raises
    ------
    ValueError
        If a logit is nan or +inf, a row is empty or holds only -inf, `axis` does not exist, or
        `temperature` is not positive and finite.
    TypeError
        If `z` or `temperature` is not real-valued, or `axis` is not an integer.

    References
    ----------
    Bridle, J. S. (1990). Probabilistic interpretation of feedforward classification network outputs.
    Neurocomputing, NATO ASI Series 68.

    Examples
    --------
    >>> print(softmax([3, 1, -3]).round(4))
    [0.8789 0.1189 0.0022]
    >>> print(softmax([1003, 1001, 997], temperature=2).round(4))
    [0.7054 0.2595 0.0351]
    """
    temperature = validate.positive("temperature", temperature)
    z, dtype = validate.logit_rows(z=z, axis=axis)
    with np.errstate(over="ignore"):
        powers = np.exp((z - z.max(axis=-1, keepdims=True)) / temperature)
    powers /= powers.sum(axis=-1, keepdims=True)
    return validate.rounded(np.moveaxis(powers, -1, axis), dtype)


def log_softmax(z, *, axis=-1):
    """Logarithm of the softmax: ``z_k - log sum_j exp(z_j)``.

    What the negative log-likelihood needs. For finite logits it is finite, however small the probability
    (unless they differ by more than the greatest float), and it keeps its digits where the probability is
    so near 1 that it is rounded to 1. It is *not* ``log(softmax(z))`` in floating point, which has neither
    property.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits along `axis`: finite, or -inf, but not -inf in a whole row.
    axis : int, default -1
        The axis of the classes.

    Returns
    -------
    array of the shape of `z`
        Log-probabilities in nats, from minus infinity to 0.

    Raises
    ------
    ValueError
        If a logit is nan or +inf, a row is empty or holds only -inf, or `axis` does not exist.
    TypeError
        If `z` is not real-valued, or `axis` is not an integer.

    References
    ----------
    Blanchard, P., Higham, D. J., & Higham, N. J. (2021). Accurately computing the log-sum-exp and
    softmax functions. IMA Journal of Numerical Analysis 41.

    Examples
    --------
    >>> print(log_softmax([3, 1, -3]).round(4))
    [-0.1291 -2.1291 -6.1291]
    >>> print(log_softmax([0, -1000])[1], f"{log_softmax([40, 0])[0]:.2e}")
    -1000.0 -4.25e-18
    """
    z, dtype = validate.logit_rows(z=z, axis=axis)
    return validate.rounded(np.moveaxis(0.0 - surprise_of_softmax(z), -1, axis), dtype)


def logsumexp(z, *, axis=-1):
    """Log-sum-exp: ``log sum_k exp(z_k)``.

    A smooth maximum: at least the greatest logit and at most ``log K`` above it. Its gradient is the
    softmax. Accurate relative to the greatest logit; where that one is negative and the result
    happens to be nearly 0, the two parts of the result cancel and its last digits are lost. It is
    *not* a mean: equal logits z give ``z + log K``.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits along `axis`: finite, or -inf, but not -inf in a whole row.
    axis : int, default -1
        The axis of the classes, which the result does not have.

    Returns
    -------
    array, shape (...)
        Of either sign, in the unit of the logits.

    Raises
    ------
    ValueError
        If a logit is nan or +inf, a row is empty or holds only -inf, or `axis` does not exist.
    TypeError
        If `z` is not real-valued, or `axis` is not an integer.

    References
    ----------
    Blanchard, P., Higham, D. J., & Higham, N. J. (2021). Accurately computing the log-sum-exp and
    softmax functions. IMA Journal of Numerical Analysis 41.

    Examples
    --------
    >>> print(f"{logsumexp([3, 1, -3]):.4f} {logsumexp([1000, 1000]):.4f}")
    3.1291 1000.6931
    """
    z, dtype = validate.logit_rows(z=z, axis=axis)
    first, rest = winner_and_rest(z)
    return validate.rounded((first + np.log1p(rest))[..., 0], dtype)


def logistic(z):
    """The sigmoid of a checked array."""
    e = np.exp(-np.abs(z))
    return np.maximum(e, z >= 0) / (1 + e)


def one_hot(labels, shape):
    """Rows of the shape (..., K) with a 1 at each label."""
    rows = np.zeros(shape)
    np.put_along_axis(rows, labels[..., np.newaxis], 1.0, axis=-1)
    return rows


def surprise_of_softmax(z):
    """``-log softmax(z)`` of a checked array at all classes; the sum of two parts >= 0."""
    first, rest = winner_and_rest(z)
    with np.errstate(over="ignore"):
        return (first - z) + np.log1p(rest)


def surprise_at(label, z):
    """``-log softmax(z)`` of a checked array at one label of each row: ``log1p`` of the odds against it.

    log1p keeps the small loss of a confident right answer, which log(1 + odds) rounds to 0.
    """
    first, second, parts = logit_and_others(z, label[..., np.newaxis])
    others = over_row(np.add, parts)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        behind = second - first
        odds = times_exp(others, second, first)
        return np.where(behind < 100, np.log1p(odds), behind + np.log(others))[..., 0]  # exp(100) swallows a 1


def winner_and_rest(z):
    """The greatest logit of each row, and the sum of exp(z_j - that) over the others, for log1p."""
    _, first, second, others = winner_and_others(z)
    return first, times_exp(over_row(np.add, others), second, first)


def winner_and_others(z):
    """Where the greatest logit of each row is, and what `logit_and_others` tells of it."""
    winner = z.argmax(axis=-1, keepdims=True)
    return winner, *logit_and_others(z, winner)


def logit_and_others(z, label):
    """The logit at a label of each row, the greatest of the others, and the parts exp(z_j - greatest) of these.

    So only one difference of logits per row has to be exact. The part of the label itself is 0.
    """
    first = np.take_along_axis(z, label, axis=-1)
    parts = z.copy()
    np.put_along_axis(parts, label, -np.inf, axis=-1)
    second = np.maximum(over_row(np.maximum, parts), first - 800)  # exp(-800) is 0 in float64
    with np.errstate(over="ignore"):
        np.exp(np.subtract(z, second, out=parts), out=parts)
    np.put_along_axis(parts, label, 0.0, axis=-1)
    return first, second, parts


def over_row(ufunc, rows):
    """``ufunc.reduce(rows, axis=-1, keepdims=True)``, which over short rows takes up to twice the time of reduceat."""
    return ufunc.reduceat(rows, [0], axis=-1)


def times_exp(values, a, b):
    """values * exp(a - b), with what the subtraction rounds away (Knuth's two-sum) put back.

    The exponential comes as two equal factors: denormal, it would have lost digits that the product has.
    """
    difference = a - b
    back = difference - a
    lost = (a - (difference - back)) - (b + back)
    half = np.exp(difference / 2)
    return values * half * (half * (1 + lost))
