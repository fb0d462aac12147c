"""Losses of predictions of a class, and their gradients with respect to the prediction.

The binary losses work elementwise. The others work over the last axis, that of the classes: predictions
of shape ``(..., K)`` give losses of shape ``(...)`` and gradients of shape ``(..., K)``. The truth
`y_true` comes first; a loss is per sample and in nats; its mean is the cost. `torch_cross_entropy` and
`nll_loss` differ: they keep PyTorch's order, axis of classes and reductions.
"""

import numpy as np

from . import validate
from .activations import one_hot, over_row, surprise_at, surprise_of_softmax, times_exp, winner_and_others
from .information import average, mean_under, share, surprise

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_gradient",
    "categorical_cross_entropy",
    "categorical_cross_entropy_gradient",
    "softmax_cross_entropy",
    "softmax_cross_entropy_gradient",
    "brier_score",
    "brier_score_gradient",
    "nll_loss",
    "nll_loss_gradient",
    "torch_cross_entropy",
    "torch_cross_entropy_gradient",
]


def binary_cross_entropy(y_true, p, *, eps=None):
    """Binary cross-entropy: ``-(y log p + (1 - y) log(1 - p))``, with ``0 log 0 = 0``.

    The surprise at the true class, ``-log p`` for y = 1 and ``-log(1 - p)`` for y = 0; between them, for
    a soft label, its mean. It is infinite for a prediction that is certain and wrong. Libraries hide that
    by clipping `p` to ``[eps, 1 - eps]``; `eps` does the same here, for comparison. It is *not*
    for logits, and with a soft label *not* 0 at ``p = y``, but the entropy of the label.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    p : array_like of the same shape
        Predicted probability of the class 1.
    eps : float, optional
        Where to clip, between 0 and 1/2. The default None does not clip.

    Returns
    -------
    array of the same shape
        Loss in nats, from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes differ, a value is outside [0, 1] or nan, or `eps` is not between 0 and 1/2.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14.

    Examples
    --------
    >>> print(binary_cross_entropy([1, 0, 1, 1], [0.9, 0.9, 1, 0]).round(4))
    [0.1054 2.3026 0.        inf]
    >>> print(f"{binary_cross_entropy(1, 0, eps=1e-7):.4f}")
    16.1181
    """
    y, p, dtype = validate.probabilities(y_true=y_true, p=p)
    low = _lowest(eps)
    ends = surprise(-low, np.log1p), surprise(low, np.log)
    one, zero = np.clip(surprise(p, np.log), *ends), np.clip(surprise(-p, np.log1p), *ends)
    return validate.rounded(share(y, one) + share(1 - y, zero), dtype)


def binary_cross_entropy_gradient(y_true, p, *, eps=None):
    """Gradient of the binary cross-entropy with respect to the probability: ``(p - y) / (p (1 - p))``.

    Infinite for a prediction that is certain and wrong, but ``-1`` at ``y = p = 1`` and ``1`` at ``y = p = 0``:
    the slopes towards the inside of [0, 1]. With `eps` it is 0 beyond ``[eps, 1 - eps]``, where the clipped loss
    no longer changes: a certain and wrong prediction is *not* corrected any more.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    p : array_like of the same shape
        Predicted probability of the class 1.
    eps : float, optional
        Where to clip, between 0 and 1/2. The default None does not clip.

    Returns
    -------
    array of the same shape
        Slope in nats per unit of probability, of either sign.

    Raises
    ------
    ValueError
        If the shapes differ, a value is outside [0, 1] or nan, or `eps` is not between 0 and 1/2.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14.

    Examples
    --------
    >>> print(binary_cross_entropy_gradient([1, 0, 1], [0.8, 0.8, 0]))
    [-1.25  5.    -inf]
    >>> print(binary_cross_entropy_gradient(1, 0, eps=1e-7))
    0.0
    """
    y, p, dtype = validate.probabilities(y_true=y_true, p=p)
    low = _lowest(eps)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = (p - y) / (p * (1 - p))
    slope = np.where(np.isnan(slope), 1 - 2 * p, slope)  # y = p = 0 or 1
    return validate.rounded(np.where(np.minimum(p, 1 - p) >= low, slope, 0.0), dtype)


def binary_cross_entropy_with_logits(y_true, logits):
    """Binary cross-entropy of logits: ``-(y log s + (1 - y) log(1 - s))`` with ``s = sigmoid(z)``.

    Computed as ``w |z| + log(1 + exp(-|z|))``, where w is the probability of the class that the sign of z speaks
    against. Both parts are at least 0, nothing overflows, and a confident right answer keeps its small
    positive loss. So a wrong answer costs about ``|z|``, a line whose slope does not vanish, *not* a curve that
    flattens as that of the squared error of s does. It is *not* for probabilities.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    logits : array_like of the same shape
        Logits of the class 1: finite, or -inf.

    Returns
    -------
    array of the same shape
        Loss in nats, from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes differ, a label is outside [0, 1] or nan, or a logit is nan or +inf.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Cox, D. R. (1958). The regression analysis of binary sequences. Journal of the Royal Statistical
    Society B 20.

    Examples
    --------
    >>> print(binary_cross_entropy_with_logits([1, 1, 0, 1], [2, -2, 0, -30]).round(4))
    [ 0.1269  2.1269  0.6931 30.    ]
    >>> print(f"{binary_cross_entropy_with_logits(1, 40):.2e}")
    4.25e-18
    """
    y, z, dtype = validate.labels_and_logits(y_true, logits)
    size = np.abs(z)
    denied = np.abs((z >= 0) - y)
    return validate.rounded(share(denied, size) + np.log1p(np.exp(-size)), dtype)


def binary_cross_entropy_with_logits_gradient(y_true, logits):
    """Gradient of the binary cross-entropy of logits with respect to the logit: ``sigmoid(z) - y``.

    Prediction minus truth, the simple subtraction in which loss and sigmoid cancel each other's curvature:
    unlike the gradient of the squared error through a sigmoid, it does *not* vanish at a confident wrong
    answer. Computed as ``((1 - y) - y e) / (1 + e)`` for positive z and ``((1 - y) e - y) / (1 + e)`` for negative,
    with ``e = exp(-|z|)``: this keeps the digits at a confident right answer.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    logits : array_like of the same shape
        Logits of the class 1: finite, or -inf.

    Returns
    -------
    array of the same shape
        Slope in nats per unit of logit, from -1 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, a label is outside [0, 1] or nan, or a logit is nan or +inf.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Cox, D. R. (1958). The regression analysis of binary sequences. Journal of the Royal Statistical
    Society B 20.

    Examples
    --------
    >>> print(binary_cross_entropy_with_logits_gradient([1, 1, 0], [-8, 0, 0]).round(5))
    [-0.99966 -0.5      0.5    ]
    """
    y, z, dtype = validate.labels_and_logits(y_true, logits)
    positive, e = z >= 0, np.exp(-np.abs(z))
    return validate.rounded(((positive - y) + (~positive - y) * e) / (1 + e), dtype)


def categorical_cross_entropy(y_true, p):
    """Categorical cross-entropy: ``-sum_k y_k log p_k``, with ``0 log 0 = 0``.

    For a label, ``-log`` of the probability that its class was given; the other probabilities do not
    matter. For a distribution as truth, the cross-entropy ``H(y, p)``. It is infinite where ``p = 0 < y``.
    It is *not* for logits, and it is *not* a mean over the batch: that is its ``.mean()``.

    Parameters
    ----------
    y_true : array_like, shape (...) or (..., K)
        Integer labels from 0 to K - 1, or distributions (one-hot or soft) of the shape of `p`.
    p : array_like, shape (..., K)
        Predicted distributions along the last axis.

    Returns
    -------
    array, shape (...)
        Loss in nats, from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes do not fit, labels have a single class, a label is none, a probability is outside [0, 1] or
        nan, or a row does not sum to 1 within rounding or is empty.
    TypeError
        If an argument is not real-valued, or labels are not integers.

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14.

    Examples
    --------
    >>> p = [[0.4, 0.3, 0.3], [0.3, 0.4, 0.3], [0.1, 0.2, 0.7]]
    >>> loss = categorical_cross_entropy([0, 1, 0], p)
    >>> print(loss.round(4), f"{loss.mean():.4f}")
    [0.9163 0.9163 2.3026] 1.3784
    >>> print(f"{categorical_cross_entropy([0.5, 0.5, 0], [0.4, 0.3, 0.3]):.4f}")
    1.0601
    """
    p, dtype = validate.distributions(p=p)
    y = validate.targets("y_true", y_true, p.shape)
    return validate.rounded(mean_under(_rows(y, p.shape), surprise(p, np.log)), dtype)


def categorical_cross_entropy_gradient(y_true, p):
    """Gradient of the categorical cross-entropy with respect to the probabilities: ``-y_k / p_k``.

    Only the classes that may be true have a slope. Each probability counts as free: for moves along which a
    row keeps its sum, a number that is the same in the whole row does not matter. So it is *not* 0 at
    ``p = y``, but ``-1`` at each class with ``y > 0``.

    Parameters
    ----------
    y_true : array_like, shape (...) or (..., K)
        Integer labels from 0 to K - 1, or distributions (one-hot or soft) of the shape of `p`.
    p : array_like, shape (..., K)
        Predicted distributions along the last axis.

    Returns
    -------
    array, shape (..., K)
        Slope in nats per unit of probability, from minus infinity to 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, labels have a single class, a label is none, a probability is outside [0, 1] or
        nan, or a row does not sum to 1 within rounding or is empty.
    TypeError
        If an argument is not real-valued, or labels are not integers.

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14.

    Examples
    --------
    >>> print(categorical_cross_entropy_gradient([1, 0], [[0.75, 0.25], [0.5, 0.5]]))
    [[ 0. -4.]
     [-2.  0.]]
    """
    p, dtype = validate.distributions(p=p)
    y = _rows(validate.targets("y_true", y_true, p.shape), p.shape)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return validate.rounded(np.where(y > 0, -y / p, 0.0), dtype)


def softmax_cross_entropy(y_true, logits):
    """Softmax cross-entropy: ``-sum_k y_k log softmax(z)_k``.

    For a label y, ``logsumexp(z) - z_y``. Computed as ``log1p(odds)``, where the odds against the label are
    the sum of ``exp(z_j - z_y)`` over the other classes: so a confident right answer keeps its small positive
    loss, which ``log(1 + odds)`` would round to 0. No exponential overflows: where another logit is
    far above that of the label, the loss is their difference and a little more. For soft labels it is the mean of
    the losses of the classes. It is *not* for probabilities: those would pass through the softmax twice.

    Parameters
    ----------
    y_true : array_like, shape (...) or (..., K)
        Integer labels from 0 to K - 1, or distributions (one-hot or soft) of the shape of `logits`.
    logits : array_like, shape (..., K)
        Logits along the last axis: finite, or -inf, but not -inf in a whole row.

    Returns
    -------
    array, shape (...)
        Loss in nats, from 0 to infinity.

    Raises
    ------
    ValueError
        If the shapes do not fit, labels have a single class, a label is none, a soft label is outside [0, 1], its row
        does not sum to 1 within rounding, a logit is nan or +inf, or a row of logits is empty or holds only -inf.
    TypeError
        If an argument is not real-valued, or labels are not integers.

    References
    ----------
    Bridle, J. S. (1990). Probabilistic interpretation of feedforward classification network outputs.
    Neurocomputing, NATO ASI Series 68.

    Examples
    --------
    >>> print(softmax_cross_entropy([0, 2], [[3, 1, -3], [3, 1, -3]]).round(4))
    [0.1291 6.1291]
    >>> print(f"{softmax_cross_entropy(0, [40, 0]):.2e}", softmax_cross_entropy(0, [0, 1000]))
    4.25e-18 1000.0
    """
    z, dtype = validate.logit_rows(logits=logits)
    y = validate.targets("y_true", y_true, z.shape)
    loss = surprise_at(y, z) if y.ndim < z.ndim else mean_under(y, surprise_of_softmax(z))
    return validate.rounded(loss, dtype)


def softmax_cross_entropy_gradient(y_true, logits):
    """Gradient of the softmax cross-entropy with respect to the logits: ``softmax(z) - y``.

    Prediction minus truth. What the true class is pushed up is what the others together are pushed down: each
    row sums to 0. At a true class that wins, minus the sum of the others is computed in place of
    ``softmax(z) - 1``, which would lose its digits. It is *not* the gradient with respect to the probabilities.

    Parameters
    ----------
    y_true : array_like, shape (...) or (..., K)
        Integer labels from 0 to K - 1, or distributions (one-hot or soft) of the shape of `logits`.
    logits : array_like, shape (..., K)
        Logits along the last axis: finite, or -inf, but not -inf in a whole row.

    Returns
    -------
    array, shape (..., K)
        Slope in nats per unit of logit, from -1 to 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, labels have a single class, a label is none, a soft label is outside [0, 1], its row
        does not sum to 1 within rounding, a logit is nan or +inf, or a row of logits is empty or holds only -inf.
    TypeError
        If an argument is not real-valued, or labels are not integers.

    References
    ----------
    Bridle, J. S. (1990). Probabilistic interpretation of feedforward classification network outputs.
    Neurocomputing, NATO ASI Series 68.

    Examples
    --------
    >>> print(softmax_cross_entropy_gradient([0, 2], [[3, 1, -3], [3, 1, -3]]).round(4))
    [[-0.1211  0.1189  0.0022]
     [ 0.8789  0.1189 -0.9978]]
    """
    z, dtype = validate.logit_rows(logits=logits)
    y = _rows(validate.targets("y_true", y_true, z.shape), z.shape)
    return validate.rounded(_softmax_minus(y, z), dtype)


def brier_score(y_true, p):
    """Brier score of a binary prediction: ``(p - y)^2``.

    The squared error of a probability. Its expectation is least at the true probability, as that of the
    cross-entropy is, but it is bounded: a prediction that is certain and wrong costs 1. It is *not*
    Brier's original sum over both classes, which is twice as much; for K classes with one-hot labels,
    take the sum of this over the classes.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    p : array_like of the same shape
        Predicted probability of the class 1.

    Returns
    -------
    array of the same shape
        Loss, a pure number from 0 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is outside [0, 1] or nan.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather
    Review 78.

    Examples
    --------
    >>> print(brier_score([1, 0, 1], [0.75, 0.75, 0]))
    [0.0625 0.5625 1.    ]
    """
    y, p, dtype = validate.probabilities(y_true=y_true, p=p)
    return validate.rounded((p - y) ** 2, dtype)


def brier_score_gradient(y_true, p):
    """Gradient of the Brier score with respect to the probability: ``2 (p - y)``.

    It grows with the error and stays between -2 and 2. Through a sigmoid it is multiplied by ``p (1 - p)``, which
    vanishes at a confident wrong answer: the Brier score of a logit is *not* convex.

    Parameters
    ----------
    y_true : array_like, any shape
        Labels 0 and 1, or probabilities between them.
    p : array_like of the same shape
        Predicted probability of the class 1.

    Returns
    -------
    array of the same shape
        Slope per unit of probability, from -2 to 2.

    Raises
    ------
    ValueError
        If the shapes differ, or a value is outside [0, 1] or nan.
    TypeError
        If an argument is not real-valued.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather
    Review 78.

    Examples
    --------
    >>> print(brier_score_gradient([1, 0, 1], [0.75, 0.75, 0]))
    [-0.5  1.5 -2. ]
    """
    y, p, dtype = validate.probabilities(y_true=y_true, p=p)
    return validate.rounded(2 * (p - y), dtype)


def nll_loss(log_probs, target, *, weight=None, ignore_index=-100, reduction="mean"):
    """Negative log-likelihood as in PyTorch: ``-w_y log p_y``, where `log_probs` holds ``log p``.

    Order of arguments, axis of classes and reductions are those of ``torch.nn.functional.nll_loss``. The
    weighted mean divides by the sum of the weights of the targets that count, *not* by their number;
    ignored targets are in neither. When nothing counts, the mean is nan. It is *not* for logits or
    probabilities, and unlike PyTorch it refuses values above 0, which no log-probability has, and a label of weight 0
    does not matter at -inf.

    Parameters
    ----------
    log_probs : array_like, shape (K,) or (N, K, ...)
        Log-probabilities, from minus infinity to 0; classes along axis 1.
    target : array_like of integers, shape () or (N, ...)
        Labels from 0 to K - 1, or `ignore_index`.
    weight : array_like, shape (K,), optional
        Weight of each class, at least 0; the default None is 1 for all.
    ignore_index : int, default -100
        Targets of this value do not count.
    reduction : {"mean", "sum", "none"}
        Weighted mean over the targets, their sum, or the single losses.

    Returns
    -------
    array, shape () or that of `target` for ``reduction="none"``
        Loss in nats, from 0 to infinity; nan for a mean when nothing counts.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no classes, a target is no class, a log-probability is nan or above 0, a
        weight is negative or not finite, `reduction` is unknown, or a mean is taken of an empty batch.
    TypeError
        If `target` or `ignore_index` is not of integers, or another argument is not real-valued.

    References
    ----------
    Paszke, A., et al. (2019). PyTorch: an imperative style, high-performance deep learning library. NeurIPS.

    Examples
    --------
    >>> import numpy as np
    >>> log_probs = np.log([[0.5, 0.5], [0.25, 0.75], [0.5, 0.5]])
    >>> print(f"{nll_loss(log_probs, [0, 0, -100], weight=[3, 1]):.4f}")
    1.0397
    """
    axis = validate.class_axis("log_probs", log_probs)
    log_p, dtype = validate.log_probabilities(axis=axis, log_probs=log_probs)
    validate.reduction(reduction, log_probs=log_probs)
    counts, total, _ = _counts_of_labels(target, log_p.shape, weight, ignore_index)
    return validate.rounded(_reduced(mean_under(counts, 0.0 - log_p), total, reduction), dtype)


def nll_loss_gradient(log_probs, target, *, weight=None, ignore_index=-100, reduction="mean"):
    """Gradient of PyTorch's negative log-likelihood with respect to `log_probs`: ``-w_y`` at the target.

    0 at the other classes and for ignored targets, even if all are ignored and their mean is nan; for a mean,
    divided by the sum of the weights of the targets that count. Each log-probability counts as free: it is
    *not* the gradient with respect to the logits.

    Parameters
    ----------
    log_probs : array_like, shape (K,) or (N, K, ...)
        Log-probabilities, from minus infinity to 0; classes along axis 1.
    target : array_like of integers, shape () or (N, ...)
        Labels from 0 to K - 1, or `ignore_index`.
    weight : array_like, shape (K,), optional
        Weight of each class, at least 0; the default None is 1 for all.
    ignore_index : int, default -100
        Targets of this value do not count.
    reduction : {"mean", "sum", "none"}
        The gradient of the mean; or that of the sum, which is each sample's own and the same for "none".

    Returns
    -------
    array of the shape of `log_probs`
        Slope, at most 0; for a mean over targets that all have the weight 0, nan in their rows.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no classes, a target is no class, a log-probability is nan or above 0, a
        weight is negative or not finite, `reduction` is unknown, or a mean is taken of an empty batch.
    TypeError
        If `target` or `ignore_index` is not of integers, or another argument is not real-valued.

    References
    ----------
    Paszke, A., et al. (2019). PyTorch: an imperative style, high-performance deep learning library. NeurIPS.

    Examples
    --------
    >>> import numpy as np
    >>> print(nll_loss_gradient(np.log([[0.5, 0.5], [0.25, 0.75]]), [0, 1], weight=[3, 1]))
    [[-0.75  0.  ]
     [ 0.   -0.25]]
    """
    axis = validate.class_axis("log_probs", log_probs)
    log_p, dtype = validate.log_probabilities(axis=axis, log_probs=log_probs)
    validate.reduction(reduction, log_probs=log_probs)
    counts, total, kept = _counts_of_labels(target, log_p.shape, weight, ignore_index)
    gradient = _reduced_gradient(0.0 - counts, total, kept, reduction)
    return validate.rounded(np.moveaxis(gradient, -1, axis), dtype)


def torch_cross_entropy(logits, target, *, weight=None, ignore_index=-100, label_smoothing=0.0, reduction="mean"):
    """Cross-entropy of logits as in PyTorch: ``-sum_k w_k y_k log softmax(z)_k``.

    Order of arguments, axis of classes and reductions are those of ``torch.nn.functional.cross_entropy``.

    - The mean over labels divides by the sum of the weights of the targets that count, *not* by their number.
    - Ignored targets are in neither sum; when nothing counts, the mean is nan.
    - Smoothing replaces y by ``(1 - s) y + s / K``, and all classes then bring their weights.
    - With class probabilities as targets the mean divides by their number, weighted or not.

    It differs from PyTorch: a tiny loss stays positive; a class of probability 0 or a label of weight 0 does not
    matter at a logit of -inf, where PyTorch gives nan; and what is no distribution, an empty mean, a negative weight,
    and logits of nan, +inf or nothing but -inf, even for an ignored target, are refused.

    Parameters
    ----------
    logits : array_like, shape (K,) or (N, K, ...)
        Logits, finite or -inf; classes along axis 1.
    target : array_like, shape () or (N, ...), or that of `logits`
        Integer labels from 0 to K - 1 or `ignore_index`; or class probabilities as floats.
    weight : array_like, shape (K,), optional
        Weight of each class, at least 0; the default None is 1 for all.
    ignore_index : int, default -100
        Labels of this value do not count. For labels only.
    label_smoothing : float, default 0
        Part of each target that is spread over all classes, from 0 to 1.
    reduction : {"mean", "sum", "none"}
        Weighted mean over the targets, their sum, or the single losses.

    Returns
    -------
    array, shape () or that of the labels for ``reduction="none"``
        Loss in nats, from 0 to infinity; nan for a mean when nothing counts.

    Raises
    ------
    ValueError
        If the shapes do not fit, a target is no class or no distribution, a class is to be ignored among
        distributions, a logit is nan or +inf, a row of them is empty or holds only -inf, a weight is negative or
        not finite, `label_smoothing` is outside [0, 1], `reduction` is unknown, or a mean is taken of an empty batch.
    TypeError
        If labels are floats, class probabilities integers, `ignore_index` not an integer, or an argument is not
        real-valued.

    References
    ----------
    Szegedy, C., et al. (2016). Rethinking the Inception architecture for computer vision. CVPR. (Smoothing.)
    Paszke, A., et al. (2019). PyTorch: an imperative style, high-performance deep learning library. NeurIPS.

    Examples
    --------
    >>> logits = [[3, 1, -3], [3, 1, -3], [0, 0, 0]]
    >>> print(f"{torch_cross_entropy(logits, [0, 2, -100]):.4f}")
    3.1291
    >>> print(f"{torch_cross_entropy(logits, [0, 2, -100], weight=[1, 1, 3]):.4f}")
    4.6291
    >>> print(torch_cross_entropy(logits, [0, 2, -100], label_smoothing=0.3, reduction="none").round(4))
    [0.9291 5.1291 0.    ]
    """
    axis = validate.class_axis("logits", logits)
    z, dtype = validate.logit_rows(axis=axis, logits=logits)
    validate.reduction(reduction, logits=logits)
    counts, total, _ = _counts(target, z.shape, axis, weight, ignore_index, label_smoothing)
    return validate.rounded(_reduced(mean_under(counts, surprise_of_softmax(z)), total, reduction), dtype)


def torch_cross_entropy_gradient(
    logits, target, *, weight=None, ignore_index=-100, label_smoothing=0.0, reduction="mean"
):
    """Gradient of PyTorch's cross-entropy with respect to the logits: ``W softmax(z) - w y``, with ``W = sum w y``.

    For a mean it is divided by what the mean divides by, the sum of the weights of the targets that count, or the
    number of class probabilities. Rows sum to 0, and those of ignored targets are 0, even if all are ignored and the
    mean is nan. It is *not* ``softmax(z) - y`` as soon as classes have weights or labels are smoothed: y is then what
    smoothing made of it.

    Parameters
    ----------
    logits : array_like, shape (K,) or (N, K, ...)
        Logits, finite or -inf; classes along axis 1.
    target : array_like, shape () or (N, ...), or that of `logits`
        Integer labels from 0 to K - 1 or `ignore_index`; or class probabilities as floats.
    weight : array_like, shape (K,), optional
        Weight of each class, at least 0; the default None is 1 for all.
    ignore_index : int, default -100
        Labels of this value do not count. For labels only.
    label_smoothing : float, default 0
        Part of each target that is spread over all classes, from 0 to 1.
    reduction : {"mean", "sum", "none"}
        The gradient of the mean; or that of the sum, which is each sample's own and the same for "none".

    Returns
    -------
    array of the shape of `logits`
        Slope in nats per unit of logit, of either sign; nan for a mean over targets that all have the weight 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, a target is no class or no distribution, a class is to be ignored among
        distributions, a logit is nan or +inf, a row of them is empty or holds only -inf, a weight is negative or
        not finite, `label_smoothing` is outside [0, 1], `reduction` is unknown, or a mean is taken of an empty batch.
    TypeError
        If labels are floats, class probabilities integers, `ignore_index` not an integer, or an argument is not
        real-valued.

    References
    ----------
    Szegedy, C., et al. (2016). Rethinking the Inception architecture for computer vision. CVPR. (Smoothing.)
    Paszke, A., et al. (2019). PyTorch: an imperative style, high-performance deep learning library. NeurIPS.

    Examples
    --------
    >>> print(torch_cross_entropy_gradient([[0, 0], [0, 0], [0, 0]], [0, 1, -100], weight=[3, 1]))
    [[-0.375  0.375]
     [ 0.125 -0.125]
     [ 0.     0.   ]]
    """
    axis = validate.class_axis("logits", logits)
    z, dtype = validate.logit_rows(axis=axis, logits=logits)
    validate.reduction(reduction, logits=logits)
    counts, total, kept = _counts(target, z.shape, axis, weight, ignore_index, label_smoothing)
    gradient = _reduced_gradient(_softmax_minus(counts, z), total, kept, reduction)
    return validate.rounded(np.moveaxis(gradient, -1, axis), dtype)


def _lowest(eps):
    """The lowest probability that clipping leaves of either class."""
    return 0.0 if eps is None else validate.between("eps", eps, 0, 0.5)


def _rows(y, shape):
    """Labels as one-hot rows; distributions as they are."""
    return one_hot(y, shape) if y.ndim < len(shape) else y


def _softmax_minus(y, z):
    """``Y softmax(z) - y`` with ``Y = sum_k y_k``: the gradient of ``-sum_k y_k log softmax(z)_k`` for any y >= 0."""
    winner, first, second, gradient = winner_and_others(z)
    rest = times_exp(over_row(np.add, gradient), second, first)
    won, lost = np.take_along_axis(y, winner, axis=-1), y.copy()
    np.put_along_axis(lost, winner, 0.0, axis=-1)
    lost = over_row(np.add, lost)
    gradient *= times_exp(won + lost, second, first) / (1 + rest)
    gradient -= y
    at_winner = (lost - won * rest) / (1 + rest)  # there softmax may be rounded to 1, but not its complement
    np.put_along_axis(gradient, winner, at_winner, axis=-1)
    return gradient


def _counts(target, shape, axis, weight, ignore_index, label_smoothing):
    """What the surprise at each class counts in each loss, what a mean divides by, nan for 0, and the rows to keep."""
    of_logits = (*shape[:axis], shape[-1], *shape[axis:-1])  # as they were given
    if validate.given_shape("target", target) != of_logits:
        return _counts_of_labels(target, shape, weight, ignore_index, label_smoothing)
    y = validate.class_probabilities(target, ignore_index, axis)
    return _smoothed(y, label_smoothing) * validate.weights("weight", weight, shape[-1]), y.size // shape[-1], True


def _counts_of_labels(target, shape, weight, ignore_index, label_smoothing=0.0):
    weight = validate.weights("weight", weight, shape[-1])
    ignored = validate.integer("ignore_index", ignore_index)
    labels, kept = validate.labels("target", target, shape[:-1], shape[-1], ignored=ignored)
    kept = kept[..., np.newaxis]
    y = one_hot(np.where(kept[..., 0], labels, 0), shape) * kept
    return _smoothed(y, label_smoothing) * weight * kept, (y * weight).sum() or np.nan, kept


def _smoothed(y, amount):
    amount = validate.fraction("label_smoothing", amount)
    return (1 - amount) * y + amount / y.shape[-1]


def _reduced(losses, total, reduction):
    if reduction == "mean":
        return average(losses, total)
    with np.errstate(over="ignore"):
        return losses.sum() if reduction == "sum" else losses


def _reduced_gradient(gradient, total, kept, reduction):
    return np.where(kept, gradient / total, 0.0) if reduction == "mean" else gradient
