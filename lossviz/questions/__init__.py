"""Questions: predict a number before you look, or choose, with an answer to every wrong choice.

The content stands here and not in the notebooks, so that a cell does not give its answer away. A
question shows nothing but itself until the learner commits, so that Run All spoils nothing.
"""

from .entropy import (
    batch_mean,
    biased_coin,
    entropy_peak,
    nats_or_bits,
    one_house,
    relabelled,
    shortest_code,
    three_heads,
    twice_the_faces,
    two_of_three,
    way_down,
    zero_entropy,
)
from .question import Choice, Prediction, Question

__all__ = [
    "Choice",
    "Prediction",
    "Question",
    "batch_mean",
    "biased_coin",
    "entropy_peak",
    "nats_or_bits",
    "one_house",
    "relabelled",
    "shortest_code",
    "three_heads",
    "twice_the_faces",
    "two_of_three",
    "way_down",
    "zero_entropy",
]
