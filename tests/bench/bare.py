"""A minimal PySide6 window, as Qt's own first example has it: `python -m tests.bench.bare BEGAN`.

Prints seconds of the processor, seconds since BEGAN (of the monotonic clock), MB of its own and MB held when it is
painted.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.bench.memory import held_mb, own_mb


def tell() -> None:
    print(time.process_time(), time.monotonic() - float(sys.argv[1]), own_mb(), held_mb(), flush=True)
    QApplication.quit()


def main() -> None:
    application = QApplication(sys.argv[:1])
    window, label = QMainWindow(), QLabel("村账")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setCentralWidget(label)
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, tell))
    application.exec()


if __name__ == "__main__":
    main()
