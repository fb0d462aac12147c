"""How fast the mathematics is, beside PyTorch, SciPy, scikit-learn and the textbook formula in NumPy.

    python -m benchmarks.numerics           prints a table and writes benchmarks/results/numerics.md

All contestants of a row take turns, so that a change of the machine's load meets them all, and the median counts. They
run on one thread, in float64, on the same data. Losses are per sample, but for MSE and MAE, which are means; the
gradient is with respect to the prediction. PyTorch's column is left out where it is not installed.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):  # read when NumPy is imported
    os.environ[variable] = "1"

import platform  # noqa: E402
import statistics  # noqa: E402
import timeit  # noqa: E402
from importlib.metadata import version  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from scipy import special  # noqa: E402
from sklearn import metrics  # noqa: E402

import lossviz  # noqa: E402
from benchmarks.reports import processor, table  # noqa: E402

try:
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(1)
except ImportError:
    torch = None

ROUNDS = 21
RESULTS = Path(__file__).resolve().parent / "results" / "numerics.md"
RNG = np.random.default_rng(0)
COLUMNS = ["lossviz", "PyTorch", "SciPy", "scikit-learn", "textbook NumPy"]


def torch_calls(loss, prediction, *others):
    """PyTorch's loss, and its loss with the gradient by backward()."""
    if torch is None:
        return None, None
    x, others = torch.tensor(prediction), [torch.tensor(a) for a in others]

    def both():
        leaf = x.detach().requires_grad_()
        loss(leaf, *others).sum().backward()
        return leaf.grad

    return (lambda: loss(x, *others)), both


def ours(name, *arguments):
    """Our loss, and our loss with its gradient."""
    loss, gradient = getattr(lossviz, name), getattr(lossviz, name + "_gradient")
    return (lambda: loss(*arguments)), lambda: (loss(*arguments), gradient(*arguments))


def textbook_softmax(z):
    """The formula as it stands."""
    powers = np.exp(z)
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(n, k):
    """Loss, and loss with gradient, of each contestant; None for what one does not have."""
    z, y = RNG.normal(size=(n, k)), RNG.integers(0, k, n)
    rows, one_hot = np.arange(n), np.eye(k)[y]
    loss = lambda: -np.log(textbook_softmax(z)[rows, y])  # noqa: E731
    return {
        "lossviz": ours("softmax_cross_entropy", y, z),
        "PyTorch": torch_calls(lambda x, t: F.cross_entropy(x, t, reduction="none"), z, y),
        "SciPy": (lambda: -special.log_softmax(z, axis=1)[rows, y], None),
        "scikit-learn": (lambda: metrics.log_loss(y, special.softmax(z, axis=1), labels=np.arange(k)), None),
        "textbook NumPy": (loss, lambda: (loss(), textbook_softmax(z) - one_hot)),
    }


def binary_cross_entropy_with_logits(n):
    """The same for logits of two classes."""
    z, y = RNG.normal(size=n), RNG.integers(0, 2, n).astype(float)
    p = lambda: 1 / (1 + np.exp(-z))  # noqa: E731
    loss = lambda: -(y * np.log(p()) + (1 - y) * np.log(1 - p()))  # noqa: E731
    return {
        "lossviz": ours("binary_cross_entropy_with_logits", y, z),
        "PyTorch": torch_calls(lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"), z, y),
        "SciPy": (lambda: -(y * special.log_expit(z) + (1 - y) * special.log_expit(-z)), None),
        "scikit-learn": (lambda: metrics.log_loss(y, special.expit(z)), None),
        "textbook NumPy": (loss, lambda: (loss(), p() - y)),
    }


def regression(name, torch_loss, scipy_call, sklearn_call, textbook):
    """The same for a loss of numbers: what gives the contestants for n of them."""

    def calls(n):
        y, f = RNG.normal(size=n), RNG.normal(size=n)
        return {
            "lossviz": ours(name, y, f),
            "PyTorch": torch_calls(torch_loss, f, y),
            "SciPy": (scipy_call and (lambda: scipy_call(y, f)), None),
            "scikit-learn": (sklearn_call and (lambda: sklearn_call(y, f)), None),
            "textbook NumPy": tuple(lambda g=g: g(y, f) for g in textbook),
        }

    return calls


def textbook_huber(y, f):
    """The formula as it stands, for delta = 1."""
    r = np.abs(y - f)
    return np.where(r <= 1, r**2 / 2, r - 0.5)


mse = regression(
    "mse",
    lambda f, y: F.mse_loss(f, y),
    None,
    metrics.mean_squared_error,
    (lambda y, f: np.mean((y - f) ** 2), lambda y, f: (np.mean((y - f) ** 2), 2 * (f - y) / y.size)),
)
mae = regression(
    "mae",
    lambda f, y: F.l1_loss(f, y),
    None,
    metrics.mean_absolute_error,
    (lambda y, f: np.mean(np.abs(y - f)), lambda y, f: (np.mean(np.abs(y - f)), np.sign(f - y) / y.size)),
)
huber = regression(
    "huber",
    lambda f, y: F.huber_loss(f, y, reduction="none"),
    lambda y, f: special.huber(1.0, f - y),
    None,
    (textbook_huber, lambda y, f: (textbook_huber(y, f), np.clip(f - y, -1, 1))),
)


def kl_divergence(n):
    """The same for rows of 10 probabilities, n in all."""
    p, q = RNG.dirichlet(np.ones(10), n // 10), RNG.dirichlet(np.ones(10), n // 10)
    textbook = lambda: (p * np.log(p / q)).sum(axis=1)  # noqa: E731
    return {
        "lossviz": ours("kl_divergence", p, q),
        "PyTorch": torch_calls(lambda b, a: F.kl_div(b.log(), a, reduction="none").sum(dim=1), q, p),
        "SciPy": (lambda: special.rel_entr(p, q).sum(axis=1), None),
        "scikit-learn": (None, None),
        "textbook NumPy": (textbook, lambda: (textbook(), -p / q)),
    }


MILLION = 10**6
TASKS = {
    "softmax cross-entropy, 100k x 10": (MILLION, lambda: softmax_cross_entropy(100_000, 10)),
    "softmax cross-entropy, 1k x 1000": (MILLION, lambda: softmax_cross_entropy(1000, 1000)),
    "binary cross-entropy with logits, 1M": (MILLION, lambda: binary_cross_entropy_with_logits(MILLION)),
    "MSE, 1M": (MILLION, lambda: mse(MILLION)),
    "MAE, 1M": (MILLION, lambda: mae(MILLION)),
    "Huber, 1M": (MILLION, lambda: huber(MILLION)),
    "KL divergence, 100k x 10": (MILLION, lambda: kl_divergence(MILLION)),
}
SMALL = {
    "softmax_cross_entropy": lambda: lossviz.softmax_cross_entropy(1, [3.0, 1, -3]),
    "binary_cross_entropy_with_logits": lambda: lossviz.binary_cross_entropy_with_logits([1, 0, 1], [3.0, 1, -3]),
    "torch_cross_entropy": lambda: lossviz.torch_cross_entropy([3.0, 1, -3], 1),
    "torch_cross_entropy_gradient": lambda: lossviz.torch_cross_entropy_gradient([3.0, 1, -3], 1),
    "mse": lambda: lossviz.mse([1.0, 2, 3], [2.0, 2, 5]),
    "mae": lambda: lossviz.mae([1.0, 2, 3], [2.0, 2, 5]),
    "huber": lambda: lossviz.huber([1.0, 2, 3], [2.0, 2, 5]),
    "kl_divergence": lambda: lossviz.kl_divergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]),
    "js_divergence": lambda: lossviz.js_divergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]),
}


def interleaved(calls):
    """Median seconds of each call; every round calls each of them once."""
    times = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(ROUNDS):
        for name, call in calls.items():
            times[name].append(timeit.timeit(call, number=1))
    return {name: statistics.median(values) for name, values in times.items()}


def speed_rows(columns):
    """One row for each task, without and with gradient."""
    for task, (elements, calls) in TASKS.items():
        contestants = calls()
        for i, what in enumerate(("loss", "loss + gradient")):
            seconds = interleaved({name: contestants[name][i] for name in columns if contestants[name][i]})
            cells = [f"{seconds[name] / elements * 1e9:.2f}" if name in seconds else "" for name in columns]
            ratio = f"{seconds['lossviz'] / seconds['PyTorch']:.2f}" if "PyTorch" in seconds else ""
            yield [task, what, *cells, *([ratio] if torch else [])]


def report():
    """The lines of the report, measured now."""
    columns = [name for name in COLUMNS if torch or name != "PyTorch"]
    packages = ["numpy", "scipy", "scikit-learn", *(["torch"] if torch else [])]
    yield "# Speed of the mathematics"
    yield ""
    yield "Nanoseconds per element, float64, one thread, median of interleaved rounds. A blank cell has no counterpart."
    if not torch:
        yield "PyTorch is not installed here; its column is left out."
    yield f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in packages)
    yield f"on {processor()} ({platform.system()} {platform.machine()}), {ROUNDS} rounds."
    yield ""
    ratio = ["lossviz / PyTorch"] if torch else []
    yield from table(["task", "what", *columns, *ratio], speed_rows(columns))
    yield ""
    yield "Microseconds of a call with all its checks on 3 values:"
    yield ""
    calls = {name: lambda call=call: [call() for _ in range(100)] for name, call in SMALL.items()}
    yield from table(["call", "µs"], [[f"`{n}`", f"{t / 100 * 1e6:.0f}"] for n, t in interleaved(calls).items()])


if __name__ == "__main__":
    text = "\n".join(report()) + "\n"
    print(text, end="")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text)
