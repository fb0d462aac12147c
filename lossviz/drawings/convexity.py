"""Pictures of squared error and cross-entropy for classes."""

from functools import cache

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ..activations import sigmoid
from ..classification import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    brier_score_gradient,
)
from ..regression import squared_error
from .descent import descend
from .handles import draggable
from .learner import caption, tried
from .palette import (
    FILL,
    INK,
    LIMIT,
    LOSSES,
    MARK,
    MUTED,
    capped,
    chosen,
    line_of,
    mark_of,
    note,
    number,
    readable,
    significant,
)

REACH = 10
EDGE = REACH + 0.5
STEPS = 100
RATES = (0.1, 0.5, 1, 2, 25, 100, 1000)  # from 3 to 20, and with some others, rounding decides some paths
ONE_WEIGHT = {
    "one sample": ((1.0,), (1.0,)),
    "five samples": ((0.2, 0.5, 0.5, 0.5, 8.0), (0.0, 1.0, 1.0, 1.0, 0.0)),
}
PLACES = (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)
LABELS = {
    "separable": (0.0, 0.0, 0.0, 1.0, 1.0, 1.0),
    "overlapping": (0.0, 0.0, 1.0, 0.0, 1.0, 1.0),
    "one wrong": (0.0, 0.0, 0.0, 1.0, 1.0, 0.0),
}

_KIND = {
    "separable": "With separable labels",
    "overlapping": "With overlapping labels",
    "one wrong": "With one wrong label",
}
_MARKED = "The stars mark a minimum of each."
_BOTTOM = {
    "separable": "Neither cost has a minimum, so no star is drawn.",
    "overlapping": _MARKED,
    "one wrong": _MARKED,
}


def squared_loss(y, z):
    """Squared error of the probability that belongs to a logit."""
    return squared_error(y, sigmoid(z))


def squared_slope(y, z):
    """Its slope with respect to the logit: ``2 (a - y) a (1 - a)``."""
    a, rest = sigmoid(z), sigmoid(np.negative(z))
    return brier_score_gradient(y, a) * a * rest


LOSS = {"squared error": squared_loss, "cross-entropy": binary_cross_entropy_with_logits}
SLOPES = {"squared error": squared_slope, "cross-entropy": binary_cross_entropy_with_logits_gradient}


def curvature(loss, z):
    """Second derivative with respect to the logit of a loss at label 1."""
    a = sigmoid(z)
    return 2 * a * (1 - a) ** 2 * (3 * a - 1) if loss == "squared error" else a * (1 - a)


def mean_loss(loss, x, y, w, b=0.0):
    """The cost of weights w and biases b, of one shape, over the samples."""
    z = np.multiply.outer(w, x) + np.asarray(b)[..., np.newaxis]
    return LOSS[loss](np.broadcast_to(y, z.shape), z).mean(axis=-1)


@cache
def path_of_weight(loss, data, start, rate):
    """The weights of `STEPS` steps of descent on one of `ONE_WEIGHT`."""
    x, y = map(np.array, ONE_WEIGHT[data])
    return descend(lambda w: (SLOPES[loss](y, w * x) * x).mean(), start, rate, STEPS)


@cache
def path_of_both(loss, labels, w, b):
    """Weight and bias of `STEPS` steps of descent with learning rate 1 on one of `LABELS`."""
    design = np.stack([PLACES, np.ones(len(PLACES))])
    y = np.array(LABELS[labels])
    return descend(lambda at: design @ SLOPES[loss](y, at @ design) / y.size, (w, b), 1.0, STEPS)


@cache
def valley(loss, labels):
    """Weight and bias of a minimum near the middle, found by descent: shape (1, 2), or (0, 2) where there is none."""
    if labels == "separable":
        return np.empty((0, 2))
    at = path_of_both(loss, labels, 0.8, -0.4)[-1]
    for _ in range(9):
        at = path_of_both(loss, labels, *at)[-1]
    return at[np.newaxis]


def _mark(loss):
    """The mark that is drawn later is smaller, so that both are seen where they meet."""
    return mark_of(loss, {"squared error": 15, "cross-entropy": 11}[loss])


def _by(amount):
    return f"by up to {amount:.3f}" if amount >= 5e-4 else "by less than 0.001"


def _digits(value):
    """A number with five decimals, or where that would be one digit, with two."""
    return significant(value, 2) if abs(value) < 1e-4 else f"{value:.5f}"


def sigmoid_losses(fig, mine=None):
    """Loss and slope of both losses over the logit, with dots at the chosen logit, and a slope of the learner's."""
    top = 4.2
    losses, slopes = fig.subplots(1, 2)
    losses.set(ylim=(0, top), yticks=range(5), title="loss")
    slopes.set(ylim=(-1.15, 1.15), title="slope of the loss over z")
    for ax in (losses, slopes):
        ax.set(xlim=(-REACH, REACH), xticks=range(-REACH, REACH + 1, 5), xlabel="logit z")
    slopes.axhline(0, color=MUTED, linewidth=1)
    grid = np.linspace(-REACH, REACH, 201)
    curves, names, numbers, dots = {}, {}, {}, {}
    for loss in LOSS:
        look = {"color": LOSSES[loss]["color"], "fontsize": 9.5, "zorder": 1}
        names[loss], numbers[loss] = note(losses, loss, **look), note(slopes, **look)
        for ax in (losses, slopes):
            (curves[loss, ax],) = ax.plot([], [], **line_of(loss))
    (own,) = slopes.plot([], [], color=INK, linestyle=":", linewidth=3)
    own_text = note(slopes)
    for loss in LOSS:
        for ax in (losses, slopes):
            (dots[loss, ax],) = ax.plot([], [], **_mark(loss))
    functions = {losses: LOSS, slopes: SLOPES}
    heights = {
        (loss, ax, y): f[loss](np.full_like(grid, y), grid)
        for ax, f in functions.items()
        for loss in LOSS
        for y in (0, 1)
    }

    @draggable(dots["squared error", losses], x="z")
    @draggable(dots["cross-entropy", slopes], x="z")
    def update(z, y):
        side, begins = (1, "left") if y else (-1, "right")
        values = {(loss, ax): float(f[loss](float(y), float(z))) for ax, f in functions.items() for loss in LOSS}
        for (loss, ax), value in values.items():
            curves[loss, ax].set_data(grid, heights[loss, ax, y])
            dots[loss, ax].set_data([z], [capped(value, top)])
        names["squared error"].xy = (-9.8 * side, 1.25)
        names["cross-entropy"].xy = (-2.4 * side, 3.1)
        numbers["squared error"].xy = (-9.8 * side, 0.1 if y else -0.21)
        numbers["cross-entropy"].xy = (-9.8 * side, -0.87 if y else 0.76)
        for loss in LOSS:
            names[loss].set_ha(begins)
            numbers[loss].set(ha=begins, text=_digits(values[loss, slopes]).replace("-", "−"))
        dots["cross-entropy", losses].set_marker("^" if values["cross-entropy", losses] > top else "P")
        complaint = _draw_own(z, y)
        a = float(sigmoid(float(z)))
        ratio = values["cross-entropy", slopes] / values["squared error", slopes]
        times = f"{ratio:.2f}" if ratio < 100 else f"{ratio:,.0f}"
        return (
            f"Label {y}, logit {chosen(z, 1)}: the probability of class 1 is {a:.5f}. Squared error "
            f"{_digits(values['squared error', losses])} with slope {_digits(values['squared error', slopes])}; "
            f"cross-entropy {_digits(values['cross-entropy', losses])} with slope "
            f"{_digits(values['cross-entropy', slopes])}, {times} times as steep.{complaint}"
        )

    def _draw_own(z, y):
        """Draw the learner's slope, and say what is to be said of it."""
        if mine is None:
            return ""
        values, complaint = tried(mine, np.full_like(grid, y), grid)
        shown = np.full_like(grid, np.nan) if values is None else values
        own.set_data(grid, np.where(np.abs(shown) <= 1.15, shown, np.nan))
        own_text.xy = (9.6 if y else -9.6, 0.55 if y else -0.55)
        own_text.set(ha="right" if y else "left", text=caption("dotted", values, slopes))
        return f" {complaint}" if complaint else ""

    return update


def chord(fig):
    """Both losses of the label 1 over the logit, a chord between the same two logits, and the second derivatives."""
    panels = fig.subplots(1, 3)
    grid = np.linspace(-8, 8, 321)
    tops = {"squared error": 1.1, "cross-entropy": 8.8}
    chords, gaps, ends = {}, {}, {}
    for ax, loss in zip(panels, LOSS, strict=False):
        ax.set(xlim=(-8.4, 8.4), ylim=(0, tops[loss]), xlabel="logit z", xticks=[-8, -4, 0, 4, 8])
        ax.set_title(loss, color=LOSSES[loss]["color"])
        ax.plot(grid, LOSS[loss](np.ones_like(grid), grid), **line_of(loss))
        (gaps[loss],) = ax.fill([0], [0], facecolor=FILL, edgecolor="none")
        (chords[loss],) = ax.plot([], [], color=INK, linestyle="--", linewidth=1.5)
        ends[loss] = [ax.plot([], [], **_mark(loss))[0] for _ in range(2)]
    bend = panels[2]
    bend.set(xlim=(-8.4, 8.4), ylim=(-0.13, 0.3), xlabel="logit z", xticks=[-8, -4, 0, 4, 8], title="second derivative")
    bend.axhline(0, color=MUTED, linewidth=1)
    for loss in LOSS:
        bend.plot(grid, curvature(loss, grid), **line_of(loss))
    note(bend, "a = 1/3", xytext=(16, -24), arrowprops={"arrowstyle": "-", "color": MUTED}, ha="left").xy = (
        -np.log(2),
        0,
    )
    note(bend, "cross-\nentropy", color=LOSSES["cross-entropy"]["color"], ha="left", fontsize=9.5).xy = (2, 0.16)
    note(bend, "squared\nerror", color=LOSSES["squared error"]["color"], ha="left", fontsize=9.5).xy = (1.4, -0.114)
    marks = [bend.plot([], [], **_mark(loss))[0] for loss in LOSS]

    @draggable(ends["squared error"][0], x="left")
    @draggable(ends["squared error"][1], x="right")
    @draggable(ends["cross-entropy"][0], x="left")
    @draggable(ends["cross-entropy"][1], x="right")
    def update(left, right):
        z = np.linspace(left, right, 4001)  # the squared error may rise above its chord close to an end alone
        above = {}
        for mark, loss in zip(marks, LOSS, strict=True):
            curve = LOSS[loss](np.ones_like(z), z)
            straight = np.linspace(curve[0], curve[-1], z.size)
            above[loss] = curve - straight
            chords[loss].set_data(z[[0, -1]], curve[[0, -1]])
            gaps[loss].set_xy(np.column_stack([[*z[::10], *z[::-10]], [*curve[::10], *straight[::-10]]]))
            for end, at in zip(ends[loss], (0, -1), strict=True):
                end.set_data(z[[at]], curve[[at]])
            mark.set_data([left, right], curvature(loss, np.array([left, right], dtype=float)))
        if left == right:
            return f"Both ends are at z = {chosen(left, 1)}: a chord needs two points, so move one of them."
        most, deepest = above["squared error"].max(), above["squared error"].min()
        verdict = (
            f"the squared error rises above its chord, {_by(most)}, which no convex function does"
            if most > 1e-12
            else f"the squared error stays below its chord, {_by(-deepest)}"
        )
        low, high = sorted((left, right))
        return (
            f"Between z = {chosen(low, 1)} and z = {chosen(high, 1)} {verdict}; the cross-entropy stays below "
            f"its chord, {_by(-above['cross-entropy'].min())}."
        )

    return update


def descent_race(fig):
    """The same descent on two costs of one weight, and the weight after each step."""
    panels = fig.subplots(1, 3, width_ratios=[1, 1, 1.1])
    grid = np.linspace(-EDGE, EDGE, 841)
    tops = {"squared error": 1.1, "cross-entropy": 11}
    curves, trails, rings, dots = {}, {}, {}, {}
    for ax, loss in zip(panels, LOSS, strict=False):
        ax.set(xlim=(-EDGE, EDGE), ylim=(0, tops[loss]), xlabel="weight w", xticks=[-10, -5, 0, 5, 10])
        ax.set_title(loss, color=LOSSES[loss]["color"])
        (curves[loss],) = ax.plot([], [], **line_of(loss))
        (trails[loss],) = ax.plot([], [], color=INK, marker=".", markersize=5, linestyle="none", zorder=4)
        (rings[loss],) = ax.plot([], [], **(_mark(loss) | {"marker": "o", "markersize": 19, "fillstyle": "none"}))
        rings[loss].set_markeredgecolor(INK)
        (dots[loss],) = ax.plot([], [], **_mark(loss))
    race = panels[2]
    race.set(xlim=(0, STEPS), ylim=(-EDGE - 0.5, 16), yticks=range(-REACH, REACH + 1, 5), xlabel="step")
    race.set_title("weight after each step")
    for loss, height in zip(reversed(LOSS), (14.6, 12.4), strict=True):
        race.plot([7], [height], **_mark(loss))
        race.text(14, height, loss, color=LOSSES[loss]["color"], va="center")
    lines = {loss: race.plot([], [], **line_of(loss), zorder=4)[0] for loss in LOSS}
    heads = {loss: race.plot([], [], **_mark(loss))[0] for loss in LOSS}
    heights = {
        (loss, data): np.minimum(mean_loss(loss, *map(np.array, ONE_WEIGHT[data]), grid), tops[loss] * 2)
        for loss in LOSS
        for data in ONE_WEIGHT
    }

    @draggable(rings["squared error"], x="start")
    @draggable(rings["cross-entropy"], x="start")
    def update(step, start, rate, data):
        x, y = map(np.array, ONE_WEIGHT[data])
        said = {}
        for loss in LOSS:
            path = path_of_weight(loss, data, start, rate)[: step + 1]
            costs = mean_loss(loss, x, y, path)
            across, up = np.clip(path, -EDGE, EDGE), capped(costs, tops[loss])
            curves[loss].set_data(grid, heights[loss, data])
            seen = (path == across) & (costs == up)
            trails[loss].set_data(path[:-1][seen[:-1]], costs[:-1][seen[:-1]])
            rings[loss].set_data(across[:1], up[:1])
            rings[loss].set_marker("o" if seen[0] else "^")
            dots[loss].set_data(across[-1:], up[-1:])
            outside = path[-1] != across[-1]
            aside = ">" if path[-1] > 0 else "<"
            dots[loss].set_marker(aside if outside else LOSSES[loss]["marker"] if seen[-1] else "^")
            lines[loss].set_data(np.arange(step + 1), np.where(path == across, path, np.nan))
            heads[loss].set_data([step], across[-1:])
            beyond = "^" if path[-1] > 0 else "v"
            heads[loss].set_marker(beyond if outside else LOSSES[loss]["marker"])
            heads[loss].set_markeredgewidth(0 if outside else MARK["markeredgewidth"])
            where = " (outside the picture)" if outside else ""
            cost = max(costs[-1], np.finfo(float).tiny)  # never 0, only too small for a float
            said[loss] = f"w = {path[-1]:z.3f}{where}, cost {number(cost)}"
        steps = "1 step" if step == 1 else f"{step} steps"
        return (
            f"After {steps} with learning rate {rate:g} from w = {chosen(start, 1)}, the squared error is at "
            f"{said['squared error']}; the cross-entropy is at {said['cross-entropy']}."
        )

    return update


def loss_surfaces(fig):
    """Both costs over weight and bias as contours, the two paths on them, and the fits on the data."""
    reach = 7.5
    panels = fig.subplots(1, 3, width_ratios=[1, 1, 1.05])
    side = np.linspace(-reach, reach, 71)
    w, b = np.meshgrid(side, side)
    levels = {"squared error": np.arange(0, 1.01, 0.1), "cross-entropy": np.array([0, 0.5, 1, 2, 4, 6, 8, 10, 14, 20])}
    tints = {"squared error": "#8fbcdb", "cross-entropy": "#eab48f"}
    layers, paths, rings, dots, valleys = {}, {}, {}, {}, {}
    x = np.array(PLACES)
    for ax, loss in zip(panels, LOSS, strict=False):
        ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="weight w", xticks=[-6, -3, 0, 3, 6])
        ax.set(yticks=[-6, -3, 0, 3, 6])
        ax.set_title(loss, color=LOSSES[loss]["color"])
        ax.grid(visible=False)
        shades = LinearSegmentedColormap.from_list(loss, ["white", tints[loss]])
        for labels, y in LABELS.items():
            z = mean_loss(loss, x, np.array(y), w, b)
            layers[loss, labels] = [
                ax.contourf(w, b, z, levels=levels[loss], cmap=shades),
                ax.contour(w, b, z, levels=levels[loss], colors=MUTED, linewidths=0.6),
            ]
        (valleys[loss],) = ax.plot([], [], color=LIMIT, marker="*", markersize=13, linestyle="none", zorder=3)
        (paths[loss],) = ax.plot([], [], color=LOSSES[loss]["color"], marker=".", markersize=5, linewidth=1, zorder=4)
        (rings[loss],) = ax.plot([], [], **(MARK | {"markersize": 19, "fillstyle": "none", "markeredgecolor": INK}))
        (dots[loss],) = ax.plot([], [], **_mark(loss))
    panels[0].set_ylabel("bias b")
    fits = panels[2]
    fits.set(xlim=(-3.2, 3.2), ylim=(-0.1, 1.1), xlabel="x", yticks=[0, 0.5, 1], title="data and both fits")
    line = np.linspace(-3.2, 3.2, 161)
    samples = fits.plot(x, x, color=INK, marker="o", markersize=8, linestyle="none", zorder=3)[0]
    models = {
        loss: fits.plot(
            [], [], **line_of(loss), marker=LOSSES[loss]["marker"], markersize=7, markevery=(first, 40), zorder=4
        )[0]
        for loss, first in zip(LOSS, (15, 35), strict=True)
    }

    @draggable(rings["squared error"], x="w", y="b")
    @draggable(rings["cross-entropy"], x="w", y="b")
    def update(step, w, b, labels):
        y = np.array(LABELS[labels])
        samples.set_data(x, y)
        said = {}
        for loss in LOSS:
            for kind in LABELS:
                for layer in layers[loss, kind]:
                    layer.set_visible(kind == labels)
            path = path_of_both(loss, labels, w, b)[: step + 1]
            at = path[-1]
            paths[loss].set_data(*path.T)
            rings[loss].set_data(*path[:1].T)
            dots[loss].set_data(*path[-1:].T)
            valleys[loss].set_data(*valley(loss, labels).T)
            models[loss].set_data(line, sigmoid(at[0] * line + at[1]))
            cost = float(mean_loss(loss, x, y, at[0], at[1]))
            said[loss] = f"w = {readable(at[0])}, b = {readable(at[1])} with a cost of {number(cost)}"
        steps = "1 step" if step == 1 else f"{step} steps"
        return (
            f"{_KIND[labels]}, after {steps} from w = {chosen(w, 1)}, b = {chosen(b, 1)}: the squared error is at "
            f"{said['squared error']}; the cross-entropy is at {said['cross-entropy']}. {_BOTTOM[labels]}"
        )

    return update
