"""Exercises on choosing a loss. A mistake is a function whose docstring is the advice."""

import numpy as np

from .checker import Exercise

__all__ = ["best_threshold", "expected_cost", "promise", "held_out_cost", "perplexity"]


def best_threshold_answer(miss, false_alarm):
    """Write the probability of illness from which on an alarm costs no more than silence."""
    return false_alarm / (miss + false_alarm)


def best_threshold_turned_round(miss, false_alarm):
    """This is 1 minus the threshold. If misses are dear, the alarm must go early, at a small probability."""
    return miss / (miss + false_alarm)


def best_threshold_of_odds(miss, false_alarm):
    """This is the threshold for the odds p / (1 - p). For the probability p, solve p × miss = (1 - p) ×
    false_alarm."""
    return false_alarm / miss


def best_threshold_one_half(miss, false_alarm):
    """1/2 is the threshold when both errors cost the same. Let the two costs decide."""
    return 0.5


def best_threshold_without_the_alarm(miss, false_alarm):
    """1 / (1 + miss) is right if a false alarm costs 1. Here it may cost something else."""
    return 1 / (1 + miss)


def best_threshold_from_inverse_costs(miss, false_alarm):
    """This is 1 / miss. The threshold must not change if both costs are counted in another currency."""
    return 1 / miss


def expected_cost_answer(ill, alarm, miss, false_alarm):
    """Write the mean cost per person of these alarms; `ill` and `alarm` are arrays that hold
    0.0 and 1.0."""
    missed, alarmed = ill * (1 - alarm), (1 - ill) * alarm
    return np.mean(miss * missed + false_alarm * alarmed)


def expected_cost_swapped(ill, alarm, miss, false_alarm):
    """The two costs are swapped: a miss is an ill person without an alarm."""
    return np.mean(false_alarm * ill * (1 - alarm) + miss * (1 - ill) * alarm)


def expected_cost_total(ill, alarm, miss, false_alarm):
    """This is the cost of all people together. Divide by their number."""
    return np.sum(miss * ill * (1 - alarm) + false_alarm * (1 - ill) * alarm)


def expected_cost_error_rate(ill, alarm, miss, false_alarm):
    """This is the part of wrong decisions, 1 minus the accuracy: both errors count the same. Weigh each by its
    cost."""
    return np.mean(ill != alarm)


def expected_cost_per_group(ill, alarm, miss, false_alarm):
    """This adds the miss rate among the ill and the false alarm rate among the healthy. Then a healthy person
    counts less than an ill one, because there are more of them. Divide by the number of all people."""
    return miss * np.sum(ill * (1 - alarm)) / np.sum(ill) + false_alarm * np.sum((1 - ill) * alarm) / np.sum(1 - ill)


def expected_cost_of_every_alarm(ill, alarm, miss, false_alarm):
    """Every alarm is charged here. Only a false one costs `false_alarm`: that of a healthy person."""
    return np.mean(miss * ill * (1 - alarm) + false_alarm * alarm)


def expected_cost_of_every_illness(ill, alarm, miss, false_alarm):
    """Every ill person is charged here. Only one without an alarm was missed."""
    return np.mean(miss * ill + false_alarm * (1 - ill) * alarm)


def promise_answer(minutes, late, early):
    """Write the time to promise that would have cost least on these past delivery times."""
    return np.quantile(minutes, late / (late + early), method="inverted_cdf")


def promise_mean(minutes, late, early):
    """The mean is the best for squared errors, which know neither late nor early. Which part of the orders shall be
    in time?"""
    return np.mean(minutes)


def promise_median(minutes, late, early):
    """A median is the best if a late and an early minute cost the same. Let the costs choose another quantile."""
    return np.median(minutes)


def promise_turned_round(minutes, late, early):
    """The quantile is turned round: if late minutes are dear, most orders must come before the promise."""
    return np.quantile(minutes, early / (late + early), method="inverted_cdf")


def promise_between_two_orders(minutes, late, early):
    """Nearly: without a method np.quantile may return a value between two of the times, and that can cost more than
    the best promise. method="inverted_cdf" takes the first of the times by which enough orders have come."""
    return np.quantile(minutes, late / (late + early))


def promise_latest(minutes, late, early):
    """This is the latest of all: never late, at the price of many early minutes. A promise a little shorter makes
    few orders late, and all the others less early."""
    return np.max(minutes)


def promise_scaled_mean(minutes, late, early):
    """Scaling the mean by late / early has no reason behind it. Look for the promise at which one minute more
    saves as much on the late orders as it costs on the others."""
    return np.mean(minutes) * late / early


def promise_quantile_of_range(minutes, late, early):
    """This lies so far along the way from the fastest to the slowest order. A quantile counts orders, not
    minutes."""
    return np.min(minutes) + late / (late + early) * (np.max(minutes) - np.min(minutes))


def held_out_cost_answer(past, new, late, early):
    """Write the mean cost on the new times of the promise that was cheapest on the past ones; `late` and `early` are
    costs per minute."""
    minutes = np.quantile(past, late / (late + early), method="inverted_cdf")
    costs = np.where(new > minutes, late * (new - minutes), early * (minutes - new))
    return np.mean(costs)


def held_out_cost_on_the_past(past, new, late, early):
    """The promise is priced on the times that it was chosen from. Held out means: priced on the new ones."""
    minutes = promise_answer(past, late, early)
    return np.mean(np.where(past > minutes, late * (past - minutes), early * (minutes - past)))


def held_out_cost_peeking(past, new, late, early):
    """The promise was chosen on the new times, which are not known when it is made. Choose on the past, price on
    the new."""
    minutes = promise_answer(new, late, early)
    return np.mean(np.where(new > minutes, late * (new - minutes), early * (minutes - new)))


def held_out_cost_between_two_orders(past, new, late, early):
    """The price is right, but without a method np.quantile may promise a time between two of the past ones, and that
    can cost more than the cheapest: method="inverted_cdf" takes one of them."""
    minutes = np.quantile(past, late / (late + early))
    return np.mean(np.where(new > minutes, late * (new - minutes), early * (minutes - new)))


def held_out_cost_of_the_mean(past, new, late, early):
    """The price is right, but the promise is the mean of the past. Promise the quantile that the costs ask for."""
    minutes = np.mean(past)
    return np.mean(np.where(new > minutes, late * (new - minutes), early * (minutes - new)))


def held_out_cost_total(past, new, late, early):
    """This is the cost of all new orders together. Take the mean."""
    minutes = promise_answer(past, late, early)
    return np.sum(np.where(new > minutes, late * (new - minutes), early * (minutes - new)))


def held_out_cost_swapped(past, new, late, early):
    """The promise is right, but its price is turned round: late is an order whose time is above the promise."""
    minutes = promise_answer(past, late, early)
    return np.mean(np.where(new > minutes, early * (new - minutes), late * (minutes - new)))


def held_out_cost_as_quantile_loss(past, new, late, early):
    """This is the quantile loss, whose two slopes sum to 1. The price has the slopes `late` and `early`: it is late
    + early times as much."""
    minutes = promise_answer(past, late, early)
    return np.mean(np.where(new > minutes, late * (new - minutes), early * (minutes - new))) / (late + early)


def perplexity_answer(p):
    """Write the perplexity of a model that gave the probabilities p to the letters that came."""
    return np.exp(-np.mean(np.log(p)))


def perplexity_without_exp(p):
    """This is the cross-entropy in nats. Perplexity is its exponential."""
    return -np.mean(np.log(p))


def perplexity_in_bits(p):
    """This takes np.exp of a number of bits. np.exp goes with np.log, and 2 ** with np.log2; each pair gives the
    same."""
    return np.exp(-np.mean(np.log2(p)))


def perplexity_two_to_the_nats(p):
    """2 to the power of a number of nats mixes the units: np.log goes with np.exp, np.log2 with 2 to the power."""
    return 2 ** -np.mean(np.log(p))


def perplexity_without_minus(p):
    """The minus sign is missing. A perplexity is at least 1."""
    return np.exp(np.mean(np.log(p)))


def perplexity_weighted_by_the_model(p):
    """Each letter is weighed by the probability that the model gave to it, as in an entropy. But these letters have
    come, once each: take the plain mean of their surprises."""
    return np.exp(-np.sum(p * np.log(p)))


def perplexity_of_the_sum(p):
    """This grows with the length of the text, because the surprises are added up. Take their mean."""
    return np.exp(-np.sum(np.log(p)))


def perplexity_by_mean_of_inverses(p):
    """The mean of 1/p is larger, unless all p are equal: perplexity is the geometric mean of 1/p, not the
    arithmetic one."""
    return np.mean(1 / p)


def perplexity_of_mean_probability(p):
    """This is 1 over the mean probability. The mean is taken of the logarithms, so that one tiny p matters."""
    return 1 / np.mean(p)


best_threshold = Exercise(
    best_threshold_answer,
    probes=[(20.0, 1.0), (5.0, 2.0), (1.0, 3.0), (0.5, 0.25)],
    mistakes=[
        best_threshold_turned_round,
        best_threshold_of_odds,
        best_threshold_one_half,
        best_threshold_without_the_alarm,
        best_threshold_from_inverse_costs,
    ],
    hints=[
        "A person is ill with probability p. What does silence cost on average, and what does an alarm cost?",
        "Silence costs p × miss, an alarm (1 - p) × false_alarm. At the threshold both are equal.",
        "Solve p × miss = (1 - p) × false_alarm for p.",
    ],
)

_ILL = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])

expected_cost = Exercise(
    expected_cost_answer,
    probes=[
        (_ILL, np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0]), 20.0, 1.0),
        (_ILL, np.array([0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]), 5.0, 2.0),
        (_ILL[1:], np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]), 3.0, 4.0),
    ],
    mistakes=[
        expected_cost_swapped,
        expected_cost_total,
        expected_cost_error_rate,
        expected_cost_per_group,
        expected_cost_of_every_alarm,
        expected_cost_of_every_illness,
    ],
    hints=[
        "ill * (1 - alarm) is 1 for whoever is missed, and 0 for everyone else.",
        "(1 - ill) * alarm is 1 for every false alarm. Multiply both by their costs and add.",
        "np.mean over all people.",
    ],
)

promise = Exercise(
    promise_answer,
    probes=[
        (np.array([20.0, 31.0, 24.0, 22.0, 45.0, 27.0, 23.0, 60.0, 25.0, 29.0, 38.0]), 9.0, 1.0),
        (np.array([12.0, 40.0, 15.0, 13.0, 19.0]), 3.0, 1.0),
        (np.array([12.0, 40.0, 15.0, 13.0, 19.0]), 1.0, 3.0),
        (np.array([10.0, 20.0, 30.0, 45.0]), 9.0, 1.0),
        (np.array([12.0, 15.0, 19.0, 26.0, 30.0, 41.0]), 3.0, 7.0),
    ],
    mistakes=[
        promise_mean,
        promise_median,
        promise_turned_round,
        promise_between_two_orders,
        promise_latest,
        promise_scaled_mean,
        promise_quantile_of_range,
    ],
    hints=[
        "Promise a moment more: each late order saves `late` a minute, each of the others costs `early` a minute.",
        "At the best promise the two balance: late × (part that is late) = early × (part that is early).",
        'So the part in time is late / (late + early). np.quantile with method="inverted_cdf" finds the first of '
        "the times by which this part has come.",
    ],
)

held_out_cost = Exercise(
    held_out_cost_answer,
    probes=[
        (
            np.array([20.0, 31.0, 24.0, 22.0, 45.0, 27.0, 23.0, 60.0, 25.0, 29.0, 38.0]),
            np.array([19.0, 52.0, 26.0, 33.0]),
            9.0,
            1.0,
        ),
        (np.array([12.0, 40.0, 15.0, 13.0, 19.0]), np.array([14.0, 30.0, 16.0]), 3.0, 1.0),
        (np.array([12.0, 40.0, 15.0, 13.0, 19.0]), np.array([14.0, 30.0, 16.0]), 1.0, 3.0),
        (np.array([10.0, 20.0, 30.0, 45.0]), np.array([12.0, 44.0, 28.0]), 9.0, 1.0),
        (np.array([12.0, 15.0, 19.0, 26.0, 30.0, 41.0]), np.array([14.0, 33.0, 20.0]), 3.0, 7.0),
    ],
    mistakes=[
        held_out_cost_on_the_past,
        held_out_cost_peeking,
        held_out_cost_between_two_orders,
        held_out_cost_of_the_mean,
        held_out_cost_total,
        held_out_cost_swapped,
        held_out_cost_as_quantile_loss,
    ],
    hints=[
        "Two steps: one number from `past`, then its cost on `new`.",
        "The number is your promise from before: a quantile of `past`.",
        "np.where(new > minutes, ..., ...) charges late and early orders differently. Then take the mean.",
    ],
)

perplexity = Exercise(
    perplexity_answer,
    probes=[
        (np.array([0.5, 0.25, 0.125]),),
        (np.array([0.9, 0.1, 0.3, 0.05]),),
        (np.array([1.0, 0.2]),),
        (np.array([0.5, 0.0, 0.25]),),
    ],
    mistakes=[
        perplexity_without_exp,
        perplexity_in_bits,
        perplexity_two_to_the_nats,
        perplexity_without_minus,
        perplexity_weighted_by_the_model,
        perplexity_of_the_sum,
        perplexity_by_mean_of_inverses,
        perplexity_of_mean_probability,
    ],
    hints=[
        "The loss of one letter is the surprise at it, -np.log(p).",
        "Take the mean of these losses: that is the cross-entropy in nats.",
        "np.exp undoes the natural logarithm.",
    ],
)
