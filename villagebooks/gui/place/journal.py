"""日志."""

from __future__ import annotations

from villagebooks.gui.journal.page import JournalPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> JournalPage:
    """The page with its listeners."""
    page = JournalPage(desktop.seat)
    page.cancellations_wanted.connect(desktop.open_cancellations)
    page.printed.connect(desktop.show_paper)
    page.voucher_wanted.connect(desktop.open_voucher)
    return page
