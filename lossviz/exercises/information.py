"""Exercises on surprise and entropy. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["surprise", "bits", "entropy", "entropy_with_zeros", "ceiling", "mean_code_length"]

DISTRIBUTIONS = [
    (np.array([0.7, 0.2, 0.1]),),
    (np.array([0.5, 0.5]),),
    (np.array([0.9, 0.05, 0.03, 0.02]),),
    (np.array([0.25, 0.25, 0.25, 0.25]),),
]
WITH_ZEROS = [*DISTRIBUTIONS, (np.array([1.0, 0.0]),), (np.array([0.0, 0.6, 0.0, 0.4]),)]


def surprise_answer(p):
    """Write the surprise of an outcome of probability p, in nats."""
    return -np.log(p)


def surprise_without_minus(p):
    """The sign is wrong: the logarithm of a probability is negative or 0, and a surprise
    is positive or 0. Put a minus in front."""
    return np.log(p)


def surprise_in_bits(p):
    """This is the surprise in bits. Nats are asked for: the natural logarithm, np.log."""
    return -np.log2(p)


def surprise_in_hartleys(p):
    """This uses the logarithm to base 10. Nats are asked for: the natural logarithm, np.log."""
    return -np.log10(p)


def surprise_as_distance_from_certainty(p):
    """1 - p also falls as p grows, but it does not add up: two independent outcomes of probability
    1/2 would give 1/2 + 1/2 = 1, and both together 3/4. The logarithm adds up."""
    return 1 - p


def surprise_as_odds(p):
    """1 / p is the right start: 1 outcome in 1/p. But for independent outcomes it multiplies, where
    surprises should add up. Take its logarithm."""
    return 1 / p


def surprise_weighted(p):
    """This is p times the surprise, one term of the entropy. Here the surprise itself is asked for."""
    return -p * np.log(p)


def bits_answer(nats):
    """Write the number of bits that so many nats are, a number or an array."""
    return nats / np.log(2)


def bits_multiplied(nats):
    """A bit is the smaller unit, 0.6931 nats, so there are more bits than nats: divide by log 2."""
    return nats * np.log(2)


def bits_unchanged(nats):
    """This leaves the number as it is. One nat is 1 / log(2) bits, with the natural logarithm."""
    return nats


def bits_as_logarithm(nats):
    """The number of nats is a logarithm already. Changing its base is a division, not a second logarithm."""
    return np.log2(nats)


def bits_by_log10(nats):
    """np.log10 has crept in: nats belong to the natural logarithm, so divide by np.log(2)."""
    return nats / np.log10(2)


def bits_by_rounded_log(nats):
    """Nearly: 0.6931 is log 2 rounded to four decimals. Write np.log(2), and round at the end."""
    return nats / 0.6931


def entropy_answer(p):
    """Write the entropy of a distribution p, a vector of positive probabilities, in nats."""
    return -np.sum(p * np.log(p))


def entropy_without_minus(p):
    """The minus sign is missing: every log p is negative or 0, and the entropy is their mean with
    the sign changed."""
    return np.sum(p * np.log(p))


def entropy_in_bits(p):
    """This is the entropy in bits. Nats are asked for: the natural logarithm, np.log."""
    return -np.sum(p * np.log2(p))


def entropy_by_plain_mean(p):
    """The mean in the entropy is taken with the weights p, which sum to 1: a sum of p times surprise.
    np.mean divides by the number of outcomes once more."""
    return -np.mean(p * np.log(p))


def entropy_unweighted_sum(p):
    """The surprises are added up without their weights. Each must be multiplied by its probability p:
    a rare outcome surprises much, but seldom."""
    return -np.sum(np.log(p))


def entropy_unweighted_mean(p):
    """This is the mean surprise as if all outcomes were equally likely. Weigh each surprise by its p."""
    return -np.mean(np.log(p))


def entropy_of_rounded_surprises(p):
    """The surprises are rounded before they are added up. Compute with all digits, and round at the end."""
    return np.sum(p * np.round(-np.log(p), 2))


def entropy_not_summed(p):
    """These are the terms, one for each outcome. The entropy is their sum, one number."""
    return -p * np.log(p)


def entropy_with_zeros_answer(p):
    """Write the entropy in nats of a vector p that may have zeros: 0 log 0 counts as 0."""
    positive = p[p > 0]
    return -np.sum(positive * np.log(positive))


def entropy_nan_at_zero(p):
    """This works only where all p are positive. At p = 0 the computer takes 0 times minus infinity, which
    is nan (not a number). Leave the zeros out before the logarithm."""
    return -np.sum(p * np.log(p))


def entropy_infinite_at_zero(p):
    """The zeros are given an infinite surprise that is kept. Each term is p times surprise, and for
    p = 0 that product counts as 0: an outcome that never comes adds nothing."""
    return np.inf if np.any(p == 0) else -np.sum(p * np.log(p))


def entropy_with_zeros_in_bits(p):
    """The zeros are treated well, but this is the entropy in bits. Nats are asked for: np.log."""
    positive = p[p > 0]
    return -np.sum(positive * np.log2(positive))


def entropy_with_zeros_without_minus(p):
    """The zeros are treated well; the minus sign is missing."""
    positive = p[p > 0]
    return np.sum(positive * np.log(positive))


def entropy_with_zeros_in_the_mean(p):
    """The zeros are treated well, but np.mean divides by the number of outcomes; the weights p sum to 1
    already, so take the sum."""
    positive = p[p > 0]
    return -np.mean(positive * np.log(positive))


def ceiling_answer(outcomes):
    """Write the largest entropy that so many outcomes can have, in bits."""
    return np.log2(outcomes)


def ceiling_in_nats(outcomes):
    """This is in nats. Bits are asked for: the logarithm to base 2."""
    return np.log(outcomes)


def ceiling_as_count(outcomes):
    """This is the number of outcomes itself. With K equally likely outcomes every p is 1/K, and its
    surprise is log K."""
    return outcomes


def ceiling_of_one_term(outcomes):
    """This is one term, p log(1/p) at p = 1/K. There are K of them in the sum."""
    return np.log2(outcomes) / outcomes


def ceiling_with_wrong_sign(outcomes):
    """The sign is wrong: log(1/K) is negative, and the surprise is minus that."""
    return -np.log2(outcomes)


def mean_code_length_answer(p, lengths):
    """Write the mean code length of letters of probability p, with code words of these lengths."""
    return np.sum(p * lengths)


def mean_code_length_unweighted(p, lengths):
    """This is the mean over the code words as if all letters were equally likely. A letter counts as often
    as it comes: weigh its length by its p."""
    return np.mean(lengths)


def mean_code_length_total(p, lengths):
    """This is the length of all code words together. The mean weighs each length by its p."""
    return np.sum(lengths)


def mean_code_length_by_plain_mean(p, lengths):
    """The weights p sum to 1 already. np.mean divides by the number of letters once more: take the sum."""
    return np.mean(p * lengths)


def mean_code_length_not_summed(p, lengths):
    """These are the terms, one for each letter. The mean is their sum, one number."""
    return p * lengths


surprise = Exercise(
    surprise_answer,
    probes=[(0.5,), (0.1,), (0.9,), (1.0,), (np.array([0.2, 0.7, 1e-6]),)],
    mistakes=[
        surprise_without_minus,
        surprise_in_bits,
        surprise_in_hartleys,
        surprise_as_distance_from_certainty,
        surprise_as_odds,
        surprise_weighted,
    ],
    hints=[
        "A certain outcome, p = 1, must give 0, and a rarer outcome must give more.",
        "Independent outcomes multiply their probabilities and add up their surprises: so it is a logarithm.",
        "The natural logarithm of p is np.log(p). It is negative for p below 1, and a surprise is not.",
    ],
)

bits = Exercise(
    bits_answer,
    probes=[(1.0,), (2.5,), (0.8018,), (np.array([0.1, 3.0]),)],
    mistakes=[bits_multiplied, bits_unchanged, bits_as_logarithm, bits_by_log10, bits_by_rounded_log],
    hints=[
        "A fair coin has one bit. How many nats is that?",
        "log2(x) = log(x) / log(2).",
    ],
)

entropy = Exercise(
    entropy_answer,
    probes=DISTRIBUTIONS,
    mistakes=[
        entropy_without_minus,
        entropy_in_bits,
        entropy_by_plain_mean,
        entropy_unweighted_sum,
        entropy_unweighted_mean,
        entropy_of_rounded_surprises,
        entropy_not_summed,
    ],
    hints=[
        "The surprises of all outcomes at once are -np.log(p).",
        "A mean over outcomes weighs each by its probability.",
        "Multiply p by the surprises and add up with np.sum.",
    ],
)

entropy_with_zeros = Exercise(
    entropy_with_zeros_answer,
    probes=WITH_ZEROS,
    mistakes=[
        entropy_nan_at_zero,
        entropy_infinite_at_zero,
        entropy_with_zeros_in_bits,
        entropy_with_zeros_without_minus,
        entropy_with_zeros_in_the_mean,
    ],
    hints=[
        "Try your entropy on np.array([1.0, 0.0]) and see what comes.",
        "Outcomes of probability 0 add nothing, so they can be left out of the sum.",
        "q = p[p > 0] are the positive probabilities. Use q in both factors. A small number added to p would change "
        "the result a little: inside the logarithm alone, it would give a certain outcome an entropy below 0.",
    ],
)

ceiling = Exercise(
    ceiling_answer,
    probes=[(2,), (6,), (8,), (1000,)],
    mistakes=[ceiling_in_nats, ceiling_as_count, ceiling_of_one_term, ceiling_with_wrong_sign],
    hints=[
        "The largest entropy belongs to equally likely outcomes. What is the probability of each?",
        "All surprises are then equal, so their mean is any one of them.",
        "np.log2 is the logarithm to base 2.",
    ],
)

mean_code_length = Exercise(
    mean_code_length_answer,
    probes=[
        (np.array([0.5, 0.25, 0.125, 0.125]), np.array([1, 2, 3, 3])),
        (np.array([0.8, 0.1, 0.1]), np.array([1, 2, 2])),
        (np.array([1 / 3, 2 / 3]), np.array([3, 1])),
    ],
    mistakes=[
        mean_code_length_unweighted,
        mean_code_length_total,
        mean_code_length_by_plain_mean,
        mean_code_length_not_summed,
    ],
    hints=[
        "In a long text, how often does a letter of probability p come, and how many bits does it take each time?",
        "Multiply p by the lengths and add up.",
    ],
)
