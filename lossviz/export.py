"""An explorer as one HTML page that needs no kernel: for a website, a memory stick, a class without a server.

From a notebook, with the setting at which the page shall open::

    from lossviz import explorers
    from lossviz.export import to_html

    to_html(explorers.coin_entropy(p=0.9), "coin_entropy.html")

The page opens from disk, asks no other host, and has the explorer's controls, picture and sentence. All its pictures
have been drawn beforehand: with one or two controls each value with each, with more one control at a time around the
setting at which the page opens. Where that would be more than 5 MB, sliders stop at fewer values: at their ends, at
the present value, and at round ones between. `make gallery` writes the pages of all explorers.
"""

import base64
import html
import io
import json
import math
import random
from itertools import product
from pathlib import Path
from string import Template

import numpy as np
from ipywidgets import FloatSlider, IntSlider, RadioButtons, SelectionSlider
from PIL import Image

from .controls import PACE, options
from .explore import Explorer, grips, handles, said
from .screen import alone

LIMIT = 5_000_000  # bytes of a page
SAMPLE = 25  # pictures drawn to see what most of them have in common, and how large the rest is
SLID, CHOSEN = (FloatSlider, IntSlider), (SelectionSlider, RadioButtons)
STRIDES = [lead * 10**power for power in range(4) for lead in (1, 2, 5)]
ONE_AT_A_TIME = "<p>One control at a time: moving one brings the others back to where this page began.</p>"
HERE = Path(__file__).parent


def to_html(explorer, path):
    """Write an explorer as one HTML page of at most 5 MB that needs neither a kernel nor a network.

    The page opens at the present setting. The explorer itself is not moved.

    Parameters
    ----------
    explorer : Explorer, whose controls are `slider`, `stops` and `choice`
    path : str or Path, the file to write

    Raises
    ------
    TypeError
        If it is not an explorer, or one of its controls is neither a slider nor a row of choices.
    ValueError
        If the page would be too large even with few stops on every slider.
    """
    if not isinstance(explorer, Explorer):
        raise TypeError(f"explorer: {explorer!r} is not an explorer; make one, as in explorers.coin_entropy()")
    plans = _plans(explorer)
    film = _Film(explorer, plans[0])
    for stops in plans:
        if film.mean_size * len(film.settings(stops)) < LIMIT:
            page = _page(explorer, film, stops).encode()
            if len(page) <= LIMIT:
                Path(path).write_bytes(page)
                return
    raise ValueError(f"explorer: its pictures are too large for a page of {LIMIT} bytes; draw less that moves")


class _Film:
    """The pictures of an explorer, drawn on a stage of its own: what they have in common, and what each adds to it."""

    def __init__(self, explorer, finest):
        self.names = list(explorer.controls)
        self.start = tuple(explorer.values.values())
        self._call_for = explorer.call_for
        self._update, self._screen = explorer.staged()
        self._states = {}
        settings = self.settings(finest)
        sample = random.Random(0).sample(settings, min(SAMPLE, len(settings)))
        self._common = np.sort([self._drawn(setting)[1] for setting in sample], axis=0)[len(sample) // 2]
        self.shape = self._common.shape
        self.common = _webp(self._common)
        self.mean_size = sum(len(json.dumps(self.state(setting))) for setting in sample) / len(sample)

    def settings(self, stops):
        """Each value with each for one or two controls, one control at a time around the start for more."""
        if len(stops) <= 2:
            return list(product(*stops))
        one = [(*self.start[:i], value, *self.start[i + 1 :]) for i, values in enumerate(stops) for value in values]
        return list(dict.fromkeys(one))

    def whole(self):
        """The picture at the start, complete."""
        return _webp(self._drawn(self.start)[1])

    def state(self, setting):
        """What the picture at a setting adds, its sentence, its call, and where it can be taken hold of."""
        if setting not in self._states:
            sentence, frame = self._drawn(setting)
            held = [[round(share, 4) for share in grip[:4]] for grip in grips(self._update, self._screen)]
            added = _webp(np.where(frame == self._common, 0, frame))
            self._states[setting] = added, sentence, self._call_for(self._named(setting)), held
        return self._states[setting]

    def handles(self):
        """For each handle, which controls it moves along and up, and its cursor."""
        cursors = [grip[4] for grip in grips(self._update, self._screen)]
        moved = [[self.names.index(x) if x else None for x in (h.x, h.y)] for h in handles(self._update)]
        return [[*pair, cursor] for pair, cursor in zip(moved, cursors, strict=True)]

    @alone
    def _drawn(self, setting):
        return said(self._update, self._named(setting)), _rounded(self._screen.pixels())

    def _named(self, setting):
        return dict(zip(self.names, setting, strict=True))


def _plans(explorer):
    """The values at which the controls may stop: the finest plan first, and no slider much coarser than another."""
    choices = [
        list(dict.fromkeys(_stops(name, control, explorer.values[name], stride) for stride in STRIDES))
        for name, control in explorer.controls.items()
    ]
    return sorted(product(*choices), key=lambda plan: (min(map(len, plan)), math.prod(map(len, plan))), reverse=True)


def _stops(name, control, present, stride):
    """The values of a control: all, or of a slider its ends, the present one, and the multiples of so many steps."""
    if isinstance(control, CHOSEN):
        return tuple(value for _, value in options(control))
    if not isinstance(control, SLID):
        raise TypeError(f"{name}: a {type(control).__name__} cannot be exported; use slider, stops or choice")
    low, high, step = control.min, control.max, control.step
    values = {round(low + k * step, 12) + 0 for k in range(math.floor((high - low) / step + 1e-9) + 1)}
    return tuple(sorted({value for value in values if round(value / step) % stride == 0} | {low, present, high}))


def _words(control, value):
    """A value as its control shows it, with its unit."""
    if isinstance(control, CHOSEN):
        (words,) = (words for words, option in options(control) if option == value)
    else:
        words = format(value, control.readout_format).replace("-", "−")
    return f"{words} {getattr(control, 'unit', '')}".strip()


def _rounded(pixels):
    """One number for each pixel, its colours rounded to 32 steps: the eye sees no difference, and half the bytes do."""
    return (pixels & 0xF8 | pixels >> 5).view(np.uint32)[..., 0]


def _webp(frame):
    """A frame without loss, as base64; a pixel 0 is transparent."""
    file = io.BytesIO()
    height, width = frame.shape
    Image.frombytes("RGBA", (width, height), frame.tobytes()).save(file, "WEBP", lossless=True, quality=50, method=3)
    return base64.b64encode(file.getvalue()).decode()


def _page(explorer, film, stops):
    """The page on which the controls stop at these values."""
    states = {",".join(map(str, _places(stops, setting))): film.state(setting) for setting in film.settings(stops)}
    patches = {patch: i for i, patch in enumerate(dict.fromkeys(patch for patch, *_ in states.values()))}
    start, controls = _places(stops, film.start), explorer.controls.values()
    words = [[_words(control, value) for value in values] for control, values in zip(controls, stops, strict=True)]
    data = {
        "start": start,
        "words": words,
        "common": film.common,
        "patches": list(patches),
        "states": {key: [patches[patch], *rest] for key, (patch, *rest) in states.items()},
        "handles": film.handles(),
        "pace": PACE,
    }
    _, sentence, call, _ = film.state(film.start)
    question, mark, rest = explorer.question.partition("?")
    height, width = film.shape
    return Template(text("export.html")).substitute(
        style=text("picture.css") + text("export.css"),
        script=text("export.js"),
        title=html.escape(question + mark or "A picture under controls"),
        invitation=html.escape(rest.strip()),
        controls="\n".join(map(_control, range(len(stops)), controls, words, start)),
        note=ONE_AT_A_TIME if len(stops) > 2 else "",
        picture=film.whole(),
        width=width,
        height=height,
        sentence=html.escape(sentence),
        call=html.escape(call),
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _places(stops, setting):
    return [values.index(value) for values, value in zip(stops, setting, strict=True)]


def _control(index, control, words, chosen):
    """A control of the page: a row of choices, or a slider over places in `words`."""
    label = html.escape(control.description)
    if isinstance(control, RadioButtons):
        options = "".join(
            f'<label><input type="radio" name="{index}"{" checked" * (i == chosen)}>{html.escape(option)}</label>'
            for i, option in enumerate(words)
        )
        return f'<fieldset class="control"><legend>{label}</legend>{options}</fieldset>'
    play = '<button type="button" class="play">Play</button>' if hasattr(control, "player") else ""
    return (
        f'<div class="control"><label for="control-{index}">{label}</label>'
        f'<input type="range" id="control-{index}" max="{len(words) - 1}" value="{chosen}" '
        f'aria-valuetext="{html.escape(words[chosen])}">'
        f'<output for="control-{index}" aria-live="off">{html.escape(words[chosen])}</output>{play}</div>'
    )


def text(name):
    """A file beside this module: a style, a script or a template of pages."""
    return (HERE / name).read_text(encoding="utf-8")
