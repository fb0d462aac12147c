"""What the report of the benchmark says of given measurements, and that a server which hangs does not hold it up."""

import sys

import pytest

from benchmarks import costs, every_explorer
from benchmarks.reports import table
from benchmarks.slider_latency import COLUMNS, WAYS, Way, report, row, verdicts
from tools import lab

P50 = {"interact": 240, "blitting": 60, "floor": 32, "ours": 40, "twice": 52}
MET = ["met"] * 7


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
    ("index", "worse"),
    [
        (0, {"interact": 239}),
        (1, {"blitting": 53}),
        (2, {"floor": 31}),
        (3, {"twice": 53}),
        (4, {"last": 121}),
        (5, {"of_interact": 31}),
        (6, {"blank": 1}),
    ],
)
def test_a_limit_that_is_passed_is_not_met(index, worse):
    assert [verdict for *_, verdict in verdicts(measurements(**worse))] == [
        *MET[:index],
        "**not met**",
        *MET[index + 1 :],
    ]


def test_a_row_holds_percentiles_ratios_and_the_drags_together():
    label, *figures = row("ours", measurements())
    assert label == "our explorer"
    assert figures == ["40", "49", "0.17", "0.67", "1.25", "25", "60 / 120", "0 of 360", "2.0"]


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


def test_where_a_text_alone_is_too_slow_is_counted():
    kernel, page = dict.fromkeys("abc", (0.1, 0.2)), {"a": (30, 121, 20), "b": (30, 119, 20), "c": (19, 60, 20)}
    assert any(line.startswith("For 2 of the 3 a text alone") for line in every_explorer.report(kernel, page))


def test_a_server_that_is_not_there_in_time_is_given_up(monkeypatch):
    monkeypatch.setattr(lab, "PATIENCE", 0.1)
    late = "import sys, time; time.sleep(20); print('ready', file=sys.stderr)"
    with pytest.raises(RuntimeError, match="did not start"), lab.running([sys.executable, "-c", late], "ready"):
        pass
