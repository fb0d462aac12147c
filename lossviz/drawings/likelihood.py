"""Pictures of cross-entropy and likelihood."""

import math
from functools import lru_cache

import numpy as np

from ..activations import sigmoid
from ..classification import binary_cross_entropy, binary_cross_entropy_gradient, categorical_cross_entropy
from ..information import cross_entropy, entropy, kl_divergence, self_information
from .handles import draggable
from .learner import caption, tried
from .palette import (
    BEYOND,
    CEILING,
    INK,
    LIMIT,
    MARK,
    MODEL,
    MUTED,
    ON_WHITE,
    OUTCOMES,
    SLOPE,
    TRUTH,
    brief,
    capped,
    chosen,
    line_of,
    note,
    number,
    readable,
)

BASES = {"nats": math.e, "bits": 2}
CLASSES = ("cat", "dog", "pig")
TRUE_CLASSES = np.array([1, 2, 0])
MODEL_1 = np.array([[0.3, 0.4, 0.3], [0.3, 0.3, 0.4], [0.1, 0.2, 0.7]])
MODEL_2 = np.array([[0.1, 0.7, 0.2], [0.1, 0.2, 0.7], [0.3, 0.4, 0.3]])
GRID = np.array([0, *sigmoid(np.linspace(-30, 30, 601)), 1])  # dense at both ends, where the losses are steep
ABOVE = 99  # what infinity is drawn at, above every axis
COINS = np.stack([GRID, 1 - GRID], axis=-1)
LEAST = MARK | {"marker": "D", "markersize": 9, "color": LIMIT}
DROP = {"color": MUTED, "linestyle": ":", "linewidth": 1.5}


def cross_entropy_split(fig):
    """Cross-entropy of a coin over the model's probability, and as a stack: the entropy, and the divergence on it."""
    top = 3
    ax, stack = fig.subplots(1, 2, width_ratios=[2.2, 1])
    ax.set(xlim=(-0.02, 1.02), ylim=(0, top), xlabel="the model's q(heads)", ylabel="cross-entropy H(p, q)")
    ax.set_title("◆ the truth, q = p", loc="right", color=TRUTH)
    stack.set(xlim=(-0.7, 2.1), ylim=(0, top), xticks=[0], xticklabels=["H(p, q)"])
    stack.grid(axis="x", visible=False)
    (curve,) = ax.plot([], [], color=MODEL)
    (floor,) = ax.plot([0, 1], [0, 0], **CEILING)
    (extra,) = ax.plot([], [], color=MODEL, linewidth=5, alpha=0.5, solid_capstyle="butt")
    (truth,) = ax.plot([], [], **(MARK | {"marker": "D", "color": TRUTH}))
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    floor_note = note(ax, "floor H(p)", ha="left", color=LIMIT, bbox=ON_WHITE)
    (entropy_bar,) = stack.bar([0], [0], width=1, color=TRUTH, zorder=3)
    (divergence_bar,) = stack.bar([0], [0], width=1, color=MODEL, hatch="//", edgecolor="white", zorder=3)
    (stack_floor,) = stack.plot([-0.7, 0.6], [0, 0], **(CEILING | {"zorder": 4}))
    (beyond,) = stack.plot([], [], **BEYOND)
    labels = [stack.text(0.66, 0, "", va="center", color=color, zorder=5) for color in (TRUTH, MODEL, INK)]

    @lru_cache(maxsize=1)
    def heights(p, base):
        return np.minimum(cross_entropy(np.broadcast_to([p, 1 - p], COINS.shape), COINS, base=base), ABOVE)

    @draggable(truth, x="p")
    @draggable(dot, x="q")
    def update(p, q, unit):
        base = BASES[unit]
        true, model = np.array([p, 1 - p]), np.array([q, 1 - q])
        least, total = entropy(true, base=base), cross_entropy(true, model, base=base)
        gap = kl_divergence(true, model, base=base)
        height = capped(total, top)
        curve.set_data(GRID, heights(p, base))
        floor.set_ydata([least, least])
        extra.set_data([q, q], [least, height])
        truth.set_data([p], [least])
        dot.set_data([q], [height])
        dot.set_marker("o" if height == total else "^")
        floor_note.xy = (_free(p, q), least)
        floor_note.set(ha="left" if p > 0.5 else "right", position=(0, 6 if least < 0.3 else -16))
        entropy_bar.set_height(least)
        divergence_bar.set(y=least, height=min(least + gap, top) - least)
        stack_floor.set_ydata([least, least])
        beyond.set_data([0] if total > top else [], [height] if total > top else [])
        said = [f"H(p)\n{least:.3f}", f"D(p||q)\n{brief(gap)}", f"total\n{brief(total)}"]
        for label, text, y in zip(labels, said, _apart(least / 2, (least + min(total, top)) / 2, height), strict=True):
            label.set(text=text, y=y)
        says = f"The coin has p(heads) = {chosen(p)}, the model says {chosen(q)}"
        if math.isinf(total):
            return f"{says}: the cross-entropy is infinite, because the model rules out a side that does come up."
        if p == q:
            return f"{says}, the truth: the cross-entropy is at its floor, the entropy H(p), {number(least, unit)}."
        return (
            f"{says}: the cross-entropy of {number(total, unit)} is the floor H(p), {number(least, unit)}, "
            f"and on top of it D(p||q), {number(gap, unit)}."
        )

    return update


def _free(p, q):
    """Where along the floor its name begins or ends: away from the truth, and from the model too."""
    return (0.38 if q < 0.3 else 0.01) if p > 0.5 else (0.62 if q > 0.7 else 0.99)


def _apart(low, middle, high):
    """Three heights for labels of two lines, moved up, and then down, until they do not touch."""
    room, ceiling = 0.5, 2.75
    low = max(low, 0.25)
    middle = max(middle, low + room)
    high = min(max(high, middle + room), ceiling)
    middle = min(middle, high - room)
    return min(low, middle - room), middle, high


def one_hot(fig):
    """The predicted probabilities of three classes, and the loss: the surprise at the true one."""
    top = 4
    ax, loss = fig.subplots(1, 2)
    ax.set(xlim=(-0.6, 2.6), ylim=(0, 1.12), xticks=range(3), xticklabels=CLASSES, ylabel="predicted probability a")
    ax.grid(axis="x", visible=False)
    loss.set(xlim=(-0.02, 1.02), ylim=(0, top), ylabel="loss −log a in nats", xlabel="a of the true class")
    grid = np.linspace(math.exp(-top), 1, 501)
    loss.plot(grid, self_information(grid), color=MUTED)
    bars = [
        ax.bar([i], [0], width=0.7, edgecolor=look["color"], linewidth=2, zorder=3)[0]
        for i, look in enumerate(OUTCOMES[:3])
    ]
    numbers = [note(ax, xytext=(0, 4)) for _ in bars]
    (drop,) = loss.plot([], [], **DROP)
    (dot,) = loss.plot([], [], **MARK)
    value_note = note(loss, bbox=ON_WHITE)

    def share_of_dog(x, y):
        rest = 1 - bars[0].get_height()
        return x, (y / rest if rest else 0.5)

    @draggable(bars[1], y="share", to=share_of_dog)
    @draggable(bars[0], y="cat")
    def update(true, cat, share):
        a = np.array([cat, (1 - cat) * share, (1 - cat) * (1 - share)])
        label = CLASSES.index(true)
        value = categorical_cross_entropy(label, a)
        height = capped(value, top)
        for i, (bar, text) in enumerate(zip(bars, numbers, strict=True)):
            counts = i == label
            bar.set(height=a[i], facecolor=OUTCOMES[i]["color"] if counts else "white")
            text.xy = (i, a[i])
            text.set(text=brief(a[i]), color=INK if counts else MUTED, weight="bold" if counts else "normal")
        drop.set_data([a[label]] * 2, [0, height])
        dot.set_data([a[label]], [height])
        dot.set(color=OUTCOMES[label]["color"], marker=OUTCOMES[label]["marker"] if height == value else "^")
        value_note.xy = (a[label], height)
        value_note.set(text=brief(value), **_clear_of(-1, a[label], value < 0.9 * top))
        if a[label] == 0:
            return f"It is a {true}, and the model gave it probability 0: the loss is infinite."
        others = " and ".join(f"{chosen(x)} to {name}" for name, x in zip(CLASSES, a, strict=True) if name != true)
        return (
            f"It is a {true}, to which the model gave {chosen(a[label])}: the loss is {number(value, 'nats')}. "
            f"That it gave {others} does not matter."
        )

    return update


def binary_loss(fig, mine=None):
    """Binary cross-entropy and its slope over the predicted probability, for hard and soft labels."""
    top, steep = 4, 12
    ax, slopes = fig.subplots(1, 2)
    ax.set(xlim=(-0.02, 1.02), ylim=(0, top), xlabel="predicted probability a", ylabel="loss in nats")
    ax.set_title("◆ least", color=LIMIT)
    own_text = ax.text(0.5, 0.92 * top, "", ha="center", color=INK, fontsize=10)
    slopes.set(xlim=(-0.02, 1.02), ylim=(-steep, steep), xlabel="predicted probability a", ylabel="slope of the loss")
    slopes.axhline(0, color=MUTED, linewidth=1)
    for hard, end in ((1.0, "left"), (0.0, "right")):
        ax.plot(GRID, _binary_curve(hard), **DROP)
        ax.set_title(f"y = {hard:g}", loc=end, color=MUTED)
    (curve,) = ax.plot([], [], **line_of("cross-entropy"))
    (own,) = ax.plot([], [], color=INK, linestyle=(0, (1, 2)), linewidth=3)
    (slope_curve,) = slopes.plot([], [], color=SLOPE)
    (least,) = ax.plot([], [], **LEAST)
    (flat,) = slopes.plot([], [], **LEAST)
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    (slope_dot,) = slopes.plot([], [], color=SLOPE, **MARK)
    value_note = note(ax, bbox=ON_WHITE)
    slope_note = note(slopes, bbox=ON_WHITE)
    soft_grid = GRID[1:-1]

    @draggable(slope_dot, x="a")
    @draggable(dot, x="a")
    def update(y, a):
        value, slope = binary_cross_entropy(y, a), binary_cross_entropy_gradient(y, a)
        floor = binary_cross_entropy(y, y)
        curve.set_data(GRID, _binary_curve(y))
        steepness = binary_cross_entropy_gradient(np.full_like(GRID, y), GRID)
        slope_curve.set_data(GRID, np.clip(steepness, -ABOVE, ABOVE))
        least.set_data([y], [floor])
        soft = 0 < y < 1
        flat.set_data([y] if soft else [], [0] if soft else [])
        complaint = ""
        if mine is not None:
            values, complaint = tried(mine, np.full_like(soft_grid, y), soft_grid)
            own.set_data(soft_grid if values is not None else [], values if values is not None else [])
            own_text.set_text(caption("thick dots", values, ax))
        height, rise = capped(value, top), float(np.clip(slope, -0.95 * steep, 0.95 * steep))
        dot.set_data([a], [height])
        dot.set_marker("o" if height == value else "^")
        slope_dot.set_data([a], [rise])
        slope_dot.set_marker("o" if rise == slope else "^" if slope > 0 else "v")
        value_note.xy, slope_note.xy = (a, height), (a, rise)
        value_note.set(text=brief(value), **_clear_of(slope, a, value < 0.9 * top))
        slope_note.set(text=_signed(slope), **_clear_of_slope(slope / steep, a, rise == slope))
        return " ".join(filter(None, [_binary_sentence(y, a, value, slope, floor), complaint]))

    return update


def _binary_curve(y):
    """The loss over the grid, with infinity above every axis."""
    return np.minimum(binary_cross_entropy(np.full_like(GRID, y), GRID), ABOVE)


def _clear_of(slope, x, inside):
    """Where the number at a dot stands clear of a convex curve of that slope: on the side where the curve is lower."""
    right = slope < 0
    if not inside:
        return {"ha": "left", "position": (12, -5)} if x < 0.5 else {"ha": "right", "position": (-12, -5)}
    if abs(slope) < 1e-9:
        return {"ha": "center", "position": (0, 14)} if 0.1 < x < 0.9 else _inward(x)
    if x > 0.7 and right:
        return {"ha": "right", "position": (8, 24)}
    if x < 0.3 and not right:
        return {"ha": "left", "position": (0, 24)}
    return {"ha": "left", "position": (11, 7)} if right else {"ha": "right", "position": (-11, 7)}


def _inward(x):
    """Over a dot near an end of the axes, on the inner side."""
    return {"ha": "left", "position": (6, 20)} if x < 0.5 else {"ha": "right", "position": (-6, 20)}


def _clear_of_slope(rise, x, inside):
    """The same for the rising curve of the slope, in parts of the axes: above it on the left, below it on the right."""
    if not inside:
        return {"ha": "left", "position": (34, 2)} if x < 0.5 else {"ha": "right", "position": (-34, -5)}
    if abs(rise) > 0.7:
        return {"ha": "left", "position": (14, -4)} if rise < 0 else {"ha": "right", "position": (-14, -6)}
    if rise < 0 or (abs(rise) < 1e-9 and x < 0.5):
        return {"ha": "left" if x < 0.8 else "right", "position": (8, -22)}
    return {"ha": "right", "position": (-8, 12)} if x > 0.3 else {"ha": "left", "position": (2, 12)}


def _signed(slope):
    """A slope with its sign as a printed minus, infinity included."""
    size = "∞" if math.isinf(slope) else f"{abs(slope):.3f}"
    return size if size == "0.000" else f"{'−' if slope < 0 else '+'}{size}"


def _binary_sentence(y, a, value, slope, floor):
    says = f"The label is y = {chosen(y)}, the prediction a = {chosen(a)}"
    if math.isinf(value):
        kind = "certain and wrong" if y in (0, 1) else "certain, and the label is not"
        way = "down" if slope < 0 else "up"
        return f"{says}, which is {kind}: the loss is infinite, and its slope is infinite too, {way}wards."
    if a == y and y in (0, 1):
        return f"{says}, certain and right: the loss is 0, and its slope is {slope:+.0f}, so the first doubt costs."
    if a == y:
        return f"{says}: the loss is at its least, {number(floor, 'nats')}, the entropy of the label; its slope is 0."
    rise = f"{'+' if slope > 0 else ''}{readable(slope)}"
    least = f"lower by {number(value - floor, 'nats')}" if number(value) == number(floor) else f"{floor:z.3f}"
    return f"{says}: the loss is {number(value, 'nats')}, its slope {rise}; the least, at a = y, is {least}."


def two_models(fig):
    """Three predictions on the way from one model to another: the loss slides, and the accuracy jumps."""
    top = 2.6
    places = fig.subplot_mosaic(
        [["0", "1", "2", "loss"], ["0", "1", "2", "accuracy"]], width_ratios=[1, 1, 1, 2.7], height_ratios=[1.7, 1]
    )
    rows = [places[str(i)] for i in range(3)]
    mixes = np.linspace(-1, 2, 1201)
    losses, rights = _scores(np.array([_mixed(mix) for mix in mixes]))
    bars, notes = [], []
    for i, ax in enumerate(rows):
        ax.set(xlim=(-0.6, 2.6), ylim=(0, 1.18), xticks=range(3), xticklabels=CLASSES, yticks=[0, 0.5, 1])
        ax.set_title(f"a {CLASSES[TRUE_CLASSES[i]]}")
        ax.tick_params(axis="x", labelsize=9)
        ax.grid(axis="x", visible=False)
        if i:
            ax.tick_params(labelleft=False)
        bars.append(
            [
                ax.bar([k], [0], width=0.7, color=look["color"], edgecolor=look["color"], linewidth=1.5, zorder=3)[0]
                for k, look in enumerate(OUTCOMES[:3])
            ]
        )
        for k, bar in enumerate(bars[-1]):
            if k != TRUE_CLASSES[i]:
                bar.set_facecolor("white")
        notes.append(ax.text(1, 1.08, "", ha="center", fontsize=10, zorder=5))
    rows[0].set_ylabel("predicted probability")
    ticks = {"xlim": (-1.1, 2.1), "xticks": [-1, 0, 1, 2]}
    loss, accuracy = places["loss"], places["accuracy"]
    loss.set(**ticks, xticklabels=[], ylim=(0, top), ylabel="mean loss in nats")
    accuracy.set(**ticks, ylim=(0, 1.2), yticks=[0, 2 / 3, 1], yticklabels=["0", "2/3", "1"], ylabel="accuracy")
    accuracy.set_xticklabels(["sure", "model 1", "model 2", "labels"], fontsize=9)
    loss.plot(mixes, losses, **line_of("cross-entropy"))
    accuracy.plot(mixes, rights, color=INK)
    (dot,) = loss.plot([], [], color=MODEL, **MARK)
    (accuracy_dot,) = accuracy.plot([], [], color=INK, **(MARK | {"marker": "s"}))
    value_note = note(loss, ha="left", bbox=ON_WHITE)

    @draggable(accuracy_dot, x="mix")
    @draggable(dot, x="mix")
    def update(mix):
        a = _mixed(mix)
        single = categorical_cross_entropy(TRUE_CLASSES, a)
        mean, right = _scores(a)
        for group, row, text, value in zip(bars, a, notes, single, strict=True):
            for bar, height in zip(group, row, strict=True):
                bar.set_height(height)
            text.set_text(f"loss {brief(value)}")
        height = capped(mean, top)
        dot.set_data([mix], [height])
        dot.set_marker("o" if mean < top else "^")
        accuracy_dot.set_data([mix], [right])
        value_note.xy = (mix, height)
        in_dip = -0.72 < mix < 0
        place = {"ha": "center", "position": (-8, -20)} if in_dip else _clear_of(-1, (mix + 1) / 3, mean < 0.9 * top)
        value_note.set(text=brief(mean), **place)
        count = f"{round(3 * right)} of 3 are right by arg max"
        if math.isinf(mean):
            return f"Sure of model 1's answers: one of them is wrong, so its loss and the mean are infinite; {count}."
        told = ", ".join(f"{value:z.3f}" for value in single[:2]) + f" and {single[2]:z.3f}"
        return f"{_place(mix)}: the losses are {told}, their mean is {number(mean, 'nats')}; {count}."

    return update


def _mixed(mix):
    """Predictions from model 1's answers stated with certainty (-1) over models 1 (0) and 2 (1) to the labels (2)."""
    answers, labels = np.eye(3)[MODEL_1.argmax(axis=1)], np.eye(3)[TRUE_CLASSES]
    stations = (answers, MODEL_1, MODEL_2, labels)
    at = min(int(mix + 1), 2)
    t = mix + 1 - at
    return (1 - t) * stations[at] + t * stations[at + 1]


def _scores(a):
    """The mean loss and the accuracy of three predictions, shape (..., 3, 3)."""
    labels = np.broadcast_to(TRUE_CLASSES, a.shape[:-1])
    return categorical_cross_entropy(labels, a).mean(axis=-1), (a.argmax(axis=-1) == labels).mean(axis=-1)


def _place(mix):
    named = {0: "Model 1", 1: "Model 2", 2: "The labels themselves as predictions"}
    if mix in named:
        return named[mix]
    return ("Between certainty and model 1", "Between model 1 and model 2", "Between model 2 and the labels")[
        math.floor(mix) + 1
    ]


def proper_score(fig):
    """What a stated probability is expected to cost, by the log score and by the absolute error."""
    panels = fig.subplots(1, 2)
    tops = (3, 1.1)
    titles = ("log score, in nats (◆ least)", "absolute error |y − a| (◆ least)")
    looks = [line_of("cross-entropy"), line_of("absolute error")]
    for ax, top, title in zip(panels, tops, titles, strict=True):
        ax.set(xlim=(-0.03, 1.03), ylim=(0, top), xlabel="stated probability a", title=title)
    panels[0].set_ylabel("expected loss")
    curves = [ax.plot([], [], **look)[0] for ax, look in zip(panels, looks, strict=True)]
    truths = [ax.plot([], [], **(DROP | {"color": TRUTH, "linewidth": 2}))[0] for ax in panels]
    leasts = [ax.plot([], [], **LEAST)[0] for ax in panels]
    dots = [ax.plot([], [], color=MODEL, **MARK)[0] for ax in panels]
    truth_notes = [note(ax, "truth p", color=TRUTH, bbox=ON_WHITE) for ax in panels]
    value_notes = [note(ax, bbox=ON_WHITE) for ax in panels]

    @draggable(truths[1], x="p")
    @draggable(truths[0], x="p")
    @draggable(dots[1], x="a")
    @draggable(dots[0], x="a")
    def update(p, a):
        values = binary_cross_entropy(p, a), _expected_absolute(p, a)
        curves[0].set_data(GRID, _binary_curve(p))
        curves[1].set_data(GRID, _expected_absolute(p, GRID))
        slopes = a - p, 1 - 2 * p
        best = float(p > 0.5)
        leasts[0].set_data([p], [binary_cross_entropy(p, p)])
        leasts[1].set_data([best], [_expected_absolute(p, best)])
        leasts[1].set_visible(p != 0.5)
        for i, top in enumerate(tops):
            height = capped(values[i], top)
            truths[i].set_data([p, p], [0, 0.86 * top])
            truth_notes[i].xy = (p, 0.86 * top)
            truth_notes[i].set(position=(0, 3), ha="center" if 0.1 < p < 0.9 else "left" if p < 0.5 else "right")
            dots[i].set_data([a], [height])
            dots[i].set_marker("o" if height == values[i] else "^")
            value_notes[i].xy = (a, height)
            place = _clear_of_truth(slopes[i], a, p, values[i] / top)
            value_notes[i].set(text=brief(values[i]), **place)
        best_text = "every statement costs the same" if p == 0.5 else f"the least is at a = {best:.0f}"
        log = "infinity" if math.isinf(values[0]) else number(values[0], "nats")
        return (
            f"The event has probability p = {chosen(p)}, and a = {chosen(a)} is stated. Expected log score: {log}, "
            f"the least is at a = p. Expected absolute error: {values[1]:.3f}, {best_text}."
        )

    return update


def _clear_of_truth(slope, a, p, share):
    """The same, clear of the line at the truth too: beyond the dot, above or below the curve, where there is room."""
    below = (slope < 0) == (a < p)
    if not 0.15 < a < 0.85 or share >= 0.9 or (below and share < 0.15):
        return _clear_of(slope, a, share < 0.9)
    return {"ha": "right" if a < p else "left", "position": (-11 if a < p else 11, -16 if below else 7)}


def _expected_absolute(p, a):
    """The mean of ``|y - a|`` when y is 1 with probability p, and else 0."""
    return p * (1 - a) + (1 - p) * a
