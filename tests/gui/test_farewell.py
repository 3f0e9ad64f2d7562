"""A window that is closed, left or started again while something is under way: nothing is cut off or goes unheard."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME
from tests.gui.person import wait_until_idle
from villagebooks.core.problem import Trouble
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import Program
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def program(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    kept = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
    kept.setValue("person", AGENT_NAME)
    desk.books.close()
    program = Program(kept, desk.books.path)
    program.start()
    wait_until_idle(program.worker)
    yield program
    for one in (program.desktop.window if program.desktop else None, program.page):
        if one is not None:
            one.close()
            one.deleteLater()
    program.worker.close()
    program.end()


@pytest.fixture
def desktop(program: Program) -> Desktop:
    assert program.desktop is not None
    return program.desktop


class Act:
    """Something that takes until it is let go."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.may_end = threading.Event()
        self.answers: list[object] = []
        self._fault = fault

    def __call__(self) -> str:
        assert self.may_end.wait(30)
        if self._fault:
            raise self._fault
        return "done"


def wait(qtbot: QtBot, met: Callable[[], bool]) -> None:
    qtbot.waitUntil(met, timeout=30_000)


def test_a_window_that_is_closed_while_something_is_saved_goes_by_itself_once_it_is(
    desktop: Desktop, qtbot: QtBot
) -> None:
    act = Act()
    desktop.seat.worker.write(act, act.answers.append, title="保存凭证")
    assert not desktop.window.close()
    assert desktop.window.isVisible()
    assert desktop.window.strip.text() == "正在保存凭证：做完就关窗口；不等了，20 秒内再关一次"
    act.may_end.set()
    wait(qtbot, lambda: not desktop.window.isVisible())
    assert act.answers == ["done"]


def test_what_could_not_be_saved_keeps_the_window_that_was_closed_and_is_told(desktop: Desktop, qtbot: QtBot) -> None:
    act = Act(Trouble("磁盘已满"))
    desktop.seat.worker.write(act, act.answers.append, title="保存凭证")
    assert not desktop.window.close()
    act.may_end.set()
    wait_until_idle(desktop.seat.worker)
    assert desktop.window.isVisible()
    assert "磁盘已满" in desktop.window.strip.text()


def test_who_does_not_want_to_wait_closes_again_and_long_work_stops_after_the_piece_in_hand(desktop: Desktop) -> None:
    began, told = threading.Event(), list[int]()

    def act(report: Callable[[int, int], None]) -> None:
        for unit in range(10_000):
            report(unit, 10_000)
            told.append(unit)
            began.set()
            time.sleep(0.002)

    desktop.seat.worker.long(act, print, "导出查询库")
    assert began.wait(10)
    assert not desktop.window.close()
    assert desktop.window.close()
    assert not desktop.window.isVisible()
    assert len(told) < 9_000


def test_nobody_goes_to_another_centre_or_starts_again_while_something_is_under_way(
    program: Program, desktop: Desktop
) -> None:
    act = Act()
    desktop.seat.worker.write(act, act.answers.append, title="打印一批")
    program.leave()
    assert program.desktop is desktop
    assert desktop.window.strip.text() == "正在打印一批：等它做完，或按“停下”，再来一次"
    program.begin_again()
    assert not program.begins_again
    act.may_end.set()
    wait_until_idle(desktop.seat.worker)
    assert desktop.window.isVisible(), "only who closed it wanted it gone"
    program.leave()
    assert program.desktop is None


def test_a_window_is_gone_at_once_though_a_reading_takes_its_time(desktop: Desktop) -> None:
    act, seen = Act(), list[bool]()

    def end() -> None:
        seen.append(desktop.window.isVisible())
        act.may_end.set()

    began = threading.Event()
    desktop.seat.worker.read(lambda: (began.set(), act()), act.answers.append)
    assert began.wait(10)
    threading.Timer(0.2, end).start()
    assert desktop.window.close()
    assert seen == [False]
