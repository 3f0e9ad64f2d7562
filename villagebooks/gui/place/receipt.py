"""票据."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.receipt import ReceiptPage


def build(desktop: Desktop) -> ReceiptPage:
    """The page with its listeners."""
    page = ReceiptPage(desktop.seat)
    page.printed.connect(desktop.printing.archive_register)
    return page
