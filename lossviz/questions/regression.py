"""Questions on the losses of regression."""

import numpy as np

from ..regression import huber
from .question import Choice, Prediction

__all__ = [
    "flat_far_out",
    "sum_over_a_batch",
    "softmax_slope",
    "three_outputs",
    "huber_far_out",
    "mean_follows",
    "jump_of_the_median",
    "late_or_early",
    "all_pairs",
    "half_the_loss",
    "far_but_weak",
    "median_of_four",
    "tiny_delta",
    "huber_between_them",
    "noise_with_spikes",
]

flat_far_out = Choice(
    "Squared error through a sigmoid: why does a confident wrong answer hardly move the weights?",
    right="The sigmoid is flat there, and its slope is a factor of the gradient.",
    replies={
        "The loss of a wrong answer is small there.": "The loss is near 1, and it cannot exceed 1. It is "
        "the slope over the logit that is near 0.",
        "The sigmoid is flat there, and its slope is a factor of the gradient.": "So the gradient is near 0 "
        "although the error is large. In this lesson no sigmoid stands before the loss.",
        "The squared error has no slope far from the truth.": "Over its own prediction it has a large one, "
        "twice the "
        "error. The sigmoid before it makes the product small.",
    },
)

sum_over_a_batch = Choice(
    "A cost is summed over the batch instead of averaged, and the batch has 32 samples. What happens to the gradient?",
    right="It is 32 times as long.",
    replies={
        "It stays the same: the minimiser is the same.": "The minimiser is, but a sum of 32 losses has 32 "
        "times the slope.",
        "It is 32 times as long.": "A constant factor of the cost is a factor of its gradient.",
        "It points another way.": "A positive factor changes the length of a vector and not its direction.",
    },
)

softmax_slope = Choice(
    "Softmax, then cross-entropy: what is the gradient with respect to the logits?",
    right="predicted probabilities minus labels",
    replies={
        "labels divided by predicted probabilities": "Up to the sign that is the gradient with respect to the "
        "probabilities. The softmax brings it into a simpler form.",
        "predicted probabilities minus labels": "A plain difference, as half the squared error has it in this lesson.",
        "minus the logarithm of the probability of the true class": "That is the loss itself.",
    },
)

three_outputs = Prediction(
    "Each sample has 3 outputs. One program sums the squares over the outputs and averages over the samples; "
    "another "
    "averages over all entries. How many times as large is the first result?",
    answer=3.0,
    limits=(0, 20),
    unit="",
    because="Both add up the same squares. The first divides by the number of samples, the second by three times that.",
)

huber_far_out = Prediction(
    "The Huber loss with delta = 2 is r²/2 up to |r| = 2 and goes on as a straight line, without a bend. What "
    "is it at "
    "r = 5?",
    answer=float(huber(0.0, 5.0, delta=2)),
    limits=(0, 30),
    unit="",
    because="At 2 the parabola has the value 2 and the slope 2. Three further steps of 1 add 2 each: 2 + 3 × 2.",
)

mean_follows = Prediction(
    "One of ten readings is mistyped and comes out 30 too high. How far does the mean move?",
    answer=float(np.mean([30] + [0] * 9)),
    limits=(0, 30),
    unit="",
    because="A tenth of the way: in a mean each of ten values has the weight 1/10, and no value is too far to count.",
)

jump_of_the_median = Prediction(
    "Five readings, the mean absolute error, descent with the rate 0.5. Close to the median, with two "
    "readings on one "
    "side of w and three on the other, how long is a step?",
    answer=0.5 * (3 - 2) / 5,
    limits=(0, 2),
    unit="",
    because="Three slopes against two leave 1, the mean divides it by 5, and the rate halves it. The distance "
    "from the median does not enter: so between two readings the steps do not get shorter.",
)

late_or_early = Prediction(
    "A minute late costs 3, a minute early costs 1. When the best promised time is up, which share of many "
    "deliveries has come?",
    answer=0.75,
    limits=(0, 1),
    unit="",
    because="A minute more saves 3 for each that is late and costs 1 for each of the others. It pays as long as "
    "3 × (share late) > share in time: up to three quarters in time.",
)

all_pairs = Prediction(
    "y has shape (50,) and the prediction has shape (50, 1). How many numbers are in y − prediction?",
    answer=float((np.zeros(50) - np.zeros((50, 1))).size),
    limits=(0, 5000),
    unit="",
    because="NumPy stretches both to (50, 50): every truth is compared with every prediction.",
)

half_the_loss = Choice(
    "Gradient descent on the squared error. Somebody puts a factor ½ before it and keeps the learning rate. What "
    "changes?",
    right="From the same place, a step is half as long.",
    replies={
        "The minimiser is at half its value.": "The cost is halved, not its argument: the lowest point stays "
        "where it is.",
        "Nothing, a constant factor drops out.": "It drops out of the condition for the minimum, slope = 0, "
        "but not of a "
        "step, rate × slope.",
        "From the same place, a step is half as long.": "The slope is halved everywhere, and with it rate × slope. "
        "Twice the rate brings back the same steps.",
    },
)

far_but_weak = Choice(
    "Under the mean absolute error one point has by far the largest loss. How hard does it pull on a constant "
    "prediction?",
    right="as hard as every other point off the prediction",
    replies={
        "harder than any other, because its loss is the largest": "The pull is the slope of the loss, not its "
        "height, and "
        "the slope of |r| is 1 at 2 as at 200.",
        "as hard as every other point off the prediction": "Its loss is large, its slope is 1 like all others.",
        "not at all, because it is an outlier": "It still pulls with its slope of 1. No convex loss with its "
        "only minimum at 0 lets go of a point far away.",
    },
)

median_of_four = Choice(
    "Which constants have the least mean absolute error for the values 1, 2, 6 and 9?",
    right="every number from 2 to 6",
    replies={
        "4 only, the median": "4 is the usual convention, but its cost is not lower than that of 2, 3 or 6.",
        "4.5 only, the mean": "The mean is best for the squared error. Its mean absolute error here is least too, but "
        "that of 3 is the same.",
        "every number from 2 to 6": "Between 2 and 6 two values pull up and two pull down: the cost is level.",
    },
)

tiny_delta = Choice(
    "What happens to the Huber cost and to its minimiser as delta goes to 0?",
    right="The cost goes to 0, the minimiser to a median.",
    replies={
        "The cost goes to the mean absolute error.": "That would need a slope of 1 far out. Huber's is "
        "delta there, and goes to 0.",
        "The cost goes to 0, and any number becomes a minimiser.": "For every positive delta the cost still "
        "has its own "
        "lowest places, however shallow.",
        "The cost goes to 0, the minimiser to a median.": "It is about delta times the absolute error: low, "
        "but of the "
        "same shape.",
    },
)

huber_between_them = Choice(
    "What is true of the minimiser of the Huber cost, for every delta and all values?",
    right="It is not further than delta from a median.",
    replies={
        "It lies between the median and the mean.": "Often, but not always: for 0, 0, 4, 6 and 10 both are 4, and with "
        "delta = 4 the minimiser is 3.5.",
        "It is not further than delta from a median.": "Otherwise more than half of the values would pull back with "
        "full strength.",
        "Nothing: an outlier can carry it anywhere.": "An outlier pulls with at most delta, as hard as any other value "
        "beyond the threshold.",
    },
)

noise_with_spikes = Choice(
    "A sensor has Gaussian noise, and now and then a spike of any size and either sign. Which loss was made for that?",
    right="Huber",
    replies={
        "squared error": "It belongs to Gaussian noise without spikes. The larger a spike, the further it moves "
        "the mean, without bound.",
        "absolute error": "It withstands the spikes, but uses the Gaussian readings badly: of these alone, if there "
        "are many, the median needs about π/2 times as many as the mean for the same variance.",
        "Huber": "Huber (1964) found it for Gaussian noise of which a part is replaced by any symmetric noise.",
    },
)
