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


# 06 Regression losses


# 07 Choosing a loss


@_shareable
def choose_loss(data="sensor", loss="squared error", seed=1, mine=None):
    """Which loss fits the purpose? Choose data and loss, and read what the line costs on new data."""
    return explore(
        lambda fig: choosing.choose_loss(fig, mine),
        data=choice("data", tuple(choosing.SCENARIOS), start=data),
        loss=choice("loss", choosing.LINES, start=loss),
        seed=slider("seed", 0, 20, start=seed),
    )


@_shareable
def cost_of_a_choice(data="sensor", on="training data", seed=1):
    """Which judge prefers which line? Compare all losses, on the training data and on new data."""
    return explore(
        choosing.cost_of_a_choice,
        data=choice("data", tuple(choosing.SCENARIOS), start=data),
        on=choice("judged on", ("training data", "new data"), start=on),
        seed=slider("seed", 0, 20, start=seed),
    )


@_shareable
def rare_disease(weight=1, threshold=0.5, miss=20):
    """When shall the alarm go? Weigh the ill, move the threshold, and pay for both kinds of error."""
    return explore(
        choosing.rare_disease,
        weight=stops("weight of the ill", choosing.WEIGHTS, start=weight),
        threshold=slider("threshold", 0, 1, start=threshold, step=0.01),
        miss=stops("cost of a miss", choosing.MISSES, start=miss),
    )


@_shareable
def noisy_labels(loss="cross-entropy", noise=0.3, seed=1):
    """What does a model learn from wrong labels? Add some, and compare three losses."""
    return explore(
        choosing.noisy_labels,
        loss=choice("loss", choosing.CLASS_LOSSES, start=loss),
        noise=stops("part of wrong labels", choosing.NOISES, start=noise),
        seed=slider("seed", 0, 9, start=seed),
    )


@_shareable
def next_token(share=0.95, letters=400):
    """How sure may a text model be? Mix what it counted with the uniform distribution."""
    return explore(
        choosing.next_token,
        share=slider("share of the counts", 0, 1, start=share, step=0.01),
        letters=stops("letters counted", choosing.LETTERS, start=letters),
    )
