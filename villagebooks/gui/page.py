"""What every page has: a head with its title and acts, a strip for what went wrong or was done, and when it reads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.escape import claims_escape
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.part import Part
from villagebooks.gui.still import keep_still
from villagebooks.gui.strip import Strip as Strip  # noqa: PLC0414  (a strip is part of a page: it is asked for here)
from villagebooks.gui.theme import icon, px
from villagebooks.gui.typed import typed_in

LINE_EDGE = 22
"""Pixels of frame, padding and cursor around the words of a line."""
CROSS = 26
"""Pixels of the cross that clears a line."""
_WIDE, _FAST, _JOINER = "\u3000", "\u00a0", "\u2060"
"""Between two parts, a space that no line breaks at, and what keeps two letters on one line."""


def is_saving(seat: Seat, strip: Strip, saved: Callable[..., None]) -> bool:
    """True, with a hint, while what was saved last has not come to `saved`: what is new would become two."""
    saving = seat.worker.awaits(saved)
    if saving:
        strip.hint(_("正在保存，存好以后再按"))
    return saving


class Asking(QFrame):
    """A strip that is hidden until it asks for something: whoever is asked comes back to its page (`gui/shelf.py`)."""

    def put_away(self) -> None:
        """Nothing is done."""
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Escape belongs to this strip while somebody is in it, not to the page's own shortcut."""
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: nothing is done."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)


class Page(Part):
    """A page of the window. It reads (`load`) when it is shown and old, and again after every change of the books."""

    title = ""
    needs_book = True
    waits_for_words = False
    """Whether what somebody else saved is read only once what is typed here was saved or given up."""
    fills_book = False
    """Whether an empty book's balances are entered here."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.seat = seat
        self.strip = Strip()
        self.heading = QLabel(self.title)
        self.heading.setObjectName("title")
        self.head = FlowRow()
        self.head.setSpacing(px("gap_px"))
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 8)
        self.body.setSpacing(px("gap_px"))
        self.body.addLayout(self.head)
        self.body.addWidget(self.strip)
        self._old, self._landed = True, False
        seat.moved.connect(self._on_moved)
        seat.changed.connect(self._on_changed)
        if self.waits_for_words:
            seat.worker.landed.connect(self._land)

    def expect(self) -> None:
        """Show what a glance told, while the books are being opened."""

    def refresh(self) -> None:
        """Read now when the page shows, else when it is shown next."""
        self._old = True
        if not self.isVisible():
            return
        if not self.seat.is_open:
            self.expect()
            return
        homeless = self.needs_book and self.seat.book is None
        self.setEnabled(not homeless)
        if homeless and not self.seat.is_listed:
            return  # nobody knows yet whether there is one
        if homeless:
            self.strip.hint(_("还没有账套：先到“设置”的“账套”里新建，或导入历史账。"))
            return
        if self.waits_for_words and not self._landed and any(True for _one in typed_in(self)):
            return
        self._old = self._landed = False
        keep_still(self)
        self.load()

    def setFocus(self, *reason: Qt.FocusReason) -> None:
        """Back where somebody works in it, when what it usually leads to does not show: keys into a hidden list would
        open something else over what is in hand."""
        usual: QWidget = self
        while proxy := usual.focusProxy():
            usual = proxy
        last = self.focusWidget()
        if usual is self or usual.isVisibleTo(self) or last is None or not last.isVisibleTo(self):
            super().setFocus(*reason)
        else:
            last.setFocus(*reason)

    def add_act(self, text: str, act: Callable[[], None], icon_name: str = "", primary: bool = False) -> QPushButton:
        """A button at the right of the head."""
        made = button(text, act, icon_name, primary)
        self.head.addWidget(made)
        return made

    def hasHeightForWidth(self) -> bool:
        """Never: a sentence that wraps would make the window scroll for the height that lists would like to have."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Read when what the page would show is old."""
        super().showEvent(event)
        if self._old:
            self.refresh()

    def _land(self, part: object) -> None:
        if isinstance(part, QWidget) and (part is self or self.isAncestorOf(part)):
            self._landed = True

    def _on_moved(self) -> None:
        self.strip.say("")
        self._landed = True
        self.moved()
        self.refresh()

    def _on_changed(self) -> None:
        self.refresh()


class Button(QPushButton):
    """A push button that Enter presses as the space bar does: accountants work by Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, act: Callable[[], None], icon_name: str = "", primary: bool = False) -> QPushButton:
    """A push button; the one primary act of a place is filled with the accent."""
    made = Button(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if primary:
        made.setObjectName("primary")
    if icon_name:
        made.setIcon(icon(icon_name, "accent_ink" if primary else "ink"))
    made.clicked.connect(act)
    return made


def room_for(line: QLineEdit, *texts: str) -> int:
    """Pixels that a line needs to show the longest of some texts, in the theme and language on screen."""
    line.ensurePolished()
    return max(line.fontMetrics().horizontalAdvance(text) for text in texts) + LINE_EDGE


def hair() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("hair")
    return line


def label(text: str = "", name: str = "") -> QLabel:
    """A label with an object name the style sheet knows: heading, muted, hint, empty, figure."""
    made = QLabel(text)
    if name:
        made.setObjectName(name)
    return made


def unbroken(text: str) -> str:
    """Parts between wide spaces that a line never breaks within: Chinese would be broken at any letter."""
    return _WIDE.join(_JOINER.join(part.replace(" ", _FAST)) for part in text.split(_WIDE))
