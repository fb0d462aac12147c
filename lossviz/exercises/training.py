"""Exercises on loss, cost, objective, and the way down. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["squared_loss", "mean_cost", "cost_slope", "descent_step", "train", "penalised"]

HOMES = np.array([0.5, 0.5, 1.0, 1.5, 2.5]), np.array([1.5, 0.7, 1.5, 3.6, 4.8])
SPRINGS = np.array([1.0, 2.0, 3.0]), np.array([0.8, 1.1, 1.9])


def squared_loss_answer(y_true, y_pred):
    """Write the squared error of a prediction y_pred whose truth is y_true."""
    return (y_pred - y_true) ** 2


def squared_loss_difference(y_true, y_pred):
    """This is the error itself. As a loss it would call a prediction far too low better than a perfect one:
    a negative number is smaller than 0. Square it."""
    return y_pred - y_true


def squared_loss_residual(y_true, y_pred):
    """This is the residual, truth minus prediction. As a loss it would reward predictions that are far too high.
    Square it, and the sign is gone."""
    return y_true - y_pred


def squared_loss_absolute(y_true, y_pred):
    """This is the absolute error, a loss as well, but another one: twice the error costs twice as much.
    Here the square of the error is asked for."""
    return np.abs(y_pred - y_true)


def squared_loss_halved(y_true, y_pred):
    """This is half the squared error. Some books use it, because the slope then has no factor 2. Here it is
    the plain square."""
    return (y_pred - y_true) ** 2 / 2


def squared_loss_of_squares(y_true, y_pred):
    """This squares first and subtracts afterwards. Take the difference first, then square it."""
    return y_pred**2 - y_true**2


def squared_loss_relative(y_true, y_pred):
    """This divides the error by the truth. The squared error is not relative: an error of 0.5 costs the same
    for a cheap home and for an expensive one."""
    return ((y_pred - y_true) / y_true) ** 2


def squared_loss_averaged(y_true, y_pred):
    """This is one number for all samples together: their mean. Here each sample keeps a loss of its own."""
    return np.mean((y_pred - y_true) ** 2)


def mean_cost_answer(w, x, y):
    """Write the cost of w: the mean squared error of the predictions w * x of y."""
    return np.mean((w * x - y) ** 2)


def mean_cost_summed(w, x, y):
    """This is the sum of the losses. It has its minimum at the same w, but it grows with the number of samples.
    The mean is asked for."""
    return np.sum((w * x - y) ** 2)


def mean_cost_of_errors(w, x, y):
    """The square is missing. Errors too high and errors too low cancel here, so bad predictions can have a mean
    of 0."""
    return np.mean(w * x - y)


def mean_cost_squared_last(w, x, y):
    """This takes the mean first and squares it afterwards, so errors of different sign cancel. Square each
    error, then take the mean."""
    return np.mean(w * x - y) ** 2


def mean_cost_absolute(w, x, y):
    """This is the mean absolute error. Here each error is squared."""
    return np.mean(np.abs(w * x - y))


def mean_cost_rooted(w, x, y):
    """This is the root of the cost. It is in the unit of y again, and smallest at the same w, but the mean
    squared error itself is asked for."""
    return np.sqrt(np.mean((w * x - y) ** 2))


def mean_cost_halved(w, x, y):
    """There is a factor 1/2 too many. Some books use it; here the cost is the plain mean."""
    return np.mean((w * x - y) ** 2) / 2


def mean_cost_not_averaged(w, x, y):
    """These are the losses, one for each sample. The cost is their mean, one number."""
    return (w * x - y) ** 2


def mean_cost_of_y_alone(w, x, y):
    """This compares w itself with y. The model predicts w times x."""
    return np.mean((w - y) ** 2)


def mean_cost_column_against_row(w, x, y):
    """A column of shape (n, 1) stands against a row of shape (n,), so NumPy compares every prediction with every
    truth, n times n pairs. Keep x and y in one shape: each prediction has one truth."""
    return np.mean((w * x[:, None] - y) ** 2)


def cost_slope_answer(w, x, y):
    """Write the slope of the cost at w: the derivative, by w, of the mean of (w * x - y)**2."""
    return 2 * np.mean((w * x - y) * x)


def cost_slope_without_two(w, x, y):
    """The factor 2 is missing: the derivative of a square, of r**2, is 2 * r."""
    return np.mean((w * x - y) * x)


def cost_slope_with_wrong_sign(w, x, y):
    """The sign is wrong. With the error w * x - y, prediction minus truth, no minus stands in front; with y - w * x the
    inner derivative is -x, and the two minus signs cancel."""
    return 2 * np.mean((y - w * x) * x)


def cost_slope_summed(w, x, y):
    """This is the slope of the sum of the losses. The cost is their mean, and so is its slope."""
    return 2 * np.sum((w * x - y) * x)


def cost_slope_without_inner(w, x, y):
    """The chain rule asks for one more factor: if w grows by a little, the prediction w * x grows by x times that."""
    return 2 * np.mean(w * x - y)


def cost_slope_of_means(w, x, y):
    """The mean of a product is not the product of the means. Multiply error and x sample by sample, then take
    the mean."""
    return 2 * np.mean(w * x - y) * np.mean(x)


def cost_slope_times_weight(w, x, y):
    """The inner derivative is by w: the prediction w * x changes by x, not by w."""
    return 2 * np.mean((w * x - y) * w)


def cost_slope_not_averaged(w, x, y):
    """These are the slopes of the losses, one for each sample. The slope of their mean is the mean of them."""
    return 2 * (w * x - y) * x


def descent_step_answer(w, slope, rate):
    """Write one step of gradient descent: the weight after w, for this slope and learning rate."""
    return w - rate * slope


def descent_step_uphill(w, slope, rate):
    """This goes uphill: where the slope is positive, the cost grows with w, so w must become smaller."""
    return w + rate * slope


def descent_step_without_rate(w, slope, rate):
    """The learning rate is missing. It says how long a step is for a given slope."""
    return w - slope


def descent_step_by_sign(w, slope, rate):
    """Here a step is as long on nearly flat ground as on steep ground. In gradient descent the step is minus the rate
    times the slope, so it shrinks as the ground becomes flat."""
    return w - rate * np.sign(slope)


def descent_step_change_only(w, slope, rate):
    """This is the change alone. Add it to w to get the new weight."""
    return -rate * slope


def descent_step_multiplied(w, slope, rate):
    """This multiplies the step by w as well. The step is minus the rate times the slope, wherever w is."""
    return w - rate * slope * w


def descent_step_divided(w, slope, rate):
    """This divides by the learning rate, so a larger rate would make shorter steps. Multiply by it."""
    return w - slope / rate


def train_answer(w, x, y, rate):
    """Write 20 steps of gradient descent, from w, on the mean squared error of the predictions w * x of y; return the
    last w."""
    for _ in range(20):
        w = w - rate * 2 * np.mean((w * x - y) * x)
    return w


def train_one_step(w, x, y, rate):
    """This makes one step. Twenty are asked for: is the return inside the loop, or does every round start from the same
    w?"""
    return w - rate * 2 * np.mean((w * x - y) * x)


def train_with_first_slope(w, x, y, rate):
    """The slope is computed once, at the start, and used for all steps. It changes with w: compute it again
    in each step."""
    return w - 20 * rate * 2 * np.mean((w * x - y) * x)


def train_one_too_few(w, x, y, rate):
    """This makes 19 steps. range(1, 20) holds 19 numbers; range(20) holds 20."""
    for _ in range(19):
        w = w - rate * 2 * np.mean((w * x - y) * x)
    return w


def train_one_too_many(w, x, y, rate):
    """This makes 21 steps: range(21) counts from 0 to 20. range(20) makes 20."""
    for _ in range(21):
        w = w - rate * 2 * np.mean((w * x - y) * x)
    return w


def train_uphill(w, x, y, rate):
    """This goes uphill. The step goes against the slope."""
    for _ in range(20):
        w = w + rate * 2 * np.mean((w * x - y) * x)
    return w


def train_from_zero(w, x, y, rate):
    """This starts at 0, whatever w was given. Start at w."""
    w = 0.0
    for _ in range(20):
        w = w - rate * 2 * np.mean((w * x - y) * x)
    return w


def train_on_the_sum(w, x, y, rate):
    """This descends on the sum of the losses. Its slope is n times that of the mean, so from the same w a step is n
    times as long, and it may even lead away from the minimum."""
    for _ in range(20):
        w = w - rate * 2 * np.sum((w * x - y) * x)
    return w


def train_without_two(w, x, y, rate):
    """The factor 2 of the slope is missing, so from the same w a step is half as long as it should be."""
    for _ in range(20):
        w = w - rate * np.mean((w * x - y) * x)
    return w


def penalised_answer(w, x, y, lam):
    """Write the objective: the mean squared error of the predictions w * x of y, plus lam times w**2."""
    return np.mean((w * x - y) ** 2) + lam * w**2


def penalised_not_at_all(w, x, y, lam):
    """This is the cost alone. The objective has the penalty too."""
    return np.mean((w * x - y) ** 2)


def penalised_by_size(w, x, y, lam):
    """This penalises the size of w. Here the penalty is its square, so that large weights cost far more than small
    ones."""
    return np.mean((w * x - y) ** 2) + lam * np.abs(w)


def penalised_by_weight(w, x, y, lam):
    """The square of w is missing. Without it a negative weight would be rewarded instead of penalised."""
    return np.mean((w * x - y) ** 2) + lam * w


def penalised_with_reward(w, x, y, lam):
    """The penalty is subtracted, so large weights would be rewarded. Add it."""
    return np.mean((w * x - y) ** 2) - lam * w**2


def penalised_half(w, x, y, lam):
    """There is a factor 1/2 too many in the penalty. Some books use it; here it is lam times the square."""
    return np.mean((w * x - y) ** 2) + lam * w**2 / 2


def penalised_on_the_sum(w, x, y, lam):
    """This adds the penalty to the sum of the losses. The cost is their mean; beside a sum the same penalty weighs
    n times less."""
    return np.sum((w * x - y) ** 2) + lam * w**2


def penalised_scaled_cost(w, x, y, lam):
    """lam multiplies the cost here. It belongs to the penalty: with lam = 0 the objective is the cost."""
    return lam * np.mean((w * x - y) ** 2) + w**2


def penalised_squared_product(w, x, y, lam):
    """This squares lam as well. The penalty is lam times the square of w: without parentheses, lam * w**2."""
    return np.mean((w * x - y) ** 2) + (lam * w) ** 2


squared_loss = Exercise(
    squared_loss_answer,
    probes=[(3.0, 2.5), (-0.7, 2.12345), (-1.5, -1.5), (np.array([1.5, 3.6, 4.8]), np.array([2.0, 3.0, 5.0]))],
    mistakes=[
        squared_loss_difference,
        squared_loss_residual,
        squared_loss_absolute,
        squared_loss_halved,
        squared_loss_of_squares,
        squared_loss_relative,
        squared_loss_averaged,
    ],
    hints=[
        "How far is the prediction from the truth? Take the difference.",
        "An error of 2 must cost 4, and so must an error of −2.",
        "In Python the square of a is a**2. Mind the parentheses around a difference.",
    ],
)

mean_cost = Exercise(
    mean_cost_answer,
    probes=[(0.5, *HOMES), (1.5, *HOMES), (3.0, *HOMES), (0.4, *SPRINGS), (-1.0, *SPRINGS)],
    mistakes=[
        mean_cost_summed,
        mean_cost_of_errors,
        mean_cost_squared_last,
        mean_cost_absolute,
        mean_cost_rooted,
        mean_cost_halved,
        mean_cost_not_averaged,
        mean_cost_of_y_alone,
        mean_cost_column_against_row,
    ],
    hints=[
        "NumPy multiplies a number with every entry of an array: w * x are all predictions at once.",
        "The losses are the squares of the differences between these and y.",
        "The cost is their mean: np.mean(losses).",
    ],
)

cost_slope = Exercise(
    cost_slope_answer,
    probes=[(0.5, *HOMES), (3.0, *HOMES), (0.4, *SPRINGS), (-1.0, *SPRINGS)],
    mistakes=[
        cost_slope_without_two,
        cost_slope_with_wrong_sign,
        cost_slope_summed,
        cost_slope_without_inner,
        cost_slope_of_means,
        cost_slope_times_weight,
        cost_slope_not_averaged,
    ],
    hints=[
        "The derivative of a mean is the mean of the derivatives. So begin with one sample.",
        "Call the error r = w * x - y. By the chain rule, r**2 has the derivative 2 * r times the derivative of r.",
        "If w grows by 1, then r grows by x.",
    ],
)

descent_step = Exercise(
    descent_step_answer,
    probes=[(0.5, -6.0, 0.1), (3.0, 4.0, 0.25), (-2.0, 1.5, 0.12345), (2.0, 0.0, 0.3)],
    mistakes=[
        descent_step_uphill,
        descent_step_without_rate,
        descent_step_by_sign,
        descent_step_change_only,
        descent_step_multiplied,
        descent_step_divided,
    ],
    hints=[
        "A positive slope says that the cost grows with w. Should w become larger or smaller?",
        "The length of the step is the learning rate times the size of the slope.",
    ],
)

train = Exercise(
    train_answer,
    probes=[(0.5, *HOMES, 0.02), (3.0, *HOMES, 0.01), (-1.0, *SPRINGS, 0.004)],
    mistakes=[
        train_one_step,
        train_with_first_slope,
        train_one_too_few,
        train_one_too_many,
        train_uphill,
        train_from_zero,
        train_on_the_sum,
        train_without_two,
    ],
    hints=[
        "You have the slope already. Repeat: the slope at the present w, then a step against it.",
        "for _ in range(20): makes what is indented below it happen 20 times.",
        "Inside the loop: w = w - rate * my_cost_slope(w, x, y). After the loop: return w.",
    ],
)

penalised = Exercise(
    penalised_answer,
    probes=[(0.5, *HOMES, 2.0), (3.0, *HOMES, 0.3), (-1.5, *SPRINGS, 0.7), (0.4, *SPRINGS, 0.0)],
    mistakes=[
        penalised_not_at_all,
        penalised_by_size,
        penalised_by_weight,
        penalised_with_reward,
        penalised_half,
        penalised_on_the_sum,
        penalised_scaled_cost,
        penalised_squared_product,
    ],
    hints=[
        "You have the cost already: my_mean_cost(w, x, y).",
        "The penalty does not look at the data: lam times the square of w.",
    ],
)
