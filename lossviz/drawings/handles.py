"""What can be taken hold of in a drawing: an artist whose dragging moves controls."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.artist import Artist


@dataclass(frozen=True)
class Handle:
    """An artist, and the controls that dragging it moves.

    Parameters
    ----------
    artist : Line2D or Rectangle, dragged by its points or by its top
    x, y : str or None, the controls moved along and up, by name
    to : callable, ``to(x, y)`` gives the values of these two controls from a place in data coordinates
    """

    artist: Artist
    x: str | None
    y: str | None
    to: Callable


def draggable(artist, *, x=None, y=None, to=lambda x, y: (x, y)):
    """Decorate `update`: dragging the artist moves the control `x` along and the control `y` up.

    A drag is another way to move a control and never a state of its own, so whatever can be dragged can be
    reached with the keyboard too. `Handle` says what the parameters are.
    """

    def decorate(update):
        update.handles = [*getattr(update, "handles", []), Handle(artist, x, y, to)]
        return update

    return decorate
