"""Losses of predictions of a number, and their gradients with respect to the prediction.

Everything works elementwise, except `mse`, `mae` and `rmse`, which average over all entries, samples and
outputs alike. The truth `y_true` comes first; r stands for the error ``y_pred - y_true``, which is minus the
residual.
"""

import numpy as np

from . import validate
from .information import average

__all__ = [
    "absolute_error",
    "absolute_error_gradient",
    "mae",
    "mae_gradient",
    "squared_error",
    "squared_error_gradient",
    "mse",
    "mse_gradient",
    "rmse",
    "rmse_gradient",
    "huber",
    "huber_gradient",
    "smooth_l1",
    "smooth_l1_gradient",
    "log_cosh",
    "log_cosh_gradient",
    "quantile_loss",
    "quantile_loss_gradient",
]


def absolute_error(y_true, y_pred):
    """Absolute error, or L1 loss: ``|r|``.

    Every unit of error costs the same, so that one outlier pulls no harder than any other point. The
    constant prediction with the least sum is a median. It is *not* differentiable at ``r = 0``, and its
    slope does not shrink on the way there.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Loss, at least 0, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Laplace, P.-S. (1774). Mémoire sur la probabilité des causes par les évènements.

    Examples
    --------
    >>> print(absolute_error([3, 5, 2], [2.5, 5, 4]))
    [0.5 0.  2. ]
    """
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.abs(r, out=r), dtype)


def absolute_error_gradient(y_true, y_pred):
    """Gradient of the absolute error with respect to the prediction: ``sign(r)``.

    The same size wherever the error is not 0. At ``r = 0``, where the loss has a corner, it is 0, one of the
    slopes between -1 and 1 that support it there. It does *not* tell how far the prediction is off.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope: -1, 0 or 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Laplace, P.-S. (1774). Mémoire sur la probabilité des causes par les évènements.

    Examples
    --------
    >>> print(absolute_error_gradient([3, 5, 2], [2.5, 5, 4]))
    [-1.  0.  1.]
    """
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.sign(r, out=r), dtype)


def mae(y_true, y_pred):
    """Mean absolute error: ``mean |r|`` over all entries.

    With several outputs per sample they are averaged too, as libraries do; for their sum, multiply by their
    number. It is in the unit of the values, and it is *not* what one squares to get the mean squared error.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    number
        Cost, at least 0, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Laplace, P.-S. (1774). Mémoire sur la probabilité des causes par les évènements.

    Examples
    --------
    >>> print(f"{mae([3, 5, 2], [2.5, 5, 4]):.4f}")
    0.8333
    """
    r, dtype = _errors(y_true, y_pred)
    return validate.rounded(average(np.abs(r, out=r), r.size), dtype)


def mae_gradient(y_true, y_pred):
    """Gradient of the mean absolute error with respect to the predictions: ``sign(r) / n``.

    n is the number of entries. It is 0 where ``r = 0``, and it does *not* shrink on the way there: with a
    fixed step, descent overshoots the minimum again and again.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope of the one cost towards each prediction: -1/n, 0 or 1/n.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Laplace, P.-S. (1774). Mémoire sur la probabilité des causes par les évènements.

    Examples
    --------
    >>> print(mae_gradient([3, 5, 2, 0], [2.5, 5, 4, 1]))
    [-0.25  0.    0.25  0.25]
    """
    r, dtype = _errors(y_true, y_pred)
    return validate.rounded(np.sign(r) / r.size, dtype)


def squared_error(y_true, y_pred):
    """Squared error, or L2 loss: ``r^2``.

    Twice the error costs four times as much, so that one outlier can outweigh all other points. The constant
    prediction with the least sum is the mean. It is *not* halved: its slope is ``2 r``.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Loss, at least 0, in the squared unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(squared_error([3, 5, 2], [2.5, 5, 4]))
    [0.25 0.   4.  ]
    """
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(_squared(r), dtype)


def squared_error_gradient(y_true, y_pred):
    """Gradient of the squared error with respect to the prediction: ``2 r``.

    The pull of a point grows with its error without bound. The 2 is there because the loss is *not* halved.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope, of either sign, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(squared_error_gradient([3, 5, 2], [2.5, 5, 4]))
    [-1.  0.  4.]
    """
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(_doubled(r), dtype)


def mse(y_true, y_pred):
    """Mean squared error: ``mean r^2`` over all entries.

    With several outputs per sample they are averaged too, as libraries do; for their sum, multiply by their
    number. Up to constants it is the negative log-likelihood of Gaussian noise. It is *not* halved, and it
    is in the squared unit of the values; `rmse` has the unit itself.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    number
        Cost, at least 0, in the squared unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(f"{mse([3, 5, 2], [2.5, 5, 4]):.4f}")
    1.4167
    """
    r, dtype = _errors(y_true, y_pred)
    mean = average(_squared(r), r.size)
    if mean == np.inf:  # a square is too great, the mean perhaps is not
        scale, unit, _ = _scaled(y_true, y_pred)
        with np.errstate(over="ignore"):
            mean = scale * (scale * average(unit**2, unit.size))
    return validate.rounded(mean, dtype)


def mse_gradient(y_true, y_pred):
    """Gradient of the mean squared error with respect to the predictions: ``2 r / n``.

    n is the number of entries, *not* that of the samples when these have several outputs.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope of the one cost towards each prediction, of either sign.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(mse_gradient([3, 5, 2, 0], [2.5, 5, 4, 1]))
    [-0.25  0.    1.    0.5 ]
    """
    r, dtype = _errors(y_true, y_pred)
    return validate.rounded(_doubled(r / r.size), dtype)


def rmse(y_true, y_pred):
    """Root mean squared error: ``sqrt(mean r^2)`` over all entries.

    The least mean squared error has the least root too, so both have the same minimiser. The errors are
    divided by the greatest of them before they are squared: so the result is right wherever it can be
    represented, even if the squares, or the errors themselves, cannot. It is *not* the mean of the single roots,
    which is `mae`; it is never below that.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    number
        Cost, at least 0, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(f"{rmse([3, 5, 2], [2.5, 5, 4]):.4f}", rmse([0.0, 0.0], [3e200, 3e200]))
    1.1902 3e+200
    """
    scale, unit, dtype = _scaled(y_true, y_pred)
    with np.errstate(over="ignore"):
        return validate.rounded(scale * np.sqrt(average(unit**2, unit.size)), dtype)


def rmse_gradient(y_true, y_pred):
    """Gradient of the root mean squared error with respect to the predictions: ``r / (n rmse)``.

    n is the number of entries. Its length is ``1 / sqrt(n)``, however small the error: unlike that of the mean
    squared error it does *not* shrink on the way to the minimum. Where all errors are 0 the cost has a
    corner, and the gradient is 0, one of those that support it there.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope of the one cost towards each prediction, of either sign, without unit.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or there is none.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Legendre, A.-M. (1805). Nouvelles méthodes pour la détermination des orbites des comètes.

    Examples
    --------
    >>> print(rmse_gradient([0, 0], [3, 4]).round(4))
    [0.4243 0.5657]
    """
    _, unit, dtype = _scaled(y_true, y_pred)
    root = np.sqrt(average(unit**2, unit.size)) or 1.0
    return validate.rounded(unit / root / unit.size, dtype)


def huber(y_true, y_pred, *, delta=1.0):
    """Huber loss: ``r^2 / 2`` for ``|r| <= delta``, ``delta (|r| - delta / 2)`` beyond.

    A parabola continued by its tangents: value and slope are continuous at `delta`. Small errors count as in
    the squared error, outliers as in the absolute one. The constants are those with which a large `delta` gives
    half the squared error; with a small one the loss itself goes to 0, like ``delta |r|``, while its minimiser goes
    to the median. Both cases are ``c (r - c / 2)``, where c is r clipped to ``[-delta, delta]``, the slope. It is
    *not* smooth L1, which is divided by its threshold.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    delta : float, default 1
        Positive threshold, in the unit of the values.

    Returns
    -------
    array of the same shape
        Loss, at least 0, in the squared unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `delta` is not positive and finite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Huber, P. J. (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35.

    Examples
    --------
    >>> print(huber([0, 0, 0], [1, 2, 4], delta=2))
    [0.5 2.  6. ]
    """
    delta = validate.positive("delta", delta)
    r, dtype = _error(y_true, y_pred)
    c = np.clip(r, -delta, delta)
    r -= c / 2
    with np.errstate(over="ignore"):
        r *= c
    return validate.rounded(r, dtype)


def huber_gradient(y_true, y_pred, *, delta=1.0):
    """Gradient of the Huber loss with respect to the prediction: r, clipped to ``[-delta, delta]``.

    The slope of half the squared error, except that no point pulls harder than `delta`. What is clipped is
    the pull and *not* the error: an outlier still counts in the loss.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    delta : float, default 1
        Positive threshold, in the unit of the values.

    Returns
    -------
    array of the same shape
        Slope, from -delta to delta, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `delta` is not positive and finite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Huber, P. J. (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35.

    Examples
    --------
    >>> print(huber_gradient([0, 0, 0], [1, -2, 4], delta=2))
    [ 1. -2.  2.]
    """
    delta = validate.positive("delta", delta)
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.clip(r, -delta, delta, out=r), dtype)


def smooth_l1(y_true, y_pred, *, beta=1.0):
    """Smooth L1 loss: ``r^2 / (2 beta)`` for ``|r| <= beta``, ``|r| - beta / 2`` beyond.

    The Huber loss divided by its threshold. The constant is the one with which the slope far out is 1 for
    every `beta`: as it goes to 0 the loss goes to the absolute error. It is *not* the Huber loss, whose curvature
    at 0 is 1 for every threshold; at 1 they are the same.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    beta : float, default 1
        Positive threshold, in the unit of the values.

    Returns
    -------
    array of the same shape
        Loss, at least 0, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `beta` is not positive and finite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Girshick, R. (2015). Fast R-CNN. ICCV.

    Examples
    --------
    >>> print(smooth_l1([0, 0, 0], [1, 2, 4], beta=2))
    [0.25 1.   3.  ]
    """
    beta = validate.positive("beta", beta)
    r, dtype = _error(y_true, y_pred)
    c = np.clip(r, -beta, beta)
    return validate.rounded(c / beta * (r - c / 2), dtype)


def smooth_l1_gradient(y_true, y_pred, *, beta=1.0):
    """Gradient of the smooth L1 loss with respect to the prediction: ``r / beta``, clipped to ``[-1, 1]``.

    A straight line through 0 that ends in the slopes of the absolute error. It is the gradient of the Huber
    loss divided by `beta`, and *not* bounded by `beta` as that is.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    beta : float, default 1
        Positive threshold, in the unit of the values.

    Returns
    -------
    array of the same shape
        Slope, from -1 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `beta` is not positive and finite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Girshick, R. (2015). Fast R-CNN. ICCV.

    Examples
    --------
    >>> print(smooth_l1_gradient([0, 0, 0], [1, -2, 4], beta=2))
    [ 0.5 -1.   1. ]
    """
    beta = validate.positive("beta", beta)
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.clip(r, -beta, beta, out=r) / beta, dtype)


def log_cosh(y_true, y_pred):
    """Log-cosh loss: ``log cosh r``.

    About ``r^2 / 2`` near 0 and ``|r| - log 2`` far out, like the Huber loss, but with all derivatives and without
    a threshold: where it turns is fixed by the unit of the values. Computed as
    ``log1p(2 sinh(c / 2)^2) + (|r| - c)`` with ``c = min(|r|, 20)``: from there on it is a straight line in float64.
    It is *not* ``log(cosh(r))`` in floating point, which overflows at 711 and is 0 below 1e-8.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Loss, at least 0, a pure number: the values are taken as such.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Green, P. J. (1990). Bayesian reconstructions from emission tomography data using a modified EM algorithm.
    IEEE Transactions on Medical Imaging 9.

    Examples
    --------
    >>> print(log_cosh([0, 0, 0], [0.1, 1, 2]).round(4))
    [0.005  0.4338 1.325 ]
    """
    r, dtype = _error(y_true, y_pred)
    a = np.abs(r)
    c = np.minimum(a, 20)
    return validate.rounded(np.log1p(2 * np.sinh(c / 2) ** 2) + (a - c), dtype)


def log_cosh_gradient(y_true, y_pred):
    """Gradient of the log-cosh loss with respect to the prediction: ``tanh r``.

    About r near 0 and the sign of r far out: no point pulls harder than 1. It does *not* reach 1 at any
    threshold, other than the slope of the Huber loss.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.

    Returns
    -------
    array of the same shape
        Slope, from -1 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Green, P. J. (1990). Bayesian reconstructions from emission tomography data using a modified EM algorithm.
    IEEE Transactions on Medical Imaging 9.

    Examples
    --------
    >>> print(log_cosh_gradient([0, 0, 0], [0.1, -1, 1000]).round(4))
    [ 0.0997 -0.7616  1.    ]
    """
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.tanh(r, out=r), dtype)


def quantile_loss(y_true, y_pred, *, quantile=0.5):
    """Quantile, or pinball, loss: ``quantile |r|`` for ``y_pred < y_true``, ``(1 - quantile) |r|`` beyond.

    Too low costs `quantile` a unit and too high the rest of 1, so that the constant prediction with the least sum
    is that quantile of the values: for 0.9, nine in ten lie below. It is *not* the absolute error at 0.5, but
    half of it.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    quantile : float, default 0.5
        The quantile that is aimed at, between 0 and 1.

    Returns
    -------
    array of the same shape
        Loss, at least 0, in the unit of the values.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `quantile` is not between 0 and 1.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Koenker, R., & Bassett, G. (1978). Regression quantiles. Econometrica 46.

    Examples
    --------
    >>> print(quantile_loss([10, 10], [8, 12], quantile=0.9).round(4))
    [1.8 0.2]
    """
    quantile = validate.between("quantile", quantile, 0, 1)
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.where(r < 0, -quantile * r, (1 - quantile) * r), dtype)


def quantile_loss_gradient(y_true, y_pred, *, quantile=0.5):
    """Gradient of the quantile loss with respect to the prediction: ``-quantile`` or ``1 - quantile``.

    The first for a prediction that is too low, the second for one that is too high. At ``r = 0``, where the loss has a
    corner, it is 0, one of the slopes between these two. It does *not* tell how far the prediction is off.

    Parameters
    ----------
    y_true : array_like, any shape
        Observed values, finite.
    y_pred : array_like of the same shape
        Predicted values, finite.
    quantile : float, default 0.5
        The quantile that is aimed at, between 0 and 1.

    Returns
    -------
    array of the same shape
        Slope, between -1 and 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is nan or infinite, or `quantile` is not between 0 and 1.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Koenker, R., & Bassett, G. (1978). Regression quantiles. Econometrica 46.

    Examples
    --------
    >>> print(quantile_loss_gradient([10, 10, 10], [8, 10, 12], quantile=0.75))
    [-0.75  0.    0.25]
    """
    quantile = validate.between("quantile", quantile, 0, 1)
    r, dtype = _error(y_true, y_pred)
    return validate.rounded(np.select([r < 0, r > 0], [-quantile, 1 - quantile], 0.0), dtype)


def _error(y_true, y_pred):
    """What the prediction is above the truth, in an array of its own, and the dtype of the result."""
    y_true, y_pred, dtype = validate.real_arrays(y_true=y_true, y_pred=y_pred)
    with np.errstate(over="ignore", invalid="ignore"):
        r = np.asarray(y_pred - y_true)
        suspicious = not np.isfinite(r.sum())  # at half the price of np.isfinite(r).all()
    if suspicious:
        validate.finite(y_true=y_true, y_pred=y_pred)
    return r, dtype


def _errors(y_true, y_pred):
    """The errors for a mean, which needs at least one."""
    r, dtype = _error(y_true, y_pred)
    validate.not_empty(y_true=r)
    return r, dtype


@np.errstate(over="ignore")
def _squared(r):
    return np.multiply(r, r, out=r)


@np.errstate(over="ignore")
def _doubled(r):
    return 2 * r


def _scaled(y_true, y_pred):
    """A scale, the errors divided by it, none of them above 4, and the dtype of the result."""
    r, dtype = _errors(y_true, y_pred)
    scale = np.abs(r).max() or 1.0
    if scale < np.inf:
        return scale, r / scale, dtype
    scale = 2.0**1023  # a difference overflows; those of the values divided by a power of 2 do not
    return scale, np.divide(y_pred, scale) - np.divide(y_true, scale), dtype
