"""档案."""

from __future__ import annotations

from villagebooks.gui.archive.page import ArchivePage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> ArchivePage:
    """The page with its listeners."""
    page = ArchivePage(desktop.seat)
    page.printed.connect(desktop.printing.archive_register)
    return page
