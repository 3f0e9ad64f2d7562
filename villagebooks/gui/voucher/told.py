"""Which problems of a voucher are told already, and in which cells: who is still writing a row is not nagged."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from villagebooks.core.problem import Problem
from villagebooks.gui.voucher.row import ACCOUNT, CREDIT, DEBIT, DETAIL, QUANTITY, SUMMARY, LineRow

FIELD_CELLS = {
    "summary": SUMMARY,
    "account": ACCOUNT,
    "party": DETAIL,
    "project": DETAIL,
    "quantity": QUANTITY,
    "amount": DEBIT,
}


def bad_cells(
    rows: Sequence[LineRow], left: Collection[LineRow], hand: QWidget | None, problems: Sequence[Problem]
) -> dict[LineRow, dict[int, str]]:
    """The sentence of each cell to be painted: what problems name in rows that were left (`left`), and whatever cannot
    be read, as soon as the cursor (`hand`) has gone to another cell."""
    filled = [row for row in rows if not row.is_empty()]
    unread = {row: unread_cells(row, hand) for row in filled}
    bad: dict[LineRow, dict[int, str]] = {}
    for one in problems:
        row = filled[one.line] if one.line is not None and one.line < len(filled) else None
        if row is None or row not in left or one.text in unread[row].values():
            continue
        cells = bad.setdefault(row, {})
        cells[FIELD_CELLS.get(one.field, DETAIL)] = one.text
        if one.field == "amount":
            cells[CREDIT] = one.text
    for row, cells in unread.items():
        if cells:
            bad[row] = bad.get(row, {}) | cells
    return bad


def told_problems(
    rows: Sequence[LineRow], left: Collection[LineRow], hand: QWidget | None, problems: Sequence[Problem]
) -> list[Problem]:
    """Problems of rows that were left, of cells that cannot be read, and of the whole once there are rows to balance;
    what stands in the head and cannot be read at once."""
    filled = [row for row in rows if not row.is_empty()]
    told = []
    for one in problems:
        if one.line is None:
            if len(filled) > 1 or one.field == "attachment_count":
                told.append(one)
        elif one.line < len(filled):
            row = filled[one.line]
            if row in left or one.text in unread_cells(row, hand).values():
                told.append(one)
    return told


def unread_cells(row: LineRow, hand: QWidget | None) -> dict[int, str]:
    """Cells of a row that hold what cannot be read, but for the one being written."""
    return {place: text for place, text in row.unread().items() if row.cells[place] is not hand}
