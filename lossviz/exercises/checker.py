"""The checker: what a learner's function gets told, and the one class behind every exercise."""

import inspect
import textwrap
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np

WIDTH = 100


@dataclass(frozen=True)
class Reply:
    """What an exercise answers: a title such as "Right", and a text."""

    title: str
    text: str

    def __repr__(self):
        lines = (textwrap.fill(line, WIDTH) for line in f"{self.title}. {self.text}".splitlines())
        return "\n".join(lines)


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
    """

    answer: callable
    probes: list
    mistakes: list
    hints: list
    _hints_given: int = field(default=0, init=False)

    def __repr__(self):
        return repr(Reply("Exercise", inspect.getdoc(self.answer)))

    def check(self, attempt):
        """Tell whether a function is right, wrong (and what the mistake is), or not started."""
        if not callable(attempt):
            return Reply("Wrong", "Give the function itself to check(), without calling it.")
        results = []
        for probe in self.probes:
            result, problem = _attempt(attempt, probe)
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
        return all(_same(result, _quietly(function, probe)) for result, probe in zip(results, self.probes, strict=True))

    def _first_difference(self, results):
        for probe, result in zip(self.probes, results, strict=True):
            expected = _quietly(self.answer, probe)
            if np.shape(result) != np.shape(expected):
                return Reply(
                    "Wrong",
                    f"For {_named(self.answer, probe)} it returns shape {np.shape(result)}; "
                    f"shape {np.shape(expected)} is asked for.",
                )
            if not _same(result, expected):
                return Reply(
                    "Wrong",
                    f"For {_named(self.answer, probe)} it returns {_short(result)}, which is not right. "
                    "Work this one out by hand, or ask for .hint().",
                )
        raise AssertionError("results that agree with the answer on every probe are right")


def _attempt(attempt, probe):
    """The attempt's result on a probe and None, or None and the reply that says why there is no result."""
    given = deepcopy(probe)
    try:
        result = _quietly(attempt, given)
    except Exception as error:
        called = f"{getattr(attempt, '__name__', 'it')}({', '.join(map(_short, probe))})"
        return None, Reply("Wrong", f"{called} raised {type(error).__name__}: {error}")
    if result is ...:
        return None, Reply("Not started", "Put your formula in the place of the three dots, and run the cell again.")
    if result is None:
        return None, Reply("Wrong", "It returns None: the result needs a return in front of it; print() only shows it.")
    if not all(_same(a, b) for a, b in zip(given, probe, strict=True)):
        return None, Reply("Wrong", "It changes its argument. Compute on a copy and leave the input as it is.")
    if _kind(result) not in "fiub":
        return None, Reply("Wrong", f"It returns {_short(result)}; a number or an array of numbers is asked for.")
    return np.asarray(result, dtype=float), None


def _kind(result):
    """NumPy's letter for the kind of values, "O" for rows that differ in length."""
    try:
        return np.asarray(result).dtype.kind
    except ValueError:
        return "O"


def _quietly(function, arguments):
    with np.errstate(all="ignore"):
        return function(*arguments)


def _same(a, b):
    """Equal up to float32 rounding, nan equal to nan."""
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-5, atol=1e-7, equal_nan=True)


def _named(function, arguments):
    names = inspect.signature(function).parameters
    return ", ".join(f"{name} = {_short(value)}" for name, value in zip(names, arguments, strict=True))


def _short(value):
    text = np.array2string(value, precision=4, separator=", ") if isinstance(value, np.ndarray) else repr(value)
    return textwrap.shorten(text, 80)


def _one_line(function):
    return " ".join(inspect.getdoc(function).split())
