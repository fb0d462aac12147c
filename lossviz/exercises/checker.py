"""The checker: what a learner's function gets told, and the one class behind every exercise."""

import inspect
import re
import textwrap
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np

WIDTH = 100
DOTS_HERE = "Put your formula in the place of the three dots, and run the cell again."
DOTS_ELSEWHERE = "A function that it calls is not written yet, or its cell was not run again: there stand three dots."
DOTS_INSIDE = "Three dots still stand in it, or in a function that it calls."
NO_RETURN = "is there a return in front of the result? print() only shows it, and a branch without a return gives None."

# What an exception of a learner's function usually comes from: its kind, what its message says, and the cause. The
# first that fits is told.
CAUSES = [
    (UnboundLocalError, "", "A variable is used before it is given a value."),
    (
        NameError,
        "",
        "A name is used that nothing has been given to: look for a slip in its spelling, or a missing np or import.",
    ),
    ((AttributeError, TypeError), "ellipsis", DOTS_INSIDE),
    (
        AttributeError,
        "",
        "There is nothing of this name behind the dot: look for a slip in its spelling. A plain number has no methods "
        "of an array.",
    ),
    (TypeError, r"\^|bitwise_xor", "A power is written with two stars: x**2."),
    (TypeError, "bitwise|invert|[&|~]:", "&, | and ~ are for conditions: (y == 1) & ~(a > 0.5)."),
    (
        TypeError,
        "not callable",
        "What stands before the brackets is no function: is the star of a product missing, or has a variable taken its "
        "name?",
    ),
    (
        TypeError,
        "scalar index",
        "One whole number is asked for: as an index, in range(), or as the axis behind the comma of np.sum(x, 1) and "
        "np.max(x, 1). np.maximum and np.minimum compare two arrays.",
    ),
    (TypeError, "return arrays", "np.log takes one array; the logarithm to base 2 is np.log2."),
    (TypeError, "converted to Python scalar", "Functions of math, and float(), take one number: use np for arrays."),
    (
        TypeError,
        "",
        "A value is of another kind than the operation takes, or a call has too many or too few arguments.",
    ),
    (ZeroDivisionError, "", "A plain Python number is divided by 0. Which input makes the divisor 0?"),
    (
        np.exceptions.AxisError,
        "of dimension 0",
        "What has no axis is one number, or three dots that still stand there.",
    ),
    (
        np.exceptions.AxisError,
        "",
        "The array has fewer axes than that; the last one is axis=-1, however many there are.",
    ),
    (
        IndexError,
        "out of",
        "An index is beyond the end of an array. Indices start at 0 and end at the length minus 1.",
    ),
    (
        IndexError,
        "",
        "What stands in the brackets does not fit: an array takes one integer for each of its axes, or conditions of "
        "its own shape; a plain number takes none.",
    ),
    (KeyError, "", "Something is looked up by a key that is not there."),
    (RecursionError, "", "The function calls itself without end."),
    (OverflowError, "", "A number is too large for the operation; np.exp gives infinity where math.exp raises."),
    (
        ValueError,
        "truth value",
        "if, and, or, max() and min() decide about one number, and this is an array: use np.where, &, |, np.maximum "
        "and np.minimum.",
    ),
    (ValueError, "enough dimensions", "One side of @ is a single number, or three dots that still stand there."),
    (
        ValueError,
        "unpack",
        "The names before =, or between for and in, are more or fewer than the values for them: zip(p, q) goes along "
        "two arrays.",
    ),
    (ValueError, "math domain|expected a", "The number is outside what math takes; np.log gives minus infinity at 0."),
    (ValueError, "", "The shapes of two arrays do not fit together, or a value is outside what the operation takes."),
    (ModuleNotFoundError, "", "A module of this name is not installed: look for a slip in its spelling."),
    (ImportError, "", "The module has nothing of this name: look for a slip in its spelling."),
]


@dataclass(frozen=True)
class Reply:
    """What an exercise answers: a title such as "Right", and a text, which may have lines of code under it."""

    title: str
    text: str

    def __repr__(self):
        words, *code = f"{self.title}. {self.text}".splitlines()
        return "\n".join([textwrap.fill(words, WIDTH), *code])


@dataclass
class Exercise:
    """A function for the learner to write.

    Parameters
    ----------
    answer : callable
        A solution. Its docstring is the task.
    probes : list of tuples
        The arguments an attempt is tried with.
    mistakes : list of callables
        Wrong versions of the answer. The docstring of each is the advice to whoever made it: an
        attempt that agrees with it on every probe has made it.
    hints : list of str
        From a nudge to nearly the answer; `hint` gives one at a time.

    Attributes
    ----------
    verdicts : list of str
        The titles of the replies that `check` has given so far.
    """

    answer: callable
    probes: list
    mistakes: list
    hints: list
    verdicts: list = field(default_factory=list, init=False, repr=False)
    _hints_given: int = field(default=0, init=False)

    def __repr__(self):
        names = ", ".join(inspect.signature(self.answer).parameters)
        return repr(Reply("Exercise", f"{_one_line(self.answer)} Arguments: {names}."))

    @property
    def solved(self):
        """Whether an attempt was right."""
        return "Right" in self.verdicts

    def check(self, attempt):
        """Tell whether a function is right, wrong (and what the mistake is), or not started."""
        reply = self._judge(attempt)
        self.verdicts.append(reply.title)
        return reply

    def _judge(self, attempt):
        if not callable(attempt):
            return Reply("Wrong", "Give the function itself to check(), without calling it.")
        results = []
        for probe in self.probes:
            result, problem = _attempt(attempt, probe, np.shape(_quietly(self.answer, probe)), first=not results)
            if problem:
                return problem
            results.append(result)
        if self._agrees(self.answer, results):
            return Reply("Right", f"It is right on all {len(self.probes)} inputs tried.")
        for mistake in self.mistakes:
            if self._agrees(mistake, results):
                return Reply("Wrong", _one_line(mistake))
        return self._first_difference(results)

    def hint(self):
        """Give the next hint; after the last one, the last again."""
        self._hints_given = min(self._hints_given + 1, len(self.hints))
        return Reply(f"Hint {self._hints_given} of {len(self.hints)}", self.hints[self._hints_given - 1])

    def solution(self):
        """Show one way to write it."""
        return Reply("One solution", "\n" + inspect.getsource(self.answer))

    def _agrees(self, function, results):
        """Whether the function gives these results on the probes."""
        return _on_all(_same, results, [_quietly(function, probe) for probe in self.probes])

    def _first_difference(self, results):
        answers = [_quietly(self.answer, probe) for probe in self.probes]
        cases = list(zip(self.probes, results, answers, strict=True))
        for probe, result, expected in cases:
            if np.shape(result) != np.shape(expected):
                form, asked = _form(np.shape(result)), _form(np.shape(expected))
                return self._wrong(probe, f"{form}; {asked} is asked for.")
        for decimals in range(1, 7):
            if _on_all(_equal, results, [np.round(answer, decimals) for answer in answers]):
                places = f"{decimals} decimal{'s' * (decimals > 1)}"
                return Reply(
                    "Wrong",
                    f"It has {places} of the answer only: is it rounded, or searched on a grid? Return all digits.",
                )
        finite = [(result, expected) for _, result, expected in cases if np.isfinite(expected).all()]
        if all(np.allclose(*pair, rtol=0.05, atol=0.01) for pair in finite):
            for probe, result, expected in cases:
                if np.isinf(expected).any() and np.isfinite(result).all():
                    told = f"{_short(result)}, where the answer is infinite. "
                    cause = "Is a 0 left out, or does a number stand in for a 0 or for infinity?"
                    return self._wrong(probe, told + cause)
        probe, result, expected = next(case for case in cases if not _same(*case[1:]))
        if np.allclose(result, expected, rtol=1e-3, atol=1e-5):
            told = f"{_short(result, digits=8)}, which is near, but not right. "
            return self._wrong(probe, told + "Is something rounded, searched on a grid, or a small number added?")
        told = f"{_short(result)}, which is not right. Work this one out by hand, or ask for .hint()."
        return self._wrong(probe, told)

    def _wrong(self, probe, told):
        return Reply("Wrong", f"For {_named(self.answer, probe)} it returns {told}")


def _attempt(attempt, probe, shape, first):
    """The attempt's result on a probe and None, or None and the reply that says why there is no result.

    The shape is that of the answer; the probe is the first or not.
    """
    given = deepcopy(probe)
    called = f"{getattr(attempt, '__name__', 'it')}({', '.join(map(_short, probe))})"
    try:
        result = _quietly(attempt, given)
    except (Exception, SystemExit) as error:
        told = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": .")
        return None, Reply("Wrong", f"{called} raised {told}. {_cause(error)}".rstrip())
    if result is ...:
        return None, Reply("Not started", DOTS_HERE if _has_dots(attempt) else DOTS_ELSEWHERE)
    if not all(np.array_equal(a, b) for a, b in zip(given, probe, strict=True)):
        advice = "Compute on a copy and leave the input as it is: np.sort(x) gives one, x.sort() sorts x itself."
        return None, Reply("Wrong", f"It changes its argument. {advice}")
    if result is None and first:
        return None, Reply("Wrong", f"It returns None: {NO_RETURN}")
    if result is None:
        return None, Reply("Wrong", f"{called} returns None: does it come to its end there without a return?")
    if "Ellipsis" in _short(result):
        return None, Reply("Wrong", f"It returns {_short(result)}. {DOTS_INSIDE}")
    if isinstance(result, list | tuple) and (shape or len(result) == 1):
        advice = (
            "An array is asked for: keep to np functions, or use np.array(...)."
            if shape
            else "One number is asked for, without brackets around it and without a comma behind it."
        )
        return None, Reply("Wrong", f"It returns a {type(result).__name__}. {advice}")
    numbers = _numbers(result)
    if numbers is None:
        kind = type(result).__name__
        return None, Reply(
            "Wrong",
            f"It returns {_short(result)} of the kind {kind}; a number or an array of real numbers is asked for.",
        )
    return numbers, None


def _cause(error):
    """What an exception usually comes from, or nothing."""
    fitting = (cause for kind, said, cause in CAUSES if isinstance(error, kind) and re.search(said, str(error)))
    return next(fitting, "")


def _numbers(result):
    """A result as an array of floats, in its own precision, or None if it holds something else than real numbers."""
    try:
        values = np.asarray(result.detach() if hasattr(result, "detach") else result)  # PyTorch's, with its slopes
        if values.dtype.kind == "O":
            values = np.array([float(value) for value in values.flat]).reshape(values.shape)
        return values if values.dtype.kind == "f" else values.astype(float) if values.dtype.kind in "iub" else None
    except Exception:  # whatever kind of object it is
        return None


def _quietly(function, arguments):
    with np.errstate(all="ignore"):
        return function(*arguments)


def _has_dots(function):
    """Whether three dots stand in a function itself; of what shows no code it is taken to be so."""
    code = getattr(function, "__code__", None)
    return code is None or ... in code.co_consts


def _on_all(alike, results, others):
    """Whether all pairs have one shape and are alike."""
    return all(np.shape(a) == np.shape(b) and alike(a, b) for a, b in zip(results, others, strict=True))


def _same(a, b):
    """Equal up to what another way of computing rounds, in the precision of the result; nan equal to nan."""
    rtol, atol = (1e-7, 1e-10) if a.dtype.itemsize >= 8 else (1e-5, 1e-7)
    return np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def _equal(a, b):
    return np.allclose(a, b, rtol=0, atol=1e-12, equal_nan=True)


def _named(function, arguments):
    names = inspect.signature(function).parameters
    return ", ".join(f"{name} = {_short(value)}" for name, value in zip(names, arguments, strict=True))


def _form(shape):
    return f"shape {shape}" if shape else "one number"


def _short(value, digits=4):
    text = np.array2string(value, precision=digits, separator=", ") if isinstance(value, np.ndarray) else repr(value)
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:76]} ..."


def _one_line(function):
    return " ".join(inspect.getdoc(function).split())
