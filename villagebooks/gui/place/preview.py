"""打印预览, which stands in no rail."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.preview import PreviewPage


def build(desktop: Desktop) -> PreviewPage:
    """The page with its listeners."""
    page = PreviewPage(desktop.seat, desktop.printing.printers)
    page.returned.connect(desktop.go_back)
    page.wanted.connect(desktop.visit_preview)
    desktop.paper_wanted.connect(page.show_drawn)
    desktop.long_paper_wanted.connect(page.draw_long)
    desktop.files_wanted.connect(page.show_made)
    return page
