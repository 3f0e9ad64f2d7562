"""Commands that only tell: reports and exports."""

from __future__ import annotations

from villagebooks.cli.place import DONE, Arguments, complain, deliver, desk_of, office_of, out_file
from villagebooks.core.words import _

PDF = "pdf"


def run_trial_balance(arguments: Arguments) -> int:
    """`trial-balance`: the trial balance."""
    from villagebooks.services.ledger import trial_balance
    from villagebooks.services.report import trial_balance_bytes

    office = office_of(arguments)
    report = trial_balance(office, arguments.book, arguments.first, arguments.last, arguments.level)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_trial_balance

        print_trial_balance(office, report, out_file(arguments))
        return DONE
    return deliver(arguments, trial_balance_bytes(report, arguments.format))


def run_statement(arguments: Arguments) -> int:
    """`statement`: a statement."""
    from villagebooks.services.report import statement_bytes
    from villagebooks.services.statement import statement

    desk = desk_of(arguments, arguments.period.last)
    report = statement(desk, arguments.kind, arguments.period)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_statement

        print_statement(desk.office, report, out_file(arguments))
        return DONE
    return deliver(arguments, statement_bytes(report, arguments.format))


def run_ledger(arguments: Arguments) -> int:
    """`ledger`: the ledger of an account."""
    from villagebooks.services.ledger import ledger
    from villagebooks.services.report import ledger_bytes

    desk = desk_of(arguments, arguments.last)
    report = ledger(desk, arguments.account, arguments.first, arguments.last, arguments.party)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_ledger

        print_ledger(desk, report, out_file(arguments))
        return DONE
    return deliver(arguments, ledger_bytes(report, arguments.format))


def run_vouchers(arguments: Arguments) -> int:
    """`vouchers`: the list of vouchers, or the vouchers printed."""
    from villagebooks.services.report import months_of, vouchers_bytes
    from villagebooks.services.voucher import list_vouchers

    desk = desk_of(arguments, arguments.period.last)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_vouchers

        print_vouchers(desk, arguments.period, out_file(arguments))
        return DONE
    heads = [head for month in months_of(arguments.period) for head in list_vouchers(desk.at(month))]
    return deliver(arguments, vouchers_bytes(heads, arguments.format))


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
