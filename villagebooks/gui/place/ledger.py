"""账簿."""

from __future__ import annotations

from villagebooks.gui.ledger.page import LedgerPage
from villagebooks.gui.office import Desktop
from villagebooks.gui.output import Export


def build(desktop: Desktop) -> LedgerPage:
    """The page with its listeners."""
    page = LedgerPage(desktop.seat)
    page.voucher_wanted.connect(desktop.open_voucher)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.printing.ledger)
    page.bound.connect(desktop.bind_year)
    page.exported.connect(Export(page).ask)
    desktop.account_opened.connect(page.visit)
    desktop.ledger_opened.connect(page.show_asked)
    return page
