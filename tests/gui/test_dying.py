"""What the tests of the window stand on: nothing of the screen's is swept or dies on another thread."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from tests.gui.dying import Mourner
from villagebooks.gui.worker import Worker


@pytest.fixture(scope="module")
def collected_between_tests() -> list[bool]:
    """Whether Python collected by itself while a fixture of a file was made: the test before had ended."""
    return [gc.isenabled()]


def test_no_collection_sets_in_while_a_fixture_of_a_whole_file_is_made(collected_between_tests: list[bool]) -> None:
    assert collected_between_tests == [False]
    assert not gc.isenabled()


def let_go_on_a_thread(held: list[QObject]) -> None:
    thread = threading.Thread(target=held.pop)
    thread.start()
    thread.join()


def test_an_object_of_the_window_that_dies_on_another_thread_is_seen(mourner: Mourner) -> None:
    let_go_on_a_thread([Worker()])
    seen, mourner.seen[:] = list(mourner.seen), []
    assert len(seen) == 1
    assert seen[0].startswith("Worker\n")
    Worker()
    assert not mourner.seen, "on the screen's own it may"
