"""设置."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.setting.page import SettingPage


def build(desktop: Desktop) -> SettingPage:
    """The page with its listeners."""
    page = SettingPage(desktop.seat, desktop.kept, desktop.ring, desktop.printing.printers)
    page.checked.connect(desktop.foot.say_checked)
    desktop.section_shown.connect(page.show_section)
    page.dressed.connect(desktop.window.dress_wanted)
    page.restart_wanted.connect(desktop.window.restart_wanted)
    page.printed.connect(desktop.show_paper)
    page.migration_wanted.connect(desktop.open_migration)
    page.opening_wanted.connect(desktop.open_opening)
    page.merger_wanted.connect(desktop.open_merger)
    return page
