"""Words as pixels: drawn once, and from then on laid where they are wanted.

Matplotlib finds and draws the letters of a word anew each time, at any fraction of a pixel. That is most of the time of
a word, and words are most of the time of many frames. At whole pixels a word looks the same wherever it stands.
"""

from functools import lru_cache

from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag

KNOWN = 256  # words kept, some 1 kB each


class Renderer(RendererAgg):
    """Matplotlib's, except that words that are neither turned nor formulas begin and stand on whole pixels."""

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a line of words that begins at (x, y): pixels from the left and from the top."""
        ink = None
        if not (ismath or angle) and gc.get_antialiased():
            x, y = round(x), round(y)
            font = self._prepare_font(prop)
            ink, below = _ink(s, font, prop.get_size_in_points(), self.dpi, get_hinting_flag())
        if ink is None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        else:
            self._renderer.draw_text_image(ink, x, y + below, 0, gc)


@lru_cache(maxsize=KNOWN)
def _ink(words, font, size, dpi, hinting):
    """How much ink is in each pixel, shape (height, width), and how many of its rows lie below the line.

    FreeType's picture starts at the leftmost ink, and then the first letter is up to a pixel off. A space has no ink
    and counts as lying at the beginning, so with one the picture starts there. That does not help where the first
    letter reaches further left, as a j does: then nothing is returned.
    """
    font.set_text(words + " ", 0, flags=hinting)
    if font.get_bitmap_offset()[0] < 0:
        return None, 0
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink = font.get_image()
    highest = font.get_width_height()[1] - font.get_descent()  # in 64ths of a pixel; above it is an empty row
    return ink, len(ink) - (highest // 64 + 1)
