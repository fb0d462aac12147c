"""A function of the learner's in a drawing: its values, or one sentence that says why there are none."""

import numpy as np


def caption(look, values, ax):
    """What is written of a learner's line in axes: how it looks, or why it is not seen."""
    if values is None or np.isnan(values).all():
        return "yours: not drawn"
    low, high = ax.get_ylim()
    return f"{look}: yours" if ((low <= values) & (values <= high)).any() else "yours: outside the picture"


def tried(mine, *arguments):
    """Call a learner's function on arrays of one shape.

    Returns
    -------
    values : array of that shape, or None
    complaint : str, empty or one sentence
    """
    name, shape = getattr(mine, "__name__", "mine"), np.shape(arguments[0])
    try:
        with np.errstate(all="ignore"):
            values = mine(*(np.array(argument, dtype=float) for argument in arguments))
    except Exception as error:
        return None, f"{name} raised {type(error).__name__}: {error}."
    if values is ...:
        return None, f"{name} is not written yet: put your formula in the place of the three dots."
    if values is None:
        return None, f"{name} returns None: the result needs a return in front of it."
    try:
        values = np.asarray(values)
    except Exception:  # whatever kind of object it is
        values = np.array(None)
    if values.dtype.kind not in "fiub":
        return None, f"{name} does not return numbers; an array of numbers is asked for."
    if values.shape != shape:
        return None, f"{name} returns shape {values.shape} for arguments of shape {shape}; one value each is asked for."
    return values.astype(float), ""
