"""Exercises on the losses of regression. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["absolute_error", "cost_per_sample", "huber", "huber_slope", "pinball"]

PREDICTIONS = [
    (np.array([2.0, 2.5, 3.0, 4.0, 12.0]), np.array([2.5, 2.5, 2.0, 4.5, 4.0])),
    (np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, -2.5])),
    (np.array([3.0, 7.0]), np.array([4.12345, 6.0])),
]
SEVERAL_OUTPUTS = [
    (np.array([[1.0, 2.0], [3.0, 0.0], [2.0, 5.0]]), np.array([[2.0, -2.0], [1.0, 1.0], [2.0, 2.0]])),
    (np.array([[0.0, 1.0, 2.0], [1.0, 1.0, -1.0]]), np.array([[1.0, 3.0, 2.0], [0.12345, 1.0, 1.0]])),
]
RESIDUALS = [
    (np.array([0.0, 0.5, -0.8, 3.0, -4.0]), 1.0),
    (np.array([1.0, -1.5, 2.0, 3.0, -6.0]), 2.0),
    (np.array([0.12345, -0.4, 1.0]), 0.5),
]
QUANTILES = [
    (np.array([10.0, 10.0, 10.0]), np.array([8.0, 10.0, 13.0]), 0.9),
    (np.array([5.0, 1.0, -2.0]), np.array([3.0, 2.12345, -1.0]), 0.25),
    (np.array([2.0, 1.1, -0.3]), np.array([1.6, 1.37, 0.1]), 0.6),
]


def absolute_error_answer(y_true, y_pred):
    """Write the absolute error of every sample: as many losses as there are samples."""
    return np.abs(y_true - y_pred)


def absolute_error_signed(y_true, y_pred):
    """These are the residuals, with their signs. A prediction that is too high would earn a negative loss, and
    in a mean it would pay for one that is too low. Take the size alone."""
    return y_true - y_pred


def absolute_error_squared(y_true, y_pred):
    """This is the squared error. Take the size of the residual itself, not of its square."""
    return (y_true - y_pred) ** 2


def absolute_error_averaged(y_true, y_pred):
    """This is the mean over the samples, the cost. Here the loss of each sample is asked for: leave the mean out."""
    return np.mean(np.abs(y_true - y_pred))


def absolute_error_of_sizes(y_true, y_pred):
    """The sizes are taken before the subtraction. With a truth of −2 and a prediction of 1 this gives 1, but they
    lie 3 apart: subtract first."""
    return np.abs(np.abs(y_true) - np.abs(y_pred))


def absolute_error_relative(y_true, y_pred):
    """This is divided by the truth: a relative error, another loss. It has no value where the truth is 0."""
    return np.abs(y_true - y_pred) / np.abs(y_true)


def cost_per_sample_answer(y_true, y_pred):
    """Write the squared error, summed over the outputs (axis 1) and averaged over the samples."""
    return np.mean(np.sum((y_true - y_pred) ** 2, axis=1))


def cost_per_sample_over_entries(y_true, y_pred):
    """This averages over all entries, as libraries usually do. So the result is divided by the number of outputs,
    too: a sum over outputs is asked for, and a mean over samples only."""
    return np.mean((y_true - y_pred) ** 2)


def cost_per_sample_all_summed(y_true, y_pred):
    """Everything is summed. The sum over the outputs is right; over the samples take the mean."""
    return np.sum((y_true - y_pred) ** 2)


def cost_per_sample_wrong_axis(y_true, y_pred):
    """This divides by the number of columns. Rows are samples: sum along each row, axis 1, and average over the
    rows."""
    return np.mean(np.sum((y_true - y_pred) ** 2, axis=0))


def cost_per_sample_not_averaged(y_true, y_pred):
    """These are the losses of the samples, each summed over its outputs. Their mean is still to be taken."""
    return np.sum((y_true - y_pred) ** 2, axis=1)


def cost_per_sample_of_summed_residuals(y_true, y_pred):
    """The residuals are summed before they are squared, so errors in different outputs can cancel. Square first."""
    return np.mean(np.sum(y_true - y_pred, axis=1) ** 2)


def huber_answer(r, delta=1.0):
    """Write the Huber loss of each residual in r, with the threshold delta."""
    size = np.abs(r)
    return np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))


def huber_with_a_jump(r, delta):
    """Beyond delta this is delta |r|, which jumps at delta: from half of delta squared to delta squared. Something
    has to be subtracted."""
    return np.where(np.abs(r) <= delta, r**2 / 2, delta * np.abs(r))


def huber_too_low(r, delta):
    """Beyond delta this starts again from 0. There the line has to begin at the value that the parabola has reached."""
    return np.where(np.abs(r) <= delta, r**2 / 2, delta * (np.abs(r) - delta))


def huber_without_half(r, delta):
    """The half is missing from the parabola: at delta it is then twice as high as the line that goes on from there."""
    return np.where(np.abs(r) <= delta, r**2, delta * (np.abs(r) - delta / 2))


def huber_doubled(r, delta):
    """This is twice the Huber loss, which has a half before the square."""
    size = np.abs(r)
    return np.where(size <= delta, r**2, 2 * delta * (size - delta / 2))


def huber_with_slope_1(r, delta):
    """The line has the slope 1. The parabola arrives at delta with the slope delta, so the line has to
    go on with it."""
    return np.where(np.abs(r) <= delta, r**2 / 2, np.abs(r) - delta / 2)


def huber_as_smooth_l1(r, delta):
    """This is smooth L1: the Huber loss divided by its threshold. The two agree at delta = 1 only."""
    size = np.abs(r)
    return np.where(size <= delta, r**2 / 2, delta * (size - delta / 2)) / delta


def huber_swapped(r, delta):
    """The cases are swapped: the parabola belongs to the small residuals, the line to the large ones."""
    return np.where(np.abs(r) > delta, r**2 / 2, delta * (np.abs(r) - delta / 2))


def huber_flat(r, delta):
    """The residual itself is clipped, so beyond delta the loss no longer grows and its slope is 0. It is the slope
    that is clipped; the loss goes on growing along a line."""
    return np.clip(r, -delta, delta) ** 2 / 2


def huber_pseudo(r, delta):
    """This is the pseudo-Huber loss, a smooth relative. Asked for is the one that is exactly a parabola up to delta
    and exactly a line beyond it."""
    return delta**2 * (np.sqrt(1 + (r / delta) ** 2) - 1)


def huber_without_size(r, delta):
    """Large negative residuals are taken for small ones: r <= delta holds for every negative r. Compare
    the size of r."""
    return np.where(r <= delta, r**2 / 2, delta * (np.abs(r) - delta / 2))


def huber_line_without_size(r, delta):
    """Beyond -delta the line takes r itself, which is negative there, and the loss with it. The line rises with the
    size of r, on both sides."""
    return np.where(np.abs(r) <= delta, r**2 / 2, delta * (r - delta / 2))


def huber_averaged(r, delta):
    """This is the mean. Here one loss for each residual is asked for."""
    size = np.abs(r)
    return np.mean(np.where(size <= delta, r**2 / 2, delta * (size - delta / 2)))


def huber_slope_answer(r, delta):
    """Write the slope of the Huber loss, over the residual, at each residual in r."""
    return np.clip(r, -delta, delta)


def huber_slope_not_clipped(r, delta):
    """This is the slope of half the squared error. Beyond delta the Huber loss is a line, whose slope
    no longer grows."""
    return r + 0 * delta


def huber_slope_zero_beyond(r, delta):
    """Beyond delta this is 0: an outlier would not pull at all. It pulls as hard as a point at the threshold does."""
    return np.where(np.abs(r) <= delta, r, 0)


def huber_slope_without_sign(r, delta):
    """The size is right, the sign is lost. To the left of 0 the loss falls, so its slope is negative there."""
    return np.minimum(np.abs(r), delta)


def huber_slope_delta_on_both_sides(r, delta):
    """Right of 0 it is right. Beyond -delta the loss falls when r grows, so its slope is -delta there."""
    return np.where(np.abs(r) <= delta, r, delta)


def huber_slope_as_smooth_l1(r, delta):
    """This is the slope of smooth L1, which is divided by the threshold and ends at 1. Huber's ends at delta."""
    return np.clip(r, -delta, delta) / delta


def huber_slope_with_1_beyond(r, delta):
    """Beyond delta this is 1 or −1, the slope of the absolute error. The parabola arrives with the slope delta, and
    Huber's slope has no jump."""
    return np.where(np.abs(r) <= delta, r, np.sign(r))


def huber_slope_doubled(r, delta):
    """This is twice the slope. Huber's parabola is half of r squared, and its slope is r."""
    return 2 * np.clip(r, -delta, delta)


def huber_slope_towards_the_prediction(r, delta):
    """This is the gradient with respect to the prediction, which falls when the residual grows. Asked for is the
    slope over the residual itself."""
    return -np.clip(r, -delta, delta)


def pinball_answer(y_true, y_pred, quantile):
    """Write the quantile loss of every sample."""
    r = y_true - y_pred
    return np.where(r > 0, quantile * r, (quantile - 1) * r)


def pinball_swapped(y_true, y_pred, quantile):
    """The two prices are swapped. A high quantile is aimed at by making it dear to predict too low."""
    r = y_true - y_pred
    return np.where(r > 0, (1 - quantile) * r, -quantile * r)


def pinball_signed(y_true, y_pred, quantile):
    """Where the prediction is too high this is negative. A loss is at least 0 on both sides: mind the
    sign of r there."""
    r = y_true - y_pred
    return np.where(r > 0, quantile * r, (1 - quantile) * r)


def pinball_one_price(y_true, y_pred, quantile):
    """Both sides have the same price here, so the least mean is at the median, whatever the quantile. The other
    side costs 1 - quantile."""
    return quantile * np.abs(y_true - y_pred)


def pinball_one_side(y_true, y_pred, quantile):
    """A prediction that is too high costs nothing here, so every one above all values would be best. That side
    costs 1 - quantile."""
    return quantile * np.maximum(y_true - y_pred, 0)


def pinball_doubled(y_true, y_pred, quantile):
    """This is twice the loss. It agrees with the absolute error at 0.5, and has the same minimiser; but the two
    prices asked for add up to 1."""
    r = y_true - y_pred
    return 2 * np.where(r > 0, quantile * r, (quantile - 1) * r)


def pinball_averaged(y_true, y_pred, quantile):
    """This is the mean. Here the loss of each sample is asked for."""
    r = y_true - y_pred
    return np.mean(np.where(r > 0, quantile * r, (quantile - 1) * r))


absolute_error = Exercise(
    absolute_error_answer,
    probes=PREDICTIONS,
    mistakes=[
        absolute_error_signed,
        absolute_error_squared,
        absolute_error_averaged,
        absolute_error_of_sizes,
        absolute_error_relative,
    ],
    hints=[
        "Subtract first: the residuals of all samples at once are y_true - y_pred.",
        "The loss is the size of the residual. np.abs works on a whole array.",
    ],
)

cost_per_sample = Exercise(
    cost_per_sample_answer,
    probes=SEVERAL_OUTPUTS,
    mistakes=[
        cost_per_sample_over_entries,
        cost_per_sample_all_summed,
        cost_per_sample_wrong_axis,
        cost_per_sample_not_averaged,
        cost_per_sample_of_summed_residuals,
    ],
    hints=[
        "A row is a sample. How many losses do you need before the mean is taken?",
        "np.sum(squares, axis=1) sums along each row.",
    ],
)

huber = Exercise(
    huber_answer,
    probes=RESIDUALS,
    mistakes=[
        huber_with_a_jump,
        huber_too_low,
        huber_without_half,
        huber_doubled,
        huber_with_slope_1,
        huber_as_smooth_l1,
        huber_swapped,
        huber_flat,
        huber_pseudo,
        huber_without_size,
        huber_line_without_size,
        huber_averaged,
    ],
    hints=[
        "Two cases, told apart by the size of r: np.where(condition, one, other).",
        "Near 0 it is half of r squared. What is its value at delta, and what its slope?",
        "The line goes on with the slope delta, from the value delta² / 2 at |r| = delta.",
    ],
)

huber_slope = Exercise(
    huber_slope_answer,
    probes=RESIDUALS,
    mistakes=[
        huber_slope_not_clipped,
        huber_slope_zero_beyond,
        huber_slope_without_sign,
        huber_slope_delta_on_both_sides,
        huber_slope_as_smooth_l1,
        huber_slope_with_1_beyond,
        huber_slope_doubled,
        huber_slope_towards_the_prediction,
    ],
    hints=[
        "Near 0 the loss is half of r squared. What is its derivative?",
        "Beyond delta the slope stays what it is at delta, and beyond -delta what it is at -delta.",
        "np.clip(a, low, high) replaces what is below low by low and what is above high by high.",
    ],
)

pinball = Exercise(
    pinball_answer,
    probes=QUANTILES,
    mistakes=[
        pinball_swapped,
        pinball_signed,
        pinball_one_price,
        pinball_one_side,
        pinball_doubled,
        pinball_averaged,
    ],
    hints=[
        "With r = y_true - y_pred the prediction is too low where r > 0.",
        "Where it is too high r is negative; the loss there is (1 - quantile) times the size of r.",
        "np.where(r > 0, ..., ...) chooses between the two.",
    ],
)
