"""A window that is closed while something is written goes by itself once that is done; if that fails, it stays."""

from __future__ import annotations

from PySide6.QtCore import QObject

from villagebooks.core.words import _
from villagebooks.gui.again import FRESH_S, Again
from villagebooks.gui.turn import later
from villagebooks.gui.window import Window
from villagebooks.gui.worker import Worker


class Farewell(QObject):
    """Asked whether the window may go. Closed a second time, long work stops after the piece in hand."""

    def __init__(self, window: Window, worker: Worker) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        self._asked = Again()
        self._goes = False
        worker.failed.connect(self._stay)
        worker.rested.connect(self._go)

    def may_go(self) -> bool:
        """False once, with a hint, while something that somebody set off is under way."""
        titles = under_way(self._worker)
        if not titles:
            return True
        if self._asked:
            self._goes = False
            self._worker.cancel()
            return True
        self._asked.warn()
        self._goes = True
        text = _("正在{title}：做完就关窗口；不等了，{s} 秒内再关一次")
        self._window.strip.hint(text.format(title=titles, s=round(FRESH_S)))
        return False

    def _stay(self) -> None:
        self._goes = False
        self._asked.forget()

    def _go(self) -> None:
        if self._goes:
            self._goes = False
            self._asked.forget()
            later(self._window, self._window.close)


def under_way(worker: Worker) -> str:
    """What somebody set off and waits for, each by its name; empty when there is nothing."""
    return _("、").join(dict.fromkeys(worker.titles()))
