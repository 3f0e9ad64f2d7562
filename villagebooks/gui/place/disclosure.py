"""公示."""

from __future__ import annotations

from villagebooks.gui.disclosure import DisclosurePage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> DisclosurePage:
    """The page with its listeners."""
    page = DisclosurePage(desktop.seat, desktop.ring)
    page.printed.connect(desktop.printing.notice)
    page.voucher_wanted.connect(desktop.open_voucher)
    return page
