"""Keys that are pressed while something is being saved wait for the answer, then go where they were meant for.

What is saved is what stood there when saving was asked for. Were the keys let through, the answer would fill the form
over them, or they would stand there as if they were saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from villagebooks.core.words import _
from villagebooks.gui.part import Part
from villagebooks.gui.worker import Worker

LONGEST_S = 5.0
"""Nobody types blind for longer: then the keys go through, whatever is under way."""
LOOK_MS = 20
_EDITING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_MOVING = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
"""They wait only behind letters that wait: what was typed before Enter stands in the cell that Enter leaves."""
_ELSEWHERE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

Entry = QLineEdit | QPlainTextEdit


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key, or words that an input method committed, and where the cursor stood in what text, with what chosen."""

    entry: Entry
    event: QEvent
    words: str
    text: str
    cursor: int
    chosen: tuple[int, int]


class HeldKeys(QObject):
    """Holds keys meant for the part that saves, from pressing save until what the answer lets it read has come; `tell`
    says which words found no place."""

    def __init__(self, worker: Worker, tell: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._tell = worker, tell
        self._part: QWidget | None = None
        self._strokes: list[Stroke] = []
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        worker.saving.connect(self._begin)
        worker.rested.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what would be written into the part that saves."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        if not isinstance(watched, QLineEdit | QPlainTextEdit) or not self._is_meant(watched):
            return False
        words = _written(event)
        if words is None and self._strokes and _moves(event):
            words = ""
        if words is None:
            return False
        if not self._worker.is_busy():
            self._let_go()
            return False
        cursor = watched.cursorPosition() if isinstance(watched, QLineEdit) else 0
        chosen = (watched.selectionStart(), len(watched.selectedText())) if isinstance(watched, QLineEdit) else (-1, 0)
        self._strokes.append(Stroke(watched, event.clone(), words, _text(watched), cursor, chosen))
        return True

    def _begin(self, part: object) -> None:
        page = _page_of(part)
        application = QApplication.instance()
        if page is None or application is None:
            return
        if self._part is None:
            application.installEventFilter(self)
        self._part = page
        self._until = monotonic() + LONGEST_S
        self._timer.start()

    def _look(self) -> None:
        if self._part is None:
            return
        if not self._worker.is_busy() or monotonic() > self._until:
            self._let_go()

    def _let_go(self) -> None:
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._part = None
        strokes, self._strokes = self._strokes, []
        lost = ""
        for number, one in enumerate(strokes):
            before = [other for other in strokes[:number] if other.entry is one.entry]
            entry = QApplication.focusWidget() if any(_moves(other.event) for other in before) else one.entry
            if entry is None or not _can_take(entry):
                lost += one.words
                continue
            if not before and isinstance(entry, QLineEdit) and entry.text() == one.text:
                _stand_again(entry, one)
            QApplication.sendEvent(entry, one.event)
        if lost.strip():
            text = _("按保存以后又打的“{words}”没有记进去：那张表已经存好收起来了")
            self._tell(text.format(words=lost.strip()))

    def _is_meant(self, entry: QWidget) -> bool:
        return self._part is not None and shiboken6.isValid(self._part) and self._part.isAncestorOf(entry)


def _stand_again(entry: QLineEdit, stroke: Stroke) -> None:
    """Where the cursor was: filled anew with the same words, it went to their beginning. What was chosen is written
    over, as a cell that was come to by Enter is."""
    entry.setCursorPosition(stroke.cursor)
    start, length = stroke.chosen
    if length:
        entry.setSelection(start, length)


def _written(event: QEvent) -> str | None:
    """The words that an event writes; None when it writes and takes away nothing."""
    if isinstance(event, QInputMethodEvent):
        return event.commitString() or None
    if not isinstance(event, QKeyEvent) or event.modifiers() & _ELSEWHERE:
        return None
    if event.key() in _EDITING:
        return ""
    return event.text() if event.text().isprintable() and event.text() else None


def _moves(event: QEvent) -> bool:
    """Whether a key takes the cursor elsewhere."""
    return isinstance(event, QKeyEvent) and event.key() in _MOVING and not event.modifiers() & _ELSEWHERE


def _page_of(part: object) -> QWidget | None:
    """The outermost part that it stands in: what is saved in one card may be read again in another."""
    found: QWidget | None = None
    one = part if isinstance(part, QObject) else None
    while one is not None:
        found = one if isinstance(one, Part) else found
        one = one.parent()
    return found


def _text(entry: Entry) -> str:
    return entry.text() if isinstance(entry, QLineEdit) else entry.toPlainText()


def _can_take(entry: QWidget) -> bool:
    if not shiboken6.isValid(entry) or not entry.isVisible() or not entry.isEnabled():
        return False
    return not isinstance(entry, QLineEdit | QPlainTextEdit) or not entry.isReadOnly()
