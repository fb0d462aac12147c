"""Questions on what a loss is: loss, cost, objective, and the way down."""

import math

import numpy as np

from ..regression import squared_error
from .question import Choice, Prediction

__all__ = [
    "slope_of_square",
    "log_below_one",
    "three_times_the_error",
    "best_weight",
    "zero_cost",
    "first_step",
    "one_jump",
    "longest_step",
    "overshoot",
    "tenfold_cost",
    "penalty_minimum",
    "penalty_price",
    "one_in_ten",
    "mistakes_counted",
]

_AREA, _PRICE = np.array([0.5, 0.5, 1.0, 1.5, 2.5]), np.array([1.5, 0.7, 1.5, 3.6, 4.8])
_BEST = float(_AREA @ _PRICE / (_AREA @ _AREA))
_CURVATURE = float(2 * np.mean(_AREA**2))

slope_of_square = Choice(
    "What is the slope (the derivative) of the function x² at x = 3?",
    right="6",
    replies={
        "9": "9 is the height of the curve there. The slope of x² is 2x.",
        "6": "The derivative of x² is 2x: the further from 0, the steeper.",
        "2": "2 is how fast the slope itself grows. The slope is 2x, which depends on where you are.",
    },
)

log_below_one = Choice(
    "A probability p is above 0 and at most 1. What can be said of log p?",
    right="It is never positive.",
    replies={
        "It lies between 0 and 1, too.": "log 1 = 0 is the most it reaches; as p goes to 0 it falls without end.",
        "It is never positive.": "It is 0 at p = 1 and negative below. So minus log p is never negative.",
        "It is never negative.": "Only numbers above 1 have a positive logarithm: log 1 = 0.",
    },
)

three_times_the_error = Prediction(
    "Under squared error, a prediction that is 0.5 too low costs 0.25. What does one cost that is 1.5 too low?",
    answer=float(squared_error(2.0, 0.5)),
    limits=(0, 5),
    unit="",
    because="Three times the error costs nine times as much: 9 × 0.25, or 1.5 squared.",
)

best_weight = Prediction(
    "The model says price = w × area for the five homes. At which w is the cost smallest?",
    answer=_BEST,
    limits=(0, 5),
    unit="",
    because="At w = 2 the predictions are 1, 1, 2, 3 and 5 million, some too low and some too high. Put "
    "together, the five squares make the cost 2 (w − 2)² + 0.198.",
)

zero_cost = Choice(
    "Two of the five homes have the same area but different prices. Can any w bring the cost to 0?",
    right="No, with no w at all.",
    replies={
        "Yes, with the best w.": "The best w has the smallest cost there is, and that need not be 0. The model gives "
        "two homes of one area the same price.",
        "Yes, if w has enough decimals.": "Decimals are not what is missing: even the best w is not perfect, as "
        "the model gives two homes of one area the same price.",
        "No, with no w at all.": "The model gives both homes the same price, so at least one of the losses is "
        "positive, and so is the mean.",
    },
)

first_step = Prediction(
    "At w = 0.5 the slope of the cost is −6. The learning rate is 0.1. What is w after one step?",
    answer=0.5 - 0.1 * -6,
    limits=(-2, 4),
    unit="",
    because="The step goes against the slope: 0.5 − 0.1 × (−6) = 0.5 + 0.6.",
)

one_jump = Prediction(
    "The slope of this cost is 4 (w − 2). Which learning rate brings every w to the minimum in a single step?",
    answer=1 / _CURVATURE,
    limits=(0, 1),
    unit="",
    because="A step multiplies w − 2 by 1 − 4 × rate. That is 0 if the rate is 1/4.",
)

longest_step = Prediction(
    "For which learning rate does w neither come nearer to 2 nor go further away, but only change sides?",
    answer=2 / _CURVATURE,
    limits=(0.1, 1),
    unit="",
    because="The factor 1 − 4 × rate must be −1: the distance stays as it is and the side changes.",
)

overshoot = Choice(
    "On our parabola, a step of gradient descent jumps across the minimum. What follows?",
    right="It converges if that step landed nearer to it.",
    replies={
        "The learning rate is too large: it diverges.": "Crossing the minimum is not yet divergence. What counts is "
        "whether the landing is nearer to the minimum than the start.",
        "The next step leads further away from it.": "Only if this step did, too. The slope has the other sign on the "
        "other side, so the next step turns back; whether it ends nearer depends on how far it jumps.",
        "It converges if that step landed nearer to it.": "On a parabola every step multiplies the distance from the "
        "minimum by one and the same factor, here below 1. So the distance goes to 0. You are about to see why.",
    },
)

tenfold_cost = Choice(
    "The cost is multiplied by 10 and the learning rate is kept. What happens to gradient descent?",
    right="From the same w, a step is ten times as long.",
    replies={
        "Nothing, for the minimum is where it was.": "The minimum stays, but the slope has grown tenfold, and with it "
        "the length of a step.",
        "It now leads to ten times the weight.": "The curve is stretched upwards, not sideways: the minimum stays.",
        "From the same w, a step is ten times as long.": "The slope is ten times as steep, so a rate that was fine may "
        "now diverge. Divide the rate by 10 and all is as before.",
    },
)

penalty_minimum = Prediction(
    "The cost 2 (w − 2)² + 0.198 gets a penalty of 2 w². At which w is the sum of both smallest?",
    answer=_BEST * _CURVATURE / (_CURVATURE + 2 * 2),
    limits=(0, 5),
    unit="",
    because="The slopes cancel where 4 (w − 2) + 4 w = 0. Both curves are equally bent, so the minimum is half-way "
    "between theirs, 2 and 0.",
)

penalty_price = Choice(
    "You minimise cost + penalty. How does the cost at the weight you get compare with the smallest cost there is?",
    right="It is never below, and as a rule above.",
    replies={
        "It is below, thanks to the penalty.": "No weight has a cost below the smallest one. The penalty pulls w "
        "away from where that is reached.",
        "It is the same: only the penalty changed.": "The minimum of a sum is, as a rule, at neither term's own "
        "minimum: some cost is traded for some penalty.",
        "It is never below, and as a rule above.": "The data are fitted no better than before, and as a rule less "
        "well: that is the price of a smaller weight.",
    },
)

one_in_ten = Prediction(
    "A picture shows a cat, and the model gave the class cat the probability 1/10. What is its loss, −log p?",
    answer=-math.log(1 / 10),
    limits=(0, 10),
    unit="nats",
    because="−log(1/10) = log 10. With probability 1/100 it would be twice that.",
)

mistakes_counted = Choice(
    "Why do we not descend on the number of wrong answers itself?",
    right="Its slope is 0 almost everywhere.",
    replies={
        "It is too slow to compute.": "Counting is fast. What it lacks is a hint which way to move.",
        "Its slope is 0 almost everywhere.": "A tiny change of w rarely changes an answer, so the count stays the same "
        "and gives no direction.",
        "It has no smallest value.": "It has one: the count is a whole number and never below 0. What it lacks is a "
        "slope that shows the way.",
    },
)
