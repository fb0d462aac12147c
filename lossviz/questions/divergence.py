"""Questions on surprise and entropy, the warm-up, and on the KL divergence."""

import numpy as np

from ..information import entropy, kl_divergence
from .question import Choice, Prediction

__all__ = [
    "both_surprises",
    "weights_of_the_mean",
    "most_uncertain",
    "uniform_letters",
    "certain_of_four",
    "swapped_coins",
    "twice_as_wrong",
    "rarer_epsilon",
    "mean_of_the_cover",
    "one_bump_only",
    "negative_share",
    "infinite_when",
    "negative_total",
    "detour",
    "who_pays_for_the_gap",
    "named_backwards",
]

both_surprises = Choice(
    "Two independent outcomes carry 1 bit and 3 bits of surprise. How much do both together carry?",
    right="4 bits",
    replies={
        "2 bits": "That is the mean. Surprises of independent outcomes add up, because their probabilities multiply.",
        "3 bits": "That is the product, or the larger one. The probabilities multiply, so the surprises add up.",
        "4 bits": "1/2 × 1/8 = 1/16, and −log₂(1/16) is 4.",
    },
)

weights_of_the_mean = Choice(
    "Entropy is a mean of surprises. What are the weights in this mean?",
    right="the probabilities of the outcomes",
    replies={
        "all the same, 1/K for K outcomes": "That would count a rare outcome as often as a common one.",
        "the probabilities of the outcomes": "Each surprise counts as often as its outcome comes.",
        "the values of the outcomes": "Entropy does not look at values; the outcomes may be words or pictures.",
    },
)

_FOUR = {"certain": [1, 0, 0, 0], "two": [0.5, 0.5, 0, 0], "skewed": [0.7, 0.1, 0.1, 0.1]}

most_uncertain = Choice(
    "Which of these three distributions over four outcomes has the largest entropy?",
    right="0.7, 0.1, 0.1, 0.1",
    replies={
        "1, 0, 0, 0": "One outcome is certain: its entropy is 0, the smallest there is.",
        "0.5, 0.5, 0, 0": f"It has {entropy(_FOUR['two'], base=2):.4g} bit, and the lopsided one has more.",
        "0.7, 0.1, 0.1, 0.1": f"It has {entropy(_FOUR['skewed'], base=2):.4g} bits, more than the fair coin's 1 bit.",
    },
)

uniform_letters = Prediction(
    "Four equally likely letters need 2 bits each. They are written with the code 0, 10, 110, 111. How many bits per "
    "letter does that waste on average?",
    answer=float(kl_divergence([1 / 4] * 4, [1 / 2, 1 / 4, 1 / 8, 1 / 8], base=2)),
    limits=(0, 2),
    unit="bits",
    because="The mean length is (1 + 2 + 3 + 3) / 4 = 2.25 bits: one letter saves a bit, two waste one each.",
)

certain_of_four = Prediction(
    "You believe that four outcomes are equally likely. In truth the first one always comes. What is D(p||q)?",
    answer=float(kl_divergence([1, 0, 0, 0], [1 / 4] * 4, base=2)),
    limits=(0, 8),
    unit="bits",
    because="It surprises you by log₂ 4 = 2 bits each time. Whoever knows p is never surprised, so all of it is extra.",
)

_COINS = [0.5, 0.5], [0.99, 0.01]

swapped_coins = Prediction(
    f"One coin is fair, the other falls heads 99 times in 100. To believe the second when the first is thrown costs "
    f"{kl_divergence(*_COINS):.3f} nats. What does it cost to believe the first when the second is thrown?",
    answer=float(kl_divergence(_COINS[1], _COINS[0])),
    limits=(0, 4),
    unit="nats",
    because="Whoever believes the coin fair is surprised by log 2 = 0.693 nats at every throw, and no more than that "
    "can be extra. The other way round half of the throws are tails, which you thought came once in 100.",
)

twice_as_wrong = Prediction(
    "A coin is fair. Believing 0.51 instead of 0.5 costs a little. How many times as much does believing 0.52 cost?",
    answer=float(kl_divergence([0.5, 0.5], [0.52, 0.48]) / kl_divergence([0.5, 0.5], [0.51, 0.49])),
    limits=(1, 10),
    unit="times",
    because="Near p the divergence is flat and curved like a parabola: twice the error costs about four times as much.",
)


def _with_epsilon(epsilon):
    """The divergence of a fair coin from one that is certain but for epsilon."""
    return float(kl_divergence([0.5, 0.5], [1 - epsilon, epsilon]))


rarer_epsilon = Prediction(
    f"A model rules tails out, and the coin is fair. Somebody puts 1e-6 in the place of the 0 and gets "
    f"{_with_epsilon(1e-6):.2f} nats. What comes with 1e-12?",
    answer=_with_epsilon(1e-12),
    limits=(0, 40),
    unit="nats",
    because="Tails comes half the time, so each factor of a million adds half of log(1 000 000), 6.91 nats. The value "
    "is made by the epsilon; without it, it is infinite.",
)

_BUMP_WEIGHTS, _BUMP_CENTRES = np.array([0.6, 0.4]), np.array([-2.0, 2.0])

mean_of_the_cover = Prediction(
    "p is made of two narrow bumps: 0.6 of it has the mean −2 and 0.4 of it the mean 2. What is the mean of the "
    "Gaussian with the least D(p||q)?",
    answer=float(_BUMP_WEIGHTS @ _BUMP_CENTRES),
    limits=(-4, 4),
    unit="",
    because="It is the mean of p: 0.6 × (−2) + 0.4 × 2. Hardly anything of p lies there, but what is minimised is the "
    "mean surprise at all that p sends, from both sides.",
)

one_bump_only = Prediction(
    "Two bumps lie so far apart that they share nothing. p gives the left one 0.6; q is the left one alone. "
    "What is D(q||p)?",
    answer=float(kl_divergence([1, 0], _BUMP_WEIGHTS)),
    limits=(0, 2),
    unit="nats",
    because="Wherever q lies, it is 1/0.6 times as dense as p, so the log ratio is log(1/0.6) throughout. To miss the "
    "right bump costs nothing more: q never goes there.",
)

negative_share = Choice(
    "The share of an outcome, p log(p/q), is negative. What does that say?",
    right="q gives this outcome more than p does.",
    replies={
        "There is a mistake, for D cannot be negative.": "D is the sum of all shares. Only the sum cannot be negative.",
        "q gives this outcome more than p does.": "It surprises you less than if you knew p. Others pay for that.",
        "q gives this outcome less than p does.": "Then p/q is above 1, so its logarithm and the share are positive.",
    },
)

infinite_when = Choice(
    "When is D(p||q) infinite, for finitely many outcomes?",
    right="if some outcome has q = 0 and p > 0",
    replies={
        "if some outcome has p = 0 and q > 0": "That one never comes. Its share is 0: 0 log 0 counts as 0.",
        "if p or q has a 0 anywhere": "A 0 of p does no harm, and a 0 of q none where p is 0 too.",
        "if some outcome has q = 0 and p > 0": "It comes, and whoever believes q holds it for impossible.",
    },
)

negative_total = Choice(
    "A program sums p log(p/q) over all outcomes, correctly, and prints −0.17. What do you look at first?",
    right="whether p and q sum to 1",
    replies={
        "nothing, for small negative values are normal": "Rounding may give −10⁻¹⁶, but not −0.17.",
        "whether abs() was forgotten around it": "abs() makes a wrong number look right, and hides the cause.",
        "whether p and q sum to 1": "It is never negative for two distributions, but can be if q sums to more than p.",
    },
)

detour = Choice(
    "Why is D(p||q) not called the distance from p to q?",
    right="Order matters, and a detour can be shorter.",
    replies={
        "Order matters, and a detour can be shorter.": "It is not symmetric, and D(p||r) + D(r||q) can be below "
        "D(p||q).",
        "It can be negative, and no distance can.": "It cannot: D is at least 0, and 0 only for q = p.",
        "It has a unit, nats or bits, as no distance does.": "Distances have units too: metres, for one.",
    },
)

who_pays_for_the_gap = Choice(
    "p has two equal bumps far apart. q is one of them alone, nearly 0 at the other. Which divergence is the larger?",
    right="D(p||q)",
    replies={
        "D(p||q)": "Its outcomes are drawn from p, and often come where q has next to nothing.",
        "D(q||p)": "Its outcomes are drawn from q, which never goes to the bump it misses.",
        "Both are equal.": "They are equal only by chance: each draws from another distribution.",
    },
)

named_backwards = Choice(
    "A loss is documented as kl(input, target), the target being the truth. Which call gives D(p||q), with truth p?",
    right="kl(q, p)",
    replies={
        "kl(p, q)": "By symbol order one would think so. But the first argument is the model's, and that is q.",
        "kl(q, p)": "The model comes first here and second in the symbol. Read the names, not the order.",
        "either, as D is symmetric": "It is not: the two directions differ, except by chance.",
    },
)
