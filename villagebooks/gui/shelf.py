"""Which built pages stay: those that were shown last, and those in which something is typed; others are built again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from villagebooks.gui.form import Form
from villagebooks.gui.page import Asking, Page
from villagebooks.gui.typed import is_written, typed_in
from villagebooks.gui.window import Window
from villagebooks.gui.worker import give_back

KEPT = 6
"""Pages that are kept beside the lasting ones: a page takes 2 to 5 MB, and is built again in some 50 ms."""
REST_MS = 400
"""After the last change of pages nobody hurries."""


class Shelf(QObject):
    """Lets go of the page that was shown longest ago, one in a turn of the event loop, while nothing is under way.

    `needed` tells the pages that somebody comes back to; `forget` is told a page that is about to go.
    """

    def __init__(self, window: Window, needed: Callable[[], tuple[Page, ...]], forget: Callable[[Page], None]) -> None:
        super().__init__(window)
        self._window, self._needed, self._forget = window, needed, forget
        self._shown: list[Page] = []
        self._gone = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._tidy)
        window.stack.currentChanged.connect(self._note)

    def is_tidying(self) -> bool:
        """Whether a page may still go."""
        return self._timer.isActive()

    def _note(self, place: int) -> None:
        page = self._window.stack.widget(place)
        if isinstance(page, Page):
            self._shown = [one for one in self._shown if one is not page] + [page]
            self._timer.start()

    def _tidy(self) -> None:
        if self._window.seat.worker.is_busy():
            self._timer.start()
            return
        loose = [page for page in self._shown if not page.lasting]
        stays = {self._window.current(), *self._needed()}
        page = next((one for one in loose[:-KEPT] if one not in stays and not holds_words(one)), None)
        if page is not None:
            self._let_go(page)
            self._gone = True
            self._timer.start()
        elif self._gone:
            self._gone = False
            give_back()

    def _let_go(self, page: Page) -> None:
        self._shown.remove(page)
        self._forget(page)
        self._window.stack.removeWidget(page)
        page.deleteLater()


def holds_words(part: QWidget) -> bool:
    """Whether somebody typed into a line or a text of it, or chose in a form, and that still stands there; or is asked
    for a signature, of which the first of two may be given."""
    if holds_choices(part):
        return True
    if question_of(part):
        return True
    lines = any(one.isModified() and one.text() for one in part.findChildren(QLineEdit))
    if lines or any(is_written(one) for one in part.findChildren(QPlainTextEdit)):
        return True
    return any(True for _one in typed_in(part))


def question_of(part: QWidget) -> Asking | None:
    """What asks in it for a signature or a reason."""
    return next((one for one in part.findChildren(Asking) if not one.isHidden()), None)


def holds_choices(part: QWidget) -> bool:
    """Whether a form of it was changed by hand and not saved."""
    return any(form.touched for form in part.findChildren(Form))
