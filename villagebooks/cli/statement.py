"""Commands of statements: of a book, of the township, villages side by side, the year's notes."""

from __future__ import annotations

import argparse
from typing import Any

from villagebooks.cli.place import ALL, DONE, Arguments, complain, deliver, desk_of, office_of, out_file
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _

PDF = "pdf"
KINDS = ("balance-sheet", "income", "detail", "equity", "notes", "own")
STANDARDS = ("2023", "2004")


def add_township(command: argparse.ArgumentParser) -> None:
    """Options of tables that hold several books."""
    command.add_argument("--side-by-side", action="store_true", help=_("各村并列，一村一栏（用于 --book all）"))
    command.add_argument("--figures", default="", metavar="A,B", help=_("并列哪几栏，例如 closing,opening"))
    command.add_argument("--standard", choices=STANDARDS, default="", help=_("只要这种会计制度的账套"))


def run_statement(arguments: Arguments) -> int:
    """`statement`: a statement of a book, or of all with `--book all`."""
    kind = arguments.kind
    if kind == "own" and not arguments.report:
        raise Refused([Problem(_("请用 --report 写自编报表的代码"))])
    name = arguments.report if kind == "own" else kind
    if arguments.book == ALL:
        return deliver_township(arguments, name, arguments.period)
    from villagebooks.services.statement.file import notes_bytes, statement_bytes

    desk, span = desk_of(arguments, arguments.period.last), arguments.period
    read = in_chinese(_report) if arguments.format == PDF else _report
    report = read(desk, name, span, arguments.format in (PDF, "xlsx"))
    if arguments.format == PDF:
        from villagebooks.services.statement.paper import print_notes, print_statement

        (print_notes if kind == "notes" else print_statement)(desk.office, report, out_file(arguments))
        return DONE
    return deliver(arguments, (notes_bytes if kind == "notes" else statement_bytes)(report, arguments.format))


def deliver_township(arguments: Arguments, name: str, span: Span) -> int:
    """The sum of all books or the books side by side, as a file or on paper; what a reader must know on stderr."""
    from villagebooks.services.statement import township_side_by_side, township_statement
    from villagebooks.services.statement.file import side_by_side_bytes, statement_bytes

    office = office_of(arguments)
    figures = [one for one in arguments.figures.split(",") if one]
    report: Any
    beside, whole = township_side_by_side, township_statement
    if arguments.format == PDF:
        beside, whole = in_chinese(beside), in_chinese(whole)
    if arguments.side_by_side:
        report = beside(office, name, span, figures, arguments.standard)
    else:
        report = whole(office, name, span, arguments.standard)
    complain(*(_("提示：{what}").format(what=one) for one in report.remarks))
    if arguments.format == PDF:
        from villagebooks.services.statement.paper import print_side_by_side, print_statement

        (print_side_by_side if arguments.side_by_side else print_statement)(office, report, out_file(arguments))
        return DONE
    as_bytes = side_by_side_bytes if arguments.side_by_side else statement_bytes
    return deliver(arguments, as_bytes(report, arguments.format))


def _report(desk: Any, name: str, span: Span, compare: bool) -> Any:
    from villagebooks.services import statement

    match name:
        case "detail":
            return statement.statement_detail(desk, span)
        case "equity":
            return statement.statement_equity(desk, span)
        case "notes":
            return statement.statement_notes(desk, span)
    return statement.statement(desk, name, span, compare)
