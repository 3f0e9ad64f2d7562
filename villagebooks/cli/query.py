"""Commands of the query file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from villagebooks.cli.place import ALL, DONE, NOTHING, Arguments, complain, office_of, passphrases, unlocked_signers
from villagebooks.core.words import _


def run_query_export(arguments: Arguments) -> int:
    """`query export`: the query file of a book."""
    from villagebooks.core.period import month_of
    from villagebooks.services.desk import list_books, open_desk
    from villagebooks.services.query import export_query_file

    office = office_of(arguments)
    signers = unlocked_signers(arguments, office)
    codes = [one.code for one in list_books(office)] if arguments.book == ALL else [arguments.book]
    for code in codes:
        desk = open_desk(office, code, month_of(office.books.clock().date()))
        print(export_query_file(desk, signers, arguments.out))
    return DONE


def run_query_lookup(arguments: Arguments) -> int:
    """`query lookup`: look a person up in a file, or in the newest file of every book in a folder; exit 4 when nobody
    is found."""
    from villagebooks.services.query import NotVerified, lookup_folder, lookup_person, open_reader

    reader = open_reader(arguments.reader, lambda: passphrases(arguments, [_("查询钥匙的口令：")])[0])
    number = sys.stdin.readline().strip() if arguments.number == "-" else arguments.number
    try:
        if arguments.file.is_dir():
            several, passed = lookup_folder(arguments.file, reader, number, arguments.code)
            complain(*passed)
            return _tell(several, arguments.json, as_list=True)
        found = lookup_person(arguments.file, reader, number, arguments.code)
    except NotVerified as error:
        complain(str(error))
        return NOTHING
    return _tell([found] if found else [], arguments.json)


def _tell(found: Sequence[Any], as_json: bool, *, as_list: bool = False) -> int:
    """Each book's rows; as JSON one object of a file, a list of a folder."""
    if not found:
        complain(_("没有查到"))
        return NOTHING
    try:
        if as_json:
            people = [_record(one) for one in found]
            print(json.dumps(people if as_list else people[0], ensure_ascii=False, indent=1))
        else:
            print("\n".join(map(_lookup_text, found)))
    finally:
        for one in found:
            one.close()
    return DONE


def run_query_renew(arguments: Arguments) -> int:
    """`query renew`: a device's key file trusts the root key of today."""
    from villagebooks.services.lookup import renew_reader_file

    one = renew_reader_file(office_of(arguments), arguments.file)
    print(_("{name}的钥匙文件认现在的总钥匙了；各村的查询文件要重新导出").format(name=one.name))
    return DONE


def _items(found: Any) -> list[dict[str, str]]:
    from villagebooks.core.money import yuan_text

    return [
        {"day": one.day, "kind": one.kind, "words": one.words, "debit": yuan_text(one.debit_fen),
         "credit": yuan_text(one.credit_fen)}
        for one in found.items
    ]  # fmt: skip


def _record(found: Any) -> dict[str, object]:
    """Who and where, the own account, the own lines; amounts in yuan."""
    from villagebooks.core.money import yuan_text

    return {
        "name": found.name, "household": found.household, "village": found.village, "book": found.title.book,
        "asof": found.title.asof.isoformat(), "balance": yuan_text(found.balance_fen), "items": _items(found),
    }  # fmt: skip


def _lookup_text(found: Any) -> str:
    """The same in lines."""
    head = _("{village} {household} 户 {name}，数据截至 {asof}").format(
        village=found.village, household=found.household, name=found.name, asof=found.title.asof
    )
    lines = [f"{one['day']}  {one['words']}  {one['debit']}  {one['credit']}" for one in _items(found)]
    return "\n".join([head, *lines])
