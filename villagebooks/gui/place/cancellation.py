"""作废与撤销清单, which the log leads to."""

from __future__ import annotations

from villagebooks.gui.journal.cancellation import CancellationPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> CancellationPage:
    """The page with its listeners."""
    page = CancellationPage(desktop.seat)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.show_paper)
    page.voucher_wanted.connect(desktop.open_voucher)
    return page
