"""Execute the notebooks and write them in one canonical form.

    python tools/notebooks.py [notebook ...]

Two runs give identical bytes: counts from 1, no widget state, no timing, neutral model ids. Outputs are
kept: without them a reader with no kernel sees nothing and nbval compares nothing.
"""

import argparse
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


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(NOTEBOOKS.glob("*.ipynb")))
    for path in parser.parse_args().notebooks:
        nbformat.write(executed(path), path)
        print(f"{path.name} written")


if __name__ == "__main__":
    main()
