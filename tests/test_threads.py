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


def side_by_side(work, every):
    """Do the work with each of these arguments in a thread of its own, all begun at once."""
    together = Barrier(len(every))

    def begin(*arguments):
        together.wait()
        work(*arguments)

    threads = [Thread(target=begin, args=arguments) for arguments in every]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def restless():
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_two_threads_show_what_each_would_alone_and_leave_the_settings_as_they_were(restless):
    expected, settings = {name: frames(name) for name in NAMES}, dict(rcParams)
    found = {}

    def work(name):
        found[name] = frames(name)

    side_by_side(work, [[name] for name in NAMES])
    for name in NAMES:
        assert np.array_equal(found[name], expected[name]), name
    assert dict(rcParams) == settings


def test_two_threads_move_one_explorer_and_the_picture_is_that_of_the_last_setting(restless):
    explorer = explorers.coin_entropy()

    def move(name, values):
        for value in values:
            explorer.put({name: value})

    moves = {"p": [k / 50 for k in range(50)], "unit": ["nats", "bits"] * 25}
    side_by_side(move, moves.items())
    assert explorer.picture.call == "explorers.coin_entropy(p=0.98, unit='bits')"
    anew = explorers.coin_entropy(p=0.98, unit="bits")
    assert explorer.sentence == anew.sentence
    assert np.array_equal(shown(explorer), shown(anew))
