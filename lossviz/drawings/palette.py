"""Colours and marks that mean the same in every picture, and how numbers are written.

The colours are dark enough for 3:1 against white and stay apart for colour-blind eyes (after Okabe
and Ito); a mark, a dash or a label always says the same thing again.
"""

INK = "#222222"
MUTED = "#6b6b6b"
TRUTH = "#0072b2"
MODEL = "#c04f00"
LIMIT = "#007a5a"
FILL = "#cfe3f1"

MARK = {
    "marker": "o",
    "markeredgecolor": "white",
    "markeredgewidth": 1.5,
    "linestyle": "none",
    "zorder": 5,
    "clip_on": False,
    "in_layout": False,
}
CEILING = {"color": LIMIT, "linestyle": "--", "linewidth": 1.5}
BEYOND = {"color": INK, "marker": "^", "markersize": 7, "linestyle": "none", "zorder": 5}
ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def number(value, unit):
    """A finite number as a sentence says it: three decimals and the unit."""
    return f"{value:z.3f} {unit}"


def note(ax, text="", **properties):
    """A text that follows a point: its `xy` is the point, its position the offset in points. It takes no room."""
    defaults = {"xytext": (0, 0), "textcoords": "offset points", "ha": "center", "color": INK, "zorder": 5}
    return ax.annotate(text, (0, 0), in_layout=False, **(defaults | properties))
