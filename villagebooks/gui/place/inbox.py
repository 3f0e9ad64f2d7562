"""审批."""

from __future__ import annotations

from villagebooks.gui.inbox.page import InboxPage
from villagebooks.gui.inbox.way import Way
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> InboxPage:
    """The page with its listeners."""
    page = InboxPage(desktop.seat, desktop.ring)
    way = Way(desktop.seat, desktop.open_voucher, desktop.visit_papers)
    way.setParent(page)
    page.wanted.connect(way.go)
    page.printed.connect(desktop.show_paper)
    desktop.waiting_wanted.connect(page.show_waiting)
    return page
