"""出纳."""

from __future__ import annotations

from villagebooks.gui.cashier.page import CashierPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> CashierPage:
    """The page with its listeners."""
    page = CashierPage(desktop.seat, desktop.ring)
    page.drafted.connect(desktop.take_draft)
    page.printed.connect(desktop.show_paper)
    desktop.money_opened.connect(page.go_to)
    return page
