"""The command of approval slips."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from villagebooks.cli.place import DONE, USAGE, Arguments, complain, office_of
from villagebooks.core.words import _


def add_slip(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`slip`: print one, or find the voucher of a code."""
    command = add("slip", run_slip, _("审批单：打印，或按号码找到凭证"))
    command.add_argument("--book", default="", help=_("账套代码"))
    command.add_argument("--voucher", default="", metavar="UID|2026-09记12", help=_("凭证"))
    command.add_argument("--out", type=Path, metavar="F", help=_("PDF 文件"))
    command.add_argument("--find", default="", metavar="CODE", help=_("审批单号：是哪张凭证的"))


def run_slip(arguments: Arguments) -> int:
    """`slip`: print the slip of a voucher, or tell whose a code is."""
    from villagebooks.core.period import Month
    from villagebooks.services.desk import open_desk
    from villagebooks.services.proof import find_voucher
    from villagebooks.services.slip import find_slip, print_slip
    from villagebooks.services.voucher import read_voucher

    office = office_of(arguments)
    if arguments.find:
        found = find_slip(office, arguments.find)
        voucher = read_voucher(open_desk(office, found.book, Month(2000, 1)), found.voucher)
        print(f"{found.book} {voucher.month} {voucher.title} {found.voucher}")
        if not found.current:
            complain(_("凭证在打印以后改过，这张审批单不能再用"))
        return DONE
    if not (arguments.book and arguments.voucher and arguments.out):
        complain(_("打印审批单请写 --book、--voucher 和 --out；找凭证请写 --find"))
        return USAGE
    desk = open_desk(office, arguments.book, Month(2000, 1))
    print(print_slip(desk, find_voucher(desk, arguments.voucher), arguments.out))
    return DONE
