"""结账."""

from __future__ import annotations

from villagebooks.gui.closing import ClosingPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> ClosingPage:
    """The page with its listeners."""
    page = ClosingPage(desktop.seat, desktop.ring)
    page.opened.connect(desktop.open_found)
    page.printed.connect(desktop.printing.register)
    page.recorded.connect(desktop.printing.act)
    desktop.transfers_wanted.connect(page.draft_transfers)
    return page
