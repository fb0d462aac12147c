"""Exercises: the learner writes the function, and `check` names the mistake.

>>> import numpy as np
>>> surprise.check(lambda p: np.log(p))
Wrong. The sign is wrong: the logarithm of a probability is negative or 0, and a surprise is
positive or 0. Put a minus in front.
>>> surprise.check(lambda p: -np.log(p))
Right. It is right on all 5 inputs tried.
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
