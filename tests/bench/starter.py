"""The program as its user starts it, up to its first usable window: `python -m tests.bench.starter BOOKS BEGAN`.

Prints a line for the first window that can be used (the villages on the board, every key taken), one for the board
with every step and one when the code of every page is loaded: seconds of the processor, seconds since BEGAN (of the
monotonic clock), MB of its own, MB held; then what had been imported for the first of them. Ends then, or when nobody
reads any more.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.memory import held_mb, own_mb
from villagebooks.cli import main as run
from villagebooks.core.board import BoardRow
from villagebooks.gui.program import AHEAD, Program


class Probe(QObject):
    """Looks between two turns of the event loop at what the program shows."""

    def __init__(self, program: Program, began: float) -> None:
        super().__init__()
        self._program, self._began = program, began
        self._modules: list[str] = []
        self._whole = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)

    def _look(self) -> None:
        desktop = self._program.desktop
        if desktop is None or not desktop.window.isVisible() or not desktop.home.table.model.rowCount():
            return
        if not self._modules:
            self._tell()
            self._modules = list(sys.modules)
        if not self._whole and isinstance(desktop.home.table.model.record(0), BoardRow):
            self._whole = True
            self._tell()
        if self._whole and sys.modules.keys() >= set(AHEAD):
            self._tell()
            self._say(*self._modules)
            self._end()

    def _tell(self) -> None:
        self._say(time.process_time(), time.monotonic() - self._began, own_mb(), held_mb())

    def _say(self, *words: object) -> None:
        """A line at once; whoever reads no further (`head -1`) has what was asked for."""
        try:
            print(*words, flush=True)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        QApplication.closeAllWindows()


def main() -> None:
    os.environ["VILLAGEBOOKS_BOOKS"] = sys.argv[1]
    start, began = Program.start, float(sys.argv[2])
    probes: list[Probe] = []

    def watched(program: Program) -> None:
        probes.append(Probe(program, began))
        start(program)

    Program.start = watched  # type: ignore[method-assign]  # the program runs as it is, and is looked at
    sys.exit(run([]))


if __name__ == "__main__":
    main()
