"""Exercises on cross-entropy and likelihood. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["cross_entropy", "one_hot_loss", "binary_cross_entropy", "batch_cross_entropy", "log_likelihood"]

PAIRS = [
    (np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.3, 0.2])),
    (np.array([0.5, 0.5]), np.array([0.9, 0.1])),
    (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.25, 0.25, 0.25])),
    (np.array([0.6, 0.4]), np.array([0.6, 0.4])),
]
PREDICTIONS = np.array([[0.2, 0.5, 0.3], [0.1, 0.3, 0.6], [0.3, 0.3, 0.4], [0.45, 0.35, 0.2]])
OTHERS = np.array([[0.7, 0.1, 0.1, 0.1], [0.2, 0.3, 0.4, 0.1]])


def cross_entropy_answer(p, q):
    """Write the cross-entropy H(p, q), in nats. All probabilities are positive; q is the model."""
    return -np.sum(p * np.log(q))


def cross_entropy_without_minus(p, q):
    """The minus sign is missing: every log q is negative or 0, and a cross-entropy is a mean surprise,
    which is positive or 0."""
    return np.sum(p * np.log(q))


def cross_entropy_swapped(p, q):
    """The two are swapped. The outcomes come with the true probabilities p, which are the weights; the
    surprise is felt by the model, so q stands inside the logarithm."""
    return -np.sum(q * np.log(p))


def cross_entropy_in_bits(p, q):
    """This is the cross-entropy in bits. Nats are asked for: the natural logarithm, np.log."""
    return -np.sum(p * np.log2(q))


def cross_entropy_by_plain_mean(p, q):
    """The weights p sum to 1 already. np.mean divides by the number of outcomes once more: take the sum."""
    return -np.mean(p * np.log(q))


def cross_entropy_without_floor(p, q):
    """This is D(p||q), the part above the floor. The cross-entropy also contains the entropy of p: write
    -log q where this has log(p/q)."""
    return np.sum(p * np.log(p / q))


def cross_entropy_of_the_truth(p, q):
    """This is the entropy of p, the floor: the model q does not occur in it. The surprise is -log q."""
    return -np.sum(p * np.log(p))


def cross_entropy_of_the_model(p, q):
    """This is the entropy of the model q. The outcomes come with the true probabilities, so the weights are p."""
    return -np.sum(q * np.log(q))


def cross_entropy_not_summed(p, q):
    """These are the terms, one for each outcome. The cross-entropy is their sum, one number."""
    return -p * np.log(q)


def one_hot_loss_answer(y, a):
    """Write the loss of a prediction a for a one-hot label y. Some entries of a may be 0."""
    return -np.log(np.sum(y * a))


def one_hot_loss_nan_at_zero(y, a):
    """This is right as long as every a is positive. Where a is 0 and y is 0 the computer takes 0 times minus infinity,
    which is nan. Pick the true class's probability first, and take one logarithm only."""
    return -np.sum(y * np.log(a))


def one_hot_loss_without_zeros(y, a):
    """The zeros of a are left out, also at the true class: whoever is certain and wrong then pays nothing. That loss is
    infinite. Pick the true class's probability first, and take its logarithm as it is."""
    return -np.sum(y[a > 0] * np.log(a[a > 0]))


def one_hot_loss_without_minus(y, a):
    """The minus sign is missing: the logarithm of a probability is negative or 0, a loss is positive or 0."""
    return np.log(np.sum(y * a))


def one_hot_loss_of_the_favourite(y, a):
    """This is the surprise at the class that the model prefers. The label says which class counts, even
    when the model prefers another one."""
    return -np.log(np.max(a))


def one_hot_loss_in_bits(y, a):
    """This is the loss in bits. Nats are asked for: the natural logarithm, np.log."""
    return -np.log2(np.sum(y * a))


def one_hot_loss_as_gap(y, a):
    """1 - a is the gap to certainty, and it is never above 1, however confident the mistake. The loss is the surprise
    at the true class, -log a."""
    return 1 - np.sum(y * a)


def one_hot_loss_by_plain_mean(y, a):
    """np.mean divides by the number of classes, and that inside the logarithm. The label picks one entry: take the sum
    of y times a."""
    return -np.log(np.mean(y * a))


def one_hot_loss_swapped(y, a):
    """Label and prediction are swapped: this takes the logarithm of the label, and log 0 is minus infinity. The
    prediction stands inside the logarithm."""
    return -np.sum(a * np.log(y))


def binary_cross_entropy_answer(y, a):
    """Write the binary cross-entropy in nats, elementwise. The labels y may be soft."""
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def binary_cross_entropy_one_branch(y, a):
    """Only the first branch is here. For y = 0 it gives 0 whatever the prediction, so that a confident wrong answer
    costs nothing. Add the branch with 1 - y and 1 - a."""
    return -y * np.log(a)


def binary_cross_entropy_without_minus(y, a):
    """The minus sign is missing, in front of both branches."""
    return y * np.log(a) + (1 - y) * np.log(1 - a)


def binary_cross_entropy_half_minus(y, a):
    """The minus reaches the first branch only. Put brackets around both: both logarithms are negative."""
    return -y * np.log(a) + (1 - y) * np.log(1 - a)


def binary_cross_entropy_swapped(y, a):
    """Label and prediction are swapped: the prediction a stands inside the logarithms, the label is the weight."""
    return -(a * np.log(y) + (1 - a) * np.log(1 - y))


def binary_cross_entropy_one_logarithm(y, a):
    """This is right for the labels 0 and 1. The loss of a soft label is a weighted mean of two surprises, and the mean
    of two logarithms is not the logarithm of the mean: keep two logarithms."""
    return -np.log(y * a + (1 - y) * (1 - a))


def binary_cross_entropy_of_hard_labels(y, a):
    """This is right for the labels 0 and 1, but takes every other label for a 0. A soft label weighs both surprises:
    y times that of 1, and 1 - y times that of 0."""
    return np.where(y == 1, -np.log(a), -np.log(1 - a))


def binary_cross_entropy_of_rounded_labels(y, a):
    """This is right for the labels 0 and 1, but rounds every other label to one of them. A soft label weighs both
    surprises: y times that of 1, and 1 - y times that of 0."""
    return np.where(y > 0.5, -np.log(a), -np.log(1 - a))


def binary_cross_entropy_crossed(y, a):
    """The branches are crossed: y = 1 belongs to log a, and y = 0 to log(1 - a)."""
    return -((1 - y) * np.log(a) + y * np.log(1 - a))


def binary_cross_entropy_in_bits(y, a):
    """This is in bits. Nats are asked for: the natural logarithm, np.log."""
    return -(y * np.log2(a) + (1 - y) * np.log2(1 - a))


def binary_cross_entropy_averaged(y, a):
    """This is the mean over all samples. Elementwise is asked for: one loss for each, of the shape of y."""
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def batch_cross_entropy_answer(Y, A):
    """Write the cost J in nats: the mean loss of the rows of A for one-hot or soft labels Y."""
    return -np.mean(np.sum(Y * np.log(A), axis=1))


def batch_cross_entropy_summed(Y, A):
    """This is the sum over the samples. The mean is asked for: divide by the number of rows."""
    return -np.sum(Y * np.log(A))


def batch_cross_entropy_over_all_entries(Y, A):
    """This divides by the number of all entries. The sum over the classes is a mean already, with the weights Y; only
    the samples are to be averaged, so divide by the number of rows."""
    return -np.mean(Y * np.log(A))


def batch_cross_entropy_by_columns(Y, A):
    """This divides by the number of columns, the classes. Rows are samples: divide by the number of rows."""
    return -np.sum(Y * np.log(A)) / A.shape[1]


def batch_cross_entropy_without_minus(Y, A):
    """The minus sign is missing: a cost of this kind is positive or 0."""
    return np.mean(np.sum(Y * np.log(A), axis=1))


def batch_cross_entropy_per_sample(Y, A):
    """These are the losses, one per sample. The cost is their mean, one number."""
    return -np.sum(Y * np.log(A), axis=1)


def batch_cross_entropy_of_mean_prediction(Y, A):
    """The mean is taken inside the logarithm. One confident wrong answer then hardly shows. Take the logarithm for each
    sample first, and average the losses."""
    return -np.log(np.mean(np.sum(Y * A, axis=1)))


def batch_cross_entropy_one_logarithm(Y, A):
    """This is right for one-hot rows. The loss of a soft row is a weighted mean of several logarithms, and not the
    logarithm of a mean: multiply Y by the logarithms, then add."""
    return -np.mean(np.log(np.sum(Y * A, axis=1)))


def batch_cross_entropy_in_bits(Y, A):
    """This is in bits. Nats are asked for: the natural logarithm, np.log."""
    return -np.mean(np.sum(Y * np.log2(A), axis=1))


def log_likelihood_answer(y, a):
    """Write the log-likelihood of independent labels y, each 1 with probability a, else 0."""
    return np.sum(np.log(np.where(y == 1, a, 1 - a)))


def log_likelihood_without_log(y, a):
    """This is the likelihood itself, a product. Take its logarithm: with many labels the product becomes so small that
    it is rounded to 0, and the sum of the logarithms does not."""
    return np.prod(np.where(y == 1, a, 1 - a))


def log_likelihood_negative(y, a):
    """This is the negative log-likelihood. Without the minus it is to be maximised, with it to be minimised;
    here the first is asked for."""
    return -np.sum(np.log(np.where(y == 1, a, 1 - a)))


def log_likelihood_averaged(y, a):
    """This is the mean. The likelihood of independent labels is a product over all of them, and its logarithm a sum."""
    return np.mean(np.log(np.where(y == 1, a, 1 - a)))


def log_likelihood_of_ones(y, a):
    """Only the ones are counted. A zero was seen too, and it had the probability 1 - a."""
    return np.sum(y) * np.log(a)


def log_likelihood_of_sum(y, a):
    """The probabilities are added before the logarithm. Independent events multiply: add their logarithms."""
    return np.log(np.sum(np.where(y == 1, a, 1 - a)))


def log_likelihood_in_bits(y, a):
    """This uses the logarithm to base 2. The natural logarithm is asked for: np.log."""
    return np.sum(np.log2(np.where(y == 1, a, 1 - a)))


cross_entropy = Exercise(
    cross_entropy_answer,
    probes=PAIRS,
    mistakes=[
        cross_entropy_without_minus,
        cross_entropy_swapped,
        cross_entropy_in_bits,
        cross_entropy_by_plain_mean,
        cross_entropy_without_floor,
        cross_entropy_of_the_truth,
        cross_entropy_of_the_model,
        cross_entropy_not_summed,
    ],
    hints=[
        "It is a mean surprise, as entropy is. Who decides how often an outcome comes, and who is surprised?",
        "The outcomes come with the probabilities p. The surprise of the believer in q is -np.log(q).",
        "Multiply p by the surprises and add up with np.sum.",
    ],
)

one_hot_loss = Exercise(
    one_hot_loss_answer,
    probes=[
        (np.array([0, 1, 0]), np.array([0.3, 0.4, 0.3])),
        (np.array([1, 0, 0]), np.array([0.1, 0.2, 0.7])),
        (np.array([0, 0, 1, 0]), np.array([0.0, 0.25, 0.75, 0.0])),
        (np.array([0, 1]), np.array([0.0, 1.0])),
        (np.array([1, 0]), np.array([0.0, 1.0])),
    ],
    mistakes=[
        one_hot_loss_nan_at_zero,
        one_hot_loss_without_zeros,
        one_hot_loss_without_minus,
        one_hot_loss_of_the_favourite,
        one_hot_loss_in_bits,
        one_hot_loss_as_gap,
        one_hot_loss_by_plain_mean,
        one_hot_loss_swapped,
    ],
    hints=[
        "How many terms of the sum -y log a are left when y is one-hot?",
        "Only the true class's probability counts. Get hold of it without a logarithm of the others.",
        "np.sum(y * a) is the true class's probability, because y is 1 there and 0 elsewhere.",
    ],
)

binary_cross_entropy = Exercise(
    binary_cross_entropy_answer,
    probes=[
        (np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.9, 0.3])),
        (np.array([0.6, 0.8, 0.1]), np.array([0.2, 0.8, 0.7])),
        (np.array([0.25, 0.75]), np.array([0.4, 0.9])),
    ],
    mistakes=[
        binary_cross_entropy_one_branch,
        binary_cross_entropy_without_minus,
        binary_cross_entropy_half_minus,
        binary_cross_entropy_swapped,
        binary_cross_entropy_one_logarithm,
        binary_cross_entropy_of_hard_labels,
        binary_cross_entropy_of_rounded_labels,
        binary_cross_entropy_crossed,
        binary_cross_entropy_in_bits,
        binary_cross_entropy_averaged,
    ],
    hints=[
        "It is the cross-entropy of the two distributions [y, 1 - y] and [a, 1 - a].",
        "There are two terms, y log a and (1 - y) log(1 - a).",
        "Both logarithms are negative: put one minus in front of a bracket around both terms.",
    ],
)

batch_cross_entropy = Exercise(
    batch_cross_entropy_answer,
    probes=[
        (np.eye(3)[[1, 0, 2, 1]], PREDICTIONS),
        (np.eye(4)[[0, 3]], OTHERS),
        (np.array([[0.25, 0.75, 0, 0], [0, 0, 1, 0]]), OTHERS),
    ],
    mistakes=[
        batch_cross_entropy_summed,
        batch_cross_entropy_over_all_entries,
        batch_cross_entropy_by_columns,
        batch_cross_entropy_without_minus,
        batch_cross_entropy_per_sample,
        batch_cross_entropy_of_mean_prediction,
        batch_cross_entropy_one_logarithm,
        batch_cross_entropy_in_bits,
    ],
    hints=[
        "First the losses, one for each row. Along which axis lie the classes?",
        "np.sum(terms, axis=1) adds along each row, over the classes.",
        "Take np.mean of these losses, over the samples.",
    ],
)

log_likelihood = Exercise(
    log_likelihood_answer,
    probes=[
        (np.array([1, 1, 0, 1]), 0.7),
        (np.array([0, 0, 1]), 0.2),
        (np.array([1, 0, 1, 1, 1, 0, 1]), 0.5),
    ],
    mistakes=[
        log_likelihood_without_log,
        log_likelihood_negative,
        log_likelihood_averaged,
        log_likelihood_of_ones,
        log_likelihood_of_sum,
        log_likelihood_in_bits,
    ],
    hints=[
        "What is the probability of the single label 1, and of the single label 0?",
        "Independent probabilities multiply, so their logarithms add up.",
        "np.where(y == 1, a, 1 - a) holds the probability of each label that was seen.",
    ],
)
