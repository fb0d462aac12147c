"""Pictures of choosing a loss, and the small data sets and models that they and the lesson share.

A model is one line of mathematics: a straight line, a logistic curve of one feature, a softmax of weighted pixels, or
a table of letter pairs. What changes is the loss that it is fitted with. All data but the text are simulated, seeded.
"""

from functools import cache, lru_cache, partial

import numpy as np
from matplotlib.collections import PolyCollection

from ..activations import sigmoid, softmax
from ..regression import absolute_error, huber, quantile_loss, rmse, squared_error
from .descent import descend
from .handles import draggable
from .learner import tried
from .palette import (
    BEYOND,
    CEILING,
    FILL,
    INK,
    LIMIT,
    LOSSES,
    MARK,
    MODEL,
    MUTED,
    ON_WHITE,
    STILL,
    TRUTH,
    brief,
    capped,
    chosen,
    note,
    part,
    set_heights,
)

# Three data sets for a straight line. Two of them are the same numbers with two stories.

TRAINING = 80
NEW = 2000
OWN_STEPS = 600
DELTA = 2.0
QUANTILE = 0.9
LATE, EARLY = 9, 1
LINES = ("squared error", "absolute error", "Huber", "quantile")
BAR = np.array([(-0.4, 0), (-0.4, 1), (0.4, 1), (0.4, 0)])  # the corners of one of height 1
JUDGES = {
    "squared error": squared_error,
    "absolute error": absolute_error,
    "Huber": partial(huber, delta=DELTA),
    "quantile": partial(quantile_loss, quantile=QUANTILE),
}


def line_data(data, seed=1):
    """Training and held-out data for a straight line: ``x, y, x_new, y_new``.

    In "sensor" and "household" the training data are the same numbers: ``10 + 2 x``, noise, and in 15 % of the rows
    10 to 25 more. For the sensor these are faults, so `y_new` is the true temperature without noise and faults. For
    the household they are days on which a car is charged, and they come in `y_new` as well. "deliveries" have a
    skewed noise that grows with x.
    """
    now, later = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    draw = _deliveries if data == "deliveries" else _with_spikes
    x_new, y_new = draw(later, NEW)
    return *draw(now, TRAINING), x_new, 10 + 2 * x_new if data == "sensor" else y_new


def _with_spikes(rng, n):
    x = rng.uniform(0, 10, n)
    spikes = np.where(rng.random(n) < 0.15, rng.uniform(10, 25, n), 0)
    return x, 10 + 2 * x + rng.normal(0, 1, n) + spikes


def _deliveries(rng, n):
    x = rng.uniform(0, 10, n)
    return x, 8 + 2 * x + (0.6 + 0.25 * x) * rng.exponential(1, (2, n)).sum(axis=0)


def best_line(x, y, loss):
    """Intercept and slope of the line with the least mean loss on the data, by the name of the loss.

    Least squares are exact. For the absolute and the quantile loss some best line runs through two of the points: of
    those through each point the best is taken, and of these the best. For Huber's loss least squares are repeated,
    each point with the weight that its residual earns, until nothing changes (Holland and Welsch, 1977).
    """
    if loss == "squared error":
        return np.linalg.lstsq(_features(x), y, rcond=None)[0]
    if loss == "Huber":
        return _reweighted(x, y, DELTA)
    return _through_two(x, y, QUANTILE if loss == "quantile" else 0.5)


def _features(x):
    return np.stack([np.ones_like(x), x], axis=1)


def _through_two(x, y, quantile):
    """The line through two points with the least quantile loss; a best line of that kind exists.

    Of the lines through one point, the best has a weighted quantile of the slopes to all others: each slope weighs as
    much as its point is away in x, and to the left of the point above and below change places.
    """
    across, up = x - x[:, None], y - y[:, None]
    slopes = np.divide(up, across, out=np.zeros_like(up), where=across != 0)
    order = np.argsort(slopes, axis=1)
    below = np.cumsum(np.take_along_axis(abs(across), order, axis=1), axis=1)
    wanted = (abs(across) * np.where(across > 0, quantile, 1 - quantile)).sum(axis=1)
    rank = (below < wanted[:, None]).sum(axis=1)
    through = np.take_along_axis(slopes, order, axis=1)[np.arange(len(x)), rank]
    starts = y - through * x
    over = starts[:, None] + through[:, None] * x - y
    best = np.argmin(np.maximum(-quantile * over, (1 - quantile) * over).sum(axis=1))
    return np.array([starts[best], through[best]])


def _reweighted(x, y, delta, most=200):
    """The line with the least Huber loss. A residual beyond delta weighs as much less as its slope is capped."""
    features, line = _features(x), np.zeros(2)
    for _ in range(most):
        residuals = abs(y - features @ line)
        weighted = features.T * (delta / np.maximum(residuals, delta))
        before, line = line, np.linalg.solve(weighted @ features, weighted @ y)
        if np.allclose(line, before, rtol=0, atol=1e-12):
            break
    return line


def _descended(x, y, gradient, rate, steps=400):
    """The line that gradient descent ends at. It works on (x - 5) / 3, whose mean and spread are near 0 and 1."""
    features = _features((x - 5) / 3)
    level, tilt = descend(lambda w: features.T @ gradient(y, features @ w) / len(y), np.zeros(2), rate, steps)[-1]
    return np.array([level - tilt * 5 / 3, tilt / 3])


def total_gap(y_true, y_pred):
    """What the total of the predictions is off, divided by their number."""
    return abs(np.mean(np.subtract(y_pred, y_true)))


def price(y_true, y_pred, late=LATE, early=EARLY):
    """The mean price of promises: `late` for every unit by which the truth is above, `early` for every unit below."""
    over = np.subtract(y_pred, y_true)
    return np.mean(np.where(over < 0, -late * over, early * over))


SAID = {
    "squared error": "squared error",
    "absolute error": "absolute error",
    "Huber": "Huber loss",
    "quantile": "0.9-quantile loss",
}
SCENARIOS = {
    "sensor": {
        "x": ("hours", "hour"),
        "y": ("measured temperature in °C", "°C"),
        "measure": rmse,
        "top": 4,
        "title": "root mean squared error against\nthe true temperature, in °C",
        "unit": "°C",
        "said": "hours the root mean squared error against the true temperature is",
    },
    "household": {
        "x": ("degrees below 15 °C", "degree"),
        "y": ("kWh used in a day", "kWh"),
        "measure": total_gap,
        "top": 4,
        "title": f"error of the total of {NEW} new days,\nin kWh per day",
        "unit": "kWh per day",
        "said": "days the total is missed by",
    },
    "deliveries": {
        "x": ("distance in km", "km"),
        "y": ("minutes from order to door", "minutes"),
        "measure": price,
        "top": 16,
        "title": f"price per order in cents:\nlate minute {LATE}, early minute {EARLY}",
        "unit": "cents",
        "said": "orders a promise costs on average",
    },
}


def cheapest(data, seed):
    """The loss whose line costs least on the new data, as the scenario measures it."""
    _, _, x_new, y_new, lines = _fitted(data, seed)
    measure = SCENARIOS[data]["measure"]
    return min(LINES, key=lambda loss: measure(y_new, lines[loss][0] + lines[loss][1] * x_new))


@lru_cache(maxsize=32)
def _fitted(data, seed):
    """The data and the line of each loss."""
    x, y, x_new, y_new = line_data(data, seed)
    return x, y, x_new, y_new, {loss: best_line(x, y, loss) for loss in LINES}


def choose_loss(fig, mine=None):
    """Points and the line of the chosen loss, beside what each of the lines costs on new data.

    `mine` is the gradient of a learner's own loss, ``mine(y_true, y_pred)``; its line is found by descent.
    """
    names = [*LINES, "yours"] if mine else list(LINES)
    places = range(len(names))
    ax, costs_ax = fig.subplots(1, 2, width_ratios=[3, 2.3])
    ax.set(xlim=(-0.3, 10.3), ylim=(0, 64), xlabel=" ", title=" \n ")
    costs_ax.set(xlim=(-0.6, len(names) - 0.4), ylim=(0, 1.2), yticks=[], xlabel=" ", title=" \n ")
    costs_ax.set_xticks(places, [name.replace(" ", "\n") for name in names], fontsize=8 if mine else 9)
    costs_ax.spines["left"].set_visible(False)
    costs_ax.grid(visible=False)
    x_name = ax.text(0.5, -0.12, "", ha="center", va="top", transform=ax.transAxes, in_layout=False)
    y_name = ax.text(0, 1.03, "", transform=ax.transAxes, in_layout=False)
    title = costs_ax.text(0, 1.03, "", fontsize=10, transform=costs_ax.transAxes, in_layout=False)
    line_name = ax.text(0, 62, "", va="top", zorder=5)
    (points,) = ax.plot([], [], "o", color=MUTED, markersize=4, alpha=0.6, zorder=3)
    (other,) = ax.plot([], [], color=INK, linestyle=":", linewidth=1.5, zorder=4)
    (line,) = ax.plot([], [], linewidth=2.5, zorder=4)
    other_name = ax.text(0, 56, "dotted: where your slope led", va="top", zorder=5, visible=False)
    bars = costs_ax.bar(places, 0, color=FILL, edgecolor=MUTED, zorder=3)
    (beyond,) = costs_ax.plot([], [], **BEYOND)
    numbers = [note(costs_ax, fontsize=10) for _ in names]
    ends = np.array([0.0, 10.0])

    def update(data, loss, seed):
        scenario = SCENARIOS[data]
        x, y, x_new, y_new, lines = _fitted(data, seed)
        own, problem = _line_of_mine(mine, x, y) if mine else (None, "")
        fits = lines if own is None else {**lines, "yours": own}
        costs = {name: scenario["measure"](y_new, w[0] + w[1] * x_new) for name, w in fits.items()}
        w, cost, look = lines[loss], costs[loss], LOSSES[loss]
        points.set_data(x, y)
        line.set_data(ends, w[0] + w[1] * ends)
        line.set(color=look["color"], linestyle=look["linestyle"])
        line_name.set(text=f"line with the least {SAID[loss]}", color=look["color"])
        outside = False
        if own is not None:
            other.set_data(ends, own[0] + own[1] * ends)
            low, high = ax.get_ylim()
            outside = bool((other.get_ydata() < low).all() or (other.get_ydata() > high).all())
            other_name.set_text("your line is outside" if outside else "dotted: where your slope led")
        other.set_visible(own is not None)
        other_name.set_visible(own is not None)
        heights = np.array(list(costs.values())) / scenario["top"]
        set_heights(bars, np.minimum(heights, 1))
        off_scale = np.flatnonzero(heights > 1)
        beyond.set_data(off_scale, np.full(off_scale.size, 1.04))
        for place, name in enumerate(names):
            height = heights[place] if name in costs else 0
            bars[place].set_facecolor(look["color"] if name == loss else FILL)
            numbers[place].xy = (place, min(height, 1.0))
            numbers[place].set(
                text=f"{costs[name]:.2f}" if name in costs else "no line",
                position=(0, 16 if height > 1 else 4),
                weight="bold" if name == loss else "normal",
            )
        (x_label, per), (y_label, unit) = scenario["x"], scenario["y"]
        x_name.set_text(x_label)
        y_name.set_text(y_label)
        title.set_text(scenario["title"])
        least = min(costs[name] for name in LINES)
        gap = round(cost, 2) - round(least, 2)
        more = f"{gap:.2f}" if gap > 0 else "less than 0.01"
        rank = "the least of the four losses" if cost == least else f"{more} more than the best of the four"
        yours = f" {problem}" if problem else ""
        if own is not None:
            where = "outside the picture, " if outside else ""
            price = f"{costs['yours']:.2f} {scenario['unit']}"
            yours = f" {OWN_STEPS} steps down your slope lead to a line {where}for which it is {price}."
        way = f"{'rises' if w[1] >= 0 else 'falls'} by {abs(w[1]):.2f} {unit} per {per}"
        return (
            f"{data.capitalize()}, fitted with the {SAID[loss]}: the line starts at {w[0]:.1f} {unit} and {way}; "
            f"for {NEW} new {scenario['said']} {cost:.2f} {scenario['unit']}, {rank}.{yours}"
        )

    return update


def _line_of_mine(mine, x, y):
    """The line of a learner's gradient and an empty complaint, or None and the complaint."""
    _, problem = tried(mine, y, y - 1)
    if problem:
        return None, problem

    def gradient(y_true, y_pred):
        values, _ = tried(mine, y_true, y_pred)
        return np.full_like(y_true, np.nan) if values is None else values

    w = _descended(x, y, gradient, rate=0.2, steps=OWN_STEPS)
    if np.isfinite(w).all() and np.abs(w).max() < 1e6:
        return w, ""
    return None, f"{getattr(mine, '__name__', 'mine')} leads descent away from every line: check its sign and its size."


def cost_of_a_choice(fig):
    """Every loss as judge over the lines of all losses: sixteen costs, in four groups."""
    top = 3
    panels = fig.subplots(1, 4)
    for ax, judge in zip(panels, LINES, strict=True):
        ax.set(xlim=(-0.7, 3.7), ylim=(0, 1.2 * top), yticks=[], title=f"judged by\n{judge}")
        ax.set_xticks(range(4), ["squared", "absolute", "Huber", "quantile"], rotation=90, fontsize=10)
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
    panels[0].set(yticks=[0, 1, 2, 3], ylabel="mean loss, cheapest = 1")
    fig.supxlabel("loss that the line was fitted with", fontsize=11)
    rows = [ax.add_collection(PolyCollection([], edgecolor=MUTED, zorder=3)) for ax in panels]
    beyond = [ax.plot([], [], **BEYOND)[0] for ax in panels]
    numbers = [[note(ax, fontsize=9) for _ in LINES] for ax in panels]

    def update(data, on, seed):
        x, y, x_new, y_new, lines = _fitted(data, seed)
        at, truth = (x, y) if on == "training data" else (x_new, y_new)
        predicted = np.array([intercept + slope * at for intercept, slope in lines.values()])
        costs = np.array(
            [JUDGES[judge](np.broadcast_to(truth, predicted.shape), predicted).mean(axis=1) for judge in LINES]
        )
        for row, marks, texts, values in zip(rows, beyond, numbers, costs, strict=True):
            heights = values / values.min()
            row.set_verts([BAR * (1, min(height, top)) + (place, 0) for place, height in enumerate(heights)])
            row.set_facecolor(
                [LOSSES[name]["color"] if height == 1 else FILL for name, height in zip(LINES, heights, strict=True)]
            )
            off_scale = np.flatnonzero(heights > top)
            marks.set_data(off_scale, np.full(off_scale.size, 1.04 * top))
            for place, (text, value) in enumerate(zip(texts, values, strict=True)):
                text.xy = (place, min(heights[place], top))
                text.set(
                    text=f"{value:#.3g}".rstrip(".")
                    if value >= 1
                    else f"{value:.2f}"
                    if value >= 0.1
                    else f"{value:.3f}",
                    position=(0, 16 if heights[place] > top else 4),
                    weight="bold" if heights[place] == 1 else "normal",
                )
        winners = [LINES[i] for i in costs.argmin(axis=1)]
        own = sum(winner == judge for winner, judge in zip(winners, LINES, strict=True))
        where = f"{data.capitalize()}, seed {seed}, {on}"
        if own == len(LINES):
            return f"{where}: each of the four judges finds the line of its own loss the cheapest."
        verdicts = "; ".join(
            f"by the {SAID[judge]}, that of the {SAID[winner]}" for judge, winner in zip(LINES, winners, strict=True)
        )
        preference = "only 1 of the four judges prefers" if own == 1 else f"{own} of the four judges prefer"
        return (
            f"{where}: the cheapest line is, judged {verdicts}; {preference} the line of "
            f"{'its' if own == 1 else 'their'} own loss."
        )

    return update


# A rare disease: one marker, a logistic model, a threshold.

PREVALENCE = 0.05
WEIGHTS = (1, 2, 5, 10, 20, 50)
MISSES = (1, 5, 20, 100)


def patients(n, seed=0):
    """Marker and illness (0 or 1) of n people, of whom 5 % are ill on average; the ill have a higher marker."""
    rng = np.random.default_rng(seed)
    ill = rng.random(n) < PREVALENCE
    return rng.normal(0, 1, n) + 2 * ill, ill.astype(float)


def fit_logistic(x, y, weight=1.0):
    """Intercept and slope of the logit with the least cross-entropy, the ill counted `weight` times.

    By 25 steps of Newton's method, after which nothing changes any more on such data.
    """
    features, w, counts = _features(x), np.zeros(2), np.where(y == 1, weight, 1.0)
    for _ in range(25):
        p = sigmoid(features @ w)
        slope = features.T @ (counts * (p - y))
        curvature = (features * (counts * p * (1 - p))[:, None]).T @ features
        w = w - np.linalg.solve(curvature, slope)
    return w


def rare_disease(fig):
    """The model's probability over the marker, the people under it, and the cost of every threshold."""
    x, y = patients(2000)
    x_new, y_new = patients(20000, seed=1)
    models = {weight: fit_logistic(x, y, weight) for weight in WEIGHTS}
    thresholds = np.round(np.linspace(0, 1, 101), 2)
    predicted = {weight: sigmoid(w[0] + w[1] * x_new) for weight, w in models.items()}
    groups = {weight: (np.sort(p[y_new == 1]), np.sort(p[y_new == 0])) for weight, p in predicted.items()}
    counted = {weight: _misses_and_alarms(*group, thresholds) for weight, group in groups.items()}
    panels = fig.subplot_mosaic([["model", "costs"], ["people", "costs"]], width_ratios=[1.15, 1])
    model, people, costs_ax = panels["model"], panels["people"], panels["costs"]
    grid = np.linspace(-4, 6, 401)
    for ax in (model, people):
        ax.set_xlim(-4, 6)
    model.set(ylim=(-0.03, 1.08), ylabel="predicted p(ill)", yticks=[0, 0.5, 1], xticklabels=[])
    people.set(ylim=(0, 220), xlabel="marker", ylabel="per 1000", yticks=[0, 100, 200])
    edges = np.arange(-4, 6.01, 0.5)
    healthy, ill = (np.histogram(x_new[y_new == k], edges)[0] / len(x_new) * 1000 for k in (0, 1))
    people.bar(edges[:-1], healthy, width=0.5, align="edge", color=FILL, edgecolor=TRUTH, zorder=2)
    people.bar(
        edges[:-1], ill, width=0.5, align="edge", bottom=healthy, color=MODEL, edgecolor="white", hatch="//", zorder=2
    )
    people.text(-1.6, 120, "healthy", ha="right", color=TRUTH, bbox=ON_WHITE, zorder=4)
    people.text(2.9, 45, "ill (hatched)", color=MODEL, fontsize=10, bbox=ON_WHITE, zorder=4)
    (border,) = people.plot([], [], color=INK, linestyle="--", linewidth=1.5, zorder=3)
    (border_above,) = model.plot([], [], color=INK, linestyle=":", linewidth=1.5, zorder=3)
    alarm_note = note(people, "alarm →", ha="left", va="top", xytext=(4, 0), bbox=ON_WHITE)
    (curve,) = model.plot([], [], color=MODEL, zorder=3)
    (level,) = model.plot([], [], color=INK, linestyle="--", linewidth=1.5, zorder=3)
    level_note = note(model, ha="left", xytext=(0, 5), bbox=ON_WHITE, fontsize=10)
    costs_ax.set(xlim=(-0.02, 1.02), yscale="log", ylim=(20, 9000), xlabel="threshold")
    costs_ax.set_title("cost per 1000 people (log scale)", loc="left")
    costs_ax.yaxis.set_major_formatter("{x:g}")
    (best,) = costs_ax.plot([], [], **CEILING)
    best_note = note(costs_ax, ha="left", color=LIMIT, xytext=(4, 0), bbox=ON_WHITE, fontsize=10)
    (cost_curve,) = costs_ax.plot([], [], color=TRUTH, zorder=3)
    (dot,) = costs_ax.plot([], [], color=MODEL, **MARK)
    value_note = note(costs_ax, xytext=(0, -10), va="top", bbox=ON_WHITE)

    @draggable(dot, x="threshold")
    def update(weight, threshold, miss):
        w = models[weight]
        missed, alarms = (1000 * part for part in counted[weight])
        missed_here, alarms_here = (1000 * float(part) for part in _misses_and_alarms(*groups[weight], threshold))
        cost = miss * missed_here + alarms_here
        at = _marker_at(threshold, w)
        curve.set_data(grid, sigmoid(w[0] + w[1] * grid))
        level.set_data([-4, 6], [threshold, threshold])
        level_note.xy = (-3.9, threshold if threshold < 0.85 else threshold - 0.24)
        level_note.set_text(f"threshold {threshold:.3g}")
        border.set_data([at, at], [0, 220])
        border_above.set_data([at, at], [-0.03, threshold])
        alarm_note.xy = (at, 218)
        alarm_note.set_visible(at < 4.5)
        cost_curve.set_data(thresholds, miss * missed + alarms)
        ideal = weight / (weight + miss)
        best.set_data([ideal, ideal], [20, 5500])
        best_note.xy = (ideal, 6200)
        side = "left" if ideal < 0.4 else "center" if ideal < 0.7 else "right"
        best_note.set(text=f"{weight}/({weight} + {miss})", position=(0, 0), ha=side)
        dot.set_data([threshold], [cost])
        value_note.xy = (threshold, cost)
        side = "left" if threshold < 0.1 else "right" if threshold > 0.9 else "center"
        value_note.set(text=f"{cost + 1e-9:.0f}", ha=side)  # so that all halves go up
        accuracy = 1 - (missed_here + alarms_here) / 1000
        kind = "plain cross-entropy" if weight == 1 else f"the ill counted {weight} times"
        special = {0: " Everyone gets an alarm.", 1: " Nobody gets an alarm."}.get(threshold, "")
        return (
            f"With {kind} and the threshold {chosen(threshold, 2)}, of 1000 new people {missed_here:.2f} are ill and "
            f"missed and {alarms_here:.2f} get a false alarm; at {miss} for a miss and 1 for a false alarm, this "
            f"costs {cost:.2f}, with an accuracy of {accuracy:.3f}.{special}"
        )

    return update


def _misses_and_alarms(ill, healthy, thresholds):
    """The parts of all people that are missed, and that get a false alarm, when p >= threshold is an alarm.

    `ill` and `healthy` are what was predicted for each, sorted.
    """
    people = len(ill) + len(healthy)
    missed = np.searchsorted(ill, thresholds, side="left")
    return missed / people, (len(healthy) - np.searchsorted(healthy, thresholds, side="left")) / people


def _marker_at(threshold, w):
    """The marker from which on the model says alarm, inside the axes."""
    if threshold in (0, 1):
        return -4.0 if threshold == 0 else 6.0
    return float(np.clip((np.log(threshold / (1 - threshold)) - w[0]) / w[1], -4, 6))


# Small images with some wrong labels, and a softmax of weighted pixels.

GLYPHS = {
    "plus": ("..#..", "..#..", "#####", "..#..", "..#.."),
    "ring": ("#####", "#...#", "#...#", "#...#", "#####"),
    "cross": ("#...#", ".#.#.", "..#..", ".#.#.", "#...#"),
}
CLEAN = np.array([[mark == "#" for row in rows for mark in row] for rows in GLYPHS.values()], dtype=float)
BOUNDED = "1 − p(label)"
CLASS_LOSSES = ("cross-entropy", "label smoothing", BOUNDED)
NOISES = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
SMOOTHING = 0.3
PIXEL_NOISE = 0.7


def images(n, noise, seed=0):
    """Images of 5 × 5 pixels as rows, their true classes 0, 1, 2, and the labels given, some of them wrong.

    With probability `noise` a label is one of the two wrong ones. A 26th column of ones makes room for a bias.
    """
    rng = np.random.default_rng(seed)
    classes = rng.integers(3, size=n)
    pixels = CLEAN[classes] + rng.normal(0, PIXEL_NOISE, (n, 25))
    labels = np.where(rng.random(n) < noise, (classes + rng.integers(1, 3, size=n)) % 3, classes)
    return np.column_stack([pixels, np.ones(n)]), classes, labels


def class_gradient(y, p, loss):
    """The slope of a class loss towards the logits, from the one-hot labels y and the softmax p of the logits.

    Cross-entropy: p - y. Label smoothing: the same with y mixed with the uniform distribution. The bounded loss
    1 - p(label): p(label) (p - y), which is small where the model is sure that the label is wrong.
    """
    if loss == "label smoothing":
        return p - ((1 - SMOOTHING) * y + SMOOTHING / 3)
    if loss == BOUNDED:
        return (p * y).sum(axis=1, keepdims=True) * (p - y)
    return p - y


def image_model(loss, noise, seed=0, n=200, steps=150):
    """Weights, shape (26, 3), after some steps of descent on n images; and two accuracies.

    The first is on the training labels, wrong ones included, the second on the true classes of 2000 new images.
    """
    return _image_models(noise, seed, n, steps)[loss]


@lru_cache(maxsize=128)
def _image_models(noise, seed, n, steps):
    """The models of all losses, trained side by side."""
    x, _, labels = images(n, noise, seed)
    y = np.eye(3)[:, labels]  # sums over few classes are faster when images lie along the last axis
    weights = np.zeros((len(CLASS_LOSSES), 3, 26))
    for _ in range(steps):
        p = softmax(weights @ x.T, axis=1)
        slopes = [class_gradient(y.T, own.T, loss).T for loss, own in zip(CLASS_LOSSES, p, strict=True)]
        weights -= 0.5 * np.array(slopes) @ x / n
    weights = weights.swapaxes(1, 2)
    x_new, classes = images(2000, 0, seed + 1000)[:2]
    on_labels = ((x @ weights).argmax(axis=-1) == labels).mean(axis=-1)
    on_new = ((x_new @ weights).argmax(axis=-1) == classes).mean(axis=-1)
    return dict(zip(CLASS_LOSSES, zip(weights, on_labels, on_new, strict=True), strict=True))


def noisy_labels(fig):
    """An image of each class and its label, the weights that the loss found, and both accuracies of each loss."""
    keys = list(GLYPHS)
    panels = fig.subplot_mosaic([["i0", "i1", "i2", "bars"], ["w0", "w1", "w2", "bars"]], width_ratios=[1, 1, 1, 3.4])
    pictures, captions, maps = [], [], []
    for row, made in (("i", pictures), ("w", maps)):
        for k in range(3):
            ax = panels[f"{row}{k}"]
            ax.set(xticks=[], yticks=[], xlim=(0, 5), ylim=(5, 0), aspect="equal")
            ax.set_title(f"a {keys[k]}\n " if row == "i" else f"weights\n{keys[k]}", zorder=STILL)
            ax.grid(visible=False)
            ax.spines[:].set_visible(False)
            if row == "i":
                made.append(ax.pcolormesh(np.zeros((5, 5)), cmap="Greys", vmin=-1, vmax=2, zorder=3))
                beside = {"y": 1.06, "fontsize": 10, "transform": ax.transAxes, "in_layout": False}
                ax.text(x=0.5, s="label: ", ha="right", zorder=STILL, **beside)
                captions.append(ax.text(x=0.5, s="", **beside))
            else:
                made.append(ax.pcolormesh(np.zeros((5, 5)), cmap="PuOr_r", vmin=-1, vmax=1, zorder=3))
    bars_ax = panels["bars"]
    bars_ax.set(xlim=(-0.6, 3.3), ylim=(0, 1.12), ylabel="accuracy")
    bars_ax.set_xticks(range(3), ["cross-\nentropy", "label\nsmoothing", "1 −\np(label)"], fontsize=10)
    bars_ax.grid(axis="x", visible=False)
    bars_ax.axhline(1 / 3, **(CEILING | {"color": MUTED, "zorder": 1}))
    bars_ax.text(3.3, 1 / 3 + 0.03, "guessing", ha="right", color=MUTED, fontsize=10)
    given = bars_ax.bar(np.arange(3) - 0.2, 0, width=0.36, color="white", edgecolor=MUTED, zorder=3)
    right = bars_ax.bar(np.arange(3) + 0.2, 0, width=0.36, color=FILL, edgecolor=TRUTH, zorder=3)
    numbers = [[note(bars_ax, xytext=(0, 4), fontsize=8.5) for _ in range(2)] for _ in range(3)]
    bars_ax.set_title("white: labels given; coloured: new images", fontsize=10)

    def update(loss, noise, seed):
        x, classes, labels = images(200, noise, seed)
        wrong = labels != classes
        shown = [np.flatnonzero((classes == k) & ~wrong)[0] for k in range(3)]
        if wrong.any():
            shown[classes[wrong][0]] = np.flatnonzero(wrong)[0]
        for picture, caption, i in zip(pictures, captions, shown, strict=True):
            picture.set(array=x[i, :25].reshape(5, 5))
            caption.set_text(f"{keys[labels[i]]}{' ✗' if wrong[i] else ''}")
        fits = {name: image_model(name, noise, seed) for name in CLASS_LOSSES}
        for image, weights in zip(maps, fits[loss][0][:25].T, strict=True):
            image.set(array=(weights / np.abs(weights).max()).reshape(5, 5))  # set_array alone tells nobody
        set_heights(given, [fit[1] for fit in fits.values()])
        set_heights(right, [fit[2] for fit in fits.values()])
        for k, (name, (_, on_labels, on_new)) in enumerate(fits.items()):
            right[k].set_facecolor(TRUTH if name == loss else FILL)
            for text, aside, accuracy in zip(numbers[k], (-0.2, 0.2), (on_labels, on_new), strict=True):
                text.xy = (k + aside, accuracy)
                text.set_text(part(accuracy + 1e-9))  # so that all halves go up
        _, on_labels, on_new = fits[loss]
        return (
            f"Trained with {loss} on 200 images, {wrong.sum()} of them with a wrong label, the model agrees with "
            f"{chosen(on_labels, 3)} of the labels given and is right on {chosen(on_new, 3)} of 2000 new images."
        )

    return update


# The next letter of a text, from a table of pairs.

ALPHABET = " abcdefghijklmnopqrstuvwxyz"
TEXT = (
    "four score and seven years ago our fathers brought forth on this continent a new nation conceived in liberty "
    "and dedicated to the proposition that all men are created equal now we are engaged in a great civil war testing "
    "whether that nation or any nation so conceived and so dedicated can long endure we are met on a great battle "
    "field of that war we have come to dedicate a portion of that field as a final resting place for those who here "
    "gave their lives that that nation might live it is altogether fitting and proper that we should do this but in a "
    "larger sense we can not dedicate we can not consecrate we can not hallow this ground the brave men living and "
    "dead who struggled here have consecrated it far above our poor power to add or detract the world will little "
    "note nor long remember what we say here but it can never forget what they did here it is for us the living "
    "rather to be dedicated here to the unfinished work which they who fought here have thus far so nobly advanced "
    "it is rather for us to be here dedicated to the great task remaining before us that from these honored dead we "
    "take increased devotion to that cause for which they gave the last full measure of devotion that we here highly "
    "resolve that these dead shall not have died in vain that this nation under god shall have a new birth of freedom "
    "and that government of the people by the people for the people shall not perish from the earth"
)
HELD_OUT_FROM = 1000
LETTERS = (100, 200, 400, 700, 1000)


def letter_pairs(start, stop):
    """The letters of the text from `start` to `stop` as numbers, each but the last, and the letter after each."""
    letters = np.array([ALPHABET.index(letter) for letter in TEXT[start:stop]])
    return letters[:-1], letters[1:]


def letter_table(letters, share):
    """Probabilities of the next letter, a row for each letter: counted frequencies mixed with uniform ones.

    `share` is the part of the counted frequencies, from the first so many letters. A letter that was never followed
    by another has a uniform row.
    """
    counts = np.zeros((27, 27))
    np.add.at(counts, letter_pairs(0, letters), 1)
    totals = counts.sum(axis=1, keepdims=True)
    counted = np.divide(counts, totals, out=np.full((27, 27), 1 / 27), where=totals > 0)
    return share * counted + (1 - share) / 27


def next_letter(letters, share, start=HELD_OUT_FROM, stop=None):
    """The probabilities that the table gave to the letters that came, from `start` to `stop`, and its accuracy."""
    table = letter_table(letters, share)
    now, after = letter_pairs(start, stop)
    return table[now, after], (table[now].argmax(axis=1) == after).mean()


def bits_per_letter(p):
    """The mean surprise in bits of letters that were given these probabilities; infinite if one of them is 0."""
    with np.errstate(divide="ignore"):
        return -np.log2(p).mean()


def next_token(fig):
    """Cross-entropy of a letter table on the text it was counted from and on held-out text, and its accuracy."""
    shares = np.round(np.linspace(0, 1, 101), 2)
    curves = {n: np.transpose([_letter_scores(n, share) for share in shares]) for n in LETTERS}
    top = 6.4
    ax, accuracy_ax = fig.subplots(1, 2, width_ratios=[2.2, 1])
    ax.set(xlim=(-0.02, 1.04), ylim=(1.5, top), xlabel="share of the counted frequencies")
    ax.set_title("cross-entropy in bits per letter", loc="left")
    accuracy_ax.set(xlim=(-0.05, 1.05), ylim=(0, 0.5), xticks=[0, 0.5, 1], xlabel="share")
    accuracy_ax.set_title("accuracy, held-out text", loc="left")
    (training,) = ax.plot([], [], color=MUTED, linestyle="--", zorder=3)
    (held_out,) = ax.plot([], [], color=TRUTH, zorder=3)
    (least,) = ax.plot([], [], **(MARK | {"marker": "D", "color": LIMIT, "markersize": 8}))
    training_note = note(ax, "text it was counted from", ha="right", va="top", color=MUTED, xytext=(0, -6))
    held_out_note = note(ax, "held-out text", ha="left", color=TRUTH, xytext=(8, 26))
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    value_note = note(ax, xytext=(0, 12), bbox=ON_WHITE)
    (correct,) = accuracy_ax.plot([], [], color=TRUTH, marker=".", markersize=3, linestyle="none", zorder=3)
    (correct_dot,) = accuracy_ax.plot([], [], color=MODEL, **MARK)

    @draggable(dot, x="share")
    @draggable(correct_dot, x="share")
    def update(share, letters):
        before, after, right = curves[letters]
        best = int(np.argmin(after))
        value_before, value, right_here = _letter_scores(letters, share)
        training.set_data(shares, before)
        shown = np.isfinite(after)
        held_out.set_data(shares[shown], after[shown])
        least.set_data([shares[best]], [after[best]])
        training_note.xy = (0.62, np.interp(0.62, shares, before))
        held_out_note.xy = (0.1, np.interp(0.1, shares, after))
        height = capped(value, top)
        inside = height == value
        dot.set_data([share], [height])
        dot.set_marker("o" if inside else "^")
        value_note.xy = (share, height)
        shift, side = (2, "left") if share < 0.05 else (-2, "right") if share > 0.85 else (0, "center")
        value_note.set(text=brief(value, 2), ha=side if inside else "right")
        value_note.set_position((shift, 12) if inside else (-10, -6))
        correct.set_data(shares, right)
        correct_dot.set_data([share], [right_here])
        said = f"A table counted from {letters} letters, with a share of {chosen(share, 2)},"
        if value == np.inf:
            return (
                f"{said} gives some pair of the held-out text the probability 0: cross-entropy and perplexity are "
                f"infinite, while the accuracy is {right_here:.3f}, the same as for every other share above 0."
            )
        tie = ", for of equally likely letters the first is named, here the space" if share == 0 else ""
        alike = share != shares[best] and f"{value:.3f}" == f"{after[best]:.3f}"
        lowest = "less than 0.001 bits less" if alike else f"{after[best]:.3f} bits"
        return (
            f"{said} needs {value:.3f} bits per letter on held-out text, a perplexity of {2**value:.2f}, and "
            f"{value_before:.3f} bits on the text it was counted from; the accuracy on held-out text is "
            f"{right_here:.3f}{tie}. The least is {lowest}, at a share of {shares[best]:.2f}."
        )

    return update


@cache
def _letters_at_the_ends(letters):
    """What the counts alone gave to the letters of both texts; the accuracy on the held-out text with and without."""
    seen, _ = next_letter(letters, 1, 0, letters)
    new, right = next_letter(letters, 1)
    _, even = next_letter(letters, 0)
    return seen, new, right, even


def _letter_scores(letters, share):
    """Bits per letter on the text counted and on the held-out text, and the accuracy there."""
    seen, new, right, even = _letters_at_the_ends(letters)
    bits = (bits_per_letter(share * p + (1 - share) / 27) for p in (seen, new))
    return *bits, right if share > 0 else even
