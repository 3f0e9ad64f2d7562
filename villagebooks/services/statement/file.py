"""Statements as files: CSV and JSON in the columns of the contract, Excel with heads for people."""

from __future__ import annotations

from villagebooks.core.statement import Notes, SideBySide, Statement
from villagebooks.core.words import _
from villagebooks.formats.record import Table, csv_text, json_text
from villagebooks.formats.statement import notes_table, notes_tables, side_by_side_table, statement_table
from villagebooks.formats.xlsx import workbook_bytes, xlsx_bytes

XLSX, JSON = "xlsx", "json"


def statement_bytes(statement: Statement, form: str) -> bytes:
    """A statement as a file: lines with figures only; Excel has the columns of the year before too."""
    if form == XLSX:
        return xlsx_bytes(statement_table(statement, heads=True), statement.title)
    return _plain(statement_table(statement), form)


def side_by_side_bytes(report: SideBySide, form: str) -> bytes:
    """Villages side by side as a file, a column a book."""
    if form == XLSX:
        return xlsx_bytes(side_by_side_table(report, heads=True), report.title)
    return _plain(side_by_side_table(report), form)


def notes_bytes(notes: Notes, form: str) -> bytes:
    """The notes as one flat table, or as a workbook with a sheet for every table."""
    if form == XLSX:
        return workbook_bytes(notes_tables(notes), _("会计报表附注"))
    return _plain(notes_table(notes), form)


def _plain(table: Table, form: str) -> bytes:
    return (json_text(table) if form == JSON else csv_text(table)).encode()
