"""Statements (报表): layouts, what their lines come to, and whether a layout may be used."""

from __future__ import annotations

from villagebooks.core.statement.build import at_opening, build_rows, crossings, evaluate, find_codes
from villagebooks.core.statement.coverage import NET_INCOME, TOTAL_ASSETS, TOTAL_SOURCES, expand, total_line
from villagebooks.core.statement.layout import check_layout, layout_notices
from villagebooks.core.statement.record import (
    BALANCE_SHEET,
    COLUMNS,
    DRAFT,
    DROPPED,
    INCOME,
    NONZERO,
    OWN,
    USED,
    YEAR_AGO,
    Figures,
    Layout,
    LayoutLine,
    Statement,
    StatementRow,
    plain_label,
)

__all__ = [
    "BALANCE_SHEET",
    "COLUMNS",
    "DRAFT",
    "DROPPED",
    "INCOME",
    "NET_INCOME",
    "NONZERO",
    "OWN",
    "TOTAL_ASSETS",
    "TOTAL_SOURCES",
    "USED",
    "YEAR_AGO",
    "Figures",
    "Layout",
    "LayoutLine",
    "Statement",
    "StatementRow",
    "at_opening",
    "build_rows",
    "check_layout",
    "crossings",
    "evaluate",
    "expand",
    "find_codes",
    "layout_notices",
    "plain_label",
    "total_line",
]
