"""A kernel may answer the page in one thread while a cell runs in another: each shows what it would show alone."""

import sys
from threading import Barrier, Thread

import numpy as np
import pytest
from artists import shown
from matplotlib import rcParams

from lossviz import explorers
from tools.walk import walk

NAMES = ("coin_entropy", "huber_delta")


def frames(name):
    """What an explorer shows over all ends and options of its controls, from its making on."""
    explorer = getattr(explorers, name)()
    return [shown(explorer), *(shown(explorer) for _ in walk(explorer))]


@pytest.fixture
def restless():
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_two_threads_show_what_each_would_alone_and_leave_the_settings_as_they_were(restless):
    expected, settings = {name: frames(name) for name in NAMES}, dict(rcParams)
    found, together = {}, Barrier(len(NAMES))

    def work(name):
        together.wait()
        found[name] = frames(name)

    threads = [Thread(target=work, args=[name]) for name in NAMES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in NAMES:
        assert np.array_equal(found[name], expected[name]), name
    assert dict(rcParams) == settings


def test_two_threads_move_one_explorer_and_the_picture_is_that_of_the_last_setting(restless):
    explorer = explorers.coin_entropy()
    together = Barrier(2)

    def move(name, values):
        together.wait()
        for value in values:
            explorer.put({name: value})

    moves = {"p": [k / 50 for k in range(50)], "unit": ["nats", "bits"] * 25}
    threads = [Thread(target=move, args=item) for item in moves.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert explorer.picture.call == "explorers.coin_entropy(p=0.98, unit='bits')"
    anew = explorers.coin_entropy(p=0.98, unit="bits")
    assert explorer.sentence == anew.sentence
    assert np.array_equal(shown(explorer), shown(anew))
