"""Work off the screen's thread: answers come back, failures find their place, stale answers are dropped."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.gui.worker import MANY, PATIENCE, Sweeper, Worker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def worker(application: object) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def raise_it(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def wait(qtbot: QtBot, worker: Worker) -> None:
    qtbot.waitUntil(lambda: not worker.is_busy(), timeout=60_000)


def test_an_answer_comes_back_on_the_screens_thread(worker: Worker, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    worker.read(threading.current_thread, lambda found: threads.extend([found, threading.current_thread()]))
    wait(qtbot, worker)
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_a_later_read_of_the_same_key_drops_the_earlier_answer(worker: Worker, qtbot: QtBot) -> None:
    found: list[str] = []
    worker.read(lambda: time.sleep(0.05) or "old", found.append, key="list")
    worker.read(lambda: "new", found.append, key="list")
    wait(qtbot, worker)
    assert found == ["new"]


def test_writes_run_one_after_another_in_their_order(worker: Worker, qtbot: QtBot) -> None:
    found: list[int] = []
    worker.write(lambda: time.sleep(0.03) or found.append(1), lambda _answer: None)
    worker.write(lambda: found.append(2), lambda _answer: None)
    wait(qtbot, worker)
    assert found == [1, 2]


def test_a_refusal_reaches_who_asked_and_otherwise_the_window(worker: Worker, qtbot: QtBot) -> None:
    own: list[object] = []
    window: list[object] = []
    worker.refused.connect(window.append)
    refusal = Refused([Problem("没有摘要")])
    worker.write(raise_it(refusal), own.append, own.extend)
    worker.write(raise_it(refusal), own.append)
    wait(qtbot, worker)
    assert own == [Problem("没有摘要")]
    assert window == [(Problem("没有摘要"),)]


def test_a_trouble_is_one_sentence_and_a_bug_is_handed_on(worker: Worker, qtbot: QtBot) -> None:
    sentences: list[str] = []
    bugs: list[object] = []
    worker.troubled.connect(sentences.append)
    worker.broken.connect(bugs.append)
    worker.read(raise_it(Trouble("磁盘满了")), bugs.append)
    worker.read(raise_it(ZeroDivisionError()), sentences.append)
    wait(qtbot, worker)
    assert sentences == ["磁盘满了"]
    assert [type(one) for one in bugs] == [ZeroDivisionError]


def test_long_work_tells_its_progress_and_stops_between_two_units(worker: Worker, qtbot: QtBot) -> None:
    told: list[tuple[str, int, int]] = []
    done: list[object] = []

    def act(report: Callable[[int, int], None]) -> None:
        for unit in range(1_000):
            report(unit, 1_000)
            time.sleep(0.002)

    worker.progressed.connect(told.append)
    worker.long(act, done.append, "打印")
    qtbot.waitUntil(lambda: len(told) > 3, timeout=60_000)
    worker.cancel()
    wait(qtbot, worker)
    assert told[0] == ("打印", 0, 1_000)
    assert not done
    assert len(told) < 1_000


def test_the_screen_goes_on_while_something_works(worker: Worker, qtbot: QtBot) -> None:
    turns: list[float] = []
    done: list[object] = []
    worker.read(lambda: time.sleep(0.2), done.append)
    while not done:
        qtbot.wait(5)
        turns.append(time.monotonic())
    assert len(turns) > 10


def test_nobody_is_answered_whose_widget_is_gone(worker: Worker, qtbot: QtBot) -> None:
    label = QLabel()
    worker.read(lambda: time.sleep(0.02) or "text", label.setText)
    label.deleteLater()
    del label
    qtbot.wait(5)
    wait(qtbot, worker)


def test_a_worker_that_closes_waits_for_no_read_that_never_began(qtbot: QtBot) -> None:
    worker, began = Worker(), threading.Event()
    for _more in range(8):
        worker.read(began.wait, print)
    threading.Timer(0.05, began.set).start()
    worker.close()
    qtbot.waitUntil(lambda: not worker.is_busy(), timeout=5_000)


def test_nothing_is_swept_while_a_read_has_made_very_many_objects_for_a_moment(application: object) -> None:
    sweeper = Sweeper()
    gc.collect()
    many = [[number] for number in range(2 * MANY)]
    sweeper.sweep()
    assert gc.get_count()[0] > MANY
    del many
    sweeper.sweep()
    assert gc.get_count()[0] < MANY


def test_what_stays_is_looked_through_after_a_while(application: object) -> None:
    sweeper = Sweeper()
    gc.collect()
    many = [[number] for number in range(2 * MANY)]
    for _time in range(PATIENCE + 1):
        sweeper.sweep()
    assert gc.get_count()[0] < MANY
    assert len(many) == 2 * MANY
