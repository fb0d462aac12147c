"""Choosing a loss: what the drawings draw, and what the lesson claims about its small data sets."""

from functools import partial
from itertools import combinations

import numpy as np
import pytest
from artists import drawn, heights, read
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import lossviz
from lossviz import exercises, questions
from lossviz.drawings import choosing
from lossviz.drawings.palette import LOSSES

SEEDS = range(21)
SHARES = np.round(np.linspace(0, 1, 101), 2)


def mean_loss(loss, w, x, y):
    return choosing.JUDGES[loss](y, w[0] + w[1] * x).mean()


def test_sensor_and_household_are_the_same_numbers_with_other_new_data():
    sensor, household = choosing.line_data("sensor", 3), choosing.line_data("household", 3)
    for before, after in zip(sensor[:3], household[:3], strict=True):
        assert np.array_equal(before, after)
    assert sensor[3] == pytest.approx(10 + 2 * sensor[2], abs=1e-12)
    assert np.mean(household[3] - sensor[3]) == pytest.approx(0.15 * 17.5, abs=0.4)


@pytest.mark.parametrize("data", choosing.SCENARIOS)
@pytest.mark.parametrize("seed", SEEDS)
def test_all_points_lie_inside_the_picture(data, seed):
    x, y, _, _ = choosing.line_data(data, seed)
    assert min(x.min(), y.min()) >= 0
    assert x.max() <= 10
    assert y.max() < 60


@pytest.mark.parametrize("data", choosing.SCENARIOS)
@pytest.mark.parametrize("loss", choosing.LINES)
def test_no_other_line_has_a_smaller_mean_loss_on_the_training_data(data, loss):
    """A loss is convex in the line, so it is enough that no small step lowers it."""
    x, y, _, _ = choosing.line_data(data, 4)
    w = choosing.best_line(x, y, loss)
    least = mean_loss(loss, w, x, y)
    for size in (1e-4, 1e-2, 1):
        for angle in np.linspace(0, 2 * np.pi, 60):
            assert mean_loss(loss, w + size * np.array([np.cos(angle), np.sin(angle) / 5]), x, y) >= least


def test_the_line_of_the_absolute_error_is_the_cheapest_through_two_points():
    x, y, _, _ = choosing.line_data("deliveries", 2)
    lines = []
    for i, j in combinations(range(len(x)), 2):
        slope = (y[j] - y[i]) / (x[j] - x[i])
        lines.append((lossviz.mae(y, y[i] + slope * (x - x[i])), y[i] - slope * x[i], slope))
    assert choosing.best_line(x, y, "absolute error") == pytest.approx(min(lines)[1:])


def test_the_price_of_a_promise_is_ten_quantile_losses():
    _, _, x_new, y_new = choosing.line_data("deliveries", 5)
    promised = 10 + 3 * x_new
    quantile_loss = lossviz.quantile_loss(y_new, promised, quantile=0.9).mean()
    assert choosing.price(y_new, promised) == pytest.approx(10 * quantile_loss)
    assert choosing.price([10.0, 10.0], [8.0, 12.0]) == pytest.approx((9 * 2 + 1 * 2) / 2)


def test_the_best_losses_of_the_scenarios_as_the_lesson_counts_them():
    def wins(data):
        return [sum(choosing.cheapest(data, seed) == loss for seed in SEEDS) for loss in choosing.LINES]

    assert wins("sensor")[0] == wins("sensor")[3] == 0
    assert wins("household")[0] == 20
    assert wins("deliveries") == [0, 0, 0, 21]
    assert choosing.cheapest("household", 15) == "quantile"


@pytest.mark.parametrize(("delta", "wins"), [(2, 5), (0.3, 15)])
def test_on_the_sensor_huber_is_ahead_of_the_absolute_error_or_behind_by_its_delta(delta, wins):
    gradient = partial(lossviz.huber_gradient, delta=delta)
    ahead = 0
    for seed in SEEDS:
        x, y, x_new, truth, lines = choosing._fitted("sensor", seed)
        huber, absolute = choosing._descended(x, y, gradient, rate=0.5, steps=1500), lines["absolute error"]
        ahead += lossviz.rmse(truth, huber[0] + huber[1] * x_new) < lossviz.rmse(
            truth, absolute[0] + absolute[1] * x_new
        )
    assert ahead == wins


@pytest.mark.parametrize("data", choosing.SCENARIOS)
@pytest.mark.parametrize("loss", choosing.LINES)
def test_line_and_bars_of_the_chosen_loss(data, loss):
    (ax, costs_ax), sentence = drawn(choosing.choose_loss, data=data, loss=loss, seed=7)
    x, y, x_new, y_new = choosing.line_data(data, 7)
    w = choosing.best_line(x, y, loss)
    points, other, line = ax.lines
    assert points.get_xydata() == pytest.approx(np.stack([x, y], axis=1))
    assert line.get_ydata() == pytest.approx([w[0], w[0] + 10 * w[1]])
    assert not other.get_visible()
    scenario = choosing.SCENARIOS[data]
    cost = scenario["measure"](y_new, w[0] + w[1] * x_new)
    assert heights(costs_ax.patches)[choosing.LINES.index(loss)] == pytest.approx(min(1, cost / scenario["top"]))
    assert f"{cost:.2f} {scenario['unit']}" in sentence
    assert ("the least of the four" in sentence) == (choosing.cheapest(data, 7) == loss)


def test_a_bar_beyond_the_picture_is_marked():
    (_, costs_ax), _ = drawn(choosing.choose_loss, data="sensor", loss="Huber", seed=1)
    assert list(costs_ax.lines[0].get_xdata()) == [3]
    assert heights(costs_ax.patches)[3] == 1


def with_mine(mine, **setting):
    figure = Figure()
    sentence = choosing.choose_loss(figure, mine)(**setting)
    return figure.axes, sentence


def test_a_learners_gradient_of_the_squared_error_finds_the_line_of_least_squares():
    (ax, costs_ax), sentence = with_mine(lossviz.squared_error_gradient, data="household", loss="squared error", seed=2)
    _, other, line = ax.lines
    assert other.get_visible()
    assert other.get_ydata() == pytest.approx(line.get_ydata())
    assert heights(costs_ax.patches)[4] == pytest.approx(heights(costs_ax.patches)[0])
    assert "600 steps down your slope lead to a line" in sentence


@pytest.mark.parametrize(
    ("mine", "complaint"),
    [
        (lambda y_true, y_pred: ..., "is not written yet"),
        (lambda y_true, y_pred: y_true - y_pred, "check its sign"),
        (lambda y_true, y_pred: 1.0, "returns shape ()"),
        (lambda y_true, y_pred: 1 / 0, "ZeroDivisionError"),
        (lambda y_true, y_pred: 20 * (y_pred - y_true), "leads descent away"),
    ],
)
def test_a_learners_gradient_that_does_not_work_is_told_and_the_rest_is_drawn(mine, complaint):
    (ax, costs_ax), sentence = with_mine(mine, data="deliveries", loss="quantile", seed=1)
    assert complaint in sentence
    assert not ax.lines[1].get_visible()
    assert heights(costs_ax.patches)[4] == 0
    assert heights(costs_ax.patches)[3] > 0


@pytest.mark.parametrize("data", choosing.SCENARIOS)
@pytest.mark.parametrize("seed", SEEDS)
def test_on_the_training_data_every_judge_prefers_the_line_of_its_own_loss(data, seed):
    x, y, _, _, lines = choosing._fitted(data, seed)
    for judge in choosing.LINES:
        costs = {loss: mean_loss(judge, w, x, y) for loss, w in lines.items()}
        assert costs[judge] == min(costs.values())


def test_the_groups_of_bars_are_the_costs_relative_to_the_cheapest():
    panels, sentence = drawn(choosing.cost_of_a_choice, data="deliveries", on="new data", seed=1)
    _, _, x, y, lines = choosing._fitted("deliveries", 1)
    for ax, judge in zip(panels, choosing.LINES, strict=True):
        costs = np.array([mean_loss(judge, w, x, y) for w in lines.values()])
        bars = [path.get_extents() for path in ax.collections[0].get_paths()]
        assert [bar.y1 for bar in bars] == pytest.approx(np.minimum(costs / costs.min(), 3))
        assert [(bar.x0 + bar.x1) / 2 for bar in bars] == pytest.approx(range(4))
        cheapest = ax.collections[0].get_facecolor()[costs.argmin()]
        assert to_hex(cheapest) == LOSSES[choosing.LINES[costs.argmin()]]["color"]
    assert "each of the four judges finds the line of its own loss the cheapest" in sentence
    _, sentence = drawn(choosing.cost_of_a_choice, data="sensor", on="new data", seed=1)
    assert "by the squared error, that of the absolute error; by" in sentence
    assert "only 1 of the four judges prefers the line of its own loss" in sentence


@pytest.mark.parametrize("weight", choosing.WEIGHTS)
def test_the_logistic_fit_has_no_slope_left(weight):
    x, y = choosing.patients(2000)
    w = choosing.fit_logistic(x, y, weight)
    slope = np.where(y == 1, weight, 1) * lossviz.binary_cross_entropy_with_logits_gradient(y, w[0] + w[1] * x)
    assert [slope.mean(), (slope * x).mean()] == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize(("weight", "threshold", "miss"), [(1, 0.5, 20), (1, 0, 5), (20, 1, 100), (5, 0.3, 1)])
def test_misses_alarms_and_cost_of_a_threshold_by_counting(weight, threshold, miss):
    panels, sentence = drawn(choosing.rare_disease, weight=weight, threshold=threshold, miss=miss)
    w = choosing.fit_logistic(*choosing.patients(2000), weight)
    x, y = choosing.patients(20000, seed=1)
    alarm = lossviz.sigmoid(w[0] + w[1] * x) >= threshold
    missed, false = 1000 * np.mean((y == 1) & ~alarm), 1000 * np.mean((y == 0) & alarm)
    cost = 1000 * exercises.expected_cost.answer(y, alarm.astype(float), miss, 1)
    assert cost == pytest.approx(miss * missed + false)
    assert f"{missed:.2f} are ill and missed and {false:.2f} get a false alarm" in sentence
    assert f"an accuracy of {np.mean(alarm == y):.3f}" in sentence
    (costs_ax,) = [ax for ax in panels if ax.get_xlabel() == "threshold"]
    dashed, curve, dot = costs_ax.lines
    assert set(dashed.get_xdata()) == {weight / (weight + miss)}
    assert np.interp(threshold, *curve.get_data()) == pytest.approx(cost)
    assert np.ravel(dot.get_data()) == pytest.approx([threshold, cost])
    assert ("Everyone gets an alarm" in sentence, "Nobody gets an alarm" in sentence) == (
        threshold == 0,
        threshold == 1,
    )


def test_a_probability_equal_to_the_threshold_is_an_alarm():
    missed, false = choosing._misses_and_alarms(np.array([0.5]), np.array([0.5]), np.array([0.5, 0.6]))
    assert (list(missed), list(false)) == ([0, 0.5], [0.5, 0])


@pytest.mark.parametrize("miss", choosing.MISSES)
@pytest.mark.parametrize("weight", choosing.WEIGHTS)
def test_the_dashed_threshold_costs_hardly_more_than_the_cheapest(weight, miss):
    w = choosing.fit_logistic(*choosing.patients(2000), weight)
    x, y = choosing.patients(20000, seed=1)
    q = lossviz.sigmoid(w[0] + w[1] * x)

    def cost(threshold):
        return np.mean(miss * y * (q < threshold) + (1 - y) * (q >= threshold))

    assert cost(weight / (weight + miss)) < 1.05 * min(map(cost, SHARES))


def test_weights_multiply_the_odds_and_leave_the_decision():
    p = np.linspace(0.001, 0.999, 999)
    grid = np.linspace(1e-4, 1 - 1e-4, 20001)
    for risk in (0.02, 0.05, 0.4):
        loss = -20 * risk * np.log(grid) - (1 - risk) * np.log(1 - grid)
        assert grid[loss.argmin()] == pytest.approx(20 * risk / (20 * risk + 1 - risk), abs=1e-4)
    q = 20 * p / (20 * p + 1 - p)
    assert np.array_equal(q >= 0.5, p >= 1 / 21)


def slope_of(loss, labels, z):
    """The gradient of a class loss of one sample by central differences."""
    y = np.eye(3)[labels]
    target = 0.7 * y + 0.1

    def value(z):
        a = lossviz.softmax(z)
        return {
            "cross-entropy": lossviz.softmax_cross_entropy(y, z),
            "label smoothing": lossviz.softmax_cross_entropy(target, z),
            choosing.BOUNDED: 1 - (a * y).sum(axis=-1),
        }[loss]

    return np.stack([(value(z + 1e-6 * e) - value(z - 1e-6 * e)) / 2e-6 for e in np.eye(3)], axis=-1)


@pytest.mark.parametrize("loss", choosing.CLASS_LOSSES)
def test_the_gradients_of_the_class_losses(loss):
    z, labels = np.array([[0.3, -1.0, 2.0], [4.0, 0.5, 0.0]]), np.array([1, 0])
    gradient = choosing.class_gradient(np.eye(3)[labels], lossviz.softmax(z), loss)
    assert gradient == pytest.approx(slope_of(loss, labels, z), abs=1e-7)


@pytest.mark.parametrize("noise", choosing.NOISES)
@pytest.mark.parametrize("seed", range(10))
def test_there_is_one_image_of_each_class_and_one_wrong_label_if_any(noise, seed, monkeypatch):
    monkeypatch.setattr(choosing, "image_model", lambda *_: (np.ones((26, 3)), 0.5, 0.5))  # nothing is trained
    panels, _ = drawn(choosing.noisy_labels, loss="cross-entropy", noise=noise, seed=seed)
    x, classes, labels = choosing.images(200, noise, seed)
    lies = 0
    for k, name in enumerate(choosing.GLYPHS):
        pixels = np.ravel(panels[k].collections[0].get_array())
        (i,) = np.flatnonzero((x[:, :25] == pixels).all(axis=1))
        assert classes[i] == k
        wrong = labels[i] != k
        assert panels[k].get_title().strip() == f"a {name}"
        assert read(panels[k]) == [f"label: {list(choosing.GLYPHS)[labels[i]]}{' ✗' if wrong else ''}"]
        lies += wrong
    assert lies == (noise > 0)


def test_of_the_three_losses_only_the_bounded_one_lets_an_incredible_label_go():
    p = lossviz.softmax(np.array([[0.0, 0.0, -20.0]]))
    pulls = [-choosing.class_gradient(np.eye(3)[[2]], p, loss)[0, 2] for loss in choosing.CLASS_LOSSES]
    assert pulls == pytest.approx([1, 0.8, 0], abs=1e-6)


def test_the_part_of_wrong_labels_and_their_kinds():
    _, classes, labels = choosing.images(20000, 0.3, seed=5)
    assert np.mean(labels != classes) == pytest.approx(0.3, abs=0.01)
    kinds = np.bincount((labels - classes) % 3, minlength=3) / 20000
    assert kinds[1] == pytest.approx(kinds[2], abs=0.01)
    assert np.array_equal(*choosing.images(100, 0, seed=5)[1:])


def test_what_the_lesson_says_about_noisy_labels():
    noisy = np.array([[choosing.image_model(loss, 0.3, s)[2] for loss in choosing.CLASS_LOSSES] for s in range(10)])
    assert (noisy[:, 2] > noisy[:, 0] + 0.05).all()
    assert (noisy[:, 1] > noisy[:, 0]).all()
    clean = np.array([[choosing.image_model(loss, 0, s)[2] for loss in choosing.CLASS_LOSSES] for s in range(10)])
    assert np.ptp(clean.mean(axis=0)) < 0.005
    assert min(choosing.image_model(loss, 0.3, 1, n=4000)[2] for loss in choosing.CLASS_LOSSES) > 0.99


def test_with_few_steps_cross_entropy_has_not_learnt_the_wrong_labels_and_with_many_the_bounded_loss_does():
    def accuracies(loss, steps):
        return np.array([choosing.image_model(loss, 0.3, seed, steps=steps)[2] for seed in range(10)])

    plain, _, bounded = choosing.CLASS_LOSSES
    assert np.mean(accuracies(plain, 5)) > np.mean(accuracies(bounded, 150)) - 0.01
    assert np.mean(accuracies(bounded, 5)) < np.mean(accuracies(plain, 5)) - 0.02
    assert np.mean(accuracies(bounded, 600)) < np.mean(accuracies(bounded, 150)) - 0.02


@pytest.mark.parametrize("loss", choosing.CLASS_LOSSES)
def test_the_bars_of_the_noisy_labels_are_two_accuracies(loss):
    panels, sentence = drawn(choosing.noisy_labels, loss=loss, noise=0.2, seed=3)
    (bars_ax,) = [ax for ax in panels if ax.get_ylabel() == "accuracy"]
    fits = [choosing.image_model(name, 0.2, 3) for name in choosing.CLASS_LOSSES]
    assert heights(bars_ax.patches) == pytest.approx([fit[1] for fit in fits] + [fit[2] for fit in fits])
    weights, on_labels, on_new = choosing.image_model(loss, 0.2, 3)
    x, classes, labels = choosing.images(200, 0.2, 3)
    assert on_labels == np.mean((x @ weights).argmax(axis=1) == labels)
    assert f"{on_labels:.3f} of the labels given and is right on {on_new:.3f}" in sentence
    assert f"{np.sum(labels != classes)} of them with a wrong label" in sentence


@pytest.mark.parametrize(("share", "letters"), [(0, 400), (0.5, 100), (0.73, 400), (0.99, 1000)])
def test_the_dot_of_the_letters_is_the_mean_surprise_at_the_held_out_text(share, letters):
    (ax, accuracy_ax), sentence = drawn(choosing.next_token, share=share, letters=letters)
    counts = np.zeros((27, 27))
    for pair in zip(choosing.TEXT[: letters - 1], choosing.TEXT[1:letters], strict=True):
        counts[tuple(choosing.ALPHABET.index(letter) for letter in pair)] += 1
    surprise, right = [], []
    for now, after in zip(choosing.TEXT[1000:-1], choosing.TEXT[1001:], strict=True):
        row = counts[choosing.ALPHABET.index(now)]
        row = row / row.sum() if row.any() else np.full(27, 1 / 27)
        row = share * row + (1 - share) / 27
        surprise.append(-np.log2(row[choosing.ALPHABET.index(after)]))
        right.append(row.argmax() == choosing.ALPHABET.index(after))
    bits = np.mean(surprise)
    dot = ax.lines[-1]
    assert np.ravel(dot.get_data()) == pytest.approx([share, bits])
    assert f"needs {bits:.3f} bits per letter" in sentence
    assert f"a perplexity of {2**bits:.2f}" in sentence
    assert accuracy_ax.lines[-1].get_ydata()[0] == pytest.approx(np.mean(right))


@pytest.mark.parametrize("letters", choosing.LETTERS)
def test_what_the_lesson_says_about_the_share(letters):
    before, after, right = np.transpose([choosing._letter_scores(letters, share) for share in SHARES])
    assert (np.diff(before) < 0).all()
    assert np.isinf(after[-1])
    assert np.isfinite(after[:-1]).all()
    assert len(set(right[1:])) == 1
    assert [choosing.next_letter(letters, share)[1] for share in SHARES] == pytest.approx(right)
    assert [before[0], after[0]] == pytest.approx([np.log2(27)] * 2)
    _, sentence = drawn(choosing.next_token, share=1, letters=letters)
    assert "are infinite" in sentence


def test_the_best_share_moves_to_the_right_with_more_letters():
    best = [np.argmin([choosing._letter_scores(n, share)[1] for share in SHARES]) for n in choosing.LETTERS]
    assert best == sorted(set(best))


def test_the_text_is_letters_and_spaces():
    assert set(choosing.TEXT) <= set(choosing.ALPHABET)
    assert "  " not in choosing.TEXT
    assert len(choosing.TEXT) == choosing.HELD_OUT_FROM + 420


def test_the_answers_of_the_exercises_are_the_librarys():
    assert exercises.best_threshold.answer(20, 1) == pytest.approx(questions.alarm_level.answer)
    p = np.array([0.5, 0.1, 0.9])
    assert exercises.perplexity.answer(p) == pytest.approx(2 ** lossviz.self_information(p, base=2).mean())
    past, new = np.array([3.0, 1.0, 9.0, 4.0, 2.0]), np.array([2.0, 6.0])
    promised = exercises.promise.answer(past, 3, 1)
    assert exercises.held_out_cost.answer(past, new, 3, 1) == choosing.price(new, np.full(2, promised), 3, 1)


@pytest.mark.parametrize(("late", "early"), [(9, 1), (3, 1), (1, 3), (2, 7)])
@pytest.mark.parametrize("n", [1, 2, 5, 6, 11, 80])
def test_no_other_promise_would_have_been_cheaper(n, late, early):
    """The best one is among the times themselves, since the cost is straight between two of them."""
    minutes = np.random.default_rng(n).exponential(10, n)
    best = exercises.promise.answer(minutes, late, early)
    rivals = [choosing.price(minutes, np.full(n, m), late, early) for m in minutes]
    assert choosing.price(minutes, np.full(n, best), late, early) == pytest.approx(min(rivals), rel=1e-12)


def test_other_ways_to_write_the_exercises_are_right():
    def promise(minutes, late, early):
        return sorted(minutes)[int(np.ceil(len(minutes) * late / (late + early))) - 1]

    assert exercises.promise.check(promise).title == "Right"
    assert exercises.best_threshold.check(lambda miss, false: 1 / (1 + miss / false)).title == "Right"
    assert exercises.perplexity.check(lambda p: np.prod(p) ** (-1 / len(p))).title == "Right"
    assert exercises.perplexity.check(lambda p: 2 ** -np.mean(np.log2(p))).title == "Right"
    assert (
        exercises.expected_cost.check(
            lambda ill, alarm, miss, false: np.select([ill > alarm, ill < alarm], [miss, false], 0).mean()
        ).title
        == "Right"
    )


def test_moving_the_outlier_moves_the_mean_alone():
    """The quiz asks which best constant moves."""
    before = np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 100])
    after = np.where(before == 100, 1000, before)
    grid = np.linspace(0, 100, 100001)

    def best(loss, values):
        return grid[sum(loss(np.full_like(grid, value), grid) for value in values).argmin()]

    assert np.mean(after) - np.mean(before) == pytest.approx(900 / 11)
    assert best(lossviz.absolute_error, before) == best(lossviz.absolute_error, after)
    assert best(lossviz.huber, before) == best(lossviz.huber, after)


@pytest.mark.parametrize(("share", "letters", "shown"), [(0.999, 100, "7.10"), (1, 400, "∞")])
def test_a_table_beyond_the_axes_has_an_arrow_in_them(share, letters, shown):
    (ax, _), _ = drawn(choosing.next_token, share=share, letters=letters)
    dot, note = ax.lines[-1], ax.texts[-1]
    assert dot.get_marker() == "^"
    assert dot.get_ydata()[0] < ax.get_ylim()[1]
    assert note.get_text() == shown


def test_a_cross_entropy_that_is_written_as_the_least_is_told_from_it():
    _, sentence = drawn(choosing.next_token, share=0.48, letters=100)
    assert "The least is less than 0.001 bits less, at a share of 0.49." in sentence
    _, sentence = drawn(choosing.next_token, share=0.49, letters=100)
    assert "needs 4.175 bits" in sentence
    assert "The least is 4.175 bits, at a share of 0.49." in sentence


def test_of_equally_likely_letters_the_first_is_named():
    _, sentence = drawn(choosing.next_token, share=0, letters=400)
    assert choosing.ALPHABET[0] == " "
    assert "the first is named, here the space" in sentence


def test_halves_of_a_hundredth_are_all_rounded_up():
    axes, _ = drawn(choosing.noisy_labels, loss="cross-entropy", noise=0.2, seed=0)
    shown = {note.xy: note.get_text() for ax in axes for note in ax.texts if hasattr(note, "xy")}
    assert (shown[-0.2, 0.815], shown[0.8, 0.805]) == ("0.82", "0.81")
