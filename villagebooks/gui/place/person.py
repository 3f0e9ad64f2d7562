"""名册."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.person import PersonPage


def build(desktop: Desktop) -> PersonPage:
    """The page with its listeners."""
    return PersonPage(desktop.seat)
