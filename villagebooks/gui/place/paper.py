"""报账."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.paper.page import PaperPage


def build(desktop: Desktop) -> PaperPage:
    """The page with its listeners."""
    page = PaperPage(desktop.seat, desktop.ring, desktop.kept)
    page.drafted.connect(desktop.take_draft)
    page.sourced.connect(desktop.draft_sourced)
    desktop.paper_begun.connect(page.begin_for)
    desktop.paper_shown.connect(page.show_paper)
    return page
