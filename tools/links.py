"""One address for all links: the repository's, which stands in pyproject.toml.

    make links REPO=owner/name

rewrites it there and in every link of README, lessons and docs that leads to the repository, to its pages, to Binder or
through nbgitpuller into a hub. `tests/test_links.py` holds them together.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = ["pyproject.toml", "*.md", "*.cff", "docs/**/*.md", "notebooks/*.ipynb", "deploy/*", "lossviz/**/*.py"]
HOST = "https://github.com/"


def repository(root):
    """Owner and name of the repository, as pyproject.toml has them."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return tuple(project["urls"]["Repository"].removeprefix(HOST).split("/"))


def forms(owner, name):
    """Every way in which a link tells the repository."""
    return [
        f"github.com/{owner}/{name}",
        f"github.com%2F{owner}%2F{name}",
        f"mybinder.org/v2/gh/{owner}/{name}",
        f"{owner.lower()}.github.io/{name}",
        f"lab%2Ftree%2F{name}%2Fnotebooks",
    ]


def rewrite(root, owner, name):
    """Let every link below a folder lead to the repository `name` of `owner`."""
    changes = list(zip(forms(*repository(root)), forms(owner, name), strict=True))
    for path in (path for pattern in FILES for path in root.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            text = re.sub(rf"{re.escape(old)}(?![\w-])", new, text)
        path.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    given = sys.argv[1] if sys.argv[1:] else ""
    if not re.fullmatch(r"[\w-]+/[\w.-]+", given):
        sys.exit(f"REPO: {given!r} is not owner/name; use for example make links REPO=owner/name")
    rewrite(ROOT, *given.split("/"))
