"""Move every control of an explorer as the browser does: by messages with its new state.

`conftest.py` also runs this file inside the kernel of each notebook.
"""

import gc
import random

from ipywidgets.widgets import widget

from lossviz.explore import Explorer


def states(control, random_points=0):
    """States of a control: every option, or both ends, the middle, and random points between."""
    if hasattr(control, "options"):
        return [{"index": i} for i in range(len(control.options))]
    low, high = control.min, control.max
    points = [low, high, (low + high) / 2, *(random.uniform(low, high) for _ in range(random_points))]
    return [{"value": type(control.value)(point)} for point in points]


def words(sentence):
    """The words of a sentence, without what stands between them."""
    return [word.strip("(),.;:=|") for word in sentence.lower().split()]


def walk(explorer, random_points=0):
    """Move each control through its states and back. Yield after each move; fail if a control moves nothing."""
    for name, control in explorer.controls.items():
        key = "index" if hasattr(control, "options") else "value"
        start, seen = {key: getattr(control, key)}, set()
        for state in [*states(control, random_points), start]:
            control.set_state(state)
            seen.add((explorer.sentence, explorer.picture.frame))
            yield name, state
        assert len(seen) > 1, f"{name} moves neither the picture nor the sentence of {explorer.call}"


def walk_all():
    """Walk every explorer alive in this process, and tell of all that fail."""
    gc.collect()
    problems = []
    for explorer in [w for w in widget._instances.values() if isinstance(w, Explorer)]:
        try:
            for name, state in walk(explorer):
                assert "nan" not in words(explorer.sentence), f"{name} at {state}: {explorer.sentence}"
        except Exception as problem:
            problems.append(f"{explorer.call}: {type(problem).__name__}: {problem}")
    assert not problems, "\n".join(problems)
