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
>>> explorer = explore(parabola, x=slider("x", -3, 3, start=2))
>>> explorer.sentence
'The square of 2 is 4.'
>>> explorer.controls["x"].value = 3
>>> explorer.sentence
'The square of 3 is 9.'
"""

import base64
from html import escape
from numbers import Real

import ipywidgets as widgets
from matplotlib.figure import Figure

from .screen import Screen, styled

_DESCRIBED = {"description_width": "initial"}
_FITTING = {"max_width": "100%", "align_self": "flex-start"}


def explore(drawing, **controls):
    """Put a drawing under controls and show it.

    Parameters
    ----------
    drawing : callable
        ``drawing(fig)`` draws what never changes and returns ``update``, which takes the controls'
        values as keywords, moves artists and returns one sentence.
    **controls : widgets
        One for each parameter of ``update``: `slider`, `choice`, or any widget with a value. The same
        widget given to two explorers links them.

    Returns
    -------
    Explorer

    Raises
    ------
    TypeError
        If a control is not a widget with a value, or ``update`` does not return a sentence.

    Whatever the first draw raises is raised here, so that a broken drawing stops the cell.
    """
    return Explorer(drawing, controls)


def slider(label, low, high, *, start, step=1):
    """A slider from `low` to `high`, both reached exactly. If all numbers are integers, so are its values.

    A widget given as `start` is returned as it is: that links the explorers that share it.

    Raises
    ------
    ValueError
        If `start` is outside the range or nan.
    TypeError
        If `start` is not a number, or a fraction where only integers are meant.
    """
    if isinstance(start, widgets.Widget):
        return start
    if not isinstance(start, Real):
        raise TypeError(f"{label}: {start!r} is not a number; give one from {low} to {high}")
    if not low <= start <= high:
        raise ValueError(f"{label}: {start} is outside [{low}, {high}]")
    whole = all(isinstance(x, int) for x in (low, high, step))
    if whole and start != int(start):
        raise TypeError(f"{label}: {start} is not an integer; give one from {low} to {high}")
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(value=start, min=low, max=high, step=step, description=label, style=_DESCRIBED)


def choice(label, options, *, start):
    """A row of buttons of which one is chosen.

    A widget given as `start` is returned as it is: that links the explorers that share it.

    Raises
    ------
    ValueError
        If `start` is not one of the options.
    """
    if isinstance(start, widgets.Widget):
        return start
    if start not in options:
        raise ValueError(f"{label}: {start!r} is not one of {', '.join(map(repr, options))}")
    style = _DESCRIBED | {"button_width": "auto"}
    layout = {"width": "max-content", "display": "flex", "grid_gap": "8px"}
    return widgets.ToggleButtons(options=options, value=start, description=label, style=style, layout=layout)


class Explorer(widgets.VBox):
    """A drawing under controls, the sentence under it, and the call that shows the present setting again.

    Picture and sentence depend on the controls' values alone. Displayed, an explorer is at once a live
    widget, a picture (``image/png``) for viewers without a kernel, and its sentence (``text/plain``).

    Attributes
    ----------
    controls : dict of widgets, by the name of the parameter
    sentence : str, what is to be seen at the present setting
    picture : widgets.Image, the frame that shows it
    maker : str, the name of the function that made it; set by that function, empty otherwise
    """

    def __init__(self, drawing, controls):
        for name, control in controls.items():
            if not hasattr(control, "observe") or not hasattr(control, "value"):
                raise TypeError(f"{name}: {control!r} is not a control; use slider(...) or a widget with a value")
        self.controls = controls
        self.maker = ""
        self._drawing = drawing
        self._start = self.values
        with styled():
            figure = Figure()
            self._update = drawing(figure)
            self._screen = Screen(figure)
        width = f"{figure.bbox.width:.0f}px"
        self.picture = widgets.Image(format="png", layout={"width": width} | _FITTING)
        self._words = widgets.HTML(layout={"width": width} | _FITTING)
        self._draw()
        reset = widgets.Button(description="Reset", layout={"width": "auto"})
        reset.on_click(lambda _: self.reset())
        row = widgets.Box([*controls.values(), reset], layout={"flex_flow": "row wrap", "align_items": "center"})
        super().__init__([row, self.picture, self._words])
        for control in controls.values():
            control.observe(self._moved, names="value")

    @property
    def values(self):
        """The present setting: the controls' values by name."""
        return {name: _exact(control.value) for name, control in self.controls.items()}

    @property
    def call(self):
        """The call that shows the present setting again, or nothing if no function of ours made the explorer."""
        settings = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.maker}({settings})" if self.maker else ""

    def made_by(self, maker):
        """Name the function that made this explorer, for `call`. Returns the explorer."""
        self.maker = maker
        self._say()
        return self

    def reset(self):
        """Bring every control back to where it started."""
        for name, value in self._start.items():
            self.controls[name].value = value

    def _moved(self, _):
        try:
            self._draw()
        except Exception as error:
            problem = escape(f"{type(error).__name__}: {error}")
            self._words.value = f"<p><b>This setting could not be drawn.</b> {problem}. Move a control to go on.</p>"
            raise

    def _draw(self):
        sentence = self._update(**self.values)
        if not isinstance(sentence, str):
            raise TypeError(f"{self._drawing.__name__}: update returned {sentence!r}; it must return one sentence")
        self.sentence = sentence
        self.picture.value = self._screen.png()
        self._say()

    def _say(self):
        self._words.value = f"<p>{escape(self.sentence)}</p><code>{escape(self.call)}</code>"

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["image/png"] = base64.b64encode(self.picture.value).decode()
        bundle["text/plain"] = self.sentence
        return bundle, {"image/png": {"alt": self.sentence}}


def _exact(value):
    """The number a slider means: the browser's steps of 0.1 arrive as 0.30000000000000004."""
    return round(value, 12) if isinstance(value, float) else value
