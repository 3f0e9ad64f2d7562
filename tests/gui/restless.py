"""The whole program in a process of its own, before somebody who presses whatever stands there, and closes it at last.

`python -m tests.gui.restless BOOKS SEED SECONDS`: 0 when it ended as it should, nothing broke off and no object of the
window died on another thread. The books are written to: give it a copy. With an even seed it is told to end by a signal
wherever it stands, as by the system that shuts down.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QTabWidget, QWidget

from tests.gui.dying import Mourner
from villagebooks import app
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import SIGNALLED, Program
from villagebooks.gui.section import Sections
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY

BROKEN = 3
PAUSES_MS = (0, 0, 5, 20, 60)
SWEEPS_MS = (10, 100, 700)
PATIENCE = 200
"""Times that the window is asked to close before it counts as stuck; the second asking drops what is unsaved."""
Keys, Modifiers = Qt.Key, Qt.KeyboardModifier
KEYS = (
    Keys.Key_Return, Keys.Key_Escape, Keys.Key_Tab, Keys.Key_Down, Keys.Key_Up, Keys.Key_PageDown, Keys.Key_F2,
    Keys.Key_F3, Keys.Key_F4, Keys.Key_F5, Keys.Key_F6, Keys.Key_F7, Keys.Key_F8, Keys.Key_F9, Keys.Key_1, Keys.Key_A,
    Keys.Key_Backspace,
)  # fmt: skip
WITH = (*[Modifiers.NoModifier] * 4, Modifiers.ControlModifier, Modifiers.AltModifier)


class Told(list[str]):
    """What died on another thread, said at once: when the program falls over it, nobody comes to the end."""

    def append(self, died: str) -> None:
        print("died on another thread:", died, file=sys.stderr, flush=True)
        super().append(died)


class Restless:
    """Acts in turns of the program's own event loop, also in those of a dialog that it opened."""

    def __init__(self, seed: int, seconds: float) -> None:
        self.signalled = seed % 2 == 0
        self.faults = 0
        self.mourner = Mourner(Told())
        self.program: Program | None = None
        self._chance = random.Random(seed)
        self._end = time.monotonic() + seconds
        self._asked = 0
        self._acts: tuple[Callable[[Desktop], object], ...] = (
            self._page, self._page, self._page, self._key, self._key, self._tab, self._tab, self._month,
            self._village, self._click, self._click, self._print, self._theme, lambda one: one.shelf._tidy(),
        )  # fmt: skip

    def turn(self) -> None:
        """One act, or the next step of closing, after the next was set down: an act may open a dialog."""
        if self.program is not None:
            assert not gc.isenabled(), "a thread could sweep up widgets"
        if time.monotonic() > self._end:
            QTimer.singleShot(50, self.turn)
            self._close()
            return
        QTimer.singleShot(self._chance.choice(PAUSES_MS), self.turn)
        waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        desktop = self.program.desktop if self.program else None
        if waiting is not None and self._chance.random() < 0.6:
            waiting.close()
        elif desktop is not None and desktop.seat.is_open:
            self.mourner.watch()
            self._chance.choice(self._acts)(desktop)

    def sweep(self) -> None:
        """Python looks for garbage at any moment, on the screen's thread as in the program."""
        gc.collect()
        QTimer.singleShot(self._chance.choice(SWEEPS_MS), self.sweep)

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """In place of the message that the program shows."""
        self.faults += 1
        traceback.print_exception(kind, error, trace)

    def _close(self) -> None:
        self._asked += 1
        if self._asked > PATIENCE:
            print("the window does not close", file=sys.stderr)
            self.faults += 1
            QApplication.exit(BROKEN)
        for one in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if one is not None:
                one.close()
        assert self.program is not None
        if self.signalled:
            if self._asked == 1:  # a second signal ends it at once
                os.kill(os.getpid(), signal.SIGTERM)
            return
        window = self.program.desktop.window if self.program.desktop else self.program.page
        if window is not None:
            window.close()

    def _page(self, desktop: Desktop) -> None:
        desktop.window._go_place(self._chance.randrange(len(desktop.window.places)))

    def _key(self, _desktop: Desktop) -> None:
        widget = QApplication.focusWidget()
        if widget is not None:
            QTest.keyClick(widget, self._chance.choice(KEYS), self._chance.choice(WITH))

    def _tab(self, desktop: Desktop) -> None:
        every = (one for kind in (QTabWidget, Sections) for one in self._shown(desktop, kind))
        tabs = [one for one in every if one.count()]  # type: ignore[attr-defined]  # tabs of both kinds have it
        if tabs:
            one = self._chance.choice(tabs)
            one.setCurrentIndex(self._chance.randrange(one.count()))  # type: ignore[attr-defined]  # tabs of both kinds have it

    def _month(self, desktop: Desktop) -> None:
        self._chance.choice((desktop.window._month_before, desktop.window._month_after))()

    def _village(self, desktop: Desktop) -> None:
        if desktop.seat.books:
            desktop.window._pick_village(self._chance.choice(desktop.seat.books).code)

    def _click(self, desktop: Desktop) -> None:
        buttons = [one for one in self._shown(desktop, QPushButton) if one.isEnabled()]
        if buttons:
            QTest.mouseClick(self._chance.choice(buttons), Qt.MouseButton.LeftButton)

    def _print(self, desktop: Desktop) -> None:
        act = getattr(desktop.window.current(), "print", None)
        if callable(act):
            act()

    def _theme(self, _desktop: Desktop) -> None:
        if self.program and self._chance.random() < 0.3:
            self.program.dress(self._chance.choice((ORDINARY, LARGE, CONTRAST)))

    def _shown(self, desktop: Desktop, kind: type[QWidget]) -> list[QWidget]:
        return [one for one in desktop.window.current().findChildren(kind) if one.isVisible()]


def keep_to_the_window() -> None:
    """No dialog of the operating system, no other program."""
    for name in ("getOpenFileName", "getSaveFileName"):
        setattr(QFileDialog, name, lambda *_told, **_named: ("", ""))
    QFileDialog.getOpenFileNames = lambda *_told, **_named: ([], "")  # type: ignore[method-assign]  # the system's own
    QFileDialog.getExistingDirectory = lambda *_told, **_named: ""  # type: ignore[method-assign]  # the system's own
    QDesktopServices.openUrl = lambda *_told: True  # type: ignore[method-assign]  # the system's own


def main() -> int:
    faulthandler.enable()
    books, seed, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    app.build_application()
    keep_to_the_window()
    person = Restless(seed, seconds)
    begin = Program.__init__

    def begin_seen(program: Program, *told: object) -> None:
        begin(program, *told)  # type: ignore[arg-type]  # handed on
        person.program = program

    Program.__init__ = begin_seen  # type: ignore[assignment,method-assign]  # to see it begin
    app.install_excepthook = lambda _log: setattr(sys, "excepthook", person.tell)  # type: ignore[assignment]  # a fault is told
    QTimer.singleShot(0, person.turn)
    QTimer.singleShot(0, person.sweep)
    code = app.run_desktop(books)
    meant = SIGNALLED + signal.SIGTERM if person.signalled else 0
    return BROKEN if code != meant or person.faults or person.mourner.seen else 0


if __name__ == "__main__":
    sys.exit(main())
