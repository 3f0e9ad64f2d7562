"""Statements on paper: of a book or summed, villages side by side, the year's notes."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.statement import Notes, SideBySide, Statement
from villagebooks.core.statutory import in_chinese
from villagebooks.paths import make_folder
from villagebooks.pdf.statement import draw_notes, draw_side_by_side, draw_statement
from villagebooks.services.desk import Office
from villagebooks.services.office import centre


@in_chinese
def print_statement(office: Office, report: Statement, out: Path) -> Path:
    """Draw a statement to a PDF file; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_statement(report, out, centre(office).imprint)
    return out


@in_chinese
def print_side_by_side(office: Office, report: SideBySide, out: Path) -> Path:
    """Draw villages side by side; what is too wide for one sheet goes on to the next with the lines' names again."""
    make_folder(out.parent)
    draw_side_by_side(report, out, centre(office).imprint)
    return out


@in_chinese
def print_notes(office: Office, notes: Notes, out: Path) -> Path:
    """Draw the notes."""
    make_folder(out.parent)
    draw_notes(notes, out, centre(office).imprint)
    return out
