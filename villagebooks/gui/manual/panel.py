"""The manual to read: contents at the left, the chapter at the right, one line to search all of it, back, forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.manual import Chapter, find_chapter, search_chapters
from villagebooks.core.words import _
from villagebooks.gui.keymap import follow_keys, keymap
from villagebooks.gui.manual.reader import ChapterReader, chapter_name
from villagebooks.gui.page import label
from villagebooks.gui.theme import icon, px
from villagebooks.gui.turn import later
from villagebooks.services.manual import manual_chapters

NAME = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where somebody reads: the chapter that was asked for last and its heading, the one that shows, and how far down,
    1 the end."""

    asked: tuple[str, str]
    chapter: str
    place: float


class ManualPanel(QWidget):
    """`left`: Escape, when nothing is searched."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chapters = manual_chapters(keymap().name)
        self._counts: dict[str, int] = {}
        self._asked = ("", "")
        self._left: Reading | None = None
        self.reader = ChapterReader(self._chapters)
        self.contents, self.search, self.told = QListWidget(), QLineEdit(), label("", "muted")
        self.contents.setAccessibleName(_("手册目录"))
        self.search.setAccessibleName(_("在手册里找"))
        self.search.setPlaceholderText(_("在手册里找（Ctrl+F），回车到下一处"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(self.search.fontMetrics().horizontalAdvance(self.search.placeholderText()) + 48)
        halves = QSplitter()
        halves.addWidget(self.contents)
        halves.addWidget(self.reader)
        halves.setStretchFactor(1, 1)
        halves.setSizes([self.contents.fontMetrics().horizontalAdvance("字" * 19), 2000])
        halves.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(self._head())
        box.addWidget(halves, 1)
        self.setFocusProxy(self.reader)
        self._connect()
        self._list(self._chapters)
        follow_keys(self, self._renew)

    def explain(self, pages: Sequence[str]) -> None:
        """Open the chapter for the first of the window's classes that one explains; the first chapter without any. Who
        asks the same again reads on where he was."""
        self.search.clear()
        chapter, heading = find_chapter(self._chapters, pages) or (self._chapters[0], "")
        shown = self._left.chapter if self._left else self.reader.chapter()
        if self._asked == (chapter.name, heading) and shown == chapter.name:
            return
        self._asked, self._left = (chapter.name, heading), None
        self.reader.go(chapter, heading)

    def reading(self) -> Reading | None:
        """Where somebody reads; None while nothing shows."""
        if self._left or self.reader.source().isEmpty():
            return self._left
        return Reading(self._asked, self.reader.chapter(), self.reader.place())

    def read_on(self, left: Reading) -> None:
        """Begin where somebody read before, once it shows."""
        self._asked, self._left = left.asked, left

    def showEvent(self, event: QShowEvent) -> None:
        """A chapter is laid out once there is room for it: the one that is asked for, else the first."""
        super().showEvent(event)
        later(self, self._begin)

    def _begin(self) -> None:
        left, self._left = self._left, None
        chapter = next((one for one in self._chapters if left and one.name == left.chapter), None)
        if left and chapter:
            self.reader.go(chapter)
            self.reader.go_down(left.place)
        elif self.reader.source().isEmpty():
            self.reader.go(self._chapters[0])

    def find_next(self) -> None:
        """The next place of the words: in this chapter, then in the next one that has them, then from the beginning."""
        words = self.search.text().split()
        if not self._counts or self.reader.go_to_next():
            return
        names = list(self._counts)
        here = self.reader.chapter()
        name = names[(names.index(here) + 1) % len(names)] if here in names else names[0]
        self.reader.setSource(QUrl(f"{name}.md"))
        self.reader.moveCursor(self.reader.textCursor().MoveOperation.Start)
        self.reader.mark(words[0])
        self.reader.go_to_next()

    def leave(self) -> None:
        """Out of the search first, then out of the manual."""
        if self.search.text():
            self.search.clear()
            self.reader.setFocus()
        else:
            self.left.emit()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(px("gap_px"))
        for tip, icon_name, slot, available in (
            (_("后退（Ctrl+←）"), "chevron-left", self.reader.backward, self.reader.backwardAvailable),
            (_("前进（Ctrl+→）"), "chevron-right", self.reader.forward, self.reader.forwardAvailable),
        ):
            one = QToolButton()
            one.setIcon(icon(icon_name))
            one.setToolTip(tip)
            one.setAccessibleName(tip)
            one.clicked.connect(slot)
            one.setEnabled(False)
            available.connect(one.setEnabled)
            head.addWidget(one)
        head.addWidget(self.search)
        head.addWidget(self.told)
        head.addStretch(1)
        return head

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(self._pick)
        self.contents.itemActivated.connect(self._read_on)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.find_next)
        self.reader.sourceChanged.connect(self._moved)
        for key, slot in (
            ("Esc", self.leave), ("Ctrl+F", self._ask_words), ("Ctrl+Left", self.reader.backward),
            ("Ctrl+Right", self.reader.forward), ("F3", self.find_next),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _list(self, chapters: Sequence[Chapter]) -> None:
        """Chapters under their parts; while something is searched, those that have it, with how often."""
        self.contents.blockSignals(True)
        self.contents.clear()
        for part, group in groupby(chapters, key=lambda one: one.part):
            head = QListWidgetItem(part)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.contents.addItem(head)
            for one in group:
                count = self._counts.get(one.name, 0)
                item = QListWidgetItem(f"　{one.title}" + (_("（{n} 处）").format(n=count) if count else ""))
                item.setData(NAME, one.name)
                self.contents.addItem(item)
        self._show_in_contents(self.reader.chapter())
        self.contents.blockSignals(False)

    def _search(self, text: str) -> None:
        hits = search_chapters(self._chapters, text)
        self._counts = {one.chapter.name: one.count for one in hits}
        missing = bool(text.strip()) and not hits
        words = _("手册里没有“{words}”，换个说法试试").format(words=text.strip()[:20])
        self.told.setText(words if missing else "")
        self._list([one.chapter for one in hits] or self._chapters)
        self.reader.mark(text.split(maxsplit=1)[0] if hits else "")

    def _pick(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None and item.data(NAME) and item.data(NAME) != self.reader.chapter():
            self.reader.setSource(QUrl(f"{item.data(NAME)}.md"))

    def _read_on(self, _item: object) -> None:
        self.reader.setFocus()

    def _moved(self, url: QUrl) -> None:
        self.contents.blockSignals(True)
        self._show_in_contents(chapter_name(url))  # the browser says so before its own source is the new one
        self.contents.blockSignals(False)

    def _show_in_contents(self, name: str) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(NAME) == name:
                self.contents.setCurrentRow(row)

    def _renew(self) -> None:
        """Another keymap: the chapters name its keys."""
        self._chapters = manual_chapters(keymap().name)
        self.reader.renew(self._chapters)

    def _ask_words(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
