"""合村并账, which the settings lead to."""

from __future__ import annotations

from villagebooks.gui.merger.page import MergerPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> MergerPage:
    """The page with its listeners."""
    page = MergerPage(desktop.seat, desktop.ring)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.show_paper)
    return page
