"""转换制度, which the settings lead to."""

from __future__ import annotations

from villagebooks.gui.migration.page import MigrationPage
from villagebooks.gui.office import Desktop


def build(desktop: Desktop) -> MigrationPage:
    """The page with its listeners."""
    page = MigrationPage(desktop.seat, desktop.ring)
    page.returned.connect(desktop.go_back)
    page.printed.connect(desktop.show_paper)
    desktop.migration_begun.connect(page.start_with)
    return page
