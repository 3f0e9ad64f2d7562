"""What people add to the figures of a sheet: posting days, whom to ask, who signs; from settings, officers and roll."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Connection

from villagebooks.core.approval import DIRECTOR
from villagebooks.core.disclosure import POSTING_DAY, SheetNotes, check_days, posting_date
from villagebooks.core.problem import refuse_if
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.services.desk import Desk, Office, acting_office
from villagebooks.services.office import put_settings

OFFICE_KEY = "disclosure"
"""Setting of the office: posting_day, stay_days, answer_days, cash_limit_fen, ask (list), look."""


def sheet_notes(desk: Desk) -> SheetNotes:
    """The notes for the desk's month: as saved for it, else from the office's settings and the people in office."""
    with desk.books.read() as connection:
        return notes_of(connection, desk)


def save_notes(desk: Desk, notes: SheetNotes) -> None:
    """Keep the notes of the desk's month (the committee's words are written once, before the sheet is put up)."""
    key = _key(desk)
    with acting_office(desk.office) as act:
        value = {
            "put_up": notes.put_up.isoformat(), "stay_until": notes.stay_until.isoformat(),
            "committee_words": notes.committee_words, "committee": list(notes.committee), "ask": list(notes.ask),
            "village_head": notes.village_head, "reporter": notes.reporter, "chief": notes.chief,
            "cash_limit_fen": notes.cash_limit_fen, "answer_days": notes.answer_days, "look": notes.look,
        }  # fmt: skip
        book_rows.put_setting(act.connection, key, value)
        act.record("setting", f"setting:{key}")


def save_days(office: Office, kept: Mapping[str, object]) -> None:
    """Set what stands on every sheet of the office from the next on; refused where no calendar has such days."""
    refuse_if(check_days(kept))
    put_settings(office, {OFFICE_KEY: dict(kept)})


def notes_of(connection: Connection, desk: Desk) -> SheetNotes:
    """The same inside an open view of the books."""
    found = book_rows.settings(connection, [OFFICE_KEY, _key(desk)])
    kept = found.get(_key(desk))
    office = cast("Mapping[str, object]", found.get(OFFICE_KEY) or {})
    usual = _usual(connection, desk, office)
    if not isinstance(kept, dict):
        return usual
    return SheetNotes(
        put_up=date.fromisoformat(kept["put_up"]), stay_until=date.fromisoformat(kept["stay_until"]),
        committee_words=kept["committee_words"], committee=tuple(kept["committee"]), ask=tuple(kept["ask"]),
        village_head=kept["village_head"], reporter=kept["reporter"], chief=kept["chief"],
        cash_limit_fen=kept["cash_limit_fen"], answer_days=kept["answer_days"], look=kept["look"],
    )  # fmt: skip


def _key(desk: Desk) -> str:
    return f"{OFFICE_KEY}:{desk.book.code}:{desk.period}"


def _usual(connection: Connection, desk: Desk, office: Mapping[str, object]) -> SheetNotes:
    put_up = posting_date(desk.period, office.get("posting_day", POSTING_DAY))
    posts = _posts(connection, desk, put_up.isoformat())
    watching = [(name, duty) for name, duty in posts if "监委会" in duty or "监事" in duty]
    committee = tuple(name for name, _duty in watching)
    chair = (f"{watching[0][1]} {watching[0][0]}",) if watching else ()
    ask = office.get("ask")
    texts = tuple(map(str, ask)) if isinstance(ask, list) else (
        _("镇会计核算中心"), _("镇纪委"), _("举报电话 12388"), _("意见箱在公示栏旁"),
    )  # fmt: skip
    directors = [one.name for one in person_rows.officers(connection) if one.duty == DIRECTOR and not one.until]
    return SheetNotes(
        put_up=put_up,
        stay_until=put_up + timedelta(days=_number(office, "stay_days", 10)),
        committee_words="",
        committee=committee,
        ask=chair + texts,
        village_head=_first(posts, ("理事长", "支书兼主任", "主任")),
        reporter=_first(posts, ("报账员",)),
        chief=directors[0] if directors else "",
        cash_limit_fen=_number(office, "cash_limit_fen", 500_000),
        answer_days=_number(office, "answer_days", 10),
        look=str(office.get("look", "")),
    )


def _number(office: Mapping[str, object], key: str, usual: int) -> int:
    value = office.get(key, usual)
    return value if isinstance(value, int) else usual


def _posts(connection: Connection, desk: Desk, day: str) -> list[tuple[str, str]]:
    """(name, post) of the village's people when the sheet hangs: registered officers who have not left, then what the
    roll says of the living, unless the register knows that they left."""
    village = desk.book.village
    terms = [one for one in person_rows.officers(connection) if one.village == village]
    officers = [(one.name, one.duty) for one in terms if not one.until or one.until > day]
    left = {(one.name, one.duty) for one in terms} - set(officers)
    roll = [(one.name, one.role) for one in person_rows.people(connection, village) if one.role and not one.died_on]
    posts = dict.fromkeys([*officers, *(one for one in roll if one not in left)])
    # the chair stands before the members
    return sorted(posts, key=lambda post: "主任" not in post[1] and "监事长" not in post[1])


def _first(posts: list[tuple[str, str]], titles: tuple[str, ...]) -> str:
    """The first who holds one of the titles, earlier titles first; deputies, former and committee posts not."""
    for title in titles:
        for name, duty in posts:
            if title in duty and not any(word in duty for word in ("副", "原", "离任", "监委会")):
                return name
    return ""
