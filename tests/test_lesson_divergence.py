"""What the drawings of the KL divergence draw, and what the lesson claims."""

import itertools

import numpy as np
import pytest
import scipy.integrate
import scipy.special
import scipy.stats
from artists import drawn, heights, read
from matplotlib.figure import Figure
from matplotlib.text import Text

import lossviz
from lossviz import exercises, explorers
from lossviz.drawings import divergence
from lossviz.screen import styled

THREE = [
    np.array([a, (1 - a) * s, (1 - a) * (1 - s)])
    for a, s in itertools.product((0, 0.05, 0.3, 0.7, 1), (0, 0.2, 2 / 3, 1))
]


def mean_length(p, words):
    return sum(chance * len(word) for chance, word in zip(p, words, strict=True))


def log_target(x, apart):
    parts = [scipy.stats.norm.logpdf(x, c, 0.7) for c in (-apart / 2, apart / 2)]
    return scipy.special.logsumexp(parts, b=[[0.6], [0.4]] if np.ndim(x) else [0.6, 0.4], axis=0)


def integrated(first, second):
    """The divergence of two log densities by adaptive quadrature."""
    return scipy.integrate.quad(
        lambda x: np.exp(first(x)) * (first(x) - second(x)), -20, 20, points=[-3, 0, 3], limit=300
    )[0]


@pytest.mark.parametrize("p", divergence.TRUTHS)
@pytest.mark.parametrize("direction", divergence.DIRECTIONS)
@pytest.mark.parametrize(("a", "share"), [(0.2, 0.5), (0.7, 2 / 3), (0.5, 0.9), (0, 0.3), (0.4, 1), (1, 0.5)])
def test_the_shares_walk_to_the_divergence(a, share, p, direction):
    (chances, walk, totals), sentence = drawn(divergence.kl, a=a, share=share, p=p, direction=direction)
    of_p, of_q = heights(chances.patches[:3]), heights(chances.patches[3:])
    assert sum(of_p) == pytest.approx(1)
    assert of_q == pytest.approx([a, (1 - a) * share, (1 - a) * (1 - share)])
    both = lossviz.kl_divergence(of_p, of_q), lossviz.kl_divergence(of_q, of_p)
    top = walk.get_ylim()[1]
    assert heights(totals.patches) == pytest.approx(np.minimum(both, top))
    first, second = (of_p, of_q) if direction == "D(p||q)" else (of_q, of_p)
    ends = np.minimum(np.cumsum(lossviz.kl_terms(first, second)), top)
    bars = walk.patches
    for bar, start, end in zip(bars[:3], [0, *ends[:2]], ends, strict=True):
        assert sorted([start, end]) == pytest.approx([bar.get_y(), bar.get_y() + bar.get_height()])
    total = both[divergence.DIRECTIONS.index(direction)]
    assert bars[3].get_y() == 0
    assert bars[3].get_height() == pytest.approx(min(total, top), abs=1e-12)
    assert (f"{direction} is infinite" in sentence) == (total == np.inf)
    shown = [text.get_text() for text in walk.texts[:4]]
    assert ("∞" in shown) == (total == np.inf)
    assert walk.get_ylim()[0] < min(bar.get_y() for bar in bars)


@pytest.mark.parametrize(("index", "height"), [(0, 0.35), (1, 0.3), (2, 0.24)])
def test_a_bar_of_q_follows_the_hand_and_q_stays_a_distribution(index, height):
    figure = Figure()
    update = divergence.kl(figure)
    setting = {"a": 0.4, "share": 0.5, "p": "0.7, 0.2, 0.1", "direction": "D(p||q)"}
    update(**setting)
    handle = update.handles[-1 - index]
    assert handle.artist is figure.axes[0].patches[3 + index]
    _, value = handle.to(index, height)
    update(**(setting | {handle.y: value}))
    assert handle.artist.get_height() == pytest.approx(height)
    assert sum(heights(figure.axes[0].patches[3:])) == pytest.approx(1)


@pytest.mark.parametrize(("p", "truth"), divergence.TRUTHS.items())
def test_every_truth_can_be_believed_by_the_sliders_and_the_sentence_says_so(p, truth):
    explorer = explorers.kl(p=p)
    nearest = {"a": truth[0], "share": truth[1] / (1 - truth[0])}
    for name, value in nearest.items():
        step = explorer.controls[name].step
        explorer.controls[name].value = round(value / step) * step
    assert "every share is 0" in explorer.sentence


@pytest.mark.parametrize(("p", "q"), [(0.3, 0.95), (0.5, 0.1), (0.8, 0.8), (0, 0.4), (1, 0.7)])
def test_the_dots_of_the_coins_lie_on_their_curves_or_point_beyond(p, q):
    (ax,), _ = drawn(divergence.kl_coin, p=p, q=q)
    curves, dots = ax.lines[2:4], ax.lines[4:6]
    values = lossviz.kl_divergence([p, 1 - p], [q, 1 - q]), lossviz.kl_divergence([q, 1 - q], [p, 1 - p])
    for curve, dot, value in zip(curves, dots, values, strict=True):
        x, y = curve.get_data()
        if value <= 2:
            assert dot.get_ydata()[0] == pytest.approx(value)
            assert np.interp(q, x, y) == pytest.approx(value, abs=1e-3)
        else:
            assert dot.get_marker() == "^"
            assert 2 < dot.get_ydata()[0] < ax.get_ylim()[1]
    assert (dots[0].get_ydata()[0] == 0) == (p == q)
    forward, reverse = ("∞" if np.isinf(value) else f"{value:.3f}" for value in values)
    assert read(ax) == [f"solid:  D(p||q) = {forward}", f"dashed:  D(q||p) = {reverse}"]


@pytest.mark.parametrize(("p", "q"), [(0.3, 0), (0.3, 1), (0.9, 0), (0, 1), (1, 0)])
def test_a_coin_that_rules_a_side_out_is_infinitely_wrong(p, q):
    (ax,), sentence = drawn(divergence.kl_coin, p=p, q=q)
    infinite = [text.get_visible() for text in ax.texts if text.get_text() == "∞" and text.get_weight() == "bold"]
    assert infinite == [True, p in (0, 1)]
    assert read(ax)[0] == "solid:  D(p||q) = ∞"
    assert "D(p||q) is infinite, because q rules out what can come" in sentence
    assert ("D(q||p) is infinite" in sentence) == (p in (0, 1))


@pytest.mark.parametrize("p", [0.2, 0.5, 0.9])
def test_both_divergences_of_a_coin_touch_the_parabola(p):
    (ax,), _ = drawn(divergence.kl_coin, p=p, q=0.5)
    x, parabola = ax.lines[0].get_data()
    near = abs(x - p) < 0.011
    for curve in ax.lines[2:4]:
        gap = np.abs(curve.get_ydata() - parabola)[near]
        assert gap.max() < 0.1 * np.nanmax(parabola[near])


@pytest.mark.parametrize("p", [0, 0.4, 1])
def test_the_parabola_and_its_formula_are_gone_where_p_is_certain(p):
    (ax,), _ = drawn(divergence.kl_coin, p=p, q=0.5)
    (formula,) = [text for text in ax.texts if "parabola" in text.get_text()]
    assert ax.lines[0].get_visible() == formula.get_visible() == (0 < p < 1)


@pytest.mark.parametrize("p", [0.01, 0.5, 0.99])
def test_the_forward_curve_of_the_coins_leaves_the_picture_at_both_ends(p):
    (ax,), _ = drawn(divergence.kl_coin, p=p, q=0.5)
    x, y = ax.lines[2].get_data()
    assert (np.diff(x) >= 0).all()
    assert x[1] == pytest.approx(0, abs=1e-9)
    assert x[-2] == pytest.approx(1, abs=1e-9)
    assert y[[1, -2]].min() > ax.get_ylim()[1]
    assert np.isnan(y[[0, -1]]).all()


@pytest.mark.parametrize("q", divergence.BELIEFS)
def test_every_code_is_the_best_for_its_belief_and_can_be_read_back(q):
    words = [word for word in divergence.BELIEFS[q] if word]
    assert not [(a, b) for a, b in itertools.permutations(words, 2) if b.startswith(a)]
    belief = [eval(text) for text in q.split(", ")]
    assert sum(belief) == pytest.approx(1)
    best = min(
        sum(chance * length for chance, length in zip(belief, lengths, strict=True))
        for lengths in itertools.product(range(1, 5), repeat=4)
        if sum(2.0**-n for chance, n in zip(belief, lengths, strict=True) if chance) <= 1
    )
    used = [(chance, word) for chance, word in zip(belief, divergence.BELIEFS[q], strict=True) if chance]
    assert mean_length(*zip(*used, strict=True)) == pytest.approx(best)


@pytest.mark.parametrize("p", [0, 0.25, 0.5, 0.8, 1])
@pytest.mark.parametrize("q", list(divergence.BELIEFS)[:3])
def test_the_extra_length_is_the_divergence_exactly_for_dyadic_beliefs(p, q):
    (columns, total), sentence = drawn(divergence.wrong_code, p=p, q=q)
    truth = np.array([p, *((1 - p) * np.array([1 / 2, 1 / 4, 1 / 4]))])
    belief = np.array([eval(text) for text in q.split(", ")])
    extra = mean_length(truth, divergence.BELIEFS[q]) - lossviz.entropy(truth, base=2)
    assert total.patches[1].get_height() == pytest.approx(extra, abs=1e-12)
    price = lossviz.kl_divergence(truth, belief, base=2)
    assert total.lines[0].get_ydata()[0] == pytest.approx(price + lossviz.entropy(truth, base=2))
    dyadic = all(np.log2(belief) == np.round(np.log2(belief)))
    assert (abs(extra - price) < 1e-12) == dyadic
    assert ("another number" in sentence) != dyadic
    assert ("the entropy of p itself" in sentence) == (abs(extra) < 1e-12)
    assert ("nothing is wasted" in sentence) == (p == 0.5 and q.startswith("1/2"))
    wasted, saved = columns.patches[4:8], columns.patches[8:12]
    area = [
        sum(bar.get_width() * bar.get_height() for bar in bars if bar.get_width() and bar.get_visible())
        for bars in (wasted, saved)
    ]
    assert area[0] - area[1] == pytest.approx(extra)


def test_a_letter_without_a_code_word_costs_infinity_only_if_it_comes():
    (columns, total), sentence = drawn(divergence.wrong_code, p=0.3, q="1/2, 1/4, 1/4, 0")
    assert "D(p||q) is infinite" in sentence
    assert columns.lines[-2].get_xdata().size == 1
    assert total.lines[1].get_visible()
    (columns, total), sentence = drawn(divergence.wrong_code, p=1, q="1/2, 1/4, 1/4, 0")
    assert "exactly D(p||q)" in sentence
    assert columns.lines[-2].get_xdata().size == 0
    assert not total.lines[1].get_visible()


def test_every_letter_of_more_than_five_bits_has_its_mark():
    (columns, _), _ = drawn(divergence.wrong_code, p=0.9, q="1/2, 1/4, 1/8, 1/8")
    assert columns.lines[-1].get_xdata() == pytest.approx([0.9625, 0.9875])
    (columns, _), _ = drawn(divergence.wrong_code, p=0.97, q="1/2, 1/4, 1/4, 0")
    endless, ideal = columns.lines[-2:]
    assert [endless.get_xdata().size, ideal.get_xdata().size] == [1, 2]
    assert endless.get_color() != ideal.get_color()


@pytest.mark.parametrize(("mean", "width", "apart"), [(0, 1, 4), (-2, 0.7, 4), (1.3, 2.2, 3), (0.5, 0.6, 0)])
def test_a_fit_is_scored_by_both_integrals(mean, width, apart):
    def target(x):
        return log_target(x, apart)

    def fit(x):
        return scipy.stats.norm.logpdf(x, mean, width)

    scores = divergence.divergences(np.array([mean]), np.array([width]), apart)[:, 0, 0]
    assert scores == pytest.approx([integrated(target, fit), integrated(fit, target)], abs=1e-6)
    (ax, _), sentence = drawn(divergence.kl_fit, mean=mean, width=width, apart=apart, direction="D(p||q)")
    assert read(ax) == [f"your D(p||q) = {scores[0]:.3f}", f"your D(q||p) = {scores[1]:.3f}"]
    assert all(f"is {score:.3f} nats" in sentence for score in scores)


@pytest.mark.parametrize("width", [2.05, 2.1, 2.15])
@pytest.mark.parametrize("mean", [-0.5, -0.4, -0.3])
def test_only_the_best_setting_is_called_the_best(mean, width):
    _, sentence = drawn(divergence.kl_fit, mean=mean, width=width, apart=4, direction="D(p||q)")
    assert ("no setting of the sliders has less" in sentence) == ((mean, width) == (-0.4, 2.1))


def test_coinciding_optima_are_both_seen():
    (_, chart), _ = drawn(divergence.kl_fit, mean=0, width=1, apart=0, direction="D(p||q)")
    diamond, square = chart.lines[:2]
    assert diamond.get_xydata() == pytest.approx(square.get_xydata())
    assert diamond.get_markersize() / np.sqrt(2) > square.get_markersize() / 2 + 3


@pytest.mark.parametrize("drawing", [divergence.wrong_code, divergence.kl, divergence.kl_fit])
def test_titles_lie_below_all_that_moves_so_that_no_frame_draws_them_again(drawing):
    figure = Figure()
    drawing(figure)
    for ax in figure.axes:
        titles = [text for text in ax.findobj(Text) if text.get_text() == (ax.get_title() or ax.get_title("left"))]
        assert max(text.get_zorder() for text in titles) < min(a.get_zorder() for a in [*ax.patches, *ax.lines])


@pytest.mark.parametrize("apart", divergence.APART)
def test_the_best_forward_fit_copies_mean_and_variance(apart):
    mean, width, _ = divergence.best_fit(apart, 0)
    x = np.linspace(-10, 10, 20001)
    p = np.exp(log_target(x, apart)) * (x[1] - x[0])
    assert mean == pytest.approx(x @ p, abs=0.0501)
    assert width == pytest.approx(np.sqrt((x - x @ p) ** 2 @ p), abs=0.0251)


@pytest.mark.parametrize("apart", divergence.APART)
def test_no_neighbouring_setting_beats_the_marked_optimum_and_the_search_is_no_edge(apart):
    for side in range(2):
        mean, width, least = divergence.best_fit(apart, side)
        around = divergence.divergences(mean + np.linspace(-0.5, 0.5, 11), width + np.linspace(-0.1, 0.1, 5), apart)
        assert around[side].min() == pytest.approx(least, abs=1e-9)
        assert divergence.MEANS[0] < mean < divergence.MEANS[-1]
        assert divergence.WIDTHS[0] < width < divergence.WIDTHS[-1]


def test_the_reverse_fit_takes_one_bump_only_if_they_are_far_apart():
    for apart in divergence.APART:
        mean, width, least = divergence.best_fit(apart, 1)
        on_one = mean == pytest.approx(-apart / 2) and width == pytest.approx(0.7)
        assert on_one == (apart in (0, 4, 5))
        if apart >= 4:
            assert least == pytest.approx(-np.log(0.6), abs=0.01)
            assert least < -np.log(0.6)


def test_the_reverse_map_has_a_valley_at_each_bump_and_a_shallow_one_between():
    grid = divergence.grid_of_divergences(4)[1]
    middle = grid[1:-1, 1:-1]
    neighbours = [np.roll(grid, shift, axis=(0, 1))[1:-1, 1:-1] for shift in itertools.product((-1, 0, 1), repeat=2)]
    i, j = np.nonzero(middle <= np.min(neighbours, axis=0))
    valleys = sorted(zip(divergence.MEANS[i + 1], divergence.WIDTHS[j + 1], middle[i, j], strict=True))
    assert len(valleys) == 3
    assert valleys[0][:2] == pytest.approx((-2, 0.7))
    assert valleys[1][:2] == pytest.approx((-0.3, 1.8))
    assert valleys[0][2] < valleys[1][2] < valleys[2][2]
    assert valleys[-1][:2] == pytest.approx((2, 0.75), abs=0.051)
    assert 0.89 < valleys[-1][2] < -np.log(0.4)


def test_the_handles_of_the_fit_return_its_mean_and_width():
    update = divergence.kl_fit(Figure())
    update(mean=0.4, width=1.3, apart=4, direction="D(q||p)")
    for handle in update.handles:
        (x, y) = handle.artist.get_xydata()[0]
        assert handle.to(x, y) == pytest.approx((0.4, 1.3))


def test_only_the_map_of_the_chosen_divergence_is_seen():
    figure = Figure()
    update = divergence.kl_fit(figure)
    for apart, direction in itertools.product(divergence.APART, divergence.DIRECTIONS):
        update(mean=0, width=1, apart=apart, direction=direction)
        (shown,) = [lines for lines in figure.axes[1].collections if lines.get_visible()]
        number = divergence.APART.index(apart) * 2 + divergence.DIRECTIONS.index(direction)
        assert list(figure.axes[1].collections).index(shown) == number


def test_no_label_of_the_maps_is_cut_off():
    explorer = explorers.kl_fit()
    chart = explorer.screen.figure.axes[1]
    labels = [text for text in chart.texts if not text.get_visible() and text.get_text()]
    assert len(labels) > 30
    for label in labels:
        label.set_visible(True)
        with styled():  # Matplotlib remembers sizes, whatever the hinting with which it found them
            box, room = label.get_window_extent(), chart.bbox
        assert room.x0 < box.x0 < box.x1 < room.x1, label
        assert room.y0 < box.y0 < box.y1 < room.y1, label


def test_the_answers_are_the_librarys():
    p, q = np.array([0.5, 0.2, 0.2, 0.1]), np.array([0.1, 0.3, 0.2, 0.4])
    assert exercises.kl_terms_of.answer(p, q) == pytest.approx(lossviz.kl_terms(p, q))
    assert exercises.kl.answer(p, q) == pytest.approx(lossviz.kl_divergence(p, q))
    assert exercises.missing_entropy.answer(p) == pytest.approx(lossviz.kl_divergence(p, [0.25] * 4))
    zeros = np.array([0.5, 0.5, 0, 0])
    assert exercises.kl_with_zeros.answer(zeros, q) == pytest.approx(lossviz.kl_divergence(zeros, q))
    assert exercises.jensen_shannon.answer(p, q) == pytest.approx(lossviz.js_divergence(p, q))
    rows = np.array([p, q]), np.array([q, [0.25] * 4])
    assert exercises.kl_rows.answer(*rows) == pytest.approx(lossviz.kl_divergence(*rows).mean())


def test_the_sum_is_never_negative_while_its_partial_sums_are_at_least_minus_one_over_e():
    for p, q in itertools.product(THREE, THREE):
        shares = lossviz.kl_terms(p, q)
        assert lossviz.kl_divergence(p, q) >= 0
        assert np.cumsum(shares).min() >= -1 / np.e - 1e-12
        if (q > 0).all():
            assert (shares - p + q >= -1e-15).all()


def test_scipys_three_functions_agree_on_distributions_but_not_on_the_puzzle():
    p, q = [0.7, 0.2, 0.1], [0.2, 0.3, 0.5]
    truth, model = [0.2, 0.3, 0.5], [0.3, 0.4, 0.5]

    def three(p, q):
        return (
            scipy.stats.entropy(p, q),
            scipy.special.rel_entr(p, q).sum(),
            scipy.special.kl_div(p, q).sum(),
        )

    assert three(p, q) == pytest.approx([lossviz.kl_divergence(p, q)] * 3)
    assert len({round(float(value), 3) for value in three(truth, model)}) == 3
    assert scipy.special.rel_entr(p, q) == pytest.approx(lossviz.kl_terms(p, q))
