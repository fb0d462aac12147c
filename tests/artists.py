"""What tests look at: the artists of a drawing without a screen, and the pixels of an explorer."""

import io
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from lossviz.screen import styled


@lru_cache(maxsize=4)
def _begun(drawing):
    figure = Figure()
    update = drawing(figure)
    return figure.axes, update


def drawn(drawing, **setting):
    """The axes and the sentence of a drawing at a setting. They are the same axes for all settings: look in between."""
    axes, update = _begun(drawing)
    return axes, update(**setting)


def heights(bars):
    return [bar.get_height() for bar in bars]


def read(ax):
    """Words that end where others begin, on the same line, as they are read: both together."""
    seen = [text for text in ax.findobj(Text) if text.get_visible() and text.get_text()]
    with styled():
        ax.apply_aspect()
        boxes = {text: text.get_window_extent() for text in seen}
    return [
        before.get_text() + behind.get_text()
        for behind in seen
        for before in seen
        if abs(boxes[before].x1 - boxes[behind].x0) < 1 and abs(boxes[before].y0 - boxes[behind].y0) < 1
    ]


def pixels(png):
    """The pixels of a frame. Its bytes are not always those of another with the same pixels."""
    return np.asarray(Image.open(io.BytesIO(png)))


def shown(explorer):
    """The pixels of the present frame."""
    return pixels(explorer.picture.frame)
