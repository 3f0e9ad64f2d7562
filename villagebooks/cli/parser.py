"""The contract as a parser: every command with its options, each carrying its function as `run`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.account import run_accounts
from villagebooks.cli.act import (
    run_check,
    run_close,
    run_copy,
    run_demo,
    run_disclose,
    run_import,
    run_new,
    run_open_window,
)
from villagebooks.cli.bank import add_reconcile
from villagebooks.cli.batch import add_batch
from villagebooks.cli.cancellation import add_cancellations
from villagebooks.cli.cover import run_cover
from villagebooks.cli.inbox import add_inbox
from villagebooks.cli.journal import add_journal
from villagebooks.cli.layout import add_layout
from villagebooks.cli.manual import add_manual
from villagebooks.cli.person import add_people
from villagebooks.cli.place import ALL, VARIABLE, Arguments
from villagebooks.cli.policy import add_policy
from villagebooks.cli.proof import add_proof
from villagebooks.cli.query import run_query_export, run_query_lookup, run_query_renew
from villagebooks.cli.report import (
    run_budget,
    run_export_csv,
    run_export_hledger,
    run_export_xlsx,
    run_ledger,
    run_ledgers,
    run_trial_balance,
    run_vouchers,
)
from villagebooks.cli.slip import add_slip
from villagebooks.cli.statement import KINDS, PDF, add_township, run_statement
from villagebooks.cli.succession import add_succession
from villagebooks.cli.usage import Parser, count, place
from villagebooks.core.book import STANDARDS
from villagebooks.core.cover import A4, VOUCHER_SIZE
from villagebooks.core.cover import KINDS as COVERS
from villagebooks.core.ledger import AGEING, BALANCE, OF_AN_ACCOUNT, kind_names
from villagebooks.core.period import Month, Span, read_month, read_span
from villagebooks.core.stationery import A5, VOUCHER_SHEETS, voucher_sheet_names
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.core.words import _

FORMATS = ("csv", "json", "xlsx", PDF)

Command = Callable[[Arguments], int]


def _month(text: str) -> Month:
    month = read_month(text)
    if month is None:
        raise argparse.ArgumentTypeError(_("“{text}”不是月份，应写成 2026-09").format(text=text))
    return month


def _span(text: str) -> Span:
    span = read_span(text)
    if span is None:
        raise argparse.ArgumentTypeError(_("“{text}”不是期间，应写成 2026-09、2026-Q3 或 2026").format(text=text))
    return span


def _level(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9):
        raise argparse.ArgumentTypeError(_("级次应是 1 至 9"))
    return int(text)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= 1900):
        raise argparse.ArgumentTypeError(_("“{text}”不是年度，应写成 2026").format(text=text))
    return int(text)


def _bounds(text: str) -> tuple[int, ...]:
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        raise argparse.ArgumentTypeError(_("“{text}”不是几个月数，应写成 12,24,36").format(text=text))
    return tuple(map(int, parts))


def build_parser() -> argparse.ArgumentParser:
    """The whole contract as a parser; every command carries its function as `run`."""
    parser = Parser(prog="villagebooks", description=_("村账：不写命令就打开窗口"), add_help=False)
    _add_globals(parser, None)
    parser.set_defaults(run=run_open_window)
    commands = parser.add_subparsers(metavar="COMMAND", title=_("命令"))

    def add(name: str, run: Command, words: str, parent: Any = commands) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = parent.add_parser(name, help=words, description=words, add_help=False)
        _add_globals(command, argparse.SUPPRESS)
        command.set_defaults(run=run)
        return command

    def group(name: str, words: str) -> Any:
        command = add(name, run_open_window, words)
        return command.add_subparsers(metavar="COMMAND", required=True, title=_("命令"))

    _add_acts(add)
    _add_reports(add)
    _add_accounts(add)
    add_batch(add)
    add_inbox(add)
    add_reconcile(add, _month, FORMATS)
    add_journal(add)
    add_cancellations(add, _span)
    add_slip(add)
    add_succession(add, _month)
    add_layout(add, group("layout", _("报表格式：看、检查、导入、启用")), _month, " ".join(KINDS[:2]))
    add_policy(add, group("policy", _("审批办法：看、打印权责清单、检查、启用")))
    add_people(add, group)
    query = group("query", _("查询库：导出、查人"))
    _add_query(add, query)
    export = group("export", _("导出，从不拒绝"))
    for name, run, words in (
        ("csv", run_export_csv, _("三张表，能原样再导入")),
        ("xlsx", run_export_xlsx, _("每个账套一个 Excel 文件")),
        ("hledger", run_export_hledger, _("每个账套一个日记账文件")),
    ):
        command = add(name, run, words, export)
        command.add_argument("--book", default=ALL, help=_("账套代码，或 all"))
        command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    add_proof(add, export)
    add_manual(add)
    return parser


def _add_globals(parser: argparse.ArgumentParser, default: object) -> None:
    """Options of every command; they may stand before or behind its name."""
    parser.add_argument("-h", "--help", action="help", help=_("显示帮助"))
    books = _("账套文件或服务器地址；默认取 {v}").format(v=VARIABLE)
    parser.add_argument("--books", metavar="PATH|URL", type=place, default=default, help=books)
    parser.add_argument("--as", dest="people", metavar="PERSON", action="append", default=default, help=_("签字的人"))
    parser.add_argument(
        "--passphrase-fd", type=count, metavar="N", default=default, help=_("从这个文件描述符逐行读口令")
    )
    parser.add_argument("--lang", choices=("zh", "en"), default=default, help=_("界面语言"))


def _add_acts(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("demo", run_demo, _("建演示乡镇，走完一个月"))
    command.add_argument("--out", type=Path, default=Path("demo-out"), help=_("文件夹"))
    command.add_argument("--no-window", action="store_true", help=_("做完不打开窗口"))
    command = add("new", run_new, _("建立新的空账套文件"))
    command.add_argument("--township", required=True, help=_("乡镇名称"))
    command.add_argument("--code", default="", help=_("乡镇代码"))
    command = add("copy", run_copy, _("把账套原样搬到新的文件或服务器"))
    command.add_argument("--to", required=True, metavar="PATH|URL", help="postgresql://USER@HOST/DATABASE?files=DIR")
    command = add("import", run_import, _("导入三张表，要么全部，要么一行不进"))
    command.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help=_("存放 villages、accounts、lines 三张表的文件夹；只有 people 一张就只导入名册"),
    )
    command = add("check", run_check, _("自查账套"))
    command.add_argument("--book", default=ALL, help=_("账套代码，或 all"))
    command.add_argument("--deep", action="store_true", help=_("逐行核对日志、签字和附件"))
    command.add_argument("--list", action="store_true", help=_("列出每条规则：为什么、怎么办"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))
    command = add("budget", run_budget, _("预算执行表：年初计划、调整、今年到现在"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--period", type=_month, required=True, help="YYYY-MM")
    command.add_argument("--format", choices=("csv", "json", "xlsx"), default="csv", help=_("格式"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))
    command = add("close", run_close, _("结账"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--period", type=_month, required=True, help="YYYY-MM")
    command.add_argument("--check", action="store_true", help=_("只列出还不能结账的事"))
    command = add("disclose", run_disclose, _("出公开榜"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--period", type=_month, required=True, help="YYYY-MM")
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    command.add_argument("--paper", choices=("A3", "A4"), default="A3", help=_("纸张"))


def _add_reports(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("trial-balance", run_trial_balance, _("科目余额表"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    _add_span(command)
    command.add_argument("--level", type=_level, help=_("到第几级科目"))
    dimensions = _("末级科目下再列辅助核算：全部，或其中几种")
    command.add_argument("--dimensions", nargs="*", choices=DIMENSIONS, metavar="DIMENSION", help=dimensions)
    add_township(command)
    _add_output(command)
    command = add("statement", run_statement, _("资产负债表、收益及收益分配表、收支明细表、权益变动表、附注"))
    command.add_argument("kind", choices=KINDS, help=_("报表"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all（汇总）"))
    command.add_argument("--period", type=_span, required=True, help="2026-09, 2026-Q3, 2026")
    command.add_argument("--report", default="", metavar="CODE", help=_("自编报表的代码（用于 own）"))
    add_township(command)
    _add_output(command)
    _add_ledgers(add)
    command = add("cover", run_cover, _("装订封面、凭证目录（PDF）"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all（一个账套一个文件）"))
    command.add_argument("--period", type=_span, required=True, help="2026-09, 2026-Q3, 2026")
    command.add_argument("--of", choices=COVERS, default=COVERS[0], help=_("凭证、目录、账簿还是报表"))
    command.add_argument("--paper", choices=(A4, VOUCHER_SIZE), default=A4, help=_("纸张"))
    command.add_argument("--each", type=count, default=0, metavar="N", help=_("每册多少张凭证，不写就一个月一册"))
    command.add_argument("--out", type=Path, required=True, metavar="F", help=_("PDF 文件；all 时是文件夹"))
    command = add("vouchers", run_vouchers, _("凭证目录，或打印凭证（pdf）"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--period", type=_span, required=True, help="2026-09, 2026-Q3, 2026")
    command.add_argument("--gaps", action="store_true", help=_("断号报告：每月每字用了、作废、缺的号码"))
    papers = _("、").join(f"{name} {words}" for name, words in voucher_sheet_names().items())
    command.add_argument(
        "--paper", choices=VOUCHER_SHEETS, default=A5, help=_("凭证的纸：{papers}").format(papers=papers)
    )
    _add_output(command)


def _add_ledgers(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("ledger", run_ledger, _("明细账；用 --kind 看总账、日记账、多栏账、数量金额账、往来账龄"))
    command.add_argument("--book", required=True, help=_("账套代码；带 --kind 时可用 all"))
    command.add_argument("--account", metavar="CODE", help=_("科目代码；带 --kind 时不写就是每个科目"))
    command.add_argument("--party", help=_("只看一个往来单位（个人）"))
    _add_span(command)
    names = _("、").join(f"{kind} {name}" for kind, name in kind_names().items() if kind != BALANCE)
    command.add_argument("--kind", choices=(*OF_AN_ACCOUNT, AGEING), help=names)
    command.add_argument("--level", type=_level, help=_("多栏账：栏目到第几级科目，默认末级"))
    command.add_argument("--side", choices=("D", "C"), help=_("多栏账：分析借方还是贷方，默认按科目的方向"))
    command.add_argument("--bounds", type=_bounds, metavar="MONTHS", help=_("往来账龄：分段的月数，默认 12,24,36"))
    _add_output(command)
    command = add("ledgers", run_ledgers, _("一年的全部账簿，每个账套一个 PDF"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--year", type=_year, required=True, metavar="YYYY", help=_("年度"))
    command.add_argument("--kind", action="append", choices=(*OF_AN_ACCOUNT, AGEING, BALANCE), help=_("只要这些种类"))
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))


def _add_accounts(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("accounts", run_accounts, _("科目表；与统一科目比较；照统一科目改"))
    command.add_argument("--book", default=ALL, help=_("账套代码，或 all"))
    command.add_argument("--compare", action="store_true", help=_("与统一科目的差别"))
    command.add_argument("--apply", action="store_true", help=_("照统一科目补科目、改名称和辅助核算"))
    command.add_argument("--unified", type=Path, metavar="CSV", help=_("把一张 accounts.csv 定为新一版统一科目"))
    command.add_argument("--standard", choices=STANDARDS, default=STANDARDS[0], help=_("统一科目的会计制度"))
    _add_output(command)


def _add_query(add: Callable[..., argparse.ArgumentParser], parent: object) -> None:
    command = add("export", run_query_export, _("导出查询库"), parent)
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    command = add("renew", run_query_renew, _("换总钥匙以后，让查询设备的钥匙文件认新的总钥匙"), parent)
    command.add_argument("file", type=Path, metavar="KEYFILE", help=_("查询钥匙文件，原地更新"))
    command = add("lookup", run_query_lookup, _("按身份证号查一个人"), parent)
    command.add_argument("file", type=Path, metavar="FILE|DIR", help=_("查询库文件，或放着各账套查询库文件的文件夹"))
    command.add_argument("--reader", type=Path, required=True, metavar="KEYFILE", help=_("查询钥匙文件"))
    command.add_argument("--id", required=True, dest="number", metavar="ID", help=_("身份证号；- 表示从标准输入读"))
    command.add_argument("--code", default="", help=_("户查询码"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))


def _add_span(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="first", type=_month, required=True, metavar="YYYY-MM", help=_("起月"))
    command.add_argument("--to", dest="last", type=_month, required=True, metavar="YYYY-MM", help=_("止月"))


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="csv", help=_("格式"))
    command.add_argument("--json", dest="format", action="store_const", const="json", help=_("同 --format json"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))
