"""Gradient descent as a path that is computed once and then walked by a slider."""

import numpy as np


def descend(gradient, start, rate, steps):
    """The points of gradient descent with a fixed learning rate: the start, and one after every step.

    Parameters
    ----------
    gradient : callable, ``gradient(w)`` has the shape of w
    start : float or array
    rate : float
    steps : int

    Returns
    -------
    path : array of shape (steps + 1, *shape of start); infinite or nan once it has left the range of float64

    Examples
    --------
    >>> descend(lambda w: 2 * w, 1.0, 0.25, 3)
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    path = [np.asarray(start, dtype=float)]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            path.append(path[-1] - rate * gradient(path[-1]))
    return np.array(path)
