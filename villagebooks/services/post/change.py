"""变动岗位 with its list: gathered, recorded, signed by three with keys or ink, finished in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.approval import AGENT, DIRECTOR, ON_POST, Approval
from villagebooks.core.opening import HandItem, HandOver, settling_accounts
from villagebooks.core.period import month_of
from villagebooks.core.person import Officer
from villagebooks.core.policy import check_unfit
from villagebooks.core.post import (
    DONE,
    DROPPED,
    OPEN,
    PostChange,
    build_items,
    change_body,
    check_change,
    check_name,
    check_posts,
    check_step,
    duty_word,
    missing_steps,
    shortage_lines,
    step_words,
)
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _, plain_text
from villagebooks.db import approval as approval_rows
from villagebooks.db import attachment
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.seal import canonical
from villagebooks.seal.approval import InkText
from villagebooks.seal.key import SigningKey
from villagebooks.services.approval import sign_body
from villagebooks.services.desk import Act, Desk, Office, acting
from villagebooks.services.key import Unlocked, follow_posts
from villagebooks.services.picture import take_scan
from villagebooks.services.policy import in_force
from villagebooks.services.post.check import signing_faults
from villagebooks.services.post.facts import books_of, read_facts
from villagebooks.services.post.term import find_term
from villagebooks.services.voucher import keep_voucher


def begin_change(office: Office, uid: str, day: date) -> PostChange:
    """The list of a term's hand-over as the program knows it on a day; nothing is written."""
    with office.books.read() as connection:
        term = next((one for one in person_rows.officers(connection) if one.uid == uid), None)
        if term is None:
            raise Refused([Problem(_("没有这个任期"))])
        books = books_of(connection, term.village)
        if not books:
            raise Refused([Problem(_("{village} 还没有账套，没有账可移交").format(village=term.village or _("中心")))])
        items = build_items(term.duty, read_facts(connection, term, day))
    hand = HandOver("", day, term.name, "", "", items)
    return PostChange("", books[0].code, term.village, term.duty, uid, hand)


def settling(office: Office, change: PostChange) -> dict[str, tuple[Account, ...]]:
    """By book on the list, the accounts that a difference of money may go to: 113 of who hands over, then 181."""
    with office.books.read() as connection:
        return {
            code: tuple(settling_accounts(accounts))
            for code, accounts in _accounts(connection, change.hand.items).items()
        }


def record_change(office: Office, change: PostChange) -> PostChange:
    """Keep the list as it was counted: from here it is printed and signed; a mistake is dropped and made anew.

    Refused while the same term has an open list, and for every line that `check_change` finds.
    """
    desk = _desk(office, change)
    with acting(desk, alone=True) as act:
        term = find_term(act, change.old)
        one = _tidy(replace(change, village=term.village, duty=term.duty, state=OPEN, new="", done_at=""), act)
        if any(other.old == term.uid and other.state == OPEN for other in post_rows.changes(act.connection)):
            raise Refused([Problem(_("{name}的移交清单已经有一份没办完").format(name=term.name))])
        refuse_if(check_change(one, term, _accounts(act.connection, one.hand.items), act.at[:10]))
        refuse_if(_check_receiver(act, one, term))
        post_rows.add_change(act.connection, act.row, one)
        act.record("post", f"post_change:{one.uid}")
    return one


def list_changes(office: Office) -> list[PostChange]:
    """Every hand-over of a post, oldest first."""
    with office.books.read() as connection:
        return post_rows.changes(connection)


def change_signatures(office: Office, uid: str) -> list[Approval]:
    """Who signed a list, in order."""
    with office.books.read() as connection:
        return [one for one, _note in approval_rows.approvals_of(connection, uid)]


def sign_change(office: Office, uid: str, step: str, unlocked: Unlocked) -> PostChange:
    """One of the three signs with the own key."""
    return _sign(office, uid, [step], unlocked, None)


def attest_change(
    office: Office, uid: str, steps: Sequence[str], unlocked: Unlocked, scan: str, by: str = ""
) -> PostChange:
    """The registrar attests ink on the printed list; `scan` is the hash of its picture, kept among the attachments.

    `by` signs for who hands over and cannot come (died, ill, gone), as the centre appointed him.
    """
    return _sign(office, uid, steps, unlocked, scan, by)


def keep_scan(office: Office, uid: str, path: Path) -> str:
    """The picture of the list with its ink among the attachments; its hash."""
    return take_scan(_desk(office, _find(office, uid)), path).sha256


def drop_change(office: Office, uid: str) -> None:
    """放弃: the list stays to be read and counts for nothing."""
    change = _find(office, uid)
    with acting(_desk(office, change), alone=True) as act:
        one = _open(act, uid)
        post_rows.set_state(act.connection, one.uid, DROPPED)
        act.record("drop_post", f"post_change:{uid}")


def finish_change(office: Office, uid: str, root: SigningKey | None = None) -> tuple[PostChange, list[str]]:
    """办结: the old term ends and the new one begins on the day of the list, the key directory follows (`root`), what
    was missing becomes a draft voucher in its book, receipt books are the receiver's; all in one transaction. Answers
    titles of the drafts.

    Refused unless all three have signed this very list with signatures that hold.
    """
    change = _find(office, uid)
    with acting(_desk(office, change), alone=True) as act:
        one = _open(act, uid)
        book = book_rows.find_book(act.connection, one.book)
        given = [approval for approval, _note in approval_rows.approvals_of(act.connection, uid)]
        words = step_words()
        lacking = [Problem(_("{who}还没有签字").format(who=words[step])) for step in missing_steps(given)]
        refuse_if(lacking + [Problem(text) for text in signing_faults(act.connection, book, act.row, one)])
        term = find_term(act, one.old)
        refuse_if(check_change(one, term, _accounts(act.connection, one.hand.items), act.at[:10]))
        refuse_if(_check_receiver(act, one, term))
        new = _move(replace(act, book=None), one, term, root)
        post_rows.set_state(act.connection, uid, DONE, new.uid, act.at)
        act.record("finish_post", f"post_change:{uid}")
        _hand_receipts(act, one)
        drafts = _draft_shortages(act, office, one)
    return replace(one, state=DONE, new=new.uid, done_at=act.at), drafts


def _move(office: Act, one: PostChange, term: Officer, root: SigningKey | None) -> Officer:
    """The term ends, the next one begins, keys follow; on the office chain."""
    day = one.hand.day.isoformat()
    reason = _("岗位移交给{name}").format(name=one.hand.receiver)
    post_rows.end_term(office.connection, term.uid, day, reason)
    office.record("end_term", f"officer:{term.uid}")
    new = Officer(str(uuid.uuid4()), one.hand.receiver, term.village, term.duty, day, former=term.uid)
    person_rows.add_officer(office.connection, new)
    office.record("officer", f"officer:{new.uid}")
    if not term.village:
        follow_posts(office, root, [term.name, new.name], office.at[:10], reason)
    return new


def _hand_receipts(act: Act, one: PostChange) -> None:
    """Receipt books that stood on the list are the receiver's, each journalled in its book."""
    for code in dict.fromkeys(item.book for item in one.hand.items if item.kind == "receipts" and item.book):
        there = replace(act, book=book_rows.book_id(act.connection, code))
        for number in post_rows.hand_receipts(act.connection, there.row, one.hand.giver, one.hand.receiver):
            there.record("receipt_book", f"receipt_book:{number}")


def _draft_shortages(act: Act, office: Office, one: PostChange) -> list[str]:
    """A voucher in every book that lacks something, to be signed and posted like any."""
    titles = []
    for code in dict.fromkeys(item.book for item in one.hand.items if item.missing_fen):
        lines = shortage_lines(one, code)
        if lines:
            book = book_rows.find_book(act.connection, code)
            there = replace(act, book=book_rows.book_id(act.connection, code))
            desk = Desk(office.books, office.person, book, month_of(one.hand.day))
            made = keep_voucher(there, desk, Draft(one.hand.day, tuple(lines), attachment_count=1))
            titles.append(f"{code} {made.month} {made.title}")
    return titles


def _check_receiver(act: Act, one: PostChange, term: Officer) -> list[Problem]:
    """Whether the next one may hold the post beside what he holds already; the old term counts as ended."""
    day = one.hand.day.isoformat()
    new = Officer("new", one.hand.receiver, term.village, term.duty, day)
    others = [officer for officer in person_rows.officers(act.connection) if officer.uid != term.uid]
    held = [officer for officer in others if (officer.name, officer.village) == (new.name, new.village)]
    if any(officer.duty == new.duty and officer.holds(day) for officer in held):
        text = _("{name}已经是{duty}")
        return [Problem(text.format(name=new.name, duty=duty_word(new.duty)), field="receiver")]
    mine = [officer for officer in others if officer.name == new.name]
    names = {officer.duty: duty_word(officer.duty) for officer in [*held, new]}
    found = check_unfit(in_force(act.connection).policy, [*held, new], names, day) + check_posts([*mine, new], day)
    return [replace(problem, field="receiver") for problem in found]


def _sign(
    office: Office, uid: str, steps: Sequence[str], unlocked: Unlocked, scan: str | None, by: str = ""
) -> PostChange:
    change = _find(office, uid)
    desk = _desk(office, change)
    with acting(desk, alone=True) as act:
        one = _open(act, uid)
        given = [approval for approval, _note in approval_rows.approvals_of(act.connection, uid)]
        refuse_if([problem for step in steps for problem in check_step(one, step, given)])
        refuse_if(_check_signer(act, one, steps, unlocked, scan) + _check_stand_in(one, by))
        body = canonical.dump(change_body(one))
        for step in steps:
            name = by if by and step == "giver" and scan is not None else one.people[step]
            ink = InkText((name,), scan) if scan is not None else None
            sign_body(act, desk, ON_POST, uid, body, step, unlocked, ink)
        act.record("sign_post", f"post_change:{uid}")
    return one


def _check_signer(
    act: Act, one: PostChange, steps: Sequence[str], unlocked: Unlocked, scan: str | None
) -> list[Problem]:
    if scan is None:
        wrong = [step for step in steps if one.people[step] != unlocked.person]
        text = _("{who}是{name}，要由本人用钥匙签，或登记本人的纸质签字")
        return [Problem(text.format(who=step_words()[step], name=one.people[step])) for step in wrong]
    problems = []
    roles = person_rows.duties(act.connection, unlocked.person, act.at[:10])
    if AGENT not in roles and DIRECTOR not in roles:
        problems.append(Problem(_("{name}没有登记签字的职责").format(name=unlocked.person)))
    if unlocked.person in (one.hand.giver, one.hand.receiver):
        problems.append(Problem(_("移交人、接收人不能给自己登记纸质签字，请用钥匙签")))
    if attachment.find(act.connection, scan) is None:
        problems.append(Problem(_("请先放入签过字的移交清单的扫描件"), field="scan"))
    return problems


def _check_stand_in(one: PostChange, by: str) -> list[Problem]:
    """Who signs for a giver who cannot come is a third person, or two people would make out three signatures."""
    problems = check_name(_("代移交人"), by) if by else []
    if by and by in (one.hand.receiver, one.hand.watcher):
        text = _("{name}是接收人或监交人，不能再代移交人签字")
        problems.append(Problem(text.format(name=by), field="by"))
    return problems


def _accounts(connection: Connection, items: Sequence[HandItem]) -> Mapping[str, Mapping[str, Account]]:
    codes = {one.book for one in items if one.book}
    known = {one.code for one in book_rows.books(connection)}
    return {code: book_rows.accounts(connection, book_rows.book_id(connection, code)) for code in codes & known}


def _tidy(one: PostChange, act: Act) -> PostChange:
    def tidy(text: str) -> str:
        return plain_text(text).strip()

    items = tuple(
        replace(item, words=tidy(item.words), number=tidy(item.number), settled_on=tidy(item.settled_on))
        for item in one.hand.items
    )
    uid, hand = str(uuid.uuid4()), one.hand
    hand = replace(
        hand, uid=uid, giver=tidy(hand.giver), receiver="".join(hand.receiver.split()),
        watcher="".join(hand.watcher.split()), items=items, remark=tidy(hand.remark), recorded_by=act.person,
        recorded_at=act.at,
    )  # fmt: skip
    return replace(one, uid=uid, hand=hand)


def _find(office: Office, uid: str) -> PostChange:
    found = next((one for one in list_changes(office) if one.uid == uid), None)
    if found is None:
        raise Refused([Problem(_("没有这份岗位移交清单"))])
    return found


def _open(act: Act, uid: str) -> PostChange:
    found = next((one for one in post_rows.changes(act.connection, act.row) if one.uid == uid), None)
    if found is None or found.state != OPEN:
        raise Refused([Problem(_("这份移交清单已经办完或放弃"))])
    return found


def _desk(office: Office, change: PostChange) -> Desk:
    with office.books.read() as connection:
        book = book_rows.find_book(connection, change.book)
    return Desk(office.books, office.person, book, month_of(change.hand.day))
