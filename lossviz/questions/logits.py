"""Questions on softmax and the loss of logits."""

import math

import numpy as np

from ..activations import softmax
from ..classification import softmax_cross_entropy_gradient, torch_cross_entropy
from ..information import entropy
from .question import Choice, Prediction

__all__ = [
    "before_softmax_label",
    "before_softmax_batch",
    "before_softmax_wrong",
    "index_of_the_winner",
    "slope_of_hard_max",
    "shifted_logits",
    "doubled_logits",
    "even_softmax",
    "nine_in_ten",
    "pull_on_the_dog",
    "zero_slope_of_a_label",
    "float16_limit",
    "why_the_largest",
    "two_weighted_samples",
    "one_class_in_the_batch",
    "everything_ignored",
    "smoothed_floor",
    "last_layer",
    "certain_and_right_twice",
]

before_softmax_label = Choice(
    "The label is one-hot. Which of the predicted probabilities decide the cross-entropy of the sample?",
    right="only the one given to the true class",
    replies={
        "all of them, each with equal weight": "A one-hot label gives weight 0 to every class but the true one.",
        "only the largest of them": "The largest decides the accuracy. The loss looks at the true class alone.",
        "only the one given to the true class": "The loss is minus its logarithm.",
    },
)

before_softmax_batch = Choice(
    "Predictions for a batch have one row per sample and one column per class. What does the cost do with them?",
    right="It sums over classes within a sample, and averages over the samples.",
    replies={
        "It averages over the classes and over the samples alike.": "Then it would shrink with the number of classes. "
        "Within a sample the label's weights sum to 1 already.",
        "It sums over classes within a sample, and averages over the samples.": "The inner sum is an expectation under "
        "the label, the outer mean is over the batch.",
        "It sums over the samples, and averages over the classes.": "The two are swapped: rows are samples.",
    },
)

before_softmax_wrong = Choice(
    "The probability given to the true class falls from 0.1 to 0.01 to 0.001. What does the loss do?",
    right="It grows by the same amount each time.",
    replies={
        "It grows tenfold each time.": "The probability shrinks tenfold; the loss is its logarithm, with a minus.",
        "It grows by the same amount each time.": f"By log 10, {math.log(10):.3f} nats, without end.",
        "It hardly grows, because 0.1 was bad already.": "Each fall to a tenth adds the same amount; the loss grows "
        "beyond every bound as the probability goes to 0.",
    },
)

index_of_the_winner = Choice(
    "What is the arg max of [3, 1, −3]?",
    right="0",
    replies={
        "3": "That is the max, the value of the largest logit.",
        "[1, 0, 0]": "That is the hard max, a vector with as many entries as there are logits.",
        "0": "It is the index of the largest logit, counted from 0.",
    },
)

slope_of_hard_max = Choice(
    "One logit is clearly the largest, and you change each logit by a very small amount. What does the hard max do?",
    right="It does not change at all.",
    replies={
        "It changes by a very small amount.": "That would be softmax. The hard max knows only 0 and 1.",
        "It does not change at all.": "So each of its derivatives is 0 there.",
        "It jumps to another class.": "It jumps where another logit overtakes the largest; here none comes near it.",
    },
)

shifted_logits = Prediction(
    "Softmax gives the first of the logits 3, 1, −3 the probability 0.8789. Now 10 is added to all three logits. "
    "What is it now?",
    answer=float(softmax([13, 11, 7])[0]),
    limits=(0, 1),
    unit="",
    because="Every exponential is multiplied by the same number, e to the 10, which cancels in the quotient.",
)

doubled_logits = Prediction(
    "Two classes have the logits 2 and 0, and softmax gives the first 0.8808. Both are doubled, to 4 and 0. What "
    "does it give now?",
    answer=float(softmax([4, 0])[0]),
    limits=(0, 1),
    unit="",
    because="Only the difference counts, and it has doubled. Scaling sharpens, where a shift does nothing.",
)

even_softmax = Prediction(
    "The logits are 3, 1 and −3. The temperature grows without end. To what does the first probability go?",
    answer=1 / 3,
    limits=(0, 1),
    unit="",
    because="Divided by a very large temperature all logits are nearly 0, and e to the 0 is 1 for each of the three.",
)

nine_in_ten = Prediction(
    "Softmax of two logits gives 0.9 and 0.1. How far apart are the logits?",
    answer=math.log(9),
    limits=(0, 10),
    unit="",
    because="The quotient of the probabilities is e to the difference, so the difference is the logarithm of 9.",
)

pull_on_the_dog = Prediction(
    "A model gives cat 0.7, dog 0.2 and pig 0.1, and it is a dog. What is the slope of the loss along the dog's logit?",
    answer=float(softmax_cross_entropy_gradient([0, 1, 0], np.log([0.7, 0.2, 0.1]))[1]),
    limits=(-2, 2),
    unit="",
    because="Prediction minus truth: 0.2 − 1. A larger logit of the true class lowers the loss: the slope is negative.",
)

zero_slope_of_a_label = Choice(
    "The labels are one-hot and the logits finite, one for each of several classes. When is a − y, on paper, exactly "
    "zero?",
    right="never",
    replies={
        "as soon as the true class has the largest logit": "Then the accuracy is content. The loss still asks for more "
        "than the probability it has.",
        "when the loss falls below log 2": "That means more than 1/2 for the true class, and the slope is still not 0.",
        "never": "Softmax of finite logits lies between 0 and 1 and reaches neither, and the label is 0 or 1.",
    },
)

float16_limit = Prediction(
    "The greatest number of float16 is 65504. For which whole number x is e to the x too great for the first time?",
    answer=float(next(x for x in range(100) if math.exp(x) > 65504)),
    limits=(0, 100),
    unit="",
    because="The natural logarithm of 65504 is about 11.09.",
)

why_the_largest = Choice(
    "Libraries subtract the largest logit before they take exponentials. Why?",
    right="So that none overflows; the result stays the same.",
    replies={
        "So that none overflows; the result stays the same.": "The largest exponent becomes 0, its exponential 1, and "
        "softmax does not feel a shift.",
        "So that the probabilities become more even.": "A shift changes no probability. A temperature would.",
        "So that the results sum to 1.": "They do that anyway, by the division.",
    },
)

two_weighted_samples = Prediction(
    "Two samples have the losses 1 and 4. The class of the first has weight 1, that of the second weight 3. What is "
    "PyTorch's weighted mean?",
    answer=(1 * 1 + 3 * 4) / (1 + 3),
    limits=(0, 10),
    unit="nats",
    because="Numerator 1 × 1 + 3 × 4 = 13, denominator 1 + 3 = 4: the weights of the targets, not their number.",
)

one_class_in_the_batch = Choice(
    "All samples of a batch belong to one class. Its weight is raised from 1 to 5, and labels are not smoothed. What "
    "happens to PyTorch's mean loss?",
    right="It stays the same.",
    replies={
        "It grows fivefold.": "The sum does. The mean divides by the weights of the targets, which grow fivefold too.",
        "It stays the same.": "Numerator and denominator grow fivefold. A weight counts only beside other weights.",
        "It falls to a fifth.": "The denominator grows fivefold, but the numerator does as well.",
    },
)

everything_ignored = Choice(
    "Every label of a batch is the ignored one. What is PyTorch's mean loss?",
    right="nan, not a number",
    replies={
        "0, because nothing is wrong": "The sum is 0. The mean divides it by the sum of the weights that count, and "
        "that is 0 too.",
        "nan, not a number": "Nothing counts, so it is 0 divided by 0. One such batch can spoil a logged average.",
        "an error that stops the program": "It would be safer. PyTorch divides 0 by 0 and goes on.",
    },
)

_SMOOTHED = np.array([0.9, 0, 0]) + 0.1 / 3

smoothed_floor = Prediction(
    "Three classes, label smoothing 0.1: a label becomes 0.9333, 0.0333 and 0.0333. How low can the loss of a sample "
    "fall?",
    answer=float(entropy(_SMOOTHED)),
    limits=(0, 2),
    unit="nats",
    because="Cross-entropy is never below the entropy of the label, and here the label is no longer certain.",
)

last_layer = Choice(
    "A model in PyTorch is trained with CrossEntropyLoss. What should its last step, its last layer, give?",
    right="logits, weighted sums as they are",
    replies={
        "probabilities, from a softmax": "The loss takes the softmax itself; a second one leaves the loss a floor.",
        "logits, weighted sums as they are": "CrossEntropyLoss takes their log-softmax itself.",
        "the index of the class, from an arg max": "An index has no useful gradient, so nothing could be learnt.",
    },
)

certain_and_right_twice = Prediction(
    "A sample has ten classes. The model is certain and right, and its ten probabilities are given to a loss that "
    "takes logits. What does the loss say?",
    answer=float(torch_cross_entropy(np.eye(10)[0], 0)),
    limits=(0, 10),
    unit="nats",
    because="The loss takes them for logits. Softmax of a 1 and nine zeros gives the 1 a share of e / (e + 9).",
)
