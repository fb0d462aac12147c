"""Pictures of the KL divergence."""

import math
from functools import cache, lru_cache

import numpy as np
from matplotlib.patches import Rectangle

from ..information import entropy, kl_divergence, kl_terms, self_information
from .handles import draggable
from .palette import (
    BEYOND,
    FILL,
    INK,
    LIMIT,
    MARK,
    MODEL,
    MUTED,
    ON_WHITE,
    SLOPE,
    STILL,
    TRUTH,
    brief,
    chosen,
    note,
    number,
    readable,
    set_heights,
    value_after,
)

DIRECTIONS = ("D(p||q)", "D(q||p)")
FORWARD = {"color": LIMIT, "linestyle": "-", "marker": "D"}
REVERSE = {"color": SLOPE, "linestyle": "--", "marker": "s"}

TRUTHS = {"0.7, 0.2, 0.1": (0.7, 0.2, 0.1), "0.4, 0.3, 0.3": (0.4, 0.3, 0.3), "1/2, 1/2, 0": (0.5, 0.5, 0.0)}

BELIEFS = {
    "1/2, 1/4, 1/8, 1/8": ("0", "10", "110", "111"),
    "1/4, 1/4, 1/4, 1/4": ("00", "01", "10", "11"),
    "0.4, 0.3, 0.2, 0.1": ("0", "10", "110", "111"),
    "1/2, 1/4, 1/4, 0": ("0", "10", "11", ""),
}

WEIGHTS = np.array([0.6, 0.4])
BUMP_WIDTH = 0.7
APART = (0, 2, 3, 4, 5)
MEANS = np.round(np.arange(-40, 41) * 0.1, 10)
WIDTHS = np.round(0.6 + np.arange(49) * 0.05, 10)


def kl(fig):
    """Two distributions over three outcomes, each outcome's share of the divergence, and both divergences."""
    low, top = -0.65, 2.1
    columns = np.arange(3)
    chances, walk, totals = fig.subplots(1, 3, width_ratios=[3, 3.6, 1.6])
    chances.set(ylim=(0, 1.05), xticks=columns, xticklabels=["a", "b", "c"], xlabel="outcome")
    chances.set_title("probabilities")
    walk.set(xlim=(-0.6, 3.6), ylim=(low, top), xticks=range(4), xticklabels=["a", "b", "c", "sum"], xlabel="outcome")
    walk.set_title("shares, added up, in nats")
    totals.set(xlim=(-0.7, 1.7), ylim=(low, top), xticks=[0, 1], xticklabels=["p||q", "q||p"], title="divergence")
    for ax in (chances, walk, totals):
        ax.grid(axis="x", visible=False)
        ax.title.set_zorder(STILL)
    for ax in (walk, totals):
        ax.set_yticks([0, 0.5, 1, 1.5, 2])
        ax.axhline(0, color=INK, linewidth=1, zorder=4)
    of_p = chances.bar(columns - 0.2, 0, width=0.4, color=TRUTH, zorder=3)
    of_q = chances.bar(columns + 0.2, 0, width=0.4, color=MODEL, hatch="//", edgecolor="white", zorder=3)
    names = [note(chances, name, xytext=(0, 3), color=c) for name, c in (("p", TRUTH), ("q", MODEL))]
    steps = walk.bar(range(4), 0, width=0.8, zorder=3)
    levels = [walk.plot([], [], color=MUTED, linestyle=":", linewidth=1.5, zorder=4)[0] for _ in range(3)]
    (beyond,) = walk.plot([], [], **(BEYOND | {"markersize": 10, "color": "white", "markeredgecolor": INK}))
    sizes = [walk.text(i, low + 0.06, "", ha="center", va="bottom", zorder=5) for i in range(4)]
    both = totals.bar([0, 1], 0, width=0.8, zorder=3)
    (beyond_both,) = totals.plot([], [], **(BEYOND | {"markersize": 10, "color": "white", "markeredgecolor": INK}))
    both_sizes = [totals.text(i, low + 0.06, "", ha="center", va="bottom", zorder=5) for i in range(2)]
    for bar, style, hatch in zip(both, (FORWARD, REVERSE), ("", "xx"), strict=True):
        bar.set(facecolor=style["color"], hatch=hatch, edgecolor="white")

    def room():
        """What q(a) leaves to b and c."""
        return 1 - of_q[0].get_height()

    def of_room(height):
        return height / room() if room() else 0.5

    @draggable(of_q[0], y="a")
    @draggable(of_q[1], y="share", to=lambda x, y: (x, of_room(y)))
    @draggable(of_q[2], y="share", to=lambda x, y: (x, 1 - of_room(y)))
    def update(a, share, p, direction):
        truth = np.array(TRUTHS[p])
        belief = np.array([a, (1 - a) * share, (1 - a) * (1 - share)])
        first, second = (truth, belief) if direction == DIRECTIONS[0] else (belief, truth)
        set_heights(of_p, truth)
        set_heights(of_q, belief)
        for text, x, height in zip(names, (-0.2, 0.2), (truth[0], belief[0]), strict=True):
            text.xy = (x, height)
        shares = kl_terms(first, second)
        total = kl_divergence(first, second)
        all_ends = np.append(np.cumsum(shares), total)
        all_starts = np.array([0, *all_ends[:2], 0])
        ends, starts = np.minimum(all_ends, top), np.minimum(all_starts, top)
        style, hatch = (FORWARD, "") if direction == DIRECTIONS[0] else (REVERSE, "xx")
        for bar, start, end in zip(steps, starts, ends, strict=True):
            bar.set(y=min(start, end), height=abs(end - start), facecolor=style["color"] if end >= start else FILL)
            bar.set(hatch=hatch, edgecolor="white" if end >= start else style["color"])
        for i, level in enumerate(levels):
            level.set_data([i + 0.4, i + 0.6], [ends[i], ends[i]])
        for text, value in zip(sizes[:3], shares, strict=True):
            text.set_text(_signed(value))
        sizes[3].set_text(brief(round(total, 9), 2))
        _point_beyond(beyond, np.where(np.append(shares, total) == 0, 0, np.maximum(all_starts, all_ends)), top)
        values = np.array([kl_divergence(truth, belief), kl_divergence(belief, truth)])
        set_heights(both, np.minimum(values, top))
        _point_beyond(beyond_both, values, top)
        for text, value in zip(both_sizes, values, strict=True):
            text.set_text(brief(round(value, 9), 2))
        q_text = ", ".join(f"{chance:.3g}" for chance in belief)
        if np.allclose(truth, belief, rtol=0, atol=1e-9):
            return f"q = ({q_text}) is p itself: every share is 0, and so are both divergences."
        names_of = ("p", "q") if direction == DIRECTIONS[0] else ("q", "p")
        other = 1 - DIRECTIONS.index(direction)
        return (
            f"With p = ({p}) and q = ({q_text}) the shares of a, b and c in {direction} are "
            f"{_listed(shares)}. {_total(direction, first, second, total, names_of)} "
            f"The other way round, {DIRECTIONS[other]} is {_in_words(values[other])}."
        )

    return update


def _signed(share):
    """A share as a picture shows it."""
    if share == math.inf:
        return "∞"
    return f"{share:+.2f}".replace("-", "−") if abs(share) >= 0.005 else brief(round(share, 9), 2)


def _in_words(value, unit="nats"):
    return "infinite" if value == math.inf else number(value, unit)


def _listed(shares):
    """Three numbers, the infinite ones in words."""
    words = ["infinity" if value == math.inf else readable(value) for value in shares]
    return f"{words[0]}, {words[1]} and {words[2]}"


def _total(direction, first, second, total, names):
    if total < math.inf:
        return f"Their sum, {direction}, is {number(total, 'nats')}."
    impossible = " and ".join("abc"[i] for i in np.flatnonzero((second == 0) & (first > 0)))
    return f"{direction} is infinite: {names[1]} rules out {impossible}, and {names[0]} does not."


def _point_beyond(line, values, top):
    """Mark the columns whose value is above the axes."""
    off_scale = np.flatnonzero(values > top)
    line.set_data(off_scale, np.full(off_scale.size, top - 0.12))


def kl_coin(fig):
    """Both divergences of two coins over the believed probability of heads, with the parabola that both touch."""
    top, above = 2, (2.28, 2.1)
    ax = fig.subplots()
    ax.set(xlim=(-0.02, 1.02), ylim=(0, 1.2 * top), ylabel="divergence in nats", yticks=[0, 0.5, 1, 1.5, 2])
    ax.set_xlabel("q(heads)", loc="left")
    formula = note(
        ax,
        "dotted: the parabola  ½ (q − p)² / (p (1 − p))",
        **{
            "xycoords": "axes fraction",
            "xytext": (0, -22),
            "ha": "right",
            "va": "top",
            "color": MUTED,
            "zorder": STILL,
        },
    )
    formula.xy = (1, 0)
    titles = [
        ax.set_title(f"solid:  {DIRECTIONS[0]} ", loc="left", color=LIMIT, zorder=STILL),
        ax.set_title(f"dashed:  {DIRECTIONS[1]} ", loc="right", x=0.58, ha="left", color=SLOPE, zorder=STILL),
    ]
    shown = [value_after(title) for title in titles]
    rarer = np.concatenate([[0], np.geomspace(1e-300, 1e-3, 30), np.linspace(0.002, 0.5, 125)])
    left = np.stack([rarer, 1 - rarer], axis=-1)
    coins = np.concatenate([left, left[::-1, ::-1]])
    grid = coins[:, 0]
    (parabola,) = ax.plot([], [], color=MUTED, linestyle=":", linewidth=2)
    (valley,) = ax.plot([], [], color=TRUTH, **MARK)
    valley_note = note(ax, "p", xytext=(0, 10), color=TRUTH, weight="bold")
    curves = [ax.plot([], [], color=s["color"], linestyle=s["linestyle"])[0] for s in (FORWARD, REVERSE)]
    for curve in (parabola, *curves):
        curve.set_clip_path(Rectangle((-0.02, 0), 1.04, top, transform=ax.transData))
    dots = [ax.plot([], [], **(MARK | {"color": s["color"], "marker": s["marker"]}))[0] for s in (FORWARD, REVERSE)]
    infinite = [note(ax, "∞", color=s["color"], weight="bold", fontsize="x-large") for s in (FORWARD, REVERSE)]

    @lru_cache(maxsize=1)
    def divergences_of_coins(p):
        truths = np.broadcast_to([p, 1 - p], coins.shape)
        return kl_divergence(truths, coins), kl_divergence(coins, truths)

    @draggable(dots[0], x="q")
    @draggable(dots[1], x="q")
    @draggable(valley, x="p")
    def update(p, q):
        heights = divergences_of_coins(p)
        both = np.array([[p, 1 - p], [q, 1 - q]])
        values = kl_divergence(both, both[::-1])
        for artist in (parabola, formula):
            artist.set_visible(0 < p < 1)
        if 0 < p < 1:
            parabola.set_data(grid, (grid - p) ** 2 / (2 * p * (1 - p)))
        valley.set_data([p], [0])
        valley_note.xy = (p, 0)
        for side, (curve, dot, words) in enumerate(zip(curves, dots, infinite, strict=True)):
            curve.set_data(grid, np.where(np.isfinite(heights[side]), heights[side], np.nan))
            height = values[side] if values[side] <= top else above[side]
            dot.set_data([q], [height])
            dot.set_marker((FORWARD, REVERSE)[side]["marker"] if values[side] <= top else "^")
            words.xy = (q, height)
            words.set(position=(16 if q < 0.5 else -16, -6), visible=values[side] == math.inf)
        for words, value in zip(shown, values, strict=True):
            words.set_text(f"= {brief(value)}".replace("= ≈", "≈ "))
        coins_said = f"The coin falls heads with p = {chosen(p)}; believed is q = {chosen(q)}"
        if p == q:
            return f"{coins_said}: nothing to correct, and both divergences are 0."
        because = [
            f"{'infinite, because ' + excuse if value == math.inf else number(value, 'nats')}"
            for value, excuse in zip(values, ("q rules out what can come", "p rules out what q allows"), strict=True)
        ]
        return f"{coins_said}. D(p||q) is {because[0]}; D(q||p) is {because[1]}."

    return update


def kl_fit(fig):
    """A Gaussian under a target of two bumps, the best ones for either divergence, and the map of mean and width."""
    x = np.linspace(-6, 6, 601)
    ax, chart = fig.subplots(1, 2, width_ratios=[1.15, 1])
    ax.set(xlim=(x[0], x[-1]), ylim=(0, 0.9), xlabel="x", ylabel="density", yticks=[0, 0.2, 0.4, 0.6, 0.8])
    chart.set(xlim=(MEANS[0], MEANS[-1]), ylim=(0.5, 3.5), ylabel="width of q", yticks=[1, 2, 3])
    chart.set_xlabel("mean of q")
    leasts = []
    for axes, name, mark, color in zip((ax, chart), DIRECTIONS, ("solid ◆", "dashed ■"), (LIMIT, SLOPE), strict=True):
        axes.grid(visible=False)
        axes.set_title(f"{mark} least {name}", loc="left", color=color, zorder=STILL)
        leasts.append(axes.set_title(" ", loc="right", color=color))
    maps = {key: _contours(chart, *key) for key in ((apart, side) for apart in APART for side in range(2))}
    chart_note = chart.text(0.98, 0.97, "", transform=chart.transAxes, ha="right", va="top", zorder=5)
    (target,) = ax.fill(x, 0 * x, facecolor=FILL, edgecolor=TRUTH, linewidth=2)
    bests = [ax.plot([], [], color=s["color"], linestyle=s["linestyle"], linewidth=1.5)[0] for s in (FORWARD, REVERSE)]
    (fit,) = ax.plot([], [], color=MODEL, linewidth=3, zorder=4)
    (peak,) = ax.plot([], [], color=MODEL, **MARK)
    target_note = note(ax, "p", color=TRUTH, weight="bold", bbox=ON_WHITE)
    fit_note = note(ax, "q", color=MODEL, weight="bold", xytext=(18, 2), bbox=ON_WHITE)
    optima = [
        chart.plot([], [], **(MARK | {"color": s["color"], "marker": s["marker"], "markersize": size}))[0]
        for s, size in ((FORWARD, 14), (REVERSE, 9))
    ]
    (place,) = chart.plot([], [], color=MODEL, **(MARK | {"zorder": 6}))
    yours = [
        ax.text(0.02, y, f"your {name} = ", transform=ax.transAxes, va="top", zorder=STILL)
        for y, name in zip((0.97, 0.88), DIRECTIONS, strict=True)
    ]
    scores = [value_after(words) for words in yours]

    @draggable(place, x="mean", y="width")
    @draggable(peak, x="mean", y="width", to=lambda x, y: (x, _gaussian(0, 0, 1) / max(y, 1e-9)))
    def update(mean, width, apart, direction):
        side = DIRECTIONS.index(direction)
        values = divergences(np.array([mean]), np.array([width]), apart)[:, 0, 0]
        best = [best_fit(apart, way) for way in range(2)]
        density = mixture(x, apart)
        target.set_xy(np.column_stack([x, density]))
        target_note.xy = (apart / 2, mixture(apart / 2, apart))
        target_note.set_position((14, 4) if apart else (-24, -8))
        fit.set_data(x, _gaussian(x, mean, width))
        peak.set_data([mean], [_gaussian(mean, mean, width)])
        fit_note.xy = (mean, _gaussian(mean, mean, width))
        place.set_data([mean], [width])
        for key, lines in maps.items():
            for artist in lines:
                artist.set_visible(key == (apart, side))
        for curve, optimum, (m, s, _) in zip(bests, optima, best, strict=True):
            curve.set_data(x, _gaussian(x, m, s))
            optimum.set_data([m], [s])
        for text, (*_, least) in zip(leasts, best, strict=True):
            text.set_text(f"{least:z.3f}")
        for words, value in zip(scores, values, strict=True):
            words.set_text(f"{value:z.3f}")
        chart_note.set_text(f"lines: {direction} in nats")
        scored = " ".join(_scored(n, v, *b) for n, v, b in zip(DIRECTIONS, values, best, strict=True))
        shape = "one bump" if apart == 0 else f"two bumps, {apart:g} apart,"
        return f"q with mean {chosen(mean)} and width {chosen(width)} on a target of {shape} is scored twice. {scored}"

    return update


def _scored(name, value, mean, width, least):
    if value - least < 1e-9:
        return f"{name} is {number(value, 'nats')}: no setting of the sliders has less."
    return (
        f"{name} is {number(value, 'nats')}; the least on the sliders is {number(least, 'nats')}, "
        f"at mean {chosen(mean)} and width {chosen(width)}."
    )


def _contours(ax, apart, side):
    """The lines of equal divergence over mean and width, and their labels: hidden, to be shown by `update`.

    The places of the labels are found on the lines of the inner part alone, so that none is cut off at an edge.
    """
    heights = grid_of_divergences(apart)[side].T
    levels = {"levels": [0.25, 0.5, 1, 2, 4, 8, 16], "colors": MUTED, "linewidths": 1}
    lines = ax.contour(MEANS, WIDTHS, heights, **levels)
    inner = ax.contour(MEANS[4:-4], WIDTHS[3:-3], heights[3:-3, 4:-4], **levels)
    labels = [*ax.clabel(inner, fmt="%g", fontsize=9, inline=False)]
    inner.labelTexts.clear()  # they stay
    inner.remove()
    for label in labels:
        label.set_bbox(ON_WHITE)
    for artist in (lines, *labels):
        artist.set_visible(False)
    return [lines, *labels]


def _gaussian(x, mean, width):
    """The density of a Gaussian."""
    return np.exp(-(((x - mean) / width) ** 2) / 2) / (width * math.sqrt(2 * math.pi))


def mixture(x, apart):
    """The density of the target: two Gaussian bumps so far apart, the left one the heavier."""
    return sum(w * _gaussian(x, c, BUMP_WIDTH) for w, c in zip(WEIGHTS, (-apart / 2, apart / 2), strict=True))


def _log_mixture(x, apart):
    """Its logarithm, by log-sum-exp: finite wherever x is."""
    logs = [
        math.log(w / (BUMP_WIDTH * math.sqrt(2 * math.pi))) - ((x - c) / BUMP_WIDTH) ** 2 / 2
        for w, c in zip(WEIGHTS, (-apart / 2, apart / 2), strict=True)
    ]
    return np.logaddexp(*logs)


def divergences(means, widths, apart):
    """D(p||q) and D(q||p) of the target p and every Gaussian q of these means and widths, in nats.

    D(p||q) follows from the entropy, the mean and the variance of the target. In D(q||p) the mean of log p under q is
    taken by the trapezoidal rule over eight standard deviations to each side.

    Returns
    -------
    array, shape (2, number of means, number of widths)
    """
    mean, width = means[:, None], widths[None, :]
    target_mean, target_variance = moments(apart)
    spread = (target_variance + (target_mean - mean) ** 2) / width**2
    forward = np.log(width * math.sqrt(2 * math.pi)) + spread / 2 - _mixture_entropy(apart)
    z = np.linspace(-8, 8, 321)
    weights = _gaussian(z, 0, 1) * (z[1] - z[0])
    expected = np.stack([_log_mixture(mean + w * z, apart) @ weights for w in widths], axis=1)
    backward = -np.log(width * math.sqrt(2 * math.pi * math.e)) - expected
    return np.array([forward, np.broadcast_to(backward, forward.shape)])


def moments(apart):
    """Mean and variance of the target."""
    centres = np.array([-apart / 2, apart / 2])
    mean = WEIGHTS @ centres
    return mean, BUMP_WIDTH**2 + WEIGHTS @ (centres - mean) ** 2


@cache
def _mixture_entropy(apart):
    x = np.linspace(-12, 12, 4801)
    return -np.sum(mixture(x, apart) * _log_mixture(x, apart)) * (x[1] - x[0])


@cache
def grid_of_divergences(apart):
    """Both divergences at every setting of the two sliders."""
    return divergences(MEANS, WIDTHS, apart)


@cache
def best_fit(apart, side):
    """Mean, width and divergence of the best setting of the two sliders, found by trying them all."""
    grid = grid_of_divergences(apart)[side]
    i, j = np.unravel_index(grid.argmin(), grid.shape)
    return MEANS[i], WIDTHS[j], grid[i, j]


def wrong_code(fig):
    """Four letters in a code made for other probabilities: what each wastes or saves, and the sum beside D(p||q)."""
    top = 5
    ax, total = fig.subplots(1, 2, width_ratios=[3.4, 1])
    ax.set(xlim=(0, 1), ylim=(0, top), xlabel="width: probability p of the letter", ylabel="bits")
    ax.set_title("dashed: −log₂ p;  hatched: bits wasted;  dotted: bits saved", loc="left", color=INK, zorder=STILL)
    total.set(xlim=(-0.8, 1.9), ylim=(0, top), xticks=[0], xticklabels=["mean"])
    total.set_title("area", zorder=STILL)
    for axes in (ax, total):
        axes.grid(visible=False)
    shared, wasted, saved, outlines = (
        ax.bar(np.zeros(4), 0, width=1, align="edge", zorder=3, **style)
        for style in (
            {"color": FILL},
            {"color": "white", "edgecolor": LIMIT, "linewidth": 0, "hatch": "//"},
            {"color": "white", "edgecolor": SLOPE, "linewidth": 0, "hatch": "."},
            {"color": "none", "edgecolor": TRUTH, "linewidth": 1.5},
        )
    )
    ax.spines["left"].set_zorder(3.5)
    (border,) = ax.plot([], [], color=TRUTH, linewidth=4, zorder=4)
    ideals = [ax.plot([], [], color=INK, linestyle="--", linewidth=1.5, zorder=4)[0] for _ in shared]
    (beyond,) = ax.plot([], [], **BEYOND)
    (beyond_ideal,) = ax.plot([], [], **(BEYOND | {"color": SLOPE}))
    words = [ax.text(0, 0, "", ha="center", va="center", zorder=5, bbox=ON_WHITE) for _ in shared]
    floor = total.bar([0], [0], width=1.1, color=FILL, edgecolor=TRUTH, linewidth=1.5, zorder=3)
    extra = total.bar([0], [0], width=1.1, color="white", edgecolor=LIMIT, hatch="//", zorder=3)
    (expected,) = total.plot([-0.7, 1.8], [0, 0], color=MODEL, linestyle="-.", linewidth=2, zorder=4)
    (endless_total,) = total.plot([0], [0.95 * top], **BEYOND)
    expected_note = note(total, "H + D", xytext=(0, 4), color=MODEL)
    floor_note = note(total, "H(p)", xytext=(0, -5), va="top", color=TRUTH)

    @draggable(border, x="p")
    def update(p, q):
        code, belief = BELIEFS[q], np.array([_fraction(text) for text in q.split(", ")])
        truth = np.array([p, *((1 - p) * np.array([1 / 2, 1 / 4, 1 / 4]))])
        lengths = np.array([len(word) or math.inf for word in code])
        ideal = self_information(truth, base=2)
        shown, ideal_shown, left = np.minimum(lengths, top), np.minimum(ideal, top), np.cumsum(truth) - truth
        for i, word in enumerate(code):
            for bars, low, high in (
                (shared, 0, min(shown[i], ideal_shown[i])),
                (wasted, ideal_shown[i], max(shown[i], ideal_shown[i])),
                (saved, shown[i], max(shown[i], ideal_shown[i])),
            ):
                bars[i].set(x=left[i], width=truth[i], y=low, height=high - low, visible=high > low and truth[i] > 0)
            outlines[i].set(x=left[i], width=truth[i], height=shown[i], visible=truth[i] > 0)
            ideals[i].set_data([left[i], left[i] + truth[i]], [ideal[i], ideal[i]])
            ideals[i].set_visible(truth[i] > 0)
            words[i].set(position=(left[i] + truth[i] / 2, 0.5), visible=truth[i] > 0.08)
            words[i].set_text("abcd"[i] + "\n" + (word or "none"))
        border.set_data([p, p], [0, min(shown[0], top)])
        endless = np.isinf(lengths) & (truth > 0)
        for mark, letters in ((beyond, endless), (beyond_ideal, (ideal > top) & (truth > 0) & ~endless)):
            mark.set_data((left + truth / 2)[letters], np.full(letters.sum(), 0.95 * top))
        mean, least, gap = _mean_length(truth, lengths), entropy(truth, base=2), kl_divergence(truth, belief, base=2)
        floor[0].set_height(least)
        extra[0].set(y=least, height=min(mean, top) - least)
        level = least + gap if gap < math.inf else 0.87 * top
        expected.set(ydata=[level, level], visible=gap < math.inf)
        endless_total.set_visible(bool(endless.any()))
        expected_note.xy = (1.2, level)
        expected_note.set_text("H + D" if gap < math.inf else "∞")
        floor_note.xy = (1.2, least)
        floor_note.set_visible(least > 0.4)
        if mean == math.inf:
            return (
                f"With p(a) = {chosen(p)} the code for q = ({q}) fails: d has no code word, yet it comes with "
                f"probability {chosen(truth[3])}. D(p||q) is infinite."
            )
        waste = mean - least
        fits = np.allclose(truth, 2.0**-lengths, rtol=0, atol=1e-9)
        above = "the entropy of p itself" if fits else f"{number(waste, 'bits')} above the entropy of p"
        spent = f"With p(a) = {chosen(p)} the code for q = ({q}) takes {number(mean, 'bits')} per letter, {above}"
        if gap == 0:
            return f"{spent}: here q is p, D(p||q) is 0, and nothing is wasted."
        if math.isclose(waste, gap, abs_tol=1e-12):
            return f"{spent}, and that is exactly D(p||q)."
        return (
            f"{spent}. D(p||q) is {number(gap, 'bits')}, another number: this code is the ideal one for other "
            "probabilities, 1/2, 1/4, 1/8 and 1/8."
        )

    return update


def _fraction(text):
    numerator, _, denominator = text.partition("/")
    return float(numerator) / float(denominator or 1)


def _mean_length(p, lengths):
    """The mean code length; a letter that never comes needs no code word."""
    return p[p > 0] @ lengths[p > 0]
