"""Commands of what follows what: the paper of a change of standard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, REFUSED, Arguments, complain, desk_of
from villagebooks.core.words import _


def add_succession(add: Callable[..., Any], month: Callable[[str], object]) -> None:
    """`migrate`, as the parser wants it."""
    command = add("migrate", run_migrate, _("出转换制度的工作底稿；还有没定的行就列出来，退出码 1"))
    command.add_argument("--book", required=True, help=_("2004 年制度的账套代码"))
    command.add_argument("--month", type=month, required=True, metavar="YYYY-12", help=_("从哪个年末转换"))
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))


def run_migrate(arguments: Arguments) -> int:
    """`migrate`: the paper as it stands, as PDF and CSV; exit 1 with what keeps it from being finished."""
    from villagebooks.services.migration.printout import write_paper

    state, paths = write_paper(desk_of(arguments, arguments.month), arguments.out)
    for path in paths:
        print(path)
    complain(*map(str, state.problems))
    return REFUSED if state.problems else DONE
