"""Balances by former village on paper and in files; the transfer list of a merger on paper."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.account import path_name
from villagebooks.core.former import FormerReport
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.formats.former import former_table
from villagebooks.formats.record import csv_text, json_text
from villagebooks.formats.xlsx import xlsx_bytes
from villagebooks.paths import make_folder
from villagebooks.pdf.former import draw_former, draw_transfer
from villagebooks.services.desk import Office
from villagebooks.services.merger.read import list_mergers
from villagebooks.services.office import centre


def former_bytes(report: FormerReport, form: str) -> bytes:
    """The balances by former village as CSV, JSON or Excel."""
    table = former_table(report)
    if form == "xlsx":
        return xlsx_bytes(table, _("按原村列示"))
    return (json_text(table) if form == "json" else csv_text(table)).encode()


@in_chinese
def print_former(office: Office, report: FormerReport, out: Path) -> Path:
    """Draw the balances by former village; `Trouble` when the disk refuses."""
    make_folder(out.parent)
    draw_former(report, out, centre(office).imprint)
    return out


@in_chinese
def print_transfer(office: Office, uid: str, out: Path) -> Path:
    """Draw the transfer list of a merger; Refused when there is none of this uid or a voucher is missing."""
    state = next((one for one in list_mergers(office) if one.merger.uid == uid), None)
    if state is None or state.going is None or state.coming is None:
        raise Refused([Problem(_("没有这次并账"))])
    with office.books.read() as connection:
        charts = [
            book_rows.accounts(connection, book_rows.book_id(connection, code))
            for code in (state.merger.source, state.merger.target)
        ]
    old, new = ({code: path_name(chart.values(), code) for code in chart} for chart in charts)
    make_folder(out.parent)
    draw_transfer(state.merger, (state.going, state.coming), (old, new), out, centre(office).imprint)
    return out
