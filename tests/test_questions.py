"""Questions show nothing before an answer, and every answer is answered truly."""

import json
from copy import deepcopy

import numpy as np
import pytest

import lossviz
from lossviz import exercises, questions
from lossviz.questions.question import Choice, Prediction, Question

ALL = {name: q for name, q in vars(questions).items() if isinstance(q, Question)}
PREDICTIONS = {name: q for name, q in ALL.items() if isinstance(q, Prediction)}
CHOICES = {name: q for name, q in ALL.items() if isinstance(q, Choice)}
GRID = np.linspace(0, 1, 1001)

RECOMPUTED = {
    # 00 What is a loss?
    "three_times_the_error": lambda: (1.5 / 0.5) ** 2 * 0.25,
    "best_weight": lambda: np.linalg.lstsq([[0.5], [0.5], [1], [1.5], [2.5]], [1.5, 0.7, 1.5, 3.6, 4.8])[0].item(),
    "first_step": lambda: 0.5 + 0.1 * 6,
    "one_jump": lambda: 0.5 / np.mean(np.square([0.5, 0.5, 1, 1.5, 2.5])),
    "longest_step": lambda: 1 / np.mean(np.square([0.5, 0.5, 1, 1.5, 2.5])),
    "penalty_minimum": lambda: 5 * GRID[np.argmin(2 * (5 * GRID - 2) ** 2 + 0.198 + 2 * (5 * GRID) ** 2)],
    "one_in_ten": lambda: lossviz.self_information(0.1),
    # 01 Information and entropy
    "three_heads": lambda: 3 * lossviz.self_information(0.5, base=2),
    "entropy_peak": lambda: GRID[np.argmax(lossviz.entropy(np.stack([GRID, 1 - GRID], axis=-1)))],
    "biased_coin": lambda: -(0.9 * np.log2(0.9) + 0.1 * np.log2(0.1)),
    "twice_the_faces": lambda: lossviz.entropy([1 / 4] * 4, base=2) + 1,
    "shortest_code": lambda: np.dot([1 / 2, 1 / 4, 1 / 8, 1 / 8], [1, 2, 3, 3]),
    "two_of_three": lambda: lossviz.entropy(np.stack([GRID, 1 - GRID, 0 * GRID], axis=-1), base=2).max(),
    # 02 KL divergence
    "uniform_letters": lambda: np.mean([1, 2, 3, 3]) - 2,
    "certain_of_four": lambda: np.log2(4),
    "swapped_coins": lambda: np.log(2) - lossviz.entropy([0.99, 0.01]),
    "twice_as_wrong": lambda: np.log(4 * 0.52 * 0.48) / np.log(4 * 0.51 * 0.49),
    "rarer_epsilon": lambda: -np.log(2) - np.log(1e-12) / 2,
    "mean_of_the_cover": lambda: 0.4 * 2 - 0.6 * 2,
    "one_bump_only": lambda: -np.log(0.6),
    # 03 Cross-entropy
    "floor_of_fair_coin": lambda: lossviz.cross_entropy(
        [[0.5, 0.5]] * 999, np.stack([GRID, 1 - GRID], axis=-1)[1:-1], base=2
    ).min(),
    "other_classes_move": lambda: np.log(0.4) - np.log(0.4),
    "ten_times_surer": lambda: np.log(10),
    "soft_label_best": lambda: GRID[np.argmin(lossviz.binary_cross_entropy(np.full(1001, 0.9), GRID))],
    "doubled_batch": lambda: (
        lossviz.binary_cross_entropy_gradient([1, 0, 1, 0], [0.8, 0.4, 0.8, 0.4]).sum()
        / lossviz.binary_cross_entropy_gradient([1, 0], [0.8, 0.4]).sum()
    ),
    "model_1_cost": lambda: -np.log(0.4 * 0.4 * 0.1) / 3,
    "seven_heads": lambda: GRID[np.argmax(GRID**7 * (1 - GRID) ** 3)],
    "forecast_by_absolute_error": lambda: GRID[np.argmin(0.7 * np.abs(1 - GRID) + 0.3 * np.abs(0 - GRID))],
    # 04 Softmax
    "shifted_logits": lambda: 1 / (1 + np.exp(-2) + np.exp(-6)),
    "doubled_logits": lambda: lossviz.sigmoid(4),
    "even_softmax": lambda: lossviz.softmax([3, 1, -3], temperature=1e12)[0],
    "nine_in_ten": lambda: 2 * np.arctanh(0.9 - 0.1),
    "pull_on_the_dog": lambda: -(0.7 + 0.1),
    "float16_limit": lambda: np.ceil(np.log(65504)),
    "two_weighted_samples": lambda: np.average([1, 4], weights=[1, 3]),
    "smoothed_floor": lambda: lossviz.cross_entropy([14 / 15, 1 / 30, 1 / 30], [14 / 15, 1 / 30, 1 / 30]),
    "certain_and_right_twice": lambda: np.log1p(9 / np.e),
    # 05 Why not squared error for classes?
    "quarter_slope": lambda: (0.5 - 1) * lossviz.brier_score_gradient(1, 0.5) * -0.5,
    "how_many_times": lambda: np.cosh(4) ** 2 * 2,
    "steepest_probability": lambda: 1 / (1 + np.exp(np.log(2))),
    "middle_of_the_chord": lambda: (1 / (1 + np.exp(-3))) ** 2,
    "best_brier": lambda: GRID[np.argmin(0.3 * lossviz.brier_score(1 + 0 * GRID, GRID) + 0.7 * GRID**2)],
    "price_of_certainty": lambda: np.logaddexp(0, 30),
    # 06 Regression losses
    "three_outputs": lambda: np.sum(np.ones((4, 3)), axis=1).mean() / np.mean(np.ones((4, 3))),
    "huber_far_out": lambda: np.trapezoid(np.clip(np.linspace(0, 5, 6), -2, 2), dx=1),
    "mean_follows": lambda: np.mean([*range(9), 39]) - np.mean([*range(9), 9]),
    "jump_of_the_median": lambda: 0.5 * lossviz.mae_gradient([1.0, 2, 3, 4, 9], [2.5] * 5).sum() * -1,
    "late_or_early": lambda: GRID[np.argmin([np.where(c < GRID, 3 * (GRID - c), c - GRID).mean() for c in GRID])],
    "all_pairs": lambda: (np.zeros(50) - np.zeros((50, 1))).size,
    # 07 Choosing a loss
    "part_in_time": lambda: (
        np.argmin([lossviz.quantile_loss(np.arange(101.0), np.full(101, t), quantile=3 / 4).sum() for t in range(101)])
        / 100
    ),
    "all_healthy": lambda: np.mean(np.zeros(100) == (np.arange(100) < 5)),
    "alarm_level": lambda: np.linalg.solve([[20, -1], [1, 1]], [0, 1])[0],
    "weighted_risk": lambda: (
        (np.argmin([20 * 0.05 * -np.log(k / 195) - 0.95 * np.log(1 - k / 195) for k in range(1, 195)]) + 1) / 195
    ),
    "even_letters": lambda: 2 ** -np.log2(1 / 27),
}


@pytest.fixture(params=PREDICTIONS)
def prediction(request):
    question = deepcopy(PREDICTIONS[request.param])
    return question, question.widget()


@pytest.fixture(params=CHOICES)
def choosing(request):
    question = deepcopy(CHOICES[request.param])
    return question, question.widget()


def send(card, answer):
    """What the page sends when the learner answers."""
    card._handle_custom_msg({"answer": answer}, [])


def shown(card):
    return json.dumps([card.text, card.choices, card.limits, card.unit, card.reply, card.marks], ensure_ascii=False)


@pytest.mark.parametrize("name", PREDICTIONS)
def test_the_answer_follows_from_the_mathematics(name):
    question = PREDICTIONS[name]
    assert question.answer == pytest.approx(RECOMPUTED[name](), abs=1e-9)
    low, high = question.limits
    assert low <= question.answer <= high


def test_a_prediction_shows_its_answer_only_when_committed(prediction):
    question, card = prediction
    assert question.because not in shown(card)
    assert card.marks == []
    send(card, question.answer)
    assert "Yes" in card.reply
    assert question.because in card.reply
    assert question.solved
    other = question.limits[0 if question.answer == question.limits[1] else 1]
    send(card, other)
    assert ("too low" if other < question.answer else "too high") in card.reply
    assert f"{abs(other - float(f'{question.answer:.4g}')):.3g} too" in card.reply
    assert question.answers == [question.answer, other]


def test_the_number_line_has_truth_and_guess_in_their_places(prediction):
    question, card = prediction
    low, high = question.limits
    send(card, high)
    (truth, _, kind), (guess, words, _) = card.marks
    assert low + truth * (high - low) == pytest.approx(question.answer)
    assert (guess, kind) == (1, "truth")
    assert f"{high:g}" in words


def test_a_prediction_can_be_shown_without_a_guess(prediction):
    question, card = prediction
    send(card, None)
    assert card.reply.startswith(f"It is {question.answer:.4g}")
    assert [kind for *_, kind in card.marks] == ["truth"]
    assert question.guesses == []
    assert not question.solved


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [(1 / 21, 0.0476, 0.05), (1 / 3, 0.33, 0.34), (0.3, 0.305, 0.3051), (4.002, 4, 3.99), (0, 0, 0.001)],
)
def test_a_guess_is_right_if_its_digits_are(answer, right, wrong):
    prediction = Prediction("How many?", answer=answer, limits=(-10, 10), unit="", because="So.")
    assert prediction.reply_to(right).startswith("Yes")
    assert prediction.reply_to(wrong).startswith("You said")


def test_the_expected_mistakes_do_not_count_as_solved():
    mistakes = {"three_outputs": 1, "mean_follows": 0, "shortest_code": 2, "huber_far_out": 10, "alarm_level": 0}
    for name, mistake in mistakes.items():
        question = deepcopy(getattr(questions, name))
        question.answer_on(question.widget(), mistake)
        assert not question.solved, name


def test_the_answer_as_shown_is_right_and_a_singular_has_no_s():
    many = Prediction("How many?", answer=1490.979, limits=(1, 10_000), unit="times", because="So.")
    assert many.reply_to(1491).startswith("Yes, it is 1491 times.")
    assert many.reply_to(1490).startswith("You said 1490. It is 1491 times: your guess is 1 too low.")
    one = Prediction("How many?", answer=0.99999, limits=(0, 4), unit="bits", because="So.")
    assert one.reply_to(1).startswith("Yes, it is 1 bit.")
    assert one.reply_to(1.006).startswith("You said 1.006. It is 1 bit:")


def test_every_choice_is_answered_and_the_tries_are_counted(choosing):
    question, card = choosing
    assert not any(reply in shown(card) for reply in question.replies.values())
    assert question.right in question.replies
    for tries, choice in enumerate(question.replies, start=1):
        send(card, choice)
        assert card.reply.startswith("Right.") == question.solved == (choice == question.right)
        assert question.replies[choice] in card.reply
        assert (f"Try {tries}." in card.reply) == (tries > 1)
    assert len(set(question.replies.values())) == len(question.replies) >= 3


@pytest.mark.parametrize("name", ALL)
def test_a_question_without_a_kernel_is_its_text(name):
    bundle, *_ = deepcopy(ALL[name])._repr_mimebundle_()
    assert bundle["text/plain"] == ALL[name].text
    assert ALL[name].text.endswith("?")


def test_no_two_lessons_share_a_name():
    for package in (questions, exercises):
        assert len(set(package.__all__)) == len(package.__all__)


def test_bits_and_nats_of_the_choice_are_those_of_the_library():
    bits = lossviz.entropy([0.7, 0.2, 0.1], base=2)
    assert questions.nats_or_bits.right == f"The number grows to {bits:.4f}."
