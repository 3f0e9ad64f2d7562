"""What pages ask to see on paper or to keep as a file: functions that run off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.filename import file_name
from villagebooks.core.ledger import BALANCE, LedgerRequest, Sheet, TrialBalance
from villagebooks.core.period import Span
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.gui.page import Page
from villagebooks.gui.statement.paper import report_bytes, report_name
from villagebooks.gui.statement.read import Report
from villagebooks.services.desk import Desk
from villagebooks.services.file import save_file
from villagebooks.services.ledger import read_sheet, trial_balance


class Export(QObject):
    """Writes what a page shows as an Excel file where the person says; never refused."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask(self, record: Sheet | TrialBalance | Report) -> None:
        """Ask for the file, then write it off the screen's thread."""
        name = suggest_name(record, self._page.heading.text())
        path, _kind = QFileDialog.getSaveFileName(self._page.window(), _("导出到 Excel"), name, "Excel (*.xlsx)")
        if path:
            self._page.seat.worker.read(partial(write_file, record, Path(path)), self._tell)

    def _tell(self, path: Path) -> None:
        self._page.strip.say(_("已导出 {path}").format(path=path))


def suggest_name(record: Sheet | TrialBalance | Report, heading: str) -> str:
    """A name for the Excel file of what a page with this heading shows."""
    own = f"{record.book}-{heading}" if isinstance(record, Sheet | TrialBalance) else report_name(record)
    for sign in ("／", " ", "　"):
        own = own.replace(sign, "-")
    return file_name(own, ".xlsx")


def write_file(record: Sheet | TrialBalance | Report, path: Path) -> Path:
    """A record as an Excel file where the person said."""
    from villagebooks.services import report  # noqa: PLC0415  (XlsxWriter: window first)

    match record:
        case Sheet():
            content = report.sheet_bytes([record], report.XLSX)
        case TrialBalance():
            content = report.trial_balance_bytes(record, report.XLSX)
        case _:
            content = report_bytes(record)
    save_file(path, content)
    return path


def draw_vouchers(desk: Desk, uids: tuple[str, ...], folder: Path, sheet: str) -> list[Path]:
    """Vouchers of the month, or those of `uids`, on a sheet of `core.stationery`."""
    from villagebooks.services.printout import print_vouchers  # noqa: PLC0415  (reportlab, Pillow: window first)

    out = folder / f"{desk.book.code}-{desk.period}-vouchers.pdf"
    return [print_vouchers(desk, Span(desk.period, desk.period), out, uids, sheet)]


@in_chinese
def draw_ledger(desk: Desk, asked: LedgerRequest, folder: Path) -> list[Path]:
    """A ledger, or the trial balance."""
    from villagebooks.services.printout import print_sheets, print_trial_balance  # noqa: PLC0415  (reportlab, Pillow: window first)

    name = "-".join(part for part in (desk.book.code, asked.kind, asked.account, str(asked.span)) if part)
    if asked.kind == BALANCE and not asked.dimensions:
        report = trial_balance(desk.office, desk.book.code, asked.first, asked.last, asked.level)
        return [print_trial_balance(desk.office, report, folder / f"{name}.pdf")]
    return [print_sheets(desk.office, [read_sheet(desk, asked)], folder / f"{name}.pdf")]


def draw_year(desk: Desk, year: int, kinds: tuple[str, ...], folder: Path, report: Callable[[int, int], None]) -> Path:
    """A year's ledgers in one file."""
    from villagebooks.services.ledger.printing import print_year  # noqa: PLC0415  (reportlab, Pillow: window first)

    return print_year(desk, year, folder / f"{desk.book.code}-{year}-ledgers.pdf", kinds, report)
