"""One box that finds by code, part of the name or pinyin initials, and shows what fits below while typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QHideEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QToolTip, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.escape import claims_escape
from villagebooks.gui.keymap import key, pressed_act
from villagebooks.gui.theme import TONE_COLOURS, TONE_ICONS, Mark, icon, px, set_tone

MOST_SHOWN = 12
TEXT_EDGE = 8
"""Pixels at each end of a line that no text stands on."""
NEW = "\0new"
"""Key of the row that offers to add what was typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its key, what is shown, what it is also found by.

    A `parent` only opens others; one that is `gone` is still called by its name where it stands, and never offered. A
    `mark` says behind the text how it stands.
    """

    key: str
    text: str
    words: str = ""
    parent: bool = False
    gone: bool = False
    mark: Mark | None = None


def find_choices(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """What fits: keys that begin with what was typed first, then names that hold it, then initials."""
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    choices = [one for one in choices if not one.gone]
    if not text:
        return choices
    ranked = []
    for place, one in enumerate(choices):
        rank = _rank(one, text)
        if rank is not None:
            ranked.append((rank, place, one))
    return [one for _rank_of, _place, one in sorted(ranked, key=lambda found: found[:2])]


def _rank(one: Choice, text: str) -> int | None:
    key, words = one.key.lower(), one.words.lower()
    if key == text:
        return 0
    if key.startswith(text):
        return 1
    if text in unicodedata.normalize("NFKC", one.text).lower():
        return 2
    if any(word.startswith(text) for word in words.split()):
        return 3
    return 4 if text in words else None


def mark_all(line: QLineEdit) -> None:
    """Select all of it, the cursor at its beginning: Qt's own way shows the end of a text that is too long."""
    long = len(line.text())
    line.setSelection(long, -long)


class ChoiceEdit(QLineEdit):
    """A line that chooses. `picked` carries the key once one is chosen; `leaving` is emitted when Enter goes on.

    `missed` says that nothing is called as was typed; `wanted` carries a name that is to be added, where `offer` says
    how that is called.

    A parent (a 科目 with lower levels) is never taken: choosing it shows what is below it.
    """

    picked = Signal(str)
    leaving = Signal()
    missed = Signal(object)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()
        self._by_key: dict[str, Choice] = {}
        self.key = ""
        self.free = self.composing = False
        self.timid = False
        """A timid list waits for the arrow keys: Enter alone takes nothing of it."""
        self.offer = ""
        self._popup: QListWidget | None = None
        self.textEdited.connect(self._on_edit)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these from now on."""
        self._choices = choices
        self._by_key = {one.key: one for one in choices}

    def put(self, key: str) -> None:
        """Show a key as chosen, without saying so."""
        self.key = key
        self._forgive()
        one = self._by_key.get(key)
        self.setText(one.text if one else key)
        self.setCursorPosition(0)

    def take(self) -> bool:
        """Settle what was typed: the marked choice, or the only one that fits. False when none does."""
        if self.key and self.key in self._by_key and self.text() == self._by_key[self.key].text:
            self.hide_list()
            return True
        if self._wants_new():
            self.hide_list()
            self.key = self.text().strip()
            self.wanted.emit(self.key)
            return True
        found = find_choices(self._choices, self.text()) if self.text().strip() else []
        marked = self._marked()
        one = marked or (found[0] if found else None)
        if one is None or (self.free and not marked and one.text != self.text().strip()):
            self.hide_list()
            self.key = self.text().strip() if self.free else ""
            if self.free:
                self.picked.emit(self.key)
            elif self.text().strip():
                self._miss()
            return self.free or not self.text().strip()
        if one.parent:
            self.setText(one.key)
            below = (other for other in self._choices if other.key.startswith(one.key) and other is not one)
            self.show_list([other for other in below if not other.gone])
            return False
        self.hide_list()
        self.put(one.key)
        self.picked.emit(one.key)
        return True

    def misread(self) -> str:
        """What to say of something typed that is none of the choices; empty when one was taken or nothing typed."""
        typed = self.text().strip()
        if not typed or self.key:
            return ""
        if typed in self._by_key and self._by_key[typed].parent:
            text = _("“{text}”下面还有明细：选一个末级的，按 {key} 看全部")
        else:
            text = _("没有“{text}”：写代码、名称的一部分或拼音首字母，按 {key} 看全部")
        return text.format(text=typed[:20], key=key("list"))

    def show_list(self, found: Sequence[Choice]) -> None:
        """Show what fits below the line (above it where there is no room)."""
        popup = self._popup_list()
        popup.clear()
        for one in found[:200]:
            item = QListWidgetItem(f"{one.text}　{one.mark.word}" if one.mark else one.text)
            item.setData(Qt.ItemDataRole.UserRole, one.key)
            if one.mark and one.mark.tone in TONE_ICONS:
                item.setIcon(icon(TONE_ICONS[one.mark.tone], TONE_COLOURS[one.mark.tone], 16))
            popup.addItem(item)
        if not found:
            popup.hide()
            return
        marked = next((row for row, one in enumerate(found[:200]) if not one.parent), 0)
        popup.setCurrentRow(-1 if self.timid else marked)
        row = max(popup.sizeHintForRow(0), 20)
        height = min(len(found), MOST_SHOWN) * row + 6
        top = self.window()
        below = self.mapTo(top, QPoint(0, self.height()))
        room, above = top.height() - below.y(), below.y() - self.height()
        if height > room and above > room:
            height = min(height, above)
            below.setY(above - height)
        width = min(max(self.width(), popup.sizeHintForColumn(0) + 40, 280), top.width())
        popup.setGeometry(min(below.x(), top.width() - width), below.y(), width, min(height, max(room, row + 6)))
        popup.show()
        popup.raise_()

    def hide_list(self) -> None:
        """Put the list away."""
        if self._popup:
            self._popup.hide()

    def list_is_open(self) -> bool:
        """True while the list shows."""
        return bool(self._popup and self._popup.isVisible())

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the list while it is open."""
        if self.list_is_open() and claims_escape(event):
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            QToolTip.showText(event.globalPos(), self.whole(), self)
            return True
        return super().event(event)

    def whole(self) -> str:
        """All of a text that the cell is too narrow for; empty when it can be read there."""
        inside = self.width() - 2 * TEXT_EDGE
        return self.text() if self.fontMetrics().horizontalAdvance(self.text()) > inside else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes and goes on, the key of lists shows everything."""
        pressed = event.key()
        popup = self._popup
        if pressed in (Qt.Key.Key_Down, Qt.Key.Key_Up) and popup and popup.isVisible():
            row = popup.currentRow() + (1 if pressed == Qt.Key.Key_Down else -1)
            popup.setCurrentRow(max(0, row) if popup.currentRow() < 0 else row % popup.count())
        elif pressed_act(event) == "list" and not self.isReadOnly():
            self.show_list(find_choices(self._choices, ""))
        elif pressed == Qt.Key.Key_Escape and self.list_is_open():
            self.hide_list()
        elif pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.composing and self.take():
                self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters that an input method still composes already find by initials."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        typed = event.preeditString().replace("'", "").replace(" ", "")
        if typed and not self.isReadOnly():
            self.show_list(find_choices(self._choices, typed))

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with its line."""
        super().hideEvent(event)
        self.hide_list()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by a key may write over it, and reads its beginning."""
        super().focusInEvent(event)
        if self.text() and self.selectedText() == self.text():
            mark_all(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving settles what was typed."""
        super().focusOutEvent(event)
        if self._wants_new():
            self.hide_list()  # nothing is added because the cursor went elsewhere
        if self.text().strip() and not self.isReadOnly():
            self.take()
        self.hide_list()
        self.setCursorPosition(0)  # a long text shows its beginning

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list goes with the window that it lies on."""
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self.hide_list()
        return False

    def _on_edit(self, text: str) -> None:
        self.key = ""
        self._forgive()
        if text.strip():
            self.show_list([*find_choices(self._choices, text), *self._offered(text.strip())])
        else:
            self.hide_list()
            self.picked.emit("")

    def _forgive(self) -> None:
        if self.property("bad") == "true":
            set_tone(self, "bad", "false")
            self.setToolTip("")

    def _miss(self) -> None:
        """Nothing is called so: it stays as it was typed, painted."""
        text = self.misread()
        set_tone(self, "bad", "true")
        self.setToolTip(text)
        self.missed.emit([Problem(text)])

    def _offered(self, text: str) -> list[Choice]:
        known = not self.offer or any(text in (one.text, one.key) for one in self._choices)
        return [] if known else [Choice(NEW, self.offer.format(name=text))]

    def _wants_new(self) -> bool:
        shown = self._popup.currentItem() if self._popup and self.list_is_open() else None
        return shown is not None and shown.data(Qt.ItemDataRole.UserRole) == NEW

    def _marked(self) -> Choice | None:
        if not self.list_is_open() or self._popup is None or self._popup.currentItem() is None:
            return None
        return self._by_key.get(self._popup.currentItem().data(Qt.ItemDataRole.UserRole))

    def _popup_list(self) -> QListWidget:
        if self._popup is None:
            # a child of the window, never a window of its own: the input method and the focus stay where they are
            popup = QListWidget(self.window())
            popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            popup.setAccessibleName(self.accessibleName())
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setContentsMargins(0, 0, 0, 0)
            popup.setMinimumHeight(px("row_px"))
            popup.itemClicked.connect(self._click)
            self.window().installEventFilter(self)
            self.destroyed.connect(popup.deleteLater)
            self._popup = popup
        return self._popup

    def _click(self, _item: QListWidgetItem) -> None:
        if self.take():
            self.leaving.emit()
