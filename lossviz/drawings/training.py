"""Pictures of what a loss is: loss, cost, objective, and the way down."""

import math

import numpy as np
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from ..information import self_information
from ..regression import mse, mse_gradient, squared_error
from .descent import descend
from .handles import draggable
from .learner import tried
from .palette import (
    BEYOND,
    FILL,
    INK,
    LOSSES,
    MARK,
    MODEL,
    MUTED,
    ON_WHITE,
    SLOPE,
    TRUTH,
    brief,
    capped,
    chosen,
    line_of,
    mark_of,
    note,
    number,
    readable,
    set_heights,
)

AREA = np.array([0.5, 0.5, 1.0, 1.5, 2.5])  # in 100 square metres
PRICE = np.array([1.5, 0.7, 1.5, 3.6, 4.8])  # in millions
CURVATURE = 2 * np.mean(AREA**2)
BEST = AREA @ PRICE / (AREA @ AREA)
SOLD = 3.6
MOST_STEPS = 20
STAGES = ("data", "model", "prediction", "loss", "gradient", "update")
TURNS = 3
STAGE = {"facecolor": "white", "edgecolor": MUTED, "linewidth": 1, "zorder": 2}
LIT_STAGE = {"facecolor": "none", "edgecolor": TRUTH, "linewidth": 4, "zorder": 4}
WAY, LIT_WAY = {"color": MUTED, "zorder": 3}, {"color": TRUTH, "zorder": 4}


def cost(w):
    """Mean squared error of the predictions w × area."""
    return mse(PRICE, w * AREA)


def slope(w):
    """Derivative of the cost with respect to w: the chain rule through the predictions."""
    return AREA @ mse_gradient(PRICE, w * AREA)


def loss_of_a_number(fig, mine=None):
    """The squared error of a predicted price, with a dot at the prediction; dashed, the learner's own loss."""
    right, top = 6, 14
    ax = fig.subplots()
    ax.set(xlim=(-0.02 * right, 1.02 * right), ylim=(0, top), xlabel="predicted price, in millions", ylabel="loss")
    grid = np.linspace(0, right, 601)
    ax.plot(grid, squared_error(np.full(601, SOLD), grid), **line_of("squared error"))
    ax.plot([SOLD, SOLD], [2, 12.2], color=MUTED, linestyle=":", linewidth=1.5)
    ax.text(SOLD, 12.4, f"truth: {SOLD}", ha="center", va="bottom", color=MUTED)
    values, complaint = tried(mine, np.full(601, SOLD), grid) if mine else (None, "")
    title = ax.set_title("squared error", loc="left")
    if complaint:
        ax.text(0.98, 0.97, "yours is not drawn", transform=ax.transAxes, ha="right", va="top")
    elif mine:
        ax.plot(grid, values, color=INK, linestyle="--")
    (drop,) = ax.plot([], [], color=MUTED, linewidth=1.5)
    (own,) = ax.plot([], [], color=INK, **(MARK | {"markersize": 8}))
    (dot,) = ax.plot([], [], **mark_of("squared error", 11))
    height = note(ax, visible=values is None)

    @draggable(dot, x="guess")
    def update(guess):
        guess = SOLD if math.isclose(guess, SOLD) else guess
        loss = squared_error(SOLD, guess)
        drop.set_data([guess, guess], [0, loss])
        dot.set_data([guess], [loss])
        height.xy = (guess, loss)
        height.set_text(brief(loss))
        inward = "center" if abs(guess - SOLD) < 0.3 else "left" if guess < SOLD else "right"
        height.set(position=({"left": 8, "center": 0, "right": -8}[inward], 9 if guess > 0.5 else 0), ha=inward)
        side = f"{chosen(abs(guess - SOLD))} too {'high' if guess > SOLD else 'low'}"
        miss = "exactly right and costs nothing" if guess == SOLD else f"{side} and costs {number(loss)}"
        told = f"For a home sold for {SOLD} million, a predicted price of {chosen(guess)} is {miss}."
        if values is None:
            return f"{told} {complaint}".rstrip()
        here, problem = tried(mine, np.array([SOLD]), np.array([guess]))
        here = np.array([np.nan]) if here is None else here
        own.set_data([guess], np.clip(here, *ax.get_ylim()))
        own.set_marker("s" if own.get_ydata()[0] == here[0] else "^" if here[0] > 0 else "v")
        size = f"{here[0]:z.3f}" if math.isfinite(here[0]) else "no finite number"
        title.set_text(f"solid: squared error, {loss:.3f}; dashed: yours, {size}".replace("-", "−"))
        return f"{told} Your loss gives {size}. {problem}".rstrip()

    return update


def loss_of_a_class(fig):
    """Minus the logarithm of the probability given to the true class, with a dot at that probability."""
    top = 7
    ax = fig.subplots()
    ax.set(xlim=(-0.02, 1.02), ylim=(0, top), xlabel="probability p given to the true class", ylabel="loss, in nats")
    ax.set_title("−log p", loc="left")
    grid = np.linspace(0, 1, 1001)[1:]
    ax.plot(grid, self_information(grid), **line_of("cross-entropy"))
    (drop,) = ax.plot([], [], color=MUTED, linewidth=1.5)
    (dot,) = ax.plot([], [], **mark_of("cross-entropy", 11))
    height = note(ax)

    @draggable(dot, x="p")
    def update(p):
        loss = self_information(p)
        shown = capped(loss, top)
        drop.set_data([p, p], [0, shown])
        dot.set_data([p], [shown])
        dot.set_marker(LOSSES["cross-entropy"]["marker"] if shown == loss else "^")
        height.xy = (p, shown)
        height.set_text(brief(loss))
        height.set(position=(12, 6 if p else -5) if p < 0.9 else (-2, 14), ha="left" if p < 0.9 else "right")
        if p == 0:
            costs = "infinitely much"
        elif p == 1:
            costs = "nothing"
        else:
            costs = number(loss, "nats")
        return f"Probability {chosen(p)} for the true class costs {costs}."

    return update


def training_loop(fig):
    """A training step as boxes and arrows: data, model, prediction, loss, gradient, update, and round again."""
    rate = 0.1
    weights = descend(slope, 0.5, rate, TURNS)
    ax = fig.subplots()
    ax.set(xlim=(0, 16), ylim=(-0.1, 7.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    places = {
        "data": (1.9, 4.7, 3.2),
        "model": (5.97, 4.7, 3.2),
        "prediction": (10.03, 4.7, 3.2),
        "loss": (14.1, 4.7, 3.2),
        "gradient": (13.2, 1.2, 4.7),
        "update": (5.65, 1.2, 6.4),
    }
    stay = {  # the first line, and how the second begins
        "data": ("areas and prices", ""),
        "model": ("price = w × area", "w = "),
        "prediction": ("five prices", ""),
        "loss": ("one per home", "cost = "),
        "gradient": ("slope of the cost", ""),
        "update": (f"new w = w − {rate} × slope", ""),
    }
    half, small = 1.05, {"va": "center", "fontsize": 9.5, "zorder": 3}
    lit, values = {}, {}
    for stage, (x, y, width) in places.items():
        corner = x - width / 2, y - half
        for look in (STAGE, LIT_STAGE):
            box = ax.add_patch(FancyBboxPatch(corner, width, 2 * half, boxstyle="round,pad=0.1", **look))
        lit[stage] = [box]
        first, before = stay[stage]
        ax.text(x, y + 0.62, stage, weight="bold", ha="center", va="center", zorder=3)
        ax.text(x, y - 0.08, first, ha="center", **small)
        ax.text(x, y - 0.66, before, ha="right", **small)
        values[stage] = ax.text(x, y - 0.66, "", ha="left" if before else "center", **(small | {"zorder": 5}))
    low, high = 1.2 + half + 0.1, 4.7 - half - 0.1
    ways = {
        "model": ((3.6, 4.7), (4.27, 4.7)),
        "prediction": ((7.67, 4.7), (8.33, 4.7)),
        "loss": ((11.73, 4.7), (12.4, 4.7)),
        "gradient": ((14, high), (14, low)),
        "update": ((10.75, 1.2), (8.95, 1.2)),
    }
    roof, top = 6.75, 4.7 + half + 0.1
    back, fall = ((6, low), (6, high)), ((14, roof), (14, top))
    for stage, ends in [*ways.items(), ("loss", fall), ("back", back)]:
        ax.add_patch(_arrow(*ends, **WAY))
        lit.setdefault(stage, []).append(ax.add_patch(_arrow(*ends, **LIT_WAY)))
    for look in (WAY, LIT_WAY):
        (truth,) = ax.plot([2, 2, 14], [top, roof, roof], linewidth=1.5, solid_joinstyle="round", **look)
    lit["loss"].append(truth)
    ax.text(8, roof + 0.12, "the true prices", ha="center", va="bottom", color=MUTED)

    def update(stage):
        turn, index = divmod(stage - 1, len(STAGES))
        current, w = STAGES[index], float(weights[turn])
        predictions, step = w * AREA, -rate * slope(w)
        texts = {
            "data": "of five homes",
            "model": f"{w:.3f}",
            "prediction": f"{predictions.min():.2f} to {predictions.max():.2f}",
            "loss": f"{cost(w):.3f}",
            "gradient": f"{slope(w):.3f}".replace("-", "−"),
            "update": f"{w:.3f} + {step:.3f} = {w + step:.3f}",
        }
        for i, name in enumerate(STAGES):
            values[name].set_text(texts[name] if i <= index else "")
        for name, artists in lit.items():
            for artist in artists:
                artist.set_visible(name == current or (name == "back" and current == "model" and turn > 0))
        told = {
            "data": "five homes come in, each with its area and its true price",
            "model": f"the model is price = w × area, with w = {w:.3f}",
            "prediction": f"it predicts five prices, from {predictions.min():.2f} to {predictions.max():.2f} million",
            "loss": "each prediction is compared with its true price, which gives five losses; "
            f"their mean, the cost, is {cost(w):.3f}",
            "gradient": f"the slope of the cost is {slope(w):.3f}: if w grows a little, the cost falls",
            "update": f"w moves against the slope, from {w:.3f} to {w + step:.3f}; the next turn starts with the new w",
        }
        return f"Turn {turn + 1}, stage {index + 1} of {len(STAGES)}, {current}: {told[current]}."

    return update


def _arrow(start, end, **look):
    shape = {"arrowstyle": "-|>", "mutation_scale": 14, "shrinkA": 0, "shrinkB": 0}
    return FancyArrowPatch(start, end, linewidth=1.5, **shape, **look)


def training_step(fig):
    """A line through the origin and its residuals; beside it the cost over its weight, and the way down."""
    low, high, top = -0.5, 4.5, 13
    line_ax, ax = fig.subplots(1, 2)
    line_ax.set(xlim=(0, 2.8), ylim=(-1, 7), xlabel="area, in 100 square metres", ylabel="price, in millions")
    ax.set(xlim=(low, high), ylim=(-2.4, top), xlabel="weight w", ylabel="cost")
    strip = -1.5
    ax.set_yticks([strip, *range(0, 13, 2)], ["step", *range(0, 13, 2)])
    titles = line_ax.set_title(" ", loc="left"), ax.set_title(" ", loc="left")
    grid = np.linspace(low, high, 501)
    ax.plot(grid, [cost(w) for w in grid], color=LOSSES["squared error"]["color"])
    ends = np.array([0, 2.8])
    residuals = [line_ax.plot([], [], color=INK, linewidth=1.5, zorder=3)[0] for _ in AREA]
    (line,) = line_ax.plot([], [], color=MODEL, zorder=4)
    line_ax.plot(AREA, PRICE, color=TRUTH, **MARK)
    (trail,) = ax.plot([], [], color=MUTED, linewidth=1, marker="o", markersize=4, zorder=3)
    (tangent,) = ax.plot([], [], color=SLOPE, linewidth=2.5, zorder=3.5)
    (step_line,) = ax.plot([], [], color=SLOPE, linewidth=2.5, zorder=4)
    (step_head,) = ax.plot([], [], color=SLOPE, **(MARK | {"marker": ">", "markersize": 9, "zorder": 4}))
    (start,) = ax.plot([], [], **(MARK | {"markeredgecolor": INK, "color": "white", "markersize": 13, "zorder": 4.5}))
    (ball,) = ax.plot([], [], color=MODEL, **MARK)
    (beyond,) = ax.plot([], [], **(BEYOND | {"color": MODEL, "markersize": 11}))
    beyond_note = note(ax, "beyond the picture", bbox=ON_WHITE)

    @draggable(start, x="w")
    def update(w, rate, step):
        path = descend(slope, w, rate, MOST_STEPS + 1)
        here, there = path[step], path[step + 1]
        height, grade = cost(here), slope(here)
        line.set_data(ends, here * ends)
        for segment, x, y in zip(residuals, AREA, PRICE, strict=True):
            segment.set_data([x, x], [y, here * x])
        trail.set_data(path[: step + 1], [cost(v) for v in path[: step + 1]])
        start.set_data([w], [cost(w)])
        inside = low <= here <= high
        ball.set_data([here], [height])
        ball.set_visible(inside)
        edge = low + 0.25 if here < low else high - 0.25
        beyond.set_data([edge], [0.94 * top])
        beyond.set(visible=not inside, marker="<" if here < low else ">")
        beyond_note.xy = (edge, 0.94 * top)
        beyond_note.set(
            visible=not inside, position=(12 if here < low else -12, -4), ha="left" if here < low else "right"
        )
        reach = 0.7 / math.hypot(1, grade * 0.3)
        tangent.set_data([here - reach, here + reach], [height - grade * reach, height + grade * reach])
        tangent.set_visible(inside)
        shown = min(max(there, low), high)
        step_line.set_data([here, shown], [strip, strip])
        step_head.set_data([shown], [strip])
        step_head.set_marker(">" if there > here else "<")
        step_head.set_color(SLOPE if shown == there else INK)
        moves = inside and abs(shown - here) > 0.03
        step_line.set_visible(moves)
        step_head.set_visible(moves)
        moved = "Before the first step" if step == 0 else f"After {step} step{'s' if step > 1 else ''}"
        titles[0].set_text(f"price = {here:z.2f} × area".replace("-", "−"))
        titles[1].set_text(f"cost {_short(height)}, slope {_short(grade)}".replace("-", "−"))
        now = f"{moved} w = {here:z.3f}, where the cost is {_short(height)} and the slope {_short(grade)}."
        return f"{now} {_outlook(w, rate)}"

    return update


def _short(value):
    return readable(value) if abs(value) < 1000 else f"{value:,.0f}"


def _outlook(w, rate):
    """Where the steps of this learning rate lead from here, in one sentence."""
    jump = rate * CURVATURE
    if math.isclose(w, BEST):
        return "The start is the bottom: the slope is 0 there, and no learning rate moves w."
    if rate == 0:
        return "With a learning rate of 0 nothing ever moves."
    if math.isclose(jump, 1):
        return "With this learning rate one step leads to the bottom."
    if math.isclose(jump, 2):
        other = chosen(2 * BEST - w)
        return f"With this learning rate w jumps back and forth between {chosen(w)} and {other} for ever."
    every = f"With a learning rate of {chosen(rate)} every step"
    if jump < 1:
        return f"{every} leads nearer to the bottom, from one side."
    if jump < 2:
        return f"{every} jumps across the bottom and lands nearer to it."
    return f"{every} jumps across the bottom and lands further away: it diverges."


def cost_and_objective(fig):
    """The loss of each home and their mean, the cost; beside them cost and objective over w, each with its minimum."""
    high, most_loss, top = 3, 14, 10
    bars_ax, ax = fig.subplots(1, 2, width_ratios=[1, 1.25])
    homes = np.arange(1, AREA.size + 1)
    bars_ax.set(xlim=(0.4, 7), ylim=(0, most_loss), xticks=[*homes, 6.4], xlabel="home", ylabel="squared error")
    bars_ax.set_xticklabels([*homes, "mean"])
    bars_ax.set_title("five losses, and the cost", loc="left")
    bars_ax.grid(axis="x", visible=False)
    ax.set(xlim=(-0.1, high + 0.1), ylim=(0, top), xlabel="weight w")
    ax.set_title("solid: cost", loc="left", color=TRUTH)
    ax.set_title("dashed: objective", loc="right", color=MODEL)
    grid = np.linspace(-0.1, high + 0.1, 321)
    costs = np.array([cost(w) for w in grid])
    ax.plot(grid, costs, color=TRUTH)
    drop = {"linestyle": ":", "linewidth": 1.5}
    ax.plot([BEST, BEST], [0, cost(BEST)], color=TRUTH, **drop)
    ax.plot([BEST], [cost(BEST)], color=TRUTH, **(MARK | {"marker": "D", "markersize": 8}))
    bars = bars_ax.bar([*homes, 6.4], 0, color=[FILL] * AREA.size + [TRUTH], edgecolor=TRUTH, linewidth=1.5, zorder=3)
    numbers = [note(bars_ax, xytext=(0, 3), fontsize=9.5) for _ in bars]
    (beyond,) = bars_ax.plot([], [], **BEYOND)
    (objective,) = ax.plot([], [], color=MODEL, linestyle="--", zorder=3)
    (lowest_drop,) = ax.plot([], [], color=MODEL, zorder=3, **drop)
    (penalty_line,) = ax.plot([], [], color=SLOPE, linewidth=3, zorder=4)
    (lowest,) = ax.plot([], [], color=MODEL, **(MARK | {"marker": "D", "markersize": 8}))
    (cost_dot,) = ax.plot([], [], color=TRUTH, **MARK)
    (objective_dot,) = ax.plot([], [], color=MODEL, **(MARK | {"marker": "s"}))
    penalty_note = note(ax, color=SLOPE, va="center", bbox=ON_WHITE)

    @draggable(cost_dot, x="w")
    @draggable(objective_dot, x="w")
    def update(w, lam):
        losses, here, penalty = squared_error(PRICE, w * AREA), cost(w), lam * w**2
        shown = np.append(losses, here)
        set_heights(bars, np.minimum(shown, most_loss))
        for bar, text, loss in zip(bars, numbers, shown, strict=True):
            within = loss if loss < 0.85 * most_loss else 0.72 * most_loss
            text.xy = (bar.get_x() + bar.get_width() / 2, within)
            text.set_text(brief(loss, 2) if loss < 10 else f"{loss:.1f}")
        off_scale = losses > most_loss
        beyond.set_data(homes[off_scale], np.full(off_scale.sum(), 0.96 * most_loss))
        total = here + penalty
        objective.set_data(grid, costs + lam * grid**2)
        best = BEST * CURVATURE / (CURVATURE + 2 * lam)
        least = cost(best) + lam * best**2
        lowest_drop.set_data([best, best], [0, least])
        lowest.set_data([best], [least])
        penalty_line.set_data([w, w], [here, min(total, top)])
        cost_dot.set_data([w], [here])
        shown_total = capped(total, top)
        objective_dot.set_data([w], [shown_total])
        objective_dot.set_marker("s" if shown_total == total else "^")
        penalty_note.xy = (w, (here + min(total, top)) / 2)
        left = w > 0.7 * high
        penalty_note.set(position=(-8 if left else 8, 0), ha="right" if left else "left", text="penalty")
        penalty_note.set_visible(penalty > 1.2)
        least_at = (
            f"λ is 0, so the objective is the cost, with its minimum at w = {BEST:.3f}."
            if lam == 0
            else f"The objective is smallest at w = {best:.3f}, the cost at w = {BEST:.3f}."
        )
        return (
            f"At w = {chosen(w)} the five losses have the mean {here:.3f}, the cost; "
            f"with a penalty of {number(penalty)} the objective is {total:.3f}. {least_at}"
        )

    return update
