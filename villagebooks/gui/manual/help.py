"""F1, and the button at the foot of the window: the chapter for what is in hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton, QWidget

from villagebooks.core.words import _
from villagebooks.gui.page import Page
from villagebooks.gui.section import Sections
from villagebooks.gui.theme import icon
from villagebooks.gui.window import Window

KEY = "F1"


class Help(QObject):
    """Leads to the manual and back. `asked` carries the classes of the window that a chapter may explain, `again` says
    that somebody asks who reads it already."""

    asked = Signal(object)
    again = Signal()

    def __init__(self, window: Window, manual: Callable[[], Page], visit: Callable[[Page], None]) -> None:
        super().__init__(window)
        self._window, self._manual, self._visit = window, manual, visit
        QShortcut(QKeySequence(KEY), window).activated.connect(self.open)
        self.opener = QToolButton()
        self.opener.setText(_("手册（{key}）").format(key=KEY))
        self.opener.setIcon(icon("info", "muted"))
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.setAccessibleName(_("使用手册"))
        self.opener.setToolTip(_("讲现在这一页怎么用"))
        self.opener.clicked.connect(self.open)
        window.statusBar().addPermanentWidget(self.opener)

    def open(self) -> None:
        """The chapter for the page in hand; Escape comes back to it."""
        if not self._window.seat.is_open:
            return
        here, manual = self._window.current(), self._manual()
        if here is manual:
            self.again.emit()
            return
        asked = asked_pages(here, QApplication.focusWidget())
        self._visit(manual)
        self.asked.emit(asked)


def asked_pages(page: Page, focus: QWidget | None) -> list[str]:
    """Classes that may have a chapter, the nearest to the person first: what has the focus and what that stands in, the
    tabs that show on the page, the page."""
    names = []
    while focus is not None and focus is not page and page.isAncestorOf(focus):
        names.append(type(focus).__name__)
        focus = focus.parentWidget()
    kinds: list[Sections | QTabWidget] = [*page.findChildren(Sections), *page.findChildren(QTabWidget)]
    shown = [tabs.currentWidget() for tabs in kinds if tabs.isVisible()]
    shown.reverse()  # tabs within a tab are nearer
    return [*names, *(type(one).__name__ for one in shown), type(page).__name__]
