"""期初建账, which the settings lead to."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.opening.page import OpeningPage


def build(desktop: Desktop) -> OpeningPage:
    """The page with its listeners."""
    page = OpeningPage(desktop.seat)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.show_paper)
    return page
