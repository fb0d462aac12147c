"""What the drawings of cross-entropy draw, by the data of their artists, and what the lesson claims."""

from functools import partial

import numpy as np
import pytest
from artists import drawn, heights

import lossviz
from lossviz import exercises
from lossviz.drawings import likelihood
from lossviz.drawings.palette import brief

PS = [0, 0.2, 0.5, 0.7, 1]


def _accuracy(predictions):
    """The share of the three pictures, a dog, a pig and a cat, whose class has the largest probability."""
    return np.mean([row[label] == max(row) for row, label in zip(predictions, [1, 2, 0], strict=True)])


@pytest.mark.parametrize("p", PS)
@pytest.mark.parametrize("q", [0.01, 0.3, 0.5, 0.7, 0.99])
@pytest.mark.parametrize("unit", ["nats", "bits"])
def test_cross_entropy_is_the_floor_and_the_divergence_stacked_on_it(p, q, unit):
    (ax, stack), sentence = drawn(likelihood.cross_entropy_split, p=p, q=q, unit=unit)
    base = likelihood.BASES[unit]
    curve, floor, extra, truth, dot = ax.lines
    lower, upper = stack.patches
    total = lossviz.cross_entropy([p, 1 - p], [q, 1 - q], base=base)
    assert lower.get_height() == upper.get_y() == floor.get_ydata()[0] == truth.get_ydata()[0]
    assert lower.get_height() == pytest.approx(lossviz.entropy([p, 1 - p], base=base))
    assert dot.get_xdata()[0] == q
    assert upper.get_y() + upper.get_height() <= 3 + 1e-12
    if total < 2.9:
        assert upper.get_y() + upper.get_height() == pytest.approx(total)
        assert dot.get_ydata()[0] == pytest.approx(np.interp(q, *curve.get_data()), abs=5e-3)
        assert list(extra.get_ydata()) == [floor.get_ydata()[0], dot.get_ydata()[0]]
        assert dot.get_marker() == "o"
    assert min(curve.get_ydata()) >= floor.get_ydata()[0] - 1e-12
    assert (f"{total:.3f} {unit}" in sentence) or (p == q and "floor" in sentence)


@pytest.mark.parametrize(("p", "q", "infinite"), [(0.7, 0, True), (0.7, 1, True), (0, 1, True), (1, 1, False)])
def test_the_split_says_infinity_where_the_model_rules_out_what_comes(p, q, infinite):
    (_, stack), sentence = drawn(likelihood.cross_entropy_split, p=p, q=q, unit="nats")
    assert ("infinite" in sentence) == infinite == bool(len(stack.lines[1].get_xdata()))


@pytest.mark.parametrize("p", PS)
@pytest.mark.parametrize("q", [0, 0.01, 0.04, 0.3, 0.7, 1])
def test_the_labels_of_the_stack_stay_apart_and_inside(p, q):
    (_, stack), _ = drawn(likelihood.cross_entropy_split, p=p, q=q, unit="bits")
    places = [text.get_position()[1] for text in stack.texts]
    assert np.diff(places).min() >= 0.5 - 1e-9
    assert places[0] >= 0.2
    assert places[-1] <= 2.75


def test_only_the_true_class_counts():
    sentences = {drawn(likelihood.one_hot, true="cat", cat=0.4, share=s)[1].partition(" That")[0] for s in (0, 0.3, 1)}
    assert len(sentences) == 1
    assert f"{lossviz.self_information(0.4):.3f} nats" in sentences.pop()


@pytest.mark.parametrize("true", likelihood.CLASSES)
@pytest.mark.parametrize(("cat", "share"), [(0.3, 0.6), (0.0, 0.2), (0.9, 0.5)])
def test_the_dot_is_the_surprise_at_the_filled_bar(true, cat, share):
    (ax, loss), _ = drawn(likelihood.one_hot, true=true, cat=cat, share=share)
    a = heights(ax.patches)
    assert sum(a) == pytest.approx(1)
    assert a[:2] == pytest.approx([cat, (1 - cat) * share])
    (filled,) = [i for i, bar in enumerate(ax.patches) if bar.get_facecolor()[:3] != (1, 1, 1)]
    assert likelihood.CLASSES[filled] == true
    dot = loss.lines[2]
    assert dot.get_xdata()[0] == a[filled]
    surprise = lossviz.self_information(a[filled])
    assert dot.get_ydata()[0] == pytest.approx(surprise if surprise <= 4 else 0.96 * 4)
    assert (dot.get_marker() == "^") == (surprise > 4)


def test_dragging_a_bar_of_the_dog_changes_its_share_of_the_rest():
    from matplotlib.figure import Figure

    update = likelihood.one_hot(Figure())
    update(true="dog", cat=0.2, share=0.5)
    dog = next(handle for handle in update.handles if handle.y == "share")
    assert dog.to(1, 0.6)[1] == pytest.approx(0.75)
    update(true="dog", cat=1, share=0.5)
    assert dog.to(1, 0.0)[1] == 0.5


@pytest.mark.parametrize("y", [0, 0.3, 0.5, 0.8, 1])
@pytest.mark.parametrize("a", [0.05, 0.3, 0.5, 0.9])
def test_the_dots_of_the_binary_loss_lie_on_its_curve_and_on_its_slope(y, a):
    (ax, slopes), sentence = drawn(likelihood.binary_loss, y=y, a=a)
    curve, least, dot = ax.lines[2], ax.lines[4], ax.lines[5]
    assert dot.get_ydata()[0] == pytest.approx(np.interp(a, *curve.get_data()), abs=5e-3)
    h = 1e-6
    slope = (lossviz.binary_cross_entropy(y, a + h) - lossviz.binary_cross_entropy(y, a - h)) / (2 * h)
    if abs(slope) < 11:
        assert slopes.lines[3].get_ydata()[0] == pytest.approx(slope, abs=1e-4)
    assert least.get_xdata()[0] == y
    assert list(slopes.lines[2].get_xdata()) == ([y] if 0 < y < 1 else [])
    assert least.get_ydata()[0] == pytest.approx(lossviz.entropy([y, 1 - y]))
    assert least.get_ydata()[0] <= min(curve.get_ydata()) + 1e-12
    assert a == y or f"{lossviz.binary_cross_entropy(y, a):.3f} nats" in sentence


@pytest.mark.parametrize(
    ("y", "a", "words"),
    [
        (1, 0, "certain and wrong: the loss is infinite, and its slope is infinite too, downwards"),
        (0, 1, "certain and wrong: the loss is infinite, and its slope is infinite too, upwards"),
        (0.5, 1, "certain, and the label is not: the loss is infinite"),
        (1, 1, "certain and right: the loss is 0, and its slope is -1"),
        (0, 0, "certain and right: the loss is 0, and its slope is +1"),
        (0.3, 0.3, "at its least, 0.611 nats, the entropy of the label"),
    ],
)
def test_the_binary_loss_says_what_is_special(y, a, words):
    assert words in drawn(likelihood.binary_loss, y=y, a=a)[1].replace("which is ", "")


def test_the_learners_binary_loss_is_drawn_or_told():
    (ax, _), sentence = drawn(partial(likelihood.binary_loss, mine=lambda y, a: -y * np.log(a)), y=0.5, a=0.4)
    x, own = ax.lines[3].get_data()
    assert len(x) > 100
    assert own == pytest.approx(-0.5 * np.log(x))
    assert sentence.endswith("the least, at a = y, is 0.693.")
    (ax, _), sentence = drawn(partial(likelihood.binary_loss, mine=lambda y, a: ...), y=0.5, a=0.4)
    assert not len(ax.lines[3].get_xdata())
    assert "three dots" in sentence


def test_the_two_models_have_the_losses_and_the_accuracy_of_the_lesson():
    for model, losses, mean in (
        (likelihood.MODEL_1, [0.9163, 0.9163, 2.3026], 1.3784),
        (likelihood.MODEL_2, [0.3567, 0.3567, 1.2040], 0.6391),
    ):
        single = lossviz.categorical_cross_entropy(likelihood.TRUE_CLASSES, model)
        assert single.round(4).tolist() == losses
        assert round(single.mean(), 4) == mean
        assert [np.sum(row == row.max()) for row in model] == [1, 1, 1], "no tie decides an answer"
        assert _accuracy(model) == pytest.approx(2 / 3)


@pytest.mark.parametrize("mix", [-1, -0.5, 0, 0.4, 1, 1.09, 1.1, 2])
def test_the_dots_of_the_two_models_are_the_mean_loss_and_the_accuracy_of_the_bars(mix):
    axes, sentence = drawn(likelihood.two_models, mix=mix)
    named = {ax.get_ylabel(): ax for ax in axes}
    a = np.array([heights(ax.patches) for ax in axes if len(ax.patches) == 3])
    assert a.sum(axis=1) == pytest.approx([1, 1, 1])
    mean = lossviz.categorical_cross_entropy([1, 2, 0], a).mean()
    loss, right = named["mean loss in nats"].lines[1], named["accuracy"].lines[1]
    assert loss.get_ydata()[0] == pytest.approx(mean if mean <= 2.6 else 0.96 * 2.6)
    assert right.get_ydata()[0] == pytest.approx(_accuracy(a))
    said = lossviz.categorical_cross_entropy([1, 2, 0], a)
    assert [ax.texts[0].get_text() for ax in axes[:3]] == [f"loss {brief(x)}" for x in said]
    assert named["mean loss in nats"].texts[0].get_text() == brief(mean)
    assert ("infinite" in sentence) == (mix == -1)
    assert ("3 of 3" in sentence) == (mix > 1 + 1 / 11)


def test_the_accuracy_jumps_once_and_stands_still_elsewhere():
    rights = [likelihood._scores(likelihood._mixed(mix))[1] for mix in np.linspace(-1, 2, 301)]
    assert rights[0] == pytest.approx(2 / 3)
    assert np.count_nonzero(np.diff(rights)) == 1


def test_the_loss_falls_and_climbs_from_model_1_to_certainty_and_only_falls_to_the_labels():
    losses = np.array([likelihood._scores(likelihood._mixed(mix))[0] for mix in np.linspace(-1, 2, 301)])
    least = losses[:101].argmin()
    assert 0 < least < 100
    assert (np.diff(losses[: least + 1]) < 0).all()
    assert (np.diff(losses[least:101]) > 0).all()
    assert (np.diff(losses[100:]) < 0).all()


def test_the_same_accuracy_allows_any_gap_of_the_mean_losses_unless_it_is_1():
    for tiny in (1e-2, 1e-20, 1e-200):
        confident = np.array([[0, 1, 0], [0, 0, 1], [tiny, 1 - tiny, 0]])
        assert _accuracy(confident) == _accuracy(likelihood.MODEL_2) == pytest.approx(2 / 3)
        assert lossviz.categorical_cross_entropy([1, 2, 0], confident).mean() == pytest.approx(-np.log(tiny) / 3)
    even = np.full((3, 3), 1 / 3)
    assert _accuracy(even) == 1
    assert lossviz.categorical_cross_entropy([1, 2, 0], even).mean() == pytest.approx(np.log(3))


@pytest.mark.parametrize("p", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("a", [0.2, 0.3, 0.4, 0.5, 0.7, 0.8])
def test_the_number_at_a_dot_turns_away_from_the_line_at_the_truth(p, a):
    axes, _ = drawn(likelihood.proper_score, p=p, a=a)
    for ax in axes:
        value_note = ax.texts[1]
        assert (value_note.get_ha() == "right") == (a < p) or value_note.xy[1] < 0.15 * ax.get_ylim()[1]
        beside = a - 0.1 if value_note.get_ha() == "right" else a + 0.1
        climb = np.interp(beside, *ax.lines[0].get_data()) - value_note.xy[1]
        up = value_note.get_position()[1]
        assert climb < 1e-3 + (up - 7) * ax.get_ylim()[1] / 190 if up > 0 else climb > -1e-3


@pytest.mark.parametrize("p", [0, 0.2, 0.5, 0.7, 1])
@pytest.mark.parametrize("a", [0.1, 0.5, 0.9])
def test_the_log_score_is_least_at_the_truth_and_the_absolute_error_at_an_end(p, a):
    (log, absolute), sentence = drawn(likelihood.proper_score, p=p, a=a)
    draws = np.array([1.0, 0.0])
    for ax, loss in ((log, lossviz.binary_cross_entropy), (absolute, lambda y, a: np.abs(y - a))):
        curve, _, least, dot = ax.lines
        expected = np.array([p, 1 - p]) @ loss(draws, np.full(2, a))
        top = ax.get_ylim()[1]
        assert dot.get_ydata()[0] == pytest.approx(expected if expected <= top else 0.96 * top)
        assert least.get_ydata()[0] <= min(curve.get_ydata()) + 1e-12
    assert log.lines[2].get_xdata()[0] == p
    assert absolute.lines[2].get_xdata()[0] in (0, 1)
    assert absolute.lines[2].get_visible() == (p != 0.5)
    assert ("every statement costs the same" in sentence) == (p == 0.5)


def test_the_log_score_is_strictly_proper_and_the_absolute_error_is_not():
    grid = np.linspace(0, 1, 1001)
    for p in np.linspace(0.01, 0.99, 99):
        log = lossviz.binary_cross_entropy(np.full(1001, p), grid)
        assert grid[log.argmin()] == pytest.approx(p)
        assert np.count_nonzero(log <= log.min()) == 1
        if abs(p - 0.5) > 1e-9:
            assert grid[(p * (1 - grid) + (1 - p) * grid).argmin()] in (0, 1)


def test_the_answers_of_the_exercises_are_the_librarys():
    rng = np.random.default_rng(3)
    Y, A = rng.dirichlet([1, 1, 1], 5), rng.dirichlet([1, 1, 1], 5)
    labels = rng.integers(0, 3, 5)
    answer = {name: getattr(exercises, name).answer for name in exercises.likelihood.__all__}
    losses = lossviz.categorical_cross_entropy(Y, A)
    assert answer["cross_entropy"](Y[0], A[0]) == pytest.approx(lossviz.cross_entropy(Y[0], A[0]))
    assert answer["batch_cross_entropy"](Y, A) == pytest.approx(losses.mean())
    assert answer["binary_cross_entropy"](Y, A) == pytest.approx(lossviz.binary_cross_entropy(Y, A))
    for label, a in zip(labels, A, strict=True):
        assert answer["one_hot_loss"](np.eye(3)[label], a) == pytest.approx(lossviz.categorical_cross_entropy(label, a))
    y = np.array([1, 0, 0, 1, 1])
    assert answer["log_likelihood"](y, 0.3) == pytest.approx(-lossviz.binary_cross_entropy(y, np.full(5, 0.3)).sum())


def test_equivalent_code_is_right():
    assert exercises.one_hot_loss.check(lambda y, a: -np.log(a[np.argmax(y)])).title == "Right"
    assert exercises.batch_cross_entropy.check(lambda Y, A: -(Y * np.log(A)).sum() / len(A)).title == "Right"
    assert exercises.batch_cross_entropy.check(lambda Y, A: -(Y * np.log(A)).mean(axis=0).sum()).title == "Right"
    assert exercises.log_likelihood.check(lambda y, a: np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))).title == "Right"


def test_the_printed_losses_are_cut_off_and_not_rounded():
    for model, printed in (
        (likelihood.MODEL_1, [0.91, 0.91, 2.30, 1.37]),
        (likelihood.MODEL_2, [0.35, 0.35, 1.20, 0.63]),
    ):
        losses = lossviz.categorical_cross_entropy(likelihood.TRUE_CLASSES, model)
        ours = np.array([*losses, losses.mean()])
        assert (np.trunc(100 * ours) / 100).tolist() == printed
        assert np.count_nonzero(ours.round(2) != printed) == 3


def test_a_row_that_sums_to_more_than_1_is_refused():
    with pytest.raises(ValueError, match=r"sums to 1\.1 instead of 1"):
        lossviz.categorical_cross_entropy([1], [[0.3, 0.4, 0.4]])
