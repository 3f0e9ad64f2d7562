"""Commands that only tell: reports and exports."""

from __future__ import annotations

from dataclasses import replace

from villagebooks.cli.place import (
    ALL,
    DONE,
    USAGE,
    Arguments,
    complain,
    deliver,
    desk_of,
    office_of,
    out_file,
    progress_on_stderr,
)
from villagebooks.cli.statement import PDF, deliver_township
from villagebooks.core.ledger import BALANCE, DETAIL, YEARS, LedgerRequest
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.core.words import _


def run_trial_balance(arguments: Arguments) -> int:
    """`trial-balance`: the trial balance; villages side by side with `--side-by-side`."""
    if arguments.side_by_side:
        return deliver_township(arguments, "trial-balance", Span(arguments.first, arguments.last))
    from villagebooks.services.ledger import trial_balance
    from villagebooks.services.report import trial_balance_bytes

    office = office_of(arguments)
    if arguments.dimensions is not None:
        return _deliver_sheets(arguments, _asked(arguments, BALANCE))
    report = trial_balance(office, arguments.book, arguments.first, arguments.last, arguments.level, arguments.standard)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_trial_balance

        print_trial_balance(office, report, out_file(arguments))
        return DONE
    return deliver(arguments, trial_balance_bytes(report, arguments.format))


def run_ledger(arguments: Arguments) -> int:
    """`ledger`: the ledger of an account, or with `--kind` any other ledger."""
    from villagebooks.services.ledger import ledger
    from villagebooks.services.report import ledger_bytes

    if arguments.kind or arguments.format == PDF:
        if not arguments.kind and not arguments.account:
            return _ask_account()
        return _deliver_sheets(arguments, _asked(arguments, arguments.kind or DETAIL))
    if not arguments.account:
        return _ask_account()
    desk = desk_of(arguments, arguments.last)
    report = ledger(desk, arguments.account, arguments.first, arguments.last, arguments.party)
    return deliver(arguments, ledger_bytes(report, arguments.format))


def run_ledgers(arguments: Arguments) -> int:
    """`ledgers`: every ledger of a year in one PDF a book."""
    from villagebooks.services.desk import list_books, open_desk
    from villagebooks.services.ledger.plan import KINDS
    from villagebooks.services.ledger.printing import print_year

    office = office_of(arguments)
    books = [one.code for one in list_books(office)] if arguments.book == ALL else [arguments.book]
    drawn = 0
    problems: list[Problem] = []
    for code in books:
        desk = open_desk(office, code, Month(arguments.year, 12))
        out = arguments.out / f"{code}-{arguments.year}-ledgers.pdf"
        try:
            print(print_year(desk, arguments.year, out, arguments.kind or KINDS, progress_on_stderr))
            drawn += 1
        except Refused as refused:
            # a book that keeps no such ledger stands in the way of no other
            problems += refused.problems
    if not drawn:
        raise Refused(problems)
    complain(*(_("提示：{what}").format(what=one) for one in problems))
    return DONE


def _ask_account() -> int:
    complain(_("请用 --account 指明科目，或用 --kind 指明账簿种类"))
    return USAGE


def _asked(arguments: Arguments, kind: str) -> LedgerRequest:
    asked = LedgerRequest(kind, arguments.first, arguments.last, level=arguments.level)
    if kind == BALANCE:
        return replace(asked, dimensions=tuple(arguments.dimensions) or DIMENSIONS)
    return replace(
        asked, account=arguments.account or "", party=arguments.party, side=arguments.side or "",
        bounds=arguments.bounds or YEARS,
    )  # fmt: skip


def _deliver_sheets(arguments: Arguments, asked: LedgerRequest) -> int:
    """The ledgers asked for, of one book or of all."""
    from villagebooks.services.desk import list_books, open_desk
    from villagebooks.services.ledger import read_sheets
    from villagebooks.services.report import sheet_bytes

    office = office_of(arguments)
    codes = [one.code for one in list_books(office)] if arguments.book == ALL else [arguments.book]
    read = in_chinese(read_sheets) if arguments.format == PDF else read_sheets
    sheets = [one for code in codes for one in read(open_desk(office, code, asked.last), asked)]
    if not sheets:
        raise Refused([Problem(_("账套 {book} 这段时间没有这种账").format(book=arguments.book))])
    if arguments.format == PDF:
        from villagebooks.services.printout import print_sheets

        print_sheets(office, sheets, out_file(arguments))
        return DONE
    return deliver(arguments, sheet_bytes(sheets, arguments.format))


def run_vouchers(arguments: Arguments) -> int:
    """`vouchers`: the list of vouchers, or the vouchers printed."""
    from villagebooks.services.report import months_of, vouchers_bytes
    from villagebooks.services.voucher import list_vouchers

    if arguments.gaps:
        return _tell_numbers(arguments)
    desk = desk_of(arguments, arguments.period.last)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_vouchers

        print_vouchers(desk, arguments.period, out_file(arguments), sheet=arguments.paper)
        return DONE
    heads = [head for month in months_of(arguments.period) for head in list_vouchers(desk.at(month))]
    return deliver(arguments, vouchers_bytes(heads, arguments.format))


def _tell_numbers(arguments: Arguments) -> int:
    """Numbers used, void and missing; as a list, never on paper."""
    from villagebooks.services.number import number_report
    from villagebooks.services.report import numbers_bytes

    if arguments.format == PDF:
        raise Refused([Problem(_("断号报告没有 pdf，请用 csv、json 或 xlsx"))])
    lines = number_report(desk_of(arguments, arguments.period.last), arguments.period)
    return deliver(arguments, numbers_bytes(lines, arguments.format))


def run_export_csv(arguments: Arguments) -> int:
    """`export csv`: the three tables."""
    from villagebooks.services.export import export_csv

    report = export_csv(office_of(arguments), arguments.book, arguments.out)
    for path in report.paths:
        print(path)
    complain(*(_("提示：{what}").format(what=notice) for notice in report.notices))
    return DONE


def run_export_xlsx(arguments: Arguments) -> int:
    """`export xlsx`: one workbook a book."""
    from villagebooks.services.export import export_xlsx

    for path in export_xlsx(office_of(arguments), arguments.book, arguments.out):
        print(path)
    return DONE


def run_export_hledger(arguments: Arguments) -> int:
    """`export hledger`: one journal a book."""
    from villagebooks.services.export import export_hledger

    for path in export_hledger(office_of(arguments), arguments.book, arguments.out):
        print(path)
    return DONE


def run_budget(arguments: Arguments) -> int:
    """`budget`: plan against actual of a book, from January to the month."""
    from villagebooks.services.budget import budget_report
    from villagebooks.services.report import budget_bytes

    return deliver(arguments, budget_bytes(budget_report(desk_of(arguments, arguments.period)), arguments.format))
