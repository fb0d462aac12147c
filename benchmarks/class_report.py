"""What `class_of_students.py` has measured, and the report on it."""

from dataclasses import dataclass

import numpy as np

from benchmarks.reports import machine, table, verdict

MEGABYTE = 1e6
EXPLANATION = """\
A JupyterHub with configurable-http-proxy on this machine. {students} students, {at_once} at a time, sign in, start a
server, open `{lesson}` and run all its cells. Then all drag sliders, {drags} times each,
through {values} neighbouring values, with {think} s of thought (half to one and a half times that) before each drag. A
student is what a page of JupyterLab is to the hub: forms, cookies, one websocket through the proxy, the messages of
the widgets. No page is drawn, and its scripts and styles are not fetched. A latency is the time from sending a
slider's value to receiving the kernel's picture of it; a page may show it before, drawn ahead. The machine that is
measured also plays the students.
"""
SUMMARY = """\
The median in the class is {crowd:.1f} times that of one student alone; without `lossviz.prompt` the latter is
{held:.1f} times as long. All were ready after {everyone:.0f} s. Hub and proxy hold {megabytes:.0f} MB and use
{hub_processor:.1f} ms of a processor for a move. In the middle one student's kernel and another's server were killed;
after Run All both went on, {kernel_back:.1f} s and {server_back:.1f} s later. On average {load:.1f} processes ran or
waited for a processor in the last minute, those of others on the machine included.
"""


@dataclass
class Class:
    """What was measured, in seconds, milliseconds and bytes."""

    starts: list  # seconds from the sign-in form to the page of the server
    openings: list  # seconds from there to the end of Run All
    everyone: float  # seconds until all were ready
    slow: list  # latencies of one student, before the class and without `lossviz.prompt`
    alone: list  # latencies of one student, before the class
    together: list  # latencies of the class
    load: float  # processes that run or wait, on average over the last minute of the class
    lost: int  # moves without their picture
    wrong: int  # students whose last picture or sentence is not that of their last setting
    disturbed: int  # students other than those whose kernel and server were killed that lost anything
    kernel_back: float  # seconds from killing a kernel to the end of Run All
    server_back: float  # the same for a server
    server_memory: list  # bytes shared out among those who share them (PSS), of each student
    kernel_memory: list
    resident: list  # bytes of server and kernel together, shared ones counted in full (RSS)
    hub_memory: float  # of hub and proxy together
    opening_processor: list  # seconds of a processor until Run All had ended, of each student
    moving_processor: list  # milliseconds of a processor for a move, of each student
    hub_processor: float  # milliseconds of a processor for a move, hub and proxy


def rows(found):
    """What the tables say: what, median, 95th percentile, largest."""
    yield _row("to start a server, s", found.starts, 1)
    yield _row("to open and run the lesson, s", found.openings, 1)
    yield _row("slider to picture, one student alone, ms", found.alone, 0)
    yield _row("the same without `lossviz.prompt`, ms", found.slow, 0)
    yield _row("slider to picture, the whole class, ms", found.together, 0)
    yield _row("memory of a student's server, MB", np.divide(found.server_memory, MEGABYTE), 0)
    yield _row("memory of a student's kernel, MB", np.divide(found.kernel_memory, MEGABYTE), 0)
    yield _row("both, what students share counted for each, MB", np.divide(found.resident, MEGABYTE), 0)
    yield _row("processor to start, open and run, s", found.opening_processor, 1)
    yield _row("processor for a move, server and kernel, ms", found.moving_processor, 0)


def _row(what, values, decimals):
    return [what, *(f"{np.percentile(values, q):.{decimals}f}" for q in (50, 95, 100))]


def verdicts(found):
    """What is to be reached: what, found, wanted, whether it is met."""
    for what, value in [
        ("updates lost", found.lost),
        ("students whose last picture is not that of their last setting", found.wrong),
        ("students disturbed by another's dead kernel and server", found.disturbed),
    ]:
        yield [what, f"{value}", "0", verdict(value, 0)]


def report(found, versions, **circumstances):
    """The lines of the report."""
    yield f"# A class of {circumstances['students']} students"
    yield ""
    yield EXPLANATION.format(**circumstances)
    yield from table(["", "p50", "p95", "max"], rows(found))
    yield ""
    crowd, held = (np.median(latencies) / np.median(found.alone) for latencies in (found.together, found.slow))
    yield SUMMARY.format(**vars(found), megabytes=found.hub_memory / MEGABYTE, crowd=crowd, held=held)
    yield from table(["to reach", "measured", "wanted", ""], verdicts(found))
    yield ""
    yield from machine(*versions)
