"""Shows a chapter of the manual: its Markdown, pictures as wide as the room, links between chapters, words found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from villagebooks.core.manual import Chapter
from villagebooks.core.words import _
from villagebooks.gui.theme import FAMILY, colour
from villagebooks.services.manual import manual_folder

LINE_PERCENT = 150
WIDEST_PICTURE = 1000


def chapter_name(url: QUrl) -> str:
    """The chapter that an address means."""
    return url.fileName().removesuffix(".md")


class ChapterReader(QTextBrowser):
    """A chapter is a source: `go` shows it, and the browser's own history leads back and forward."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        super().__init__()
        self._chapters = {one.name: one for one in chapters}
        self._words = ""
        self._wide = 0
        self.setAccessibleName(_("手册正文"))
        self._colour_links()
        self.document().setDocumentMargin(20)

    def go(self, chapter: Chapter, heading: str = "") -> None:
        """Show a chapter from its beginning, or from one of its headings."""
        url = QUrl(f"{chapter.name}.md")
        url.setFragment(heading)
        self.setSource(url)

    def renew(self, chapters: Sequence[Chapter]) -> None:
        """Other words of the same chapters; the place in the text is kept."""
        self._chapters = {one.name: one for one in chapters}
        if not self.source().isEmpty():
            self._reload()

    def chapter(self) -> str:
        """Name of the chapter that shows."""
        return chapter_name(self.source())

    def loadResource(  # type: ignore[override]  # Qt calls it with a QUrl, always
        self, kind: int, url: QUrl
    ) -> object:
        """A chapter's text, or a picture no wider than the page; nothing else is read, and nothing from the network."""
        name = url.fileName()
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(str(manual_folder() / "screenshots" / name))
            wide = min(self._room(), WIDEST_PICTURE, picture.width())
            return _framed(picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        chapter = self._chapters.get(chapter_name(url))
        return f"# {chapter.title}\n\n{chapter.body}\n" if chapter else ""

    def doSetSource(  # type: ignore[override]  # Qt calls it with a QUrl and a kind, always
        self, url: QUrl, kind: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource
    ) -> None:
        """Show another source and dress it; a fragment is a heading's words."""
        super().doSetSource(url, kind)
        self._wide = self._room()
        self._dress()
        self.mark(self._words)
        self._go_to_heading(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: colours are dressed anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self.source().isEmpty():
            self._colour_links()
            self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width; the place in the text is kept."""
        super().resizeEvent(event)
        if self.source().isEmpty() or abs(self._room() - self._wide) < 24:  # a scroll bar that comes is no new width
            return
        self._reload()

    def mark(self, words: str) -> int:
        """Mark every place where the words stand; how many."""
        self._words = words
        marks = []
        found = self.document().find(words) if words else QTextCursor()
        while not found.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = found
            mark.format = QTextCharFormat()
            mark.format.setBackground(colour("amber_soft"))
            mark.format.setForeground(colour("ink"))
            marks.append(mark)
            found = self.document().find(words, found)
        self.setExtraSelections(marks)
        return len(marks)

    def go_to_next(self) -> bool:
        """Select the next place of the words that are marked; False after the last one."""
        return bool(self._words) and self.find(self._words)

    def place(self) -> float:
        """How far down the chapter somebody reads, 1 at its end."""
        bar = self.verticalScrollBar()
        return bar.value() / max(1, bar.maximum())

    def go_down(self, place: float) -> None:
        """So far down the chapter."""
        bar = self.verticalScrollBar()
        bar.setValue(round(place * bar.maximum()))

    def _reload(self) -> None:
        place = self.place()
        self.reload()
        self.go_down(place)

    def _colour_links(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, colour("accent"))
        self.setPalette(palette)

    def _room(self) -> int:
        return max(320, self.viewport().width() - 56)

    def _go_to_heading(self, heading: str) -> None:
        block = self.document().firstBlock()
        while heading and block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                self.setTextCursor(QTextCursor(block))
                rect = self.cursorRect()
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rect.top() - 8)
                return
            block = block.next()

    def _dress(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        lines.setNonBreakableLines(False)
        cursor.mergeBlockFormat(lines)
        self._dress_blocks()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)

    def _dress_blocks(self) -> None:
        """Headings in the accent; keys and commands in the program's own letters."""
        block = self.document().firstBlock()
        while block.isValid():
            typed: list[QTextFragment] = []
            heading = bool(block.blockFormat().headingLevel())
            place = block.begin()
            while not place.atEnd():
                if heading or place.fragment().charFormat().fontFixedPitch():
                    typed.append(place.fragment())
                place += 1
            for one in typed:
                _paint(QTextCursor(self.document()), one)
            block = block.next()


def _framed(picture: QImage) -> QImage:
    """The picture with a hairline round it, so that a window in the window is seen as one."""
    shown = picture.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(shown)
    painter.setPen(colour("rule"))
    painter.drawRect(shown.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return shown


def _paint(cursor: QTextCursor, one: QTextFragment) -> None:
    cursor.setPosition(one.position())
    cursor.setPosition(one.position() + one.length(), QTextCursor.MoveMode.KeepAnchor)
    look = QTextCharFormat()
    look.setForeground(colour("accent"))
    look.setFontFamilies([FAMILY])
    look.setFontFixedPitch(False)
    cursor.mergeCharFormat(look)


def _dress_table(table: QTextTable) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderBrush(colour("hairline"))
    look.setCellPadding(4)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setTopMargin(6)
    look.setBottomMargin(10)
    table.setFormat(look)
    for row in range(table.rows()):
        for column in range(table.columns()):
            _dress_cell(table.cellAt(row, column), head=row == 0)


def _dress_cell(cell: QTextTableCell, head: bool) -> None:
    look = cell.format().toTableCellFormat()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(colour("hairline"))
    if head:
        look.setBackground(colour("stripe"))
    cell.setFormat(look)
