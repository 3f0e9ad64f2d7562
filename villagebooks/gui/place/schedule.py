"""计划, which the vouchers lead to."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.voucher.schedule import SchedulePage


def build(desktop: Desktop) -> SchedulePage:
    """The page with its listeners."""
    page = SchedulePage(desktop.seat)
    page.returned.connect(desktop.go_back)
    desktop.plan_begun.connect(page.begin)
    return page
