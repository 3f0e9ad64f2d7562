"""Threads that load modules make classes while the screen is painted: the program once fell over it, rarely."""

from __future__ import annotations

import os
import subprocess
import sys

from villagebooks.gui.room import WITHOUT_TABLE

SCRIPT = """
import os, sys, threading
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from villagebooks.gui.room import make_room

make_room(30_000)
application = QApplication(["room", "-platform", "offscreen"])
top = QWidget()
column = QVBoxLayout(top)
labels = [type(f"Label{one}", (QLabel,), {})("x") for one in range(60)]
for label in labels:
    column.addWidget(label)
top.show()
made = []

def load():
    for one in range(12_000):
        made.append(type(f"Made{one}", (QObject,), {}))

thread = threading.Thread(target=load)
thread.start()

def paint():
    top.setStyleSheet("QLabel { color: %s }" % ("red" if "blue" in top.styleSheet() else "blue"))
    if not thread.is_alive():
        application.quit()

timer = QTimer()
timer.timeout.connect(paint)
timer.start(0)
application.exec()
print("both went on", len(made), flush=True)
os._exit(0)  # twelve thousand classes are not worth a tidy end
"""


BEGUN = """
from villagebooks.app import build_application
from villagebooks.gui.room import make_room

build_application(["room", "-platform", "offscreen"])
print(make_room.cache_info().currsize, make_room())
"""


def tell(script: str) -> str:
    spoil = os.environ | {"MALLOC_PERTURB_": "165"}  # who looks at what was given back falls at once
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120, env=spoil
    ).stdout.strip()


def test_classes_that_a_thread_makes_do_not_let_the_screen_fall_that_is_painted_meanwhile() -> None:
    assert tell(SCRIPT) == "both went on 12000"


def test_the_program_makes_room_for_its_classes_before_its_first_window() -> None:
    assert tell(BEGUN) == f"1 {sys.version_info < WITHOUT_TABLE}"
