"""lossviz: loss functions to look at, to move and to trust.

The mathematics is here by name. `lossviz.explorers` are the pictures under sliders,
`lossviz.exercises` and `lossviz.questions` what the lessons ask. Functions take numbers, sequences and arrays of
NumPy's real dtypes; rows of unequal length, masked values and one number in the place of a row are refused. All is
computed in float64, so integers beyond 2**53 are rounded to it first.
"""

from . import activations, classification, information, regression
from .activations import *  # noqa: F403
from .classification import *  # noqa: F403
from .information import *  # noqa: F403
from .regression import *  # noqa: F403


def classroom(on=True):
    """Large type, thick lines and long sliders for a projector, in every explorer; ``classroom(False)`` undoes it."""
    from .explore import classroom

    classroom(on)


def progress():
    """What has been predicted, answered and solved in this session, and what to try again."""
    from .record import progress

    return progress()


__version__ = "0.1.0"
__all__ = [*information.__all__, *activations.__all__, *classification.__all__, *regression.__all__]
