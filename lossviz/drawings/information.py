"""Pictures of surprise and entropy."""

import math

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ..information import entropy, self_information, share
from .handles import draggable
from .palette import (
    BEYOND,
    CEILING,
    FILL,
    INK,
    LIMIT,
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
    number,
    set_heights,
)

BASES = {"bits": 2, "nats": math.e}
CODES = ("00, 01, 10, 11", "0, 10, 110, 111", "111, 110, 10, 0")
MOST_FACES = 8
MOST_DRAWS = 1000
THREE_WAYS = (0.7, 0.2, 0.1)


def surprise(fig):
    """Surprise against probability, with a dot at the chosen outcome."""
    top = 7
    ax = fig.subplots()
    ax.set(xlim=(-0.02, 1.02), ylim=(0, top), xlabel="probability p of the outcome", ylabel="surprise  −log p")
    grid = np.linspace(0, 1, 1001)[1:]
    curves = {unit: self_information(grid, base=base) for unit, base in BASES.items()}
    (curve,) = ax.plot([], [], color=TRUTH)
    (drop,) = ax.plot([], [], color=MUTED, linestyle=":", linewidth=1.5)
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    value_note = note(ax)

    @draggable(dot, x="p")
    def update(p, unit):
        value = self_information(p, base=BASES[unit])
        height = capped(value, top)
        curve.set_data(grid, curves[unit])
        drop.set_data([p, p], [0, height])
        dot.set_data([p], [height])
        dot.set_marker("o" if height == value else "^")
        value_note.xy = (p, height)
        position, ha = ((12, 4 if p > 0 else -5), "left") if p < 0.85 else ((8, 12), "right")
        value_note.set(text="∞" if p == 0 else number(value, unit), position=position, ha=ha)
        if p == 0:
            return "An outcome of probability 0 would be infinitely surprising: it never comes."
        if p == 1:
            return f"An outcome of probability 1 carries {number(value, unit)}: it was certain, so it tells nothing."
        return f"An outcome of probability {chosen(p)} carries {number(value, unit)} of surprise."

    return update


def coin_entropy(fig):
    """Entropy of a coin against its bias, with a dot at the chosen coin."""
    ax = fig.subplots()
    ax.set(xlim=(-0.02, 1.02), ylim=(0, 1.15), xlabel="p(heads)", ylabel="entropy of the coin")
    grid = np.linspace(0, 1, 501)
    coins = np.stack([grid, 1 - grid], axis=-1)
    curves = {unit: entropy(coins, base=base) for unit, base in BASES.items()}
    (curve,) = ax.plot([], [], color=TRUTH)
    (ceiling,) = ax.plot([0, 1], [0, 0], **CEILING)
    ceiling_note = note(ax, xytext=(0, 6), ha="left", color=LIMIT, bbox=ON_WHITE)
    (drop,) = ax.plot([], [], color=MUTED, linestyle=":", linewidth=1.5)
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    value_note = note(ax, bbox=ON_WHITE)

    @draggable(dot, x="p")
    def update(p, unit):
        base = BASES[unit]
        value, most = entropy([p, 1 - p], base=base), entropy([0.5, 0.5], base=base)
        curve.set_data(grid, curves[unit])
        ceiling.set_ydata([most, most])
        ceiling_note.xy = (0, most)
        ceiling_note.set_text(f"most: {number(most, unit)}")
        drop.set_data([p, p], [0, value])
        dot.set_data([p], [value])
        value_note.xy = (p, value)
        value_note.set(text=number(value, unit), position=_beside_the_arch(p))
        if p in (0, 1):
            side = "heads" if p else "tails"
            return f"A coin that always falls {side} has an entropy of {number(value, unit)}: nothing is uncertain."
        coin = f"A coin with p(heads) = {chosen(p)} has an entropy of {number(value, unit)}"
        return f"{coin}, {number(most - value, unit)} below the most." if _written_alike(value, most) else f"{coin}."

    return update


def _beside_the_arch(p):
    """Where the number stands clear of curve and axis, in points from the dot: under its top, inside its flanks."""
    if 0.4 < p < 0.6:
        return 0, -26
    return (44 if p < 0.5 else -44), 6 - 50 * min(p, 1 - p)


def die_entropy(fig):
    """A loaded die: probabilities, surprises, their products, and the sum of these against its ceiling."""
    faces_drawn = np.arange(1, MOST_FACES + 1)
    limits = {"probability  p": 1.05, "surprise  −log p": 8, "p × surprise": 0.6, "sum": 3.4}
    panels = fig.subplots(1, 4, width_ratios=[3, 3, 3, 1.2])
    for ax, (title, top) in zip(panels, limits.items(), strict=True):
        ax.set(title=title, ylim=(0, top))
        ax.grid(axis="x", visible=False)
    for ax in panels[:3]:
        ax.set(xlim=(0.3, MOST_FACES + 0.7), xticks=faces_drawn, xlabel="face")
    total = panels[3]
    total.set(xlim=(-1, 1), xticks=[0], xticklabels=["entropy"])
    bars = [
        ax.bar(faces_drawn, 0, color=color, zorder=3) for ax, color in zip(panels, [TRUTH, MODEL, LIMIT], strict=False)
    ]
    (beyond,) = panels[1].plot([], [], **BEYOND)
    stack = total.bar(np.zeros(MOST_FACES), 0, width=1.1, color=LIMIT, edgecolor="white", zorder=3)
    (ceiling,) = total.plot([-1, 1], [0, 0], **(CEILING | {"color": INK, "zorder": 4}))
    ceiling_note = note(total, xytext=(0, 6))

    def update(faces, loading, unit):
        base = BASES[unit]
        p = _loaded(faces, loading)
        surprises = self_information(p, base=base)
        parts = share(p, surprises)
        value, most = entropy(p, base=base), entropy(np.full(faces, 1 / faces), base=base)
        top = limits["surprise  −log p"]
        for bar_row, heights in zip(bars, [p, np.minimum(surprises, top), parts], strict=True):
            set_heights(bar_row, heights)
        off_scale = faces_drawn[:faces][surprises > top]
        beyond.set_data(off_scale, np.full(off_scale.size, 0.95 * top))
        set_heights(stack, parts, bottoms=np.cumsum(parts) - parts)
        ceiling.set_ydata([most, most])
        ceiling_note.xy = (0, most)
        ceiling_note.set_text(f"log {faces}")
        kind = {0: "fair", 1: "fully loaded"}.get(loading, "loaded")
        never = (
            " A face that never comes would be infinitely surprising, but adds nothing: 0 log 0 is 0."
            if (p == 0).any()
            else ""
        )
        which = "the likeliest" if loading else "each"
        die = f"A {kind} die with {faces} faces, {which} at p = {p[0]:.3f}, has an entropy of {number(value, unit)}"
        if _written_alike(value, most):
            return f"{die}, {number(most - value, unit)} below the most that {faces} faces can have."
        return f"{die}; the most that {faces} faces can have is {number(most, unit)}.{never}"

    return update


def _loaded(faces, loading):
    """Probabilities that fall by the factor 1 - loading from face to face: fair at 0, certain at 1."""
    weights = (1.0 - loading) ** np.arange(faces)
    return weights / weights.sum()


def code_lengths(fig):
    """Four letters as rectangles, probability wide and code word high: the area is the mean length."""
    top = 5
    ax, total = fig.subplots(1, 2, width_ratios=[4, 1])
    ax.set(
        xlim=(0, 1), ylim=(0, top), xlabel="width: probability of the letter", ylabel="height: bits of its code word"
    )
    ax.set_title("dashed: −log₂ p, the height without waste", loc="left", color=LIMIT)
    total.set(xlim=(-1, 1), ylim=(0, top), xticks=[0], xticklabels=["mean"], title="area")
    ax.grid(visible=False)
    total.grid(axis="x", visible=False)
    words = ax.bar(np.zeros(4), 0, width=1, align="edge", color=FILL, edgecolor=TRUTH, linewidth=1.5, zorder=3)
    (border,) = ax.plot([], [], color=TRUTH, linewidth=4, zorder=4)
    ideals = [ax.plot([], [], **(CEILING | {"zorder": 4}))[0] for _ in words]
    (beyond,) = ax.plot([], [], **(BEYOND | {"color": LIMIT}))
    labels = [ax.text(0, 0, "", ha="center", va="center", zorder=5, bbox=ON_WHITE | {"facecolor": FILL}) for _ in words]
    area = total.bar([0], [0], width=1.1, color=FILL, edgecolor=TRUTH, linewidth=1.5, zorder=3)
    (floor,) = total.plot([-1, 1], [0, 0], **(CEILING | {"zorder": 4}))
    floor_note = note(total, text="entropy", color=LIMIT)

    @draggable(border, x="p")
    def update(p, code):
        code_words = code.split(", ")
        lengths = np.array([len(word) for word in code_words])
        chances = np.array([p, *((1 - p) * np.array([1 / 2, 1 / 4, 1 / 4]))])
        ideal = self_information(chances, base=2)
        left = np.cumsum(chances) - chances
        for i, (letter, word) in enumerate(zip("abcd", code_words, strict=True)):
            words[i].set(x=left[i], width=chances[i], height=lengths[i], visible=chances[i] > 0)
            ideals[i].set_data([left[i], left[i] + chances[i]], [ideal[i], ideal[i]])
            labels[i].set(position=(left[i] + chances[i] / 2, lengths[i] / 2), visible=chances[i] > 0.08)
            labels[i].set_text(f"{letter}\n{word}")
        border.set_data([p, p], [0, lengths[0]])
        off_scale = (ideal > top) & (chances > 0)
        beyond.set_data((left + chances / 2)[off_scale], np.full(off_scale.sum(), 0.96 * top))
        mean, least = chances @ lengths, entropy(chances, base=2)
        area[0].set_height(mean)
        floor.set_ydata([least, least])
        floor_note.xy = (0, least)
        floor_note.set(position=(0, -4 if least > 0.5 else 4), va="top" if least > 0.5 else "bottom")
        fits = np.allclose(chances, 2.0**-lengths, rtol=0, atol=1e-9)
        waste = "nothing" if fits else number(mean - least, "bits")
        return (
            f"With p(a) = {chosen(p)} the code {code} takes {number(mean, 'bits')} per letter on average; "
            f"the entropy is {number(least, 'bits')}, so it wastes {waste}."
        )

    return update


def running_surprise(fig):
    """The running mean of the surprise of draws, settling on the entropy."""
    p = np.array(THREE_WAYS)
    surprises = self_information(p, base=2)
    least = entropy(p, base=2)
    spread = math.sqrt(p @ (surprises - least) ** 2)
    counts = np.arange(1, MOST_DRAWS + 1)
    ax = fig.subplots()
    ax.set(
        xscale="log",
        xlim=(0.9, MOST_DRAWS * 1.1),
        ylim=(0, 3.5),
        xlabel="number of draws",
        ylabel="mean surprise in bits",
    )
    ax.xaxis.set_major_formatter("{x:g}")
    band = 2 * spread / np.sqrt(counts)
    ax.fill_between(counts, least - band, least + band, color=FILL, label="entropy ± two standard errors")
    ax.axhline(least, label=f"entropy, {number(least, 'bits')}", **CEILING)
    ax.legend(loc="upper right").set_zorder(STILL)
    (path,) = ax.plot([], [], color=TRUTH, linewidth=1.5, zorder=4)
    (dot,) = ax.plot([], [], color=MODEL, **MARK)

    @draggable(dot, x="draws")
    def update(draws, seed):
        mean = np.cumsum(_draw(surprises, p, seed)) / counts
        path.set_data(counts[:draws], mean[:draws])
        dot.set_data([draws], [mean[draws - 1]])
        gap = mean[draws - 1] - least
        where = f"{number(abs(gap), 'bits')} {'above' if gap > 0 else 'below'}" if abs(gap) > 1e-12 else "exactly"
        times = "1 draw" if draws == 1 else f"{draws} draws"
        return (
            f"After {times} from {THREE_WAYS} the mean surprise is {number(mean[draws - 1], 'bits')}, "
            f"{where} the entropy of {number(least, 'bits')}."
        )

    return update


def _draw(values, p, seed):
    """MOST_DRAWS of the values, drawn with the probabilities p."""
    uniform = np.random.default_rng(seed).random(MOST_DRAWS)
    return values[np.searchsorted(np.cumsum(p)[:-1], uniform)]


def simplex(fig):
    """All distributions over three outcomes as a triangle, with their entropy as contours."""
    most = entropy([1 / 3] * 3, base=2)
    ax, bars_ax = fig.subplots(1, 2, width_ratios=[2, 1])
    ax.set(xlim=(-0.08, 1.08), ylim=(-0.05, 0.95), aspect="equal")
    ax.axis("off")
    corners = np.array([[0, 0], [1, 0], [0.5, math.sqrt(3) / 2]])
    points = _triangle_grid(60)
    shades = LinearSegmentedColormap.from_list("entropy", ["white", "#8fbcdb"])
    heights = entropy(points, base=2)
    levels = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, most]
    ax.tricontourf(*(points @ corners).T, heights, levels=levels, cmap=shades)
    lines = ax.tricontour(*(points @ corners).T, heights, levels=[1, 1.5], colors=TRUTH, linewidths=1)
    ax.clabel(lines, fmt="%g", manual=[(0.5, 0.1), (0.25, 0.14)])
    ax.text(-0.08, 0.95, "contours:\nentropy in bits", va="top", color=TRUTH)
    ax.plot(*corners[[0, 1, 2, 0]].T, color=INK, linewidth=1.5)
    for corner, letter, shift in zip(corners, "abc", [(-14, -6), (14, -6), (0, 10)], strict=True):
        note(ax, letter, xytext=shift, weight="bold").xy = corner
    (dot,) = ax.plot([], [], color=MODEL, **MARK)
    bars_ax.set(ylim=(0, 1.12), xticks=[0, 1, 2], xticklabels=["a", "b", "c"], ylabel="probability")
    bars_ax.grid(axis="x", visible=False)
    bars = bars_ax.bar([0, 1, 2], 0, color=TRUTH, zorder=3)
    numbers = [note(bars_ax, xytext=(0, 4)) for _ in bars]

    def mixture(x, y):
        """p(a) and b's share of the rest at a place in the picture."""
        of_b, of_c = np.linalg.solve((corners[1:] - corners[0]).T, np.array([x, y]) - corners[0])
        return 1 - of_b - of_c, of_b / (of_b + of_c) if of_b + of_c else 0.5

    @draggable(dot, x="a", y="share", to=mixture)
    def update(a, share):
        p = np.array([a, (1 - a) * share, (1 - a) * (1 - share)])
        dot.set_data(*(p @ corners)[:, None])
        set_heights(bars, p)
        for i, text in enumerate(numbers):
            text.xy = (i, p[i])
            text.set_text(brief(p[i]))
        value = entropy(p, base=2)
        nearly = f", {number(most - value, 'bits')} more" if _written_alike(value, most) else ""
        return (
            f"p = ({', '.join(map(chosen, p))}) has an entropy of {number(value, 'bits')}; "
            f"the middle of the triangle has the most, {number(most, 'bits')}{nearly}."
        )

    return update


def _written_alike(value, most):
    """Whether a sentence would write what is below the most as it writes the most."""
    return most - value > 1e-12 and number(value) == number(most)


def _triangle_grid(steps):
    """All distributions over three outcomes whose probabilities are multiples of 1/steps."""
    i, j = np.meshgrid(np.arange(steps + 1), np.arange(steps + 1), indexing="ij")
    inside = i + j <= steps
    return np.stack([i[inside], j[inside], steps - i[inside] - j[inside]], axis=-1) / steps
