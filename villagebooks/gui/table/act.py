"""What can be done with any list: copy for a spreadsheet, select all, export, print; as it is filtered and sorted."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QPoint, QStringListModel, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu, QTableView, QWidget

from villagebooks.core.filename import file_name
from villagebooks.core.listing import Listing, ListingColumn
from villagebooks.core.words import _
from villagebooks.gui.page import Page
from villagebooks.gui.table.column import MONEY, Column
from villagebooks.gui.table.model import STEP, ListModel
from villagebooks.gui.table.turns import AT_ONCE, Turns
from villagebooks.services.place import Office

Rows = list[tuple[str, ...]]
WIDE = 14
"""Characters of a column that takes what is left, on paper."""
MOST_PRINTED = 20_000
"""Rows of one printed list: 500 sheets."""
MOST_STYLED = 2_000
"""Rows that are copied with the kinds of their cells; more are plain text."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the acts are done with: the list's widget, view, model, filter and foot; `copy` copies the selection,
    `gather` hands over every record that shows."""

    whole: QWidget
    view: QTableView
    model: ListModel
    search: QLineEdit
    foot: QLabel
    copy: Callable[[], object]
    gather: Callable[[Callable[[Sequence[Any]], None]], None]


class TableActs(QObject):
    """The acts of one list. `copied` carries how many rows are on the clipboard."""

    copied = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.whole)
        self._parts = parts
        self._turns = Turns(self)

    def menu(self, at: QPoint) -> QMenu:
        """The acts as a menu, shown at a place of the screen."""
        parts, menu = self._parts, QMenu(self._parts.whole)
        menu.addAction(_("复制") + "\tCtrl+C", parts.copy)
        menu.addAction(_("全选") + "\tCtrl+A", parts.view.selectAll)
        if page_of(parts.whole) is not None:
            menu.addSeparator()
            menu.addAction(_("导出到 Excel…"), self.export)
            menu.addAction(_("打印列表…"), self.print)
        for one in menu.actions():
            one.setEnabled(bool(parts.model.rowCount()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def copy(self, records: Sequence[Any]) -> str:
        """Put records with their titles on the clipboard: figures as a spreadsheet reads them, codes as text.

        The text that is there; empty while many rows are still being written.
        """
        done: list[str] = []
        self._turns.run(self._copy(records, done), at_once=len(records) <= AT_ONCE)
        return done[0] if done else ""

    def export(self) -> None:
        """Ask for a file and write what shows."""
        name = file_name(self._parts.view.accessibleName(), ".xlsx")
        path, _kind = QFileDialog.getSaveFileName(self._parts.whole, _("导出到 Excel"), name, "Excel (*.xlsx)")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write what shows as an Excel file."""
        self._with_listing(partial(self._write, path))

    def print(self) -> None:
        """Show the list as paper; the preview prints it."""
        page = page_of(self._parts.whole)
        if page is not None and self._parts.model.rowCount() > MOST_PRINTED:
            text = _("有 {n} 行，一次最多打印 {most} 行：请先筛选，或者导出到 Excel")
            page.strip.hint(text.format(n=self._parts.model.rowCount(), most=MOST_PRINTED))
        elif page is not None:
            self._with_listing(partial(_show_paper, page))

    def _write(self, path: Path, listing: Listing) -> None:
        page = page_of(self._parts.whole)
        if page is not None:
            page.seat.worker.read(partial(_write_listing, listing, path), partial(_say_exported, page))

    def _with_listing(self, done: Callable[[Listing], None]) -> None:
        # while the rows are read, other words may be typed
        said = (self._parts.search.text().strip(), self._parts.foot.text())
        self._parts.gather(partial(self._list, done, said))

    def _list(self, done: Callable[[Listing], None], said: tuple[str, str], records: Sequence[Any]) -> None:
        self._turns.run(self._listing(records, done, said), at_once=len(records) <= AT_ONCE)

    def _columns(self) -> list[Column]:
        return [one for one in self._parts.model.columns if one.title]

    def _listing(
        self, records: Sequence[Any], done: Callable[[Listing], None], said: tuple[str, str]
    ) -> Iterator[None]:
        rows: Rows = []
        columns = self._columns()
        for record in records:
            rows.append(tuple(one.written(record) for one in columns))
            if not len(rows) % STEP:
                yield
        heads = tuple(ListingColumn(one.title, one.width or WIDE * 2, one.counts, one.kind == MONEY) for one in columns)
        done(Listing(self._parts.view.accessibleName(), heads, tuple(rows), *said))

    def _copy(self, records: Sequence[Any], done: list[str]) -> Iterator[None]:
        columns = self._columns()
        lines = ["\t".join(one.title for one in columns)]
        cells = ["<tr>" + "".join(f"<th>{html.escape(one.title)}</th>" for one in columns) + "</tr>"]
        for record in records:
            row = [one.written(record) for one in columns]
            lines.append("\t".join(row))
            if len(records) <= MOST_STYLED:
                cells.append(_styled(columns, row))
            if not len(lines) % STEP:
                yield
        kept, text = _new_clip(), "\n".join(lines)
        kept.setText(text)
        if len(records) <= MOST_STYLED:
            kept.setHtml(f"<table>{''.join(cells)}</table>")
        QGuiApplication.clipboard().setMimeData(kept)
        done.append(text)
        self.copied.emit(len(records))


def _new_clip() -> QMimeData:
    """Something for the clipboard that Qt made itself: one made here dies after Python, at the end of the program."""
    made = QStringListModel([""])
    clip = made.mimeData([made.index(0, 0)])
    for kind in clip.formats():
        clip.removeFormat(kind)
    return clip


def page_of(widget: QWidget) -> Page | None:
    """The page a list stands on; None in a dialog of its own."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Page):
        above = above.parentWidget()
    return above


def _styled(columns: Sequence[Column], row: Sequence[str]) -> str:
    """A row of cells whose kinds Excel keeps: 0012 stays a code, =1+1 stays words."""
    formats = ("" if one.counts else " style=\"mso-number-format:'\\@'\"" for one in columns)
    return (
        "<tr>"
        + "".join(f"<td{kind}>{html.escape(cell)}</td>" for kind, cell in zip(formats, row, strict=True))
        + ("</tr>")
    )


def _show_paper(page: Page, listing: Listing) -> None:
    whose = page.seat.book.name if page.needs_book and page.seat.book else ""
    page.seat.paper_wanted.emit(listing.title, partial(_draw_listing, page.seat.office, listing, whose))


def _draw_listing(office: Office, listing: Listing, whose: str, folder: Path) -> list[Path]:
    from villagebooks.services.listing import print_listing  # noqa: PLC0415  (reportlab: window first)

    return [print_listing(office, listing, whose, folder / file_name(listing.title, ".pdf"))]


def _write_listing(listing: Listing, path: Path) -> Path:
    from villagebooks.services.listing import write_listing  # noqa: PLC0415  (reportlab: window first)

    return write_listing(listing, path)


def _say_exported(page: Page, path: Path) -> None:
    page.strip.say(_("已导出 {path}").format(path=path))
