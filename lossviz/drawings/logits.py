"""Pictures of softmax and the loss of logits."""

import math
from functools import wraps

import numpy as np

from .. import classification
from ..activations import hardmax, softmax
from .handles import draggable
from .learner import tried
from .palette import (
    CEILING,
    FILL,
    INK,
    LIMIT,
    MARK,
    MODEL,
    ON_WHITE,
    OUTCOMES,
    STILL,
    TRUTH,
    brief,
    capped,
    chosen,
    note,
    number,
    part,
    probability,
    readable,
    set_heights,
    value_after,
)

CLASSES = ("cat", "dog", "pig")
LOGITS = (3.0, 1.0, -3.0)
TEMPERATURES = (0, 0.1, 0.3, 1, 3, 10, 100, math.inf)
MILD_TEMPERATURES = (0.5, 1, 2, 5)
DTYPES = ("float16", "float32", "float64")
LARGEST = (-1000, -750, -700, -104, -90, -20, -15, -10, 0, 3, 10, 11, 12, 50, 88, 89, 100, 700, 709, 710, 1000)
BATCH = ((2.0, 0.0, -1.0), (0.5, 1.0, 0.0), (1.5, 0.0, 0.0), (1.0, 1.0, -1.0))
TARGETS = (0, 1, 2, 0)
IGNORED = -100
RESULTS = {"none": "each: ", "mean": "mean = area / width = ", "sum": "sum = numerator = "}
REDUCTIONS = tuple(RESULTS)
COUNTS = (2, 3, 10, 100)
HIGHEST = 1.05


def softmax_bars(fig):
    """Three logits, their softmax, the surprise at each class, and the gradient of the loss."""
    axes = (
        {"title": "logits", "xlabel": "z", "ylim": (-9.6, 9.6), "yticks": [-8, -4, 0, 4, 8]},
        {"title": "softmax, y dashed", "xlabel": "a = softmax(z/T)", "ylim": (0, 1.15), "yticks": [0, 0.5, 1]},
        {"title": "−log a", "xlabel": "loss: at the truth", "ylim": (0, 18), "yticks": [0, 5, 10, 15]},
        {"title": "gradient", "xlabel": "∂L/∂z", "ylim": (-2.4, 2.4), "yticks": [-2, -1, 0, 1, 2]},
    )
    panels = fig.subplots(1, 4)
    for ax, settings in zip(panels, axes, strict=True):
        _class_axis(ax, **settings)
    bars = [_class_bars(ax) for ax in panels]
    for ax in (panels[0], panels[3]):
        ax.axhline(0, color=INK, linewidth=1, zorder=4)
    aims = [panels[1].plot([i - 0.4, i + 0.4], [0, 0], **(CEILING | {"color": INK, "zorder": 4}))[0] for i in range(3)]
    numbers = [_numbers(ax) for ax in panels]

    def dog_from_height(x, y):
        return x, y - (bars[0][0].get_height() - LOGITS[0])

    @draggable(bars[0][1], y="dog", to=dog_from_height)
    def update(dog, shift, temperature, truth):
        z = np.array([LOGITS[0], dog, LOGITS[2]]) + shift
        true = CLASSES.index(truth)
        y = np.eye(3)[true]
        a = softmax(z, temperature=temperature)
        surprises = classification.softmax_cross_entropy(np.arange(3), np.tile(z / temperature, (3, 1)))
        gradient = classification.softmax_cross_entropy_gradient(y, z / temperature) / temperature
        for row, heights in zip(bars, [z, a, surprises, gradient], strict=True):
            set_heights(row, heights)
        for i, aim in enumerate(aims):
            aim.set_ydata([y[i], y[i]])
        for i, bar in enumerate(bars[2]):
            bar.set_alpha(1 if i == true else 0.25)
        shown = [f"{v:z.1f}" for v in z], _shares(a), *([brief(v, 2) for v in row] for row in (surprises, gradient))
        logits = ", ".join(chosen(value, 1) for value in z)
        over_the_dash = np.where((y == 1) & (a > 0.9), np.maximum(a, 1), a)
        places = [z, over_the_dash, surprises, gradient]
        for row, heights, texts in zip(numbers, places, shown, strict=True):
            _write(row, heights, texts)
        for i, text in enumerate(numbers[2]):
            text.set_weight("bold" if i == true else "normal")
        at = "" if temperature == 1 else f" at temperature {temperature:g}"
        same = (
            f" Softmax sees only differences: without the shift of {chosen(shift, 1)} it would be the same."
            if shift
            else ""
        )
        tie = " Cat and dog have equal logits, so equal probabilities." if dog == LOGITS[0] else ""
        slopes = ", ".join(map(readable, gradient))
        return (
            f"Softmax{at} turns the logits ({logits}) into {_named(a)}. The truth is {truth}, so the loss "
            f"is {number(surprises[true], 'nats')}; its gradient is ({slopes}), which sums to 0 before rounding."
            f"{tie}{same}"
        )

    return update


def at_temperature(z, temperature):
    """Softmax of logits at any temperature from 0, where the winners share everything, to infinity."""
    if temperature == 0:
        winners = z == z.max(axis=-1, keepdims=True)
        return winners / winners.sum(axis=-1, keepdims=True)
    if temperature == math.inf:
        return np.full(z.shape, 1 / z.shape[-1])
    return softmax(z, temperature=temperature)


def hard_and_soft(fig):
    """Three logits, their hard max with the arg max, their softmax, and the dog's share over its logit."""
    panels = fig.subplots(1, 4, width_ratios=[1, 1, 1, 1.6])
    titles, ends = ("logits", "hard max", "softmax"), ((-4.6, 9.6), (0, 1.35), (0, 1.35))
    for ax, title, limits in zip(panels, titles, ends, strict=False):
        _class_axis(ax, title=title, ylim=limits)
    for ax in (panels[1], panels[2], panels[3]):
        ax.set_yticks([0, 0.5, 1])
    panels[1].set_xticks(range(3), [f"{name}\n{i}" for i, name in enumerate(CLASSES)])
    panels[0].axhline(0, color=INK, linewidth=1, zorder=4)
    bars = [_class_bars(ax) for ax in panels[:3]]
    numbers = [_numbers(ax) for ax in panels[:3]]
    index = panels[1].text(0.5, 0.98, "", transform=panels[1].transAxes, ha="center", va="top", bbox=ON_WHITE, zorder=5)
    heat = panels[2].text(0.5, 0.98, "", transform=panels[2].transAxes, ha="center", va="top", bbox=ON_WHITE, zorder=5)
    ax = panels[3]
    ax.set(xlim=(-2.3, 8.3), ylim=(-0.06, 1.35), xlabel="the dog's logit", title="the dog's share")
    ax.set_xticks([-2, 0, LOGITS[0], 5, 8])
    grid = np.round(np.linspace(-2, 8, 501), 12)
    rows = np.stack([np.full(grid.size, LOGITS[0]), grid, np.full(grid.size, LOGITS[2])], axis=-1)
    curves = {T: at_temperature(rows, T)[:, 1] for T in TEMPERATURES}
    for below, height in ((grid <= LOGITS[0], 0), (grid >= LOGITS[0], 1)):
        ax.plot(grid[below], np.full(below.sum(), height), color=INK, linestyle="--", linewidth=1.5, zorder=3)
    ax.text(-2, 1.28, "hard max: dashed\nsoftmax: solid", va="top", color=INK, fontsize=10)
    (curve,) = ax.plot([], [], color=OUTCOMES[1]["color"], zorder=4)
    (dot,) = ax.plot([], [], color=OUTCOMES[1]["color"], **(MARK | {"marker": OUTCOMES[1]["marker"]}))

    @draggable(dot, x="dog")
    @draggable(bars[0][1], y="dog")
    def update(dog, temperature):
        z = np.array([LOGITS[0], dog, LOGITS[2]])
        hard, soft = hardmax(z), at_temperature(z, temperature)
        for row, values, texts, heights in zip(
            bars,
            numbers,
            ([f"{v:.3g}" for v in z], [f"{v:g}" for v in hard], _shares(soft)),
            (z, hard, soft),
            strict=True,
        ):
            set_heights(row, heights)
            _write(values, heights, texts)
        winner = int(z.argmax())
        index.set_text(f"arg max = {winner}")
        heat.set_text("T → ∞" if temperature == math.inf else f"T {'→' if temperature == 0 else '='} {temperature:g}")
        between = temperature > 0 or dog == LOGITS[0]
        step = np.where(grid == LOGITS[0], np.nan, curves[0])
        curve.set_data(grid, curves[temperature] if temperature > 0 else step)
        dot.set_data([dog], [soft[1] if between else hard[1]])
        named = {0: "Towards temperature 0", math.inf: "Towards an infinite temperature"}
        at = named.get(temperature, f"At temperature {temperature:g}")
        first = (
            f"The logits ({', '.join(map(chosen, z))}) have the arg max {winner}, an index, and the hard max "
            f"({', '.join(f'{v:g}' for v in hard)})."
        )
        tie = (
            " Cat and dog tie: the arg max names the first of them, softmax treats them alike."
            if dog == LOGITS[0]
            else ""
        )
        end = {0: ", a share for each winner" if tie else ", the hard max", math.inf: ", whatever the logits"}
        verb = "goes to" if temperature in end else "gives"
        return f"{first} {at} softmax {verb} {_named(soft)}{end.get(temperature, '')}.{tie}"

    return update


def textbook(z):
    """Softmax by its formula, in the dtype of the logits."""
    powers = np.exp(z)
    return powers / powers.sum(axis=-1, keepdims=True)


def shifted(z):
    """Softmax after the largest logit is subtracted, in the dtype of the logits."""
    return textbook(z - z.max(axis=-1, keepdims=True))


def overflow(fig, mine=None):
    """Where the textbook formula of softmax fails in three floating-point types, beside the shifted one."""
    offsets = np.array(LOGITS) - LOGITS[0]
    true = shifted(offsets)
    formulas = {"textbook": textbook, "shifted": shifted} | ({"yours": mine} if mine else {})
    ax, *panels = fig.subplots(1, 1 + len(formulas), width_ratios=[2.4, *(1 for _ in formulas)])
    ax.set(xlim=(-1000, 1000), ylim=(-0.6, 2.75), xlabel="largest of the logits x, x − 2, x − 6")
    ax.set_xscale("symlog", linthresh=10, linscale=0.8)
    ax.set_xticks([-1000, -100, -10, 0, 10, 100, 1000], ["−10³", "−10²", "−10", "0", "10", "10²", "10³"])
    ax.minorticks_off()
    ax.set_yticks([2, 1, 0], DTYPES)
    ax.tick_params(axis="x", labelsize=9)
    ax.set_title("the textbook formula\nblue: right; orange, hatched: wrong", loc="left", fontsize=10)
    grid = np.arange(-1000, 1000.01, 1 / 16)
    levels = dict(zip(DTYPES, (2, 1, 0), strict=True))
    for dtype, y in levels.items():
        wrong, lost = _failures(grid, offsets, true, dtype)
        for state, style in (
            (~wrong & ~lost, {"facecolor": FILL, "edgecolor": TRUTH}),
            (wrong & ~lost, {"facecolor": "white", "edgecolor": MODEL, "hatch": "////"}),
        ):
            for left, right in _runs(grid, state):
                ax.barh(y, right - left, left=left, height=0.5, zorder=3, **style)
        for x, ha in ((-860, "left"), (860, "center")):
            ax.text(x, y + 0.3, "nan", color=MODEL, ha=ha, va="bottom", fontsize=9, zorder=5, bbox=ON_WHITE)
    (here,) = ax.plot([], [], color=INK, linewidth=1.5, zorder=4)
    (dot,) = ax.plot([], [], color=MODEL, **(MARK | {"markersize": 11}))
    bars, numbers = [], []
    for panel, title in zip(panels, formulas, strict=True):
        _class_axis(panel, title=title, ylim=(0, 1.15), yticks=[0, 0.5, 1], yticklabels=[])
        bars.append(_class_bars(panel))
        numbers.append(_numbers(panel))
    complaint = ax.text(0, 2.72, "", ha="center", va="top", color=INK, fontsize=9, zorder=6, bbox=ON_WHITE)

    def update(largest, dtype):
        z = (largest + offsets).astype(dtype)
        with np.errstate(all="ignore"):
            results, problem = [textbook(z), shifted(z)], ""
            if mine:
                values, problem = tried(wraps(mine)(lambda x: mine(x.astype(dtype))), z)
                results.append(np.full(3, np.nan) if values is None else values)
        for row, texts, values in zip(bars, numbers, results, strict=True):
            finite = np.where(np.isfinite(values), values, 0).astype(float)
            heights = np.clip(finite, 0, HIGHEST)
            set_heights(row, heights)
            _write(texts, heights, ["" if problem and values is results[-1] else _value(v) for v in values])
        here.set_data([largest, largest], [-0.6, 2.4])
        dot.set_data([largest], [levels[dtype]])
        good = np.allclose(results[0].astype(float), true, atol=5e-3)
        dot.set_marker("o" if good else "X")
        complaint.set_text("")
        if mine:
            tail = f" {problem}" if problem else f" Yours gives {_spoken(results[2])}."
            complaint.set_text("yours cannot be drawn: see below" if problem else "")
        else:
            tail = ""
        return f"{_why(z, dtype, results[0], good)} The shifted formula gives {_spoken(results[1])}.{tail}"

    return update


def _failures(grid, offsets, true, dtype):
    """For each largest logit: whether the textbook formula is off by 0.005 or more, and whether it gives nan."""
    with np.errstate(all="ignore"):
        values = textbook((grid[:, np.newaxis] + offsets).astype(dtype))
    lost = np.isnan(values).any(axis=-1)
    return (np.abs(values.astype(float) - true) >= 5e-3).any(axis=-1), lost


def _runs(grid, state):
    """The ends of the stretches of the grid where a state holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], state, [False]]).astype(int)))
    return [(grid[i], grid[min(j, grid.size - 1)]) for i, j in zip(edges[::2], edges[1::2], strict=True)]


def _why(z, dtype, values, good):
    """What the textbook formula gives, and why."""
    x, most = int(z[0]), np.finfo(dtype).max
    if good:
        return (
            f"In {dtype} the textbook formula is right within 0.005 for the largest logit {x}: it gives "
            f"{_spoken(values)}."
        )
    gives = f"the textbook formula gives {_spoken(values)}"
    if z[0] > 0 and np.isnan(values).any():
        return (
            f"In {dtype} e to the {x} is more than the greatest number, {_large(most)}, and counts as infinity; "
            f"infinity divided by infinity is no number, and {gives}."
        )
    if z[0] > 0:
        return f"In {dtype} the powers of e still fit, but their sum is more than {_large(most)}, so {gives}."
    if np.isnan(values).any():
        return f"In {dtype} all three powers of e are rounded to 0; 0 divided by 0 is no number, and {gives}."
    return f"In {dtype} the powers of e are so small that they lose their digits: {gives}."


def _large(value):
    value = float(value)
    exponent = math.floor(math.log10(value))
    return f"{value:,.0f}" if exponent < 6 else f"{value / 10.0**exponent:.1f} times 10 to the {exponent}"


def _value(v):
    """A number as it stands over its bar, a mark if it is beyond the axes."""
    if not np.isfinite(v):
        return "nan" if np.isnan(v) else "∞" if v > 0 else "−∞"
    return "▲" if v > HIGHEST else "▼" if v < -HIGHEST else "0" if v == 0 else brief(v, 2)


def _spoken(values):
    words = {"nan": "no number", "∞": "infinity", "−∞": "minus infinity", "0": "0"}
    texts = [words.get(_value(v), readable(v) if abs(v) < 1000 else f"{v:.3g}") for v in values]
    return "no number for any class" if np.isnan(values).all() else f"{texts[0]}, {texts[1]} and {texts[2]}"


def torch_cross_entropy(fig):
    """A batch of four as rectangles, weight wide and loss high: numerator and denominator of PyTorch's mean."""
    top = 3.8
    ax, side = fig.subplots(1, 2, width_ratios=[1.05, 1])
    ax.set(xlim=(0, 9.8), ylim=(0, top), xlabel="width: weight of the target", ylabel="height: loss / weight")
    side.axis("off")
    side.set(xlim=(0, 1), ylim=(0, 1))
    logits, targets = np.array(BATCH), np.array(TARGETS)
    boxes = []
    for label in targets:
        style = OUTCOMES[label]
        (box,) = ax.bar([0], [0], width=1, align="edge", facecolor="white", edgecolor=style["color"], zorder=3)
        box.set(hatch=style["hatch"] or None, facecolor=FILL if label == 0 else "white", linewidth=1.5)
        boxes.append(box)
    names = [note(ax, xytext=(0, 4), fontsize=9, bbox=ON_WHITE | {"pad": 0}) for _ in boxes]
    (mean_line,) = ax.plot([], [], **(CEILING | {"color": INK, "zorder": 4}))
    mean_note = note(ax, "mean", xytext=(5, 0), ha="left", va="center")
    rows = _code_rows(side)
    line = {"va": "top", "fontsize": 10.5}
    numerator_note = value_after(side.text(0, 1, "numerator (area) = ", zorder=STILL, **line))
    denominator_note = value_after(side.text(0, 0.89, "denominator (width) = ", zorder=STILL, **line))
    results = {name: side.text(0, 0.78, words, zorder=5, **line) for name, words in RESULTS.items()}
    result_notes = {name: value_after(words) for name, words in results.items()}

    def update(weight, ignored, smoothing, reduction):
        weights = np.array([1, 1, weight])
        labels = np.where(np.arange(4) < 4 - ignored, targets, IGNORED)
        options = {"weight": weights, "ignore_index": IGNORED, "label_smoothing": smoothing}
        kept = labels != IGNORED
        losses = classification.torch_cross_entropy(logits, labels, reduction="none", **options)
        widths = np.where(kept, weights[targets], 0)
        left = np.cumsum(widths) - widths
        heights = losses / weights[targets]
        for i, (box, name) in enumerate(zip(boxes, names, strict=True)):
            box.set(x=left[i], width=widths[i], height=heights[i], visible=kept[i])
            name.xy = (left[i] + widths[i] / 2, heights[i])
            name.set(text=f"{CLASSES[targets[i]]}\n{losses[i]:.2f}", visible=kept[i])
        numerator, denominator = losses.sum(), widths.sum()
        mean = numerator / denominator if denominator else math.nan
        drawn = reduction == "mean" and denominator > 0
        mean_line.set_data([0, denominator] if drawn else [], [mean, mean] if drawn else [])
        mean_note.xy = (denominator, max(mean, 0.35) if drawn else 0)
        mean_note.set_visible(drawn)
        numerator_note.set_text(f"{numerator:.3f}")
        denominator_note.set_text(f"{denominator:g}{'' if reduction == 'mean' else ', not used'}")
        each = f"[{', '.join(f'{v:.3f}' for v in losses)}]"
        result_notes[reduction].set_text({"mean": f"{mean:.3f}", "sum": f"{numerator:.3f}", "none": each}[reduction])
        for name in REDUCTIONS:
            for text in (results[name], result_notes[name]):
                text.set_visible(name == reduction)
        for row, text in zip(rows, torch_line(labels, weights, smoothing, reduction).split("\n"), strict=True):
            row.set_text(text)
        return _batch_sentence(losses, kept, numerator, denominator, reduction, smoothing)

    return update


def _code_rows(ax):
    """A text for each row of the call, with the start in it. Rows that change most come last: few are drawn anew."""
    start = torch_line(TARGETS, (1, 1, 3.0), 0, "mean").split("\n")
    order = (0, 1, 4, 6, 5, 2, 3)
    style = {"va": "top", "family": "monospace", "fontsize": 9, "zorder": 5}
    rows = {i: ax.text(0, 0.62 - 0.057 * i, start[i], **style) for i in order}
    return [rows[i] for i in sorted(rows)]


def torch_line(labels, weights, smoothing, reduction):
    """The call of PyTorch that computes the same."""
    return (
        "F.cross_entropy(\n"
        "  logits,\n"
        f"  tensor({[int(label) for label in labels]}),\n"
        f"  weight=tensor([{', '.join(f'{w:#.3g}'.rstrip('0') for w in weights)}]),\n"
        f"  ignore_index={IGNORED},\n"
        f"  label_smoothing={smoothing:g},\n"
        f'  reduction="{reduction}")'
    )


def _batch_sentence(losses, kept, numerator, denominator, reduction, smoothing):
    left_out = int((~kept).sum())
    ending = {0: "", 1: "; 1 ignored sample counts in neither sum"}.get(
        left_out, f"; {left_out} ignored samples count in neither sum"
    )
    smooth = f" Labels are smoothed by {smoothing:g}." if smoothing else ""
    if reduction == "none":
        each = ", ".join(f"{v:.3f}" for v in losses)
        told = {0: "", 1: "; the ignored one has 0"}.get(left_out, "; the ignored ones have 0")
        return f"Not reduced, the weighted losses of the four samples are {each}{told}.{smooth}"
    if reduction == "sum":
        return (
            f"The weighted losses sum to {number(numerator, 'nats')}{ending.replace('in neither sum', 'as 0')}.{smooth}"
        )
    if not kept.any():
        return f"All samples are ignored: the mean is 0 divided by 0, which is not a number.{smooth}"
    return (
        f"The weighted losses sum to {numerator:.3f}, the weights of the targets to {denominator:g}, so the mean is "
        f"{number(numerator / denominator, 'nats')}{ending}.{smooth}"
    )


def double_softmax(fig):
    """The loss and its slope over the margin of the true class: logits given, or probabilities by mistake."""
    low, high, top = -8, 12, 6
    ax, slope_ax = fig.subplots(1, 2)
    grid = np.linspace(low, high, 401)
    ax.set(xlim=(low - 0.3, high + 0.3), ylim=(0, top), xlabel="margin of the true class", ylabel="loss in nats")
    slope_ax.set(xlim=(low - 0.3, high + 0.3), ylim=(-1.08, 0.12), xlabel="margin of the true class")
    slope_ax.set_ylabel("slope along the true logit")
    band = ax.fill_between([low - 0.3, high + 0.3], 0, 1, color=FILL, zorder=1)
    (floor,) = ax.plot([low - 0.3, high + 0.3], [0, 0], **CEILING)
    floor_note = note(ax, xytext=(0, 3), va="bottom", ha="right", color=LIMIT, fontsize=10)
    slope_ax.axhline(0, color=INK, linewidth=1, zorder=2)
    curves = {n: (double_softmax_loss(grid, n), double_softmax_slope(grid, n)) for n in COUNTS}
    lines, dots = [], []
    for panel in (ax, slope_ax):
        for style in ({"color": TRUTH, "linestyle": "-"}, {"color": MODEL, "linestyle": "--"}):
            lines.append(panel.plot([], [], zorder=3, **style)[0])
    for panel in (ax, slope_ax):
        for color, marker, size in ((TRUTH, "o", 13), (MODEL, "s", 7)):
            dots.append(panel.plot([], [], color=color, **(MARK | {"marker": marker, "markersize": size}))[0])
    ax.set_title("solid: given logits", loc="left", color=TRUTH)
    slope_ax.set_title("dashed: given probabilities", loc="left", color=MODEL)

    @draggable(dots[0], x="margin")
    @draggable(dots[1], x="margin")
    def update(margin, classes):
        loss, slope = double_softmax_loss(margin, classes), double_softmax_slope(margin, classes)
        least = math.log1p((classes - 1) / math.e)
        for line, values in zip(lines, [*curves[classes][0], *curves[classes][1]], strict=True):
            line.set_data(grid, values)
        for dot, value in zip(dots, [*loss, *slope], strict=True):
            dot.set_data([margin], [capped(value, top)])
        dots[0].set_marker("o" if loss[0] <= top else "^")
        floor.set_ydata([least, least])
        floor_note.xy = (high, least + 1)
        floor_note.set_text(f"{least:.4f} to {least + 1:.4f}")
        band.set_verts([[(low - 0.3, least), (high + 0.3, least), (high + 0.3, least + 1), (low - 0.3, least + 1)]])
        gap = loss[1] - least
        above = f"{gap:.4f}" if gap >= 5e-5 else "less than 0.0001"
        return (
            f"With {classes} classes and a margin of {chosen(margin, 1)} the loss of the logits is "
            f"{number(loss[0], 'nats')}. Given probabilities in their place it is {loss[1]:.4f} nats, "
            f"{above} above its floor of {least:.4f}."
        )

    return update


def double_softmax_loss(margin, classes):
    """The loss of logits (margin, 0, ..., 0) at the first class, and what it becomes when their softmax is given."""
    a, other = _true_and_other(np.asarray(margin, dtype=float), classes)
    return np.logaddexp(0, math.log(classes - 1) - margin), np.log1p((classes - 1) * np.exp(other - a))


def double_softmax_slope(margin, classes):
    """The slopes of the two losses along the logit of the first class."""
    a, other = _true_and_other(np.asarray(margin, dtype=float), classes)
    b, _ = _true_and_other(a - other, classes)
    return a - 1, -a * (1 - a) * (1 - b) * classes / (classes - 1)


def _true_and_other(margin, classes):
    """Softmax of (margin, 0, ..., 0): at the first class, and at each other."""
    a = 1 / (1 + (classes - 1) * np.exp(-margin))
    return a, (1 - a) / (classes - 1)


def _class_axis(ax, **settings):
    ax.set(xlim=(-0.6, 2.6), xticks=range(3), xticklabels=CLASSES, **settings)
    ax.grid(visible=False)


def _class_bars(ax):
    """A bar for each class, in its colour and hatch."""
    bars = ax.bar(range(3), 0, width=0.72, edgecolor="white", zorder=3)
    for bar, style in zip(bars, OUTCOMES, strict=False):
        bar.set(facecolor=style["color"], hatch=style["hatch"] or None)
    return bars


def _numbers(ax):
    return [note(ax, fontsize=9) for _ in CLASSES]


def _write(notes, heights, texts):
    """Numbers over bars, or under those that hang down."""
    for i, (text, height, value) in enumerate(zip(notes, heights, texts, strict=True)):
        text.xy = (i, height)
        text.set_text(value.replace("-", "−"))
        text.set(position=(0, 4 if height >= 0 else -4), va="bottom" if height >= 0 else "top")


def _shares(values):
    """Probabilities as a picture shows them."""
    return [part(value) for value in _short_of_one(values)]


def _named(values):
    values = _short_of_one(values)
    cat, dog, pig = (f"{name} {probability(value)}" for name, value in zip(CLASSES, values, strict=True))
    return f"{cat}, {dog} and {pig}"


def _short_of_one(values):
    """The same, but for a 1 that leaves something to others and is rounded to it."""
    return np.minimum(values, np.nextafter(1, 0)) if np.count_nonzero(values) > 1 else values
