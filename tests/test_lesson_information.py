"""What the drawings draw, by the data of their artists."""

import numpy as np
import pytest
from artists import drawn, heights

import lossviz
from lossviz.drawings import information


@pytest.mark.parametrize(("p", "unit"), [(0.25, "bits"), (0.9, "nats"), (1, "bits")])
def test_the_dot_of_the_surprise_lies_on_its_curve(p, unit):
    (ax,), sentence = drawn(information.surprise, p=p, unit=unit)
    curve, _, dot = ax.lines
    assert np.interp(p, *curve.get_data()) == pytest.approx(dot.get_ydata()[0], abs=1e-4)
    assert dot.get_marker() == "o"
    assert f"{dot.get_ydata()[0]:.3f} {unit}" in sentence


def test_an_impossible_outcome_points_beyond_the_axes():
    (ax,), sentence = drawn(information.surprise, p=0, unit="bits")
    dot = ax.lines[2]
    assert dot.get_marker() == "^"
    assert dot.get_ydata()[0] < ax.get_ylim()[1]
    assert "infinitely surprising" in sentence


@pytest.mark.parametrize("p", [0, 0.1, 0.5, 0.8, 1])
@pytest.mark.parametrize("unit", ["bits", "nats"])
def test_the_dot_of_the_coin_lies_on_its_curve_under_the_ceiling(p, unit):
    (ax,), _ = drawn(information.coin_entropy, p=p, unit=unit)
    curve, ceiling, _, dot = ax.lines
    assert dot.get_ydata()[0] == pytest.approx(np.interp(p, *curve.get_data()), abs=1e-12)
    assert max(curve.get_ydata()) == ceiling.get_ydata()[0] == (1 if unit == "bits" else np.log(2))


@pytest.mark.parametrize("faces", [2, 6, 8])
@pytest.mark.parametrize("loading", [0, 0.5, 0.6, 0.99, 1])
def test_the_die_is_loaded_by_one_factor_and_its_products_stack_to_the_entropy(faces, loading):
    (chances, surprises, products, total), sentence = drawn(
        information.die_entropy, faces=faces, loading=loading, unit="bits"
    )
    p = heights(chances.patches)[:faces]
    assert sum(p) == pytest.approx(1)
    assert p[1:] == pytest.approx([(1 - loading) * before for before in p[:-1]])
    stack = total.patches[:faces]
    assert [bar.get_y() for bar in stack[1:]] == pytest.approx([b.get_y() + b.get_height() for b in stack[:-1]])
    assert stack[-1].get_y() + stack[-1].get_height() == pytest.approx(lossviz.entropy(p, base=2))
    assert heights(products.patches)[:faces] == pytest.approx(heights(stack))
    assert total.lines[0].get_ydata()[0] == pytest.approx(np.log2(faces))
    assert not any(heights(chances.patches)[faces:] + heights(total.patches)[faces:])
    beyond = surprises.lines[0].get_xdata()
    assert list(beyond) == [i + 1 for i in range(faces) if p[i] < 2**-8]
    assert ("never comes" in sentence) == (loading == 1)


@pytest.mark.parametrize("p", [0, 0.3, 0.5, 0.95, 1])
@pytest.mark.parametrize("code", information.CODES)
def test_the_area_of_the_code_is_its_mean_length(p, code):
    (words, total), sentence = drawn(information.code_lengths, p=p, code=code)
    area = sum(word.get_width() * word.get_height() for word in words.patches)
    assert total.patches[0].get_height() == pytest.approx(area)
    assert f"takes {area:.3f} bits" in sentence
    widths = [word.get_width() for word in words.patches]
    assert total.lines[0].get_ydata()[0] == pytest.approx(lossviz.entropy(widths, base=2))
    assert [word.get_x() for word in words.patches] == pytest.approx([0, *np.cumsum(widths)[:-1]])
    for word, ideal in zip(words.patches, words.lines[1:5], strict=True):
        assert ideal.get_ydata()[0] == pytest.approx(lossviz.self_information(word.get_width(), base=2))
    assert all(0 < x < 1 for x in words.lines[5].get_xdata())


def test_the_second_code_wastes_nothing_at_one_half_only():
    wastes = [drawn(information.code_lengths, p=p, code=information.CODES[1])[1] for p in (0.49, 0.5, 0.51)]
    assert ["wastes nothing" in sentence for sentence in wastes] == [False, True, False]


def test_every_code_wastes_half_a_bit_near_the_end():
    """The lesson sends the learner to look for such a setting inside the slider."""
    for code in information.CODES:
        _, sentence = drawn(information.code_lengths, p=0.9, code=code)
        assert float(sentence.split("wastes ")[1].split()[0]) > 0.5


def test_the_running_mean_is_the_mean_of_surprises_that_occur():
    (ax,), sentence = drawn(information.running_surprise, draws=500, seed=3)
    x, mean = ax.lines[1].get_data()
    assert list(x) == list(range(1, 501))
    surprises = np.diff(np.concatenate([[0], mean * x]))
    possible = lossviz.self_information(information.THREE_WAYS, base=2)
    nearest = np.abs(surprises[:, None] - possible).argmin(axis=1)
    assert surprises == pytest.approx(possible[nearest])
    assert np.bincount(nearest) / 500 == pytest.approx(information.THREE_WAYS, abs=0.06)
    gap = mean[-1] - lossviz.entropy(information.THREE_WAYS, base=2)
    assert f"{abs(gap):.3f} bits {'above' if gap > 0 else 'below'}" in sentence


def test_the_band_is_two_standard_errors_of_the_mean_surprise():
    (ax,), _ = drawn(information.running_surprise, draws=1, seed=0)
    x, y = ax.collections[0].get_paths()[0].vertices.T
    p = np.array(information.THREE_WAYS)
    surprises = lossviz.self_information(p, base=2)
    variance = p @ surprises**2 - (p @ surprises) ** 2
    for draws in (1, 100, 1000):
        assert np.ptp(y[x == draws]) / 2 == pytest.approx(2 * np.sqrt(variance / draws))


@pytest.mark.parametrize(("a", "share"), [(0.5, 0.5), (0, 0.2), (1, 0.3), (0.2, 1)])
def test_the_dot_of_the_triangle_is_the_mean_of_its_corners(a, share):
    (triangle, bars), sentence = drawn(information.simplex, a=a, share=share)
    p = heights(bars.patches)
    outline, dot = triangle.lines
    assert sum(p) == pytest.approx(1)
    assert (p[0], p[1]) == pytest.approx((a, (1 - a) * share))
    assert np.ravel(dot.get_data()) == pytest.approx(np.array(p) @ outline.get_xydata()[:3])
    assert f"{lossviz.entropy(p, base=2):.3f} bits" in sentence
