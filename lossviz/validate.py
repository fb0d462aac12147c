"""The checks of arguments, in one place.

Every message names the argument, the value, its index and the shape, and says what to do.
Values and shapes raise ValueError, types raise TypeError. Nothing is repaired: a value that is
clipped or a row that is rescaled in silence hides the mistake it came from.
"""

import math
from numbers import Real

import numpy as np

SUM_TOLERANCE = 1e-6


def real_arrays(**arguments):
    """The arguments as C-ordered float64 arrays of one shape, followed by the dtype of the result.

    Integers and booleans count as float64. The computation runs in float64 and is rounded once,
    to the returned dtype, so that float32 input gives a float32 result without loss on the way.
    """
    given = [_numeric(name, value) for name, value in arguments.items()]
    _same_shape(dict(zip(arguments, given, strict=True)))
    dtype = np.result_type(*(a.dtype if a.dtype.kind == "f" else np.float64 for a in given))
    return *(np.asarray(a, dtype=np.float64, order="C") for a in given), dtype


def probabilities(**arguments):
    """Like `real_arrays`, with every value in [0, 1]."""
    *arrays, dtype = real_arrays(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        _inside(name, a, 0, 1)
    return *arrays, dtype


def distributions(**arguments):
    """Like `probabilities`, with every row (the last axis) summing to 1 within 1e-6."""
    *arrays, dtype = probabilities(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        _rows_sum_to_one(name, a)
    return *arrays, dtype


def base(value):
    """The base of a logarithm, a finite number above 1."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"base: {value!r} is not a number; leave it out for nats, write 2 for bits")
    if not 1 < value < math.inf:
        raise ValueError(f"base: {value} is not a finite number above 1; use 2 for bits, 10 for hartleys")
    return value


def _numeric(name, value):
    try:
        a = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: the rows differ in length; every row needs as many values as the first") from None
    if a.dtype.kind not in "fiub":
        raise TypeError(f"{name}: expected real numbers, got {_shorten(value)} (dtype {a.dtype}, shape {a.shape})")
    return a


def _same_shape(arrays):
    (first, a), *others = arrays.items()
    for other, b in others:
        if a.shape != b.shape:
            raise ValueError(
                f"{first} and {other}: shapes {a.shape} and {b.shape} differ; "
                "nothing is broadcast, so reshape or repeat one of them yourself"
            )


def _inside(name, a, low, high):
    outside = ~((a >= low) & (a <= high))
    if outside.any():
        index = _first(outside)
        raise ValueError(f"{name}: value {a[index]} at index {index} of shape {a.shape} is outside [{low}, {high}]")


def _rows_sum_to_one(name, a):
    if a.ndim == 0:
        raise ValueError(f"{name}: {a} of shape () is one number, not a distribution; for a coin write [p, 1 - p]")
    if a.shape[-1] == 0:
        raise ValueError(f"{name}: shape {a.shape} has no outcomes along its last axis; give at least one probability")
    totals = a.sum(axis=-1)
    off = np.abs(totals - 1) > SUM_TOLERANCE
    if off.any():
        index = _first(off)
        row = f"the row at index {index} of shape {a.shape}" if index else f"the row of shape {a.shape}"
        raise ValueError(
            f"{name}: {row} sums to {totals[index]:.10g} instead of 1; "
            "probabilities lie along the last axis; divide weights by their sum first"
        )


def _first(mask):
    """The index of the first True, as a tuple of plain integers."""
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _shorten(value):
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
