"""F1, and the button at the foot of the window: the chapter for what is in hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton, QWidget

from villagebooks.core.words import _
from villagebooks.gui.manual.page import ManualPage
from villagebooks.gui.page import Page
from villagebooks.gui.preview import Draw
from villagebooks.gui.theme import icon
from villagebooks.gui.window import Window

KEY = "F1"


class Help(QObject):
    """Leads to the manual and back; the page is built when somebody first asks."""

    def __init__(
        self,
        window: Window,
        visit: Callable[[Page], None],
        go_back: Callable[[], None],
        show_paper: Callable[[str, Draw], None],
    ) -> None:
        super().__init__(window)
        self._window, self._visit, self._go_back, self._show_paper = window, visit, go_back, show_paper
        QShortcut(QKeySequence(KEY), window).activated.connect(self.open)
        self.opener = QToolButton()
        self.opener.setText(_("手册（{key}）").format(key=KEY))
        self.opener.setIcon(icon("info", "muted"))
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.setAccessibleName(_("使用手册"))
        self.opener.setToolTip(_("讲现在这一页怎么用"))
        self.opener.clicked.connect(self.open)
        window.statusBar().addPermanentWidget(self.opener)

    @cached_property
    def page(self) -> ManualPage:
        """使用手册."""
        page = ManualPage(self._window.seat)
        page.returned.connect(self._go_back)
        page.printed.connect(self._show_paper)
        return page

    def open(self) -> None:
        """The chapter for the page in hand; Escape comes back to it."""
        here = self._window.current()
        if isinstance(here, ManualPage):
            here.panel.contents.setFocus()
            return
        asked = asked_pages(here, QApplication.focusWidget())
        self._visit(self.page)
        self.page.explain(asked)


def asked_pages(page: Page, focus: QWidget | None) -> list[str]:
    """Classes that may have a chapter, the nearest to the person first: what has the focus and what that stands in, the
    tabs that show on the page, the page."""
    names = []
    while focus is not None and focus is not page and page.isAncestorOf(focus):
        names.append(type(focus).__name__)
        focus = focus.parentWidget()
    shown = [tabs.currentWidget() for tabs in page.findChildren(QTabWidget) if tabs.isVisible()]
    shown.reverse()  # tabs within a tab are nearer
    return [*names, *(type(one).__name__ for one in shown), type(page).__name__]
