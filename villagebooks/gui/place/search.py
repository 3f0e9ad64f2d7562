"""查找凭证, which the field at the top of the window leads to."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.search.page import SearchPage


def build(desktop: Desktop) -> SearchPage:
    """The page with its listeners."""
    page = SearchPage(desktop.seat)
    page.returned.connect(desktop.go_back)
    page.opened.connect(desktop.way.go)
    desktop.words_sought.connect(page.look_for)
    return page
