"""What is under way, above the page: its name, how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from villagebooks.core.words import _
from villagebooks.gui.pace import Pace
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import span
from villagebooks.gui.worker import Worker

ROOMY = 1_200
"""Pixels of a window that has room for words beside the bar, in the ordinary letters."""


class Progress(QObject):
    """Three widgets in a row of the window, which show only while something is under way."""

    def __init__(self, worker: Worker, row: QHBoxLayout) -> None:
        super().__init__(row)
        self._pace = Pace()
        self.bar, self.cancel, self.words = QProgressBar(), button(_("停下"), worker.cancel), label("", "muted")
        self.bar.setFixedWidth(span(56))
        self.bar.setTextVisible(False)
        for part in (self.words, self.bar, self.cancel):
            row.addWidget(part)
        worker.working.connect(self._show_working)
        worker.progressed.connect(self._show_progress)
        self._show_working(())

    def _show_working(self, titles: tuple[str, ...]) -> None:
        self.words.setText(_("正在{title}…").format(title=titles[0]) if titles else "")
        self.words.setVisible(bool(titles))
        if not titles:
            self.bar.hide()
            self.cancel.hide()

    def _show_progress(self, told: tuple[str, int, int]) -> None:
        title, count, total = told
        self.words.setText(self._pace.words(title, count, total))
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(count)
        self.bar.setToolTip(self.words.text())
        self.bar.setAccessibleName(self.words.text())
        for part in (self.bar, self.cancel):
            part.show()
        self.words.setVisible(self.bar.window().width() >= span(ROOMY))  # else the bar's tip says it
