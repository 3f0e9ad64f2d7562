"""The command of the operation log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, NOTHING, Arguments, complain, deliver, office_of, out_file
from villagebooks.core.period import read_day
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _


def _day(text: str) -> str:
    found = read_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(_("“{text}”不是日期，应写成 2026-09-10").format(text=text))
    return found.isoformat()


def add_journal(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`journal`: the log by person, time, kind and object."""
    command = add("journal", run_journal, _("操作日志：按人、时间、事项、对象查；打印；核对日志链"))
    command.add_argument("--book", required=True, help=_("账套代码，office（办公室），或 all"))
    command.add_argument("--from", dest="since", type=_day, metavar="YYYY-MM-DD", help=_("从哪天"))
    command.add_argument("--to", dest="until", type=_day, metavar="YYYY-MM-DD", help=_("到哪天"))
    command.add_argument("--person", default="", help=_("谁做的"))
    command.add_argument("--kind", action="append", default=[], metavar="KIND", help=_("哪种事项，代号或中文"))
    command.add_argument("--find", default="", metavar="WORDS", help=_("凭证号（记6）、金额或文字"))
    command.add_argument("--entry", type=int, metavar="N", help=_("只看第 N 条：改前改后各是什么"))
    command.add_argument("--verify", action="store_true", help=_("从头到尾核对日志链"))
    formats = ("text", "csv", "json", "pdf")
    command.add_argument("--format", choices=formats, default="text", help=_("格式"))
    command.add_argument("--json", dest="format", action="store_const", const="json", help=_("同 --format json"))
    command.add_argument("--out", type=Path, metavar="F", help=_("写到文件，不写到屏幕"))


def run_journal(arguments: Arguments) -> int:
    """`journal`: lines of the log; one entry before and after; or whether the chains hold (exit 4 when not)."""
    from villagebooks.core.journal import LogFilter
    from villagebooks.formats.journal import log_words
    from villagebooks.services.journal import all_lines, log_bytes, print_log

    office, scopes = office_of(arguments), (arguments.book,)
    if arguments.verify:
        return _verify(office, scopes)
    if arguments.entry is not None:
        return _tell(office, arguments.book, arguments.entry)
    asked = LogFilter(
        arguments.person, arguments.since or "", arguments.until or "", _kinds(arguments.kind), arguments.find
    )  # fmt: skip
    if arguments.format == "pdf":
        print(print_log(office, scopes, asked, out_file(arguments)))
        return DONE
    if arguments.format != "text":
        return deliver(arguments, log_bytes(office, scopes, asked, arguments.format))
    lines = log_words(all_lines(office, scopes, asked))
    if arguments.out:
        return deliver(arguments, "".join(lines).encode())
    for line in lines:
        sys.stdout.write(line)
    return DONE


def _kinds(words: list[str]) -> tuple[str, ...]:
    from villagebooks.core.journal import kind_word, kind_words

    known = kind_words()
    unknown = [word for word in words if word not in known and word not in known.values()]
    if unknown:
        text = _("没有叫“{word}”的事项。有这些：{all}")
        every = _("、").join(dict.fromkeys(known.values()))
        raise Refused([Problem(text.format(word=word, all=every), field="kind") for word in unknown])
    return tuple(kind for kind in known if kind in words or kind_word(kind) in words)


def _verify(office: Any, scopes: tuple[str, ...]) -> int:
    from villagebooks.core.journal import state_words
    from villagebooks.services.journal import chain_states, verify_chains

    for state in chain_states(office, scopes):
        print(state_words(state))
    problems = verify_chains(office, scopes)
    complain(*problems)
    if not problems:
        print(_("链完整"))
    return NOTHING if problems else DONE


def _tell(office: Any, book: str, seq: int) -> int:
    from villagebooks.core.journal import detail_words
    from villagebooks.services.journal import chain_states, read_detail

    state = chain_states(office, (book,))[0]
    for line in detail_words(read_detail(office, state.chain, seq)):
        print(line)
    return DONE
