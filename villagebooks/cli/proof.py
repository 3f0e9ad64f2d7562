"""Commands of what others verify: proofs of vouchers, chains of the log, and `verify` itself."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, NOTHING, USAGE, VARIABLE, Arguments, complain, office_of
from villagebooks.core.words import _


def add_proof(add: Callable[..., argparse.ArgumentParser], export: Any) -> None:
    """`verify`, and `export proof|chain` under the group `export`."""
    words = _("核验查询库、公开榜的二维码文字、凭证证明、日志链、报账包、备份文件")
    command = add("verify", run_verify, words)
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help=_("文件；不写就在账套里找 --code 是哪一期"))
    command.add_argument("--root", default="", metavar="FPR", help=_("墙上的指纹"))
    command.add_argument("--keys", type=Path, metavar="FILE", help=_("钥匙名录"))
    command.add_argument("--code", default="", help=_("榜脚的本期码"))
    command.add_argument("--journal", type=Path, metavar="FILE", help=_("用来对照的日志链（export chain）"))
    command = add("proof", run_export_proof, _("凭证证明：一张凭证和它的签字，没有账套也能核验"), export)
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--voucher", required=True, metavar="UID|2026-09记12", help=_("凭证"))
    command.add_argument("--out", type=Path, required=True, metavar="F", help=_("文件（.json）"))
    command = add("chain", run_export_chain, _("日志链：一个账套的操作日志，一条一行"), export)
    command.add_argument("--book", required=True, help=_("账套代码；office 是办公室的日志"))
    command.add_argument("--out", type=Path, required=True, metavar="F", help=_("文件（.jsonl）"))


def run_export_proof(arguments: Arguments) -> int:
    """`export proof`: a voucher with its signatures."""
    from villagebooks.core.period import Month
    from villagebooks.services.desk import open_desk
    from villagebooks.services.proof import export_proof, find_voucher

    desk = open_desk(office_of(arguments), arguments.book, Month(2000, 1))
    print(export_proof(desk, find_voucher(desk, arguments.voucher), arguments.out))
    return DONE


def run_export_chain(arguments: Arguments) -> int:
    """`export chain`: a chain of the log."""
    from villagebooks.services.proof import export_chain

    print(export_chain(office_of(arguments), arguments.book, arguments.out))
    return DONE


def run_verify(arguments: Arguments) -> int:
    """`verify`: verify a file that left the office, or find the sheet of a code; exit 4 when it does not hold."""
    from villagebooks.services.verify import find_sheet, verify

    known = arguments.books or os.environ.get(VARIABLE)
    if arguments.file is None:
        if not arguments.code:
            complain(_("请写要核验的文件，或用 --code 写榜脚的本期码"))
            return USAGE
        return _tell(arguments, find_sheet(office_of(arguments), arguments.code))
    office = office_of(arguments) if known and not arguments.root and not arguments.keys else None
    given = (arguments.root, arguments.keys, office, arguments.code, arguments.journal)
    return _tell(arguments, verify(arguments.file, *given))


def _tell(arguments: Arguments, report: Any) -> int:
    for line in (*report.header, *(_("签名：{name}").format(name=name) for name in report.signers)):
        print(line)
    if report.root:
        print(_("总钥匙指纹：{root}").format(root=report.root))
    complain(*report.problems)
    if report.problems:
        return NOTHING
    if not report.rooted:
        if report.root:
            complain(_("其余都对；没有指明总钥匙，请把上面的指纹与墙上的核对"))
        else:
            complain(_("日志自身连贯；没有签名可核对，请用 --journal 或打开账套来对照，或把链值与公开榜核对"))
        return NOTHING
    if arguments.code and report.code_found is None:
        complain(_("文件里没有这个本期码"))
        return NOTHING
    if report.code_found:
        print(_("本期码是 {period} 这一期公开榜的").format(period=report.code_found))
    print(_("核验通过"))
    return DONE
