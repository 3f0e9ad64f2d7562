"""档案."""

from __future__ import annotations

from villagebooks.gui.archive.page import ArchivePage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> ArchivePage:
    """The page with its listeners."""
    page = ArchivePage(desktop.seat, desktop.printing.printers)
    page.printed.connect(desktop.printing.archive_register)
    page.made.connect(desktop.show_files)
    desktop.loans_wanted.connect(page.show_loans)
    return page
