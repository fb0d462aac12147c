"""The colours of the pictures, seen by everyone: enough contrast on both themes, apart for colour-blind eyes."""

import itertools
import re
import warnings
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lossviz.drawings import palette

COLOURS = {name: getattr(palette, name) for name in ("INK", "BLUE", "ORANGE", "GREEN", "VIOLET")}
EYES = ("normal", "Deuteranomaly", "Protanomaly", "Tritanomaly")
CSS = (files("lossviz") / "picture.css").read_text(encoding="utf-8")
(FILTER,) = re.findall(r"\.lossviz-image \{ filter: (.*?); \}", CSS)
LUMA = np.array([0.213, 0.715, 0.072])


def light(colour):
    return np.array(to_rgb(colour))


def dark(colour):
    """The colour as the style sheet shows it in a dark page: Filter Effects Level 1, in encoded sRGB."""
    (percent,) = re.fullmatch(r"invert\(([\d.]+)%\) hue-rotate\(180deg\)", FILTER).groups()
    amount = float(percent) / 100
    inverted = light(colour) * (1 - 2 * amount) + amount
    return np.clip(2 * LUMA @ inverted - inverted, 0, 1)


THEMES = {"light": light, "dark": dark}


def luminance(rgb):
    """Relative luminance, WCAG 2.2."""
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@cache
def science():
    """The library of colour science, which is imported late: it takes seconds, and all processes read this file."""
    with np.printoptions():  # the import changes them
        import colour
    return colour


@cache
def seen_by(eye):
    """The matrix from the light of a colour to that which looks the same to everyone."""
    if eye == "normal":
        return np.eye(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", science().utilities.ColourUsageWarning)  # approximate for tritanopia
        return science().matrix_cvd_Machado2009(eye, 1.0)


def distance(one, other, eye):
    """How different two colours look, in CAM02-UCS; 1 is about just noticeable."""
    colour = science()
    seen = [np.clip(seen_by(eye) @ colour.cctf_decoding(rgb), 0, 1) for rgb in (one, other)]
    places = [colour.XYZ_to_CAM02UCS(colour.sRGB_to_XYZ(colour.cctf_encoding(rgb))) for rgb in seen]
    return np.linalg.norm(np.subtract(*places))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [*COLOURS, "MUTED"])
def test_every_colour_can_be_read_as_text(name, theme):
    shown = THEMES[theme]
    assert contrast(shown(getattr(palette, name)), shown("white")) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_the_fill(theme):
    shown = THEMES[theme]
    assert contrast(shown(palette.INK), shown(palette.FILL)) >= 4.5
    assert contrast(shown(palette.TRUTH), shown(palette.FILL)) >= 3


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(COLOURS, 2)))
def test_two_colours_stay_apart(one, other, theme, eye):
    shown = THEMES[theme]
    assert distance(shown(COLOURS[one]), shown(COLOURS[other]), eye) >= 12


def test_colours_that_a_colour_blind_eye_confuses_are_found():
    assert distance(light("#0072b2"), light("#007a5a"), "normal") >= 12
    assert distance(light("#0072b2"), light("#007a5a"), "Tritanomaly") < 12


@pytest.mark.parametrize("styles", [palette.OUTCOMES, tuple(palette.LOSSES.values())], ids=["outcomes", "losses"])
def test_nothing_is_said_by_colour_alone(styles):
    """Each has a mark of its own; those of one colour also differ in the dash or hatch."""
    assert len({style["marker"] for style in styles}) == len(styles)
    assert len({(style["color"], style.get("linestyle"), style.get("hatch")) for style in styles}) == len(styles)
    assert {style["color"] for style in styles} <= set(COLOURS.values())


def test_only_nothing_is_written_as_nothing():
    assert palette.number(0, "bits") == palette.number(-1e-17, "bits") == "0.000 bits"
    assert palette.number(4.99e-4, "bits") == palette.number(1e-300, "bits") == "less than 0.001 bits"
    assert palette.number(5e-4, "nats") == "0.001 nats"
