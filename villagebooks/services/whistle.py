"""吹哨: call the level above, list the calls, write down the answer; each is journalled in the office's chain."""

from __future__ import annotations

import uuid
from dataclasses import replace

from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.whistle import Whistle, check_answer, check_whistle, tidy_whistle
from villagebooks.core.words import _, plain_text
from villagebooks.core.workday import read_calendar
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import whistle as whistle_rows
from villagebooks.services.account import today
from villagebooks.services.desk import Office, acting_office
from villagebooks.services.policy import in_force


def blow_whistle(office: Office, new: Whistle) -> Whistle:
    """Call the level above; the term counts in working days from today."""
    new = tidy_whistle(new)
    with acting_office(office) as act:
        problems = check_whistle(new)
        if new.village and new.village not in {one.code for one in book_rows.villages(act.connection)}:
            problems.append(Problem(_("没有村 {code}").format(code=new.village), field="village"))
        refuse_if(problems)
        calendar = read_calendar(in_force(act.connection).policy.holidays)
        new = replace(
            new, uid=str(uuid.uuid4()), due=calendar.due(today(office), new.within), raised_by=act.person,
            raised_at=act.at, answer="", answerer="", answered_by="", answered_at="",
        )  # fmt: skip
        whistle_rows.add_whistle(act.connection, new)
        act.record("whistle", f"whistle:{new.uid}")
    return new


def answer_whistle(office: Office, uid: str, answer: str, answerer: str = "") -> Whistle:
    """Write down how the call was answered, and by whom (empty: by the person at the desk); once, late or not.

    Refused for who called and for somebody of the centre below the level that was called.
    """
    answer, answerer = plain_text(answer).strip(), plain_text(answerer).strip() or office.person
    with acting_office(office) as act:
        one = whistle_rows.find_whistle(act.connection, uid)
        if one is None:
            raise Refused([Problem(_("没有这次吹哨"))])
        refuse_if(check_answer(one, answer, answerer, person_rows.duties(act.connection, answerer, act.at[:10])))
        done = replace(one, answer=answer, answerer=answerer, answered_by=act.person, answered_at=act.at)
        whistle_rows.answer_whistle(act.connection, done)
        act.record("answer", f"whistle:{uid}")
    return done


def list_whistles(office: Office) -> list[Whistle]:
    """Every call, the newest first."""
    with office.books.read() as connection:
        return whistle_rows.whistles(connection)


def late_of_no_village(office: Office) -> int:
    """How many calls about matters of no village are late: they stand in no row of the board."""
    with office.books.read() as connection:
        still = whistle_rows.open_whistles(connection)
    return sum(not one.village and one.due < today(office) for one in still)
