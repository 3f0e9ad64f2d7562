"""A minimal PySide6 window, as Qt's own first example has it: `python -m tests.bench.bare BEGAN`.

Prints seconds of the processor, seconds since BEGAN (of the monotonic clock) and MB held when it is painted.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def tell() -> None:
    held = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    print(time.process_time(), time.monotonic() - float(sys.argv[1]), held, flush=True)
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
