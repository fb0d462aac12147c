"""Every link to the repository has the address of pyproject.toml, and one tool changes them all."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tools.links import repository, rewrite

ROOT = Path(__file__).parents[1]
SUFFIXES = {".cff", ".html", ".ipynb", ".js", ".json", ".md", ".py", ".toml", ".yaml", ".yml"}
LEFT_OUT = {"build", "dist", "shots", "tests", "tools"}
OWNER, NAME = repository(ROOT)


def texts(root):
    """What every file of the project holds that may have links, by path; `tools/links.py` has a list of its own."""
    places = [path for path in root.iterdir() if not path.name.startswith(".") and path.name not in LEFT_OUT]
    paths = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in paths if p.suffix in SUFFIXES}


def links(root, start):
    """Every link that matches."""
    return [link for text in texts(root).values() for link in re.findall(rf"{start}[^\s\"'<>)\]`\\]*", text)]


@pytest.fixture
def copy(tmp_path):
    """A copy of the project."""
    for name, text in texts(ROOT).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


def test_the_address_is_one_of_the_host():
    assert re.fullmatch(r"[\w-]+", OWNER)
    assert re.fullmatch(r"[\w.-]+", NAME)


def test_binder_opens_the_lab_with_a_lesson_of_this_repository():
    found = links(ROOT, r"https://mybinder\.org/v2/")
    assert found
    for link in map(urlsplit, found):
        assert link.path == f"/v2/gh/{OWNER}/{NAME}/main"
        (place,) = parse_qs(link.query)["urlpath"]
        assert (ROOT / place.removeprefix("lab/tree/")).suffix == ".ipynb"
        assert (ROOT / place.removeprefix("lab/tree/")).exists(), place


def test_nbgitpuller_opens_the_lab_with_a_lesson_in_the_folder_it_has_pulled():
    found = links(ROOT, r"https://[\w.]+/hub/user-redirect/git-pull")
    assert found
    for link in map(urlsplit, found):
        options = {key: value for key, (value,) in parse_qs(link.query).items()}
        assert options["repo"] == f"https://github.com/{OWNER}/{NAME}"
        assert options["branch"] == "main"
        assert options["urlpath"].startswith(f"lab/tree/{NAME}/notebooks/")
        assert (ROOT / options["urlpath"].removeprefix(f"lab/tree/{NAME}/")).exists()


def test_pages_and_repository_are_those_of_the_project():
    assert all(
        urlsplit(link).netloc == f"{OWNER.lower()}.github.io" for link in links(ROOT, r"https://[\w-]+\.github\.io")
    )
    assert all(
        urlsplit(link).path.startswith(f"/{NAME}/") for link in links(ROOT, rf"https://{OWNER.lower()}\.github\.io")
    )
    for link in links(ROOT, rf"(?:git\+)?https://github\.com/[\w-]+/{NAME}"):
        assert urlsplit(link).path.startswith(f"/{OWNER}/{NAME}"), link


def test_the_tool_leaves_no_trace_of_the_old_address(copy):
    trace = re.compile(rf"{OWNER}(?:/|%2F)|{OWNER.lower()}\.github|[/F]{NAME}(?:%2F|/main|\.git)")
    assert trace.search((copy / "README.md").read_text(encoding="utf-8"))
    rewrite(copy, "Ada-L", "losses.course")
    assert repository(copy) == ("Ada-L", "losses.course")
    for name, text in texts(copy).items():
        assert not trace.search(text), f"{name}: {trace.search(text)}"
    assert "https://ada-l.github.io/losses.course/" in (copy / "README.md").read_text(encoding="utf-8")


def test_the_tool_is_idempotent_and_can_go_back(copy):
    before = texts(copy)
    rewrite(copy, "ada", "losses")
    once = texts(copy)
    rewrite(copy, "ada", "losses")
    assert texts(copy) == once != before
    rewrite(copy, OWNER, NAME)
    assert texts(copy) == before


def test_a_repository_of_another_name_is_left_alone(copy):
    (copy / "docs" / "other.md").write_text(f"https://github.com/{OWNER}/{NAME}-data https://github.com/else/{NAME}")
    rewrite(copy, "ada", "losses")
    assert (
        copy / "docs" / "other.md"
    ).read_text() == f"https://github.com/{OWNER}/{NAME}-data https://github.com/else/{NAME}"


def test_links_in_notebooks_are_rewritten_too(copy):
    lesson = copy / "notebooks" / "00_what_is_a_loss.ipynb"
    lesson.write_text(f'["https://mybinder.org/v2/gh/{OWNER}/{NAME}/main"]', encoding="utf-8")
    rewrite(copy, "ada", "losses")
    assert lesson.read_text(encoding="utf-8") == '["https://mybinder.org/v2/gh/ada/losses/main"]'


@pytest.mark.parametrize("wrong", [[], ["lossviz"], ["https://github.com/ada/losses"], ["ada/losses/main"]])
def test_a_wrong_address_is_refused_with_an_example(wrong):
    told = subprocess.run([sys.executable, ROOT / "tools" / "links.py", *wrong], capture_output=True, text=True)
    assert told.returncode == 1
    assert "make links REPO=owner/name" in told.stderr
