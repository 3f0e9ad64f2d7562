"""Statements on paper: a book's or the township's sum, villages side by side, the year's notes."""

from __future__ import annotations

from villagebooks.pdf.statement.notes import draw_notes, notes_cells
from villagebooks.pdf.statement.sheet import draw_statement, statement_cells
from villagebooks.pdf.statement.wide import draw_side_by_side, side_by_side_cells

__all__ = [
    "draw_notes",
    "draw_side_by_side",
    "draw_statement",
    "notes_cells",
    "side_by_side_cells",
    "statement_cells",
]
