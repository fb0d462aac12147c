"""All explorers as pages without a kernel, and an index of them by lesson.

Run as ``python -m tools.gallery`` (`make gallery`). Open ``gallery/index.html`` from disk, or copy `gallery/` and
`html/` (the lessons as pages) side by side onto any web server.
"""

import html
import re
import shutil
from multiprocessing import Pool
from pathlib import Path
from string import Template

import nbformat

from lossviz import explorers, export

ROOT = Path(__file__).parents[1]
OUT = ROOT / "gallery"
CARD = Template("""
<li>
<img src="$name.png" alt="$sentence" width="800" height="380">
<a href="$name.html">$question</a>
</li>""")
LESSON = Template("""
<section>
<h2><a href="../html/$file">$number $title</a></h2>
<ul>$cards
</ul>
</section>""")


def lessons():
    """For each notebook its title and the names of its explorers, in the order in which its cells show them."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        names = list(dict.fromkeys(re.findall(r"explorers\.(\w+)\(", code)))
        yield f"{path.stem}.html", cells[0].source.partition("\n")[0].removeprefix("# "), names


def write(name):
    """Write the page and the still picture of an explorer. Returns its card for the index."""
    explorer = getattr(explorers, name)()
    export.to_html(explorer, OUT / f"{name}.html")
    (OUT / f"{name}.png").write_bytes(explorer.picture.frame)
    return CARD.substitute(
        name=name,
        sentence=html.escape(explorer.sentence),
        question=html.escape(explorer.question.partition("?")[0] + "?"),
    )


def index(cards):
    """The page that leads to all others, from their cards by name."""
    sections = [
        LESSON.substitute(number=file[:2], title=html.escape(title), file=file, cards="".join(map(cards.get, names)))
        for file, title, names in lessons()
    ]
    page = Template((ROOT / "tools" / "gallery.html").read_text(encoding="utf-8"))
    return page.substitute(style=export.text("export.css"), lessons="".join(sections))


def main():
    """Write all pages, shared among the cores, and the index."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    names = [name for *_, own in lessons() for name in own]
    with Pool() as pool:
        cards = dict(zip(names, pool.map(write, names, chunksize=1), strict=True))
    (OUT / "index.html").write_text(index(cards), encoding="utf-8")
    sizes = [path.stat().st_size / 1e6 for path in OUT.iterdir()]
    print(f"{OUT / 'index.html'}: {len(names)} pages, {sum(sizes):.0f} MB, the largest {max(sizes):.1f} MB")


if __name__ == "__main__":
    main()
