"""The picture in the page: the frame with its alternative text, spoken when it rests, crisp, dragged by its grips.

It knows the page and neither Matplotlib nor the mathematics. `picture.js` is its other half.
"""

from pathlib import Path

import anywidget
import traitlets
from ipywidgets import widget_serialization

_HERE = Path(__file__).parent


class Picture(anywidget.AnyWidget):
    """A frame and the sentence that says what is to be seen.

    Attributes
    ----------
    frame : bytes, a PNG
    sentence : str, also the alternative text, spoken to a screen reader when it comes to rest
    problem : str, why the last setting could not be drawn, or empty
    call : str, the call that shows this frame again, or empty
    width : int, how wide the frame is shown, in pixels of the page, where there is room
    grips : list of (left, top, width, height, cursor), where the frame can be taken hold of; fractions of the frame
    units : dict of str, the unit of the control with this label
    setting : list, where the controls stand in this frame: their values, or the places of their options
    ahead : dict, setting, frame, sentence, problem, call and grips after the step that is expected; or empty
    controls : list of widgets, in the order of the setting
    walks : list of (player, slider), buttons that walk and the slider that they move
    drag : list (index of the grip, x, y, time), told by the page: where its middle shall be, fractions of the frame
    ratio : float, told by the page: pixels of the screen to one pixel of the page
    """

    # As text: told by path, anywidget would keep every picture for ever, to tell it of a change in the file.
    _esm = (_HERE / "picture.js").read_text(encoding="utf-8")
    _css = (_HERE / "picture.css").read_text(encoding="utf-8")

    frame = traitlets.Bytes().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
    call = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    grips = traitlets.List().tag(sync=True)
    units = traitlets.Dict().tag(sync=True)
    setting = traitlets.List().tag(sync=True)
    ahead = traitlets.Dict().tag(sync=True)
    controls = traitlets.List().tag(sync=True, **widget_serialization)
    walks = traitlets.List().tag(sync=True, **widget_serialization)
    drag = traitlets.List().tag(sync=True, echo_update=False)
    ratio = traitlets.Float(1.0).tag(sync=True, echo_update=False)
