"""A real window of another process that types and is killed without notice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import AGENT_NAME
from villagebooks.paths import data_folder
from villagebooks.services.desk import Office

ROOT = Path(__file__).parent.parent.parent

OPENED = """
import sys, time
from PySide6.QtTest import QTest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from villagebooks.app import build_application
from villagebooks.core.period import Month
from villagebooks.gui.office import Desktop
from villagebooks.gui.worker import Worker
from villagebooks.services.desk import Office
from villagebooks.services.desk import open_office
from villagebooks.services.office import centre

app = build_application()
office = Office(open_office(sys.argv[1]).books, sys.argv[2])
desktop = Desktop(office, centre(office), Worker())
desktop.window.show()

def rest():
    for _turn in range(10):  # as in wait_until_idle: what is built comes in turns of its own
        while desktop.seat.worker.is_busy():
            QTest.qWait(5)
        QTest.qWait(5)

rest()
desktop.seat.sit_at(month=Month(2026, 9))
rest()
"""
TYPES_ON = """
while True:
    QTest.qWait(50)
"""


def commit(entry: QWidget, text: str) -> None:
    """What an input method hands over at once."""
    entry.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)


def kept() -> list[Path]:
    """What is kept of forms that were not saved."""
    return list((data_folder() / "unsaved").glob("*.json"))


@contextmanager
def typing(office: Office, acts: str, last: str, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The window does these acts (`desktop`, `rest`, the arguments from 3) and is there until what it typed `last` is
    on the disk; killed in the end."""
    command = [sys.executable, "-c", OPENED + acts + TYPES_ON, str(office.books.path), AGENT_NAME, *more]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    try:
        until = time.monotonic() + 90
        while not any(last in _text(path) for path in kept()):
            assert child.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield child
    finally:
        kill(child)


def _text(path: Path) -> str:
    """Empty when the window has just taken it away, or put another in its place."""
    with suppress(FileNotFoundError):
        return path.read_text("utf-8")
    return ""


def kill(child: subprocess.Popen[bytes]) -> None:
    """Without notice."""
    child.send_signal(signal.SIGKILL)
    assert child.wait(30) == -signal.SIGKILL
