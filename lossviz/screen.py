"""A figure as frames: a background drawn once, the moving artists on top of it, and a PNG.

A full Matplotlib draw spends nearly all its time on ticks, labels and curves that do not change.
`Screen` keeps them as pixels and draws only what moved. What moves is not declared: an artist that
is stale after an update has moved, and from then on it and everything drawn after it in its axes are
drawn for every frame, in Matplotlib's own order, so that the frame equals a full draw, unless something reaches out
of its axes into others. When anything else has changed (limits, artists added or removed, layers, a still artist),
the background is drawn anew. Words and hatching take longest: where they and the pixels beneath them are as before,
their pixels are put back.

Pixels would be most of what a screen takes: 4 MB of 6, and 15 where the page has two pixels of the screen to one.
So all figures of a size are drawn in one place, and only the screens moved last keep their background and last
frame; another begins with a full draw.

A kernel may answer a page in one thread while a cell runs in another (its subshells). That place and Matplotlib's
settings are common to both, so whoever draws does it `alone`.
"""

from collections import deque
from contextlib import contextmanager
from functools import lru_cache, wraps
from itertools import combinations, dropwhile
from math import ceil
from operator import attrgetter
from threading import RLock
from typing import ClassVar

import numpy as np
from matplotlib import rcParams, style
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch, Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from .png import Encoder, png
from .words import Renderer

DESK = {"figsize": (8, 3.8), "dpi": 100}
CLASSROOM = {"figsize": (6.4, 3.4), "dpi": 140}  # smaller and magnified, so that type and lines are large
STYLE = {
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": "medium",
    "axes.titley": 1.0,  # where it would be moved to anyway, after measuring all ticks again
    "grid.color": "#e6e6e6",
    "lines.linewidth": 2,
    "lines.markersize": 10,
    "text.hinting": "no_hinting",  # a third of the time of words
}
WINDOWS = {"backend", "backend_fallback", "interactive", "toolbar"}  # no matter of looks
with style.context(["default", STYLE]):
    SETTINGS = {name: value for name, value in dict.items(rcParams) if name not in WINDOWS}
GRIP = 12  # pixels around what can be dragged
MARGIN = 2  # points around words that their edges may fill
IN_USE = 2  # screens that keep pixels: as many as a linked control moves
_DRAWING = RLock()


def alone(function):
    """While a thread is in such a function, others wait before theirs."""

    @wraps(function)
    def function_alone(*args, **kwargs):
        with _DRAWING:
            return function(*args, **kwargs)

    return function_alone


@contextmanager
def styled():
    """Within it figures look as they do on our screen, whatever the user has set elsewhere.

    Matplotlib asks for its settings when it makes artists and again when it draws them. `style.context` would do the
    same, but looks at each setting one by one, and that for every frame.
    """
    with _DRAWING:
        theirs = dict(dict.items(rcParams))
        dict.update(rcParams, SETTINGS)
        try:
            yield
        finally:
            dict.update(rcParams, theirs)


@lru_cache(maxsize=IN_USE)
def _renderer(width, height, dpi):
    return Renderer(width, height, dpi)


class _Canvas(FigureCanvasAgg):
    """A canvas on which nothing remains: the next figure of its size is drawn in the same place."""

    def get_renderer(self):
        return _renderer(*self.figure.bbox.size, self.figure.dpi)


class Screen:
    """The frames of one figure. Its layout is settled here, once, so that axes never jump."""

    _in_use: ClassVar = deque()

    def __init__(self, figure):
        self.figure = figure
        self._dpi = figure.dpi
        self._canvas = _Canvas(figure)
        if figure.axes and (layout := figure.get_layout_engine()):
            with styled():
                layout.execute(figure)
        figure.set_layout_engine("none")
        for artist in figure.findobj():
            artist.stale = False
        self._moving = None
        self._lifted = []
        self._structure_drawn = None
        self._forget()

    @alone
    def pixels(self):
        """The present frame, an array of shape (height, width, 4) that the next frame of any screen overwrites."""
        if self._moving is None:
            return self._first_pixels()
        self._use()
        with styled():
            if self._background is None or self.figure.stale or self._structure_drawn != self._structure():
                self._draw_background()
            renderer = self._canvas.get_renderer()
            renderer.restore_region(self._background)
            frame = np.asarray(renderer.buffer_rgba())
            for artist in filter(_seen, self._lifted):
                if _slow(artist):
                    self._put(artist, frame)
                else:
                    artist.draw(renderer)
        self.figure.stale = False
        return frame

    @alone
    def png(self):
        """The present frame as an opaque PNG."""
        pixels = self.pixels()
        return self._encoder.png(pixels) if self in self._in_use else png(pixels)

    def magnify(self, ratio):
        """Draw with `ratio` pixels where there was one: the same layout, finer."""
        self.figure.set_dpi(self._dpi * ratio)

    def grip(self, artist):
        """Where to take hold of an artist: (left, top, width, height) in fractions of the frame.

        A line is held by its points, a bar by its top. What is not seen cannot be held: all four are 0.
        """
        points = _points(artist)
        if not (artist.get_visible() and len(points)):
            return 0, 0, 0, 0
        width, height = self.figure.bbox.size
        x, y = artist.axes.transData.transform(points).T
        reach = GRIP * self.figure.dpi / self._dpi
        across, up = np.ptp(x) + 2 * reach, np.ptp(y) + 2 * reach
        return (x.min() - reach) / width, 1 - (y.max() + reach) / height, across / width, up / height

    def place(self, artist, x, y):
        """The data coordinates, in the axes of an artist, of a place given in fractions of the frame."""
        width, height = self.figure.bbox.size
        return artist.axes.transData.inverted().transform((x * width, (1 - y) * height))

    def _first_pixels(self):
        """The first frame, of which nothing is kept: many are seen before one of them is moved."""
        self._moving = _stale(self._layers())
        with styled():
            self._canvas.draw()
        self.figure.stale = False
        return np.asarray(self._canvas.get_renderer().buffer_rgba())

    def _use(self):
        """Keep pixels, and let the screen forget its own that has not been drawn for longest."""
        if self in self._in_use:
            self._in_use.remove(self)
        self._in_use.append(self)
        if len(self._in_use) > IN_USE:
            self._in_use.popleft()._forget()

    def _forget(self):
        self._background = None
        self._looks, self._kept = {}, {}
        self._encoder = Encoder()

    def _draw_background(self):
        layers = self._layers()
        self._moving |= _stale(layers)
        for artist in self._lifted:
            artist.set_animated(False)
        self._lifted = [] if self._interwoven() else self._from_first_moving(layers)
        for artist in self._lifted:
            artist.set_animated(True)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(self.figure.bbox)
        self._structure_drawn = self._structure()
        self._looks, self._kept = {}, {}

    def _put(self, artist, frame):
        """Draw words or hatching, or put back their pixels where they and what lies beneath are as before."""
        artist.stale = False  # as it is too when told what it already was
        look = _look(artist)
        if look != self._looks.setdefault(artist, look):
            self._draw(artist)
            self._kept.pop(artist, None)
            return
        place, beneath, drawn = self._kept.get(artist) or (self._place(artist, frame), None, None)
        if beneath is not None and np.array_equal(frame[place], beneath):
            frame[place] = drawn
        else:
            beneath = frame[place].copy()
            self._draw(artist)
            self._kept[artist] = place, beneath, frame[place].copy()

    def _draw(self, artist):
        """Draw an artist and remember how it looked: drawing settles some of its properties."""
        artist.draw(self._canvas.get_renderer())
        self._looks[artist] = _look(artist)

    def _place(self, artist, frame):
        """The rows and columns of the frame in which an artist is drawn."""
        renderer = self._canvas.get_renderer()
        box = artist.get_tightbbox(renderer)
        if box is None or not np.isfinite(box.extents).all():
            return slice(0), slice(0)
        if plate := _plate(artist):
            artist.update_bbox_position_size(renderer)
            box = Bbox.union([box, plate.get_window_extent()])
        left, low, right, high = box.padded(MARGIN * self.figure.dpi / 72).extents
        height, width, _ = frame.shape
        rows, columns = np.clip([height - high, height - low], 0, height), np.clip([left, right], 0, width)
        return slice(int(rows[0]), ceil(rows[1])), slice(int(columns[0]), ceil(columns[1]))

    def _layers(self):
        """What is drawn in each axes, and last on the figure itself, in the order of drawing."""
        axes = self.figure.axes
        inside = [[a for a in ax.get_children() if a is not ax.patch and _drawn(a, ax)] for ax in axes]
        around = [a for a in self.figure.get_children() if a not in axes and a is not self.figure.patch]
        return [sorted(layer, key=attrgetter("zorder")) for layer in [*inside, around]]

    def _from_first_moving(self, layers):
        """What is drawn after something that moves: in its own axes, and on the figure, which comes after all axes."""
        *inside, around = layers
        lifted = [a for layer in inside for a in dropwhile(lambda a: a not in self._moving, layer)]
        return lifted + (around if lifted else list(dropwhile(lambda a: a not in self._moving, around)))

    def _interwoven(self):
        """Whether something may be drawn over an axes that is neither its own nor the figure's."""
        return bool(self.figure.subfigs) or any(a.bbox.overlaps(b.bbox) for a, b in combinations(self.figure.axes, 2))

    def _structure(self):
        """What a lifted artist does not report when it changes: the limits, and the order of drawing."""
        return [tuple(ax.viewLim.extents) for ax in self.figure.axes], self._layers()


def _drawn(artist, ax):
    """Whether axes draw this child of theirs: without axis, spines and ticks stay away, without frame the spines."""
    return (ax.axison or not isinstance(artist, Spine | Axis)) and (ax.get_frame_on() or not isinstance(artist, Spine))


def _seen(artist):
    """Whether an artist draws anything: titles and notes are often empty."""
    return artist.get_visible() and not (type(artist) is Text and artist.get_text() == "")


def _stale(layers):
    return {artist for layer in layers for artist in layer if artist.stale}


def _slow(artist):
    """Whether it takes longer to draw an artist than to compare what lies beneath it: words, and hatching."""
    return isinstance(artist, Text) or (isinstance(artist, Patch) and artist.get_hatch())


def _plate(artist):
    """What words are written on, if anything."""
    return artist.get_bbox_patch() if isinstance(artist, Text) else None


def _look(artist):
    """All that decides how an artist is drawn while its axes stay."""
    own = [value for name, value in vars(artist).items() if name != "_renderer"]
    look = [value.tobytes() if isinstance(value, np.ndarray) else value for value in own]
    if isinstance(artist, Text):
        look.append(hash(artist.get_fontproperties()))
    for part in (_plate(artist), getattr(artist, "xycoords", None)):
        if isinstance(part, Artist):
            look += _look(part)
    return look


def _points(artist):
    """What an artist is held by, in data coordinates."""
    if isinstance(artist, Rectangle):
        return artist.get_corners()[2:]
    return artist.get_xydata()
