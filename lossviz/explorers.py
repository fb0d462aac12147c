"""The explorers: pictures under sliders, one function each, named as in the lessons.

Every argument is the start of a control: ``explorers.coin_entropy(p=0.9)`` opens at a biased coin. Only `mine`,
where there is one, is a function of the learner's, drawn beside ours. The call for the present setting stands
under each picture, to be copied and shared.
"""

from functools import partial, wraps
from inspect import signature

from .drawings import choosing, convexity, divergence, information, likelihood, logits, regression, training
from .explore import choice, explore, slider, stops

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


@_shareable
def training_loop(stage=4):
    """What happens in one training step? Walk round the loop."""
    return explore(
        training.training_loop,
        stage=slider("stage", 1, training.TURNS * len(training.STAGES), start=stage, play=True),
    )


@_shareable
def training_step(w=0.5, rate=0.1, step=0):
    """Where does the next step lead? Choose the first weight and the learning rate, then let the steps run."""
    return explore(
        training.training_step,
        w=slider("w at the start", 0, 4, start=w, step=0.05),
        rate=slider("learning rate", 0, 0.6, start=rate, step=0.01),
        step=slider("step", 0, training.MOST_STEPS, start=step, play=True),
    )


@_shareable
def cost_and_objective(w=1.2, lam=2):
    """What does a penalty move? Raise λ and compare the two minima."""
    return explore(
        training.cost_and_objective,
        w=slider("w", 0, 3, start=w, step=0.05),
        lam=slider("λ", 0, 6, start=lam, step=0.1),
    )


@_shareable
def loss_of_a_number(guess=2.4, mine=None):
    """What does one predicted number cost? Move the predicted price."""
    return explore(
        partial(training.loss_of_a_number, mine=mine),
        guess=slider("predicted price", 0, 6, start=guess, step=0.1, unit="million"),
    )


@_shareable
def loss_of_a_class(p=0.4):
    """What does one predicted class cost? Move the probability given to the true class."""
    return explore(training.loss_of_a_class, p=slider("p(true class)", 0, 1, start=p, step=0.01))


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


@_shareable
def softmax_bars(dog=1.0, shift=0.0, temperature=1, truth="dog"):
    """How do three logits become a loss? Move one, shift them all, heat them, and choose what is true."""
    return explore(
        logits.softmax_bars,
        dog=slider("the dog's logit", -5, 5, start=dog, step=0.1),
        shift=slider("shift all", -3, 3, start=shift, step=0.5),
        temperature=stops("temperature", logits.MILD_TEMPERATURES, start=temperature),
        truth=choice("truth", logits.CLASSES, start=truth),
    )


@_shareable
def hard_and_soft(dog=1.0, temperature=1):
    """How much does the winner take? Cool the softmax to the hard max, and heat it until all are equal."""
    return explore(
        logits.hard_and_soft,
        dog=slider("the dog's logit", -2, 8, start=dog, step=0.1),
        temperature=stops("temperature", logits.TEMPERATURES, start=temperature),
    )


@_shareable
def overflow(largest=12, dtype="float16", mine=None):
    """How large may a logit be? Raise it until the textbook formula breaks, in three types of number."""
    return explore(
        partial(logits.overflow, mine=mine),
        largest=stops("largest logit", logits.LARGEST, start=largest),
        dtype=choice("type", logits.DTYPES, start=dtype),
    )


@_shareable
def torch_cross_entropy(weight=3.0, ignored=0, smoothing=0.0, reduction="mean"):
    """What does PyTorch divide by? Weigh a class, ignore samples, smooth the labels, choose the reduction."""
    return explore(
        logits.torch_cross_entropy,
        weight=slider("weight of pig", 0.5, 5, start=weight, step=0.5),
        ignored=slider("ignored samples", 0, 4, start=ignored),
        smoothing=slider("label smoothing", 0, 0.5, start=smoothing, step=0.05),
        reduction=choice("reduction", logits.REDUCTIONS, start=reduction),
    )


@_shareable
def double_softmax(margin=6.0, classes=2):
    """How low can the loss fall when softmax is applied twice? Make the model as sure as you like."""
    return explore(
        logits.double_softmax,
        margin=slider("margin", -8, 12, start=margin, step=0.1),
        classes=stops("classes", logits.COUNTS, start=classes),
    )


# 05 Why not squared error for classes?


# 06 Regression losses


# 07 Choosing a loss
