"""Execute the notebooks and write them in one canonical form, or check that they already are.

    python tools/notebooks.py [--check] [notebook ...]

Two runs give identical bytes: counts from 1, no widget state, no timing, neutral model ids. Outputs are
kept: without them a reader with no kernel sees nothing and nbval compares nothing. With --check nothing is
written, and a difference in anything but the pixels of a picture fails: these may differ between
platforms and versions of Matplotlib, and the sentence beside a picture does not.
"""

import argparse
import difflib
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def executed(path):
    """The notebook run from top to bottom in a fresh kernel, in canonical form."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        store_widget_state=False,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return canonical(notebook)


def canonical(notebook):
    """The notebook without anything that differs from run to run."""
    notebook.metadata = nbformat.from_dict(METADATA)
    views = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get(WIDGET)
            if view:
                views += 1
                view["model_id"] = f"{views:032x}"
    nbformat.validate(notebook)
    return notebook


def without_pixels(notebook):
    """The text of the notebook's file, with every picture replaced by a word."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output["data"]["image/png"] = "picture"
    return nbformat.writes(copy)


def differences(path, fresh):
    """What differs between the file and a fresh execution, as lines of a diff."""
    committed = without_pixels(nbformat.read(path, as_version=4))
    lines = committed.splitlines(), without_pixels(fresh).splitlines()
    return list(difflib.unified_diff(*lines, f"{path.name}, committed", f"{path.name}, executed", lineterm="", n=1))


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(NOTEBOOKS.glob("*.ipynb")))
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a notebook is not fresh")
    arguments = parser.parse_args()
    stale = 0
    for path in arguments.notebooks:
        fresh = executed(path)
        if arguments.check:
            changed = differences(path, fresh)
            stale += bool(changed)
            print("\n".join(changed) if changed else f"{path.name} is fresh")
        else:
            nbformat.write(fresh, path)
            print(f"{path.name} written")
    if stale:
        sys.exit(f"{stale} notebook(s) differ from a fresh execution; run `make notebooks` and look at the change")


if __name__ == "__main__":
    main()
