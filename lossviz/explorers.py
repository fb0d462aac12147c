"""The explorers: pictures under sliders, one function each, named as in the lessons.

Every argument is the start of a control: ``explorers.coin_entropy(p=0.9)`` opens at a biased coin. Only `mine`,
where there is one, is a function of the learner's, drawn beside ours. The call for the present setting stands
under each picture, to be copied and shared.
"""

from functools import wraps
from inspect import signature

from .drawings import choosing, convexity, divergence, information, likelihood, logits, regression, training  # noqa: F401
from .explore import choice, explore, slider, stops  # noqa: F401

UNITS = tuple(information.BASES)


def _shareable(make):
    """Let the explorer show the call of ours that makes it again."""

    @wraps(make)
    def made(*args, **kwargs):
        given = signature(make).bind(*args, **kwargs).arguments
        functions = {name: getattr(f, "__name__", name) for name, f in given.items() if callable(f)}
        return make(*args, **kwargs).made_by(f"explorers.{make.__name__}", **functions)

    return made


# 00 What is a loss?


# 01 Information and entropy


@_shareable
def surprise(p=0.25, unit="bits"):
    """How surprising is an outcome? Slide from the certain one to the impossible one."""
    return explore(
        information.surprise,
        p=slider("p", 0, 1, start=p, step=0.01),
        unit=choice("unit", UNITS, start=unit),
    )


@_shareable
def coin_entropy(p=0.3, unit="bits"):
    """How uncertain is a coin? Slide from a fair one to a certain one."""
    return explore(
        information.coin_entropy,
        p=slider("p(heads)", 0, 1, start=p, step=0.01),
        unit=choice("unit", UNITS, start=unit),
    )


@_shareable
def die_entropy(faces=6, loading=0.4, unit="bits"):
    """How uncertain is a die? Change its number of faces, and load it towards the first."""
    return explore(
        information.die_entropy,
        faces=slider("faces", 2, information.MOST_FACES, start=faces),
        loading=slider("loading", 0, 1, start=loading, step=0.01),
        unit=choice("unit", UNITS, start=unit),
    )


@_shareable
def code_lengths(p=0.8, code=information.CODES[0]):
    """How many bits does a letter need? Choose a code and watch its area."""
    return explore(
        information.code_lengths,
        p=slider("p(a)", 0, 1, start=p, step=0.01),
        code=choice("code", information.CODES, start=code),
    )


@_shareable
def running_surprise(draws=20, seed=1):
    """How surprised is one on average? Draw more and more, and draw again with another seed."""
    return explore(
        information.running_surprise,
        draws=slider("draws", 1, information.MOST_DRAWS, start=draws),
        seed=slider("seed", 0, 20, start=seed),
    )


@_shareable
def simplex(a=0.5, share=0.5):
    """Where are three outcomes most uncertain? Move through the triangle of all distributions."""
    return explore(
        information.simplex,
        a=slider("p(a)", 0, 1, start=a, step=0.01),
        share=slider("b's share of the rest", 0, 1, start=share, step=0.01),
    )


# 02 KL divergence


# 03 Cross-entropy


@_shareable
def cross_entropy_split(p=0.7, q=0.3, unit="nats"):
    """How low can a cross-entropy go? Move the model's coin, and watch what stands on the floor."""
    return explore(
        likelihood.cross_entropy_split,
        p=slider("p(heads)", 0, 1, start=p, step=0.01),
        q=slider("q(heads)", 0, 1, start=q, step=0.01),
        unit=choice("unit", tuple(likelihood.BASES), start=unit),
    )


@_shareable
def one_hot(true="dog", cat=0.3, share=0.6):
    """Which of the predicted probabilities counts? Choose the true class, and move the others."""
    return explore(
        likelihood.one_hot,
        true=choice("it is a", likelihood.CLASSES, start=true),
        cat=slider("cat", 0, 1, start=cat, step=0.01),
        share=slider("dog's share of the rest", 0, 1, start=share, step=0.01),
    )


@_shareable
def binary_cross_entropy(y=1.0, a=0.8, mine=None):
    """What does a confident wrong answer cost? Slide the prediction, and soften the label."""
    return explore(
        lambda fig: likelihood.binary_loss(fig, mine),
        y=slider("label y", 0, 1, start=y, step=0.01),
        a=slider("prediction a", 0, 1, start=a, step=0.01),
    )


@_shareable
def two_models(mix=0.0):
    """Same accuracy, same loss? Go from model 1 to model 2, and beyond both."""
    return explore(likelihood.two_models, mix=slider("model", -1, 2, start=mix, step=0.01))


@_shareable
def proper_score(p=0.7, a=0.4):
    """Does it pay to say what you believe? State a probability, and see what it is expected to cost."""
    return explore(
        likelihood.proper_score,
        p=slider("true p", 0, 1, start=p, step=0.01),
        a=slider("stated a", 0, 1, start=a, step=0.01),
    )


# 04 Softmax


# 05 Why not squared error for classes?


# 06 Regression losses


# 07 Choosing a loss
