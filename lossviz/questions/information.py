"""Questions on what a loss is, the warm-up, and on surprise and entropy."""

import math

from ..information import entropy, self_information
from .question import Choice, Prediction

__all__ = [
    "one_house",
    "batch_mean",
    "way_down",
    "three_heads",
    "entropy_peak",
    "biased_coin",
    "nats_or_bits",
    "twice_the_faces",
    "two_of_three",
    "shortest_code",
    "relabelled",
    "zero_entropy",
]

one_house = Choice(
    "A house sells for 2.5 million; the model said 3.0. What do we call the number that scores this prediction?",
    right="its loss",
    replies={
        "its loss": "In this course a loss belongs to one sample.",
        "the cost": "The cost belongs to many samples: it is the mean (or sum) of their losses.",
        "the gradient": "The gradient says how the cost changes with the weights; it is computed from the loss.",
    },
)

batch_mean = Choice(
    "What is the mean of the losses over a whole batch called?",
    right="the cost of the batch",
    replies={
        "the loss of each sample": "Each sample has a loss of its own; the mean puts them together.",
        "the cost of the batch": "Loss for one sample, cost for many. (Libraries often say loss for both.)",
        "the accuracy": "Accuracy counts right answers: it does not see how wrong the wrong ones are.",
    },
)

way_down = Choice(
    "Which way does gradient descent move the weights?",
    right="against the gradient of the cost",
    replies={
        "along the gradient of the cost": "The gradient points uphill: along it the cost grows fastest.",
        "against the gradient of the cost": "The gradient points uphill, so the step goes the other way.",
        "towards the sample with the largest loss": "No single sample sets the direction; the gradient does.",
    },
)

three_heads = Prediction(
    "Heads from a fair coin carries 1 bit of surprise. How much does a run of three heads carry?",
    answer=float(self_information(1 / 8, base=2)),
    limits=(0, 10),
    unit="bits",
    because="The probabilities multiply, 1/2 × 1/2 × 1/2 = 1/8, and the surprises add up: 1 + 1 + 1.",
)

entropy_peak = Prediction(
    "At which probability of heads is the entropy of a coin largest?",
    answer=0.5,
    limits=(0, 1),
    unit="",
    because="A fair coin is the hardest to predict; any bias makes the likelier side a better bet.",
)

_RARE, _COMMON = self_information([0.1, 0.9], base=2)

biased_coin = Prediction(
    "A coin falls heads 9 times in 10. A fair coin has an entropy of 1 bit. What has this one?",
    answer=float(entropy([0.9, 0.1], base=2)),
    limits=(0, 1),
    unit="bits",
    because=f"Tails carries {_RARE:.3f} bits and comes once in ten: {0.1 * _RARE:.3f}. Heads carries {_COMMON:.3f} "
    f"bits and comes nine times in ten: {0.9 * _COMMON:.3f}. The sum is the entropy.",
)

twice_the_faces = Prediction(
    "A fair die with 4 faces has 2 bits of entropy. What has a fair die with 8 faces?",
    answer=float(entropy([1 / 8] * 8, base=2)),
    limits=(0, 8),
    unit="bits",
    because="Twice as many equally likely outcomes need one more yes-or-no question, so one more bit.",
)

shortest_code = Prediction(
    "Four letters have probabilities 1/2, 1/4, 1/8 and 1/8. How many bits per letter does the best code need?",
    answer=float(entropy([1 / 2, 1 / 4, 1 / 8, 1 / 8], base=2)),
    limits=(0, 4),
    unit="bits",
    because="The code words 0, 10, 110 and 111 have lengths 1, 2, 3 and 3, each equal to the letter's surprise.",
)

two_of_three = Prediction(
    "Of three outcomes one never comes. What is the largest entropy that is left?",
    answer=float(entropy([0.5, 0.5, 0], base=2)),
    limits=(0, 2),
    unit="bits",
    because="Two outcomes are left, and they are most uncertain when equally likely: a fair coin.",
)

relabelled = Choice(
    "A lottery pays 0 or 10, each with probability 1/2. The 10 becomes 1000. What happens to the entropy?",
    right="It stays the same.",
    replies={
        "It grows a hundredfold.": "That is how the standard deviation answers. Entropy does not look at the values.",
        "It stays the same.": "Entropy depends on the probabilities alone: still 1 bit.",
        "It grows, but less than a hundredfold.": "As long as the prizes stay different, their size cannot change it.",
    },
)

zero_entropy = Choice(
    "When is an entropy 0?",
    right="when one outcome is certain",
    replies={
        "when all outcomes are equally likely": "Then it is largest: log K.",
        "when one outcome is certain": "Nothing is left to be surprised at.",
        "never, if there are two outcomes or more": "With probabilities 1 and 0 it is 0: what never comes adds 0.",
    },
)

_NATS = entropy([0.7, 0.2, 0.1])
_BITS = entropy([0.7, 0.2, 0.1], base=2)

nats_or_bits = Choice(
    f"A distribution has an entropy of {_NATS:.4f} nats. What changes when it is given in bits?",
    right=f"The number grows to {_BITS:.4f}.",
    replies={
        f"The number grows to {_BITS:.4f}.": "A bit is smaller than a nat, so more of them are needed.",
        f"The number falls to {_NATS * math.log(2):.4f}.": "A bit is smaller than a nat: divide by log 2.",
        "Nothing: entropy has no unit.": "The base of the logarithm sets the unit; without it the number says little.",
    },
)
