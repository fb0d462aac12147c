"""Exercises on softmax and the loss of logits. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = [
    "hard_max",
    "softmax",
    "stable_softmax",
    "softmax_rows",
    "cross_entropy_of_logits",
    "softmax_gradient",
    "weighted_cross_entropy",
    "smoothed_labels",
]

LOGITS = [
    (np.array([3.0, 1.0, -3.0]),),
    (np.array([-2.0, 0.5]),),
    (np.array([0.0, 0.0, 1.0, 0.0]),),
]
LARGE = [
    (np.array([3.0, 1.0, -3.0]),),
    (np.array([1000.0, 998.0, 0.0]),),
    (np.array([-1000.0, -1001.0]),),
    (np.array([3000.0, 0.0, 0.0, 0.0]),),
    (np.array([0.0, 0.0, 900.0]),),
    (np.array([0.0, 710.0]),),
]
TRUTHS = np.array([[0.0, 1, 0], [1, 0, 0]])
BATCH = np.array([[3.0, 1.0, -3.0], [0.0, 1.0, 0.5]])


def hard_max_answer(z):
    """Write the hard max of a vector z: 1 at the first of the largest logits, 0 elsewhere."""
    return np.eye(len(z))[np.argmax(z)]


def hard_max_as_arg_max(z):
    """This is the arg max, the index of the winner. The hard max is a vector: 1 at that index, 0 elsewhere."""
    return np.argmax(z)


def hard_max_as_max(z):
    """This is the maximum, the value of the largest logit. The hard max is a vector that marks its place with a 1."""
    return np.max(z)


def hard_max_of_all_winners(z):
    """Nearly: if two logits are equally large, both get a 1. Only the first of them may have it: np.argmax
    gives its index."""
    return z == z.max()


def hard_max_shared_by_winners(z):
    """If two logits are equally large, they share the 1 here, as softmax lets them at low temperature. The hard max
    gives it to the first: np.argmax gives its index."""
    winners = z == z.max()
    return winners / winners.sum()


def hard_max_of_the_last_winner(z):
    """If two logits are equally large, the last of them wins here. The first is asked for, as np.argmax has it."""
    return np.eye(len(z))[len(z) - 1 - np.argmax(z[::-1])]


def hard_max_with_the_value(z):
    """The winner keeps its logit here. It must get a 1, whatever its logit."""
    return np.eye(len(z))[np.argmax(z)] * z


def hard_max_of_the_smallest(z):
    """This marks the smallest logit. np.argmax gives the index of the largest."""
    return np.eye(len(z))[np.argmin(z)]


def softmax_answer(z):
    """Write the softmax of a vector z of logits, straight from the formula."""
    powers = np.exp(z)
    return powers / powers.sum()


def softmax_without_exp(z):
    """Shares of the logits themselves: they can be negative, or fail when the logits sum to 0. Take the exponential
    of each logit first."""
    return z / z.sum()


def softmax_not_divided(z):
    """The exponentials are positive, but they do not sum to 1. Divide each by the sum of all."""
    return np.exp(z)


def softmax_by_largest(z):
    """The winner gets 1 here, so the sum is more than 1. Divide the exponentials by their sum."""
    return np.exp(z) / np.exp(z).max()


def softmax_by_mean(z):
    """You divide by the mean of the exponentials, so the results sum to the number of classes. Divide by their sum."""
    return np.exp(z) / np.exp(z).mean()


def softmax_of_negative(z):
    """The sign is wrong: exp(-z) gives the smallest logit the largest share."""
    return np.exp(-z) / np.exp(-z).sum()


def softmax_to_base_two(z):
    """This takes powers of 2. Softmax takes powers of e: np.exp."""
    return 2.0**z / np.sum(2.0**z)


def softmax_as_sigmoid(z):
    """This is the sigmoid of each logit by itself. The results do not sum to 1: in a softmax each class sees
    the others, through the sum."""
    return 1 / (1 + np.exp(-z))


def softmax_in_logarithms(z):
    """This is the logarithm of the softmax. The softmax itself is asked for."""
    return z - np.log(np.exp(z).sum())


def stable_softmax_answer(z):
    """Write the softmax of a vector z of logits of any size."""
    powers = np.exp(z - z.max())
    return powers / powers.sum()


def stable_softmax_not_shifted(z):
    """This is the textbook formula: it divides infinity by infinity at large logits, and 0 by 0 where all are very
    negative. Subtract the largest logit first."""
    return np.exp(z) / np.exp(z).sum()


def stable_softmax_shifted_by_mean(z):
    """Subtracting the mean is allowed, but not enough: the largest logit may still be far above the mean. Subtract
    the largest itself, so that no exponent is above 0."""
    powers = np.exp(z - z.mean())
    return powers / powers.sum()


def stable_softmax_shifted_by_smallest(z):
    """With the smallest logit subtracted no exponent is negative, and the largest of them can still overflow.
    Subtract the largest logit."""
    powers = np.exp(z - z.min())
    return powers / powers.sum()


def stable_softmax_shifted_by_arg_max(z):
    """np.argmax is the index of the largest logit. Subtract the logit itself, its value: np.max."""
    powers = np.exp(z - z.argmax())
    return powers / powers.sum()


def stable_softmax_with_max_added(z):
    """The largest logit is added here, which makes large logits larger. Subtract it."""
    powers = np.exp(z + z.max())
    return powers / powers.sum()


def stable_softmax_scaled(z):
    """Dividing the logits by the largest size is a change of temperature, and it changes the result. Subtract the
    largest: only a shift leaves the softmax as it is."""
    powers = np.exp(z / np.abs(z).max())
    return powers / powers.sum()


def stable_softmax_divided(z):
    """Dividing the logits by the largest changes their differences, and with them the result. Subtract it: only a
    shift leaves the softmax as it is."""
    powers = np.exp(z / z.max())
    return powers / powers.sum()


def stable_softmax_clipped(z):
    """Clipping the logits avoids the overflow, but it changes the result: two large logits become equal. Subtract
    the largest instead."""
    powers = np.exp(np.clip(z, -500, 500))
    return powers / powers.sum()


def stable_softmax_repaired(z):
    """Replacing nan by a number hides the failure: the result is no distribution. Subtract the largest logit before
    the exponential, and nothing overflows."""
    return np.nan_to_num(np.exp(z) / np.exp(z).sum())


def stable_softmax_half_shifted(z):
    """The shift must be in the numerator and in the denominator, so that it cancels. Shift z once, and use the
    shifted one in both."""
    return np.exp(z - z.max()) / np.exp(z).sum()


def softmax_rows_answer(z):
    """Write the softmax of each row of a matrix z of logits of any size."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_rows_of_whole_batch(z):
    """The whole matrix sums to 1 here: the samples take probability from each other. Sum along each row: axis=1 with
    keepdims=True."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum()


def softmax_rows_by_one_number(z):
    """One largest logit and one sum for the whole matrix: the samples take probability from each other. Take both
    along each row: axis=1 with keepdims=True."""
    powers = np.exp(z - z.max())
    return powers / powers.sum()


def softmax_rows_down_columns(z):
    """The columns sum to 1 here. The classes of one sample lie along its row: axis=1."""
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_rows_not_shifted(z):
    """The rows are right, but large logits overflow. Subtract from each row its largest logit."""
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def softmax_rows_with_one_shift(z):
    """One shift for the whole matrix: in a row that lies far below the largest logit of all, every exponential is
    rounded to 0. Give each row its own shift: z.max(axis=1, keepdims=True)."""
    powers = np.exp(z - z.max())
    return powers / powers.sum(axis=1, keepdims=True)


def cross_entropy_of_logits_answer(y, z):
    """Write the cross-entropy, in nats, of one sample: one-hot label y, logits z of any size."""
    largest = z.max()
    return largest + np.log(np.sum(np.exp(z - largest))) - y @ z


def cross_entropy_of_logits_not_shifted(y, z):
    """The formula is right, but its exponentials overflow at large logits. Take the largest logit out of the
    log-sum-exp and add it again outside."""
    return np.log(np.sum(np.exp(z))) - y @ z


def cross_entropy_of_logits_by_log_of_softmax(y, z):
    """Softmax first and its logarithm afterwards: at a class whose probability is rounded to 0 this is infinite, where
    the true loss is finite. Do not leave the logarithms: logsumexp(z) minus the true logit."""
    powers = np.exp(z - z.max())
    return -np.log(y @ (powers / powers.sum()))


def cross_entropy_of_logits_by_sum_of_logs(y, z):
    """Softmax first and its logarithm afterwards: a probability that is rounded to 0 has the logarithm minus infinity,
    which times 0 gives nan. Do not leave the logarithms: logsumexp(z) minus the true logit."""
    powers = np.exp(z - z.max())
    return -np.sum(y * np.log(powers / powers.sum()))


def cross_entropy_of_logits_shifted_by_the_true_logit(y, z):
    """This takes the true logit out of the exponentials. Another logit can lie so far above it that its exponential
    overflows. Take out the largest, and add it again outside."""
    return np.log(np.sum(np.exp(z - y @ z)))


def cross_entropy_of_logits_without_the_shift_back(y, z):
    """The largest logit is taken out of the exponentials and forgotten: log sum exp(z) is the largest plus
    log sum exp(z - largest)."""
    return np.log(np.sum(np.exp(z - z.max()))) - y @ z


def cross_entropy_of_logits_of_the_winner(y, z):
    """This is the loss if the winner were the true class. Subtract the logit of the true class: y @ z picks it."""
    return np.log(np.sum(np.exp(z - z.max())))


def cross_entropy_of_logits_with_wrong_sign(y, z):
    """The sign is wrong: a logarithm of a probability is negative or 0, and a loss is its opposite."""
    return y @ z - z.max() - np.log(np.sum(np.exp(z - z.max())))


def cross_entropy_of_logits_without_normaliser(y, z):
    """Minus the true logit alone can be lowered without end by adding the same number to all logits. The log-sum-exp
    of the logits belongs to it."""
    return -(y @ z)


def cross_entropy_of_logits_by_maximum(y, z):
    """The largest logit minus the true one is close, but 0 for every winner. Put the smooth maximum, log-sum-exp,
    in the place of the maximum."""
    return z.max() - y @ z


def cross_entropy_of_logits_in_bits(y, z):
    """This is the loss in bits. Nats are asked for: natural logarithms throughout."""
    return (z.max() + np.log(np.sum(np.exp(z - z.max()))) - y @ z) / np.log(2)


def cross_entropy_of_logits_with_softmax_twice(y, z):
    """The logits are softmaxed first, but log-sum-exp minus the true logit holds a softmax already. Use the logits
    themselves."""
    powers = np.exp(z - z.max())
    a = powers / powers.sum()
    return np.log(np.sum(np.exp(a))) - y @ a


def softmax_gradient_answer(y, z):
    """Write the gradient of the mean cross-entropy along the logits z; y holds one-hot rows."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - y) / len(z)


def softmax_gradient_with_wrong_sign(y, z):
    """The sign is wrong: it is prediction minus truth. The slope at the true class is negative, because a larger logit
    there lowers the loss."""
    return -softmax_gradient_answer(y, z)


def softmax_gradient_of_the_sum(y, z):
    """This is the gradient of the sum of the losses. The mean over n samples has 1/n of it."""
    return softmax_gradient_answer(y, z) * len(z)


def softmax_gradient_by_size(y, z):
    """You divide by the number of entries. The mean is over the samples only: divide by the number of rows."""
    return softmax_gradient_answer(y, z) * len(z) / z.size


def softmax_gradient_of_whole_batch(y, z):
    """The softmax is taken over the whole batch. Each row is a distribution of its own: sum along axis=1."""
    return (np.exp(z) / np.exp(z).sum() - y) / len(z)


def softmax_gradient_down_columns(y, z):
    """The softmax is taken down the columns. The classes of one sample lie along its row: axis=1."""
    return (np.exp(z) / np.exp(z).sum(axis=0) - y) / len(z)


def softmax_gradient_with_respect_to_a(y, z):
    """This is the gradient with respect to the probabilities, -y/a. The way back through the softmax is missing;
    with it the two become a - y."""
    a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -y / a / len(z)


def softmax_gradient_with_an_extra_slope(y, z):
    """The factor a(1 - a) is too much: the slope of the softmax is in a - y already, cancelled by the logarithm."""
    a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return (a - y) * a * (1 - a) / len(z)


def softmax_gradient_of_the_logits(y, z):
    """Logits minus truth: the prediction is missing. Turn each row of logits into probabilities first."""
    return (z - y) / len(z)


def weighted_cross_entropy_answer(y, losses, weight):
    """Write PyTorch's mean of losses, a weight per class; y has one-hot rows, all 0 if ignored; one at least is not."""
    weights = y @ weight
    return np.sum(weights * losses) / np.sum(weights)


def weighted_cross_entropy_by_number(y, losses, weight):
    """You divide by the number of samples. PyTorch divides by the sum of the weights of the targets, so that a weighted
    mean stays between the smallest and the largest loss."""
    return np.mean((y @ weight) * losses)


def weighted_cross_entropy_not_divided(y, losses, weight):
    """This is the numerator, which reduction="sum" gives. The mean divides it by the sum of the targets' weights."""
    return np.sum((y @ weight) * losses)


def weighted_cross_entropy_by_class_weights(y, losses, weight):
    """You divide by the sum of the weights of the classes. A class counts as often as it is a target: sum the weights
    over the samples, y @ weight."""
    return np.sum((y @ weight) * losses) / np.sum(weight)


def weighted_cross_entropy_unweighted(y, losses, weight):
    """This is the plain mean over all samples. Each loss counts with the weight of its class, and ignored ones do not
    count at all."""
    return np.mean(losses)


def weighted_cross_entropy_with_unweighted_numerator(y, losses, weight):
    """The weights are in the denominator only. Multiply each loss by its weight before you sum."""
    return np.sum(losses) / np.sum(y @ weight)


def weighted_cross_entropy_by_kept_number(y, losses, weight):
    """The ignored samples are left out, but you divide by the number of the others. Divide by the sum of their
    weights."""
    return np.sum((y @ weight) * losses) / np.sum(y)


def smoothed_labels_answer(y, smoothing):
    """Write the smoothed labels: the part smoothing is taken from each one-hot row of y and spread over all classes."""
    return (1 - smoothing) * y + smoothing / y.shape[1]


def smoothed_labels_over_the_others(y, smoothing):
    """You spread the part over the other classes only. Here all K classes get their share, the true one too:
    smoothing / K each."""
    return (1 - smoothing) * y + smoothing * (1 - y) / (y.shape[1] - 1)


def smoothed_labels_by_samples(y, smoothing):
    """You divide by the number of samples. The part is shared by the classes: the number of columns."""
    return (1 - smoothing) * y + smoothing / len(y)


def smoothed_labels_too_much(y, smoothing):
    """The rows sum to more than 1: what is spread must be taken away from the true class first: (1 - smoothing) * y."""
    return y + smoothing / y.shape[1]


def smoothed_labels_taken_away(y, smoothing):
    """The part is taken away from the true class and given to nobody: the rows sum to less than 1."""
    return (1 - smoothing) * y


def smoothed_labels_not_shared(y, smoothing):
    """Every class gets the whole part here. It is shared: smoothing / K for each of K classes."""
    return (1 - smoothing) * y + smoothing


def smoothed_labels_swapped(y, smoothing):
    """The two parts are swapped: the one-hot label keeps 1 - smoothing, and smoothing is spread."""
    return smoothing * y + (1 - smoothing) / y.shape[1]


hard_max = Exercise(
    hard_max_answer,
    probes=[
        (np.array([3.0, -3.0, 1.0]),),
        (np.array([-2.0, -0.5, -1.0]),),
        (np.array([0.0, 2.0, 1.0, 2.0]),),
    ],
    mistakes=[
        hard_max_as_arg_max,
        hard_max_as_max,
        hard_max_of_all_winners,
        hard_max_shared_by_winners,
        hard_max_of_the_last_winner,
        hard_max_with_the_value,
        hard_max_of_the_smallest,
    ],
    hints=[
        "np.argmax(z) is the index of the winner, the first one if there are several.",
        "Row i of np.eye(K) is the one-hot vector of length K with its 1 at index i.",
    ],
)

softmax = Exercise(
    softmax_answer,
    probes=LOGITS,
    mistakes=[
        softmax_without_exp,
        softmax_not_divided,
        softmax_by_largest,
        softmax_by_mean,
        softmax_of_negative,
        softmax_to_base_two,
        softmax_as_sigmoid,
        softmax_in_logarithms,
    ],
    hints=[
        "np.exp(z) takes the exponential of every logit at once: all positive, the largest still the largest.",
        "To make positive numbers sum to 1, divide each by their sum.",
    ],
)

stable_softmax = Exercise(
    stable_softmax_answer,
    probes=LARGE,
    mistakes=[
        stable_softmax_not_shifted,
        stable_softmax_shifted_by_mean,
        stable_softmax_shifted_by_smallest,
        stable_softmax_shifted_by_arg_max,
        stable_softmax_with_max_added,
        stable_softmax_scaled,
        stable_softmax_divided,
        stable_softmax_clipped,
        stable_softmax_repaired,
        stable_softmax_half_shifted,
    ],
    hints=[
        "The same number subtracted from all logits leaves the softmax as it is. Which number helps most?",
        "If the largest exponent is 0, the largest exponential is 1, and the sum is at least 1.",
        "z - z.max() are the shifted logits. Use them in numerator and denominator.",
    ],
)

softmax_rows = Exercise(
    softmax_rows_answer,
    probes=[
        (np.array([[3.0, 1.0, -3.0], [0.0, 1.0, 0.5]]),),
        (np.array([[0.5, -0.5], [2.0, 0.0], [-1.0, -1.5]]),),
        (np.array([[1000.0, 999.0, 0.0], [-1000.0, -999.0, -999.5]]),),
        (np.array([[0.0, 3000.0, 10.0], [1.0, 2.0, 0.0]]),),
    ],
    mistakes=[
        softmax_rows_of_whole_batch,
        softmax_rows_by_one_number,
        softmax_rows_down_columns,
        softmax_rows_not_shifted,
        softmax_rows_with_one_shift,
    ],
    hints=[
        "z.max(axis=1) goes along the rows, one number for each sample; so does .sum(axis=1) of the exponentials.",
        "With keepdims=True the result stays a column, and NumPy fits it to every row.",
    ],
)

cross_entropy_of_logits = Exercise(
    cross_entropy_of_logits_answer,
    probes=[
        (np.array([0.0, 1.0, 0.0]), np.array([3.0, 1.0, -3.0])),
        (np.array([1.0, 0.0]), np.array([-0.25, 0.5])),
        (np.array([0.0, 1.0, 0.0]), np.array([1000.0, 0.0, 10.0])),
        (np.array([0.0, 0.0, 1.0]), np.array([1000.0, 0.0, 600.0])),
        (np.array([0.0, 1.0]), np.array([-1000.0, -2000.0])),
        (np.array([0.0, 1.0]), np.array([0.0, -800.0])),
        (np.array([1.0, 0.0, 0.0]), np.array([0.0, 3000.0, 10.0])),
        (np.array([1.0, 0.0]), np.array([0.0, 720.0])),
    ],
    mistakes=[
        cross_entropy_of_logits_not_shifted,
        cross_entropy_of_logits_by_log_of_softmax,
        cross_entropy_of_logits_by_sum_of_logs,
        cross_entropy_of_logits_shifted_by_the_true_logit,
        cross_entropy_of_logits_without_the_shift_back,
        cross_entropy_of_logits_of_the_winner,
        cross_entropy_of_logits_with_wrong_sign,
        cross_entropy_of_logits_without_normaliser,
        cross_entropy_of_logits_by_maximum,
        cross_entropy_of_logits_in_bits,
        cross_entropy_of_logits_with_softmax_twice,
    ],
    hints=[
        "The loss is log sum exp(z) minus the logit of the true class, and y @ z picks that logit.",
        "log sum exp(z) = m + log sum exp(z - m) for every m. Which m keeps the exponentials small?",
    ],
)

softmax_gradient = Exercise(
    softmax_gradient_answer,
    probes=[
        (TRUTHS, BATCH),
        (np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), np.array([[0.5, -0.5], [2.0, 0.0], [-1.0, -1.5]])),
    ],
    mistakes=[
        softmax_gradient_with_wrong_sign,
        softmax_gradient_of_the_sum,
        softmax_gradient_by_size,
        softmax_gradient_of_whole_batch,
        softmax_gradient_down_columns,
        softmax_gradient_with_respect_to_a,
        softmax_gradient_with_an_extra_slope,
        softmax_gradient_of_the_logits,
    ],
    hints=[
        "For one sample it is a - y, where a is the softmax of its logits.",
        "Take the softmax of each row. The mean over n samples brings the factor 1/n.",
    ],
)

weighted_cross_entropy = Exercise(
    weighted_cross_entropy_answer,
    probes=[
        (
            np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
            np.array([0.2, 0.7, 1.9, 0.8]),
            np.array([1.0, 1, 3]),
        ),
        (np.array([[0.0, 1], [0, 0], [1, 0]]), np.array([0.5, 4.0, 1.5]), np.array([2.0, 0.5])),
    ],
    mistakes=[
        weighted_cross_entropy_by_number,
        weighted_cross_entropy_not_divided,
        weighted_cross_entropy_by_class_weights,
        weighted_cross_entropy_unweighted,
        weighted_cross_entropy_with_unweighted_numerator,
        weighted_cross_entropy_by_kept_number,
    ],
    hints=[
        "y @ weight is the weight of each sample's true class, and 0 for an ignored one.",
        "Numerator: the sum of weight times loss. Denominator: the sum of the same weights.",
    ],
)

smoothed_labels = Exercise(
    smoothed_labels_answer,
    probes=[
        (TRUTHS, 0.1),
        (np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), 0.3),
    ],
    mistakes=[
        smoothed_labels_over_the_others,
        smoothed_labels_by_samples,
        smoothed_labels_too_much,
        smoothed_labels_taken_away,
        smoothed_labels_not_shared,
        smoothed_labels_swapped,
    ],
    hints=[
        "The uniform distribution over K classes is 1/K for each, and K is the number of columns of y.",
        "A mixture: 1 - smoothing parts of y and smoothing parts of the uniform distribution.",
    ],
)
