"""The command line: the services without a window (DESIGN §6); `--help` answers at once because commands import late.

Exit codes: 0 done, 1 refused (problems on stderr, one a line), 2 usage, 3 trouble, 4 not verified or nothing found.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from villagebooks.core.period import Month, Span, read_month, read_span
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.words import _, use_language

DONE, REFUSED, USAGE, TROUBLE, NOTHING = range(5)
VARIABLE = "VILLAGEBOOKS_BOOKS"
PDF = "pdf"
FORMATS = ("csv", "json", "xlsx", PDF)
ALL = "all"

Arguments = argparse.Namespace
Command = Callable[[Arguments], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    words = list(sys.argv[1:] if argv is None else argv)
    _speak(words)
    arguments = build_parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except Refused as refused:
        _complain(*map(str, refused.problems))
        return REFUSED
    except Trouble as trouble:
        _complain(str(trouble))
        return TROUBLE
    except KeyboardInterrupt:
        _complain(_("已中断，没有做完的事没有留下痕迹"))
        return TROUBLE
    except BrokenPipeError:
        # whoever read our output has had enough; Python would complain again when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _speak(words: Sequence[str]) -> None:
    """Choose the language before the help is built, since the help is in it."""
    for place, word in enumerate(words):
        lang = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            lang = words[place + 1]
        if lang and lang != "zh":
            from villagebooks.paths import open_catalogue

            use_language(open_catalogue(lang))


def _complain(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


# What arguments mean


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


def build_parser() -> argparse.ArgumentParser:
    """The whole contract as a parser; every command carries its function as `run`."""
    parser = argparse.ArgumentParser(prog="villagebooks", description=_("村账：不写命令就打开窗口"), add_help=False)
    _add_globals(parser, None)
    parser.set_defaults(run=_open_window)
    commands = parser.add_subparsers(metavar="COMMAND", title=_("命令"))

    def add(name: str, run: Command, words: str, parent: Any = commands) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = parent.add_parser(name, help=words, description=words, add_help=False)
        _add_globals(command, argparse.SUPPRESS)
        command.set_defaults(run=run)
        return command

    def group(name: str, words: str) -> Any:
        command = add(name, _open_window, words)
        return command.add_subparsers(metavar="COMMAND", required=True, title=_("命令"))

    _add_acts(add)
    _add_reports(add)
    query = group("query", _("查询库：导出、查人"))
    _add_query(add, query)
    export = group("export", _("导出，从不拒绝"))
    for name, run, words in (
        ("csv", _export_csv, _("三张表，能原样再导入")),
        ("xlsx", _export_xlsx, _("每个账套一个 Excel 文件")),
        ("hledger", _export_hledger, _("每个账套一个日记账文件")),
    ):
        command = add(name, run, words, export)
        command.add_argument("--book", default=ALL, help=_("账套代码，或 all"))
        command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    return parser


def _add_globals(parser: argparse.ArgumentParser, default: object) -> None:
    """Options of every command; they may stand before or behind its name."""
    parser.add_argument("-h", "--help", action="help", help=_("显示帮助"))
    books = _("账套文件或服务器地址；默认取 {v}").format(v=VARIABLE)
    parser.add_argument("--books", metavar="PATH|URL", default=default, help=books)
    parser.add_argument("--as", dest="people", metavar="PERSON", action="append", default=default, help=_("签字的人"))
    parser.add_argument("--passphrase-fd", type=int, metavar="N", default=default, help=_("从这个文件描述符逐行读口令"))
    parser.add_argument("--lang", choices=("zh", "en"), default=default, help=_("界面语言"))


def _add_acts(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("demo", _demo, _("建演示乡镇，走完一个月"))
    command.add_argument("--out", type=Path, default=Path("demo-out"), help=_("文件夹"))
    command.add_argument("--no-window", action="store_true", help=_("做完不打开窗口"))
    command = add("new", _new, _("建立新的空账套文件"))
    command.add_argument("--township", required=True, help=_("乡镇名称"))
    command.add_argument("--code", default="", help=_("乡镇代码"))
    command = add("copy", _copy, _("把账套原样搬到新的文件或服务器"))
    command.add_argument("--to", required=True, metavar="PATH|URL", help="postgresql://USER@HOST/DATABASE?files=DIR")
    command = add("import", _import, _("导入三张表，要么全部，要么一行不进"))
    command.add_argument("folder", type=Path, metavar="DIR", help=_("存放 villages、accounts、lines 三张表的文件夹"))
    command = add("check", _check, _("自查账套"))
    command.add_argument("--book", default=ALL, help=_("账套代码，或 all"))
    command.add_argument("--deep", action="store_true", help=_("逐行核对日志、签字和附件"))
    command.add_argument("--list", action="store_true", help=_("列出每条规则：为什么、怎么办"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))
    command = add("close", _close, _("结账"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--period", type=_month, required=True, help="YYYY-MM")
    command.add_argument("--check", action="store_true", help=_("只列出还不能结账的事"))
    command = add("disclose", _disclose, _("出公开榜"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--period", type=_month, required=True, help="YYYY-MM")
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    command.add_argument("--paper", choices=("A3", "A4"), default="A3", help=_("纸张"))
    command = add("verify", _verify, _("核验查询库、报账包、备份文件"))
    command.add_argument("file", type=Path, metavar="FILE", help=_("文件"))
    command.add_argument("--root", default="", metavar="FPR", help=_("墙上的指纹"))
    command.add_argument("--keys", type=Path, metavar="FILE", help=_("钥匙名录"))
    command.add_argument("--code", default="", help=_("榜脚的本期码"))


def _add_reports(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add("trial-balance", _trial_balance, _("科目余额表"))
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    _add_span(command)
    command.add_argument("--level", type=_level, help=_("到第几级科目"))
    _add_output(command)
    command = add("statement", _statement, _("资产负债表、收益及收益分配表"))
    command.add_argument("kind", choices=(BALANCE_SHEET, INCOME), help=_("报表"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--period", type=_span, required=True, help="2026-09, 2026-Q3, 2026")
    _add_output(command)
    command = add("ledger", _ledger, _("明细账"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--account", required=True, metavar="CODE", help=_("科目代码"))
    command.add_argument("--party", help=_("只看一个往来单位（个人）"))
    _add_span(command)
    _add_output(command)
    command = add("vouchers", _vouchers, _("凭证目录，或打印凭证（pdf）"))
    command.add_argument("--book", required=True, help=_("账套代码"))
    command.add_argument("--period", type=_span, required=True, help="2026-09, 2026-Q3, 2026")
    _add_output(command)


def _add_query(add: Callable[..., argparse.ArgumentParser], parent: object) -> None:
    command = add("export", _query_export, _("导出查询库"), parent)
    command.add_argument("--book", required=True, help=_("账套代码，或 all"))
    command.add_argument("--out", type=Path, required=True, help=_("文件夹"))
    command = add("lookup", _query_lookup, _("按身份证号查一个人"), parent)
    command.add_argument("file", type=Path, metavar="FILE", help=_("查询库文件"))
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


# Where the books are, who signs, where output goes


def _place(arguments: Arguments) -> Path | str:
    from villagebooks.services.recent import last_books, read_place

    text = arguments.books or os.environ.get(VARIABLE) or last_books()
    if not text:
        raise Trouble(_("请用 --books 指明账套文件"))
    return read_place(text)


def _office(arguments: Arguments) -> Any:
    from villagebooks.services.desk import open_office

    return open_office(_place(arguments))


def _desk(arguments: Arguments, month: Month) -> Any:
    from villagebooks.services.desk import open_desk

    return open_desk(_office(arguments), arguments.book, month)


def _signers(arguments: Arguments, office: Any) -> list[Any]:
    """Everybody of `--as`, unlocked with passphrases from the descriptor (one a line, in order) or from the prompt."""
    from villagebooks.services.key import unlock

    people = arguments.people or []
    words = _passphrases(arguments, [_("{name}的口令：").format(name=name) for name in people])
    return [unlock(office.books, name, one) for name, one in zip(people, words, strict=True)]


def _passphrases(arguments: Arguments, prompts: Sequence[str]) -> list[str]:
    """One passphrase a prompt, from the descriptor (one a line, in order) or typed without an echo."""
    import warnings
    from getpass import GetPassWarning, getpass

    if arguments.passphrase_fd is None:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)  # it would type the passphrase in clear
            try:
                return [getpass(prompt) for prompt in prompts]
            except (EOFError, GetPassWarning) as error:
                raise Trouble(_("没有终端可以输口令，请用 --passphrase-fd")) from error
    try:
        with os.fdopen(arguments.passphrase_fd, encoding="utf-8") as file:
            found = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(_("从 --passphrase-fd 读不出口令")) from error
    if len(found) < len(prompts):
        raise Trouble(_("给的口令不够，每个签字的人一行"))
    return found[: len(prompts)]


def _out(arguments: Arguments) -> Path:
    """The file of a format that is no text for a screen; Trouble without `--out`."""
    out: Path | None = arguments.out
    if out is None:
        raise Trouble(_("这种格式请用 --out 写到文件"))
    return out


def _deliver(arguments: Arguments, content: bytes) -> int:
    """Write to `--out` whole or not at all, else to stdout."""
    if arguments.out:
        from villagebooks.services.file import save_file

        save_file(arguments.out, content)
    elif arguments.format == "xlsx":
        _out(arguments)
    else:
        sys.stdout.write(content.decode())
    return DONE


# The commands


def _open_window(arguments: Arguments) -> int:
    from villagebooks.app import run_desktop
    from villagebooks.services.recent import read_place

    text = arguments.books or os.environ.get(VARIABLE)
    return int(run_desktop(read_place(text) if text else None))


def _new(arguments: Arguments) -> int:
    from villagebooks.services.office import create_office
    from villagebooks.services.recent import remember_books

    place = _place(arguments)
    books = create_office(place, arguments.township, arguments.code).books
    remember_books(books.place)
    print(_("已建立 {path}").format(path=books.address or place))
    return DONE


def _copy(arguments: Arguments) -> int:
    from villagebooks.services.books import copy_office
    from villagebooks.services.recent import read_place

    copy = copy_office(_office(arguments), read_place(arguments.to))
    print(_("已搬到 {path}，日志的头和自查与原来的一样").format(path=copy.books.place))
    return DONE


def _import(arguments: Arguments) -> int:
    from villagebooks.services.history import import_history

    def progress(done: int, size: int) -> None:
        if sys.stderr.isatty() and size:
            print(f"\r{done * 100 // size:3d} %", end="\n" if done == size else "", file=sys.stderr, flush=True)

    report = import_history(_office(arguments), arguments.folder, progress)
    _complain(*(_("提示：{what}").format(what=notice) for notice in report.notices))
    text = _("已导入 {books} 个账套、{vouchers} 张凭证、{lines} 行分录、{people} 人")
    print(text.format(books=report.books, vouchers=report.vouchers, lines=report.lines, people=report.people))
    return DONE


def _trial_balance(arguments: Arguments) -> int:
    from villagebooks.services.ledger import trial_balance
    from villagebooks.services.report import trial_balance_bytes

    office = _office(arguments)
    report = trial_balance(office, arguments.book, arguments.first, arguments.last, arguments.level)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_trial_balance

        print_trial_balance(office, report, _out(arguments))
        return DONE
    return _deliver(arguments, trial_balance_bytes(report, arguments.format))


def _statement(arguments: Arguments) -> int:
    from villagebooks.services.report import statement_bytes
    from villagebooks.services.statement import statement

    desk = _desk(arguments, arguments.period.last)
    report = statement(desk, arguments.kind, arguments.period)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_statement

        print_statement(desk.office, report, _out(arguments))
        return DONE
    return _deliver(arguments, statement_bytes(report, arguments.format))


def _ledger(arguments: Arguments) -> int:
    from villagebooks.services.ledger import ledger
    from villagebooks.services.report import ledger_bytes

    desk = _desk(arguments, arguments.last)
    report = ledger(desk, arguments.account, arguments.first, arguments.last, arguments.party)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_ledger

        print_ledger(desk, report, _out(arguments))
        return DONE
    return _deliver(arguments, ledger_bytes(report, arguments.format))


def _vouchers(arguments: Arguments) -> int:
    from villagebooks.services.report import months_of, vouchers_bytes
    from villagebooks.services.voucher import list_vouchers

    desk = _desk(arguments, arguments.period.last)
    if arguments.format == PDF:
        from villagebooks.services.printout import print_vouchers

        print_vouchers(desk, arguments.period, _out(arguments))
        return DONE
    heads = [head for month in months_of(arguments.period) for head in list_vouchers(desk.at(month))]
    return _deliver(arguments, vouchers_bytes(heads, arguments.format))


def _check(arguments: Arguments) -> int:
    from villagebooks.services.check import ERROR, check_books, check_rules
    from villagebooks.services.report import findings_bytes

    words = {ERROR: _("错误")}
    if arguments.list:
        for rule in check_rules().values():
            print(f"{words.get(rule.severity, _('提示'))} {rule.name} {rule.title}：{rule.why}{rule.act}{rule.article}")
        return DONE
    findings = check_books(_office(arguments), arguments.book, arguments.deep)
    if arguments.json:
        sys.stdout.write(findings_bytes(findings, "json").decode())
    else:
        for one in findings:
            print(f"{words.get(one.severity, _('提示'))} {one.book} {one}（{one.title}）")
        if not findings:
            print(_("没有发现问题"))
    return NOTHING if any(one.severity == ERROR for one in findings) else DONE


def _verify(arguments: Arguments) -> int:
    from villagebooks.services.query import verify

    known = arguments.books or os.environ.get(VARIABLE)
    office = _office(arguments) if known and not arguments.root and not arguments.keys else None
    report = verify(arguments.file, arguments.root, arguments.keys, office, arguments.code)
    for line in (*report.header, *(_("签名：{name}").format(name=name) for name in report.signers)):
        print(line)
    if report.root:
        print(_("总钥匙指纹：{root}").format(root=report.root))
    _complain(*report.problems)
    if report.problems:
        return NOTHING
    if not report.rooted:
        _complain(_("其余都对；没有指明总钥匙，请把上面的指纹与墙上的核对"))
        return NOTHING
    if arguments.code and report.code_found is None:
        _complain(_("文件里没有这个本期码"))
        return NOTHING
    print(_("核验通过"))
    return DONE


def _export_csv(arguments: Arguments) -> int:
    from villagebooks.services.export import export_csv

    report = export_csv(_office(arguments), arguments.book, arguments.out)
    for path in report.paths:
        print(path)
    _complain(*(_("提示：{what}").format(what=notice) for notice in report.notices))
    return DONE


def _export_xlsx(arguments: Arguments) -> int:
    from villagebooks.services.export import export_xlsx

    for path in export_xlsx(_office(arguments), arguments.book, arguments.out):
        print(path)
    return DONE


def _export_hledger(arguments: Arguments) -> int:
    from villagebooks.services.export import export_hledger

    for path in export_hledger(_office(arguments), arguments.book, arguments.out):
        print(path)
    return DONE


def _close(arguments: Arguments) -> int:
    from villagebooks.core.problem import Problem
    from villagebooks.services.closing import close_books

    office, signer = _office(arguments), None
    if not arguments.check:
        if len(arguments.people or ()) != 1:
            raise Refused([Problem(_("结账由一个人签字：请用 --as 指明代理会计或中心主任"))])
        signer = _signers(arguments, office)[0]
    results = close_books(office, arguments.book, arguments.period, signer)
    for one in results:
        _complain(*(f"{one.book} {problem}" for problem in one.problems))
        for warning in one.warnings:
            print(_("提示：{what}").format(what=f"{one.book} {warning}"))
        if one.closed:
            print(_("{book} {month} 已结账").format(book=one.book, month=arguments.period))
    return REFUSED if any(one.problems for one in results) else DONE


def _disclose(arguments: Arguments) -> int:
    from villagebooks.services.disclosure import disclose

    office = _office(arguments)
    keys = _signers(arguments, office)
    for path in disclose(office, arguments.book, arguments.period, arguments.out, arguments.paper, keys):
        print(path)
    return DONE


def _query_export(arguments: Arguments) -> int:
    from villagebooks.core.period import month_of
    from villagebooks.services.desk import list_books, open_desk
    from villagebooks.services.query import export_query_file

    office = _office(arguments)
    signers = _signers(arguments, office)
    codes = [one.code for one in list_books(office)] if arguments.book == ALL else [arguments.book]
    for code in codes:
        desk = open_desk(office, code, month_of(office.books.clock().date()))
        print(export_query_file(desk, signers, arguments.out))
    return DONE


def _query_lookup(arguments: Arguments) -> int:
    from villagebooks.services.query import NotVerified, lookup_person, open_reader

    reader = open_reader(arguments.reader, lambda: _passphrases(arguments, [_("查询钥匙的口令：")])[0])
    number = sys.stdin.readline().strip() if arguments.number == "-" else arguments.number
    try:
        found = lookup_person(arguments.file, reader, number, arguments.code)
    except NotVerified as error:
        _complain(str(error))
        return NOTHING
    if found is None:
        _complain(_("没有查到"))
        return NOTHING
    try:
        print(_lookup_text(found, arguments.json))
    finally:
        found.close()
    return DONE


def _lookup_text(found: Any, as_json: bool) -> str:
    """What the person sees: who and where, the own account, the own lines; amounts in yuan."""
    from villagebooks.core.money import yuan_text

    items = [
        {"day": one.day, "kind": one.kind, "words": one.words, "debit": yuan_text(one.debit_fen),
         "credit": yuan_text(one.credit_fen)}
        for one in found.items
    ]  # fmt: skip
    if as_json:
        person = {
            "name": found.name, "household": found.household, "village": found.village, "book": found.title.book,
            "asof": found.title.asof.isoformat(), "balance": yuan_text(found.balance_fen), "items": items,
        }  # fmt: skip
        return json.dumps(person, ensure_ascii=False, indent=1)
    head = _("{village} {household} 户 {name}，数据截至 {asof}").format(
        village=found.village, household=found.household, name=found.name, asof=found.title.asof
    )
    lines = [f"{one['day']}  {one['words']}  {one['debit']}  {one['credit']}" for one in items]
    return "\n".join([head, *lines])


def _demo(arguments: Arguments) -> int:
    from villagebooks.services.demo import run_demo
    from villagebooks.services.display import has_display
    from villagebooks.services.recent import remember_books

    result = run_demo(arguments.out, _complain)
    remember_books(result.books)
    print(json.dumps(result.record, ensure_ascii=False), flush=True)
    if not arguments.no_window and has_display():
        from villagebooks.app import run_desktop

        return int(run_desktop(result.books))
    return DONE
