"""Questions on squared error and cross-entropy for classes."""

from ..activations import sigmoid
from ..classification import binary_cross_entropy_with_logits, brier_score
from .question import Choice, Prediction

__all__ = [
    "slope_of_the_logit",
    "two_class_logits",
    "honest_rain",
    "quarter_slope",
    "how_many_times",
    "steepest_probability",
    "middle_of_the_chord",
    "best_brier",
    "price_of_certainty",
    "falling_logit",
    "what_convexity_buys",
    "separable_weights",
    "weather_service",
    "larger_rate",
    "logit_minus_label",
]

slope_of_the_logit = Choice(
    "Softmax, then cross-entropy. With a the predicted and y the true distribution, what is the gradient over the "
    "logits?",
    right="a − y",
    replies={
        "y − a": "That is the way down. The gradient points up: prediction minus truth.",
        "a − y": "Prediction minus truth: softmax and logarithm leave a simple subtraction.",
        "−y / a": "That is the gradient over the probabilities. The softmax has still to be gone through.",
    },
)

two_class_logits = Choice(
    "A softmax over two classes has the logits 2 and 5. Which other pair gives the same probabilities?",
    right="−3 and 0",
    replies={
        "4 and 10": "The difference has doubled, from 3 to 6, so the second class is surer than before.",
        "5 and 2": "That exchanges the two classes.",
        "−3 and 0": "Only the difference counts, and it is 3 again: the sigmoid of 3 for the second class.",
    },
)

honest_rain = Choice(
    "It rains with probability 0.3. A forecaster is scored by cross-entropy. Which stated probability scores best on "
    "average?",
    right="0.3",
    replies={
        "0": "Dry is likelier, but at the first rain the score is infinite.",
        "0.3": "The cross-entropy is a proper score: on average nothing beats the true probability.",
        "0.5": "That limits the worst day, not the average one.",
    },
)

quarter_slope = Prediction(
    "The label is 1 and the model is undecided, z = 0 and a = 1/2. The slope of the cross-entropy over z is −1/2 "
    "there. What is the slope of the squared error (a − y)² over z?",
    answer=float(2 * (sigmoid(0.0) - 1) * sigmoid(0.0) * (1 - sigmoid(0.0))),
    limits=(-1, 1),
    unit="",
    because="The chain rule gives 2 (a − y) times the slope of the sigmoid, a (1 − a): 2 × (−1/2) × 1/4.",
)

_SURE = float(sigmoid(-8.0))

how_many_times = Prediction(
    "Now the model is confident and wrong: the label is 1, and z = −8. How many times as steep as the squared error is "
    "the cross-entropy there?",
    answer=1 / (2 * _SURE * (1 - _SURE)),
    limits=(1, 10_000),
    unit="times",
    because="The two slopes differ by the factor 2a (1 − a), and a is about e to the power −8: one in three thousand.",
)

steepest_probability = Prediction(
    "For the label 1, at which predicted probability is the slope of the squared error over z largest in size?",
    answer=1 / 3,
    limits=(0, 1),
    unit="",
    because="Its size is 2a (1 − a)². The derivative over a is 2 (1 − a)(1 − 3a), which changes sign at a = 1/3.",
)

middle_of_the_chord = Prediction(
    "Squared error, label 1: it is 0.9951 at z = −6 and 0.25 at z = 0. Half-way, the chord between them is at 0.6225. "
    "How high is the curve there, at z = −3?",
    answer=float(brier_score(1.0, sigmoid(-3.0))),
    limits=(0, 1),
    unit="",
    because="At z = −3 the probability is still below 0.05, so nearly the whole error of 1 is left: the curve has "
    "hardly come down from its plateau, and is far above the chord.",
)

best_brier = Prediction(
    "It rains with probability 0.3. Forecasts are scored by the squared error of the stated probability. Which "
    "stated probability has the smallest expected score?",
    answer=0.3,
    limits=(0, 1),
    unit="",
    because="The expected score of p is 0.3 (1 − p)² + 0.7 p². Its slope, 2 (p − 0.3), is 0 at p = 0.3.",
)

price_of_certainty = Prediction(
    "The label is 1 and the logit −30. To ten decimals the squared error is 1. What is the cross-entropy?",
    answer=float(binary_cross_entropy_with_logits(1.0, -30.0)),
    limits=(0, 100),
    unit="nats",
    because="For a confident wrong answer the cross-entropy is about the size of the logit: −log a = log(1 + e³⁰).",
)

falling_logit = Choice(
    "The label is 1 and the logit falls from 5 to −10. What does the squared error of the sigmoid do?",
    right="It rises all the way.",
    replies={
        "It rises, then falls again.": "Not convex does not mean that it turns back: as a falls, 1 − a and its square "
        "grow, all the way.",
        "It rises without bound.": "It rises, but 1 − a is below 1, and so is its square.",
        "It rises all the way.": "It is monotone and bounded by 1. That is why it has to become flat.",
    },
)

what_convexity_buys = Choice(
    "A cost is convex in the weights. What does that guarantee?",
    right="Every local minimum is a global one.",
    replies={
        "It has a minimum.": "exp(w) is convex and has none. The cross-entropy of separable data has none either.",
        "Every local minimum is a global one.": "There is no second valley to be caught in. Whether there is a first "
        "one is another question.",
        "Any learning rate leads to it.": "Even on w² steps that are too long go further out each time.",
    },
)

separable_weights = Choice(
    "One weight separates the two classes without error. Gradient descent on the cross-entropy goes on. What becomes "
    "of the weight?",
    right="Its size grows without bound, ever more slowly.",
    replies={
        "It settles at the best weight.": "There is none: going on makes every right answer surer, and the cost "
        "smaller.",
        "Its size grows without bound, ever more slowly.": "The cost tends to 0 without a minimum; the steps get tiny.",
        "It stops once all answers are right.": "The slope over the logit is a − y, and a never quite arrives at y.",
    },
)

weather_service = Choice(
    "A weather service scores its forecasts by mean squared error of the probability (Brier score). Should it stop, "
    "since that loss is not convex?",
    right="No: the truth scores best, and nothing is trained.",
    replies={
        "Yes: a loss that is not convex is not reliable.": "The score is convex in the stated probability. Only "
        "through the sigmoid, as a function of the logit, it is not.",
        "Yes: only the cross-entropy rewards honesty.": "Both do: under either, the true probability is best on "
        "average.",
        "No: the truth scores best, and nothing is trained.": "The trouble is in the descent through a sigmoid, not in "
        "the evaluation.",
    },
)

larger_rate = Choice(
    "At z = −8 and label 1 the cross-entropy is 1491 times as steep as the squared error. For samples of all kinds, "
    "would the squared error do as well with a learning rate 1491 times as large?",
    right="No: the rate fits only there.",
    replies={
        "Yes: only the product of rate and slope counts.": "It does, but the slope changes: at z = 0 it is 373 times "
        "as large as at z = −8.",
        "No: the rate fits only there.": "Where the slope is ordinary, the same rate throws the weight far away, "
        "perhaps to a plateau where other samples are wholly wrong.",
        "No: the slope there is exactly 0.": "It is small but not 0. A plateau is not a minimum.",
    },
)

logit_minus_label = Choice(
    "Someone drops the sigmoid and fits the logit itself to the labels 0 and 1 by squared error, (z − y)². What is "
    "true?",
    right="It is convex, but punishes z = 3 for y = 1.",
    replies={
        "It is still not convex.": "A square of something linear in the weights is convex. The sigmoid was the cause.",
        "It is convex, but punishes z = 3 for y = 1.": "Answers on the right side of 1 count as errors too. It can "
        "still work well; it is ordinary least squares.",
        "It gives the same model as cross-entropy.": "The two put the boundary at different places, in general.",
    },
)
