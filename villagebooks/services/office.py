"""The office: a new centre, its villages and books, officers, settings."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import insert

from villagebooks.core.account import Account
from villagebooks.core.book import Book, is_book_code
from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.period import Month, read_day
from villagebooks.core.person import Officer
from villagebooks.core.policy import check_unfit
from villagebooks.core.post import check_name, check_posts, duty_word
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.village import Centre, Village, check_region
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import journal, schema
from villagebooks.db import person as person_rows
from villagebooks.db.books import make_books, remove_books
from villagebooks.db.handle import Clock, system_clock
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.key import RECOVERY, ROOT, intake_key, keep_office_key
from villagebooks.services.policy import in_force

LONGEST_NAME = 40
"""Characters of a township's or a person's name."""


def create_office(place: Path | str, township: str, code: str = "", clock: Clock = system_clock) -> Office:
    """Empty books of a new centre in a file or on a server, with office chain and office key (in its files).

    Refused without a township's name, or with one that no signature could carry, and for a code that is none.
    """
    refuse_if([*_check_signing_name(_("乡镇名称"), "".join(township.split())), *check_region(code)])
    office = Office(make_books(place, clock))
    try:
        _found(office, township, code)
    except BaseException:
        remove_books(office.books)
        raise
    return office


def _found(office: Office, township: str, code: str) -> None:
    secret = os.urandom(32)
    keep_office_key(office.books, secret)
    with acting_office(office) as act:
        journal.make_chain(act.connection, None)
        act.connection.execute(
            insert(schema.office).values(
                id=1, uid=str(uuid.uuid4()), township=township, code=code, name=centre_name(township), made_at=act.at,
                intake_public=intake_key(secret).public,
            )
        )  # fmt: skip
        act.record("new", "office:1")


def centre_name(township: str) -> str:
    """Name of the centre in signatures and on sheets; no blank in it, since notes separate by blanks."""
    return "".join(township.split()) + "村级会计代理核算中心"


def _check_signing_name(what: str, name: str) -> list[Problem]:
    """Names stand in signatures as `<centre>/<person>`, between blanks: SECURITY §1."""
    if not name:
        return [Problem(_("没有写{what}").format(what=what))]
    if name != plain_text(name) or any(char in "+/" or char.isspace() for char in name) or len(name) > LONGEST_NAME:
        text = _("{what}不能有空格、加号、斜线，不能超过 {n} 个字：{name}")
        return [Problem(text.format(what=what, n=LONGEST_NAME, name=name[:LONGEST_NAME]))]
    return []


def add_village(act: Act, village: Village) -> None:
    """A village, inside a larger act (import, set-up)."""
    book_rows.add_village(act.connection, village)
    act.record("village", f"village:{village.code}")


def add_book(act: Act, book: Book, accounts: Sequence[Account]) -> int:
    """A book with its chart and its own chain, inside a larger act; the book's row id."""
    row_id = book_rows.add_book(act.connection, book)
    journal.make_chain(act.connection, row_id)
    book_rows.add_accounts(act.connection, row_id, accounts)
    act.record("book", f"book:{book.uid}")
    journal.record(act.connection, row_id, act.at, act.person, "accounts", f"accounts:{row_id}")
    return row_id


def open_book(office: Office, village: Village, book: Book, accounts: Sequence[Account]) -> Book:
    """建账: a village (when it is new) and a book for it with its accounts. Refused for a code that is taken or that
    no file can be named after, and for a second name of a known village."""
    with acting_office(office) as act:
        refuse_if(check_new_book(act, village, book))
        if village.code not in {one.code for one in book_rows.villages(act.connection)}:
            add_village(act, village)
        add_book(act, book, accounts)
    return book


def check_new_book(act: Act, village: Village, book: Book) -> list[Problem]:
    """Whether the codes of a new book and its village are free and fit to name files after."""
    problems = []
    for code, field, what in ((book.code, "code", _("账套代码")), (village.code, "village", _("村代码"))):
        if not is_book_code(code):
            text = _("{what}“{code}”不能用：应是 1 至 20 个字母、数字或汉字")
            problems.append(Problem(text.format(what=what, code=code[:20]), field=field))
    taken = {one.code.lower(): one.name for one in book_rows.books(act.connection)}
    if book.code.lower() in taken:
        text = _("账套代码 {code} 已经是“{name}”的，请换一个")
        problems.append(Problem(text.format(code=book.code, name=taken[book.code.lower()]), field="code"))
    known = {one.code: one.name for one in book_rows.villages(act.connection)}
    if known.get(village.code) not in (None, "", village.name):
        text = _("村代码 {code} 已经是“{name}”的：同一个村请写同一个村名，别的村请换代码")
        problems.append(Problem(text.format(code=village.code, name=known[village.code]), field="village_name"))
    return problems


def new_book(code: str, village: str, name: str, kind: str, standard: str, start: Month) -> Book:
    """A book record with a fresh uid."""
    return Book(str(uuid.uuid4()), code, village, name, kind, standard, start)


def appoint(office: Office, name: str, duty: str, since: str, village: str = "", former: str = "") -> Officer:
    """Give somebody a post; keys come after (services.key.issue_key). Refused for a name that no signature carries, for
    a post held already, and for a second one that the law (core.post) or the approval policy keeps apart from one that
    the person holds (RULES §5, §6). `former` is the term that this one continues."""
    problems = check_name(_("姓名"), name) + ([] if duty.strip() else [Problem(_("请写职务"), field="duty")])
    if name in (ROOT, RECOVERY):
        problems.append(Problem(_("“{name}”是总钥匙的名字，不能给人用").format(name=name)))
    if since and read_day(since) is None:
        problems.append(Problem(_("没有 {day} 这一天").format(day=since), field="since"))
    refuse_if(problems)
    officer = Officer(str(uuid.uuid4()), name, village, duty.strip(), since, former=former)
    with acting_office(office) as act:
        known, day = person_rows.officers(act.connection), max(since, act.at[:10])
        own = [one for one in known if (one.name, one.village) == (name, village)]
        names = {key: _(word) for key, word in DUTY_WORDS.items()}
        posts = [one for one in own if one.duty != duty]
        refuse_if(check_unfit(in_force(act.connection).policy, [*posts, officer], names, day))
        refuse_if(_check_post(officer, known, day))
        person_rows.add_officer(act.connection, officer)
        act.record("officer", f"officer:{officer.uid}")
    return officer


def _check_post(new: Officer, known: Sequence[Officer], day: str) -> list[Problem]:
    """A post that the person holds already, posts that the law keeps apart."""
    problems = []
    if any((one.name, one.village, one.duty) == (new.name, new.village, new.duty) and one.holds(day) for one in known):
        text = _("{name}已经是{duty}")
        problems.append(Problem(text.format(name=new.name, duty=duty_word(new.duty)), field="name"))
    return problems + check_posts([*(one for one in known if one.name == new.name), new], day)


def officers(office: Office) -> list[Officer]:
    """Everyone who holds or held a post."""
    with office.books.read() as connection:
        return person_rows.officers(connection)


def put_settings(office: Office, values: dict[str, object]) -> None:
    """Change settings of the office; each is journalled."""
    with acting_office(office) as act:
        for key, value in values.items():
            book_rows.put_setting(act.connection, key, value)
            act.record("setting", f"setting:{key}")


def settings(office: Office, keys: Sequence[str] = ()) -> dict[str, object]:
    """Settings as plain data."""
    with office.books.read() as connection:
        return dict(book_rows.settings(connection, keys))


def centre(office: Office) -> Centre:
    """The centre as printed on sheets, with the root fingerprint once there is one."""
    with office.books.read() as connection:
        root = book_rows.settings(connection, ["root"]).get("root", "")
        return book_rows.centre(connection, str(root))


def villages(office: Office) -> list[Village]:
    """Every village by code."""
    with office.books.read() as connection:
        return book_rows.villages(connection)
