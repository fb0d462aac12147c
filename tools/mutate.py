"""Change the mathematics at one point after another, and see whether the tests notice.

    python tools/mutate.py                  all mathematics modules
    python tools/mutate.py regression       one of them

A mutant is a copy of a module in which one sign, operator, comparison, constant, function or order of two arguments is
another. It is killed when a test of the mathematics fails or does not end. A survivor shows that a test is missing, or
is equivalent: EQUIVALENT says why no test can see it. Any other survivor makes the exit status 1.
"""

import ast
import copy
import importlib
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ["information", "activations", "classification", "regression"]
TESTS = ["test_{module}.py", "test_gradients.py", "test_validate.py", "test_classification.py", "test_accuracy.py"]
SECONDS = 180  # of the processor, several times what the tests take
PLUGINS = ["-p", "_hypothesis_pytestplugin", "--hypothesis-profile=mutants"]
PRELOADED = [
    "_hypothesis_pytestplugin",
    "hypothesis.extra.numpy",
    "mpmath",
    "pytest",
    "scipy.optimize",
    "scipy.spatial",
    "scipy.stats",
    "sklearn.metrics",
]

OTHERS = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult], ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr], ast.BitOr: [ast.BitAnd], ast.USub: [ast.UAdd], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is],
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE], ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.And: [ast.Or], ast.Or: [ast.And],
}  # fmt: skip
FUNCTIONS = {
    "sum": "mean", "max": "min", "argmax": "argmin", "maximum": "minimum", "log": "log2", "log2": "log", "log10": "log",
    "log1p": "log", "exp": "expm1", "sqrt": "abs", "abs": "positive", "sinh": "tanh", "tanh": "sin", "sign": "positive",
    "clip": "minimum", "isnan": "isinf", "isfinite": "isnan", "zeros": "ones", "zeros_like": "ones_like",
}  # fmt: skip

SYMMETRIC = {"np.minimum", "np.maximum", "min", "share", "mean_under"}

BOTH = "both formulas are right to 8 ulp there"

# a line of the module, and what it became: why no test can tell them apart
EQUIVALENT = {
    (
        "slope = np.where(ratio < np.finfo(float).tiny, log(2 * q) - log(p), log(ratio))",
        "slope = np.where(ratio <= np.finfo(float).tiny, log(2 * q) - log(p), log(ratio))",
    ): BOTH,
    (
        "return _polynomial(x, [1 / (2 * k + 3) for k in range(21)])",
        "return _polynomial(x, [1 / (2 * k + 3) for k in range(22)])",
    ): "one term more than float64 can tell",
    (
        "return _polynomial(x, [1 / (2 * k * (2 * k - 1)) for k in range(1, 33)])",
        "return _polynomial(x, [1 / (2 * k * (2 * k - 1)) for k in range(1, 34)])",
    ): "one term more than float64 can tell",
    (
        "second = np.maximum(over_row(np.maximum, parts), first - 800)",
        "second = np.maximum(over_row(np.maximum, parts), first - 801)",
    ): "exp(-801) is 0 too",
    **{
        (
            "return np.where(behind < 100, np.log1p(odds), behind + np.log(others))[..., 0]",
            f"return np.where(behind {other}, np.log1p(odds), behind + np.log(others))[..., 0]",
        ): BOTH
        for other in ("<= 100", "< 101", "< 50.0")
    },
    **{
        (f"near, s, _ = _near({pair}, 5 / 2)", f"near, s, _ = _near({pair}, {other})"): BOTH
        for pair, others in {"q, p": ("2.5 / 2", "5 / 3"), "p, q": ("6 / 2", "5 / 1.0", "5 / 3", "5 * 2")}.items()
        for other in others
    },
    **{
        (f"{zero} or 1.0", f"{zero} or {other}"): "only zeros are divided by it"
        for zero in ("root = np.sqrt(average(unit ** 2, unit.size))", "scale = np.abs(r).max()")
        for other in ("0.5", "2.0")
    },
    ("return np.maximum(e, z >= 0) / (1 + e)", "return np.maximum(e, z > 0) / (1 + e)"): "e is 1 at 0",
    (
        "return total / count if np.isfinite(total) else (values / count).sum()",
        "return total / count if np.isnan(total) else (values / count).sum()",
    ): "both ways differ by rounding where nothing overflows",
    (
        "scale, unit, _ = _scaled(y_true, y_pred)",
        "scale, unit, _ = _scaled(y_pred, y_true)",
    ): "these errors have been checked, and are squared",
    ("c = np.minimum(a, 20)", "c = np.minimum(a, 21)"): "log cosh is a straight line in float64 from 19 on",
    (
        "y = one_hot(np.where(kept[..., 0], labels, 0), shape) * kept",
        "y = one_hot(np.where(kept[..., 0], labels, 1), shape) * kept",
    ): "the row of an ignored target is multiplied by 0",
    ("denied = np.abs((z >= 0) - y)", "denied = np.abs((z > 0) - y)"): "it is multiplied by 0 at 0",
    (
        "positive, e = (z >= 0, np.exp(-np.abs(z)))",
        "positive, e = (z > 0, np.exp(-np.abs(z)))",
    ): "both cases of the formula are the same at 0",
}


def variants(node):
    """Every other node that may stand in the place of this one."""
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp):
        yield from (with_(node, op=other()) for other in OTHERS.get(type(node.op), []))
    if isinstance(node, ast.AugAssign):
        yield from (with_(node, op=other()) for other in OTHERS[type(node.op)])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield node.operand
    if isinstance(node, ast.Compare):
        yield from (with_(node, ops=[other(), *node.ops[1:]]) for other in OTHERS[type(node.ops[0])])
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        yield from (ast.Constant(v) for v in ([not node.value] if isinstance(node.value, bool) else steps(node.value)))
    if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
        yield with_(node, attr=FUNCTIONS[node.attr])
    if (
        isinstance(node, ast.Call | ast.Tuple)
        and ast.unparse(node).split("(")[0] not in SYMMETRIC
        and len(pair := getattr(node, "args", getattr(node, "elts", []))) == 2
    ):
        yield with_(node, **{"args" if isinstance(node, ast.Call) else "elts": pair[::-1]})


def steps(number):
    """Other numbers."""
    return {number + 1, number / 2} - {number}


def with_(node, **fields):
    """A copy of the node with other fields."""
    other = copy.deepcopy(node)
    for field, value in fields.items():
        setattr(other, field, value)
    return other


def places(tree):
    """Every node with the place where it stands: its statement, and how to put another there."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for i, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, ast.AST):
                    yield parent, field, i if isinstance(value, list) else None, node


def put(parent, field, i, node):
    """Put a node into its place."""
    if i is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[i] = node


def mutants(source):
    """What a line becomes, and the whole module with it, for every mutant."""
    tree = ast.parse(source)
    lines = ast.unparse(tree).splitlines()
    for parent, field, i, node in places(tree):
        for variant in variants(node):
            put(parent, field, i, variant)
            mutant = ast.unparse(tree)
            put(parent, field, i, node)
            changed = [(a, b) for a, b in zip(lines, mutant.splitlines(), strict=True) if a != b]
            if changed:
                yield *(line.strip() for line in changed[0]), mutant


def survives(module, mutant, folder):
    """Test a mutant in a process of its own, which is alone in importing it."""
    (folder / "lossviz" / f"{module}.py").write_text(mutant, encoding="utf-8")
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        sys.path.insert(0, str(folder))
        try:
            import lossviz  # noqa: F401  before pytest looks for it elsewhere

            options = ["-x", "-q", "-c", os.devnull, f"--confcutdir={ROOT / 'tests'}", *PLUGINS]
            tests = dict.fromkeys(str(ROOT / "tests" / name.format(module=module)) for name in TESTS)
            # file after file, as most mutants fall in the first
            os._exit(any(sys.modules["pytest"].main([*options, test]) for test in tests))
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def main(modules):
    """Print every survivor, the score, and why the equivalent ones are."""
    sys.dont_write_bytecode = True
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # a process with threads must not be forked
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # those for notebooks take seconds to import
    for name in PRELOADED:  # here, and not in each fork
        importlib.import_module(name)
    hypothesis = sys.modules["hypothesis"]
    failure_is_enough = {"phases": [hypothesis.Phase.generate], "derandomize": True, "deadline": None}
    hypothesis.settings.register_profile("mutants", **failure_is_enough)
    count, killed, equivalent, missed = 0, 0, [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "lossviz", folder / "lossviz")
        for module in modules:
            source = (ROOT / "lossviz" / f"{module}.py").read_text(encoding="utf-8")
            if not survives(module, source, folder):
                sys.exit(f"{module}: the tests fail without a mutant")
            for before, after, mutant in mutants(source):
                count += 1
                if not survives(module, mutant, folder):
                    killed += 1
                else:
                    (equivalent if (before, after) in EQUIVALENT else missed).append((module, before, after))
                    print(f"survived in {module}: {before}  ->  {after}", flush=True)
            (folder / "lossviz" / f"{module}.py").write_text(source, encoding="utf-8")
    print(f"{count} mutants: {killed} killed, {len(equivalent)} equivalent, {len(missed)} missed")
    print(f"score: {killed / (count - len(equivalent)):.1%} of those that change a value")
    for _, before, after in equivalent:
        print(f"equivalent: {before}  ->  {after}: {EQUIVALENT[before, after]}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main(sys.argv[1:] or MODULES)
