"""Commands of the inbox: what waits for a person, and what is late."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, REFUSED, Arguments, check_known, complain, office_of
from villagebooks.core.money import said_yuan, yuan_text
from villagebooks.core.words import _


def add_inbox(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`inbox`, with `--late` for the list of what is past its term."""
    command = add("inbox", run_inbox, _("待办：--as 一个人，列出轮到他办的和要他催的；--late 列出所有逾期的"))
    command.add_argument("--late", action="store_true", help=_("逾期清单：迟几天、卡在谁那里、催到谁"))
    command.add_argument("--out", type=Path, metavar="F", help=_("把逾期清单写成 PDF，交给镇里"))
    command.add_argument("--all", action="store_true", help=_("也列等别人办的"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))


def run_inbox(arguments: Arguments) -> int:
    """`inbox`: nobody signs, so no passphrase is asked for; without `--as` it lists all that waits."""
    from dataclasses import replace

    from villagebooks.core.inbox import OTHERS
    from villagebooks.services.inbox import read_inbox

    people = arguments.people or []
    if len(people) > 1:
        complain(_("待办一次列一个人的：只写一个 --as"))
        return REFUSED
    office = office_of(arguments)
    office = replace(office, person=people[0]) if people else office
    if people:
        check_known(office, people[0])
    if arguments.out:
        from villagebooks.services.inbox.printing import print_late

        print(print_late(office, arguments.out))
        return DONE
    found = read_inbox(office)
    if arguments.late:
        found = [one for one in found if one.late]
    elif people and not arguments.all:
        found = [one for one in found if one.state != OTHERS]
    if arguments.json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(_line(one))
        if not found:
            print(_("没有逾期的事") if arguments.late else _("没有待办的事"))
    return DONE


def _record(one: Any) -> dict[str, object]:
    return {
        "kind": one.kind, "uid": one.uid, "book": one.book.code if one.book else "", "name": one.place,
        "month": str(one.month), "title": one.title, "day": one.day.isoformat(), "words": one.words,
        "amount": yuan_text(one.amount_fen), "step": one.step, "step_title": one.step_title,
        "people": list(one.people), "turn": one.state, "since": one.since.isoformat(),
        "due": one.due.isoformat() if one.due else "", "days_late": one.late, "urged": list(one.urged),
    }  # fmt: skip


def _line(one: Any) -> str:
    words = [one.place or "—", str(one.month), one.title, one.words, said_yuan(one.amount_fen),
             _("{step}：{people}").format(step=one.step_title, people=_("、").join(one.people) or "—")]  # fmt: skip
    if one.late:
        words.append(_("迟 {n} 天，催到 {who}").format(n=one.late, who=_("、").join(one.urged)))
    elif one.due:
        words.append(_("{day} 止").format(day=one.due.isoformat()))
    return "　".join(words)
