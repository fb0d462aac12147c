"""A figure as frames: a background drawn once, the moving artists on top of it, and a PNG.

A full Matplotlib draw spends nearly all its time on ticks, labels and curves that do not change.
`Screen` keeps them as pixels and draws only what moved. What moves is not declared: an artist that
is stale after an update has moved, and from then on it and everything drawn after it in its axes are
drawn for every frame, in Matplotlib's own order, so that the frame equals a full draw. When anything
else has changed (limits, artists added or removed, layers, a still artist), the background is drawn
anew.
"""

import struct
import zlib
from itertools import combinations, dropwhile
from operator import attrgetter

import numpy as np
from matplotlib import style
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine

DESK = {"figure.figsize": (8, 3.8), "figure.dpi": 100}
CLASSROOM = {"figure.figsize": (6.4, 3.4), "figure.dpi": 140}
STYLE = {
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": "medium",
    "grid.color": "#e6e6e6",
    "lines.linewidth": 2,
    "lines.markersize": 10,
}


GRIP = 12


def styled(sheet=DESK):
    """A context in which figures look as they do on our screen, whatever the user has set elsewhere.

    The sheet is `DESK`, or `CLASSROOM`: a smaller one, magnified, so that type and lines are large.
    """
    return style.context(["default", STYLE, sheet])


class Screen:
    """The frames of one figure. Its layout is settled here, once, so that axes never jump."""

    def __init__(self, figure):
        self.figure = figure
        self._dpi = figure.dpi
        self._canvas = FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        for artist in figure.findobj():
            artist.stale = False
        self._moving = set()
        self._lifted = []
        self._background = None
        self._structure_drawn = None

    def pixels(self):
        """The present frame, an array of shape (height, width, 4) that the next frame overwrites."""
        if self._background is None or self.figure.stale or self._structure_drawn != self._structure():
            self._draw_background()
        self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in self._lifted:
            artist.draw(renderer)
        self.figure.stale = False
        return np.asarray(self._canvas.buffer_rgba())

    def png(self):
        """The present frame as an opaque PNG."""
        return _png(self.pixels()[..., :3])

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

    def _draw_background(self):
        layers = self._layers()
        self._moving |= {a for layer in layers for a in layer if a.stale}
        for artist in self._lifted:
            artist.set_animated(False)
        self._lifted = [] if self._axes_overlap() else self._from_first_moving(layers)
        for artist in self._lifted:
            artist.set_animated(True)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(self.figure.bbox)
        self._structure_drawn = self._structure()

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

    def _axes_overlap(self):
        return any(a.bbox.overlaps(b.bbox) for a, b in combinations(self.figure.axes, 2))

    def _structure(self):
        """What a lifted artist does not report when it changes: the coordinates, and the order of drawing."""
        return [(*ax.viewLim.extents, *ax.bbox.extents) for ax in self.figure.axes], self._layers()


def _drawn(artist, ax):
    """Whether axes draw this child of theirs: without its axis, spines and ticks stay away."""
    return ax.axison or not isinstance(artist, Spine | Axis)


def _points(artist):
    """What an artist is held by, in data coordinates."""
    if isinstance(artist, Rectangle):
        return artist.get_corners()[2:]
    return artist.get_xydata()


def _png(pixels):
    """An array of shape (height, width, 3) as a PNG (ISO/IEC 15948).

    Rows are not filtered: Pillow tries five filters on each, which takes twice as long and saves a fifth of the bytes
    at most.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
