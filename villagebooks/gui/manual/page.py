"""手册: contents at the left, the chapter at the right, one line to search all of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QListWidgetItem, QSplitter, QToolButton

from villagebooks.core.manual import Chapter, find_chapter, search_chapters
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.manual.reader import ChapterReader, chapter_name
from villagebooks.gui.page import Page
from villagebooks.gui.theme import icon
from villagebooks.services.manual import manual_chapters

NAME = int(Qt.ItemDataRole.UserRole)
PDF = "*.pdf"


class ManualPage(Page):
    """`returned`: Escape, back to the page that asked; `printed` (title, draw) asks for paper in the preview."""

    returned = Signal()
    printed = Signal(str, object)
    needs_book = False

    def __init__(self, seat: Seat) -> None:
        self.title = _("使用手册")
        super().__init__(seat)
        self._chapters = manual_chapters()
        self._counts: dict[str, int] = {}
        self.reader = ChapterReader(self._chapters)
        self.contents, self.search = QListWidget(), QLineEdit()
        self.contents.setObjectName("contents")
        self.contents.setAccessibleName(_("手册目录"))
        self.search.setAccessibleName(_("在手册里找"))
        self.search.setPlaceholderText(_("在手册里找（Ctrl+F），回车到下一处"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(self.search.fontMetrics().horizontalAdvance(self.search.placeholderText()) + 48)
        self._build_head()
        halves = QSplitter()
        halves.addWidget(self.contents)
        halves.addWidget(self.reader)
        halves.setStretchFactor(1, 1)
        halves.setSizes([self.contents.fontMetrics().horizontalAdvance("字" * 17), 2000])
        halves.setChildrenCollapsible(False)
        self.body.addWidget(halves, 1)
        self.setFocusProxy(self.reader)
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
        self._list(self._chapters)
        self.reader.go(self._chapters[0])

    def load(self) -> None:
        """Nothing of the books shows here."""

    def explain(self, pages: Sequence[str]) -> None:
        """Open the chapter for the first of the window's classes that one explains; the first chapter without any."""
        self.search.clear()
        chapter, heading = find_chapter(self._chapters, pages) or (self._chapters[0], "")
        self.reader.go(chapter, heading)

    def find_next(self) -> None:
        """The next place of the words: in this chapter, then in the next one that has them, then from the beginning."""
        words = self.search.text().strip()
        if not self._counts or self.reader.go_to_next():
            return
        names = list(self._counts)
        here = self.reader.chapter()
        name = names[(names.index(here) + 1) % len(names)] if here in names else names[0]
        self.reader.setSource(QUrl(f"{name}.md"))
        self.reader.moveCursor(self.reader.textCursor().MoveOperation.Start)
        self.reader.mark(words.split()[0])
        self.reader.go_to_next()

    def leave(self) -> None:
        """Out of the search first, then back to where F1 was pressed."""
        if self.search.text():
            self.search.clear()
            self.reader.setFocus()
        else:
            self.returned.emit()

    def print_all(self) -> None:
        """The whole manual in the preview."""
        self.printed.emit(self.title, _draw)

    def save_all(self) -> None:
        """The whole manual as a PDF file where the person says."""
        path, _kind = QFileDialog.getSaveFileName(self, _("整本存成 PDF"), _("村账使用手册.pdf"), f"PDF ({PDF})")
        if path:
            self.seat.worker.read(partial(_save, Path(path)), self._saved)

    def _build_head(self) -> None:
        self.head.insertWidget(1, self.search)
        for place, tip, icon_name, slot, available in (
            (1, _("后退（Ctrl+←）"), "chevron-left", self.reader.backward, self.reader.backwardAvailable),
            (2, _("前进（Ctrl+→）"), "chevron-right", self.reader.forward, self.reader.forwardAvailable),
        ):
            one = QToolButton()
            one.setIcon(icon(icon_name))
            one.setToolTip(tip)
            one.setAccessibleName(tip)
            one.clicked.connect(slot)
            one.setEnabled(False)
            available.connect(one.setEnabled)
            self.head.insertWidget(place, one)
        self.add_act(_("返回（Esc）"), self.leave, "undo-2")
        self.add_act(_("打印整本"), self.print_all, "printer")
        self.add_act(_("整本存成 PDF…"), self.save_all, "download", primary=True)

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
        self.strip.say("")
        if text.strip() and not hits:
            self.strip.hint(_("手册里没有“{words}”，换个说法试试").format(words=text.strip()[:20]))
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

    def _ask_words(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存成 {path}").format(path=path))


def _draw(folder: Path) -> list[Path]:
    return [_save(folder / "manual.pdf")]


def _save(path: Path) -> Path:
    from villagebooks.services.manual.paper import print_manual  # noqa: PLC0415  (reportlab: window first)

    return print_manual(path)
