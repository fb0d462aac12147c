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


# 04 Softmax


# 05 Why not squared error for classes?


@_shareable
def sigmoid_losses(z=-4.0, y=1, mine=None):
    """How hard does each loss pull? Move the logit from a confident right answer to a confident wrong one."""
    return explore(
        lambda fig: convexity.sigmoid_losses(fig, mine),
        z=slider("logit z", -convexity.REACH, convexity.REACH, start=z, step=0.1),
        y=choice("label y", (0, 1), start=y),
    )


@_shareable
def chord(left=-8.0, right=0.0):
    """Does the curve stay below its chords? Move both ends of a chord along both losses."""
    return explore(
        convexity.chord,
        left=slider("left end", -8, 8, start=left, step=0.1),
        right=slider("right end", -8, 8, start=right, step=0.1),
    )


@_shareable
def descent_race(step=20, start=-4.0, rate=1, data="one sample"):
    """Which loss brings the weight home? Let both descents run from the same start, and change the learning rate."""
    return explore(
        convexity.descent_race,
        step=slider("step", 0, convexity.STEPS, start=step, play=True),
        start=slider("start w", -convexity.REACH, convexity.REACH, start=start, step=0.1),
        rate=stops("learning rate", convexity.RATES, start=rate),
        data=choice("data", tuple(convexity.ONE_WEIGHT), start=data),
    )


@_shareable
def loss_surfaces(step=30, w=-4.0, b=4.0, labels="separable"):
    """What does the way down look like from above? Walk both paths over weight and bias from the same start."""
    return explore(
        convexity.loss_surfaces,
        step=slider("step", 0, convexity.STEPS, start=step, play=True),
        w=slider("start w", -5, 5, start=w, step=0.1),
        b=slider("start b", -5, 5, start=b, step=0.1),
        labels=choice("labels", tuple(convexity.LABELS), start=labels),
    )


# 06 Regression losses


# 07 Choosing a loss
