"""The notebooks as texts: short, well-formed, and with no number that no cell computes."""

import ast
import base64
import io
import itertools
import re
import statistics
from decimal import Decimal
from pathlib import Path

import nbformat
import optional
import pytest
from PIL import Image

from tools.notebooks import PICTURE, canonical, keep_pictures

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?![\w.]*\d)")
FENCE = re.compile(r"^(PyTorch|SciPy|scikit-learn)\b[^\n]*:\n\n```python\n(.*?)```", re.MULTILINE | re.DOTALL)
LIBRARIES = {"PyTorch": "torch", "SciPy": "scipy", "scikit-learn": "sklearn"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def prose(notebook):
    return [re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL) for cell in cells(notebook, "markdown")]


def numbers(text):
    return NUMBER.findall(text.replace("−", "-"))


def output_texts(notebook):
    return [
        output.get("text", "") + output.get("data", {}).get("text/plain", "")
        for cell in cells(notebook, "code")
        for output in cell.outputs
    ]


def lines_of_code(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def unexecuted(stated, outputs):
    """The numbers that are no number of the outputs, rounded as written."""
    known = [Decimal(number) for text in outputs for number in numbers(text)]
    return [n for n in stated if not any(abs(k - Decimal(n)) <= _half_a_digit(n) for k in known)]


def _half_a_digit(number):
    return Decimal(5).scaleb(Decimal(number).as_tuple().exponent - 1)


def test_the_file_is_valid_and_canonical(path, notebook):
    nbformat.validate(notebook)
    assert notebook.metadata["language_info"] == {"name": "python"}, "JupyterLite needs the name"
    assert "widgets" not in notebook.metadata
    assert [cell.execution_count for cell in cells(notebook, "code")] == list(
        range(1, len(cells(notebook, "code")) + 1)
    )
    assert path.read_text(encoding="utf-8") == nbformat.writes(canonical(notebook)) + "\n"
    assert len(path.read_bytes()) < 1_000_000


def test_code_cells_are_short_and_about_the_idea(notebook):
    code = cells(notebook, "code")
    assert statistics.median(len(lines_of_code(cell)) for cell in code) <= 2
    for cell in code:
        assert len(lines_of_code(cell)) <= 10, cell.source
        assert not re.search(r"matplotlib|ipywidgets|^class |%%", cell.source, re.MULTILINE), cell.source


def test_every_cell_after_the_first_ends_in_an_expression(notebook):
    for cell in cells(notebook, "code")[1:]:
        last = ast.parse(cell.source).body[-1]
        if isinstance(last, ast.Try):
            last = last.handlers[-1].body[-1]
        assert isinstance(last, ast.Expr), cell.source
        assert not cell.source.rstrip().endswith(";"), cell.source


def test_headings_form_an_outline(notebook):
    levels = [len(mark) for text in prose(notebook) for mark in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_wall_of_text(notebook):
    for text in prose(notebook)[1:]:
        words = text.partition("**Read on:**")[0].split()
        assert len(words) <= 120 or text.startswith("## Summary"), text


def test_every_number_with_decimals_in_the_text_was_computed(notebook):
    stated = [number for text in prose(notebook) for number in numbers(text)]
    assert stated
    assert unexecuted(stated, output_texts(notebook)) == []


def test_a_number_that_no_cell_computes_is_found():
    stated = numbers("0.80, 0.802, 0.804, -0.8, and −1.5 as −0.25 of 6")
    assert unexecuted(stated, ["array([0.8018, -1.5])", "It is −0.25."]) == ["0.804", "-0.8"]


def test_relative_links_lead_somewhere(path, notebook):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", "\n".join(prose(notebook))):
        assert (path.parent / target).exists(), target


def test_every_explorer_of_the_lesson_has_picture_and_sentence(notebook):
    shown = [cell for cell in cells(notebook, "code") if cell.source.startswith("explorers.")]
    assert shown
    for cell in shown:
        (output,) = cell.outputs
        assert {"image/png", "text/plain"} <= set(output.data), cell.source
        assert output.metadata["image/png"]["alt"] == output.data["text/plain"]


def framework_blocks():
    for path in NOTEBOOKS:
        for text in (cell.source for cell in cells(nbformat.read(path, as_version=4), "markdown")):
            assert text.count("```python") == len(FENCE.findall(text)), "a block that names no library"
            for library, code in FENCE.findall(text):
                yield pytest.param(library, code, id=f"{path.stem}-{library}")


@pytest.mark.parametrize(("library", "code"), [*framework_blocks()])
def test_framework_code_gives_the_value_that_the_text_states(library, code):
    optional.library(LIBRARIES[library])
    namespace = {}
    module = ast.parse(code)
    stated = re.findall(r"# (-?[\d.]+|nan|inf)$", code, re.MULTILINE)
    values = []
    for statement in module.body:
        if isinstance(statement, ast.Expr):
            values.append(eval(compile(ast.Expression(statement.value), "block", "eval"), namespace))
        else:
            exec(compile(ast.Module([statement], []), "block", "exec"), namespace)
    assert stated
    assert [
        f"{float(value):.{len(text.partition('.')[2])}f}" for value, text in zip(values, stated, strict=True)
    ] == stated


def with_picture(image, level):
    """A notebook with a cell that shows an image, and the image as it holds it."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=level)
    data = {PICTURE: base64.b64encode(file.getvalue()).decode()}
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data)])
    return nbformat.v4.new_notebook(cells=[cell]), data[PICTURE]


def test_a_stored_picture_stays_while_its_pixels_are_the_same():
    stored, old = with_picture(Image.new("RGB", (50, 40), "teal"), 1)
    again, same = with_picture(Image.new("RGB", (50, 40), "teal"), 9)
    changed, new = with_picture(Image.new("RGB", (50, 40), "navy"), 1)
    assert old != same
    for notebook, kept in ((again, old), (changed, new)):
        keep_pictures(stored, notebook)
        assert notebook.cells[0].outputs[0].data[PICTURE] == kept
