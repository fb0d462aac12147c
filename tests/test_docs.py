"""What the documentation names exists, and what it calls runs."""

import inspect
import re
from pathlib import Path

import pytest

import lossviz
from lossviz import exercises, explorers, questions
from lossviz.screen import Screen

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "teachers_guide.md").read_text(encoding="utf-8")
SECTIONS = {section[:2]: section for section in re.split(r"^## (?=\d\d )", GUIDE, flags=re.MULTILINE)[1:]}
CALLS = sorted(set(re.findall(r"`explorers\.(\w+)\(([^`]*?)\)`", GUIDE)))


def test_every_figure_of_speed_in_the_readme_is_one_that_was_measured():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    speed = re.sub(r"\(benchmarks.*?\)", "", readme.partition("## Speed\n")[2].partition("\n## ")[0])
    results = [path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks" / "results").glob("*.md")]
    measured = set(re.findall(r"[\d.]*\d", " ".join(results)))
    quoted = re.findall(r"[\d.]*\d", speed)
    assert quoted
    assert set(quoted) <= measured, set(quoted) - measured


def test_every_explorer_of_the_teachers_guide_exists():
    assert {name for name, _ in CALLS} <= set(explorers.__all__)


@pytest.mark.parametrize("name", sorted({name for name, setting in CALLS if setting}))
def test_every_setting_of_the_teachers_guide_is_one_that_the_controls_take(name, monkeypatch):
    """As it is. The pictures themselves are tested elsewhere: none is made here."""
    monkeypatch.setattr(Screen, "png", lambda self: b"")
    make = getattr(explorers, name)
    explorer = make()
    for setting in [setting for called, setting in CALLS if called == name]:
        values = eval(f"dict({setting})", dict.fromkeys(re.findall(r"mine=(\w+)", setting)))
        inspect.signature(make).bind(**values)
        values.pop("mine", None)
        explorer.put(values)
        assert values.items() <= explorer.values.items()
        assert (explorer.picture.sentence, explorer.picture.problem) == (explorer.sentence, "")


def test_every_question_and_exercise_of_the_teachers_guide_exists():
    named = re.findall(r"`(questions|exercises)\.(\w+)", GUIDE)
    assert named
    for package, name in named:
        assert name in getattr(lossviz, package).__all__, f"{package}.{name}"
    assert {package for package, _ in named} == {"questions", "exercises"}


def test_every_lesson_has_its_section_with_routes_and_concept_questions():
    assert list(SECTIONS) == [path.name[:2] for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    for number, section in SECTIONS.items():
        for route in ("10", "25", "50"):
            assert re.search(rf"(\*\*|### ){route} min", section), f"lesson {number}: {route} minutes"
        concept = section.partition("### Concept questions")[2].partition("###")[0]
        assert len(set(re.findall(r"`questions\.(\w+)`", concept))) >= 3, number


def test_every_lesson_asks_enough():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        asked = [getattr(questions, name) for name in set(re.findall(r"questions\.(\w+)", text))]
        written = {name for name in exercises.__all__ if f"exercises.{name}.check" in text}
        kinds = [type(question).__name__ for question in asked]
        assert kinds.count("Prediction") >= 5, path.name
        assert kinds.count("Choice") >= 6, path.name
        assert len(written) >= 5, path.name


def test_everything_is_used_in_a_lesson_or_offered_by_the_guide():
    text = GUIDE + "".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    named = set(re.findall(r"(?:questions|exercises|explorers)\.\w+", text))
    made = explorers.__all__
    assert {f"questions.{name}" for name in questions.__all__} <= named
    assert {f"exercises.{name}" for name in exercises.__all__} <= named
    assert {f"explorers.{name}" for name in made} <= named
