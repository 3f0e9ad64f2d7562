"""Terms that end without a hand-over, are renamed, or begin again; the key directory follows in the same act."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

from villagebooks.core.person import Officer
from villagebooks.core.post import check_name, check_term_end, duty_word, hands_over
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.seal.key import SigningKey
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.key import follow_posts
from villagebooks.services.office import appoint


def end_term(office: Office, uid: str, day: str, reason: str, root: SigningKey | None = None) -> Officer:
    """离任 of a post that hands nothing over; `root` where the person's key must go or change with it.

    Refused for a reporter, cashier, agent or archivist whose name stands in anything that was signed or done.
    """
    with acting_office(office) as act:
        term = find_term(act, uid)
        reason = plain_text(reason).strip()
        problems = check_term_end(term, day, reason, act.at[:10])
        if hands_over(term.duty) and post_rows.is_name_used(act.connection, term.name, term.village):
            text = _("{name}是{duty}，手里有钱、票、账、章：请办“岗位移交”，交接清楚再离任")
            problems.append(Problem(text.format(name=term.name, duty=duty_word(term.duty))))
        refuse_if(problems)
        post_rows.end_term(act.connection, uid, day, reason)
        act.record("end_term", f"officer:{uid}")
        if not term.village:
            follow_posts(act, root, [term.name], act.at[:10], reason)
    return replace(term, until=day, reason=reason)


def correct_name(office: Office, uid: str, name: str) -> Officer:
    """改正名字: only while the wrong one stands in nothing that was signed or done; afterwards `rename_officer`."""
    with acting_office(office) as act:
        term = find_term(act, uid)
        problems = check_name(_("姓名"), name)
        if name == term.name:
            problems.append(Problem(_("名字没有变"), field="name"))
        if post_rows.is_name_used(act.connection, term.name, term.village):
            text = _("{name}已经在签过、办过的单据里用过，不能再当写错的改；真的改了名，请写明从哪天起、凭什么")
            problems.append(Problem(text.format(name=term.name), field="name"))
        refuse_if(problems + _taken(act, term, name))
        post_rows.set_name(act.connection, uid, name)
        act.record("correct_name", f"officer:{uid}")
    return replace(term, name=name)


def rename_officer(
    office: Office, uid: str, name: str, day: str, reason: str, root: SigningKey | None = None
) -> Officer:
    """改名 from a day on: the term ends under the old name the day before and goes on under the new one.

    A key carries its name: the old one is revoked (`root`), and the person gets a new one under the new name.
    """
    with acting_office(office) as act:
        term = find_term(act, uid)
        reason = plain_text(reason).strip()
        problems = check_name(_("姓名"), name) + check_term_end(term, day, reason, act.at[:10])
        if name == term.name:
            problems.append(Problem(_("名字没有变"), field="name"))
        if day <= term.since:
            problems.append(Problem(_("改名要在任职以后；任职当天写错的，用“改正名字”"), field="until"))
        refuse_if(problems + _taken(act, term, name))
        last = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        post_rows.end_term(act.connection, uid, last, reason)
        act.record("rename", f"officer:{uid}")
        new = Officer(str(uuid.uuid4()), name, term.village, term.duty, day, former=uid)
        person_rows.add_officer(act.connection, new)
        act.record("officer", f"officer:{new.uid}")
        if not term.village:
            follow_posts(act, root, [term.name], act.at[:10], reason)
    return new


def reappoint(office: Office, uid: str, since: str) -> Officer:
    """再任: the same person in the same post again from a day after the last term; checked like any appointment."""
    with office.books.read() as connection:
        term = next((one for one in person_rows.officers(connection) if one.uid == uid), None)
    if term is None or not term.until:
        raise Refused([Problem(_("先选一个已经离任的任期"))])
    if since <= term.until:
        text = _("上一个任期到 {day}，再任要在这以后")
        raise Refused([Problem(text.format(day=term.until), field="since")])
    return appoint(office, term.name, term.duty, since, term.village, former=uid)


def follow_post_keys(office: Office, root: SigningKey, person: str) -> None:
    """更新职责: the directory lists the duties that the person's posts give today, with the same key."""
    with acting_office(office) as act:
        follow_posts(act, root, [person], act.at[:10], _("没有岗位"))


def find_term(act: Act, uid: str) -> Officer:
    """The term by its uid; Refused when there is none."""
    found = next((one for one in person_rows.officers(act.connection) if one.uid == uid), None)
    if found is None:
        raise Refused([Problem(_("没有这个任期"))])
    return found


def _taken(act: Act, term: Officer, name: str) -> list[Problem]:
    """Two people of one place may not be called the same: signatures could not tell them apart."""
    others = [one for one in person_rows.officers(act.connection) if one.village == term.village and one.name == name]
    if not others:
        return []
    return [Problem(_("已经有人叫{name}，请把名字写得不一样").format(name=name), field="name")]
