"""Questions: predict a number before you look, or choose, with an answer to every wrong choice.

The content stands here and not in the notebooks, so that a cell does not give its answer away. A
question shows nothing but itself until the learner commits, so that Run All spoils nothing.
"""

from . import choosing, convexity, divergence, information, likelihood, logits, regression, training
from .choosing import *  # noqa: F403
from .convexity import *  # noqa: F403
from .divergence import *  # noqa: F403
from .information import *  # noqa: F403
from .likelihood import *  # noqa: F403
from .logits import *  # noqa: F403
from .regression import *  # noqa: F403
from .training import *  # noqa: F403

__all__ = [
    *training.__all__,
    *information.__all__,
    *divergence.__all__,
    *likelihood.__all__,
    *logits.__all__,
    *convexity.__all__,
    *regression.__all__,
    *choosing.__all__,
]
