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


@_shareable
def loss_shapes(r=2.5, delta=2.0, mine=None):
    """What does a residual cost, and how hard does it pull? Compare three losses, and `mine(r)`."""
    return explore(
        lambda fig: regression.loss_shapes(fig, mine=mine),
        r=slider("residual r", -3, 3, start=r, step=0.05),
        delta=slider("delta", 0.1, 4, start=delta, step=0.1),
    )


@_shareable
def outlier(y=9.0, delta=1.0, model=regression.MODELS[0], loss=regression.THREE[0]):
    """How far does one outlier move the fit? Drag it up and down, and see who pulls."""
    return explore(
        regression.outlier,
        y=slider("outlier", 0, 10, start=y, step=0.1),
        delta=slider("delta", 0.1, 4, start=delta, step=0.1),
        model=choice("model", regression.MODELS, start=model),
        loss=choice("pull of", regression.THREE, start=loss),
    )


@_shareable
def huber_delta(delta=2, data="five values"):
    """What is Huber when delta is tiny, and what when it is infinite? Watch the loss and its minimiser."""
    return explore(
        regression.huber_delta,
        delta=stops("delta", regression.DELTAS, start=delta),
        data=choice("data", tuple(regression.SETS), start=data),
    )


@_shareable
def settling(rate=0.3, step=30):
    """Which descent comes to rest? Play the steps, then change the rate."""
    return explore(
        regression.settling,
        rate=slider("rate", 0.05, 1.1, start=rate, step=0.05),
        step=slider("step", 0, regression.MOST_STEPS, start=step, play=True),
    )


@_shareable
def quantile_fit(quantile=0.8, c=30):
    """Which promise is best if being late costs more than being early? Move the price, then the promise."""
    return explore(
        regression.quantile_fit,
        quantile=slider("quantile", 0.01, 0.99, start=quantile, step=0.01),
        c=slider("promise", 0, 90, start=c, unit="min"),
    )


# 07 Choosing a loss
