"""Words as pixels: measured and drawn once, and from then on laid where they are wanted.

Matplotlib finds and draws the letters of a word anew each time, at any fraction of a pixel. That is most of the time of
a word, and words are most of the time of many frames. At whole pixels a word looks the same wherever it stands.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.font_manager import fontManager, get_font

KNOWN = 256  # words kept, some 1 kB each


class Renderer(RendererAgg):
    """Matplotlib's, except that words that are neither turned nor formulas begin and stand on whole pixels."""

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a line of words that begins at (x, y): pixels from the left and from the top."""
        word = None
        if not (ismath or angle) and gc.get_antialiased():
            x, y = round(x), round(y)
            word = self._word(s, prop)
        if word is None or word.ink is None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        else:
            self._renderer.draw_text_image(word.ink, x, y + word.below, 0, gc)

    def get_text_width_height_descent(self, s, prop, ismath):
        """The size of a line of words in pixels: width, height, and how much of that is below the line."""
        return super().get_text_width_height_descent(s, prop, ismath) if ismath else self._word(s, prop).size

    def _get_font_height_metrics(self, prop):
        """What Matplotlib 3.11 would ask the font for with every text, even with the same one; 3.10 does not ask."""
        return _heights(prop.copy(), self.dpi)

    def _word(self, words, prop):
        return _word(words, prop.copy(), self.dpi, get_hinting_flag())


class _Word(NamedTuple):
    """A line of words: how much ink is in each pixel, how many rows of that are below the line, and its size."""

    ink: np.ndarray
    below: int
    size: tuple


@lru_cache(maxsize=KNOWN)
def _word(words, prop, dpi, hinting):
    """Measure and draw words, both from one layout.

    FreeType's picture starts at the leftmost ink, and then the first letter is up to a pixel off. A space has no ink
    and counts as lying at the beginning, so with one the picture starts there, and words like ″ are as high as if they
    reached down to the line. That does not help where the first letter reaches further left, as a j does: no ink then.
    """
    font = _font(prop, dpi)
    font.set_text(words + " ", 0, flags=hinting)
    (width, height), descent = font.get_width_height(), font.get_descent()  # in 64ths of a pixel
    if font.get_bitmap_offset()[0] < 0:
        ink, below = None, 0
    else:
        font.draw_glyphs_to_bitmap(antialiased=True)
        ink = font.get_image()
        below = len(ink) - ((height - descent) // 64 + 1)  # above it is an empty row
    width -= _space(prop, dpi, hinting)
    return _Word(ink, below, (width / 64, height / 64, descent / 64))


@lru_cache(maxsize=KNOWN)
def _space(prop, dpi, hinting):
    """The width of a space, in 64ths of a pixel."""
    font = _font(prop, dpi)
    font.set_text(" ", 0, flags=hinting)
    return font.get_width_height()[0]


def _font(prop, dpi):
    font = get_font(fontManager._find_fonts_by_props(prop))
    font.set_size(prop.get_size_in_points(), dpi)
    return font


@lru_cache(maxsize=KNOWN)
def _heights(prop, dpi):
    """How far a font reaches above the line and below it, and the gap between two lines, in pixels."""
    font = _font(prop, dpi)
    table = font.get_sfnt_table("OS/2")
    scale = 1 / font.units_per_EM * prop.get_size_in_points() * dpi / 72
    return table["sTypoAscender"] * scale, -table["sTypoDescender"] * scale, table["sTypoLineGap"] * scale
