"""What 报表 shows, on paper and as Excel; and covers for binding."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.cover import A4, CATALOGUE, LEDGERS, STATEMENTS, VOUCHER_SIZE, VOUCHERS
from villagebooks.core.filename import file_name
from villagebooks.core.period import Span
from villagebooks.core.statement import Notes, SideBySide, Statement
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.gui.statement.read import Asked, Report, read_report
from villagebooks.services.desk import Desk


def report_bytes(record: Report) -> bytes:
    """The Excel file of a report."""
    from villagebooks.services.statement import file  # noqa: PLC0415  (XlsxWriter: window first)

    match record:
        case Statement():
            return file.statement_bytes(record, file.XLSX)
        case SideBySide():
            return file.side_by_side_bytes(record, file.XLSX)
    return file.notes_bytes(record, file.XLSX)


@in_chinese
def draw_report(desk: Desk, asked: Asked, folder: Path) -> list[Path]:
    """The paper of a report, read once more: on the screen it may speak another language."""
    from villagebooks.services.statement import paper  # noqa: PLC0415  (reportlab, Pillow: window first)

    office, record = desk.office, read_report(desk, asked).report
    match record:
        case Statement():
            return [paper.print_statement(office, record, folder / file_name(report_name(record), ".pdf"))]
        case SideBySide():
            return [paper.print_side_by_side(office, record, folder / file_name(report_name(record), ".pdf"))]
    return [paper.print_notes(office, record, folder / file_name(report_name(record), ".pdf"))]


def draw_cover(desk: Desk, kind: str, sheet: str, folder: Path) -> list[Path]:
    """Covers or the catalogue of the desk's month and year."""
    from villagebooks.services.cover import print_cover  # noqa: PLC0415  (reportlab, Pillow: window first)

    out = folder / f"{desk.book.code}-{desk.period}-{kind}.pdf"
    return [print_cover(desk, kind, Span(desk.period, desk.period), out, sheet)]


def report_name(record: Report) -> str:
    """A name for the file of a report."""
    match record:
        case Notes():
            return f"{record.book}-{record.span}-{_('会计报表附注')}"
        case SideBySide():
            return f"{record.title}-{record.span}-{_('各村并列')}"
    whose = _("汇总") if record.book == "*" else record.book
    return f"{whose}-{record.title}-{record.span}"


def cover_choices() -> tuple[tuple[str, str, str], ...]:
    """(words, kind, paper) of everything that can be bound."""
    return (
        (_("本月凭证封面（A4）"), VOUCHERS, A4), (_("本月凭证封面（240×140）"), VOUCHERS, VOUCHER_SIZE),
        (_("本月凭证目录"), CATALOGUE, A4), (_("本年账簿封面（A4）"), LEDGERS, A4),
        (_("本年账簿封面（240×140）"), LEDGERS, VOUCHER_SIZE), (_("本年报表封面（A4）"), STATEMENTS, A4),
        (_("本年报表封面（240×140）"), STATEMENTS, VOUCHER_SIZE),
    )  # fmt: skip
