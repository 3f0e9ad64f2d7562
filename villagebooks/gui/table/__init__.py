"""Lists: `Column` records over a table model, and the view with filter, totals, copy, export and print."""

from villagebooks.gui.table.column import DAY, MONEY, NUMBER, STATE, TEXT, Column, cell_text
from villagebooks.gui.table.long import PagedTable
from villagebooks.gui.table.model import MARK, ListModel, RecordModel
from villagebooks.gui.table.paged import PagedModel, Source
from villagebooks.gui.table.view import Table

__all__ = [
    "DAY",
    "MARK",
    "MONEY",
    "NUMBER",
    "STATE",
    "TEXT",
    "Column",
    "ListModel",
    "PagedModel",
    "PagedTable",
    "RecordModel",
    "Source",
    "Table",
    "cell_text",
]
