"""Commands about people: posts and relatives, the key directory, hand-overs of posts."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from villagebooks.cli.place import DONE, NOTHING, Arguments, check_known, complain, office_of, passphrases
from villagebooks.core.problem import Problem, Refused, Unknown
from villagebooks.core.words import _

PEOPLE = ("village", "name", "duty", "since", "until", "reason")
RELATIVES = ("village", "officer", "name", "kinship", "unit", "since", "ended_on", "reason")
KEYS = ("person", "roles", "since", "since_day", "fingerprint", "signs", "revoked_at", "revoked_day", "reason", "place")
CHANGES = ("uid", "village", "duty", "giver", "receiver", "watcher", "day", "state", "signed", "short_fen")


def add_people(add: Callable[..., argparse.ArgumentParser], group: Callable[..., object]) -> None:
    """`people`, `keys`, and the commands below `handover`."""
    command = add("people", run_people, _("中心人员和村干部：岗位、任期；--relatives 近亲属登记"))
    command.add_argument("--village", metavar="CODE", help=_("只看一个村；写 centre 只看中心"))
    command.add_argument("--relatives", action="store_true", help=_("近亲属和他们的单位"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))
    command = add("keys", run_keys, _("钥匙名录：谁的钥匙、管什么、从哪一条日志起、何时吊销"))
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))
    command.add_argument("--wall", type=Path, metavar="F", help=_("打印挂墙的总钥匙指纹（.pdf）"))
    recover = _("主任、会计都忘了口令：用恢复钥匙的信封给其中一人另发；依次问总钥匙口令、信封里的字符、新口令")
    command.add_argument("--recover", metavar="PERSON", help=recover)
    below = group("handover", _("岗位移交清单：列出、打印"))
    command = add("list", run_handover_list, _("每一份移交清单"), below)
    command.add_argument("--json", action="store_true", help=_("输出 JSON"))
    command = add("print", run_handover_print, _("移交清单，一式三份"), below)
    command.add_argument("uid", metavar="UID", help=_("handover list 的第一栏，写开头几位就行"))
    command.add_argument("--out", type=Path, required=True, metavar="F", help=_("文件（.pdf）"))


def run_people(arguments: Arguments) -> int:
    """`people`: everybody who holds or held a post, or the register of relatives."""
    from villagebooks.services.office import officers, villages
    from villagebooks.services.relative import relatives

    office = office_of(arguments)
    wanted = "" if arguments.village == "centre" else arguments.village
    if wanted and wanted not in (known := [one.code for one in villages(office)]):
        text = _("没有村 {code}；有的是 {shown}，中心写 centre")
        raise Unknown([Problem(text.format(code=wanted, shown=_("、").join(known)))])
    if arguments.relatives:
        kin = [one for one in relatives(office) if arguments.village is None or one.village == wanted]
        return _give(arguments, RELATIVES, [{name: getattr(one, name) for name in RELATIVES} for one in kin])
    found = [one for one in officers(office) if arguments.village is None or one.village == wanted]
    return _give(arguments, PEOPLE, [{name: getattr(one, name) for name in PEOPLE} for one in found])


def run_keys(arguments: Arguments) -> int:
    """`keys`: the newest directory; exit 4 before the root key ceremony."""
    from villagebooks.services.directory import key_directory

    office = office_of(arguments)
    view = key_directory(office)
    if view is None:
        complain(_("还没有总钥匙：请先在“设置”里做总钥匙仪式"))
        return NOTHING
    if arguments.wall:
        from villagebooks.services.root import print_wall_sheet

        print(print_wall_sheet(office, arguments.wall))
        return DONE
    if arguments.recover is not None:
        return _recover(arguments, office)
    rows = [
        {"person": one.person, "roles": " ".join(one.roles), "since": one.since, "since_day": one.since_day,
         "fingerprint": one.print, "signs": one.signs, "revoked_at": one.revoked_at, "revoked_day": one.revoked_day,
         "reason": one.reason, "place": one.place}
        for one in view.rows
    ]  # fmt: skip
    if not arguments.json:
        return _give(arguments, KEYS, rows)
    head = {"version": view.version, "hash": view.digest, "root": view.root, "root_next": view.has_next}
    print(json.dumps({**head, "keys": rows}, ensure_ascii=False, indent=1))
    return DONE


def _recover(arguments: Arguments, office: Any) -> int:
    """`keys --recover`: a fresh key by the recovery envelope; what is typed is what `--passphrase-fd` gives, in order,
    and at a terminal the new passphrase once more."""
    from villagebooks.services.ceremony import issue_from_envelope
    from villagebooks.services.key import ROOT, unlock

    person = arguments.recover
    check_known(office, person)
    prompts = [_("总钥匙口令："), _("恢复钥匙信封里的 56 个字符："), _("{name}的新口令：").format(name=person)]
    again = [_("再输一遍：")] if arguments.passphrase_fd is None else []
    words = passphrases(arguments, prompts + again)
    if words[2] != words[-1]:
        raise Refused([Problem(_("两遍口令不一样"))])
    root = unlock(office.books, ROOT, words[0]).keys.signing
    issue_from_envelope(office, root, person, words[2], words[1])
    print(_("{name}的钥匙另发好了，旧的从现在起不算").format(name=person))
    complain(_("恢复钥匙的信封开过了：到“设置—人员与钥匙—总钥匙”里重做信封，再给别的人发钥匙"))
    return DONE


def run_handover_list(arguments: Arguments) -> int:
    """`handover list`: every list with its state and who signed."""
    from villagebooks.services.post import change_signatures, list_changes

    office = office_of(arguments)
    rows = []
    for one in list_changes(office):
        hand = one.hand
        signed = " ".join(approval.step for approval in change_signatures(office, one.uid))
        rows.append(
            {"uid": one.uid, "village": one.village, "duty": one.duty, "giver": hand.giver, "receiver": hand.receiver,
             "watcher": hand.watcher, "day": hand.day.isoformat(), "state": one.state, "signed": signed,
             "short_fen": sum(item.missing_fen for item in hand.items)}
        )  # fmt: skip
    return _give(arguments, CHANGES, rows)


def run_handover_print(arguments: Arguments) -> int:
    """`handover print`: three copies of one list; exit 4 when there is none or more than one of that beginning."""
    from villagebooks.services.post import list_changes
    from villagebooks.services.post.printing import print_change

    office = office_of(arguments)
    found = [one.uid for one in list_changes(office) if one.uid.startswith(arguments.uid)]
    if len(found) != 1:
        complain(_("有 {n} 份移交清单以 {uid} 开头").format(n=len(found), uid=arguments.uid))
        return NOTHING
    print(print_change(office, found[0], arguments.out))
    return DONE


def _give(arguments: Arguments, names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> int:
    if arguments.json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=1))
        return DONE
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    sys.stdout.write(out.getvalue())
    return DONE


def _cell(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
