"""What the reports of the benchmarks share."""

import os
import platform
from datetime import date
from pathlib import Path


def table(columns, rows):
    """Lines of a markdown table, numbers to the right."""
    return [
        "| " + " | ".join(columns) + " |",
        "|---|" + "---:|" * (len(columns) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def processor():
    """The name of the processor, where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "an unnamed processor"


def verdict(figure, limit):
    """Whether a figure is at most its limit."""
    return "met" if figure <= limit else "**not met**"


def machine(*versions):
    """Lines that say when and where this was measured, and with which versions."""
    yield f"{date.today()}, {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()},"
    yield ", ".join([f"Python {platform.python_version()}", *versions]) + "."
