"""Execute the notebooks and write them in one canonical form.

    python tools/notebooks.py [notebook ...]

Two runs give identical bytes: counts from 1, no widget state, no timing, neutral model ids, and a picture stays as it
is while its pixels are the same (compressed again they may be other bytes). Outputs are kept: without them a reader
with no kernel sees nothing and nbval compares nothing.
"""

import argparse
import base64
import io
from copy import deepcopy
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from PIL import Image

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURE = "image/png"
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
    stored = deepcopy(notebook)
    client.execute()
    keep_pictures(stored, notebook)
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


def keep_pictures(stored, notebook):
    """Put back the stored pictures whose pixels are those of the new ones."""
    for before, after in zip(stored.cells, notebook.cells, strict=True):
        for old, new in zip(before.get("outputs", []), after.get("outputs", []), strict=False):
            pictures = [output.get("data", {}).get(PICTURE) for output in (old, new)]
            if all(pictures) and np.array_equal(*map(pixels, pictures)):
                new.data[PICTURE] = old.data[PICTURE]


def pixels(png):
    """The pixels of a picture as a notebook holds it."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"))


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(NOTEBOOKS.glob("*.ipynb")))
    for path in parser.parse_args().notebooks:
        nbformat.write(executed(path), path)
        print(f"{path.name} written")


if __name__ == "__main__":
    main()
