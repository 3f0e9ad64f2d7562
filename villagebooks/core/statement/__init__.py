"""Statements (报表): layouts, what their lines come to, and whether a layout may be used."""

from __future__ import annotations

from villagebooks.core.statement.build import at_opening, build_rows, crossings, evaluate, find_codes
from villagebooks.core.statement.coverage import (
    LEFT_KINDS,
    NET_INCOME,
    PROFIT_AND_LOSS,
    TOTAL_ASSETS,
    TOTAL_SOURCES,
    UNDISTRIBUTED,
    expand,
    total_line,
)
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
    "LEFT_KINDS",
    "NET_INCOME",
    "NONZERO",
    "OWN",
    "PROFIT_AND_LOSS",
    "TOTAL_ASSETS",
    "TOTAL_SOURCES",
    "UNDISTRIBUTED",
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
