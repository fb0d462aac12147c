"""A drawing without a screen, for tests that read its artists."""

from matplotlib.figure import Figure


def drawn(drawing, **setting):
    """The axes and the sentence of a drawing at a setting."""
    figure = Figure()
    sentence = drawing(figure)(**setting)
    return figure.axes, sentence


def heights(bars):
    return [bar.get_height() for bar in bars]
