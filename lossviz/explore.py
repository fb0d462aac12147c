"""A drawing under controls: the only place where pictures and widgets meet.

A drawing takes an empty figure, draws once what never changes, and returns ``update(**numbers)``,
which moves artists and returns one sentence that says what is to be seen. `explore` calls `update`
with the values of its controls, so a keyword is at once a control's name and a parameter of `update`.

>>> def parabola(fig):
...     (dot,) = fig.subplots().plot([], [], "o")
...
...     def update(x):
...         dot.set_data([x], [x**2])
...         return f"The square of {x} is {x**2}."
...
...     return update
>>> from lossviz.controls import slider
>>> explorer = explore(parabola, x=slider("x", -3, 3, start=2))
>>> explorer.sentence
'The square of 2 is 4.'
>>> explorer.controls["x"].value = 3
>>> explorer.sentence
'The square of 3 is 9.'
"""

import asyncio
import base64
import gc
import math
import re
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ClassVar
from weakref import WeakSet

import ipywidgets as widgets
from IPython import get_ipython
from matplotlib.figure import Figure

from .controls import exact, following, nearest, place
from .picture import Picture
from .screen import CLASSROOM, DESK, Screen, alone, styled

GHOST = "#6b6b6b"
_MINUS = re.compile(r"(?<![\w.)%°])-(?=[\d.∞])")


def explore(drawing, **controls):
    """Put a drawing under controls and show it.

    Parameters
    ----------
    drawing : callable
        ``drawing(fig)`` draws what never changes and returns ``update``, which takes the controls'
        values as keywords, moves artists and returns one sentence.
    **controls : widgets
        One for each parameter of ``update``: `slider`, `stops`, `choice`, or any widget with a value. The same
        widget given to two explorers links them.

    Returns
    -------
    Explorer

    Raises
    ------
    TypeError
        If a control is not a widget with a value, the drawing does not return ``update``, or ``update`` no sentence.
    ValueError
        If something that can be dragged moves what is no slider.

    Whatever the first draw raises is raised here, so that a broken drawing stops the cell.
    """
    return Explorer(drawing, controls)


def classroom(on=True):
    """Large type, thick lines and long sliders for a projector, in every explorer; ``classroom(False)`` undoes it."""
    Explorer.sheet = CLASSROOM if on else DESK
    for explorer in list(Explorer.living):
        explorer.stage()


def _cell_and_run():
    """Which cell of a notebook runs, if its page says so, and which run of it this is."""
    request = getattr(get_ipython(), "get_parent", dict)()
    return request.get("metadata", {}).get("cellId"), request.get("header", {}).get("msg_id")


@contextmanager
def _uncollected():
    """Within it no cycles are looked for: a figure makes so many objects that this takes a fifth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Explorer(widgets.VBox):
    """A drawing under controls, the sentence under it, and the call that shows the present setting again.

    Picture and sentence depend on the controls' values alone. A cell that is run again closes what it made before,
    which would otherwise be drawn again for ever with the controls that it shares.

    Displayed, an explorer is at once a live widget, a picture (``image/png``) for viewers without a kernel, and its
    sentence (``text/plain``).

    Attributes
    ----------
    controls : dict of widgets, by the name of the parameter
    sentence : str, what is to be seen at the present setting
    picture : Picture, the frame that shows it
    screen : Screen, what makes the frames
    maker : str, the name of the function that made it; set by that function, empty otherwise
    question : str, what to look for; set by that function, empty otherwise
    functions : dict, from an argument of the maker to the name of the learner's function given for it
    """

    sheet: ClassVar = DESK
    living: ClassVar = WeakSet()

    def __init__(self, drawing, controls):
        for name, control in controls.items():
            if not hasattr(control, "observe") or not hasattr(control, "value"):
                raise TypeError(f"{name}: {control!r} is not a control; use slider(...) or a widget with a value")
        self.controls = controls
        self.maker, self.question, self.functions = "", "", {}
        self._ghosts = []
        self._drawing = drawing
        self._start = self.values
        self._held = False
        units = {c.description: c.unit for c in controls.values() if hasattr(c, "unit")}
        walks = [(c.player, c) for c in controls.values() if hasattr(c, "player")]
        self.picture = Picture(units=units, walks=walks, controls=[*controls.values()])
        reset = widgets.Button(description="Reset", layout={"width": "auto"})
        reset.on_click(lambda _: self.reset())
        shown = [part for c in controls.values() for part in (c, getattr(c, "player", None)) if part]
        row = widgets.Box([*shown, reset], layout={"flex_flow": "row wrap", "align_items": "center"})
        super().__init__([row, self.picture])
        self.add_class("lossviz")
        self.stage()
        for control in controls.values():
            control.observe(self._moved, names="value")
        self.picture.observe(self._dragged, names="drag")
        self.picture.observe(self._magnified, names="ratio")
        self._made_in = _cell_and_run()
        for other in [other for other in self.living if other._replaced_by(self)]:
            other.close()
        self.living.add(self)

    def _replaced_by(self, other):
        (cell, run), (their_cell, their_run) = self._made_in, other._made_in
        return cell is not None and cell == their_cell and run != their_run

    @property
    def values(self):
        """The present setting: the controls' values by name."""
        return {name: exact(control.value) for name, control in self.controls.items()}

    @property
    def call(self):
        """The call that shows the present setting again, or nothing if no function of ours made the explorer."""
        return self.call_for(self.values)

    def call_for(self, values):
        """The call that shows these values of the controls, or nothing if no function of ours made the explorer."""
        values = {name: "float('inf')" if v == math.inf else repr(v) for name, v in values.items()}
        settings = ", ".join(f"{name}={value}" for name, value in (values | self.functions).items())
        return f"{self.maker}({settings})" if self.maker else ""

    def made_by(self, maker, question="", **functions):
        """Name the function that made this explorer, its question, and the learner's functions in it. Returns it."""
        self.maker, self.question, self.functions = maker, question, functions
        self.picture.call = self.call
        return self

    def ghost(self, *, x=None, y=None, panel=0, **at):
        """Draw what a learner has predicted as a dotted line, as soon as it is committed. Returns the explorer.

        Parameters
        ----------
        x, y : prediction or None
            What is predicted along and up. It has `guesses`, the last of which is drawn, and `seen_in`, the
            explorers to stage again when there is a new one.
        panel : int, the axes to draw in
        **at : values of controls, such as the unit of the guess, at which alone it is drawn

        Raises
        ------
        TypeError
            If `at` names something else than a control.
        """
        if other := at.keys() - self.controls.keys():
            raise TypeError(
                f"ghost: {min(other)!r} is not a control of this explorer; it has {', '.join(self.controls)}"
            )
        for along, prediction in (("x", x), ("y", y)):
            if prediction is not None:
                self._ghosts.append((along, prediction, panel, at))
                prediction.seen_in.add(self)
        if any(prediction.guesses for _, prediction, *_ in self._ghosts):
            self.stage()
        return self

    @alone
    def stage(self):
        """Draw from the beginning, on the present sheet."""
        self.picture.ahead = {}
        self._update, self.screen = self.staged()
        self._handles = handles(self._update)
        for name in (name for handle in self._handles for name in (handle.x, handle.y) if name):
            if not hasattr(self.controls.get(name), "max"):
                raise ValueError(
                    f"{_name(self._drawing)}: a handle moves {name!r}, which is no slider of {self.values}"
                )
        self.picture.width = round(self.screen.figure.bbox.width)
        self.screen.magnify(self.picture.ratio)
        (self.add_class if self.sheet is CLASSROOM else self.remove_class)("lossviz-classroom")
        self._draw()

    @_uncollected()
    def staged(self):
        """The drawing in a figure of its own, on the present sheet: `update` and the screen that shows it."""
        with styled():
            figure = Figure(**self.sheet)
            update = self._drawing(figure)
            if not callable(update):
                raise TypeError(f"{_name(self._drawing)} returned {update!r}; it must end with `return update`")
            for along, prediction, panel, at in self._ghosts:
                if prediction.guesses:
                    update = _with(update, _draw_ghost(figure.axes[panel], along, prediction.guesses[-1]), at)
            return update, Screen(figure)

    def close(self):
        """Close the widget, and let go of its controls, which others may share."""
        if self in self.living:
            self.living.discard(self)
            for control in self.controls.values():
                control.unobserve(self._moved, names="value")
            for _, prediction, *_ in self._ghosts:
                prediction.seen_in.discard(self)
            row, picture = self.children
            for part in (*row.children[-1:], row, picture):
                part.close()
        super().close()

    def reset(self):
        """Bring every control back to where it started."""
        self.put(self._start)

    def put(self, values):
        """Move several controls at once, and draw once."""
        self._held = True
        try:
            for name, value in values.items():
                self.controls[name].value = value
        finally:
            self._held = False
        self._moved()

    def _moved(self, change=None):
        if self._held:
            return
        try:
            self._draw()
        except Exception as error:
            with self.picture.hold_sync():
                self.picture.ahead, self.picture.setting = {}, self._setting(self.values)
                self.picture.problem = (
                    f"This setting could not be drawn. {type(error).__name__}: {error}. Move a control to go on."
                )
            raise
        if change:
            self._expect(change.owner, change.old, change.new)

    def _dragged(self, change):
        index, x, y, _ = change.new
        handle = self._handles[index]
        values = handle.to(*self.screen.place(handle.artist, x, y))
        moved = zip((handle.x, handle.y), values, strict=True)
        self.put({name: nearest(self.controls[name], value) for name, value in moved if name})

    @alone
    def _magnified(self, change):
        self.picture.ahead = {}
        self.screen.magnify(change.new)
        self.picture.frame = self.screen.png()

    @alone
    def _draw(self):
        look = self._look(self.values)
        self.sentence = look["sentence"]
        with self.picture.hold_sync():
            for name, value in look.items():
                self.picture.set_trait(name, value)

    def _look(self, values):
        """What the picture shows at these values, to which the artists are moved."""
        look = {
            "setting": self._setting(values),
            "sentence": said(self._update, values),
            "problem": "",
            "call": self.call_for(values),
            "grips": grips(self._update, self.screen),
        }
        ahead = self.picture.ahead
        return look | {"frame": ahead["frame"] if look.items() <= ahead.items() else self.screen.png()}

    def _setting(self, values):
        return [*map(place, self.controls.values(), values.values())]

    def _expect(self, control, old, new):
        """Who has taken a step will take the next: have it drawn ahead, once what waits is done.

        Without an event loop there is no page to show it. What a learner's function does is its learner's business: it
        may print, or take its time, and is called for no setting that nobody has chosen.
        """
        value = following(control, old, new)
        if value != new and not self.functions:
            with suppress(RuntimeError):
                asyncio.get_running_loop().call_soon(self._draw_ahead, self.picture.setting, control, value)

    @alone
    def _draw_ahead(self, setting, control, value):
        """Give the page the look at this value of a control, unless something has moved. The artists stay in place."""
        if setting != self.picture.setting or self not in self.living:
            return
        values = self.values
        names = [name for name, other in self.controls.items() if other is control]
        with suppress(Exception):
            self.picture.ahead = self._look(values | dict.fromkeys(names, value))
        said(self._update, values)

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["image/png"] = base64.b64encode(self.picture.frame).decode()
        bundle["text/plain"] = self.sentence
        return bundle, {"image/png": {"alt": self.sentence}}


def said(update, values):
    """Move the artists of a drawing to these values. Returns its sentence, with a minus where a hyphen leads a number.

    A screen reader says the one, and often leaves out the other.
    """
    with styled():
        sentence = update(**values)
    if not isinstance(sentence, str):
        raise TypeError(f"{_name(update)} returned {sentence!r}; it must return one sentence")
    return _MINUS.sub("−", sentence)


def handles(update):
    """What can be dragged in a drawing."""
    return getattr(update, "handles", [])


def grips(update, screen):
    """Where each handle can be taken hold of at present, and the cursor that says which way it can go."""
    return [[*screen.grip(handle.artist), _cursor(handle)] for handle in handles(update)]


def _name(function):
    return getattr(function, "__qualname__", repr(function))


def _with(update, artists, at):
    """The same update, which shows some more artists where the controls have the values `at`."""

    @wraps(update)
    def update_with_artists(**values):
        for artist in artists:
            artist.set_visible(at.items() <= values.items())
        return update(**values)

    return update_with_artists


def _draw_ghost(ax, along, guess):
    """A dotted line across axes, and its name, under what is drawn there."""
    line, word = (ax.axvline, (guess, 0.98)) if along == "x" else (ax.axhline, (0.5, guess))
    across = ax.get_xaxis_transform() if along == "x" else ax.get_yaxis_transform()
    drawn = line(guess, color=GHOST, linestyle=":", linewidth=1.5, zorder=1)
    inwards = "left" if guess < sum(ax.get_xlim()) / 2 else "right"
    side = {"ha": inwards, "va": "top"} if along == "x" else {"ha": "center", "va": "bottom"}
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    look = {"transform": across, "color": GHOST, "in_layout": False, "bbox": plate, "zorder": 1.5}
    return drawn, ax.text(*word, "your guess", **look, **side)


def _cursor(handle):
    """The CSS cursor that says which way a handle can go."""
    return "move" if handle.x and handle.y else "ew-resize" if handle.x else "ns-resize"
