"""The reconciliation on paper and in files."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.bank import Reconciliation
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.formats.bank import reconciliation_table
from villagebooks.formats.record import csv_text, json_text
from villagebooks.formats.xlsx import xlsx_bytes
from villagebooks.paths import make_folder
from villagebooks.pdf.bank import draw_reconciliation
from villagebooks.services.bank.reconciliation import BankMonth, read_bank
from villagebooks.services.desk import Desk
from villagebooks.services.office import centre
from villagebooks.services.village import book_name_on


@in_chinese
def print_reconciliation(desk: Desk, account: str, out: Path) -> Path:
    """Draw the reconciliation of the desk's month, confirmed or as it stands; Refused before the first statement."""
    bank = read_bank(desk, account)
    sheet = sheet_of(bank)
    kept = bank.confirmed
    people = (kept.prepared_by, kept.confirmed_by, kept.confirmed_at) if kept else ("", "", "")
    make_folder(out.parent)
    name = book_name_on(desk, desk.period.last_day)
    draw_reconciliation(sheet, out, name, people, bank.reason, centre(desk.office).imprint)
    return out


def reconciliation_bytes(sheet: Reconciliation, form: str) -> bytes:
    """The reconciliation as CSV, JSON or Excel."""
    table = reconciliation_table(sheet)
    if form == "xlsx":
        return xlsx_bytes(table, _("银行存款余额调节表"))
    return (json_text(table) if form == "json" else csv_text(table)).encode()


def sheet_of(bank: BankMonth) -> Reconciliation:
    """The sheet, Refused while no statement is kept."""
    if bank.sheet is None:
        text = _("{account} 还没有对账单，请先导入")
        raise Refused([Problem(text.format(account=bank.code), field="statement")])
    return bank.sheet
