"""The command of what was undone."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from villagebooks.cli.place import DONE, Arguments, deliver, office_of, out_file
from villagebooks.core.period import Span
from villagebooks.core.words import _


def add_cancellations(add: Callable[..., argparse.ArgumentParser], span: Callable[[str], Span]) -> None:
    """`cancellations`: what was undone after somebody had signed it."""
    words = _("作废与撤销清单：签过字又作废、退回、冲销、撤销或反结账的")
    command = add("cancellations", run_cancellations, words)
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--period", type=span, required=True, help="2026-09, 2026-Q3, 2026")
    command.add_argument("--format", choices=("csv", "json", "xlsx", "pdf"), default="csv", help=_("格式"))
    command.add_argument("--json", dest="format", action="store_const", const="json", help=_("同 --format json"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))


def run_cancellations(arguments: Arguments) -> int:
    """`cancellations`: of a book or of all."""
    from villagebooks.services.cancellation import cancellations
    from villagebooks.services.cancellation.printing import cancellation_bytes, print_cancellations

    office = office_of(arguments)
    report = cancellations(office, arguments.book, arguments.period)
    if arguments.format == "pdf":
        print(print_cancellations(office, report, out_file(arguments)))
        return DONE
    return deliver(arguments, cancellation_bytes(report, arguments.format))
