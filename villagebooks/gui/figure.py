"""Cells of a list that hold a count or an amount: what is none stays as typed, red, and is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from villagebooks.core.money import read_yuan
from villagebooks.gui.count import no_count
from villagebooks.gui.form import no_amount
from villagebooks.gui.theme import colour, icon

Told = Callable[[str], str]
"""The sentence about what was typed, empty when it can be read."""
LARGEST = 999_999
"""Of things on one line: a village's blank receipts of years stand on one."""


def count_told(text: str) -> str:
    """The sentence about what was typed for a count and is none."""
    return no_count(text, 0, LARGEST)


def amount_told(text: str) -> str:
    """The sentence about what was typed for an amount and is none."""
    return no_amount(text) if text.strip() and read_yuan(text) is None else ""


def read_cell_count(text: str) -> int:
    """The count in a cell; 0 when nothing is typed, or no count: `count_told` says which."""
    return 0 if count_told(text) else int(unicodedata.normalize("NFKC", text).strip() or 0)


def paint_figure(cell: QTableWidgetItem, told: str) -> None:
    """Red and with a sign, which is seen in a selected row too, the sentence as its tip and for a screen reader; or as
    every other cell again."""
    cell.setData(Qt.ItemDataRole.ForegroundRole, colour("red") if told else None)
    cell.setIcon(icon("triangle-alert", "red") if told else QIcon())
    cell.setToolTip(told)
    cell.setData(Qt.ItemDataRole.AccessibleDescriptionRole, told or None)


def paint_figures(table: QTableWidget, row: int, columns: Mapping[int, Told]) -> list[tuple[int, str]]:
    """Paint the figures of a row and give columns and sentences of those that cannot be read."""
    unread = []
    blocked = QSignalBlocker(table)  # to be painted is no change of what was typed
    for column, told_of in columns.items():
        cell = table.item(row, column)
        if cell is not None:
            told = told_of(cell.text())
            paint_figure(cell, told)
            if told:
                unread.append((column, told))
    blocked.unblock()
    return unread
