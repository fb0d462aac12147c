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


@_shareable
def kl(a=0.2, share=0.5, p="0.7, 0.2, 0.1", direction="D(p||q)"):
    """What does a wrong belief cost, outcome by outcome? Move q towards p, and away, and swap the two."""
    return explore(
        divergence.kl,
        a=slider("q(a)", 0, 1, start=a, step=0.01),
        share=slider("b's share of the rest", 0, 1, start=share, step=0.01),
        p=choice("p", tuple(divergence.TRUTHS), start=p),
        direction=choice("shares of", divergence.DIRECTIONS, start=direction),
    )


@_shareable
def kl_coin(p=0.3, q=0.95):
    """How much does the order of the two matter for a coin? Slide the belief q to its ends."""
    return explore(
        divergence.kl_coin,
        p=slider("p(heads)", 0, 1, start=p, step=0.01),
        q=slider("q(heads)", 0, 1, start=q, step=0.01),
    )


@_shareable
def wrong_code(p=0.25, q="1/2, 1/4, 1/8, 1/8"):
    """How many bits does a code waste on letters it was not made for? Choose the belief q and move the truth p."""
    return explore(
        divergence.wrong_code,
        p=slider("p(a)", 0, 1, start=p, step=0.01),
        q=choice("code made for q", tuple(divergence.BELIEFS), start=q),
    )


@_shareable
def kl_fit(mean=0, width=1, apart=4, direction="D(p||q)"):
    """Which Gaussian is nearest to two bumps? Fit it by hand, and see what each divergence calls near."""
    means, widths = divergence.MEANS, divergence.WIDTHS
    return explore(
        divergence.kl_fit,
        mean=slider("mean", float(means[0]), float(means[-1]), start=mean, step=0.1),
        width=slider("width", float(widths[0]), float(widths[-1]), start=width, step=0.05),
        apart=stops("bumps apart", divergence.APART, start=apart),
        direction=choice("map of", divergence.DIRECTIONS, start=direction),
    )


# 03 Cross-entropy


# 04 Softmax


# 05 Why not squared error for classes?


# 06 Regression losses


# 07 Choosing a loss
