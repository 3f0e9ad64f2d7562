"""The program as its user starts it, up to its first usable window: `python -m tests.gui.start_probe BOOKS`.

Prints what had been imported by then, one module a line.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from villagebooks.app import build_application, settings
from villagebooks.gui.start import Program


class Probe(QObject):
    """Looks between two turns of the event loop until the board of the month is painted and the window takes keys."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)

    def _look(self) -> None:
        desktop = self._program.desktop
        if desktop and desktop.window.isVisible() and desktop.home.table.model.rowCount():
            self._timer.stop()
            QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        print(*sys.modules, sep="\n")
        QApplication.closeAllWindows()


def main() -> None:
    application = build_application()
    program = Program(settings(), sys.argv[1])
    _probe = Probe(program)
    program.start()
    application.exec()


if __name__ == "__main__":
    main()
