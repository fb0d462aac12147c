"""The checks of arguments, in one place.

Every message names the argument and the value, of an array also the index and the shape, and says what is asked
for or what to do.
Values and shapes raise ValueError, types raise TypeError. Nothing is repaired: a value that is
clipped or a row that is rescaled in silence hides the mistake it came from.
"""

import math
from numbers import Integral, Real

import numpy as np

SUM_TOLERANCE = {np.float32: 1e-4, np.float16: 1e-3}  # a softmax over a large vocabulary is off by 2e-5 in float32


def real_arrays(**arguments):
    """The arguments as C-ordered float64 arrays of one shape, followed by the dtype of the result.

    Integers and booleans count as float64. The computation runs in float64 and is rounded once,
    to the returned dtype, so that float32 input gives a float32 result without loss on the way.
    """
    given = [_numeric(name, value) for name, value in arguments.items()]
    _same_shape(dict(zip(arguments, given, strict=True)))
    dtype = np.result_type(*(a.dtype if a.dtype.kind == "f" else np.float64 for a in given))
    dtype = min(dtype, np.dtype(np.float64))  # not np.longdouble, whose digits the result would not have
    return *(np.asarray(a, dtype=np.float64, order="C") for a in given), dtype


def rounded(values, dtype):
    """The values in the dtype of the result, in C order, one as a scalar. What is too great is infinite, unwarned."""
    with np.errstate(over="ignore"):
        return values.astype(dtype, order="C", copy=False)[()]


def probabilities(**arguments):
    """Like `real_arrays`, with every value in [0, 1], and -0.0 as 0.0, whose reciprocal is positive."""
    *arrays, dtype = real_arrays(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        _inside(name, a, 0, 1)
    return *(a + 0.0 for a in arrays), dtype


def distributions(*, axis=-1, **arguments):
    """Like `probabilities`, with every row along the axis, which becomes the last, summing to 1.

    The sum may be off by 1e-6, in float32 by 1e-4 and in float16 by 1e-3: so far do rows come computed and rounded.
    """
    given = {name: _numeric(name, value) for name, value in arguments.items()}
    *arrays, dtype = probabilities(**given)
    for name, a in zip(given, arrays, strict=True):
        _rows_sum_to_one(name, a, axis, SUM_TOLERANCE.get(given[name].dtype.type, 1e-6))
    return *(_axis_last(a, axis) for a in arrays), dtype


def finite(**arguments):
    """Like `real_arrays`, with neither nan nor infinity."""
    *arrays, dtype = real_arrays(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        if not np.isfinite(a).all():
            _refuse(name, a, ~np.isfinite(a), "is not finite; look where it was computed")
    return *arrays, dtype


def logits(**arguments):
    """Like `real_arrays`, with neither nan nor +inf. A logit of -inf is a probability of 0."""
    *arrays, dtype = real_arrays(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        _logits(name, a)
    return *arrays, dtype


def labels_and_logits(y_true, logits):
    """Binary truths in [0, 1] and logits of the same shape, and the dtype of the result."""
    y, z, dtype = real_arrays(y_true=y_true, logits=logits)
    _inside("y_true", y, 0, 1)
    _logits("logits", z)
    return y, z, dtype


def logit_rows(*, axis=-1, **arguments):
    """Like `logits`, with a finite value in every row along the axis, which becomes the last."""
    *arrays, dtype = logits(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        _has_axis(name, a, axis, "logit")
        dead = np.isneginf(a).all(axis=axis) if a.min(initial=0) == -np.inf else np.False_
        if dead.any():
            raise ValueError(f"{name}: {_row(dead, a, axis)} holds only -inf; at least one class needs a finite logit")
    return *(_axis_last(a, axis) for a in arrays), dtype


def log_probabilities(*, axis=-1, **arguments):
    """Like `real_arrays`, with values from -inf to 0 in rows along the axis, which becomes the last."""
    *arrays, dtype = real_arrays(**arguments)
    for name, a in zip(arguments, arrays, strict=True):
        if not a.max(initial=-np.inf) <= 0:
            _refuse(name, a, ~(a <= 0), "is no log-probability, which is at most 0; take log_softmax of logits first")
        _has_axis(name, a, axis, "log-probability")
    return *(_axis_last(a, axis) for a in arrays), dtype


def labels(name, value, shape, classes, *, ignored=None):
    """Labels from 0 to classes - 1 as an array of indices, and which of them are not the ignored one."""
    given = _numeric(name, value)
    if given.dtype.kind == "f" and given.size:
        raise TypeError(
            f"{name}: labels are integers, got {_shorten(value)} (dtype {given.dtype}, shape {given.shape}); "
            "distributions over the classes, where a loss takes them, have the shape of the predictions"
        )
    if given.shape != shape:
        raise ValueError(f"{name}: shape {given.shape}, but these predictions need labels of shape {shape}")
    kept = np.ones(shape, bool) if ignored is None else given != ignored
    wrong = kept & ((given < 0) | (given >= classes))
    if wrong.any():
        _refuse(name, given, wrong, f"is no class; labels run from 0 to {classes - 1}")
    return given.astype(np.intp), kept


def targets(name, value, shape):
    """What is true of predictions of the shape (..., K): distributions of that shape, or labels of the shape (...)."""
    if given_shape(name, value) == shape:
        return distributions(**{name: value})[0]
    if shape[-1] == 1:
        raise ValueError(
            f"{name}: labels for predictions of shape {shape}, which have a single class; "
            "one output per sample is a matter for binary cross-entropy"
        )
    return labels(name, value, shape[:-1], shape[-1])[0]


def given_shape(name, value):
    """The shape of an argument as it was given."""
    return _numeric(name, value).shape


def class_axis(name, value):
    """Where PyTorch has the classes: along axis 1, or along the only axis."""
    return min(1, _numeric(name, value).ndim - 1)


def class_probabilities(target, ignore_index, axis):
    """Distributions as targets for PyTorch, which wants them as floats and can ignore none of them."""
    a = _numeric("target", target)
    if a.dtype.kind != "f":
        raise TypeError(
            f"target: class probabilities are floats, got dtype {a.dtype}, shape {a.shape}; "
            "labels have the shape of the logits without the axis of the classes"
        )
    if integer("ignore_index", ignore_index) >= 0:
        raise ValueError(f"ignore_index: {ignore_index} is a class, but target, of shape {a.shape}, holds no labels")
    return distributions(axis=axis, target=target)[0]


def weights(name, value, classes):
    """One finite weight of at least 0 for each class; all 1 for None."""
    if value is None:
        return np.ones(classes)
    a, _ = finite(**{name: value})
    if a.shape != (classes,):
        raise ValueError(f"{name}: shape {a.shape} is not {(classes,)}; there is one weight for each class")
    if (a < 0).any():
        _refuse(name, a, a < 0, "is below 0; a class that must not count has the weight 0")
    return a


def not_empty(**arguments):
    """Arrays with at least one value, as a mean needs it."""
    for name, value in arguments.items():
        if 0 in (shape := given_shape(name, value)):
            raise ValueError(f"{name}: shape {shape} is empty; a mean needs at least one value")


def base(value):
    """The base of a logarithm, a finite number above 1."""
    number = _number("base", value, "leave it out for nats, write 2 for bits")
    if not 1 < number < math.inf:
        raise ValueError(f"base: {value} is not a finite number above 1; use 2 for bits, 10 for hartleys")
    return number


def positive(name, value):
    """A finite number above 0."""
    number = _number(name, value)
    if not 0 < number < math.inf:
        raise ValueError(f"{name}: {value} is not a finite number above 0")
    return number


def between(name, value, low, high):
    """A number strictly between two others."""
    number = _number(name, value)
    if not low < number < high:
        raise ValueError(f"{name}: {value} is not between {low} and {high}, ends excluded")
    return number


def fraction(name, value):
    """A number from 0 to 1, ends included."""
    number = _number(name, value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name}: {value} is outside [0, 1]")
    return number


def integer(name, value):
    """A whole number."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name}: {value!r} is not an integer")
    return value


def reduction(value, **arguments):
    """A reduction by the name that PyTorch gives it. A mean needs something to be the mean of."""
    if value not in ("none", "mean", "sum"):
        raise ValueError(f"reduction: {value!r} is not one of 'none', 'mean', 'sum'")
    if value == "mean":
        not_empty(**arguments)


def _numeric(name, value):
    if _masked(value):
        some = "values in the list" if isinstance(value, list | tuple) else f"values of shape {value.shape}"
        raise TypeError(
            f"{name}: some {some} are masked; leave them out with .compressed(), or fill them in with .filled()"
        )
    try:
        a = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: the rows differ in length; every row needs as many values as the first") from None
    if a.dtype.kind not in "fiub":
        raise TypeError(f"{name}: expected real numbers, got {_shorten(value)} (dtype {a.dtype}, shape {a.shape})")
    return a


def _masked(value):
    """Whether an array, or one of a list of arrays or numbers, has masked values."""
    if isinstance(value, list | tuple):
        return any(isinstance(part, np.ma.MaskedArray) and np.ma.is_masked(part) for part in value)
    return np.ma.is_masked(value)


def _same_shape(arrays):
    (first, a), *others = arrays.items()
    for other, b in others:
        if a.shape != b.shape:
            raise ValueError(
                f"{first} and {other}: shapes {a.shape} and {b.shape} differ; "
                "nothing is broadcast, so reshape or repeat one of them yourself"
            )


def _axis_last(a, axis):
    """The array with this axis last. Side by side, many values are added in pairs, with fewer roundings."""
    return np.ascontiguousarray(np.moveaxis(a, axis, -1))


def _inside(name, a, low, high):
    if not (a.min(initial=high) >= low and a.max(initial=low) <= high):
        _refuse(name, a, ~((a >= low) & (a <= high)), f"is outside [{low}, {high}]")


def _logits(name, a):
    if not a.max(initial=-np.inf) < np.inf:
        _refuse(name, a, ~(a < np.inf), "is not a logit, which is a finite number, or -inf for a probability of 0")


def _rows_sum_to_one(name, a, axis, tolerance):
    if a.ndim == 0:
        raise ValueError(f"{name}: {a} of shape () is one number, not a distribution; for a coin write [p, 1 - p]")
    _has_axis(name, a, axis, "probability")
    totals = np.moveaxis(a, axis, -1) @ np.ones(a.shape[axis])  # several times as fast as .sum() over short rows
    off = np.abs(totals - 1) > tolerance
    if off.any():
        where = "along the last axis" if axis == -1 else f"along axis {axis}"
        raise ValueError(
            f"{name}: {_row(off, a, axis)} sums to {totals[_first(off)]:.10g} instead of 1; "
            f"probabilities lie {where}; divide weights by their sum first"
        )


def _has_axis(name, a, axis, content):
    integer("axis", axis)
    if a.ndim == 0:
        raise ValueError(f"{name}: {a} of shape () is one number; give a row with one {content} for each class")
    if not -a.ndim <= axis < a.ndim:
        raise ValueError(f"axis: {axis} is no axis of {name}, which has the shape {a.shape}")
    if a.shape[axis] == 0:
        where = "its last axis" if axis == -1 else f"axis {axis}"
        raise ValueError(f"{name}: shape {a.shape} has no outcomes along {where}; give at least one {content}")


def _number(name, value, advice="give one number"):
    """A number as a float. What is too great for one counts as infinite."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name}: {value!r} is not a number; {advice}")
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _refuse(name, a, wrong, reason):
    index = _first(wrong)
    raise ValueError(f"{name}: value {a[index]} at index {index} of shape {a.shape} {reason}")


def _row(wrong, a, axis):
    """The first wrong row along an axis in words."""
    index = [str(i) for i in _first(wrong)]
    index.insert(axis % a.ndim, ":")
    return f"the row [{', '.join(index)}] of shape {a.shape}" if a.ndim > 1 else f"the row of shape {a.shape}"


def _first(mask):
    """The index of the first True, as a tuple of plain integers."""
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _shorten(value):
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
