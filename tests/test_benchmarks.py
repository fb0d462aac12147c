"""What the report of the benchmark says of given measurements, and that a server which hangs does not hold it up."""

import sys

import pytest

from benchmarks import costs, every_explorer
from benchmarks.reports import table
from benchmarks.slider_latency import COLUMNS, WAYS, Way, report, row, verdicts
from tools import lab

P50 = {"interact": 240, "blitting": 54, "floor": 32, "ours": 40, "jump": 40, "jump at 2": 52}
MET = ["met"] * 10


def measurements(last=120.0, blank=0, of_interact=30, **p50):
    """Each way with steps around its median, and two drags."""
    drag = {"frames": 180, "blank": blank, "seconds": 3}
    drags = [drag | {"pictures": 90, "last": 1}, drag | {"pictures": 60, "last": last}]
    slow = [drag | {"pictures": of_interact / 2, "last": 1} for _ in drags]
    medians = dict.fromkeys(WAYS, 100) | P50 | p50
    return {
        name: Way([m - 10, m, m + 10], [1000, 3000, 2000], slow if name == "interact" else drags)
        for name, m in medians.items()
    }


def test_a_limit_that_is_just_reached_is_met():
    assert [verdict for *_, verdict in verdicts(measurements())] == MET


@pytest.mark.parametrize(
    ("failing", "worse"),
    [
        ({0, 3}, {"interact": 239}),
        ({1, 4}, {"blitting": 53}),
        ({2, 5}, {"floor": 31}),
        ({0, 1, 2}, {"ours": 44}),
        ({3, 4, 5}, {"jump": 44}),
        ({6}, {"jump at 2": 53}),
        ({7}, {"last": 121}),
        ({8}, {"of_interact": 31}),
        ({9}, {"blank": 1}),
    ],
)
def test_a_limit_that_is_passed_is_not_met(failing, worse):
    found = [verdict for *_, verdict in verdicts(measurements(**worse))]
    assert {i for i, verdict in enumerate(found) if verdict == "**not met**"} == failing
    assert set(found) == {"met", "**not met**"}


def test_a_row_holds_percentiles_ratios_and_the_drags_together():
    label, *figures = row("ours", measurements())
    assert label == "our explorer"
    assert figures == ["40", "49", "0.17", "0.74", "1.25", "25", "60 / 120", "0 of 360", "2.0"]


def test_every_way_has_its_row_in_the_report():
    lines = list(report(measurements(), ["a browser"]))
    assert all(any(line.startswith(f"| {label} |") for line in lines) for label, *_ in WAYS.values())
    assert {
        line.count("|") for line in lines if line.startswith(tuple(f"| {label}" for label, *_ in WAYS.values()))
    } == {len(COLUMNS) + 1}


def test_numbers_stand_to_the_right():
    assert table(["what", "n"], [["a", "1"]]) == ["| what | n |", "|---|---:|", "| a | 1 |"]


def test_what_has_no_limit_has_no_verdict():
    lines = list(costs.report([("limited", 2, 1), ("only told", 3, None)]))
    assert "| limited | 2 | 1 | **not met** |" in lines
    assert "| only told | 3 |  |  |" in lines


def test_steps_and_jumps_are_divided_by_interact_and_by_the_text():
    lines = [*every_explorer.report({"a": (0.1, 0.2)}, {"a": (6, 30, 120, 20)})]
    assert "| a | 0.1 | 0.2 | 0.05 | 0.3 | 0.25 | 1.5 | 6 | 30 |" in lines
    assert "| jump / `interact` | 0.25 | 0.167 | 0 of 1 | **not met** |" in lines
    assert "| jump / text | 1.5 | 1.5 | 1 of 1 | met |" in lines


def test_where_a_text_alone_is_too_slow_is_counted():
    kernel, page = (
        dict.fromkeys("abc", (0.1, 0.2)),
        {"a": (5, 30, 121, 20), "b": (5, 30, 119, 20), "c": (5, 19, 60, 20)},
    )
    assert any(line.startswith("For 2 of the 3 no jump can be seen") for line in every_explorer.report(kernel, page))


def test_a_server_that_is_not_there_in_time_is_given_up(monkeypatch):
    monkeypatch.setattr(lab, "PATIENCE", 0.1)
    late = "import sys, time; time.sleep(20); print('ready', file=sys.stderr)"
    with pytest.raises(RuntimeError, match="did not start"), lab.running([sys.executable, "-c", late], "ready"):
        pass
