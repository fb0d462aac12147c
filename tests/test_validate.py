"""Wrong use raises, and the message says which argument, which value, where, and of which shape.

Every public function is used wrongly in every way that applies to its arguments.
"""

import inspect
import re
import warnings
from fractions import Fraction

import numpy as np
import pytest

import lossviz

nan, inf = np.nan, np.inf
FUNCTIONS = {name: getattr(lossviz, name) for name in lossviz.__all__}

# a right call of each kind of function: argument -> value
PAIR = {"p": [[0.7, 0.2, 0.1], [0.5, 0.25, 0.25]], "q": [[0.5, 0.3, 0.2], [0.25, 0.5, 0.25]]}
BINARY = {"y_true": [[1, 0, 0.5], [0, 1, 0]], "p": [[0.7, 0.2, 0.1], [0.5, 0.25, 0.25]]}
BINARY_LOGITS = {"y_true": [[1, 0, 0.5], [0, 1, 0]], "logits": [[3.0, -1, 0], [2, 800, -900]]}
CLASSES = {"y_true": [0, 2], "p": [[0.7, 0.2, 0.1], [0.5, 0.25, 0.25]]}
CLASS_LOGITS = {"y_true": [0, 2], "logits": [[3.0, -1, 0], [2, 800, -900]]}
TORCH = {"logits": [[3.0, -1, 0], [2, 800, -900]], "target": [0, 2], "weight": [1.0, 2, 3]}
NLL = {"log_probs": [[-1.0, -1, -3], [-2, -inf, 0]], "target": [0, 2], "weight": [1.0, 2, 3]}
NUMBERS = {"y_true": [[1.0, -2, 0.5], [0, 1e200, 0]], "y_pred": [[3.0, -1, 0], [2, 800, -900]]}
ROWS = {"z": [[3.0, -1, 0], [2, 800, -900]]}

CALLS = {
    "self_information": {"p": PAIR["p"]},
    "entropy": {"p": PAIR["p"]},
    "binary_cross_entropy": BINARY,
    "brier_score": BINARY,
    "binary_cross_entropy_with_logits": BINARY_LOGITS,
    "categorical_cross_entropy": CLASSES,
    "softmax_cross_entropy": CLASS_LOGITS,
    "torch_cross_entropy": TORCH,
    "nll_loss": NLL,
}
CALLS |= dict.fromkeys(["cross_entropy", "kl_terms", "kl_divergence", "js_divergence"], PAIR)
CALLS |= dict.fromkeys(lossviz.activations.__all__, ROWS)
CALLS |= dict.fromkeys(lossviz.regression.__all__, NUMBERS)
CALLS |= {name: CALLS[name.removesuffix("_gradient")] for name in lossviz.__all__ if name.endswith("_gradient")}

OVER_ROWS = {
    name for name, call in CALLS.items() if call is PAIR or "target" in call or call in (CLASSES, CLASS_LOGITS)
}
OVER_ROWS |= {"entropy", "hardmax", "softmax", "log_softmax", "logsumexp"}


def having(*parameters):
    """The functions with one of the parameters, and that parameter."""
    return [
        (name, parameter)
        for name in lossviz.__all__
        for parameter in parameters
        if parameter in inspect.signature(FUNCTIONS[name]).parameters
    ]


def message(error, name, **changed):
    with pytest.raises(error) as caught:
        FUNCTIONS[name](**(CALLS[name] | changed))
    assert caught.type is error
    return str(caught.value)


def replaced(rows, value, index=(1, 2)):
    a = np.array(rows, dtype=float)
    a[index] = value
    return a


def test_every_function_has_a_right_call():
    assert set(CALLS) == set(lossviz.__all__)
    for name, call in CALLS.items():
        FUNCTIONS[name](**call)


ARRAYS = [(name, argument) for name, call in CALLS.items() for argument in call]
NUMERIC = [(name, argument) for name, argument in ARRAYS if np.ndim(CALLS[name][argument]) == 2]


@pytest.mark.parametrize(("name", "argument"), NUMERIC)
def test_nan_is_named_with_its_index_and_the_shape(name, argument):
    text = message(ValueError, name, **{argument: replaced(CALLS[name][argument], nan)})
    assert text.startswith(f"{argument}: value nan at index (1, 2) of shape (2, 3)")


@pytest.mark.parametrize(("name", "argument"), NUMERIC)
def test_plus_infinity_is_refused_everywhere(name, argument):
    text = message(ValueError, name, **{argument: replaced(CALLS[name][argument], inf)})
    assert text.startswith(f"{argument}: value inf at index (1, 2) of shape (2, 3)")


@pytest.mark.parametrize("value", [-0.1, 1.1, -5e-324, 1 + 2**-52])
@pytest.mark.parametrize(
    ("name", "argument"),
    [(n, a) for n, a in NUMERIC if a in ("p", "q") or (CALLS[n] in (BINARY, BINARY_LOGITS) and a == "y_true")],
)
def test_probabilities_lie_from_0_to_1(name, argument, value):
    text = message(ValueError, name, **{argument: replaced(CALLS[name][argument], value)})
    assert text == f"{argument}: value {value} at index (1, 2) of shape (2, 3) is outside [0, 1]"


@pytest.mark.parametrize(("name", "argument"), [(n, a) for n, a in NUMERIC if a in ("p", "q") and n in OVER_ROWS])
def test_rows_of_probabilities_sum_to_1(name, argument):
    right = np.array(CALLS[name][argument])
    FUNCTIONS[name](**(CALLS[name] | {argument: replaced(right, right[1, 2] + 0.9e-6)}))
    text = message(ValueError, name, **{argument: replaced(right, right[1, 2] + 1.1e-6)})
    assert text.startswith(f"{argument}: the row [1, :] of shape (2, 3) sums to 1.0000011 instead of 1")
    assert text.endswith("probabilities lie along the last axis; divide weights by their sum first")


@pytest.mark.parametrize(("dtype", "most"), [(np.float64, 1e-6), (np.float32, 1e-4), (np.float16, 1e-3)])
def test_a_sum_may_be_off_by_the_rounding_of_its_dtype_whatever_that_of_the_other_argument(dtype, most):
    other = [0.5, 0.25, 0.25]
    lossviz.cross_entropy(other, np.array([0.5 - 0.9 * most, 0.25, 0.25], dtype))
    with pytest.raises(ValueError, match=r"q: the row of shape \(3,\) sums to 0\.99"):
        lossviz.cross_entropy(other, np.array([0.5 - 1.3 * most, 0.25, 0.25], dtype))


def test_the_published_rows_that_sum_to_1_point_1_are_refused():
    with pytest.raises(ValueError, match=r"p: the row \[0, :\] of shape \(2, 3\) sums to 1.1 instead of 1"):
        lossviz.categorical_cross_entropy([0, 1], [[0.3, 0.4, 0.4], [0.1, 0.2, 0.7]])


@pytest.mark.parametrize(("name", "argument"), [(n, a) for n, a in NUMERIC if n in OVER_ROWS])
def test_rows_are_not_empty(name, argument):
    empty = {key: np.empty((2, 0)) for key, value in CALLS[name].items() if np.ndim(value) == 2}
    assert "(2, 0) has no outcomes along" in message(ValueError, name, **empty)


@pytest.mark.parametrize(("name", "argument"), [(n, a) for n, a in NUMERIC if n in OVER_ROWS])
def test_one_number_is_no_row(name, argument):
    numbers = {key: 0.0 for key, value in CALLS[name].items() if np.ndim(value) == 2}
    assert "0.0 of shape () is one number" in message(ValueError, name, **numbers)


def test_a_row_along_another_axis_is_named():
    rows = np.zeros((2, 3, 5))
    rows[1, :, 4] = -inf
    with pytest.raises(ValueError, match=re.escape("z: the row [1, :, 4] of shape (2, 3, 5) holds only -inf")):
        lossviz.softmax(rows, axis=1)
    with pytest.raises(ValueError, match=re.escape("z: the row of shape (2,) holds only -inf")):
        lossviz.softmax([-inf, -inf])


ROWS_OF_LOGITS = [(n, a) for n, a in NUMERIC if n in OVER_ROWS and a in ("z", "logits")]


@pytest.mark.parametrize(("name", "argument"), ROWS_OF_LOGITS)
def test_a_row_of_minus_infinity_is_no_row_of_logits(name, argument):
    rows = replaced(CALLS[name][argument], -inf, 1)
    text = message(ValueError, name, **{argument: rows})
    assert (
        text == f"{argument}: the row [1, :] of shape (2, 3) holds only -inf; at least one class needs a finite logit"
    )
    rows[1, 0] = 0
    FUNCTIONS[name](**(CALLS[name] | {argument: rows}))


@pytest.mark.parametrize("name", [n for n, call in CALLS.items() if "log_probs" in call])
@pytest.mark.parametrize(("value", "said"), [(1e-9, "1e-09"), (nan, "nan")])
def test_log_probabilities_are_at_most_0(name, value, said):
    text = message(ValueError, name, log_probs=replaced(NLL["log_probs"], value))
    assert text.startswith(f"log_probs: value {said} at index (1, 2) of shape (2, 3) is no log-probability")
    assert "log_softmax" in text


TWO_ARRAYS = [n for n, call in CALLS.items() if sum(np.ndim(value) == 2 for value in call.values()) == 2]


@pytest.mark.parametrize(
    "shapes", [((3,), (3, 1)), ((3, 1), (3,)), ((1,), (3,)), ((3,), (1,)), ((), (3,)), ((2, 3), (3, 2))]
)
@pytest.mark.parametrize("name", TWO_ARRAYS)
def test_nothing_is_broadcast(name, shapes):
    first, second = [key for key, value in CALLS[name].items() if np.ndim(value) == 2]
    text = message(ValueError, name, **{first: np.ones(shapes[0]), second: np.ones(shapes[1])})
    assert text.startswith(f"{first} and {second}: shapes {shapes[0]} and {shapes[1]} differ")


WITH_LABELS = [(n, a) for n, a in ARRAYS if np.ndim(CALLS[n][a]) == 1 and a in ("y_true", "target")]


@pytest.mark.parametrize("label", [-1, 3])
@pytest.mark.parametrize(("name", "argument"), WITH_LABELS)
def test_labels_are_classes(name, argument, label):
    text = message(ValueError, name, **{argument: [0, label]})
    assert text == f"{argument}: value {label} at index (1,) of shape (2,) is no class; labels run from 0 to 2"


@pytest.mark.parametrize(("name", "argument"), WITH_LABELS)
def test_a_label_is_checked_before_it_is_an_index(name, argument):
    label = 2**64 - 100
    text = message(ValueError, name, **{argument: np.array([0, label], np.uint64)})
    assert text.startswith(f"{argument}: value {label} at index (1,) of shape (2,) is no class")


@pytest.mark.parametrize(("name", "argument"), WITH_LABELS)
def test_labels_are_integers(name, argument):
    text = message(TypeError, name, **{argument: [0.0, 2.0]})
    assert text.startswith(f"{argument}: labels are integers, got [0.0, 2.0] (dtype float64, shape (2,))")


def test_no_labels_for_no_predictions():
    assert lossviz.softmax_cross_entropy([], np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 1), (2, 2)])
@pytest.mark.parametrize(("name", "argument"), WITH_LABELS)
def test_there_is_one_label_for_each_row(name, argument, shape):
    text = message(ValueError, name, **{argument: np.zeros(shape, int)})
    assert text == f"{argument}: shape {shape}, but these predictions need labels of shape (2,)"


@pytest.mark.parametrize("name", [n for n, call in CALLS.items() if call in (CLASSES, CLASS_LOGITS)])
def test_a_single_class_is_a_matter_for_the_binary_losses(name):
    prediction = next(key for key in CALLS[name] if key != "y_true")
    assert "binary cross-entropy" in message(ValueError, name, y_true=[0, 0], **{prediction: [[1.0], [1.0]]})


@pytest.mark.parametrize("name", [n for n, call in CALLS.items() if call in (CLASSES, CLASS_LOGITS)])
def test_soft_labels_are_distributions(name):
    assert "y_true: the row [1, :]" in message(ValueError, name, y_true=[[0, 0, 1], [0.5, 0.5, 0.5]])
    assert "y_true: value 2.0 at index (0, 2)" in message(ValueError, name, y_true=[[0, 0, 2], [0, 0, 1]])


@pytest.mark.parametrize("name", ["torch_cross_entropy", "torch_cross_entropy_gradient"])
def test_class_probabilities_are_distributions_of_floats(name):
    assert "target: the row [1, :]" in message(ValueError, name, target=[[0, 0, 1], [0.5, 0.5, 0.5]])
    assert "target: class probabilities are floats" in message(TypeError, name, target=[[0, 0, 1], [1, 0, 0]])
    text = message(ValueError, name, target=[[0, 0, 1.0], [1, 0, 0]], ignore_index=1)
    assert text == "ignore_index: 1 is a class, but target, of shape (2, 3), holds no labels"


@pytest.mark.parametrize("value", ["a", "1.5", 1j, None, object()])
@pytest.mark.parametrize(("name", "argument"), NUMERIC)
def test_what_is_not_real_is_a_type_error(name, argument, value):
    rows = np.array(CALLS[name][argument], dtype=object)
    rows[1, 2] = value
    text = message(TypeError, name, **{argument: rows.tolist()})
    assert text.startswith(f"{argument}: expected real numbers")


@pytest.mark.parametrize(("name", "argument"), NUMERIC + WITH_LABELS)
def test_what_is_masked_is_not_taken_for_a_number(name, argument):
    rows = np.ma.array(CALLS[name][argument])
    rows[1] = np.ma.masked
    for given in (rows, list(rows), tuple(rows)):
        assert "are masked; leave them out" in message(TypeError, name, **{argument: given})


@pytest.mark.parametrize(("name", "argument"), [(n, a) for n, a in NUMERIC if a in ("p", "q")])
def test_minus_0_is_a_probability_of_0(name, argument):
    certain = np.array([[1.0, 0, 0], [0, 1, 0]])
    zero, minus = (FUNCTIONS[name](**(CALLS[name] | {argument: np.where(certain, 1.0, z)})) for z in (0.0, -0.0))
    np.testing.assert_array_equal(minus, zero)


@pytest.mark.parametrize(("name", "argument"), NUMERIC + WITH_LABELS)
def test_rows_of_unequal_length_are_named(name, argument):
    assert message(ValueError, name, **{argument: [[1.0, 0], [1]]}).startswith(f"{argument}: the rows differ in length")


@pytest.mark.parametrize("value", [0, -1, 1, nan, inf, 0.5, 10**400, Fraction(10**20 + 1, 10**20)])
@pytest.mark.parametrize(("name", "option"), having("base"))
def test_a_base_is_above_1(name, option, value):
    assert message(ValueError, name, base=value).startswith(f"base: {value} is not a finite number above 1")


@pytest.mark.parametrize("value", [0, -1, nan, inf, -inf, 10**400, Fraction(1, 10**400)])
@pytest.mark.parametrize(("name", "option"), having("delta", "beta", "temperature"))
def test_thresholds_and_temperatures_are_positive(name, option, value):
    assert message(ValueError, name, **{option: value}) == f"{option}: {value} is not a finite number above 0"


@pytest.mark.parametrize("value", [0, 1, -0.1, 1.1, nan, inf])
@pytest.mark.parametrize(("name", "option"), having("quantile", "eps"))
def test_a_quantile_and_an_epsilon_lie_between_their_ends(name, option, value):
    text = message(ValueError, name, **{option: value})
    assert text == f"{option}: {value} is not between 0 and {1 if option == 'quantile' else 0.5}, ends excluded"


def test_clipping_takes_less_than_one_half():
    assert "eps: 0.5 is not between" in message(ValueError, "binary_cross_entropy", eps=0.5)


@pytest.mark.parametrize("value", [-0.1, 1.1, nan, inf])
@pytest.mark.parametrize(("name", "option"), having("label_smoothing"))
def test_label_smoothing_is_a_fraction(name, option, value):
    assert message(ValueError, name, label_smoothing=value) == f"label_smoothing: {value} is outside [0, 1]"
    FUNCTIONS[name](**CALLS[name], label_smoothing=1)
    FUNCTIONS[name](**CALLS[name], label_smoothing=0)


@pytest.mark.parametrize("value", ["2", None, True, [2.0], np.array([0.5, 0.5]), 1j])
@pytest.mark.parametrize(
    ("name", "option"), having("base", "delta", "beta", "temperature", "quantile", "label_smoothing")
)
def test_numbers_are_numbers(name, option, value):
    assert message(TypeError, name, **{option: value}).startswith(f"{option}: {value!r} is not a number")


@pytest.mark.parametrize(("name", "option"), having("weight"))
def test_weights_are_one_for_each_class_and_not_negative(name, option):
    assert message(ValueError, name, weight=[1, -2, 1]).startswith(
        "weight: value -2.0 at index (1,) of shape (3,) is below 0"
    )
    assert (
        message(ValueError, name, weight=[1, 1]) == "weight: shape (2,) is not (3,); there is one weight for each class"
    )
    assert message(ValueError, name, weight=[1, nan, 1]).startswith("weight: value nan at index (1,)")
    assert message(ValueError, name, weight=[1, inf, 1]).startswith("weight: value inf at index (1,)")
    assert message(TypeError, name, weight=["a", "b", "c"]).startswith("weight: expected real numbers")


@pytest.mark.parametrize("value", ["elementwise_mean", "Mean", None, True, 0])
@pytest.mark.parametrize(("name", "option"), having("reduction"))
def test_a_reduction_is_known(name, option, value):
    assert message(ValueError, name, reduction=value) == f"reduction: {value!r} is not one of 'none', 'mean', 'sum'"


@pytest.mark.parametrize("value", [-100.0, "a", None, True, [0]])
@pytest.mark.parametrize(("name", "option"), having("ignore_index"))
def test_the_ignored_label_is_an_integer(name, option, value):
    assert message(TypeError, name, ignore_index=value) == f"ignore_index: {value!r} is not an integer"


@pytest.mark.parametrize("name", [n + s for n in ("mse", "mae", "rmse") for s in ("", "_gradient")])
def test_a_mean_of_nothing_is_refused(name):
    text = message(ValueError, name, y_true=np.empty((0, 2)), y_pred=np.empty((0, 2)))
    assert text == "y_true: shape (0, 2) is empty; a mean needs at least one value"


@pytest.mark.parametrize(("name", "option"), having("reduction"))
def test_pytorchs_mean_of_nothing_is_refused_and_its_sum_is_0(name, option):
    prediction = next(iter(CALLS[name]))
    nothing = {prediction: np.empty((0, 3)), "target": np.empty(0, int)}
    assert (
        message(ValueError, name, **nothing) == f"{prediction}: shape (0, 3) is empty; a mean needs at least one value"
    )
    nowhere = {prediction: np.empty((2, 3, 0)), "target": np.empty((2, 0), int)}
    assert message(ValueError, name, **nowhere).startswith(f"{prediction}: shape (2, 3, 0) is empty;")
    assert np.sum(FUNCTIONS[name](**nothing, reduction="sum")) == 0
    assert FUNCTIONS[name](**nothing, reduction="none").shape == ((0, 3) if "gradient" in name else (0,))


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_an_axis_exists(name):
    assert message(ValueError, name, axis=2) == "axis: 2 is no axis of z, which has the shape (2, 3)"
    assert message(ValueError, name, axis=-3) == "axis: -3 is no axis of z, which has the shape (2, 3)"
    assert message(TypeError, name, axis=None) == "axis: None is not an integer"
    assert message(TypeError, name, axis=True) == "axis: True is not an integer"
    assert message(TypeError, name, axis=0.0) == "axis: 0.0 is not an integer"
    assert message(ValueError, name, z=np.empty((0, 3)), axis=0).startswith(
        "z: shape (0, 3) has no outcomes along axis 0"
    )


# What is right in any form


def forms(value):
    a = np.array(value)
    yield a.tolist()
    yield np.asfortranarray(a)
    yield np.repeat(a, 2, axis=-1)[..., ::2]
    yield a[::-1][::-1]
    yield np.array(a, order="C")[np.newaxis][0]


@pytest.mark.parametrize("name", lossviz.__all__)
def test_lists_and_strided_and_fortran_ordered_arrays_give_the_same(name):
    plain = FUNCTIONS[name](**CALLS[name])
    for arguments in zip(*(forms(value) for value in CALLS[name].values()), strict=True):
        other = FUNCTIONS[name](**dict(zip(CALLS[name], arguments, strict=True)))
        np.testing.assert_array_equal(plain, other)


@pytest.mark.parametrize("name", lossviz.__all__)
def test_inputs_are_never_changed(name):
    arguments = {key: np.array(value) for key, value in CALLS[name].items()}
    before = {key: value.copy() for key, value in arguments.items()}
    for value in arguments.values():
        value.flags.writeable = False
    result = FUNCTIONS[name](**arguments)
    for key in arguments:
        np.testing.assert_array_equal(arguments[key], before[key])
        assert not np.shares_memory(result, arguments[key])


@pytest.mark.parametrize("name", [n for n in lossviz.__all__ if n not in OVER_ROWS])
def test_a_single_number_gives_a_single_number(name):
    numbers = {key: np.array(value)[1, 1] for key, value in CALLS[name].items()}
    result = FUNCTIONS[name](**numbers)
    assert isinstance(result, np.floating)
    assert result == np.ravel(FUNCTIONS[name](**{key: [value] for key, value in numbers.items()}))[0]


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int64])
@pytest.mark.parametrize("name", lossviz.__all__)
def test_integers_and_booleans_count_as_numbers(name, dtype):
    ones = {
        key: np.eye(3)[:2].astype(dtype) if np.ndim(value) == 2 else np.array([0, 1], dtype)
        for key, value in CALLS[name].items()
        if key != "weight"
    }
    if "log_probs" in ones:
        ones["log_probs"] = 0 * ones["log_probs"]
    result = FUNCTIONS[name](**ones)
    assert result.dtype == np.float64
    as_floats = {key: value.astype(float) if value.ndim == 2 else value for key, value in ones.items()}
    np.testing.assert_array_equal(result, FUNCTIONS[name](**as_floats))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("name", lossviz.__all__)
def test_the_result_has_the_precision_of_the_input_up_to_float64(name, dtype):
    ones = {key: np.eye(3, dtype=dtype)[:2] if np.ndim(value) == 2 else [0, 1] for key, value in CALLS[name].items()}
    ones.pop("weight", None)
    if "log_probs" in ones:
        ones["log_probs"] = 0 * ones["log_probs"]
    assert FUNCTIONS[name](**ones).dtype == min(dtype, np.dtype(float))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", lossviz.__all__)
def test_no_legal_extreme_warns(name, dtype):
    great = np.finfo(dtype).max / 4
    extremes = {
        "y_true": [[0, 1, 0], [0, 0, 1]],
        "p": [[0, 1, 0], [0.5, 0.5, 0]],
        "q": [[1, 0, 0], [0, 0.5, 0.5]],
        "logits": [[-great, great, -inf], [0, -inf, -great]],
        "z": [[-great, great, -inf], [0, -inf, -great]],
        "log_probs": [[-inf, 0, -inf], [-great, -great, 0]],
    }
    if CALLS[name] is NUMBERS:
        extremes = {"y_true": [[-great, great, 0], [0, 0, 0]], "y_pred": [[great, -great, 0], [0, 5e-324, 0]]}
    arguments = {key: np.array(extremes[key], dtype) for key in CALLS[name] if key in extremes}
    if "target" in CALLS[name]:
        arguments["target"] = [2, 1]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = FUNCTIONS[name](**arguments)
    assert not np.isnan(result).any()
