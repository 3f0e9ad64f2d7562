"""首页."""

from __future__ import annotations

from villagebooks.gui.home import HomePage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> HomePage:
    """The page with its listeners."""
    page = HomePage(desktop.seat)
    page.wanted.connect(desktop.go_to_step)
    page.place_wanted.connect(desktop.arrive)
    page.board_read.connect(desktop.window.signs.take)
    page.ledger_wanted.connect(desktop.open_ledger)
    return page
