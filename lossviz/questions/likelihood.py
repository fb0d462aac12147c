"""Questions on cross-entropy and likelihood."""

import numpy as np

from ..classification import categorical_cross_entropy
from ..information import entropy, self_information
from .question import Choice, Prediction

__all__ = [
    "recall_entropy_meaning",
    "recall_price_of_belief",
    "recall_impossible_belief",
    "floor_of_fair_coin",
    "fixed_part",
    "other_classes_move",
    "ten_times_surer",
    "soft_label_best",
    "doubled_batch",
    "sum_and_mean_axes",
    "model_1_cost",
    "equal_accuracy",
    "seven_heads",
    "forecast_by_absolute_error",
    "loss_never_zero",
]

recall_entropy_meaning = Choice(
    "A distribution has an entropy of 1.5 bits. What does this number measure?",
    right="the mean surprise of its outcomes",
    replies={
        "the surprise of its likeliest outcome": "That is at most as large as the mean: the likeliest surprises least.",
        "the mean surprise of its outcomes": "Each outcome counts with its probability: the sum of −p log p.",
        "the number of different outcomes": "The number K sets the ceiling, log K; the probabilities decide the rest.",
    },
)

recall_price_of_belief = Choice(
    "D(p||q) is 0.3 bits. What does that say?",
    right="Who believes q while p is true pays 0.3 bits extra on average.",
    replies={
        "Who believes q while p is true pays 0.3 bits extra on average.": "On top of the entropy of p, which "
        "everybody pays.",
        "Who believes p while q is true pays 0.3 bits extra on average.": "That is D(q||p): the true one "
        "comes first, and the two directions differ in general.",
        "Who believes q while p is true pays 0.3 bits in all.": "The divergence is the extra part. The mean surprise "
        "in all is the entropy of p plus this.",
    },
)

recall_impossible_belief = Choice(
    "A model gives probability 0 to an outcome that truly comes one time in ten. What is D(p||q)?",
    right="infinite",
    replies={
        "0.1, the probability it missed": "The share of that outcome is 0.1 times log(0.1 / 0), and the logarithm is "
        "infinite.",
        "at most log 10, about 2.3 nats": "The surprise is judged by the model's probability, which is 0, and not by "
        "the true 1/10.",
        "infinite": "One infinite surprise, one time in ten, has an infinite mean.",
    },
)

floor_of_fair_coin = Prediction(
    "A fair coin is tossed. How small can the mean surprise of a believer be?",
    answer=float(entropy([0.5, 0.5], base=2)),
    limits=(0, 3),
    unit="bits",
    because="The best belief is 1/2, and it is surprised by 1 bit at every toss. To know the coin does not make it any "
    "less random.",
)

fixed_part = Choice(
    "During training the model's prediction a changes and the label y stays. Which of these numbers cannot change?",
    right="H(y), the entropy of the label",
    replies={
        "H(a), the entropy of the prediction": "It changes with the prediction: one that gets sharper loses entropy.",
        "H(y), the entropy of the label": "It is computed from the label alone. It is 0 if the label is one-hot.",
        "D(y||a), the divergence of the two": "This is exactly the part that training is to make smaller.",
        "none of them, as training changes all": "Training changes the prediction, and one of the three does not "
        "contain it.",
    },
)

other_classes_move = Prediction(
    "It is a dog, and dog has probability 0.4. The model moves 0.2 from pig to cat. By how much does the loss change?",
    answer=float(np.subtract(*categorical_cross_entropy([1, 1], [[0.4, 0.4, 0.2], [0.2, 0.4, 0.4]]))),
    limits=(-1, 1),
    unit="nats",
    because="The label is one-hot, so the loss is −log of what the dog was given, and that is 0.4 before and after.",
)

ten_times_surer = Prediction(
    "The true class was given 0.01, and in a second model 0.001. How much more is the second model's loss?",
    answer=float(np.diff(self_information([0.01, 0.001]))[0]),
    limits=(0, 10),
    unit="nats",
    because="−log(0.001) − (−log(0.01)) = log(10). Each further factor of ten costs the same again, without end.",
)

soft_label_best = Prediction(
    "A label is soft, y = 0.9. At which prediction a is the binary cross-entropy smallest?",
    answer=0.9,
    limits=(0, 1),
    unit="",
    because="It is the cross-entropy of [y, 1 − y] and [a, 1 − a], which is at its floor at a = y only. The loss is "
    "not 0 there: it is the entropy of the label.",
)

doubled_batch = Prediction(
    "Every sample of a batch is put in twice. By which factor does the gradient of the summed loss grow?",
    answer=2.0,
    limits=(0, 4),
    unit="",
    because="Every sample pulls twice. The gradient of the mean stays as it was, so the step of a fixed learning rate "
    "does too.",
)

sum_and_mean_axes = Choice(
    "A holds 4 predictions over 10 classes, one per row, with one-hot labels Y. How is the array −Y log A "
    "made into the cost?",
    right="add over the 10 classes, average over the 4 samples",
    replies={
        "average over all 40 entries": "That is the cost divided by 10. The classes have the weights Y, which "
        "sum to 1.",
        "average over the 10 classes, add over the 4 samples": "The other way round: classes have the weights Y "
        "already, and samples count equally.",
        "add over the 10 classes, average over the 4 samples": "The inner sum is the loss of one sample, the outer "
        "mean is over samples.",
    },
)

_GIVEN_1 = np.array([0.4, 0.4, 0.1])

model_1_cost = Prediction(
    "Model 1 gives the three true classes 0.4, 0.4 and 0.1. What is its mean loss?",
    answer=float(self_information(_GIVEN_1).mean()),
    limits=(0, 5),
    unit="nats",
    because="Two losses of {:.4f} and one of {:.4f}: the mistake alone makes more than half of the sum.".format(
        *self_information(_GIVEN_1)[1:]
    ),
)

equal_accuracy = Choice(
    "Two classifiers have the same accuracy, 2/3, on the same samples. How far apart can their mean losses be?",
    right="as far as you like",
    replies={
        "not at all: they are equal": "Accuracy asks only which entry is the largest. The loss asks how "
        "large the true one is.",
        "as far as you like": "A wrong answer that is given with more and more certainty makes the mean loss "
        "as large as you like, and leaves the accuracy alone.",
        "at most log K, for K classes": "There is no such bound: the loss of one confident mistake is unbounded.",
    },
)

seven_heads = Prediction(
    "Ten tosses give 7 heads and 3 tails. Which probability of heads makes exactly these tosses most probable?",
    answer=0.7,
    limits=(0, 1),
    unit="",
    because="The tosses have the probability a⁷ (1 − a)³. Minus its logarithm, divided by 10, is the cross-entropy "
    "H([0.7, 0.3], [a, 1 − a]), smallest at a = 0.7.",
)

forecast_by_absolute_error = Prediction(
    "Rain has probability 0.7, and you pay |y − a|, where y is 1 for rain. Which stated a is expected to cost least?",
    answer=1.0,
    limits=(0, 1),
    unit="",
    because="The expected cost 0.7(1 − a) + 0.3a = 0.7 − 0.4a falls all the way to a = 1. Honesty does not pay here.",
)

loss_never_zero = Choice(
    "With soft labels, training settles at a cross-entropy of 0.3251 nats and goes no lower. Must the model be poor?",
    right="No: this may be the entropy of the labels.",
    replies={
        "Yes: a perfect model has the loss 0.": "Only if the labels are certain, and the same for the same input. No "
        "model gets under their mean entropy.",
        "No: this may be the entropy of the labels.": f"The label [0.9, 0.1], for instance, has an entropy of "
        f"{entropy([0.9, 0.1]):.4f}; where each input has one label, subtract that to see what is left to gain.",
        "Yes, unless the learning rate is too small.": "No learning rate gets under the mean entropy of the labels.",
        "No: a positive loss only means overfitting.": "Overfitting is a gap between training data and new data; one "
        "number does not show it.",
    },
)
