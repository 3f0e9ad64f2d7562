"""The command that prints one kind of paper for many books."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from villagebooks.cli.place import ALL, DONE, Arguments, complain, office_of, progress_on_stderr
from villagebooks.cli.usage import count
from villagebooks.core.batch import BATCH_KINDS, BATCH_WORDS, NOTICE_PAPERS, BatchOrder
from villagebooks.core.period import read_month
from villagebooks.core.stationery import A5, VOUCHER_SHEETS
from villagebooks.core.words import _


def add_batch(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`print KIND`: many books at once."""
    command = add("print", run_batch, _("成批打印：许多账套的凭证、账簿、报表、公开榜或档案保管清册（PDF）"))
    kinds = _("、").join(f"{kind} {_(words)}" for kind, words in BATCH_WORDS.items())
    command.add_argument("kind", choices=BATCH_KINDS, help=kinds)
    command.add_argument("--book", action="append", metavar="B", help=_("账套代码，可以写几次；不写就是全部"))
    command.add_argument("--period", type=read_month, required=True, help=_("2026-09；账簿、保管清册印这个月的那一年"))
    command.add_argument("--paper", choices=VOUCHER_SHEETS, default=A5, help=_("凭证的纸"))
    command.add_argument("--notice", choices=NOTICE_PAPERS, default=NOTICE_PAPERS[0], help=_("公开榜的纸"))
    command.add_argument(
        "--each", type=count, default=0, metavar="N", help=_("保管清册：每册装订多少张凭证；不写就一个月一册")
    )
    command.add_argument("--joined", action="store_true", help=_("合成一个文件（不选就一个账套一个文件）"))
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("放在哪个文件夹"))


def run_batch(arguments: Arguments) -> int:
    """The files on stdout; books without such paper on stderr."""
    from villagebooks.services.batch import print_batch
    from villagebooks.services.desk import list_books, open_desk

    office = office_of(arguments)
    codes = tuple(one.code for one in list_books(office))
    wanted = arguments.book if arguments.book and ALL not in arguments.book else codes
    for code in wanted:
        open_desk(office, code, arguments.period)  # an unknown one is refused before anything is drawn
    order = BatchOrder(
        arguments.kind, tuple(wanted), arguments.period, arguments.paper, arguments.notice, arguments.joined,
        arguments.each,
    )  # fmt: skip
    made = print_batch(office, order, arguments.out, progress_on_stderr)
    for path in made.paths:
        print(path)
    complain(*(_("提示：{what}").format(what=one) for one in made.failed))
    return DONE
