"""Tables as an Excel workbook: amounts as numbers that add up, everything else as text that no cell computes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from villagebooks.formats.record import Table

_AMOUNT = re.compile(r"-?\d+\.\d\d")
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed date inside the file, so that the same table gives the same bytes."""


def xlsx_bytes(table: Table, title: str) -> bytes:
    """One sheet with a frozen header; `title` names it (31 characters at most)."""
    return workbook_bytes([(title, table)], title)


def workbook_bytes(sheets: Iterable[tuple[str, Table]], title: str) -> bytes:
    """A workbook of named sheets with frozen headers; the same tables give the same bytes."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (0.1 s, needed by this format only)

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _MADE})
        head, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        for name, table in sheets:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", name)[:31])
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(table.columns):
                sheet.write_string(0, column, title, head)
                widest = max((len(row[column]) for row in table.rows), default=0)
                sheet.set_column(column, column, min(max(widest, len(title)) + 4, 50))
            for line, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    if _AMOUNT.fullmatch(cell):
                        # Excel keeps numbers as doubles: exact to the fen below 90 trillion yuan
                        sheet.write_number(line, column, float(cell), money)
                    else:
                        sheet.write_string(line, column, cell)
    return out.getvalue()
