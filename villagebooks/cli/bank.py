"""The command of the bank: import a statement, match, show the reconciliation, confirm it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, NOTHING, Arguments, complain, deliver, desk_of, out_file, unlocked_signers
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _


def add_reconcile(add: Callable[..., argparse.ArgumentParser], month: Callable[[str], Any], formats: Any) -> None:
    """The command `reconcile`; `month` reads a month, `formats` are those of reports."""
    command = add("reconcile", run_reconcile, _("银行对账：导入对账单、自动勾对、余额调节表"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--account", required=True, metavar="CODE", help=_("银行科目，例如 10201"))
    command.add_argument("--period", type=month, required=True, help="YYYY-MM")
    command.add_argument("--statement", type=Path, metavar="FILE", help=_("银行的对账单，csv 或 xlsx，导入后自动勾对"))
    command.add_argument("--opening", default="", metavar="YUAN", help=_("期初余额，文件里没有余额时写"))
    command.add_argument("--match", action="store_true", help=_("不导入，只再自动勾对一次"))
    command.add_argument("--confirm", action="store_true", help=_("确认余额调节表，用 --as 指明签字的人（不能是出纳）"))
    command.add_argument("--reason", default="", help=_("两边差额的原因"))
    command.add_argument("--format", choices=formats, default="csv", help=_("格式"))
    command.add_argument("--json", dest="format", action="store_const", const="json", help=_("同 --format json"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))


def run_reconcile(arguments: Arguments) -> int:
    """`reconcile`: exit 4 when both adjusted balances differ."""
    from villagebooks.services.bank import confirm_reconciliation, import_statement, match_automatically, read_bank
    from villagebooks.services.bank.printing import print_reconciliation, reconciliation_bytes, sheet_of
    from villagebooks.services.bank.statement import statement_words
    from villagebooks.services.desk import refuse_future

    desk, account = desk_of(arguments, arguments.period), arguments.account
    refuse_future(desk)
    if arguments.statement:
        kept = import_statement(desk, account, arguments.statement, opening_fen=_opening(arguments.opening))
        complain(_("已导入 {what}").format(what=statement_words(kept)))
    if arguments.statement or arguments.match:
        made = match_automatically(desk, account)
        complain(_("自动勾对 {n} 组").format(n=len(made)))
    if arguments.confirm:
        signers = unlocked_signers(arguments, desk.office)
        if len(signers) != 1:
            raise Refused([Problem(_("确认由一个人签字：请用 --as 指明代理会计或中心主任"))])
        confirm_reconciliation(desk, account, signers[0], arguments.reason)
        complain(_("{month} 的余额调节表已确认").format(month=arguments.period))
    sheet = sheet_of(read_bank(desk, account))
    if arguments.format == "pdf":
        print_reconciliation(desk, account, out_file(arguments))
    else:
        deliver(arguments, reconciliation_bytes(sheet, arguments.format))
    return NOTHING if sheet.unknown_fen else DONE


def _opening(text: str) -> int | None:
    from villagebooks.core.money import read_yuan

    fen = read_yuan(text) if text else None
    if text and fen is None:
        raise Refused([Problem(_("期初余额“{text}”不是金额").format(text=text[:20]))])
    return fen
