"""Commands that change something, check it, or open the window."""

from __future__ import annotations

import json
import os
import sys

from villagebooks.cli.place import (
    DONE,
    NOTHING,
    REFUSED,
    VARIABLE,
    Arguments,
    books_place,
    complain,
    office_of,
    progress_on_stderr,
    unlocked_signers,
)
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.words import _


def run_open_window(arguments: Arguments) -> int:
    """No command: the desktop."""
    from villagebooks.app import run_desktop
    from villagebooks.services.recent import read_place

    text = arguments.books or os.environ.get(VARIABLE)
    return int(run_desktop(read_place(text) if text else None, arguments.lang or ""))


def run_demo(arguments: Arguments) -> int:
    """`demo`: make the demo township and walk a month."""
    from villagebooks.services.demo import run_demo
    from villagebooks.services.display import has_display
    from villagebooks.services.recent import remember_books

    result = run_demo(arguments.out, complain)
    remember_books(result.books)
    print(json.dumps(result.record, ensure_ascii=False), flush=True)
    if not arguments.no_window and has_display():
        from villagebooks.app import run_desktop

        return int(run_desktop(result.books, arguments.lang or ""))
    return DONE


def run_new(arguments: Arguments) -> int:
    """`new`: make empty books."""
    from villagebooks.services.office import create_office
    from villagebooks.services.recent import remember_books
    from villagebooks.services.share import share_words

    place = books_place(arguments)
    books = create_office(place, arguments.township, arguments.code).books
    remember_books(books.place)
    print(_("已建立 {path}").format(path=books.address or place))
    complain(*filter(None, [share_words(books.place)]))
    return DONE


def run_copy(arguments: Arguments) -> int:
    """`copy`: move an office to another place."""
    from villagebooks.services.books import copy_office
    from villagebooks.services.recent import read_place

    copy = copy_office(office_of(arguments), read_place(arguments.to))
    print(_("已搬到 {path}，日志的头和自查与原来的一样").format(path=copy.books.place))
    return DONE


def run_import(arguments: Arguments) -> int:
    """`import`: take in the three tables."""
    from villagebooks.services.history import import_history
    from villagebooks.services.person import import_roll, roll_alone

    if not arguments.folder.is_dir():
        raise Trouble(_("没有文件夹 {path}：请写三张表所在的文件夹").format(path=arguments.folder))
    roll = roll_alone(arguments.folder)
    if roll:
        print(_("已导入 {people} 人").format(people=import_roll(office_of(arguments), roll)))
        return DONE
    report = import_history(office_of(arguments), arguments.folder, progress_on_stderr)
    complain(*(_("提示：{what}").format(what=notice) for notice in report.notices))
    text = _("已导入 {books} 个账套、{vouchers} 张凭证、{lines} 行分录、{people} 人")
    print(text.format(books=report.books, vouchers=report.vouchers, lines=report.lines, people=report.people))
    return DONE


def run_check(arguments: Arguments) -> int:
    """`check`: self-check; exit 4 when there is an error."""
    from villagebooks.services.check import ERROR, check_books, check_rules
    from villagebooks.services.report import findings_bytes

    words = {ERROR: _("错误")}
    if arguments.list:
        for rule in check_rules().values():
            told = _("{where}：{text}").format(where=rule.title, text=f"{rule.why}{rule.act}{rule.article}")
            print(f"{words.get(rule.severity, _('提示'))} {rule.name} {told}")
        return DONE
    findings = check_books(office_of(arguments), arguments.book, arguments.deep)
    if arguments.json:
        sys.stdout.write(findings_bytes(findings, "json").decode())
    else:
        for one in findings:
            told = _("{name}（{more}）").format(name=one, more=one.title)
            print(f"{words.get(one.severity, _('提示'))} {one.book} {told}")
        if not findings:
            print(_("没有发现问题"))
    return NOTHING if any(one.severity == ERROR for one in findings) else DONE


def run_close(arguments: Arguments) -> int:
    """`close`: close a month, or only list what stands in the way."""
    from villagebooks.core.problem import Problem
    from villagebooks.services.closing import close_books

    office, signer = office_of(arguments), None
    if not arguments.check:
        if len(arguments.people or ()) != 1:
            raise Refused([Problem(_("结账由一个人签字：请用 --as 指明代理会计或中心主任"))])
        signer = unlocked_signers(arguments, office)[0]
    results = close_books(office, arguments.book, arguments.period, signer)
    for one in results:
        complain(*(f"{one.book} {problem}" for problem in one.problems))
        for warning in one.warnings:
            print(_("提示：{what}").format(what=f"{one.book} {warning}"))
        if one.closed:
            print(_("{book} {month} 已结账").format(book=one.book, month=arguments.period))
    return REFUSED if any(one.problems for one in results) else DONE


def run_disclose(arguments: Arguments) -> int:
    """`disclose`: draw the sheets."""
    from villagebooks.services.disclosure import disclose

    office = office_of(arguments)
    keys = unlocked_signers(arguments, office)
    for path in disclose(office, arguments.book, arguments.period, arguments.out, arguments.paper, keys):
        print(path)
    return DONE
