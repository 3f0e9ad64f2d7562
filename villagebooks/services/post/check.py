"""Hand-overs of posts against what was signed, and against the terms that they ended and began."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.approval import ON_POST, Approval
from villagebooks.core.book import Book
from villagebooks.core.post import DONE, STEPS, PostChange, change_body, missing_steps, step_words
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.seal import canonical
from villagebooks.services.signature import note_faults


def signing_faults(connection: Connection, book: Book, row: int, one: PostChange) -> list[str]:
    """Why signatures on a list do not hold: forged, over another list, or by somebody else than is named."""
    digest = hashlib.sha256(canonical.dump(change_body(one))).hexdigest()
    given = approval_rows.approvals_of(connection, one.uid)
    faults = note_faults(connection, book, row, given, digest)
    found = [fault for fault in faults if fault]
    for approval, _note in given:
        if not _is_named(one, approval):
            text = _("{who}应是{name}，签字的是{other}")
            who, name = step_words().get(approval.step, approval.step), one.people.get(approval.step, "")
            found.append(text.format(who=who, name=name, other=approval.name))
    return found


def _is_named(one: PostChange, approval: Approval) -> bool:
    """A key signs for its own step only; ink is the named person's, or for who hands over somebody's who was appointed;
    the registrar is neither of the two."""
    if approval.on != ON_POST or approval.step not in STEPS:
        return False
    if approval.mode == "key":
        return approval.signer == approval.name == one.people[approval.step]
    others = (one.hand.receiver, one.hand.watcher)
    stood_in = approval.step == "giver" and approval.name not in others
    mine = stood_in or approval.name == one.people[approval.step]
    return mine and approval.signer not in (one.hand.giver, one.hand.receiver)


def post_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(uid, what is wrong) for lists that were changed, whose signatures do not hold or are missing though the post
    went over, and whose terms are not as the list says."""
    row = book_rows.book_id(connection, book.code)
    officers = {one.uid: one for one in person_rows.officers(connection)}
    for one in post_rows.changes(connection, row):
        for fault in signing_faults(connection, book, row, one):
            yield one.uid, fault
        if one.state != DONE:
            continue
        given = [approval for approval, _note in approval_rows.approvals_of(connection, one.uid)]
        for step in missing_steps(given):
            yield one.uid, _("岗位已经移交，{who}没有签字").format(who=step_words()[step])
        day, old, new = one.hand.day.isoformat(), officers.get(one.old), officers.get(one.new)
        if old is None or (old.name, old.duty, old.until) != (one.hand.giver, one.duty, day):
            yield one.uid, _("移交人的任期与清单不符")
        if new is None or (new.duty, new.since, new.former) != (one.duty, day, one.old):
            yield one.uid, _("接收人的任期与清单不符")
