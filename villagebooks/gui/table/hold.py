"""Where a person stands in a list: kept while its rows are read again or change places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from villagebooks.gui.table.turns import AT_ONCE

Key = Callable[[Any], object]
FLAG = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Hold:
    """The current row, the selected ones by their keys, and how far the list was scrolled (-1: see the row)."""

    row: int
    key: Key | None
    current: object
    selected: frozenset[object]
    scrolled: int


def hold(view: QTableView, records: Sequence[Any], rows: Sequence[int], key: Key | None, scrolled: int) -> Hold:
    """What stands now, before the rows change."""
    row = view.currentIndex().row()
    if key is None or not 0 <= row < len(records):
        return Hold(row, None, None, frozenset(), scrolled)
    few = rows if 1 < len(rows) <= AT_ONCE else ()
    return Hold(row, key, key(records[row]), frozenset(key(records[one]) for one in few), scrolled)


def stand_again(view: QTableView, records: Sequence[Any], held: Hold) -> None:
    """The same rows by their keys; a row that is gone leaves its place."""
    if held.row < 0 or not records:
        return
    if held.scrolled >= 0:
        view.verticalScrollBar().setValue(held.scrolled)
    row = min(held.row, len(records) - 1)
    rows: list[int] = []
    if held.key is not None:
        rows = [place for place, one in enumerate(records) if held.key(one) in held.selected] if held.selected else []
        row = next((place for place, one in enumerate(records) if held.key(one) == held.current), row)
    stand_on(view, row)
    if len(rows) > 1:
        select_rows(view, rows)


def stand_on(view: QTableView, row: int) -> None:
    """Make a row current and the only one selected; Shift and the arrows go on from here, unlike after `selectRow`."""
    columns = range(view.model().columnCount())
    index = view.model().index(row, next((one for one in columns if not view.isColumnHidden(one)), 0))
    view.setCurrentIndex(index)
    view.selectionModel().select(index, FLAG.ClearAndSelect | FLAG.Rows)  # Ctrl of Ctrl+Enter would take it off again


def select_rows(view: QTableView, rows: Sequence[int]) -> None:
    """Select these rows beside the current one."""
    model, wanted = view.model(), QItemSelection()
    for row in rows:
        wanted.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    view.selectionModel().select(wanted, FLAG.Select)
