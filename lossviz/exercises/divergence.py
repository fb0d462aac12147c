"""Exercises on the KL divergence. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["kl_terms_of", "kl", "missing_entropy", "kl_with_zeros", "kl_rows", "jensen_shannon"]

PAIRS = [
    (np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.3, 0.2])),
    (np.array([0.5, 0.5]), np.array([0.9, 0.1])),
    (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.4, 0.3, 0.2, 0.1])),
    (np.array([0.25, 0.75]), np.array([0.25, 0.75])),
]
ZEROS = [
    *PAIRS,
    (np.array([1.0, 0.0]), np.array([0.5, 0.5])),
    (np.array([0.5, 0.5]), np.array([1.0, 0.0])),
    (np.array([0.0, 0.6, 0.0, 0.4]), np.array([0.0, 0.3, 0.3, 0.4])),
]
ROWS = [
    (np.array([[0.7, 0.2, 0.1], [0.2, 0.3, 0.5]]), np.array([[0.5, 0.3, 0.2], [0.6, 0.3, 0.1]])),
    (np.array([[0.5, 0.5], [0.9, 0.1], [0.2, 0.8]]), np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]])),
]


def kl_terms_of_answer(p, q):
    """Write each outcome's share of D(p||q) in nats, for positive vectors p and q."""
    return p * np.log(p / q)


def kl_terms_of_upside_down(p, q):
    """The sign is wrong: an outcome to which q gives less than p costs something, so its share must be positive.
    Divide p by q, with no minus in front."""
    return p * np.log(q / p)


def kl_terms_of_weighted_by_q(p, q):
    """The logarithm is right, but it is weighted by q. The outcomes are drawn from p, so p is the weight."""
    return q * np.log(p / q)


def kl_terms_of_swapped(p, q):
    """These are the shares of D(q||p). In D(p||q) the first one, p, is the weight and the top of the ratio."""
    return q * np.log(q / p)


def kl_terms_of_in_bits(p, q):
    """These are the shares in bits. Nats are asked for: np.log."""
    return p * np.log2(p / q)


def kl_terms_of_unweighted(p, q):
    """This is the extra surprise of each outcome when it comes. Its share also depends on how often it comes:
    multiply by p."""
    return np.log(p / q)


def kl_terms_of_made_positive(p, q):
    """A share may be negative: where q gives an outcome more than p does, its coming surprises less. Leave out
    abs(); only the sum of the shares cannot be negative."""
    return np.abs(p * np.log(p / q))


def kl_terms_of_summed(p, q):
    """This is the sum, D(p||q) itself. Here the shares are asked for, one for each outcome."""
    return np.sum(p * np.log(p / q))


def kl_answer(p, q):
    """Write D(p||q) in nats, for positive vectors p and q."""
    return np.sum(p * np.log(p / q))


def kl_swapped(p, q):
    """This is D(q||p). The first of the two, p, says how often each outcome comes: it is the weight and the top of
    the ratio."""
    return np.sum(q * np.log(q / p))


def kl_negative(p, q):
    """The sign is wrong: on these inputs the result is negative or 0, and D is positive or 0. Divide p by q inside
    the logarithm, with no minus in front of the sum."""
    return np.sum(p * np.log(q / p))


def kl_weighted_by_q(p, q):
    """The log ratio is right, but the outcomes are drawn from p: weigh by p, not by q."""
    return np.sum(q * np.log(p / q))


def kl_in_bits(p, q):
    """This is D(p||q) in bits. Nats are asked for: the natural logarithm, np.log."""
    return np.sum(p * np.log2(p / q))


def kl_by_plain_mean(p, q):
    """The weights p sum to 1 already. np.mean divides by the number of outcomes once more: take the sum."""
    return np.mean(p * np.log(p / q))


def kl_of_absolute_shares(p, q):
    """abs() inside the sum counts what was gained as if it were lost. Shares may be negative; their sum is not."""
    return np.sum(np.abs(p * np.log(p / q)))


def kl_without_entropy(p, q):
    """This is the whole mean surprise of whoever believes q. The divergence is what it has more than the entropy
    of p: it must be 0 for q = p."""
    return -np.sum(p * np.log(q))


def kl_not_summed(p, q):
    """These are the shares, one for each outcome. The divergence is their sum, one number."""
    return p * np.log(p / q)


def kl_symmetric(p, q):
    """This adds both directions, D(p||q) + D(q||p). Here only D(p||q) is asked for."""
    return np.sum((p - q) * np.log(p / q))


def missing_entropy_answer(p):
    """Write D(p||u) in nats, for a positive vector p and the uniform distribution u."""
    return np.log(len(p)) + np.sum(p * np.log(p))


def missing_entropy_of_p_itself(p):
    """This is the entropy of p. Asked for is how much it is below its ceiling, the logarithm of the number of
    outcomes."""
    return -np.sum(p * np.log(p))


def missing_entropy_with_wrong_sign(p):
    """The sign is wrong: this is never positive. The ceiling is the larger of the two, so subtract the entropy
    from it."""
    return -np.sum(p * np.log(p)) - np.log(len(p))


def missing_entropy_doubly_minus(p):
    """This adds the entropy to the ceiling: a plus, or two minus signs that met. Subtract it."""
    return np.log(len(p)) - np.sum(p * np.log(p))


def missing_entropy_in_bits(p):
    """This is in bits. Nats are asked for: np.log in both places."""
    return np.log2(len(p)) + np.sum(p * np.log2(p))


def missing_entropy_swapped(p):
    """This is D(u||p), with the uniform distribution as the truth. Here p is the truth."""
    return -np.mean(np.log(len(p) * p))


def missing_entropy_as_ratio(p):
    """This is a quotient: the entropy as a part of its ceiling. A divergence is a difference."""
    return -np.sum(p * np.log(p)) / np.log(len(p))


def kl_with_zeros_answer(p, q):
    """Write D(p||q) in nats, for vectors p and q that may have zeros."""
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))


def kl_with_zeros_nan(p, q):
    """This is right where all p are positive. At p = 0 the computer gets nan: from 0 times minus infinity, or from 0/0
    where q is 0 too. An outcome that never comes costs nothing: leave it out."""
    return np.sum(p * np.log(p / q))


def kl_with_zeros_finite(p, q):
    """Here the outcomes with q = 0 are left out, too. Yet one that comes although q rules it out costs infinitely
    much, and this hides it. Leave out only those with p = 0."""
    possible = (p > 0) & (q > 0)
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))


def kl_with_zeros_swapped(p, q):
    """The zeros are treated well, but this is D(q||p). The weight, and the top of the ratio, is p."""
    possible = q > 0
    return np.sum(q[possible] * np.log(q[possible] / p[possible]))


def kl_with_zeros_always_infinite(p, q):
    """Infinite is right only where q = 0 and p > 0. Where both are 0 the outcome never comes and costs nothing."""
    return np.inf if np.any(q == 0) else kl_with_zeros_answer(p, q)


def kl_rows_answer(p, q):
    """Write the mean of D(p||q) in nats over the rows of positive arrays p and q."""
    return np.mean(np.sum(p * np.log(p / q), axis=1))


def kl_rows_total(p, q):
    """This is the sum over the batch. Asked for is the mean: divide by the number of rows."""
    return np.sum(p * np.log(p / q))


def kl_rows_mean_of_entries(p, q):
    """np.mean over everything divides by rows times outcomes. Within a row the shares are added up; only over the
    rows is the mean taken."""
    return np.mean(p * np.log(p / q))


def kl_rows_by_columns(p, q):
    """This divides by the number of columns. A distribution lies along a row: add along axis=1, and take the mean
    over the rows."""
    return np.mean(np.sum(p * np.log(p / q), axis=0))


def kl_rows_one_each(p, q):
    """These are the divergences, one for each row. Take their mean."""
    return np.sum(p * np.log(p / q), axis=1)


def kl_rows_swapped(p, q):
    """Rows and mean are right, but this is D(q||p). The truth p comes first: it is the weight."""
    return np.mean(np.sum(q * np.log(q / p), axis=1))


def kl_rows_in_bits(p, q):
    """Rows and mean are right, but in bits. Nats are asked for: np.log."""
    return np.mean(np.sum(p * np.log2(p / q), axis=1))


def kl_rows_negative(p, q):
    """The sign is wrong: this is never positive, and D is never negative. Divide p by q inside the logarithm, with no
    minus in front."""
    return np.mean(np.sum(p * np.log(q / p), axis=1))


def kl_rows_of_the_mean(p, q):
    """This takes the mean of the rows first and one divergence afterwards. Here every row has a divergence of its
    own; the mean comes last."""
    p, q = np.mean(p, axis=0), np.mean(q, axis=0)
    return np.sum(p * np.log(p / q))


def jensen_shannon_answer(p, q):
    """Write the mean of D(p||m) and D(q||m) in nats, with m half-way from p to q."""
    m = (p + q) / 2
    return np.sum(p * np.log(p / m) + q * np.log(q / m)) / 2


def jensen_shannon_sum(p, q):
    """The two divergences are added; their mean is asked for. Divide by 2."""
    m = (p + q) / 2
    return np.sum(p * np.log(p / m) + q * np.log(q / m))


def jensen_shannon_half_of_one(p, q):
    """Only the second divergence is halved: division goes before addition. Put brackets around their sum."""
    m = (p + q) / 2
    return np.sum(p * np.log(p / m)) + np.sum(q * np.log(q / m)) / 2


def jensen_shannon_jeffreys(p, q):
    """This is the mean of D(p||q) and D(q||p). It is symmetric too, but infinite as soon as one of them is. Compare
    both p and q with the point half-way between them, m."""
    return np.sum((p - q) * np.log(p / q)) / 2


def jensen_shannon_one_side(p, q):
    """This is D(p||m) alone. The other half, D(q||m), is missing, so it is not symmetric."""
    m = (p + q) / 2
    return np.sum(p * np.log(p / m))


def jensen_shannon_other_side(p, q):
    """This is D(q||m) alone. The other half, D(p||m), is missing, so it is not symmetric."""
    m = (p + q) / 2
    return np.sum(q * np.log(q / m))


def jensen_shannon_from_the_middle(p, q):
    """The two divergences start from m: D(m||p) and D(m||q). Here p and q come first, and m second: then nothing can
    be infinite, because m is positive wherever p or q is."""
    m = (p + q) / 2
    return np.sum(m * np.log(m / p) + m * np.log(m / q)) / 2


def jensen_shannon_in_bits(p, q):
    """This is in bits. Nats are asked for: np.log."""
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m) + q * np.log2(q / m)) / 2


def jensen_shannon_distance(p, q):
    """This is the square root of it, the Jensen-Shannon distance. Asked for is the divergence."""
    m = (p + q) / 2
    return np.sqrt(np.sum(p * np.log(p / m) + q * np.log(q / m)) / 2)


def jensen_shannon_with_m_unhalved(p, q):
    """m is p + q here, which sums to 2. Half-way between p and q lies (p + q) / 2."""
    m = p + q
    return np.sum(p * np.log(p / m) + q * np.log(q / m)) / 2


def jensen_shannon_with_half_of_q(p, q):
    """m is p + q / 2 here: division goes before addition. Half-way between p and q lies (p + q) / 2."""
    m = p + q / 2
    return np.sum(p * np.log(p / m) + q * np.log(q / m)) / 2


kl_terms_of = Exercise(
    kl_terms_of_answer,
    probes=PAIRS,
    mistakes=[
        kl_terms_of_upside_down,
        kl_terms_of_weighted_by_q,
        kl_terms_of_swapped,
        kl_terms_of_in_bits,
        kl_terms_of_unweighted,
        kl_terms_of_made_positive,
        kl_terms_of_summed,
    ],
    hints=[
        "An outcome surprises whoever believes q by -log q, and whoever knows p by -log p. What is the difference?",
        "-log q + log p is log(p / q). It counts as often as the outcome comes.",
        "Multiply np.log(p / q) by p.",
    ],
)

kl = Exercise(
    kl_answer,
    probes=PAIRS,
    mistakes=[
        kl_swapped,
        kl_negative,
        kl_weighted_by_q,
        kl_in_bits,
        kl_by_plain_mean,
        kl_of_absolute_shares,
        kl_without_entropy,
        kl_not_summed,
        kl_symmetric,
    ],
    hints=[
        "You have written the shares already.",
        "Add them up with np.sum.",
    ],
)

missing_entropy = Exercise(
    missing_entropy_answer,
    probes=[(p,) for p, _ in PAIRS[:3]] + [(np.array([0.25, 0.25, 0.25, 0.25]),)],
    mistakes=[
        missing_entropy_of_p_itself,
        missing_entropy_with_wrong_sign,
        missing_entropy_doubly_minus,
        missing_entropy_in_bits,
        missing_entropy_swapped,
        missing_entropy_as_ratio,
    ],
    hints=[
        "Every probability of u is 1/K, where K is the number of outcomes. What is p log(p / (1/K))?",
        "log(p K) = log p + log K, and the p sum to 1.",
        "K is len(p): the answer is np.log(len(p)) minus the entropy of p.",
    ],
)

kl_with_zeros = Exercise(
    kl_with_zeros_answer,
    probes=ZEROS,
    mistakes=[
        kl_with_zeros_nan,
        kl_with_zeros_finite,
        kl_with_zeros_swapped,
        kl_with_zeros_always_infinite,
    ],
    hints=[
        "Which zeros do no harm: those of p or those of q?",
        "Outcomes with p = 0 never come. Choose the others by possible = p > 0.",
        "p[possible] and q[possible] are what is left of both vectors. Where q is 0 there, NumPy gives infinity.",
    ],
)

kl_rows = Exercise(
    kl_rows_answer,
    probes=ROWS,
    mistakes=[
        kl_rows_total,
        kl_rows_mean_of_entries,
        kl_rows_by_columns,
        kl_rows_one_each,
        kl_rows_swapped,
        kl_rows_in_bits,
        kl_rows_negative,
        kl_rows_of_the_mean,
    ],
    hints=[
        "First one divergence for each row, then their mean.",
        "np.sum(shares, axis=1) adds up along each row.",
    ],
)

jensen_shannon = Exercise(
    jensen_shannon_answer,
    probes=PAIRS,
    mistakes=[
        jensen_shannon_sum,
        jensen_shannon_half_of_one,
        jensen_shannon_jeffreys,
        jensen_shannon_one_side,
        jensen_shannon_other_side,
        jensen_shannon_from_the_middle,
        jensen_shannon_in_bits,
        jensen_shannon_distance,
        jensen_shannon_with_m_unhalved,
        jensen_shannon_with_half_of_q,
    ],
    hints=[
        "Compute m = (p + q) / 2 first.",
        "D(p||m) is np.sum(p * np.log(p / m)). Write D(q||m) likewise.",
    ],
)
