"""What the hand moves: sliders, stops and choices, what the page calls their values, and which step comes next."""

import math
from decimal import Decimal
from numbers import Real

import ipywidgets as widgets
import traitlets

PACE = 250  # milliseconds from step to step of a slider that plays
_DESCRIBED = {"description_width": "initial"}


def _as_shown(value, control):
    """The number that the page makes of a value on one of a slider's steps.

    Told 1.0, a slider of steps of 0.1 from 0.1 answers 1.0000000000000002, as if it had been moved there, and
    the answer may be late: after the next value. It does not answer to its own number.
    """
    span = control.max - control.min
    step = control.step * 100 / span
    share = math.floor((value - control.min) * 100 / span / step + 0.5) * step
    shown = control.max if share >= 100 else share * span / 100 + control.min
    return shown if math.isclose(shown, value, abs_tol=1e-12) else value


class _Slider(widgets.FloatSlider):
    """A slider that the page does not answer, and whose own value is not sent back to the page that moved it."""

    value = traitlets.CFloat().tag(sync=True, echo_update=False, to_json=_as_shown)


class _WholeSlider(widgets.IntSlider):
    """The same over the integers, where the page rounds nothing."""

    value = traitlets.CInt().tag(sync=True, echo_update=False)


class _Player(widgets.Play):
    """Buttons that walk, whose step is not sent back to the page that made it."""

    value = traitlets.CInt().tag(sync=True, echo_update=False)


class _Stops(widgets.SelectionSlider):
    """A slider over given values whose own is not sent back."""

    index = traitlets.Int().tag(sync=True, echo_update=False)


class _Choice(widgets.RadioButtons):
    """Options of which the chosen one is not sent back."""

    index = traitlets.Int(None, allow_none=True).tag(sync=True, echo_update=False)


def slider(label, low, high, *, start, step=1, unit="", play=False):
    """A slider from `low` to `high`, both reached exactly. If all numbers are integers, so are its values.

    The unit is shown and spoken after the value. With `play`, buttons beside it walk through its values: for the
    integer steps of a path that the drawing has computed.

    A widget given as `start` is returned as it is: that links the explorers that share it.

    Raises
    ------
    ValueError
        If `start` is outside the range or nan.
    TypeError
        If `start` is not a number, or a fraction where only integers are meant; if fractions are to play.
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
    if play and not whole:
        raise TypeError(f"{label}: only integers can play; give low, high and step as integers")
    kind = _WholeSlider if whole else _Slider
    readout = "d" if whole else f".{max(_decimals(step), _decimals(start))}f"
    shown = {"description": label, "tooltip": label, "style": _DESCRIBED, "readout_format": readout}
    control = kind(value=start, min=low, max=high, step=step, **shown)
    control.unit = unit
    if play:
        control.player = _Player(value=start, min=low, max=high, step=step, interval=PACE, show_repeat=False)
        widgets.jsdlink((control.player, "value"), (control, "value"))  # the way back is the picture's `walks`
    return control


def stops(label, values, *, start):
    """A slider over these values alone, in this order: 0.1, 0.3, 1, 3, infinity. The first and the last are its ends.

    A widget given as `start` is returned as it is: that links the explorers that share it.

    Raises
    ------
    ValueError
        If `start` is not one of the values.
    """
    if isinstance(start, widgets.Widget):
        return start
    _one_of(values, start, label)
    named = [("∞" if value == math.inf else f"{value:g}".replace("-", "−"), value) for value in values]
    return _Stops(options=named, value=start, description=label, tooltip=label, style=_DESCRIBED)


def choice(label, options, *, start):
    """A row of options of which one is chosen.

    A widget given as `start` is returned as it is: that links the explorers that share it.

    Raises
    ------
    ValueError
        If `start` is not one of the options.
    """
    if isinstance(start, widgets.Widget):
        return start
    _one_of(options, start, label)
    shown = {"description": label, "tooltip": label, "style": _DESCRIBED, "layout": {"width": "max-content"}}
    return _Choice(options=options, value=start, orientation="horizontal", **shown)


def _one_of(options, start, label):
    if start not in options:
        raise ValueError(f"{label}: {start!r} is not one of {', '.join(map(repr, options))}")


def _decimals(number):
    """How many decimals a number has; three where they do not end, as those of 1/60."""
    digits = max(0, -Decimal(repr(float(number))).normalize().as_tuple().exponent)
    return digits if digits <= 6 else 3


def exact(value):
    """The number a slider means: the browser's steps of 0.1 arrive as 0.30000000000000004."""
    return round(value, 12) if isinstance(value, float) else value


def nearest(control, value):
    """The value a slider can take that is nearest."""
    inside = min(control.max, max(control.min, value))
    steps = round((inside - control.min) / control.step)
    return min(control.min + steps * control.step, control.max, key=lambda place: abs(place - inside))


def options(control):
    """The options of a control, in words and as values."""
    return [option if isinstance(option, tuple) else (str(option), option) for option in control.options]


def _stations(control):
    """The values of `stops` or a `choice`, in their order."""
    return [value for _, value in options(control)] if isinstance(control, _Stops | _Choice) else []


def place(control, value):
    """The number by which the page knows a value of our controls; of other widgets we know none, and give words."""
    if isinstance(control, _Slider | _WholeSlider):
        return value
    stations = _stations(control)
    return stations.index(value) if value in stations else repr(value)


def _step(control, value, way):
    """The value one step up (1) or down (-1); the value itself at the end, and of another widget than ours."""
    stations = _stations(control)
    if value in stations:
        return stations[min(max(stations.index(value) + way, 0), len(stations) - 1)]
    if isinstance(control, _Slider | _WholeSlider):
        count = way * (math.floor(way * (value - control.min) / control.step + 1e-9) + 1)
        return exact(min(max(control.min + count * control.step, control.min), control.max))
    return value


def following(control, old, new):
    """The value after a step from old to new, the same way; new itself at the end, and if it was no step."""
    for way in (-1, 1):
        if _step(control, old, way) == exact(new):
            return _step(control, new, way)
    return new
