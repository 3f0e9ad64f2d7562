"""Commands of what follows what: the paper of a change of standard, balances by former village."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, REFUSED, Arguments, complain, deliver, desk_of, out_file
from villagebooks.core.words import _

PDF = "pdf"


def add_succession(add: Callable[..., Any], month: Callable[[str], object]) -> None:
    """`migrate` and `former`, as the parser wants them."""
    command = add("migrate", run_migrate, _("出转换制度的工作底稿；还有没定的行就列出来，退出码 1"))
    command.add_argument("--book", required=True, help=_("2004 年制度的账套代码"))
    command.add_argument("--month", type=month, required=True, metavar="YYYY-12", help=_("从哪个年末转换"))
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    command = add("former", run_former, _("合并来的村：余额按原村列示"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--month", type=month, required=True, metavar="YYYY-MM", help=_("到哪个月末"))
    command.add_argument("--format", choices=("csv", "json", "xlsx", PDF), default="csv", help=_("格式"))
    command.add_argument("--json", dest="format", action="store_const", const="json", help=_("同 --format json"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))


def run_former(arguments: Arguments) -> int:
    """`former`: balances by former village."""
    from villagebooks.services.merger import former_report
    from villagebooks.services.merger.printout import former_bytes, print_former

    desk = desk_of(arguments, arguments.month)
    report = former_report(desk, arguments.month)
    if arguments.format == PDF:
        print_former(desk.office, report, out_file(arguments))
        return DONE
    return deliver(arguments, former_bytes(report, arguments.format))


def run_migrate(arguments: Arguments) -> int:
    """`migrate`: the paper as it stands, as PDF and CSV; exit 1 with what keeps it from being finished."""
    from villagebooks.services.migration.printout import write_paper

    state, paths = write_paper(desk_of(arguments, arguments.month), arguments.out)
    for path in paths:
        print(path)
    complain(*map(str, state.problems))
    return REFUSED if state.problems else DONE
