"""最近: the vouchers and papers somebody worked on last, from every page by one key."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton

from villagebooks.core.words import _
from villagebooks.gui.theme import icon, px
from villagebooks.gui.window import Window
from villagebooks.services.place import Office

KEY = "Ctrl+R"
BAR = 24
"""Pixels that the rail may take beside its own width."""


class Recent(QObject):
    """A button above the page and its menu, read when it is asked for. `wanted` carries the piece that was chosen."""

    wanted = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.button = QToolButton()
        self.button.setText(_("最近"))
        self.button.setIcon(icon("clock", "muted"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setAccessibleName(_("最近做过的"))
        self.button.setToolTip(_("最近做过的凭证和报账单（{key}）").format(key=KEY))
        self.button.clicked.connect(self.open)
        self.menu = QMenu(window)
        self.menu.triggered.connect(self._pick)
        self._pieces: list[Any] = []
        QShortcut(QKeySequence(KEY), window).activated.connect(self.open)
        window.top.addWidget(self.button)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the row above the page is too narrow for all, the sign alone stays."""
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            if self._window.top.minimumSize().width() > self._window.width() - px("rail_px") - BAR:
                self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return False

    def open(self) -> None:
        """Read what was worked on last, then show it."""
        seat = self._window.seat
        if seat.is_open:
            seat.worker.read(partial(_recent_work, seat.office), self._show, key=self)

    def _show(self, found: list[Any]) -> None:
        from villagebooks.gui.todo import piece_words  # noqa: PLC0415  (window first)

        self.menu.clear()
        self._pieces = found
        for place, one in enumerate(found):
            self.menu.addAction(piece_words(one)).setData(place)
        if not found:
            self.menu.addAction(_("还没有做过凭证和报账单")).setEnabled(False)
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        if found:
            self.menu.setActiveAction(self.menu.actions()[0])

    def _pick(self, action: QAction) -> None:
        self.wanted.emit(self._pieces[action.data()])


def _recent_work(office: Office) -> list[Any]:
    """The pieces (`RecentPiece`), the newest first."""
    from villagebooks.services.journal import recent_work  # noqa: PLC0415  (window first)

    return list(recent_work(office))
