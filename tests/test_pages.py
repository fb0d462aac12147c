"""The notebooks as web pages: every picture with its sentence, formulas, links, and nothing from elsewhere."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from tools.pages import NOTEBOOKS, Exporter, formula


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def exported(request):
    """The outputs of a notebook that are pictures, and its page."""
    notebook = nbformat.read(request.param, as_version=4)
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    page, _ = Exporter().from_notebook_node(notebook)
    return [data for data in shown if "image/png" in data], BeautifulSoup(page, "html.parser")


def test_every_picture_has_its_sentence_as_alternative_and_under_it(exported):
    shown, page = exported
    sentences = [data["text/plain"] for data in shown]
    assert all(sentences)
    pictures = page.find_all("img")
    assert [picture["src"] for picture in pictures] == ["data:image/png;base64," + data["image/png"] for data in shown]
    assert [picture["alt"] for picture in pictures] == sentences != []
    assert [caption.text for caption in page.select(".lossviz-sentence")] == sentences


def test_the_page_asks_for_nothing(exported):
    _, page = exported
    assert page.find_all(["script", "link", "iframe", "object"]) == []
    assert all(tag["src"].startswith("data:") for tag in page.find_all(src=True))
    assert not [style for style in page.find_all("style") if "@import" in style.text or "url(http" in style.text]


def test_links_between_lessons_lead_from_page_to_page(exported):
    _, page = exported
    pages = {f"{path.stem}.html" for path in NOTEBOOKS}
    targets = {link["href"] for link in page.find_all("a") if not link["href"].startswith("http")}
    assert pages & targets
    assert {target for target in targets if not page.find(id=target.removeprefix("#"))} <= pages


def test_no_formula_is_left_as_tex(exported):
    _, page = exported
    assert page.find_all("math")
    for code in page.find_all(["pre", "code", "style"]):
        code.decompose()
    assert [text for text in page.body.stripped_strings if "$" in text or "\\" in text] == []


def test_names_of_functions_stand_apart_and_bars_stand_close():
    assert '<mi>p</mi><mo lspace="0.17em" rspace="0.17em">log</mo><mi>p</mi>' in formula(r"p \log p")
    assert formula("|r|").count('<mo stretchy="false" lspace="0" rspace="0">&#x0007C;</mo>') == 2
