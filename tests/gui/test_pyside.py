"""The PySide6 that the lock names is free of the fault that made us pin it (STACK: 6.12.0 aborts on Python 3.11)."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

class Sender(QObject):
    changed = Signal(object)

app = QApplication([])
sender, label, heard = Sender(), QLabel(), []
sender.changed.connect(heard.append)
for turn in range(20_000):
    label.setText("村账")
    sender.changed.emit(True)
assert len(heard) == 20_000
print("alive")
"""


def test_twenty_thousand_void_calls_and_signals_do_not_abort_the_program() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "alive\n"
