"""使用手册, which the key F1 leads to."""

from __future__ import annotations

from villagebooks.gui.manual.page import ManualPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> ManualPage:
    """The page with its listeners."""
    page = ManualPage(desktop.seat)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.show_paper)
    desktop.help.asked.connect(page.explain)
    desktop.help.again.connect(page.panel.contents.setFocus)
    return page
