"""The notebooks as web pages that ask for nothing else: no kernel, no script, no font.

Run as ``python -m tools.pages`` (`make html`). The pages go to ``html/`` and are not committed. Formulas are MathML,
links between lessons lead from page to page, and each picture has its sentence as alternative text and under it.
"""

import re
from pathlib import Path

from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OUT = ROOT / "html"
# What browsers space wrongly:
FUNCTION = re.compile(r"<mi>(\w\w+)</mi>")  # log and cosh, too tightly
BAR = re.compile(r'<mo( stretchy="false")?>&#x(0007C|02016);</mo>')  # of |r| and D(p‖q), too loosely


def formula(tex, display="inline"):
    """A formula as MathML."""
    mathml = FUNCTION.sub(r'<mo lspace="0.17em" rspace="0.17em">\1</mo>', convert(tex, display=display))
    return BAR.sub(r'<mo stretchy="false" lspace="0" rspace="0">&#x\2;</mo>', mathml)


class Text(IPythonRenderer):
    """The text of a lesson: formulas as MathML, links to notebooks as links to their pages."""

    def inline_math(self, body):
        """Write a formula in a line."""
        return formula(body)

    def block_math(self, body):
        """Write a formula on its own line."""
        return formula(body, "block")

    def link(self, text, url, title=None):
        """Write a link."""
        return super().link(text, re.sub(r"^([^:]*)\.ipynb\b", r"\1.html", url), title)


class Exporter(HTMLExporter):
    """A notebook as a page."""

    template_name = "lossviz"
    extra_template_basedirs = (str(Path(__file__).parent / "templates"),)

    @pass_context
    def markdown2html(self, context, source):
        """Convert the text of a cell."""
        return MarkdownWithMath(renderer=Text(escape=False)).render(source)


def main():
    """Write a page for each notebook."""
    OUT.mkdir(exist_ok=True)
    for path in NOTEBOOKS:
        page, _ = Exporter().from_filename(str(path))
        (OUT / f"{path.stem}.html").write_text(page, encoding="utf-8")
        print(f"html/{path.stem}.html written")


if __name__ == "__main__":
    main()
