"""The line at the end of a lesson."""

from copy import deepcopy

from lossviz import exercises, progress, questions
from lossviz.record import Record


def fresh(item):
    """A copy that has been neither asked nor answered nor checked."""
    copy = deepcopy(item)
    for done in ("answers", "verdicts"):
        if hasattr(copy, done):
            getattr(copy, done).clear()
    return copy


def test_nothing_is_done_before_something_is_answered():
    asked = {name: fresh(getattr(questions, name)) for name in ("three_heads", "relabelled")}
    checked = {"surprise": fresh(exercises.surprise)}
    checked["surprise"].check(lambda p: ...)
    assert repr(Record(asked, checked)) == "Predicted 0 of 1, answered 0 of 1, solved 0 of 1."


def test_what_went_wrong_is_to_be_tried_again_until_it_is_right():
    heads, relabelled, surprise = map(fresh, (questions.three_heads, questions.relabelled, exercises.surprise))
    record = Record({"three_heads": heads, "relabelled": relabelled}, {"surprise": surprise})
    heads.answers.append(9.0)
    relabelled.answers.append(next(choice for choice in relabelled.replies if choice != relabelled.right))
    surprise.check(lambda p: p)
    assert repr(record) == (
        "Predicted 1 of 1, answered 1 of 1, solved 0 of 1. "
        "Try again: questions.three_heads, questions.relabelled, exercises.surprise."
    )
    heads.answers.append(3.0)
    relabelled.answers.append(relabelled.right)
    surprise.check(surprise.answer)
    assert repr(record) == "Predicted 1 of 1, answered 1 of 1, solved 1 of 1."


def test_an_answer_that_was_shown_is_no_prediction():
    heads = fresh(questions.three_heads)
    heads.answers.append(None)
    assert repr(Record({"three_heads": heads}, {})).startswith("Predicted 0 of 1")


def test_only_what_was_put_in_this_session_counts(monkeypatch):
    for name in questions.__all__:
        monkeypatch.setattr(getattr(questions, name), "asked", False)
    for name in exercises.__all__:
        monkeypatch.setattr(getattr(exercises, name), "verdicts", [])
    assert repr(progress()) == "Predicted 0 of 0, answered 0 of 0, solved 0 of 0."
    questions.three_heads._repr_mimebundle_()
    exercises.bits.check(lambda nats: ...)
    assert repr(progress()) == "Predicted 0 of 1, answered 0 of 0, solved 0 of 1."
