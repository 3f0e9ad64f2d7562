"""Beginning a merger drafts its two vouchers; finishing it, signed by the director, ends the old book."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.approval import DIRECTOR, ON_MERGER
from villagebooks.core.book import Book
from villagebooks.core.merger import DRAFT, FINISHED, GIVEN_UP, Merger, in_lines, out_lines
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import POSTED, VOID, Draft, Line, Voucher
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import merger as merger_rows
from villagebooks.db import person as person_rows
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.seal import canonical
from villagebooks.services.account.change import enter_account
from villagebooks.services.approval import sign_body
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.merger.read import MergerState, former_name, plan_in, state_of
from villagebooks.services.voucher import keep_voucher, void_in

STEP = "merge"


def begin_merger(desk: Desk, target: str, day: date, basis: str) -> MergerState:
    """Draft the transfer of the desk's book into another: one voucher in each, to be signed and posted like any.

    Accounts that the new book lacks are opened in it. Refused with everything that stands in the way.
    """
    basis = plain_text(basis).strip()
    with acting(desk, alone=True) as act:
        plan = plan_in(act.connection, desk.book.code, target, day, basis)
        refuse_if(plan.problems)
        new = book_rows.find_book(act.connection, target)
        there = replace(act, book=book_rows.book_id(act.connection, target))
        _open_accounts(there, new, plan.opened)
        former = former_name(act.connection, desk.book, day)
        words = {"former": former, "new": new.name, "basis": basis}
        going = out_lines(plan.moves, _("合村并账：转出到{new}（{basis}）").format(**words))
        coming = in_lines(plan.moves, _("合村并账：{former}的账转入（{basis}）").format(**words))
        one = Merger(
            str(uuid.uuid4()), desk.book.code, target, day, former, basis, DRAFT, _draft(act, desk, day, going),
            _draft(there, Desk(desk.books, desk.person, new, month_of(day)), day, coming), desk.person, act.at,
        )  # fmt: skip
        merger_rows.add_merger(act.connection, act.row, there.row, one)
        _record(act, there, "begin_merger", one.uid)
        return state_of(act.connection, one)


def give_up_merger(desk: Desk) -> None:
    """Put an unfinished merger away: its drafts are voided; what is posted must be reversed before."""
    with acting(desk, alone=True) as act:
        one = _open_merger(act)
        there = replace(act, book=book_rows.book_id(act.connection, one.target))
        for side, uid in ((act, one.voucher_out), (there, one.voucher_in)):
            voucher = voucher_rows.find_voucher(act.connection, side.row, uid)
            red = voucher_rows.find_voucher(side.connection, side.row, voucher_rows.reversal_of(act.connection, uid))
            if voucher and voucher.state == POSTED and (red is None or red.state != POSTED):
                text = _("{title} 已经记账：先红字冲销，再放弃并账")
                raise Refused([Problem(text.format(title=voucher.title))])
            if voucher and voucher.state not in (POSTED, VOID):
                void_in(side, voucher, _("放弃合村并账"))
        merger_rows.set_state(act.connection, one.uid, GIVEN_UP)
        _record(act, there, "give_up_merger", one.uid)


def finish_merger(desk: Desk, director: Unlocked) -> MergerState:
    """签字完成: the old book is stopped for ever and its village points to its successor; its reports still work.

    Signed by the director over both vouchers and every move. Refused while a voucher is not posted, a balance is left
    or the last month is not closed. A village with another book that is still kept gets its successor with the last.
    """
    with acting(desk, alone=True) as act:
        one = _open_merger(act)
        state = state_of(act.connection, one)
        if DIRECTOR not in person_rows.duties(act.connection, director.person, act.at[:10]):
            raise Refused([Problem(_("{name}不是中心主任：合村并账由中心主任签字完成").format(name=director.person))])
        refuse_if(state.problems)
        there = replace(act, book=book_rows.book_id(act.connection, one.target))
        new = book_rows.find_book(act.connection, one.target)
        book_rows.stop_book(act.connection, act.row, month_of(one.day))
        office = replace(act, book=None)
        office.record("stop", f"book:{desk.book.uid}")
        _name_successor(office, desk.book, new)
        merger_rows.set_state(act.connection, one.uid, FINISHED, act.at)
        _record(act, there, "merge", one.uid)
        if state.going and state.coming:
            body = merger_body(one, desk.book, new, state.going, state.coming)
            sign_body(act, desk, ON_MERGER, one.uid, body, STEP, director)
        return state_of(act.connection, replace(one, state=FINISHED, finished_at=act.at))


def merger_body(one: Merger, source: Book, target: Book, going: Voucher, coming: Voucher) -> bytes:
    """What the director signs: both books, the day, the basis, both vouchers with their digests and their lines."""
    return canonical.dump(
        {
            "v": 1, "act": "merge", "merger": one.uid, "source": source.uid, "target": target.uid,
            "day": one.day.isoformat(), "former": one.former, "basis": one.basis,
            "vouchers": [[voucher.uid, voucher.digest] for voucher in (going, coming)],
            "lines": [_numbers(voucher.lines) for voucher in (going, coming)],
        }
    )  # fmt: skip


def _numbers(lines: Sequence[Line]) -> list[list[object]]:
    return [
        [one.account, one.party, one.project, one.contract, one.bank, one.debit_fen, one.credit_fen, one.quantity_milli]
        for one in lines
    ]


def body_digest(body: bytes) -> str:
    """What the note of the signature quotes."""
    return hashlib.sha256(body).hexdigest()


def _draft(act: Act, desk: Desk, day: date, lines: tuple[Line, ...]) -> str:
    return keep_voucher(act, desk, Draft(day, lines, attachment_count=1)).uid


def _open_accounts(act: Act, book: Book, opened: Sequence[Account]) -> None:
    for one in opened:
        enter_account(act, book, one)
    if opened:
        act.record("accounts", f"accounts:{act.row}")


def _name_successor(office: Act, source: Book, target: Book) -> None:
    books = [one for one in book_rows.books(office.connection) if one.village == source.village]
    if all(one.stopped for one in books):
        village_rows.set_successor(office.connection, source.village, target.village)
        office.record("successor", f"village:{source.village}")


def _open_merger(act: Act) -> Merger:
    found = [one for one in merger_rows.mergers(act.connection, act.row) if one.state == DRAFT]
    if not found:
        raise Refused([Problem(_("这个账套没有在并账"))])
    return found[-1]


def _record(act: Act, there: Act, kind: str, uid: str) -> None:
    """In both books: the merger is of both."""
    for side in (act, there):
        journal.record(side.connection, side.book, side.at, side.person, kind, f"merger:{uid}")
