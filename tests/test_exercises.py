"""Each answer is right, each mistake is named, and no other attempt is mistaken."""

import importlib
import inspect
import math
import pkgutil
import re
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import lossviz
from lossviz import exercises, questions
from lossviz.exercises.checker import Exercise
from lossviz.questions.question import Choice, Prediction

EXERCISES = {name: getattr(exercises, name) for name in exercises.__all__}
MISTAKES = [(name, mistake) for name, exercise in EXERCISES.items() for mistake in exercise.mistakes]


def test_every_exercise_and_question_is_offered():
    for package, kinds in [(exercises, Exercise), (questions, (Prediction, Choice))]:
        for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            made = {name for name, value in vars(module).items() if isinstance(value, kinds)}
            assert made == set(getattr(module, "__all__", ())), info.name
            assert made <= set(package.__all__), info.name


@pytest.fixture(params=EXERCISES)
def exercise(request):
    return EXERCISES[request.param]


def test_the_answer_is_right(exercise):
    assert exercise.check(exercise.answer).title == "Right"


def test_the_answer_in_single_precision_is_right(exercise):
    def attempt(*probe):
        return np.float32(exercise.answer(*(np.asarray(x, dtype=np.float32) for x in probe)))

    assert exercise.check(attempt).title == "Right"


@pytest.mark.parametrize(("name", "mistake"), MISTAKES, ids=lambda x: getattr(x, "__name__", x))
def test_each_mistake_is_named(name, mistake):
    reply = EXERCISES[name].check(mistake)
    assert reply.title == "Wrong"
    assert reply.text == " ".join(inspect.getdoc(mistake).split())


def test_the_stub_is_not_started(exercise):
    def not_written(*probe):
        return ...

    for attempt, told in (
        (not_written, "in the place of the three dots"),
        (lambda *p: not_written(*p), "that it calls"),
    ):
        reply = exercise.check(attempt)
        assert reply.title == "Not started"
        assert told in reply.text


def test_another_wrong_attempt_gets_the_input_but_not_the_value(exercise):
    reply = exercise.check(lambda *probe: exercise.answer(*probe) + 0.125)
    assert reply.title == "Wrong"
    assert "which is not right" in reply.text
    first_argument, *_ = inspect.signature(exercise.answer).parameters
    assert f"{first_argument} = " in reply.text
    first = np.asarray(exercise.answer(*exercise.probes[0]))
    assert f"{first.flat[0]:.4f}" not in reply.text.replace(f"{first.flat[0] + 0.125:.4f}", "")


def softmax_of(z, shift, axis=None):
    powers = np.exp(z - shift)
    return powers / powers.sum(axis=axis, keepdims=axis is not None)


def logsumexp_of(z, shift):
    return shift + np.log(np.sum(np.exp(z - shift)))


@pytest.mark.parametrize(
    ("name", "attempt"),
    [
        ("stable_softmax", lambda z: softmax_of(z, z[0])),
        ("stable_softmax", lambda z: softmax_of(z, z[-1])),
        ("stable_softmax", lambda z: softmax_of(z, np.median(z))),
        ("softmax_rows", lambda z: softmax_of(z, z.mean(axis=1, keepdims=True), axis=1)),
        ("softmax_rows", lambda z: softmax_of(z, z[:, :1], axis=1)),
        ("cross_entropy_of_logits", lambda y, z: logsumexp_of(z, z.mean()) - y @ z),
        ("cross_entropy_of_logits", lambda y, z: logsumexp_of(z, z[0]) - y @ z),
        ("mean_cost", lambda w, x, y: np.mean(np.abs(w * x - y)) ** 2),
        ("promise", lambda minutes, late, early: np.quantile(minutes, late / (late + early), method="lower")),
        ("huber", lambda r, d: np.where(np.abs(r) < 2 * d, r**2 / 2, d * (np.abs(r) - d / 2))),
        ("huber", lambda r, d: np.minimum(r**2 / 2, d * np.abs(r))),
        ("squared_loss", lambda y, f: (np.abs(y) - np.abs(f)) ** 2),
        ("pinball", lambda y, f, q: np.where(y - f > q, q * (y - f), (q - 1) * (y - f))),
        ("pinball", lambda y, f, q: np.where(y - f > 0, q * 2, (q - 1) * (y - f))),
        ("cost_per_sample", lambda y, f: np.median(np.sum((y - f) ** 2, axis=1))),
        ("absolute_error", lambda y, f: np.abs(y - np.abs(f))),
        ("cross_entropy_of_logits", lambda y, z: logsumexp_of(z, max(z.max(), 0)) - y @ z),
        ("cross_entropy_of_logits", lambda y, z: logsumexp_of(z, z.min()) - y @ z),
        ("cross_entropy_of_logits", lambda y, z: np.log(np.sum(np.exp(z - z.argmax()))) - y @ z),
        ("hard_max", lambda z: np.eye(len(z))[np.argmax(z[::-1])]),
    ],
)
def test_what_is_right_on_many_inputs_only_is_wrong_and_no_mistake_that_it_is_not(name, attempt):
    reply = EXERCISES[name].check(attempt)
    assert reply.title == "Wrong"
    assert "which is not right" in reply.text


@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_what_is_right_but_rounded_is_told(exercise, decimals):
    reply = exercise.check(lambda *probe: np.round(exercise.answer(*probe), decimals))
    with np.errstate(all="ignore"):
        answers = [exercise.answer(*probe) for probe in exercise.probes]
    if all(np.array_equal(answer, np.round(answer)) for answer in answers):
        assert reply.title == "Right"
    else:
        assert f"It has {decimals} decimal" in reply.text


def test_a_way_without_a_return_is_told_with_its_input():
    def attempt(p):
        if np.all(p < 1):
            return -np.log(p)

    assert (
        exercises.surprise.check(attempt).text
        == "attempt(1.0) returns None: does it come to its end there without a return?"
    )


@pytest.mark.parametrize("small", [1e-15, 1e-9, 1e-6, 1e-3])
def test_a_small_number_in_the_place_of_a_zero_is_told(small):
    assert "infinite" not in exercises.one_hot_loss.check(lambda y, a: np.sum((y - a) ** 2)).text
    told = exercises.perplexity.check(lambda p: np.exp(-np.mean(np.log(p + small)))).text
    assert "where the answer is infinite" in told
    for attempt in (
        lambda p, q: np.sum(p * np.log((p + small) / (q + small))),
        lambda p, q: np.sum(p[p > 0] * np.log(p[p > 0] / np.maximum(q[p > 0], small))),
    ):
        assert "where the answer is infinite" in exercises.kl_with_zeros.check(attempt).text


@pytest.mark.parametrize("attempt", [lambda p: 1e-5 - np.log(p), lambda p: -np.log(p + 1e-5)])
def test_a_result_that_is_shifted_a_little_is_shown_with_more_digits(attempt):
    reply = exercises.surprise.check(attempt)
    shown = float(re.search(r"it returns ([\d.]+),", reply.text)[1])
    assert abs(shown - attempt(exercises.surprise.probes[0][0])) < 1e-8
    assert "near, but not right" in reply.text


def test_a_small_result_is_not_near_another_small_one():
    def attempt(p, q):  # the order of q and m is turned round
        m = (p + q) / 2
        return (lossviz.kl_divergence(p, m) + lossviz.kl_divergence(m, q)) / 2

    assert "near" not in exercises.jensen_shannon.check(attempt).text


class Unreadable:
    """What refuses to become an array, as a tensor of PyTorch does while it records slopes."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("not an array")


@pytest.mark.parametrize(
    ("attempt", "cause"),
    [
        (lambda y, z: max(np.array([0, 1]), 0), "decide about one number"),
        (lambda y, z: 1 if np.array([0, 1]) > 0 else 0, "decide about one number"),
        (lambda y, z: [n for n, m in [(1, 2, 3)]], "zip(p, q) goes along two"),
        (lambda y, z: np.ones(2) + np.ones(3), "do not fit together"),
        (lambda y, z: np.ones(2)[2], "beyond the end"),
        (lambda y, z: np.ones(2)[0.5], "in the brackets does not fit"),
        (lambda y, z: np.ones(2)[:, 0], "in the brackets does not fit"),
        (lambda y, z: np.float64(y)[0], "in the brackets does not fit"),
        (lambda y, z: math.log(np.array([1, 2])), "use np for arrays"),
        (lambda y, z: y + ..., "Three dots still stand"),
        (lambda y, z: (...).sum(), "Three dots still stand"),
        (lambda y, z: np.sum(..., axis=1), "or three dots that still stand there"),
        (lambda y, z: np.ones(2) ^ 2, "two stars"),
        (lambda y, z: 2.0 ^ 2, "two stars"),
        (lambda y, z: 1.0 & (z > 0), "are for conditions"),
        (lambda y, z: np.log(np.ones(2), 2), "is np.log2"),
        (lambda y, z: math.log(0), "outside what math takes"),
        (lambda y, z: [range(p) for p in [np.ones(2)]], "in range()"),
        (lambda y, z: np.where(y > 0, y, ...), "Three dots still stand"),
        (lambda y, z: np.float(y), "spelling"),
        (lambda y, z: np.ones(2) & 1.0, "are for conditions"),
        (lambda y, z: ~np.ones(2), "are for conditions"),
        (lambda y, z: y(z), "is the star of a product missing, or"),
        (lambda y, z: np.max(np.ones(2), np.ones(2)), "np.maximum and np.minimum compare two"),
        (lambda y, z: np.ones(2) @ np.array(...), "One side of @ is a single number"),
        (lambda y, z: __import__("no_such_module"), "not installed"),
        (lambda y, z: exec("from numpy import lg"), "has nothing of this name"),
        (lambda y, z: (0.0).copy(), "A plain number has no methods"),
        (lambda y, z: sys.exit(), "raised SystemExit."),
        (lambda y, z: [0.5], "without brackets around it"),
        (lambda y, z: (0.5,), "without a comma behind it"),
        (lambda y, z: 1j, "of the kind complex"),
        (lambda y, z: np.array([None, 1.0]), "of the kind ndarray"),
        (lambda y, z: "0" * 200, "000 ... of the kind str"),
        (lambda y, z: Unreadable(), "of the kind Unreadable"),
        (lambda y, z: np.ones(3), "returns shape (3,); one number is asked for"),
    ],
)
def test_the_cause_of_a_failure_is_told(attempt, cause):
    assert cause in exercises.stable_bce.check(attempt).text


def test_a_list_in_the_place_of_a_number_is_taken_as_what_it_holds():
    assert "one for each outcome" in exercises.entropy.check(lambda p: [-x * np.log(x) for x in p]).text
    assert "shape (21,); one number is asked for" in exercises.train.check(lambda *probe: [0.5] * 21).text


def test_a_list_is_refused_where_an_array_is_asked_for():
    assert "It returns a list. An array is asked for" in exercises.hard_max.check(lambda z: [1, 0, 0]).text


def test_every_kind_of_number_is_taken():
    for kind in (Fraction, Decimal, np.float32, np.longdouble):
        assert exercises.bits.check(lambda nats, kind=kind: _of_kind(kind, nats / np.log(2))).title == "Right", kind
    assert exercises.ceiling.check(lambda k: int(1e300)).title == "Wrong"


def _of_kind(kind, value):
    return np.vectorize(kind, otypes=[object])(value) if np.ndim(value) else kind(value)


def test_wrong_use_is_told(exercise):
    def no_return(*probe):
        exercise.answer(*probe)

    def broken(*probe):
        raise ZeroDivisionError("division by zero")

    def too_early(*probe):
        result = result + 1  # noqa: F821
        return result

    assert "before it is given a value" in exercise.check(too_early).text
    assert "without calling it" in exercise.check(0.5).text
    assert "is there a return in front of the result?" in exercise.check(no_return).text
    assert "broken(" in exercise.check(broken).text
    assert "ZeroDivisionError" in exercise.check(broken).text
    assert "axis=-1" in exercise.check(lambda *probe: np.sum(np.ones(2), axis=7)).text
    assert "Which input makes the divisor 0?" in exercise.check(broken).text
    assert "spelling" in exercise.check(lambda *probe: exercise.answr).text
    assert "returns a list" in exercise.check(lambda *probe: [1.0]).text
    assert "returns a tuple" in exercise.check(lambda *probe: (1.0,)).text
    assert "a number or an array" in exercise.check(lambda *probe: "0.5").text
    assert "a number or an array" in exercise.check(lambda *probe: {1, 2}).text
    assert "shape (2, 2)" in exercise.check(lambda *probe: np.zeros((2, 2))).text


@pytest.mark.parametrize("by", [0.5, 1e-9])
def test_changing_the_input_is_told_and_does_no_harm(by):
    def attempt(p):
        p += by
        return 1.0

    assert "changes its argument" in exercises.entropy.check(attempt).text
    assert exercises.entropy.check(exercises.entropy.answer).title == "Right"


def test_sorting_in_place_is_told_before_the_none_that_it_returns():
    attempt = lambda minutes, late, early: minutes.sort()  # noqa: E731
    assert "np.sort(x) gives one" in exercises.promise.check(attempt).text


def test_an_endless_loop_can_be_interrupted(exercise):
    def attempt(*probe):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercise.check(attempt)


def test_hints_come_one_at_a_time(exercise):
    titles = [exercise.hint().title for _ in range(len(exercise.hints) + 1)]
    total = len(exercise.hints)
    assert titles == [f"Hint {min(i, total)} of {total}" for i in range(1, total + 2)]


def test_the_solution_runs_as_shown(exercise):
    title, _, code = repr(exercise.solution()).partition(".\n")
    namespace = {"np": np}
    exec(code, namespace)
    assert exercise.check(namespace[exercise.answer.__name__]).title == "Right"
    assert title == "One solution"
    assert code == inspect.getsource(exercise.answer).rstrip()


def test_the_task_is_shown(exercise):
    shown = repr(exercise).replace("\n", " ")
    assert " ".join(inspect.getdoc(exercise.answer).split()) in shown
    assert shown.endswith(f"Arguments: {', '.join(inspect.signature(exercise.answer).parameters)}.")


def test_the_answers_are_the_librarys():
    p = np.array([0.5, 0.2, 0.2, 0.1])
    assert exercises.surprise.answer(0.3) == pytest.approx(lossviz.self_information(0.3), rel=1e-15)
    assert exercises.entropy.answer(p) == pytest.approx(lossviz.entropy(p), rel=1e-15)
    assert exercises.entropy_with_zeros.answer(np.append(p, 0)) == pytest.approx(lossviz.entropy(p), rel=1e-15)
    assert exercises.bits.answer(lossviz.entropy(p)) == pytest.approx(lossviz.entropy(p, base=2), rel=1e-15)
    assert exercises.ceiling.answer(5) == pytest.approx(lossviz.entropy([0.2] * 5, base=2), rel=1e-15)
