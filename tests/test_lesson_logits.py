"""What the drawings of the softmax lesson draw, by the data of their artists, and what the lesson claims."""

import math
import re
from functools import partial

import numpy as np
import optional
import pytest
from artists import drawn, heights, read
from matplotlib.figure import Figure

import lossviz
from lossviz import exercises, explorers
from lossviz.drawings import logits
from lossviz.drawings.palette import number

Z = np.array([3.0, 1.0, -3.0])


def texts(ax):
    return [note.get_text() for note in ax.texts]


@pytest.mark.parametrize("truth", logits.CLASSES)
@pytest.mark.parametrize(("dog", "shift", "temperature"), [(1, 0, 1), (-4.3, 2.5, 0.5), (3, -3, 5)])
def test_the_gradient_is_softmax_minus_the_dashes(dog, shift, temperature, truth):
    (z, a, surprises, gradient), sentence = drawn(
        logits.softmax_bars, dog=dog, shift=shift, temperature=temperature, truth=truth
    )
    assert heights(z.patches) == pytest.approx([3 + shift, dog + shift, -3 + shift])
    assert heights(a.patches) == pytest.approx(lossviz.softmax([3, dog, -3], temperature=temperature))
    dashes = [line.get_ydata()[0] for line in a.lines]
    assert dashes == [float(name == truth) for name in logits.CLASSES]
    difference = np.subtract(heights(a.patches), dashes) / temperature
    assert heights(gradient.patches) == pytest.approx(difference)
    assert sum(heights(gradient.patches)) == pytest.approx(0, abs=1e-12)
    loss = -math.log(heights(a.patches)[logits.CLASSES.index(truth)])
    assert f"loss is {number(loss, 'nats')}" in sentence
    assert ("shift" in sentence) == (shift != 0)
    assert ("equal logits" in sentence) == (dog == 3)
    strong = [bar.get_alpha() for bar in surprises.patches].index(1)
    assert logits.CLASSES[strong] == truth


def test_the_gradient_with_a_temperature_is_the_slope_of_the_loss():
    figure = Figure()
    update = logits.softmax_bars(figure)
    for temperature in logits.MILD_TEMPERATURES:
        update(dog=1, shift=0, temperature=temperature, truth="dog")
        gradient = figure.axes[3]

        def loss(z, temperature=temperature):
            return lossviz.softmax_cross_entropy(1, z / temperature)

        slopes = [(loss(Z + 1e-6 * e) - loss(Z - 1e-6 * e)) / 2e-6 for e in np.eye(3)]
        assert heights(gradient.patches) == pytest.approx(slopes, abs=1e-7)


@pytest.mark.parametrize("dog", [-5, 5])
@pytest.mark.parametrize("shift", [-3, 3])
def test_every_bar_of_softmax_and_its_number_are_whole_in_the_picture(dog, shift):
    explorer = explorers.softmax_bars(dog, shift, temperature=min(logits.MILD_TEMPERATURES), truth="pig")
    panels = explorer.screen.figure.axes
    assert heights(panels[2].patches) == [
        lossviz.softmax_cross_entropy(k, np.array([3.0, dog, -3]) / 0.5) for k in range(3)
    ]
    for ax in panels:
        for artist in [*ax.patches, *ax.texts]:
            low, high = artist.get_window_extent().intervaly
            assert ax.bbox.y0 <= low <= high <= ax.bbox.y1


@pytest.mark.parametrize("shift", [-3.0, 0.0, 2.5])
def test_the_dogs_bar_is_dragged_by_its_top_whatever_the_shift(shift):
    update = logits.softmax_bars(Figure())
    update(dog=1.0, shift=shift, temperature=1, truth="cat")
    (handle,) = update.handles
    assert handle.y == "dog"
    assert handle.to(1, 2.0 + shift)[1] == pytest.approx(2.0)


@pytest.mark.parametrize("temperature", logits.TEMPERATURES)
@pytest.mark.parametrize("dog", [-2, 1, 3, 3.1, 8])
def test_hard_max_and_softmax_at_every_temperature(dog, temperature):
    (z, hard, soft, share), sentence = drawn(logits.hard_and_soft, dog=dog, temperature=temperature)
    assert heights(z.patches) == [3, dog, -3]
    assert heights(hard.patches) == list(lossviz.hardmax([3, dog, -3]))
    near = min(max(temperature, 1e-3), 1e9)
    assert heights(soft.patches) == pytest.approx(lossviz.softmax([3, dog, -3], temperature=near), abs=1e-8)
    assert f"arg max = {np.argmax([3, dog, -3])}" in texts(hard)
    curve, dot = share.lines[-2:]
    x, y = dot.get_xdata()[0], dot.get_ydata()[0]
    assert (x, y) == (dog, heights(soft.patches)[1])
    if temperature > 0:
        assert y == pytest.approx(np.interp(x, *curve.get_data()), abs=1e-12)
    assert ("tie" in sentence) == (dog == 3)


def test_a_cold_softmax_is_the_hard_max_unless_two_tie():
    rows = np.array([[3.0, 1, -3], [3, 3, -3], [2, 2, 2]])
    assert logits.at_temperature(rows, 0).tolist() == [[1, 0, 0], [0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]]
    assert np.all(logits.at_temperature(rows, math.inf) == 1 / 3)


@pytest.mark.parametrize("dtype", logits.DTYPES)
def test_the_two_formulas_are_computed_in_their_type(dtype):
    figure = Figure()
    update = logits.overflow(figure)
    _, textbook, shifted = figure.axes
    for largest in logits.LARGEST:
        sentence = update(largest=largest, dtype=dtype)
        assert heights(shifted.patches) == pytest.approx(lossviz.softmax(Z), abs=1e-3)
        with np.errstate(all="ignore"):
            powers = np.exp((largest + Z - 3).astype(dtype))
            values = powers / powers.sum()
        assert heights(textbook.patches) == pytest.approx(np.nan_to_num(values.astype(float)), abs=1e-6)
        assert texts(textbook).count("nan") == np.isnan(values).sum()
        assert ("no number" in sentence) == np.isnan(values).any()
        assert ("is right" in sentence) == np.allclose(values.astype(float), lossviz.softmax(Z), atol=5e-3)


@pytest.mark.parametrize(
    ("dtype", "last_right", "first_nan"), [("float16", 10, 12), ("float32", 88, 89), ("float64", 709, 710)]
)
def test_the_filled_stretch_ends_where_the_sum_overflows(dtype, last_right, first_nan):
    (line, _, _), _ = drawn(logits.overflow, largest=3, dtype=dtype)
    y = {"float16": 2, "float32": 1, "float64": 0}[dtype]
    ends = [bar.get_x() + bar.get_width() for bar in line.patches if bar.get_y() + 0.25 == y and not bar.get_hatch()]
    assert max(ends) == pytest.approx(float(np.log(np.finfo(dtype).max)) - math.log(np.exp(Z - 3).sum()), abs=0.1)
    assert last_right < max(ends) < first_nan
    assert {last_right, first_nan} <= set(logits.LARGEST)


def test_at_eleven_float16_gives_zeros_without_nan():
    (_, textbook, _), sentence = drawn(logits.overflow, largest=11, dtype="float16")
    assert heights(textbook.patches) == [0, 0, 0]
    assert texts(textbook) == ["0", "0", "0"]
    assert "their sum is more than 65,504" in sentence


def test_the_learners_softmax_is_tried_in_the_chosen_type():
    seen = []

    def mine(z):
        seen.append(z.dtype)
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()

    (*_, yours), sentence = drawn(partial(logits.overflow, mine=mine), largest=100, dtype="float32")
    assert seen == [np.float32]
    assert heights(yours.patches) == pytest.approx(lossviz.softmax(Z), abs=1e-6)
    assert sentence.endswith("Yours gives 0.879, 0.119 and 0.002.")


def test_a_stub_is_told_in_the_picture_of_the_overflow():
    (line, *_, yours), sentence = drawn(partial(logits.overflow, mine=lambda z: ...), largest=12, dtype="float16")
    assert heights(yours.patches) == [0, 0, 0]
    assert "not written yet" in sentence
    assert "yours cannot be drawn: see below" in texts(line)
    assert explorers.overflow(mine=np.exp).call == "explorers.overflow(largest=12, dtype='float16', mine=exp)"


def test_what_is_beyond_the_bars_has_a_mark_in_its_place_and_a_number_in_the_sentence():
    (*_, yours), sentence = drawn(partial(logits.overflow, mine=np.exp), largest=12, dtype="float32")
    assert texts(yours) == ["▲", "▲", "▲"]
    assert heights(yours.patches) == [logits.HIGHEST] * 3
    assert sentence.endswith("Yours gives 1.63e+05, 2.2e+04 and 403.429.")
    (*_, yours), sentence = drawn(partial(logits.overflow, mine=lambda z: -z), largest=3, dtype="float32")
    assert texts(yours) == ["▼", "−1.00", "▲"]
    assert sentence.endswith("gives -3.000, -1.000 and 3.000.")


SETTINGS = [(3.0, 0, 0.0), (0.5, 1, 0.25), (5.0, 2, 0.5), (2.0, 3, 0.1), (1.0, 4, 0.0)]


@pytest.mark.parametrize(("weight", "ignored", "smoothing"), SETTINGS)
@pytest.mark.parametrize("reduction", logits.REDUCTIONS)
def test_numerator_is_the_area_and_denominator_the_width(weight, ignored, smoothing, reduction):
    setting = {"weight": weight, "ignored": ignored, "smoothing": smoothing, "reduction": reduction}
    (ax, side), sentence = drawn(logits.torch_cross_entropy, **setting)
    boxes = [box for box in ax.patches if box.get_visible()]
    area = sum(box.get_width() * box.get_height() for box in boxes)
    width = sum(box.get_width() for box in boxes)
    labels = [*logits.TARGETS[: 4 - ignored], *[-100] * ignored]
    options = {"weight": [1, 1, weight], "label_smoothing": smoothing}
    assert area == pytest.approx(lossviz.torch_cross_entropy(logits.BATCH, labels, reduction="sum", **options))
    numerator, denominator, result = read(side)
    assert numerator == f"numerator (area) = {area:.3f}"
    assert denominator.startswith(f"denominator (width) = {width:g}")
    mean = lossviz.torch_cross_entropy(logits.BATCH, labels, **options)
    (line,) = ax.lines
    if reduction == "mean":
        assert result.endswith("nan" if ignored == 4 else f"{mean:.3f}")
        assert ("not a number" in sentence) == np.isnan(mean) == (ignored == 4)
    if reduction == "mean" and ignored < 4:
        assert area / width == pytest.approx(mean)
        assert list(line.get_ydata()) == pytest.approx([mean, mean])
        assert list(line.get_xdata()) == [0, width]
    else:
        assert len(line.get_xdata()) == 0


@pytest.mark.parametrize(("weight", "ignored", "smoothing"), SETTINGS)
@pytest.mark.parametrize("reduction", logits.REDUCTIONS)
def test_the_line_of_pytorch_gives_the_same(weight, ignored, smoothing, reduction):
    torch = optional.library("torch")
    setting = {"weight": weight, "ignored": ignored, "smoothing": smoothing, "reduction": reduction}
    (_, side), sentence = drawn(logits.torch_cross_entropy, **setting)
    result = re.split(" = |: ", read(side)[-1])[-1]
    rows = [text for text in side.texts if text.get_family() == ["monospace"]]
    line = "\n".join(row.get_text() for row in sorted(rows, key=lambda row: -row.get_position()[1]))
    names = {"F": torch.nn.functional, "tensor": torch.tensor, "logits": torch.tensor(logits.BATCH)}
    values = np.ravel(eval(line, names).numpy())
    shown = [float(word) for word in result.strip("[]").split(", ")]
    assert shown == pytest.approx(values, abs=6e-4, nan_ok=True)
    assert np.isnan(shown).any() or ", ".join(f"{value:.3f}" for value in shown) in sentence


@pytest.mark.parametrize("classes", logits.COUNTS)
def test_the_double_softmax_is_that_of_the_library_and_stays_within_one_nat(classes):
    floor = math.log(1 + (classes - 1) / math.e)
    figure = Figure()
    update = logits.double_softmax(figure)
    ax, _ = figure.axes
    for margin in (-8, -5.9, -1.3, 0, 6, 12):
        sentence = update(margin=margin, classes=classes)
        z = np.array([margin, *[0.0] * (classes - 1)])
        right = lossviz.softmax_cross_entropy(0, z)
        double = lossviz.softmax_cross_entropy(0, lossviz.softmax(z))
        assert floor < double < floor + 1
        dots = ax.lines[-2:]
        assert dots[1].get_ydata()[0] == pytest.approx(double)
        assert dots[0].get_ydata()[0] == pytest.approx(right if right <= 6 else 0.96 * 6)
        assert dots[0].get_marker() == ("o" if dots[0].get_ydata()[0] == pytest.approx(right) else "^")
        assert f"{double:.4f} nats" in sentence
        assert f"floor of {floor:.4f}" in sentence


@pytest.mark.parametrize("classes", logits.COUNTS)
def test_the_slopes_are_those_of_the_losses(classes):
    margin = np.linspace(-8, 12, 41)
    above, below = (logits.double_softmax_loss(margin + h, classes) for h in (1e-5, -1e-5))
    slopes = logits.double_softmax_slope(margin, classes)
    for slope, high, low in zip(slopes, above, below, strict=True):
        assert slope == pytest.approx((high - low) / 2e-5, abs=1e-8)


def test_probabilities_as_logits_cost_the_floor_to_one_nat_more():
    rng = np.random.default_rng(0)
    for K in (2, 3, 10):
        floor = math.log(1 + (K - 1) / math.e)
        a = np.concatenate([rng.dirichlet(np.full(K, 0.2), 1000), np.eye(K)])
        losses = lossviz.softmax_cross_entropy(np.zeros(len(a), int), a)
        assert losses.min() == pytest.approx(floor)
        assert losses.max() == pytest.approx(floor + 1)


def test_the_answers_of_the_lesson_are_the_librarys():
    rng = np.random.default_rng(0)
    z, labels = rng.normal(0, 3, (5, 4)), np.array([0, 3, 1, 1, 2])
    y, weight, kept = np.eye(4)[labels], np.array([1, 2, 0.5, 3]), np.array([1, 1, 0, 1, 1])[:, np.newaxis]
    for row in z:
        assert exercises.hard_max.answer(row) == pytest.approx(lossviz.hardmax(row))
        assert exercises.softmax.answer(row) == pytest.approx(lossviz.softmax(row))
        assert exercises.stable_softmax.answer(1000 * row) == pytest.approx(lossviz.softmax(1000 * row))
    assert exercises.softmax_rows.answer(z) == pytest.approx(lossviz.softmax(z))
    losses = lossviz.softmax_cross_entropy(labels, z)
    assert [exercises.cross_entropy_of_logits.answer(*pair) for pair in zip(y, z, strict=True)] == pytest.approx(losses)
    gradient = lossviz.torch_cross_entropy_gradient(z, labels)
    assert exercises.softmax_gradient.answer(y, z) == pytest.approx(gradient)
    ignored = np.where(kept[:, 0], labels, -100)
    mean = lossviz.torch_cross_entropy(z, ignored, weight=weight)
    assert exercises.weighted_cross_entropy.answer(y * kept, losses, weight) == pytest.approx(mean)
    smoothed = lossviz.torch_cross_entropy(z, exercises.smoothed_labels.answer(y, 0.2))
    assert smoothed == pytest.approx(lossviz.torch_cross_entropy(z, labels, label_smoothing=0.2))


def test_equivalent_code_is_called_right():
    def one_line(y, z):
        return -np.sum(y * (z - np.logaddexp.reduce(z)))

    def by_average(y, losses, weight):
        return np.average(losses[y.any(axis=1)], weights=weight[y.argmax(axis=1)][y.any(axis=1)])

    def by_transpose(z):
        powers = np.exp(z.T - z.max(axis=1))
        return (powers / powers.sum(axis=0)).T

    assert exercises.cross_entropy_of_logits.check(one_line).title == "Right"
    assert exercises.weighted_cross_entropy.check(by_average).title == "Right"
    assert exercises.softmax_rows.check(by_transpose).title == "Right"
    assert exercises.hard_max.check(lambda z: np.arange(len(z)) == z.argmax()).title == "Right"
    assert exercises.smoothed_labels.check(lambda y, s: y - s * (y - 1 / y.shape[1])).title == "Right"
    assert exercises.stable_softmax.check(lambda z: np.exp(z - np.logaddexp.reduce(z))).title == "Right"


def test_the_claims_about_softmax_hold():
    rng = np.random.default_rng(1)
    z = rng.normal(0, 4, (200, 5))
    assert lossviz.softmax(z + 7) == pytest.approx(lossviz.softmax(z))
    assert np.all(lossviz.softmax(z).argmax(axis=1) == z.argmax(axis=1))
    assert np.all(lossviz.softmax(lossviz.softmax(z)).argmax(axis=1) == z.argmax(axis=1))
    assert lossviz.log_softmax(lossviz.log_softmax(z)) == pytest.approx(lossviz.log_softmax(z))
    top = z.max(axis=1)
    assert np.all((top <= lossviz.logsumexp(z)) & (lossviz.logsumexp(z) <= top + math.log(5)))
    assert lossviz.softmax(z[:, :2])[:, 0] == pytest.approx(lossviz.sigmoid(z[:, 0] - z[:, 1]))
    labels = rng.integers(0, 5, 200)
    assert lossviz.softmax_cross_entropy_gradient(labels, z).sum(axis=1) == pytest.approx(np.zeros(200), abs=1e-12)


def test_one_class_in_the_batch_makes_its_weight_cancel():
    labels = [2, 2, 2, 2]
    means = [lossviz.torch_cross_entropy(logits.BATCH, labels, weight=[1, 1, w]) for w in (1, 5)]
    assert means[0] == pytest.approx(means[1])


def test_the_number_of_the_true_class_does_not_hide_its_dash():
    figure = Figure()
    update = logits.softmax_bars(figure)
    for dog in (1, 4, 4.6, 5):
        update(dog=dog, shift=0, temperature=1, truth="dog")
        share, place = figure.axes[1].patches[1].get_height(), figure.axes[1].texts[1].xy[1]
        assert place == (share if share < 0.9 else 1)


def test_a_move_draws_only_the_rows_of_the_call_that_have_changed():
    moved = explorers.torch_cross_entropy()
    moved.put({"weight": 2.0})
    drawn_anew = [artist.get_text() for artist in moved.screen._lifted if hasattr(artist, "get_text")]
    assert "  weight=tensor([1., 1., 2.])," in drawn_anew
    assert "  ignore_index=-100," not in drawn_anew
    assert '  reduction="mean")' not in drawn_anew
