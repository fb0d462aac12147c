"""A drawing without a screen, for tests that read its artists."""

from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text


def drawn(drawing, **setting):
    """The axes and the sentence of a drawing at a setting."""
    figure = Figure()
    sentence = drawing(figure)(**setting)
    return figure.axes, sentence


def heights(bars):
    return [bar.get_height() for bar in bars]


def read(ax):
    """What is written behind words, and the words, as they are read."""
    behind = [text for text in ax.texts if isinstance(text, Annotation) and isinstance(text.xycoords, Text)]
    return [text.xycoords.get_text() + text.get_text() for text in behind]
