"""Exercises on squared error and cross-entropy for classes. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = [
    "sigmoid",
    "squared_error_slope",
    "cross_entropy_slope",
    "second_derivative",
    "brier",
    "logistic_gradient",
    "stable_bce",
]

LABELS_AND_LOGITS = [
    (1.0, -3.0),
    (0.0, -1.0),
    (1.0, 0.5),
    (np.array([1.0, 0.0, 1.0, 0.0]), np.array([-2.0, 2.5, 1.0, 0.3])),
]


def sigmoid_answer(z):
    """Write the sigmoid of a logit z, a number or an array."""
    return 1 / (1 + np.exp(-z))


def sigmoid_without_minus(z):
    """The minus in the exponent is missing, so this falls as z grows: it is the probability of the other class."""
    return 1 / (1 + np.exp(z))


def sigmoid_as_exponential(z):
    """exp(z) is the odds a / (1 - a), which grow beyond 1. To get the probability a, divide the odds by 1 plus the
    odds."""
    return np.exp(z)


def sigmoid_as_tanh(z):
    """tanh has the same shape, but it runs from −1 to 1. A probability lies between 0 and 1."""
    return np.tanh(z)


def sigmoid_with_minus_below(z):
    """The sign between 1 and the exponential is a plus: with a minus you divide by 0 at z = 0."""
    return 1 / (1 - np.exp(-z))


def sigmoid_as_softmax(z):
    """This is the softmax over all entries of z, which makes the samples share one probability. Each logit is
    turned into a probability by itself."""
    return np.exp(z) / np.sum(np.exp(z))


def sigmoid_to_base_two(z):
    """The base of the power is e, not 2: use np.exp."""
    return 1 / (1 + 2.0**-z)


def squared_error_slope_answer(y, z):
    """Write the slope of (a - y)**2 with respect to the logit z, where a is the sigmoid of z."""
    a = 1 / (1 + np.exp(-z))
    return 2 * (a - y) * a * (1 - a)


def squared_error_slope_by_probability(y, z):
    """This is the slope with respect to the probability a. To reach the logit, the chain rule asks for one more
    factor: the slope of the sigmoid."""
    a = 1 / (1 + np.exp(-z))
    return 2 * (a - y)


def squared_error_slope_without_two(y, z):
    """The factor 2 of the square is missing. (It cancels only if the loss is defined with a factor 1/2.)"""
    a = 1 / (1 + np.exp(-z))
    return (a - y) * a * (1 - a)


def squared_error_slope_with_other_sign(y, z):
    """The sign is wrong: if a is below y, raising the logit must lower the loss, so the slope is negative."""
    a = 1 / (1 + np.exp(-z))
    return 2 * (y - a) * a * (1 - a)


def squared_error_slope_of_cross_entropy(y, z):
    """This is the slope of the cross-entropy. The squared error keeps the slope of the sigmoid as a factor, and a 2."""
    a = 1 / (1 + np.exp(-z))
    return a - y


def squared_error_slope_at_logit(y, z):
    """The error must be that of the probability, a - y. Here the logit itself is compared with the label."""
    a = 1 / (1 + np.exp(-z))
    return 2 * (z - y) * a * (1 - a)


def squared_error_slope_sigmoid_at_logit(y, z):
    """The slope of the sigmoid is a (1 - a), with the probability a in it and not the logit."""
    a = 1 / (1 + np.exp(-z))
    return 2 * (a - y) * z * (1 - z)


def cross_entropy_slope_answer(y, z):
    """Write the slope of the cross-entropy with respect to the logit z, for a label y of 0 or 1, numbers or arrays."""
    return 1 / (1 + np.exp(-z)) - y


def cross_entropy_slope_with_other_sign(y, z):
    """The sign is wrong: truth minus prediction is the way down. The slope points up: prediction minus truth."""
    return y - 1 / (1 + np.exp(-z))


def cross_entropy_slope_by_probability(y, z):
    """This is the slope with respect to the probability a. Multiply it by the slope of the sigmoid, and see what
    cancels."""
    a = 1 / (1 + np.exp(-z))
    return (a - y) / (a * (1 - a))


def cross_entropy_slope_with_sigmoid(y, z):
    """One factor too many: the slope of the sigmoid has been cancelled by the denominator of the slope of the loss."""
    a = 1 / (1 + np.exp(-z))
    return (a - y) * a * (1 - a)


def cross_entropy_slope_doubled(y, z):
    """The factor 2 belongs to a square, and there is none in the cross-entropy."""
    return 2 * (1 / (1 + np.exp(-z)) - y)


def cross_entropy_slope_at_logit(y, z):
    """The label is compared with the logit. Turn the logit into a probability first."""
    return z - y


def second_derivative_answer(a):
    """Write the second derivative of (1 - a)**2 over the logit z, given a, the sigmoid of z, a number or an array."""
    return 2 * a * (1 - a) ** 2 * (3 * a - 1)


def second_derivative_by_probability(a):
    """With respect to a itself the second derivative of (1 - a)**2 is 2. Here a is bent by the sigmoid: differentiate
    the slope -2 a (1 - a)**2 once more, and use da/dz = a (1 - a)."""
    return 2


def second_derivative_without_chain(a):
    """This differentiates the slope with respect to a. For the logit, the chain rule asks for the factor
    da/dz = a (1 - a)."""
    return 2 * (1 - a) * (3 * a - 1)


def second_derivative_of_cross_entropy(a):
    """This is the second derivative of the cross-entropy, which is never negative."""
    return a * (1 - a)


def second_derivative_of_label_zero(a):
    """This belongs to the label 0, whose loss is a**2. For the label 1, a and 1 - a change places."""
    return 2 * a**2 * (1 - a) * (2 - 3 * a)


def second_derivative_with_other_sign(a):
    """The sign is wrong. The slope is -2 a (1 - a)**2; near a = 1 it rises towards 0, so its derivative is positive."""
    return -2 * a * (1 - a) ** 2 * (3 * a - 1)


def second_derivative_without_two(a):
    """The factor 2 of the square has been lost on the way."""
    return a * (1 - a) ** 2 * (3 * a - 1)


def second_derivative_half_the_product(a):
    """This differentiates only one factor of the slope -2 a (1 - a)**2. The product rule gives two terms."""
    return -2 * a * (1 - a) ** 3


def brier_answer(y, p):
    """Write the mean Brier score of predicted probabilities p, where y holds the labels 0 and 1."""
    return np.mean((p - y) ** 2)


def brier_summed(y, p):
    """This is the sum over the forecasts. The mean divides by their number."""
    return np.sum((p - y) ** 2)


def brier_not_averaged(y, p):
    """These are the scores of the single forecasts. Take their mean, one number."""
    return (p - y) ** 2


def brier_as_root(y, p):
    """The root has been taken. The Brier score is the mean square itself."""
    return np.sqrt(np.mean((p - y) ** 2))


def brier_absolute(y, p):
    """This is the mean absolute error. It rewards a forecast of 0 or 1 whenever one outcome is likelier, not the
    true probability. Square instead."""
    return np.mean(np.abs(p - y))


def brier_over_both_classes(y, p):
    """This is Brier's own score, summed over both classes: twice as much. Count the class 1 alone."""
    return np.mean((p - y) ** 2 + ((1 - p) - (1 - y)) ** 2)


def brier_of_decisions(y, p):
    """The probabilities have been rounded to 0 and 1 first, so this is the share of wrong decisions. Square p - y as
    it is."""
    return np.mean((np.round(p) - y) ** 2)


def logistic_gradient_answer(x, y, w, b):
    """Write the gradient of the mean cross-entropy of logits w x + b: its slopes over w, over b."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.mean((a - y) * x), np.mean(a - y)])


def logistic_gradient_summed(x, y, w, b):
    """These are sums over the samples. The cost is their mean: divide by the number of samples."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.sum((a - y) * x), np.sum(a - y)])


def logistic_gradient_with_other_sign(x, y, w, b):
    """The sign is wrong: the gradient holds prediction minus truth."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.mean((y - a) * x), np.mean(y - a)])


def logistic_gradient_swapped(x, y, w, b):
    """The two slopes have changed places: first over the weight, then over the bias."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.mean(a - y), np.mean((a - y) * x)])


def logistic_gradient_without_x(x, y, w, b):
    """A change of the weight moves the logit by x times as much, so the slope over w has the factor x in each
    sample."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.mean(a - y), np.mean(a - y)])


def logistic_gradient_of_means(x, y, w, b):
    """The mean of a product is not the product of the means: multiply in each sample first, then take the mean."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    return np.array([np.mean(a - y) * np.mean(x), np.mean(a - y)])


def logistic_gradient_of_squared_error(x, y, w, b):
    """This is the gradient of the squared error: the slope of the sigmoid, and the 2, are still in it."""
    a = 1 / (1 + np.exp(-(w * x + b)))
    pull = 2 * (a - y) * a * (1 - a)
    return np.array([np.mean(pull * x), np.mean(pull)])


def logistic_gradient_of_a_line(x, y, w, b):
    """The logits have not been turned into probabilities: the sigmoid is missing."""
    z = w * x + b
    return np.array([np.mean((z - y) * x), np.mean(z - y)])


def stable_bce_answer(y, z):
    """Write the cross-entropy of a label y and a logit z, numbers or arrays, exact also where exp(z) overflows."""
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


def stable_bce_by_probability(y, z):
    """This is right for moderate logits. At z = 1000 the sigmoid is rounded to 1, and log(1 - a) is minus infinity, at
    z = −1000 log(a) is; times 0 that gives nan. Write the loss in z, without the sigmoid."""
    a = 1 / (1 + np.exp(-z))
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def stable_bce_clipped(y, z):
    """Clipping hides the infinity, but it also stops the loss at about 16: a logit of −1000 for the label 1 costs 1000,
    and the slope there is −1, not 0."""
    a = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def stable_bce_overflowing(y, z):
    """log(1 + exp(z)) - y z is the right formula, but exp(1000) overflows. Take z out of the logarithm where z is
    positive, so that only exp(-|z|) is left."""
    return np.log(1 + np.exp(z)) - y * z


def stable_bce_without_label(y, z):
    """This is the loss of the label 1. For the label 0 the sign of the logit is the other one."""
    return np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z)))


def stable_bce_with_labels_exchanged(y, z):
    """The labels have changed places: a large logit must be cheap for y = 1."""
    return np.maximum(z, 0) - (1 - y) * z + np.log1p(np.exp(-np.abs(z)))


def stable_bce_without_correction(y, z):
    """Far from 0 this is right, near 0 it is not: at z = 0 the loss is log 2. The term log(1 + exp(-|z|)) is
    missing."""
    return np.maximum(z, 0) - y * z + 0.0


def stable_bce_in_bits(y, z):
    """This is in bits. Nats are asked for."""
    return (np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))) / np.log(2)


sigmoid = Exercise(
    sigmoid_answer,
    probes=[(0.5,), (-3.0,), (2.0,), (np.array([-1.0, 0.25, 4.0]),)],
    mistakes=[
        sigmoid_without_minus,
        sigmoid_as_exponential,
        sigmoid_as_tanh,
        sigmoid_with_minus_below,
        sigmoid_as_softmax,
        sigmoid_to_base_two,
    ],
    hints=[
        "It must give 1/2 at z = 0, nearly 1 at a large positive z, nearly 0 at a large negative one.",
        "One divided by (one plus an exponential).",
        "The exponential is np.exp(-z): it vanishes for large z.",
    ],
)

squared_error_slope = Exercise(
    squared_error_slope_answer,
    probes=LABELS_AND_LOGITS,
    mistakes=[
        squared_error_slope_by_probability,
        squared_error_slope_without_two,
        squared_error_slope_with_other_sign,
        squared_error_slope_of_cross_entropy,
        squared_error_slope_at_logit,
        squared_error_slope_sigmoid_at_logit,
    ],
    hints=[
        "The logit moves the probability, and the probability moves the loss: two slopes, multiplied.",
        "The slope of the loss over a is 2 (a - y).",
        "The slope of the sigmoid over z is a (1 - a).",
    ],
)

cross_entropy_slope = Exercise(
    cross_entropy_slope_answer,
    probes=LABELS_AND_LOGITS,
    mistakes=[
        cross_entropy_slope_with_other_sign,
        cross_entropy_slope_by_probability,
        cross_entropy_slope_with_sigmoid,
        cross_entropy_slope_doubled,
        cross_entropy_slope_at_logit,
    ],
    hints=[
        "The slope over a is (a - y) / (a (1 - a)), and that of the sigmoid is a (1 - a).",
        "Multiply the two: nearly everything cancels.",
    ],
)

second_derivative = Exercise(
    second_derivative_answer,
    probes=[(0.2,), (0.6,), (0.9,), (np.array([0.05, 0.45, 0.75]),)],
    mistakes=[
        second_derivative_by_probability,
        second_derivative_without_chain,
        second_derivative_of_cross_entropy,
        second_derivative_of_label_zero,
        second_derivative_with_other_sign,
        second_derivative_without_two,
        second_derivative_half_the_product,
    ],
    hints=[
        "The slope over the logit is -2 a (1 - a)**2. Differentiate it with respect to a first.",
        "That gives -2 ((1 - a)**2 - 2 a (1 - a)) = -2 (1 - a) (1 - 3 a).",
        "Now the chain rule: multiply by da/dz = a (1 - a).",
    ],
)

brier = Exercise(
    brier_answer,
    probes=[
        (np.array([1.0, 0.0, 1.0]), np.array([0.7, 0.2, 0.4])),
        (np.array([0.0, 1.0]), np.array([0.9, 0.6])),
        (np.array([1.0, 1.0, 0.0, 0.0, 1.0]), np.array([1.0, 0.3, 0.0, 0.8, 0.55])),
    ],
    mistakes=[
        brier_summed,
        brier_not_averaged,
        brier_as_root,
        brier_absolute,
        brier_over_both_classes,
        brier_of_decisions,
    ],
    hints=[
        "One forecast scores the square of its distance from what happened.",
        "Square p - y, then np.mean.",
    ],
)

logistic_gradient = Exercise(
    logistic_gradient_answer,
    probes=[
        (np.array([1.0, -2.0, 0.5]), np.array([1.0, 0.0, 0.0]), 0.5, -0.25),
        (np.array([0.4, 3.0]), np.array([0.0, 1.0]), -1.0, 0.5),
        (np.array([-1.0, 2.0, 1.5, 0.5]), np.array([1.0, 1.0, 0.0, 1.0]), 2.0, 0.1),
    ],
    mistakes=[
        logistic_gradient_summed,
        logistic_gradient_with_other_sign,
        logistic_gradient_swapped,
        logistic_gradient_without_x,
        logistic_gradient_of_means,
        logistic_gradient_of_squared_error,
        logistic_gradient_of_a_line,
    ],
    hints=[
        "Start with the logits of all samples, w * x + b, and their sigmoids.",
        "Each sample pulls its logit by a - y. The logit moves x times as fast as the weight, and as fast as the bias.",
        "Two means: that of (a - y) * x and that of a - y, put together with np.array([..., ...]).",
    ],
)

stable_bce = Exercise(
    stable_bce_answer,
    probes=[
        (1.0, -2.0),
        (0.0, 1.5),
        (1.0, 1000.0),
        (0.0, -1000.0),
        (np.array([1.0, 0.0, 1.0]), np.array([-1000.0, 1000.0, 0.5])),
    ],
    mistakes=[
        stable_bce_by_probability,
        stable_bce_clipped,
        stable_bce_overflowing,
        stable_bce_without_label,
        stable_bce_with_labels_exchanged,
        stable_bce_without_correction,
        stable_bce_in_bits,
    ],
    hints=[
        "With a = 1 / (1 + exp(-z)) the loss is log(1 + exp(z)) - y z, for both labels.",
        "log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), and the exponential of -|z| never overflows.",
        "np.log1p(x) is log(1 + x), exact also for small x.",
    ],
)
