"""Each answer is right, each mistake is named, and no other attempt is mistaken."""

import inspect

import numpy as np
import pytest

import lossviz
from lossviz import exercises

EXERCISES = {name: getattr(exercises, name) for name in exercises.__all__}
MISTAKES = [(name, mistake) for name, exercise in EXERCISES.items() for mistake in exercise.mistakes]


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
    assert exercise.check(lambda *probe: ...).title == "Not started"


def test_another_wrong_attempt_gets_the_input_but_not_the_value(exercise):
    reply = exercise.check(lambda *probe: exercise.answer(*probe) + 0.125)
    assert reply.title == "Wrong"
    assert "which is not right" in reply.text
    first_argument, *_ = inspect.signature(exercise.answer).parameters
    assert f"{first_argument} = " in reply.text
    first = np.asarray(exercise.answer(*exercise.probes[0]))
    assert f"{first.flat[0]:.4f}" not in reply.text.replace(f"{first.flat[0] + 0.125:.4f}", "")


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
    assert "return" in exercise.check(no_return).text
    assert "broken(" in exercise.check(broken).text
    assert "ZeroDivisionError" in exercise.check(broken).text
    assert "axis=-1" in exercise.check(lambda *probe: np.sum(probe[0], axis=7)).text
    assert "Which input makes the divisor 0?" in exercise.check(broken).text
    assert "spelling" in exercise.check(lambda *probe: exercise.answr).text
    assert "returns a list" in exercise.check(lambda *probe: [1.0, 2.0]).text
    assert "returns a tuple" in exercise.check(lambda *probe: (1.0, 2.0)).text
    assert "a number or an array" in exercise.check(lambda *probe: "0.5").text
    assert "a number or an array" in exercise.check(lambda *probe: {1, 2}).text
    assert "shape (2, 2)" in exercise.check(lambda *probe: np.zeros((2, 2))).text


def test_changing_the_input_is_told_and_does_no_harm():
    def attempt(p):
        p[0] = 0
        return 1.0

    assert "changes its argument" in exercises.entropy.check(attempt).text
    assert exercises.entropy.check(exercises.entropy.answer).title == "Right"


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
    assert " ".join(inspect.getdoc(exercise.answer).split()) in repr(exercise).replace("\n", " ")


def test_the_answers_are_the_librarys():
    p = np.array([0.5, 0.2, 0.2, 0.1])
    assert exercises.surprise.answer(0.3) == pytest.approx(lossviz.self_information(0.3), rel=1e-15)
    assert exercises.entropy.answer(p) == pytest.approx(lossviz.entropy(p), rel=1e-15)
    assert exercises.entropy_with_zeros.answer(np.append(p, 0)) == pytest.approx(lossviz.entropy(p), rel=1e-15)
    assert exercises.bits.answer(lossviz.entropy(p)) == pytest.approx(lossviz.entropy(p, base=2), rel=1e-15)
    assert exercises.ceiling.answer(5) == pytest.approx(lossviz.entropy([0.2] * 5, base=2), rel=1e-15)
