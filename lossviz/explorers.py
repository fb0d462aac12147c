"""The explorers: pictures under sliders, one function each, named as in the lessons.

Every argument is the start of a control: ``explorers.coin_entropy(p=0.9)`` opens at a biased coin. Only `mine`,
where there is one, is a function of the learner's, drawn beside ours. The call for the present setting stands
under each picture, to be copied and shared.
"""

from functools import partial, wraps
from inspect import signature

from .controls import choice, slider, stops
from .drawings import choosing, convexity, divergence, information, likelihood, logits, regression, training
from .explore import explore

UNITS = tuple(information.BASES)


def _shareable(make):
    """Let the explorer show the call of ours that makes it again."""

    @wraps(make)
    def made(*args, **kwargs):
        given = signature(make).bind(*args, **kwargs).arguments
        functions = {name: getattr(f, "__name__", name) for name, f in given.items() if callable(f)}
        return make(*args, **kwargs).made_by(f"explorers.{make.__name__}", make.__doc__, **functions)

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


@_shareable
def kl(a=0.2, share=0.5, p="0.7, 0.2, 0.1", direction="D(p||q)"):
    """What does a wrong belief cost, outcome by outcome? Move q towards p, and away, and swap the two."""
    return explore(
        divergence.kl,
        a=slider("q(a)", 0, 1, start=a, step=0.01),
        share=slider("b's share of the rest", 0, 1, start=share, step=1 / 60),
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
        partial(likelihood.binary_loss, mine=mine),
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


@_shareable
def sigmoid_losses(z=-4.0, y=1, mine=None):
    """How hard does each loss pull? Move the logit from a confident right answer to a confident wrong one."""
    return explore(
        partial(convexity.sigmoid_losses, mine=mine),
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


@_shareable
def loss_shapes(r=2.5, delta=2.0, mine=None):
    """What does a residual cost, and how hard does it pull? Compare three losses, and `mine(r)`."""
    return explore(
        partial(regression.loss_shapes, mine=mine),
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


@_shareable
def choose_loss(data="sensor", loss="squared error", seed=1, mine=None):
    """Which loss fits the purpose? Choose data and loss, and read what the line costs on new data."""
    return explore(
        partial(choosing.choose_loss, mine=mine),
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


__all__ = sorted(name for name, made in globals().items() if hasattr(made, "__wrapped__"))
