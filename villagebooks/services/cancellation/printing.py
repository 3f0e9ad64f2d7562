"""The report on paper and as a file."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.formats.cancellation import cancellation_table
from villagebooks.formats.record import csv_text, json_text
from villagebooks.formats.xlsx import workbook_bytes
from villagebooks.paths import make_folder
from villagebooks.pdf.cancellation import draw_cancellations
from villagebooks.services.cancellation.read import CancellationReport
from villagebooks.services.desk import Office
from villagebooks.services.office import centre


@in_chinese
def print_cancellations(office: Office, report: CancellationReport, out: Path) -> Path:
    """Draw the report; an empty one says that nothing was undone."""
    make_folder(out.parent)
    draw_cancellations(report.rows, report.whose, str(report.span), out, centre(office).imprint)
    return out


def cancellation_bytes(report: CancellationReport, form: str) -> bytes:
    """The report as CSV, JSON or Excel."""
    table = cancellation_table(report.rows)
    if form == "xlsx":
        return workbook_bytes([(_("作废与撤销清单"), table)], report.whose)
    return (json_text(table) if form == "json" else csv_text(table)).encode()
