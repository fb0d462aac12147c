"""Sentences and numbers in pictures at settings where rounding would make them false."""

import numpy as np
import pytest
from matplotlib.text import Text

from lossviz import explorers
from lossviz.drawings.palette import brief, chosen, number, part, probability, readable


def test_no_number_is_called_what_it_is_not():
    assert [chosen(v) for v in (0.3, -0.0, 0.9999, 1 - 1e-9, 2)] == ["0.3", "0", "0.9999", "0.999999999", "2"]
    assert [chosen(v, 2) for v in (0.3, 0.305, 1)] == ["0.30", "0.305", "1.00"]
    assert [number(v, "nats") for v in (0, 4e-4, 5e-4, 1)] == [
        "0.000 nats",
        "less than 0.001 nats",
        "0.001 nats",
        "1.000 nats",
    ]
    assert [brief(v) for v in (0, -1e-17, 4e-4, 0.5, np.inf)] == ["0.000", "0.000", "≈0", "0.500", "∞"]
    assert [brief(v, 2) for v in (0, 4e-3, -4e-3, 0.5, -0.5)] == ["0.00", "≈0", "≈0", "0.50", "-0.50"]
    assert [part(v) for v in (0, 4e-3, 0.99, 0.996, 1)] == ["0.00", "≈0", "0.99", "≈1", "1.00"]
    assert [readable(v) for v in (-1.0, 5e-4, 4e-4, -0.000026, -1e-17, 0)] == [
        "-1.000",
        "0.001",
        "0.0004",
        "-0.00003",
        "0.000",
        "0.000",
    ]
    assert [probability(p) for p in (0, 1e-9, 0.5, 0.9996, 1)] == [
        "0.000",
        "less than 0.001",
        "0.500",
        "more than 0.999",
        "1.000",
    ]


@pytest.mark.parametrize(
    ("name", "setting", "said"),
    [
        ("training_step", {"w": 0.5, "rate": 0.1, "step": 19}, "the slope −0.0004."),
        ("training_step", {"rate": 0.4999}, "With a learning rate of 0.4999"),
        ("training_step", {"w": 2.0001, "rate": 0.5}, "between 2.0001 and 1.9999"),
        ("loss_of_a_number", {"guess": 3.61}, "0.01 too high and costs less than 0.001"),
        ("loss_of_a_class", {"p": 0.9999}, "Probability 0.9999 for the true class costs less than 0.001 nats"),
        ("cost_and_objective", {"w": 0.05, "lam": 0.1}, "a penalty of less than 0.001"),
        ("surprise", {"p": 0.9999}, "probability 0.9999 carries"),
        ("coin_entropy", {"p": 0.9999}, "p(heads) = 0.9999 has"),
        ("coin_entropy", {"p": 0.49}, "1.000 bits, less than 0.001 bits below the most"),
        ("running_surprise", {"draws": 20, "seed": 6}, "1.157 bits, exactly the entropy"),
        ("simplex", {"a": 1 / 3}, "has the most, 1.585 bits."),
        ("simplex", {"a": 0.33}, "1.585 bits, less than 0.001 bits more"),
        ("hard_and_soft", {"dog": 8.0, "temperature": 0.1}, "dog more than 0.999 and pig less than 0.001"),
        ("settling", {"rate": 1.1, "step": 60}, "squared error 163700, 163700 from"),
        ("choose_loss", {"data": "household", "loss": "quantile", "seed": 3}, "falls by 0.61 kWh per degree"),
        ("choose_loss", {"data": "deliveries", "loss": "absolute error", "seed": 7}, "13.24 cents, 7.23 more"),
        ("quantile_fit", {"c": 1}, "The promise of 1 minute costs"),
        ("sigmoid_losses", {"z": 6.0, "y": 1}, "with slope −0.000012"),
        ("loss_surfaces", {"step": 100, "w": 3.0, "b": 0.0, "labels": "one wrong"}, "b = −0.003"),
        ("die_entropy", {"faces": 2, "loading": 0.01}, "1.000 bits, less than 0.001 bits below the most"),
        ("code_lengths", {"p": 0.49999, "code": "0, 10, 110, 111"}, "wastes less than 0.001 bits"),
        ("code_lengths", {"p": 0.5, "code": "0, 10, 110, 111"}, "wastes nothing"),
        ("simplex", {"a": 0.96, "share": 0.01}, "p = (0.96, 0.0004, 0.0396)"),
        ("kl", {"a": 0.700001, "share": 2 / 3}, "the shares of a, b and c"),
        ("kl", {"a": 0.7, "share": 2 / 3}, "is p itself"),
        ("kl", {"a": 0.14, "share": 53 / 60, "p": "0.7, 0.2, 0.1"}, "−0.0003. Their sum"),
        ("kl_coin", {"p": 0.3, "q": 0.3001}, "p = 0.3; believed is q = 0.3001"),
        ("wrong_code", {"p": 0.5000001}, "less than 0.001 bits above the entropy of p"),
        ("wrong_code", {"p": 0.9999, "q": "1/2, 1/4, 1/4, 0"}, "comes with probability 2.5e-05"),
        ("cross_entropy_split", {"p": 0.9999, "q": 1}, "p(heads) = 0.9999, the model says 1"),
        ("one_hot", {"cat": 0, "share": 0.9999, "true": "dog"}, "to which the model gave 0.9999"),
        ("binary_cross_entropy", {"y": 0.05, "a": 0.06}, "the least, at a = y, is lower by 0.001 nats"),
        ("binary_cross_entropy", {"y": 0.5, "a": 0.5001}, "a = 0.5001: the loss is 0.693 nats, its slope +0.0004"),
        ("proper_score", {"p": 0.5001, "a": 0.3}, "probability p = 0.5001"),
        ("hard_and_soft", {"dog": 1, "temperature": 0.1}, "cat more than 0.999, dog less than 0.001"),
        ("softmax_bars", {"dog": 2.96}, "the logits (3.0, 2.96, −3.0)"),
        ("softmax_bars", {"dog": 4.4}, "(0.198, −0.198, 0.0005), which sums to 0"),
        ("double_softmax", {"margin": 0.04}, "a margin of 0.04"),
        ("sigmoid_losses", {"z": 1.0, "y": 1}, "2.54 times as steep"),
        ("sigmoid_losses", {"z": 10.0, "y": 1}, "with slope −0.0000000041"),
        ("chord", {"left": 0.01, "right": 0.04}, "z = 0.01 and z = 0.04"),
        ("descent_race", {"step": 100, "start": -8, "rate": 1000}, "(outside the picture), cost less than 0.001."),
        ("loss_surfaces", {"w": 0.04, "b": -0.04}, "w = 0.04, b = −0.04"),
        ("loss_shapes", {"r": 2.0004, "delta": 2}, "At the residual 2.0004"),
        ("settling", {"rate": 0.9999999}, "the rate 0.9999999"),
        ("outlier", {"y": 2.9, "loss": "squared error"}, "less than 1% of the cost"),
        ("quantile_fit", {"quantile": 0.015}, "a minute early 0.985"),
        ("quantile_fit", {"quantile": 0.7, "c": 42}, "from 41 to 44 minutes. The promise of 42 minutes costs 5.86"),
        ("rare_disease", {"threshold": 0.004}, "0.30 are ill and missed and 660.70 get a false alarm"),
        ("next_token", {"share": 0.999}, "a share of 0.999, needs 4.834 bits"),
    ],
)  # fmt: skip
def test_a_sentence_is_true_where_a_rounded_one_would_not_be(name, setting, said):
    assert said in getattr(explorers, name)(**setting).sentence


@pytest.mark.parametrize(
    ("name", "setting", "shown"),
    [
        ("loss_of_a_number", {"guess": 3.61}, "≈0"),
        ("one_hot", {"cat": 0.96, "share": 0.01}, "≈0"),
        ("kl_coin", {"p": 0.11, "q": 0.12}, "≈ 0"),
        ("cross_entropy_split", {"p": 0.11, "q": 0.12}, "D(p||q)\n≈0"),
        ("cost_and_objective", {"w": 1.3}, "≈0"),
        ("softmax_bars", {"dog": -5.0}, "≈1"),
        ("hard_and_soft", {"dog": 8.0, "temperature": 0.1}, "≈1"),
        ("noisy_labels", {"noise": 0, "seed": 1}, "≈1"),
        ("kl", {"a": 0.69, "share": 2 / 3}, "≈0"),
    ],
)
def test_no_number_in_a_picture_is_called_0_or_1_that_is_not(name, setting, shown):
    figure = getattr(explorers, name)(**setting).screen.figure
    assert shown in [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


@pytest.mark.parametrize(("a", "share", "marked"), [(0.05, 1 / 60, [1, 2]), (0.01, 0.5, [0, 1, 2]), (0.5, 0.5, [])])
def test_a_share_of_the_divergence_that_leaves_the_picture_is_marked(a, share, marked):
    walk = explorers.kl(a=a, share=share).screen.figure.axes[1]
    (beyond,) = [line for line in walk.lines if line.get_marker() == "^"]
    assert [column for column in beyond.get_xdata() if column < 3] == marked


def test_a_loss_that_jumps_is_asked_at_the_guess_itself():
    def mine(y_true, y_pred):
        return np.where(y_pred == y_true, 0.0, 1.0)

    assert explorers.loss_of_a_number(guess=3.605, mine=mine).sentence.endswith("Your loss gives 1.000.")


def test_a_loss_that_takes_no_single_guess_is_told_so():
    def mine(y_true, y_pred):
        return y_pred[:601] + np.zeros(601)

    explorer = explorers.loss_of_a_number(mine=mine)
    assert "Your loss gives no finite number. mine returns shape (601,)" in explorer.sentence
