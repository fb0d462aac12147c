"""Pictures of the losses of regression."""

import math
from functools import cache

import numpy as np

from ..regression import (
    absolute_error,
    absolute_error_gradient,
    huber,
    huber_gradient,
    quantile_loss,
    smooth_l1,
    squared_error,
    squared_error_gradient,
)
from .descent import descend
from .handles import draggable
from .learner import tried
from .palette import (
    BEYOND,
    CEILING,
    FILL,
    INK,
    LOSSES,
    MARK,
    MODEL,
    MUTED,
    ON_WHITE,
    STILL,
    capped,
    chosen,
    line_of,
    mark_of,
    note,
    set_heights,
    significant,
)

THREE = ("squared error", "absolute error", "Huber")
MODELS = ("one number", "line")
POINTS = np.arange(1.0, 8.0)
OUTLIER = 6
VALUES = {
    "one number": np.array([2.2, 3.1, 2.6, 3.8, 2.9, 3.4, 0.0]),
    "line": np.array([0.9, 1.0, 2.1, 2.2, 3.3, 3.5, 0.0]),
}
DELTAS = (0.01, 0.03, 0.1, 0.3, 0.5, 1, 1.5, 2, 3, 4, 5, 10, 30, math.inf)
SETS = {
    "five values": np.array([1.0, 2.0, 2.5, 3.5, 10.0]),
    "six values": np.array([1.0, 2.0, 2.5, 3.5, 5.0, 10.0]),
    "lopsided values": np.array([0.0, 0.0, 4.0, 6.0, 10.0]),
}
READINGS = np.array([1.912, 2.043, 2.134, 2.381, 7.0])
MOST_STEPS = 60
TIMES = np.array([12, 16, 18, 21, 22, 25, 28, 31, 32, 33, 35, 36, 39, 41, 44, 46, 50, 56, 63, 75], dtype=float)


def loss_of(name, delta=1.0):
    """One of the three losses by name, as a function of truth and prediction. Huber's delta may be infinite."""
    if name == "Huber":
        return lambda y, f: squared_error(y, f) / 2 if delta == math.inf else huber(y, f, delta=delta)
    return {"squared error": squared_error, "absolute error": absolute_error}[name]


def slope_of(name, delta=1.0):
    """The gradient of one of the three losses towards the prediction."""
    if name == "Huber":
        return lambda y, f: f - y if delta == math.inf else huber_gradient(y, f, delta=delta)
    return {"squared error": squared_error_gradient, "absolute error": absolute_error_gradient}[name]


def minimisers(name, x, y, delta=1.0):
    """The ends of the interval of all w that minimise the sum of the losses of ``y - w x``, for positive x.

    The squared error has one minimiser. For the absolute error it is the medians of ``y / x`` with the weights x.
    Huber's slope in w is continuous and falls in straight pieces, which end where a residual is `delta` or minus
    `delta`: so its zeros are found exactly.
    """
    if name == "squared error" or (delta == math.inf and name == "Huber"):
        w = (x @ y) / (x @ x)
        return w, w
    if name == "absolute error":
        order = np.argsort(y / x)
        below = np.cumsum(x[order]) / x.sum()
        first, last = np.searchsorted(below, [0.5 - 1e-12, 0.5 + 1e-12])
        return (y / x)[order[first]], (y / x)[order[last]]
    knots = np.sort(np.concatenate([(y - delta) / x, (y + delta) / x]))
    pulls = np.clip(y - knots[:, None] * x, -delta, delta) @ x
    pulls[np.abs(pulls) < 1e-9 * delta] = 0
    return _crossing(knots, pulls), -_crossing(-knots[::-1], -pulls[::-1])


def _crossing(knots, pulls):
    """Where straight pieces through these points, which fall from above 0, first reach 0."""
    at = np.argmax(pulls <= 0)
    before, after = pulls[at - 1], pulls[at]
    return knots[at - 1] + (knots[at] - knots[at - 1]) * before / (before - after)


def _costs(name, grid, x, y, delta=1.0):
    """The mean loss for every w of a grid."""
    truths, predictions = np.broadcast_arrays(y, grid[:, None] * x)
    return loss_of(name, delta)(truths, predictions).mean(axis=1)


def loss_shapes(fig, *, mine=None):
    """Squared error, absolute error and Huber over the residual, and their slopes beside them."""
    ends = 3
    grid = np.linspace(-ends, ends, 601)
    zero = np.zeros_like(grid)
    losses, slopes = fig.subplots(1, 2)
    losses.set(xlim=(-3.1, 3.1), ylim=(0, 9), xlabel="residual r", title="loss")
    slopes.set(xlim=(-3.1, 3.1), ylim=(-6.3, 6.3), xlabel="residual r", title="slope: the pull")
    slopes.axhline(0, color=MUTED, linewidth=1)
    values, complaint = tried(mine, grid) if mine else (None, "")
    if values is not None:
        finite = np.where(np.isfinite(values), values, np.nan)
        losses.plot(grid, finite, color=INK, linewidth=5, alpha=0.25, label="yours")
        slopes.plot(grid, np.gradient(finite, grid), color=INK, linewidth=5, alpha=0.25)
    curves = {
        name: (
            losses.plot([], [], **line_of(name), label=name)[0],
            slopes.plot([], [], **line_of(name))[0],
        )
        for name in THREE
    }
    losses.legend(loc="upper center", frameon=False, handlelength=2.6, labelspacing=0.25).set_zorder(STILL)
    for name in THREE[:2]:
        curves[name][0].set_data(grid, loss_of(name)(grid, zero))
    lines = np.array([-ends, 0, 0, ends])
    curves["squared error"][1].set_data([-ends, ends], [-2 * ends, 2 * ends])
    curves["absolute error"][1].set_data(lines, [-1, -1, 1, 1])
    guides = [ax.plot([], [], color=MUTED, linestyle=":", linewidth=1.5)[0] for ax in (losses, slopes)]
    dots = {name: [ax.plot([], [], **_dot(name))[0] for ax in (losses, slopes)] for name in THREE}

    @draggable(dots["squared error"][0], x="r")
    @draggable(dots["squared error"][1], x="r")
    def update(r, delta):
        loss, slope = curves["Huber"]
        loss.set_data(grid, huber(grid, zero, delta=delta))
        corner = min(delta, ends)
        slope.set_data([-ends, -corner, corner, ends], [-corner, -corner, corner, corner])
        heights, pulls = {}, {}
        for name in THREE:
            heights[name] = float(loss_of(name, delta)(r, 0.0))
            pulls[name] = -float(slope_of(name, delta)(r, 0.0))
            dots[name][0].set_data([r], [heights[name]])
            dots[name][1].set_data([r], [pulls[name]])
        for guide, height in zip(guides, (r * r, 2 * r), strict=True):
            guide.set_data([r, r], [0, height])
        said = ", ".join(f"{name} {heights[name]:.3g} with slope {pulls[name]:z.3g}" for name in THREE)
        where = {0: "All three are 0 at the truth; the absolute error has a corner there, and its slope counts as 0."}
        side = "parabola" if abs(r) <= delta else "straight part"
        known = where.get(r, f"With delta = {delta:g}, Huber is on its {side} here.")
        return f"At the residual {chosen(r)}: {said}. {known}{' ' + complaint if complaint else ''}"

    return update


def _dot(name):
    """The mark of one of the three; that which is drawn later is smaller, so that all are seen where they meet."""
    return mark_of(name, dict(zip(THREE, (14, 9.5, 5.5), strict=True))[name])


def outlier(fig):
    """Points with one that moves: the fits of three losses, their costs, and how the points share in the pull."""
    top, grids = 10, {"one number": np.linspace(1, 6, 301), "line": np.linspace(0, 1.5, 301)}
    data, costs, bars_ax = fig.subplots(1, 3, width_ratios=[5, 4, 4])
    data.set(xlim=(0, 7.6), ylim=(0, top + 0.5), xlabel="x", title="data and fits")
    costs.set(xlim=(0, 1), ylim=(0, 1.05), yticks=[], title="cost, scaled")
    costs.set(xticks=[], xlabel="w")
    bars_ax.set(xlim=(0.3, 7.7), ylim=(-0.56, 0.56), xticks=POINTS[::2], xlabel="x", title="share of the pull")
    bars_ax.grid(axis="x", visible=False)
    bars_ax.axhline(0, color=MUTED, linewidth=1)
    fits = {name: data.plot([], [], **line_of(name), label=name)[0] for name in THREE}
    data.legend(loc="upper left", frameon=False, handlelength=2.6, labelspacing=0.25, borderaxespad=0.1).set_zorder(
        STILL
    )
    (points,) = data.plot([], [], linestyle="none", marker="o", markersize=6, color=INK, zorder=4)
    (moved,) = data.plot([], [], **(MARK | {"color": INK, "markersize": 12}))
    curves = {name: costs.plot([], [], **line_of(name))[0] for name in THREE}
    least = {name: costs.plot([], [], **_dot(name))[0] for name in THREE}
    bars = bars_ax.bar(POINTS, 0, width=0.7, color=FILL, edgecolor="white", linewidth=1, zorder=3)
    bars[OUTLIER].set_hatch("//")

    @draggable(moved, y="y")
    def update(y, delta, model, loss):
        x = np.ones(7) if model == MODELS[0] else POINTS
        values = VALUES[model].copy()
        values[OUTLIER] = y
        others = np.arange(7) != OUTLIER
        points.set_data(POINTS[others], values[others])
        moved.set_data(POINTS[[OUTLIER]], [y])
        grid = grids[model]
        place = (grid - grid[0]) / (grid[-1] - grid[0])
        best = {name: sum(minimisers(name, x, values, delta)) / 2 for name in THREE}
        for name, w in best.items():
            fits[name].set_data([0, 7.6], [w, w] if model == MODELS[0] else [0, 7.6 * w])
            cost = _costs(name, grid, x, values, delta)
            curves[name].set_data(place, cost / cost.max())
            least[name].set_data(
                [np.interp(w, grid, place)], [_costs(name, np.array([w]), x, values, delta)[0] / cost.max()]
            )
        pulls = _pulls(loss, x, values, best[loss], delta)
        shares = pulls / np.abs(pulls).sum()
        set_heights(bars, shares)
        for bar in bars:
            bar.set_facecolor(LOSSES[loss]["color"])
        made = loss_of(loss, delta)(values, best[loss] * x)
        found = ", ".join(f"{name} {w:.3f}" for name, w in best.items())
        what = "number" if model == MODELS[0] else "slope"
        on_the_fit = np.abs(values - best[loss] * x) < 1e-9
        together = loss == "absolute error" and on_the_fit[OUTLIER] and on_the_fit.sum() > 1
        pull = _percent(abs(shares[on_the_fit].sum() if together else shares[OUTLIER]))
        return (
            f"With the outlier at {chosen(y)}: the best {what} is, by loss: {found}. Under the {_spoken(loss)} the "
            f"outlier makes {_percent(made[OUTLIER] / made.sum())} of the cost and {pull} of the pull"
            f"{', together with what else lies on the fit' if together else ''}."
        )

    return update


def _percent(part):
    """A part in percent. None but nothing is called 0%, and none but all 100%."""
    return "less than 1%" if 1e-12 < part < 0.005 else "more than 99%" if 0.995 <= part < 1 else f"{part:.0%}"


def _spoken(name):
    return "Huber loss" if name == "Huber" else name


def _pulls(name, x, y, w, delta):
    """How hard each point pulls w up. In the corner of the absolute error it is what balances the others."""
    pulls = -slope_of(name, delta)(y, w * x) * x
    on_the_fit = np.abs(y - w * x) < 1e-9
    if name == "absolute error" and on_the_fit.any():
        pulls[on_the_fit] = 0
        pulls[on_the_fit] = -pulls.sum() * x[on_the_fit] / x[on_the_fit].sum()
    return pulls


def huber_delta(fig):
    """Huber and smooth L1 for one threshold, and the minimiser of both for every threshold."""
    ends, far = 4, 100
    grid = np.linspace(-ends, ends, 401)
    zero = np.zeros_like(grid)
    finite = np.array(DELTAS[:-1])
    shapes, path_ax = fig.subplots(1, 2)
    shapes.set(xlim=(-ends, ends), ylim=(0, 6), xlabel="residual r", title="loss")
    shapes.plot(grid, squared_error(grid, zero) / 2, color=MUTED, linewidth=1, label="½ r²")
    shapes.plot(grid, np.abs(grid), color=MUTED, linewidth=1, linestyle="--", label="|r|")
    curves = {name: shapes.plot([], [], **line_of(name), linewidth=3, label=name)[0] for name in ("Huber", "smooth L1")}
    shapes.legend(loc="upper center", frameon=False, handlelength=2.6, labelspacing=0.25).set_zorder(STILL)
    path_ax.set(xscale="log", xlim=(0.008, far * 1.25), ylim=(-0.8, 10.8), xlabel="delta")
    path_ax.set(title="minimiser of the cost")
    path_ax.set_xticks([0.01, 0.1, 1, 10, far], ["0.01", "0.1", "1", "10", "∞"])
    path_ax.minorticks_off()
    fine = np.concatenate([np.geomspace(finite[0], finite[-1], 300), [far]])
    paths = {name: np.array([minimisers("Huber", np.ones(y.size), y, d) for d in fine]).T for name, y in SETS.items()}
    bands = {
        name: path_ax.fill_between(fine, low, high, color=FILL, linewidth=0, visible=False)
        for name, (low, high) in paths.items()
    }
    (rug,) = path_ax.plot([], [], color=INK, marker="_", markersize=12, linestyle="none", zorder=3)
    (mean_line,) = path_ax.plot([0.008, far * 1.25], [0, 0], **line_of("squared error"), linewidth=1.2)
    (median_line,) = path_ax.plot([0.008, far * 1.25], [0, 0], **line_of("absolute error"), linewidth=1.2)
    mean_note = note(path_ax, xytext=(0, 8), ha="left", color=LOSSES["squared error"]["color"])
    median_note = note(path_ax, xytext=(0, -9), ha="right", va="top", color=LOSSES["absolute error"]["color"])
    (low_path,) = path_ax.plot([], [], color=LOSSES["Huber"]["color"], linewidth=2)
    (high_path,) = path_ax.plot([], [], color=LOSSES["Huber"]["color"], linewidth=2)
    (dot,) = path_ax.plot([], [], **mark_of("Huber", 10))

    def update(delta, data):
        y = SETS[data]
        place = far if delta == math.inf else delta
        curves["Huber"].set_data(grid, loss_of("Huber", delta)(grid, zero))
        curves["smooth L1"].set_data(grid, zero if delta == math.inf else smooth_l1(grid, zero, beta=delta))
        for name, band in bands.items():
            band.set_visible(name == data)
        low_path.set_data(fine, paths[data][0])
        high_path.set_data(fine, paths[data][1])
        rug.set_data(np.full(y.size, 0.0095), y)
        mean, (first, last) = y.mean(), minimisers("absolute error", np.ones(y.size), y)
        middle = (first + last) / 2
        mean_line.set_ydata([mean, mean])
        median_line.set_ydata([middle, middle])
        mean_note.xy, median_note.xy = (0.016, mean), (far * 1.2, middle)
        mean_note.set_text(f"mean {mean:.3g}")
        median_note.set_text(f"median {middle:.3g}" if first == last else f"medians {first:g} to {last:g}")
        low, high = minimisers("Huber", np.ones(y.size), y, delta)
        dot.set_data([place], [(low + high) / 2])
        many = high - low > 1e-9
        best = f"every number from {low:.3f} to {high:.3f}" if many else f"{low:z.3f}"
        medians = (
            f"every number from {first:g} to {last:g} is a median" if last > first else f"the median is {first:.3f}"
        )
        size = "infinity" if delta == math.inf else f"{delta:g}"
        special = ""
        if delta == math.inf:
            special = " Huber is half the squared error now, and smooth L1 is 0."
        elif delta == DELTAS[0]:
            special = " Huber is nearly 0 everywhere in the picture, and smooth L1 is nearly the absolute error."
        known = f"the mean is {mean:.3f}, {medians}"
        return f"With delta = {size} the cost of the {data} is least at {best}; {known}.{special}"

    return update


def settling(fig):
    """Descent with a fixed step on three costs: where it is after each step, and how far from the minimum."""
    top, ceiling, floor = 9.0, 10.0, 1e-6
    steps = np.arange(MOST_STEPS + 1)
    panels = fig.subplots(1, 2)
    panels[0].set(xlim=(-2, MOST_STEPS + 2), ylim=(0, top), xlabel="step", title="prediction w")
    panels[1].set(xlim=(-2, MOST_STEPS + 2), yscale="log", ylim=(floor, ceiling), xlabel="step")
    panels[1].set(
        title="distance from the minimum", yticks=[1e-6, 1e-4, 1e-2, 1], yticklabels=["10⁻⁶", "10⁻⁴", "10⁻²", "1"]
    )
    panels[1].minorticks_off()
    panels[0].plot(np.full(READINGS.size, -1), READINGS, color=INK, marker="_", markersize=10, linestyle="none")
    best = {name: minimisers(name, np.ones(READINGS.size), READINGS)[0] for name in THREE}
    trails = {name: [ax.plot([], [], **line_of(name), linewidth=1.6, label=name)[0] for ax in panels] for name in THREE}
    below = {"loc": "upper right", "bbox_to_anchor": (1, 0.94)}  # where w has left the picture, an arrow is above
    panels[0].legend(**below, frameon=False, handlelength=2.6, labelspacing=0.25).set_zorder(STILL)
    dots = {name: [ax.plot([], [], **_dot(name))[0] for ax in panels] for name in THREE}
    (beyond,) = panels[1].plot([], [], **(BEYOND | {"color": LOSSES["squared error"]["color"]}))

    @draggable(dots["absolute error"][0], x="step")
    @draggable(dots["absolute error"][1], x="step")
    def update(rate, step):
        said = []
        for name in THREE:
            path = _descent(name, rate)
            gap = np.abs(path - best[name])
            leaving = np.concatenate([[True], np.logical_and.accumulate((path >= 0) & (path <= top))[:-1]])
            shown = np.where(leaving, path, np.nan), np.where(gap <= ceiling, np.maximum(gap, floor), np.nan)
            for trail, dot, values in zip(trails[name], dots[name], shown, strict=True):
                trail.set_data(steps[: step + 1], values[: step + 1])
                dot.set_data([step], [values[step]])
            at = path[step]
            marker = "v" if at < 0 else "^" if at > top else LOSSES[name]["marker"]
            dots[name][0].set(ydata=[0.04 * top if at < 0 else capped(at, top)], marker=marker)
            dots[name][1].set_marker("v" if gap[step] < floor else LOSSES[name]["marker"])
            if name == "squared error":
                beyond.set_data([step], [0.6 * ceiling])
                beyond.set_visible(bool(gap[step] > ceiling))
            said.append(f"{name} {significant(path[step], 4)}, {_small(gap[step])} from its minimum")
        end = " The steps of the squared error do not shrink: this rate is too large for it." if rate >= 1 else ""
        return f"At step {step} with the rate {chosen(rate)} the prediction w is, by loss: {'; '.join(said)}.{end}"

    return update


@cache
def _descent(name, rate):
    """A constant prediction of the readings as its mean loss is descended from 6."""
    slope = slope_of(name)
    return descend(lambda w: slope(READINGS, np.full(READINGS.size, w)).mean(), 6.0, rate, MOST_STEPS)


def _small(gap):
    return "less than a millionth" if gap < 1e-6 else significant(gap, 4)


def quantile_fit(fig):
    """The lopsided loss of one residual, and its mean over delivery times with the minimiser and a promise."""
    top, grid = 30, np.linspace(0, 90, 361)
    ends = np.array([-10.0, 0.0, 10.0])
    colour = LOSSES["quantile"]["color"]
    shape, cost_ax = fig.subplots(1, 2, width_ratios=[2, 3])
    shape.set(xlim=(-10.5, 10.5), ylim=(0, 12), xlabel="minutes above the promise", title="loss")
    cost_ax.set(xlim=(0, 90), ylim=(-3, top), yticks=[0, 10, 20, 30], title="mean loss")
    cost_ax.set(xlabel="minutes promised (marks: 20 deliveries)")
    (vee,) = shape.plot([], [], **line_of("quantile"))
    sides = [note(shape, color=colour, bbox=ON_WHITE) for _ in range(2)]
    cost_ax.plot(TIMES, np.full(TIMES.size, -1.5), color=INK, marker="|", markersize=9, linestyle="none")
    (band,) = cost_ax.bar([0], [0], width=0, bottom=-3, align="edge", color=FILL)
    (curve,) = cost_ax.plot([], [], **line_of("quantile"))
    (drop,) = cost_ax.plot([], [], **CEILING)
    (dot,) = cost_ax.plot([], [], **(MARK | {"color": MODEL}))
    (beyond,) = cost_ax.plot([], [], **(BEYOND | {"color": MODEL, "clip_on": False, "in_layout": False}))

    @draggable(dot, x="c")
    @draggable(beyond, x="c")
    def update(quantile, c):
        vee.set_data(ends, quantile_loss(ends, np.zeros(3), quantile=quantile))
        for text, side, price in zip(sides, (-5.3, 5.3), (1 - quantile, quantile), strict=True):
            text.xy = (side, 9.6 * price + 0.9)
            text.set_text(f"{price:.3g} a minute")
        truths, promises = np.broadcast_arrays(TIMES, grid[:, None])
        curve.set_data(grid, quantile_loss(truths, promises, quantile=quantile).mean(axis=1))
        low, high = quantile_minimisers(TIMES, quantile)
        least, cost = (_mean_pinball(at, quantile) for at in (low, c))
        band.set(x=low, width=high - low, height=least + 3)
        drop.set_data([(low + high) / 2] * 2, [-3, least])
        dot.set(data=([c], [cost]), visible=bool(cost <= top))
        beyond.set(data=([c], [0.95 * top]), visible=bool(cost > top))
        late = np.count_nonzero(c < TIMES)
        where = f"at every promise from {low:g} to {high:g}" if high > low else f"at {low:g}"
        return (
            f"With the quantile {chosen(quantile)}, a minute late costs {chosen(quantile)} and a minute early "
            f"{chosen(1 - quantile)}. The mean loss is least, {least:.2f}, {where} minutes. "
            f"The promise of {chosen(c)} minute{'' if c == 1 else 's'} costs {cost:.2f} "
            f"and is too early for {late} of 20 deliveries."
        )

    return update


def quantile_minimisers(values, quantile):
    """The ends of the interval of all numbers with the least mean quantile loss, for sorted values."""
    below = round(quantile * values.size, 9)
    return values[math.ceil(below) - 1], values[math.floor(below)]


def _mean_pinball(promise, quantile):
    mean = quantile_loss(TIMES, np.full(TIMES.size, float(promise)), quantile=quantile).mean()
    return round(float(mean), 9)  # so that equal means are also printed alike
