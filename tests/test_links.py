"""Every link to the repository has the address of pyproject.toml, and one tool changes them all."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tools.links import FILES, forms, repository, rewrite

ROOT = Path(__file__).parents[1]
OWNER, NAME = repository(ROOT)


def texts(root):
    """What the files hold that may have links, by path."""
    paths = (path for pattern in FILES for path in root.glob(pattern))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def links(root, start):
    """Every link that matches."""
    return [link for text in texts(root).values() for link in re.findall(rf"{start}[^\s\"'<>)\]`\\]*", text)]


@pytest.fixture
def copy(tmp_path):
    """A copy of all files that may have links."""
    for name in texts(ROOT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
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
    before = texts(copy)
    rewrite(copy, "Ada-L", "losses.course")
    assert repository(copy) == ("Ada-L", "losses.course")
    after = texts(copy)
    for old, new in zip(forms(OWNER, NAME), forms("Ada-L", "losses.course"), strict=True):
        counts = [
            sum(len(re.findall(rf"{re.escape(form)}(?![\w-])", text)) for text in side.values())
            for form, side in ((old, before), (old, after), (new, after))
        ]
        assert counts == [counts[2], 0, counts[0]], old
        assert counts[0], f"no link has the form {old}"


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
