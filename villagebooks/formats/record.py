"""Records as rows of text, written as CSV, JSON or Excel: the same columns and the same words in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of text; amounts are yuan with two decimals."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def csv_text(table: Table) -> str:
    """UTF-8 CSV with a header and bare line feeds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue()


def json_text(table: Table) -> str:
    """A JSON array with one object a row; amounts stay text, so that no reader rounds them."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
