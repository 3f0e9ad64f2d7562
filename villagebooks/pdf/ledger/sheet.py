"""Any ledger on A4 across: heads on every page, 过次页 and 承前页 with carried sums, wide ones in parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from villagebooks.core.ledger import BALANCE, GENERAL, PARTIES, Sheet, SheetColumn, SheetRow
from villagebooks.core.ledger.sheet import ACCOUNT, DAY, MONEY, MONTH_TOTAL, PARTY, PRICE, QUANTITY, SIDE, Cell
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Span
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4_WIDE, open_ink
from villagebooks.pdf.ledger.balance import span_text
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TablePen, TableRow

WIDEST = 126.0
"""Shares that the width of a page holds; a sheet that has more is printed in parts."""

Part = tuple[int, ...]
"""The places of the columns that stand on one part of a page."""


def draw_sheet(sheet: Sheet, out: Path, centre: str = "") -> int:
    """Draw one ledger; the number of pages. `Trouble` when the disk refuses."""
    with open_ink(out, sheet.title, A4_WIDE, centre) as ink:
        return _draw(TablePen(ink), sheet, centre)


def draw_sheets(groups: Iterable[tuple[str, Iterable[Sheet]]], out: Path, title: str, centre: str = "") -> int:
    """Draw many ledgers into one file: groups with a heading in the outline, ledgers below it, pages numbered through.

    The sheets may be read while they are drawn; nothing is written when that fails or is cancelled.
    """
    count = 0
    with open_ink(out, title, A4_WIDE, centre) as ink:
        pen = TablePen(ink)
        for heading, sheets in groups:
            for place, sheet in enumerate(sheets):
                if not place:
                    ink.mark(heading)
                ink.mark(sheet.title, 1)
                count += _draw(pen, sheet, centre, count)
    return count


def sheet_cells(sheet: Sheet, centre: str = "") -> tuple[tuple[TablePage, TableLook], ...]:
    """The pages in words with their looks: every page of rows in as many parts as its columns need."""
    if sheet.kind == BALANCE:
        sheet = sheet.without_empty(*DIMENSIONS)
    elif sheet.kind == PARTIES:
        sheet = sheet.without("party")  # each party has a head of its own
    parts = _parts(sheet.columns)
    looks = [_look(sheet, part) for part in parts]
    rows = _carry(sheet, looks[0].rows)
    money = "　".join(text for text in (sheet.unit, _("单位：元")) if text)
    name = _("核算单位：{name}").format(name=sheet.book_name or sheet.book)
    pages = []
    for page in rows:
        for place, (part, look) in enumerate(zip(parts, looks, strict=True), 1):
            right = money if len(parts) == 1 else _("{unit}　第 {n}／{m} 幅").format(unit=money, n=place, m=len(parts))
            made = tuple(TableRow(tuple(cells[one] for one in part), bold) for cells, bold in page)
            above = (name, sheet.when or span_text(Span(sheet.first, sheet.last)), right)
            notes = sheet.notes if page is rows[-1] else ()
            pages.append((TablePage(sheet.title, above, made, notes, centre), look))
    return tuple(pages)


def _draw(pen: TablePen, sheet: Sheet, centre: str, before: int | None = None) -> int:
    pages = sheet_cells(sheet, centre)
    for number, (page, look) in enumerate(pages, 1):
        corner = "" if before is None else _("总第 {n} 页").format(n=before + number)
        pen.draw(page, look, _("第 {n}／{m} 页").format(n=number, m=len(pages)), corner)
    return len(pages)


def _parts(columns: Sequence[SheetColumn]) -> list[Part]:
    """Columns by part: the first holds all that must stand together, the others the leading ones and what is left."""
    fixed = [place for place, one in enumerate(columns) if not one.spread]
    leads = [place for place in fixed if columns[place].lead]
    parts, now, room = [], list(fixed), WIDEST - sum(columns[place].share for place in fixed)
    for place, one in enumerate(columns):
        if not one.spread:
            continue
        if one.share > room and len(now) > len(leads):
            parts.append(tuple(now))
            now, room = list(leads), WIDEST - sum(columns[lead].share for lead in leads)
        now.append(place)
        room -= one.share
    return [*parts, tuple(now)]


def _look(sheet: Sheet, part: Part) -> TableLook:
    columns = (sheet.columns[place] for place in part)
    return TableLook(A4_WIDE, tuple(TableColumn(one.head, one.share, _at(one), one.over) for one in columns))


def _at(column: SheetColumn) -> float:
    if column.kind in (MONEY, QUANTITY, PRICE):
        return 1.0
    return 0.5 if column.kind in (SIDE, DAY) or column.name == "voucher" else 0.0


def _carry(sheet: Sheet, room: int) -> list[list[tuple[tuple[str, ...], bool]]]:
    """Rows in words on pages of `room` rows: a page that goes on ends with 过次页, the next begins with 承前页."""
    pages: list[list[tuple[tuple[str, ...], bool]]] = []
    rows, start = sheet.rows, 0
    last: SheetRow | None = None
    while True:
        page = [_carried(sheet, start, _("承前页"))] if last and last.carry else []
        left = room - len(page)
        if len(rows) - start <= left:
            return [*pages, page + [_words(sheet, row) for row in rows[start:]]]
        take = left - 1 if rows[start + left - 1].carry else left
        while take > 1 and rows[start + take - 1].role == PARTY:
            take -= 1  # a head stands above its first row
        page += [_words(sheet, row) for row in rows[start : start + take]]
        start += take
        last = rows[start - 1]
        if last.carry:
            page.append(_carried(sheet, start, _("过次页")))
        pages.append(page)


def _words(sheet: Sheet, row: SheetRow) -> tuple[tuple[str, ...], bool]:
    cells = tuple(_text(one, cell, row) for one, cell in zip(sheet.columns, row.cells, strict=True))
    return cells, _is_bold(sheet.kind, row)


def _carried(sheet: Sheet, end: int, label: str) -> tuple[tuple[str, ...], bool]:
    """The sums carried after the rows up to `end`, and whose they are where a sheet holds the ledgers of many."""
    row = sheet.rows[end - 1]
    words: list[Cell] = ["" for _one in range(len(sheet.columns) - len(row.carry))]
    place = sheet.column("summary")
    words[place] = label
    if row.party:
        head = next(one for one in reversed(sheet.rows[:end]) if one.role == PARTY)
        words[place] = f"{label}　{head.cells[place]}"
    return _words(sheet, SheetRow("carry", (*words, *row.carry)))


def _is_bold(kind: str, row: SheetRow) -> bool:
    if kind == GENERAL and row.role == MONTH_TOTAL:
        return False
    return len(str(row.cells[0])) == 3 if row.role == ACCOUNT else not row.is_line


def _text(column: SheetColumn, cell: Cell, row: SheetRow) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell
    told = column.always or not (row.is_line or row.role == ACCOUNT or column.spread)
    if column.kind == QUANTITY:
        return quantity_text(cell, zero="0" if told else "", group=",").replace("-", "−")
    return yuan_text(cell, zero="0.00" if told else "", group=",").replace("-", "−")
