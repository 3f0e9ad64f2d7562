"""Statements of books, their layouts, the township's summaries, the year's notes."""

from __future__ import annotations

from villagebooks.services.statement.layout import (
    STANDARDS,
    check_draft,
    copy_layout,
    drop_layout,
    layout_csv,
    layout_state,
    list_layouts,
    official_layout,
    official_titles,
    read_layout_file,
    reports_in_use,
    reset_layout,
    save_layout,
    use_layout,
)
from villagebooks.services.statement.read import layout_at, statement

__all__ = [
    "STANDARDS",
    "check_draft",
    "copy_layout",
    "drop_layout",
    "layout_at",
    "layout_csv",
    "layout_state",
    "list_layouts",
    "official_layout",
    "official_titles",
    "read_layout_file",
    "reports_in_use",
    "reset_layout",
    "save_layout",
    "statement",
    "use_layout",
]
