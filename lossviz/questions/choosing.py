"""Questions on choosing a loss, the warm-up, and the quiz over all lessons."""

import numpy as np

from ..information import entropy
from .question import Choice, Prediction

__all__ = [
    "still_steep",
    "which_scores",
    "best_constants",
    "spiky_sensor",
    "charged_car",
    "part_in_time",
    "all_healthy",
    "alarm_level",
    "rare_illness",
    "weighted_risk",
    "unlikely_label",
    "even_letters",
    "which_judge",
    "penalty_added",
    "largest_entropy",
    "zero_given",
    "what_is_left",
    "logits_shifted",
    "brier_truth",
    "shrinking_delta",
    "moved_outlier",
    "same_story",
]

still_steep = Choice(
    "The label is 1, and a model with a sigmoid is sure of 0: its logit is −8. Which loss is steep in the logit there?",
    right="cross-entropy",
    replies={
        "squared error": "Its slope contains the slope of the sigmoid, which is nearly 0 at −8.",
        "cross-entropy": "Its slope is the probability minus the label, here nearly −1.",
        "neither of the two": "Only squared error goes flat. Cross-entropy gives back what the sigmoid takes away.",
    },
)

which_scores = Choice(
    "A library's cross-entropy says that it wants logits. What do you give it?",
    right="the scores before the softmax",
    replies={
        "the probabilities after the softmax": "Then softmax is taken twice, and the loss cannot come near 0.",
        "the label with the largest score": "A label has no slope: descent could not learn from it.",
        "the scores before the softmax": "The loss takes the softmax itself, in a form that does not overflow.",
    },
)

best_constants = Choice(
    "Which constants have the least mean absolute error for the values 1, 2, 7 and 10?",
    right="every number from 2 to 7",
    replies={
        "every number from 2 to 7": "Between the two middle values the pulls from both sides balance.",
        "only 4.5, half-way from 2 to 7": "It is one of them. A step aside brings two values nearer and two farther.",
        "only 5, the mean": "5 has the least squared error. For absolute errors it is one among many.",
    },
)

spiky_sensor = Choice(
    "A sensor is right up to small noise, but some readings are false and far too high. The line shall show the true "
    "temperature. Which loss do you take?",
    right="Huber loss or absolute error",
    replies={
        "squared error": "A reading that is 20 degrees off pulls 20 times as hard as one that is 1 degree off.",
        "Huber loss or absolute error": "A false reading pulls no harder than a bounded amount, however false it is.",
        "0.9-quantile loss": "Only about a tenth of the readings lie above it: if more are false, it runs up to them.",
    },
)

charged_car = Choice(
    "The same numbers are now kWh per day, and the high days are those on which a car is charged. The forecasts shall "
    "be right in their total. Which loss do you take?",
    right="squared error",
    replies={
        "Huber loss or absolute error": "They nearly ignore the car. But its energy is used, and it has to be bought.",
        "0.9-quantile loss": "About nine days in ten stay below it: a good reserve, but too high as a total.",
        "squared error": "It aims at the mean, and a total is the number of days times the mean.",
    },
)

part_in_time = Prediction(
    "One promise is made for very many orders. It costs 3 for every minute by which an order is late, and 1 for every "
    "minute by which it is early. Which part of the orders is in time if the promise is the cheapest?",
    answer=0.75,
    limits=(0, 1),
    unit="",
    because="A moment more saves 3 a minute for each late order, and costs 1 a minute for each of the others. At the "
    "cheapest promise both sides balance: three times as many are in time as late.",
)

all_healthy = Prediction(
    "Of 100 people 5 are ill. A program calls everyone healthy. What is its accuracy?",
    answer=1 - 0.05,
    limits=(0, 1),
    unit="",
    because="It is right about 95 of 100, and it finds nobody who is ill.",
)

alarm_level = Prediction(
    "A missed illness costs 20, a false alarm costs 1. Above which probability of illness is the alarm cheaper?",
    answer=1 / 21,
    limits=(0, 1),
    unit="",
    because="Silence costs 20 p on average, an alarm 1 − p. They are equal at p = 1/21; above it silence is dearer.",
)

rare_illness = Choice(
    "Few people are ill, and a miss costs 20 times as much as a false alarm. What is the best plan?",
    right="learn the probabilities, then put the threshold where the costs balance",
    replies={
        "choose the model with the highest accuracy": "Calling everyone healthy is hard to beat in accuracy, and "
        "misses everyone who is ill.",
        "learn the probabilities, then put the threshold where the costs balance": "Cross-entropy aims at the "
        "probabilities, and the costs set the threshold.",
        "learn the probabilities, then give the alarm where illness is likelier than not": "That is the threshold 1/2, "
        "which is best only if both errors cost the same.",
    },
)

weighted_risk = Prediction(
    "A group has a risk of 0.05. The ill are counted 20 times in the cross-entropy. Which probability has the least "
    "weighted loss for that group?",
    answer=20 * 0.05 / (20 * 0.05 + 0.95),
    limits=(0, 1),
    unit="",
    because="With these counts 5 ill people weigh 100 and 95 healthy ones weigh 95: 100 / 195. It is no risk any more.",
)

unlikely_label = Choice(
    "A model gives a label nearly the probability 0, and the label is wrong. Which loss hardly pulls towards it?",
    right="1 minus the probability of the label",
    replies={
        "cross-entropy": "Its pull on the label's logit is 1 minus the probability of the label: nearly 1.",
        "1 minus the probability of the label": "Its slope is that of cross-entropy times this probability.",
        "cross-entropy with label smoothing": "The target of the label is below 1, but far from 0: it pulls hard.",
    },
)

even_letters = Prediction(
    "A model holds all 27 letters to be equally likely. What is its perplexity?",
    answer=float(np.exp(entropy(np.full(27, 1 / 27)))),
    limits=(0, 100),
    unit="",
    because="Every letter has the loss log 27, whatever comes, and the exponential of that is 27.",
)

which_judge = Choice(
    "Two lines are fitted with different losses. Which number says which line serves you better?",
    right="what their errors cost you, on data not used to fit",
    replies={
        "the smaller of their two training losses": "These are different losses, perhaps in different units.",
        "what their errors cost you, on data not used to fit": "One judge for both, the one that you pay, on new data.",
        "the squared error on data not used to fit": "New data are right. But do you pay for the square of an error?",
    },
)

penalty_added = Choice(
    "A penalty on large weights is added to the cost, and the sum is minimised. What is the sum called?",
    right="the objective",
    replies={
        "the loss": "A loss belongs to one sample.",
        "the objective": "Whatever is optimised is the objective. Its minimum need not be that of the cost.",
        "the gradient": "The gradient says how the sum changes with the weights.",
    },
)

_NEARLY_CERTAIN = entropy([0.99] + [0.01 / 9] * 9, base=2)

largest_entropy = Choice(
    "Which of these has the largest entropy?",
    right="a fair die with four faces",
    replies={
        "a fair coin": "It has 1 bit.",
        "ten outcomes, of which one has probability 0.99": f"The ceiling is high, the entropy is not: at most "
        f"{_NEARLY_CERTAIN:.4f} bits.",
        "a fair die with four faces": "It has 2 bits: two yes-or-no questions.",
    },
)

zero_given = Choice(
    "A model q gives probability 0 to an outcome that p does not exclude. What is D(p||q)?",
    right="infinite",
    replies={
        "infinite": "No finite surprise is enough for what was called impossible.",
        "unchanged, since 0 log 0 counts as 0": "That is for zeros of p. Here p is positive and q is 0.",
        "large, but finite": "It grows beyond every bound as q goes to 0. Only another q, clipped or mixed with even "
        "chances, makes it finite.",
    },
)

what_is_left = Choice(
    "A classifier gives the true probabilities, and its expected cross-entropy is still not 0. What is left?",
    right="the entropy of the labels, given the input",
    replies={
        "the KL divergence": "It is 0 exactly when the probabilities are the true ones.",
        "the entropy of the labels, given the input": "It is the floor: uncertain labels surprise even the truth.",
        "an error of the optimisation": "No other probabilities have a smaller expected cross-entropy.",
    },
)

logits_shifted = Choice(
    "All logits of a sample grow by 5. What happens to its softmax cross-entropy?",
    right="Nothing.",
    replies={
        "It grows by 5.": "The logit of the label grows by 5, but so does the log-sum-exp that it is subtracted from.",
        "It falls: the model is surer.": "Surer would be a larger difference between the logits.",
        "Nothing.": "Softmax sees only the differences between logits.",
    },
)

brier_truth = Choice(
    "What is true of the squared error of a sigmoid's probability?",
    right="It is proper, but its slope in the logit can vanish.",
    replies={
        "Its expected value is not lowest at the true probability.": "It is: as the Brier score it is proper.",
        "It is convex in the logit.": "It stays below 1 for every logit; a convex curve that is not constant "
        "grows beyond every bound.",
        "It is proper, but its slope in the logit can vanish.": "Good for judging, slow to learn from if surely wrong.",
    },
)

shrinking_delta = Choice(
    "The threshold delta of the Huber loss goes to 0. What happens?",
    right="The loss goes to 0, and the best constant goes to a median.",
    replies={
        "The loss becomes the absolute error.": "Only after division by delta, which is what smooth L1 does.",
        "The loss goes to 0, and the best constant goes to a median.": "The loss is about delta times the absolute "
        "error: a small factor does not move a minimum.",
        "The loss becomes half the squared error.": "That happens when delta is large.",
    },
)

moved_outlier = Choice(
    "The largest of eleven values goes from 100 to 1000; all others lie between 0 and 10. Which best constant moves?",
    right="that of the squared error",
    replies={
        "that of the absolute error": "The median has as many values on each side as before.",
        "that of the Huber loss with delta 1": "The outlier pulls with delta before and after.",
        "that of the squared error": "The mean rises by 900 / 11. The pull of a point grows with its error.",
    },
)

same_story = Choice(
    "May two people with the very same data need different losses?",
    right="Yes: a loss says what errors cost, and the data do not know that.",
    replies={
        "No: the data decide which loss is right.": "The data show the noise. What an error costs is not in them.",
        "No: the best loss is the one with the least value.": "Values of different losses cannot be compared.",
        "Yes: a loss says what errors cost, and the data do not know that.": "So ask for the decision first.",
    },
)
