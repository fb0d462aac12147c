"""What an administrator is told: keys that the chart has, figures that were measured, commands that are understood."""

import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from benchmarks.class_report import Class, report, rows, verdicts

ROOT = Path(__file__).parents[1]
VALUES = yaml.safe_load((ROOT / "deploy" / "values.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "class_setup.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "benchmarks" / "results" / "class.md").read_text(encoding="utf-8")

# Of values.yaml and values.schema.yaml of the chart `jupyterhub` of Zero to JupyterHub, version 4.1. The schema refuses
# other keys. What lies below lifecycleHooks is Kubernetes' own; extraFiles are named freely.
CHART = {
    "hub.config.KubeSpawner.notebook_dir": str,
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.defaultUrl": str,
    "singleuser.lifecycleHooks.postStart.exec.command": list,
    "singleuser.extraFiles.jupyter_server_config.json.mountPath": str,
    "singleuser.extraFiles.jupyter_server_config.json.data": dict,
    "singleuser.memory.guarantee": str,
    "singleuser.memory.limit": str,
    "singleuser.cpu.guarantee": float,
    "singleuser.cpu.limit": int,
    "singleuser.storage.capacity": str,
    "scheduling.podPriority.enabled": bool,
    "scheduling.userPlaceholder.replicas": int,
    "cull.timeout": int,
}


def settings(values, path=""):
    """The settings in the values file by their dotted key."""
    for name, value in values.items():
        key = f"{path}{name}"
        yield from [(key, value)] if key in CHART or not isinstance(value, dict) else settings(value, f"{key}.")


def test_every_key_is_one_of_the_chart():
    found = dict(settings(VALUES))
    assert set(found) <= set(CHART)
    for key, value in found.items():
        assert isinstance(value, CHART[key]), f"{key}: {value!r}"


def test_the_lesson_that_opens_is_among_those_that_are_copied():
    singleuser = VALUES["singleuser"]
    assert (ROOT / singleuser["defaultUrl"].removeprefix("/lab/tree/")).exists()
    assert "/srv/lossviz/notebooks" in singleuser["lifecycleHooks"]["postStart"]["exec"]["command"][-1]
    assert "--target-repo-dir /srv/lossviz" in GUIDE


def test_the_setting_of_the_server_names_a_class_of_ours():
    data = VALUES["singleuser"]["extraFiles"]["jupyter_server_config.json"]["data"]
    module, _, name = data["ServerApp"]["kernel_websocket_connection_class"].rpartition(".")
    assert hasattr(importlib.import_module(module), name)


def test_a_student_gets_at_least_the_memory_that_was_measured():
    def largest(label):
        (row,) = re.findall(rf"^\| .*{label}.*\| (\d+) \|$", MEASURED, flags=re.MULTILINE)
        return int(row)

    units = {"M": 1, "G": 1000}
    memory = {key: int(text[:-1]) * units[text[-1]] for key, text in VALUES["singleuser"]["memory"].items()}
    assert memory["guarantee"] >= largest("student's server") + largest("student's kernel")
    assert memory["limit"] >= 2 * largest("what students share")


def test_the_guide_quotes_the_last_measurement():
    figures = re.search(r"^\|  \| p50.*?(?=\n\n\| to reach)", MEASURED, flags=re.MULTILINE | re.DOTALL).group()
    assert figures in GUIDE
    assert "| updates lost | 0 | 0 | met |" in MEASURED


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_repo2docker_understands_the_command_of_the_guide():
    (command,) = re.findall(r"^jupyter-repo2docker .*?[^\\]$", GUIDE, flags=re.MULTILINE | re.DOTALL)
    *options, _ = shlex.split(command.replace("\\\n", " "))[1:]
    options.remove("--no-run")
    arguments = ["--no-build", "--debug", *options, "."]
    told = subprocess.run([sys.executable, "-m", "repo2docker", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "RUN ./postBuild" in told.stdout + told.stderr


def test_every_link_of_the_guide_leads_somewhere():
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target


def found(**changes):
    """A measurement in which all is well, with changes."""
    lists = {
        name: [1.0, 2.0, 3.0]
        for name in ("starts", "openings", "slow", "alone", "together", "opening_processor", "moving_processor")
    }
    memory = {name: [1e8, 2e8, 3e8] for name in ("server_memory", "kernel_memory", "resident")}
    single = {"everyone": 9.0, "kernel_back": 4.0, "server_back": 5.0, "load": 2.5}
    single |= {"hub_memory": 2e8, "hub_processor": 6.0}
    return Class(**{**lists, **memory, **single, "lost": 0, "wrong": 0, "disturbed": 0, **changes})


@pytest.mark.parametrize(("index", "what"), list(enumerate(["lost", "wrong", "disturbed"])))
def test_one_update_or_student_lost_is_told(index, what):
    assert [verdict for *_, verdict in verdicts(found())] == ["met"] * 3
    assert [verdict for *_, verdict in verdicts(found(**{what: 1}))].index("**not met**") == index


def test_rows_hold_median_and_tail_in_their_unit():
    by_name = {name: figures for name, *figures in rows(found(together=[10, 20, 90], kernel_memory=[1e8, 1e8, 2e8]))}
    assert by_name["slider to picture, the whole class, ms"] == ["20", "83", "90"]
    assert by_name["memory of a student's kernel, MB"] == ["100", "190", "200"]


def test_the_report_tells_the_load_and_the_accidents():
    load = {"students": 31, "at_once": 2, "lesson": "one.ipynb", "drags": 7, "values": 5, "think": 4}
    text = "\n".join(report(found(together=[3.0, 3.0], slow=[8.0]), ["a version"], **load))
    assert "31 students, 2 at a time" in text
    assert "`one.ipynb`" in text
    assert "7 times each" in text
    assert "4.0 s and 5.0 s later" in text
    assert "hold 200 MB" in text
    assert "On average 2.5 processes" in text
    assert "class is 1.5 times" in text
    assert "4.0 times as long" in text
