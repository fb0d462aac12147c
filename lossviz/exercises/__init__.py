"""Exercises: the learner writes the function, and `check` names the mistake.

>>> import numpy as np
>>> surprise.check(lambda p: np.log(p))
Wrong. The sign is wrong: the logarithm of a probability is negative or 0, and a surprise is
positive or 0. Put a minus in front.
>>> surprise.check(lambda p: -np.log(p))
Right. It is right on all 5 inputs tried.
"""

from .information import bits, ceiling, entropy, entropy_with_zeros, mean_code_length, surprise

__all__ = ["surprise", "bits", "entropy", "entropy_with_zeros", "ceiling", "mean_code_length"]
