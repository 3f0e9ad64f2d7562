"""查询库."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.query import QueryPage


def build(desktop: Desktop) -> QueryPage:
    """The page with its listeners."""
    return QueryPage(desktop.seat, desktop.ring, desktop.kept)
