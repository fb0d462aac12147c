"""Words laid as pixels are the words that Matplotlib draws."""

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from lossviz import explorers
from lossviz.screen import styled
from lossviz.words import Renderer, _word

SIZE = 400, 200, 100
TOUCHING = 0.005  # of the ink: where letters share a pixel, FreeType joins their bits and Agg lays one over the other
BLACK = FontProperties(family="DejaVu Sans", size=11)

exact = pytest.mark.skipif(
    matplotlib.__version_info__ < (3, 11), reason="Matplotlib before 3.11 sets letters up to a pixel off"
)


def drawn(renderer, x, y, *line, antialiased=True):
    """A sheet with one line of words on it."""
    renderer.clear()
    gc = renderer.new_gc()
    gc.set_antialiased(antialiased)
    with styled():
        renderer.draw_text(gc, x, y, *line)
    return np.array(renderer.buffer_rgba()).astype(int)


@pytest.fixture(scope="module", params=explorers.__all__)
def texts(request):
    """All words of an explorer."""
    return getattr(explorers, request.param)().screen.figure.findobj(Text)


def difference(ours, theirs):
    """How much ink is elsewhere, as a share of all."""
    return np.abs(ours - theirs)[..., 3].sum() / theirs[..., 3].sum()


@exact
def test_words_are_those_of_matplotlib_at_the_nearest_pixel(texts):
    lines = [(line, text.get_fontproperties()) for text in texts for line in text.get_text().split("\n") if line]
    for words, font in lines:
        ours = drawn(Renderer(*SIZE), 20.4, 99.6, words, font, 0)
        theirs = drawn(RendererAgg(*SIZE), 20, 100, words, font, 0)
        assert words.isspace() or difference(ours, theirs) < TOUCHING, words


@exact
@pytest.mark.parametrize(
    "words", ["j", "T = 1", "0.37", "−0.37", "|r|", "∞", "Ågpq", "a = softmax(z/T)", "10⁻⁶", " 1 "]
)
@pytest.mark.parametrize("size", [6, 11, 23.5])
def test_so_are_words_that_begin_with_less_or_more_than_nothing(words, size):
    font = FontProperties(family="DejaVu Sans", size=size)
    ours, theirs = [drawn(kind(*SIZE), 20, 100, words, font, 0) for kind in (Renderer, RendererAgg)]
    assert difference(ours, theirs) < TOUCHING


def test_words_take_as_much_room_as_in_matplotlib(texts):
    with styled():
        for text in texts:
            ours, theirs = [text.get_window_extent(kind(*SIZE)).bounds for kind in (Renderer, RendererAgg)]
            assert ours == pytest.approx(theirs, abs=1e-9), text


@pytest.mark.parametrize("words", ["j", "0.37", "−∞", " 1 ", "=", "gp\nT = 1"])
@pytest.mark.parametrize("size", [6, 11, 23.5])
def test_so_do_words_that_float_or_hang(words, size):
    text = Figure().text(0.5, 0.5, words, size=size, ha="center", va="top")
    ours, theirs = [text.get_window_extent(kind(*SIZE)).bounds for kind in (Renderer, RendererAgg)]
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_one_layout_measures_and_draws():
    _word.cache_clear()
    sheet = Renderer(*SIZE)
    with styled():
        sheet.get_text_width_height_descent("0.37", BLACK, ismath=False)
    assert drawn(sheet, 20, 100, "0.37", BLACK, 0).any()
    assert _word.cache_info().misses == 1


def test_a_word_is_the_same_wherever_it_stands_and_is_drawn_once():
    _word.cache_clear()
    sheet = Renderer(*SIZE)
    here = drawn(sheet, 20, 100, "0.37", BLACK, 0)
    there = drawn(sheet, 49.7, 79.8, "0.37", BLACK, 0)
    assert here.any()
    assert np.array_equal(np.roll(here, (-20, 30), (0, 1)), there)
    assert (_word.cache_info().hits, _word.cache_info().misses) == (1, 1)


def test_what_decides_how_a_word_looks_is_told_apart():
    sheet = Renderer(*SIZE)
    bold, large = (FontProperties(family="DejaVu Sans", size=11) for _ in range(2))
    bold.set_weight("bold")
    large.set_size(12)
    looks = [drawn(sheet, 20, 100, words, font, 0) for words, font in (("a", BLACK), ("b", BLACK), ("a", bold))]
    looks += [drawn(sheet, 20, 100, "a", large, 0), drawn(Renderer(400, 200, 150), 20, 100, "a", BLACK, 0)]
    assert len({look.tobytes() for look in looks}) == len(looks)


@pytest.mark.parametrize(
    "line",
    [("turned", BLACK, 90), ("$x^2$", BLACK, 0, True), ("jagged", BLACK, 0)],
    ids=["turned words", "a formula", "words without grey"],
)
def test_other_words_are_left_to_matplotlib(line):
    ours, theirs = [
        drawn(kind(*SIZE), 20.4, 99.6, *line, antialiased=line[0] != "jagged") for kind in (Renderer, RendererAgg)
    ]
    assert theirs.any()
    assert np.array_equal(ours, theirs)
