"""Records as files: trial balance, ledger, statement or list as CSV, JSON (amounts in yuan as text) or Excel."""

from __future__ import annotations

from collections.abc import Sequence

from villagebooks.core.account import Account, BookDeviations
from villagebooks.core.book import Book
from villagebooks.core.budget import BudgetReport
from villagebooks.core.journal import Finding
from villagebooks.core.ledger import Ledger, Sheet, TrialBalance
from villagebooks.core.money import yuan_text
from villagebooks.core.number import NumberLine
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.voucher import VoucherHead
from villagebooks.core.words import N_, _
from villagebooks.formats.budget import budget_table
from villagebooks.formats.ledger import ledger_table, sheet_table, trial_balance_table
from villagebooks.formats.record import Table, csv_text, json_text
from villagebooks.formats.xlsx import xlsx_bytes

CSV, JSON, XLSX = "csv", "json", "xlsx"
TITLES = {BALANCE_SHEET: N_("资产负债表"), INCOME: N_("收益及收益分配表")}
VOUCHERS = ("date", "voucher", "kind", "state", "summary", "total", "attachments", "prepared_by")
ACCOUNT_LIST = (
    "book", "code", "name", "level", "parent", "side", "leaf", "needs", "unit", "stopped_on", "split_on",
)  # fmt: skip
DEVIATIONS = ("book", "book_name", "standard", "version", "code", "kind", "name", "theirs", "detail")
NUMBERS = ("period", "word", "first", "last", "what", "by", "at", "why")
FINDINGS = ("severity", "book", "table", "row", "text", "rule", "title")


def months_of(span: Span) -> list[Month]:
    """Every month of a span in order."""
    count = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
    return [span.first.plus(step) for step in range(count + 1)]


def trial_balance_bytes(report: TrialBalance, form: str) -> bytes:
    """The trial balance as a file."""
    return _encode(trial_balance_table(report), _("科目余额表"), form)


def ledger_bytes(ledger: Ledger, form: str) -> bytes:
    """The ledger of an account as a file."""
    return _encode(ledger_table(ledger), f"{ledger.account} {ledger.name}", form)


def sheet_bytes(sheets: Sequence[Sheet], form: str) -> bytes:
    """Ledgers of one kind as a file; a workbook has the heads that people read. Refused when their columns differ."""
    if any([column.name for column in one.columns] != [column.name for column in sheets[0].columns] for one in sheets):
        raise Refused([Problem(_("各科目的栏目不同，不能放在一张表里：请指明科目，或用 pdf"))])
    return _encode(sheet_table(sheets, heads=form == XLSX), sheets[0].title, form)


def vouchers_bytes(heads: Sequence[VoucherHead], form: str) -> bytes:
    """The voucher list as a file."""
    rows = [
        (one.day.isoformat(), one.title, one.kind, one.state, one.summary, yuan_text(one.total_fen),
         str(one.attachment_count), one.prepared_by)
        for one in heads
    ]  # fmt: skip
    return _encode(Table(VOUCHERS, rows), _("凭证"), form)


def budget_bytes(report: BudgetReport, form: str) -> bytes:
    """Plan against actual as a file."""
    return _encode(budget_table(report), _("预算执行表"), form)


def charts_bytes(charts: Sequence[tuple[Book, Sequence[Account]]], form: str) -> bytes:
    """Accounts of books as a file."""
    rows = [
        (book.code, one.code, one.name, str(one.level), one.parent, one.side, str(int(one.leaf)), " ".join(one.needs),
         one.unit, one.stopped_on, one.split_on)
        for book, accounts in charts
        for one in accounts
    ]  # fmt: skip
    return _encode(Table(ACCOUNT_LIST, rows), _("科目"), form)


def deviations_bytes(found: Sequence[BookDeviations], form: str) -> bytes:
    """How books differ from the unified accounts as a file."""
    rows = [
        (one.book, one.name, one.standard, str(one.version), each.code, each.kind, each.name, each.theirs, each.detail)
        for one in found
        for each in one.deviations
    ]
    return _encode(Table(DEVIATIONS, rows), _("与统一科目的差别"), form)


def numbers_bytes(lines: Sequence[NumberLine], form: str) -> bytes:
    """The number report as a file: used, void and missing numbers."""
    rows = [
        (str(one.month), one.word, str(one.first), str(one.last), one.what, one.by, one.at, one.why) for one in lines
    ]
    return _encode(Table(NUMBERS, rows), _("凭证号"), form)


def findings_bytes(findings: Sequence[Finding], form: str) -> bytes:
    """What `check` found as a file."""
    rows = [(one.severity, one.book, one.table, one.row, one.text, one.rule, one.title) for one in findings]
    return _encode(Table(FINDINGS, rows), _("自查"), form)


def _encode(table: Table, title: str, form: str) -> bytes:
    if form == XLSX:
        return xlsx_bytes(table, title)
    return (json_text(table) if form == JSON else csv_text(table)).encode()
