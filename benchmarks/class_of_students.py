"""A class in a JupyterHub: do sliders answer when many move them, and does one student's accident stay theirs?

    python -m benchmarks.class_of_students [students]    prints a report; from 30 on also writes it to results/

Ends with an error if an update is lost or a student disturbed.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.class_report import Class, report, verdicts
from benchmarks.hub import PROXY, Student, hub

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "class.md"
LESSON = "notebooks/00_what_is_a_loss.ipynb"
DRAGS, VALUES, THINK = 12, 5, 5  # drags of each student, values in each, seconds between two
AT_ONCE = os.cpu_count()  # students who start at a time
PROMPT = {"ServerApp": {"kernel_websocket_connection_class": "lossviz.prompt.Prompt"}}
PACKAGES = ["jupyterhub", "jupyterlab", "jupyter-server", "ipykernel", "ipywidgets", "matplotlib"]


def furnished(home, name, prompt=True):
    """A student's folder, with the lesson and with the setting of the server that lets messages leave at once."""
    (home / name / ".jupyter").mkdir(parents=True)
    (home / name / "notebooks").mkdir()
    shutil.copy(ROOT / LESSON, home / name / LESSON)
    if prompt:
        (home / name / ".jupyter" / "jupyter_server_config.json").write_text(json.dumps(PROMPT), encoding="utf-8")
    return name


async def come_in(student):
    """From the sign-in form to the end of Run All: seconds until the server was there, and from there on."""
    begin = time.perf_counter()
    await student.sign_in()
    await student.start_server()
    ready = time.perf_counter()
    await student.open_lesson()
    await student.run_all()
    return ready - begin, time.perf_counter() - ready


async def lose_kernel(student):
    """Kill the student's kernel, and run all again: seconds until all is back."""
    begin = time.perf_counter()
    student.kernel().kill()
    await student.restarted()
    await student.run_all()
    return time.perf_counter() - begin


async def lose_server(student):
    """Kill the student's server, and start it again: seconds until all is back."""
    begin = time.perf_counter()
    student.server().kill()
    await student.closed()
    await student.start_server()
    await student.open_lesson()
    await student.run_all()
    return time.perf_counter() - begin


async def take_part(student, accident=None):
    """Move sliders, with an accident in the middle. Returns what the accident returned."""
    await student.drag_sliders(DRAGS // 2, VALUES, THINK)
    result = await accident(student) if accident else None
    await student.drag_sliders(DRAGS // 2, VALUES, THINK)
    return result


async def shows_another(student):
    """Whether picture or sentence are not those of a new explorer, made by the call that stands under them."""
    seen = student.last["sentence"], sha256(student.last["frame"]).hexdigest()
    digest = "__import__('hashlib').sha256(new.picture.frame).hexdigest()"
    return seen != await student.value(f"[(new.sentence, {digest}) for new in [{student.last['call']}]][0]")


def seconds(processes):
    """Of a processor, that these processes have used."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def all_come_in(students):
    """Let students come in, some at a time. Returns what `come_in` tells of each."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def in_turn(student):
        async with gate:
            return await come_in(student)

    return await asyncio.gather(*map(in_turn, students))


async def lesson(shared, slow, students):
    """What a class meets; `shared` are the processes of hub and proxy, `slow` a student without `lossviz.prompt`."""
    begin = time.perf_counter()
    starts, openings = zip(*await all_come_in(students), strict=True)
    everyone = time.perf_counter() - begin
    own = {student: [student.server(), student.kernel()] for student in students[:-2]}
    opening = {student: seconds(processes) for student, processes in own.items()}
    await come_in(slow)
    for student in DRAGS * [students[0], slow]:
        await student.drag_sliders(1, VALUES, think=1)
    alone, students[0].latencies = students[0].latencies, []
    before = {student: seconds(processes) for student, processes in own.items()}
    shared_before = seconds(shared)
    accidents = {students[-2]: lose_kernel, students[-1]: lose_server}
    *_, kernel_back, server_back = await asyncio.gather(*(take_part(each, accidents.get(each)) for each in students))
    load = os.getloadavg()[0]
    spent = [seconds(processes) - before[student] for student, processes in own.items()]
    shared_spent = seconds(shared) - shared_before
    memory = [[process.memory_full_info() for process in processes] for processes in own.values()]
    wrong = [await shows_another(student) for student in students]
    moves = DRAGS * VALUES
    return Class(
        starts=starts,
        openings=openings,
        everyone=everyone,
        slow=slow.latencies,
        alone=alone,
        together=[latency for student in students for latency in student.latencies],
        load=load,
        lost=sum(student.lost for student in students),
        wrong=sum(wrong),
        disturbed=sum(student.lost > 0 for student in own),
        kernel_back=kernel_back,
        server_back=server_back,
        server_memory=[server.pss for server, _ in memory],
        kernel_memory=[kernel.pss for _, kernel in memory],
        resident=[server.rss + kernel.rss for server, kernel in memory],
        hub_memory=sum(process.memory_full_info().pss for process in shared),
        opening_processor=list(opening.values()),
        moving_processor=[1000 * each / moves for each in spent],
        hub_processor=1000 * shared_spent / moves / len(students),
    )


async def measured(count):
    """What a class of so many students meets in a hub of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, hub(folder) as (address, process):
        home = Path(folder)
        names = [furnished(home, "slow", prompt=False), *(furnished(home, f"student-{i:03}") for i in range(count))]
        async with AsyncExitStack() as stack:
            slow, *students = [await stack.enter_async_context(Student(address, name, LESSON)) for name in names]
            proxies = [child for child in process.children() if "node" in child.name()]
            return await lesson([process, *proxies], slow, students)


def main(students):
    """Run the command line."""
    if students < 3:
        sys.exit(f"students: {students}; at least 3 are needed, two of whom meet with an accident")
    found = asyncio.run(measured(students))
    proxy = subprocess.run([PROXY, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    versions = [*(f"{name} {version(name)}" for name in PACKAGES), f"configurable-http-proxy {proxy}"]
    load = {"at_once": AT_ONCE, "lesson": LESSON, "drags": DRAGS, "values": VALUES, "think": THINK}
    text = "\n".join(report(found, versions, students=students, **load)) + "\n"
    print(text, end="")
    if students >= 30:
        RESULTS.write_text(text, encoding="utf-8")
    if any(verdict != "met" for *_, verdict in verdicts(found)):
        sys.exit("not everything is met: see the table")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30)
