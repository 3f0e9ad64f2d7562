"""首页."""

from __future__ import annotations

from villagebooks.gui.arrival import Arrival
from villagebooks.gui.home import HomePage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> HomePage:
    """The page with its listeners."""
    page = HomePage(desktop.seat)
    page.wanted.connect(desktop.go_to_step)
    arrival = Arrival(desktop)
    page.todo.wanted.connect(arrival.go)
    desktop.place_wanted.connect(arrival.go)
    page.board_read.connect(desktop.window.signs.take)
    page.ledger_wanted.connect(desktop.open_ledger)
    return page
