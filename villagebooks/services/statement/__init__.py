"""Statements of books, their layouts, the township's summaries, the year's notes."""

from __future__ import annotations

from villagebooks.services.statement.detail import statement_detail, statement_equity
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
from villagebooks.services.statement.notes import (
    note_texts,
    note_topics,
    statement_notes,
    write_note_texts,
)
from villagebooks.services.statement.policy import DEPRECIATION_METHODS, accounting_policy, put_accounting_policy
from villagebooks.services.statement.read import layout_at, preview_layout, statement
from villagebooks.services.statement.township import kept_standards, township_side_by_side, township_statement

__all__ = [
    "DEPRECIATION_METHODS",
    "STANDARDS",
    "accounting_policy",
    "check_draft",
    "copy_layout",
    "drop_layout",
    "kept_standards",
    "layout_at",
    "layout_csv",
    "layout_state",
    "list_layouts",
    "note_texts",
    "note_topics",
    "official_layout",
    "official_titles",
    "preview_layout",
    "put_accounting_policy",
    "read_layout_file",
    "reports_in_use",
    "reset_layout",
    "save_layout",
    "statement",
    "statement_detail",
    "statement_equity",
    "statement_notes",
    "township_side_by_side",
    "township_statement",
    "use_layout",
    "write_note_texts",
]
