"""报表."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.output import Export
from villagebooks.gui.statement.page import StatementPage


def build(desktop: Desktop) -> StatementPage:
    """The page with its listeners."""
    page = StatementPage(desktop.seat)
    page.account_wanted.connect(desktop.open_account)
    page.printed.connect(desktop.printing.report)
    page.bound.connect(desktop.printing.cover)
    page.exported.connect(Export(page).ask)
    return page
