"""Colours and marks that mean the same in every picture, and how numbers are written.

Five colours, dark enough for text on white and in the dark theme, that stay apart for colour-blind eyes. What
they mean is a role, an outcome or a loss, and a mark, a dash, a hatch or a label always says the same thing again.
"""

import numpy as np
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation

INK = "#222222"
MUTED = "#6b6b6b"
BLUE = "#0072b2"
ORANGE = "#c04f00"
GREEN = "#0f4b0f"
VIOLET = "#4b0069"

TRUTH = BLUE
MODEL = ORANGE
LIMIT = GREEN
SLOPE = VIOLET
FILL = "#cfe3f1"

OUTCOMES = (
    {"color": BLUE, "marker": "o", "hatch": ""},
    {"color": ORANGE, "marker": "s", "hatch": "//"},
    {"color": GREEN, "marker": "D", "hatch": "."},
    {"color": VIOLET, "marker": "^", "hatch": "xx"},
)
LOSSES = {
    "squared error": {"color": BLUE, "linestyle": "-", "marker": "o"},
    "absolute error": {"color": ORANGE, "linestyle": "--", "marker": "s"},
    "Huber": {"color": GREEN, "linestyle": "-.", "marker": "D"},
    "smooth L1": {"color": GREEN, "linestyle": ":", "marker": "d"},
    "log-cosh": {"color": INK, "linestyle": ":", "marker": "^"},
    "quantile": {"color": VIOLET, "linestyle": "--", "marker": "v"},
    "cross-entropy": {"color": ORANGE, "linestyle": "-", "marker": "P"},
    "Brier score": {"color": BLUE, "linestyle": "--", "marker": "X"},
}

_POINT = {"linestyle": "none", "zorder": 5, "clip_on": False, "in_layout": False}
MARK = _POINT | {"marker": "o", "markeredgecolor": "white", "markeredgewidth": 1.5}
BEYOND = _POINT | {"color": INK, "marker": "^", "markersize": 7}
CEILING = {"color": LIMIT, "linestyle": "--", "linewidth": 1.5}
STILL = 0.8  # a zorder under all that moves, so that a legend or a title is not drawn again for every frame
ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def chosen(value, decimals=0):
    """A number that a control has, with at least so many decimals and all that are not 0: it is called what it is."""
    rounded = f"{value:z.{decimals}f}"
    return rounded if abs(float(rounded) - value) < 1e-12 else f"{value:z.12g}"


def number(value, unit=""):
    """A finite number as a sentence says it: three decimals and the unit. None above 0 is called 0.000."""
    return f"{'less than 0.001' if 0 < value < 5e-4 else format(value, 'z.3f')} {unit}".rstrip()


def brief(value, decimals=3):
    """A number as a picture shows it. None but 0, and what rounding leaves below it, is called 0.000."""
    if 0 < value < 0.5 * 10**-decimals or -0.5 * 10**-decimals < value < -1e-9:
        return "≈0"
    return "∞" if value == np.inf else f"{value:z.{decimals}f}"


def part(value):
    """A probability, or a part of all, as a picture shows it: none but 0 and 1 is called 0.00 or 1.00."""
    return "≈1" if 0.995 <= value < 1 else brief(value, 2)


def readable(value):
    """A finite number of either sign as a sentence says it: three decimals, or one digit where these hide it."""
    return significant(value, 1) if 1e-9 < abs(value) < 5e-4 else f"{value:z.3f}"


def significant(value, digits):
    """A number with so many significant digits, and without a power of ten."""
    return np.format_float_positional(value, precision=digits, fractional=False, trim="-")


def probability(p):
    """A probability as a sentence says it: none but 0 and 1 is called 0.000 or 1.000."""
    return "more than 0.999" if 0.9995 <= p < 1 else number(p)


def capped(values, top):
    """Where marks stand in axes that end at top: at their values, or, as arrows, below the top if these are beyond."""
    return np.where(np.less_equal(values, top), values, 0.96 * top)[()]


def line_of(loss):
    """The line of a loss, without its mark."""
    return {key: LOSSES[loss][key] for key in ("color", "linestyle")}


def mark_of(loss, size):
    """The mark of a loss on a point of it."""
    return MARK | {key: LOSSES[loss][key] for key in ("color", "marker")} | {"markersize": size}


def note(ax, text="", **properties):
    """A text that follows a point: its `xy` is the point, its position the offset in points. It takes no room."""
    offset = {"xytext": (0, 0), "textcoords": "offset points", "annotation_clip": False}
    look = {"ha": "center", "color": INK, "zorder": 5}
    return ax.annotate(text, (0, 0), in_layout=False, **(offset | look | properties))


def value_after(words):
    """A text on the line of words that stay, which begin on the left: of the two, only what changes is drawn anew."""
    font = words.get_fontproperties()
    points, _, _ = text_to_path.get_text_width_height_descent(words.get_text(), font, ismath=False)
    behind = words.get_transform() + ScaledTranslation(points / 72, 0, words.figure.dpi_scale_trans)
    look = {"va": words.get_va(), "color": words.get_color(), "fontproperties": font, "zorder": 5}
    return words.axes.text(*words.get_position(), "", transform=behind, in_layout=False, **look)


def set_heights(bars, heights, bottoms=None):
    """Give the first bars these heights (and bottoms) and the others none."""
    padded = np.zeros((2, len(bars)))
    padded[0, : len(heights)] = heights
    padded[1, : len(heights)] = 0 if bottoms is None else bottoms
    for bar, height, bottom in zip(bars, *padded, strict=True):
        bar.set_height(height)
        bar.set_y(bottom)
