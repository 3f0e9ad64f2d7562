"""Ctrl+C in the terminal that the program was started from, while its window rests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.gui.killed import ROOT, kept
from villagebooks.services.desk import Office

STARTED = """
import sys, threading, time
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from villagebooks.app import run_desktop
from villagebooks.gui.program import Program
from villagebooks.gui.window import Window
from villagebooks.services.recent import read_place

def wait():
    while QApplication.instance() is None:
        time.sleep(0.02)
    QTimer.singleShot(0, QApplication.instance(), look)

def look():
    window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, Window)), None)
    if window is None or not window.seat.is_open or window.seat.worker.is_busy() or window.seat.book is None:
        QTimer.singleShot(50, look)
        return
    window._go_place(2)
    while window.current().title != "凭证" or window.seat.worker.is_busy():
        QTest.qWait(10)
    if sys.argv[2]:
        window.current().new()
        QTest.keyClicks(window.current().editor.form.rows[0].summary, sys.argv[2])
    if sys.argv[3:]:
        window._go_place(1)
        while window.current().title != "报账" or window.seat.worker.is_busy():
            QTest.qWait(10)
        window.current().new()
        QTest.keyClicks(window.current().form.facts.entry("words"), sys.argv[3])
        QTest.qWait(200)
    print("ready", flush=True)

threading.Thread(target=wait).start()
raise SystemExit(run_desktop(read_place(sys.argv[1])))
"""


@contextmanager
def hears(handler: object) -> Iterator[None]:
    """What is started meanwhile hears Ctrl+C in this way, however these tests were started themselves."""
    before = signal.signal(signal.SIGINT, handler)  # type: ignore[arg-type]  # one of Python's own
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def started(
    office: Office, typed: str = "", *paper: str, handler: object = signal.default_int_handler
) -> Iterator[subprocess.Popen[str]]:  # fmt: skip
    """The program with its window open and at rest, this text typed into a new voucher, that into a new paper."""
    office.books.close()
    command = [sys.executable, "-c", STARTED, str(office.books.path), typed, *paper]
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with hears(handler):
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
    with process as child:
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "ready\n"
            yield child
        finally:
            child.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_ctrl_c_ended_nothing_while_the_window_was_idle(office: Office, number: signal.Signals) -> None:
    with started(office) as child:
        child.send_signal(number)
        assert child.wait(20) == 128 + number
    assert not Path(f"{office.books.path}-wal").exists()  # the books were closed


def test_what_was_typed_when_somebody_pressed_ctrl_c_is_offered_the_next_time(office: Office) -> None:
    assert not kept()
    with started(office, "dayinzhi") as child:
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 128 + signal.SIGINT
    assert any("dayinzhi" in one.read_text("utf-8") for one in kept())


def test_a_program_that_was_told_to_end_over_a_begun_paper_fell_on_its_last_step(office: Office) -> None:
    with started(office, "dayinzhi", "xigu") as child:
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 128 + signal.SIGTERM


def test_who_started_the_program_so_that_it_hears_no_ctrl_c_is_heeded(office: Office) -> None:
    with started(office, handler=signal.SIG_IGN) as child:
        child.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(1)
