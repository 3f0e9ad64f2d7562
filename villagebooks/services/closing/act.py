"""Closing, reopening and locking: signed acts, journalled, each on the months in their order."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from villagebooks.core.approval import AGENT, DIRECTOR, ON_PERIOD, WITHDRAW
from villagebooks.core.book import Book
from villagebooks.core.closing import (
    CLOSE,
    CLOSED,
    LOCK,
    LOCKED,
    OPEN,
    REOPEN,
    Blocker,
    BookClosing,
    PeriodAct,
)
from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.period import Month, Period, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.voucher import POSTED, VOID
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import closing as closing_rows
from villagebooks.db import journal
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import person as person_rows
from villagebooks.seal import canonical
from villagebooks.services.approval import sign_body, sign_step
from villagebooks.services.closing.checklist import checklist_of, month_checklist
from villagebooks.services.desk import Act, Desk, Office, acting, list_books
from villagebooks.services.key import Unlocked
from villagebooks.services.ledger import ALL, trial_balance
from villagebooks.services.signature import note_faults
from villagebooks.services.statement import note_texts, statement

BEFORE_LOCK = ("transfer", "loss_pending")
"""Rules that a year must keep before it is locked, whatever the township chose for the month."""

REPORT = 2
"""Version of the year's report whose hash is signed."""
FARTHEST = 3
"""Months without any voucher that one closing may pass."""


def close_month(desk: Desk, unlocked: Unlocked) -> list[Blocker]:
    """结账 of the desk's month by an agent accountant or the director; the warnings that were passed over.

    Refused with every blocker. Earlier months that came finished by import, or that are empty, are closed along, each
    with its own signature. The next month is open by itself. Source: 财会〔2024〕12号 art. 24.
    """
    with acting(desk) as act:
        row = act.row
        _check_duty(act, unlocked, (AGENT, DIRECTOR))
        states = book_rows.month_states(act.connection, row)
        if states.get(desk.period, OPEN) != OPEN:
            raise Refused([Problem(_("{month} 已经结过账").format(month=desk.period))])
        refuse_if(_far_faults(desk.period, closing_rows.last_posted(act.connection, row), states))
        found = checklist_of(act.connection, desk.book, desk.period)
        refuse_if([one.problem for one in found if one.blocks])
        for month in _open_until(desk.book.start, desk.period, states):
            if month != desk.period:
                _check_finished(act, desk.book, month)
            _close(act, desk, month, [str(one) for one in found] if month == desk.period else [], unlocked)
        return found


def close_books(office: Office, book: str, month: Month, unlocked: Unlocked | None) -> list[BookClosing]:
    """Close a month of one book or of all, each in its own transaction; without a signer only look what is in the way.

    With `all`, books that begin later are left out, and so are those that are closed already.
    """
    chosen = [one for one in list_books(office) if book in (ALL, one.code)]
    if book == ALL:
        chosen = [one for one in chosen if one.keeps(month)]
    if not chosen and book == ALL:
        raise Refused([Problem(_("{month} 还没有账套").format(month=month))])
    if not chosen:
        with office.books.read() as connection:
            book_rows.find_book(connection, book)  # it says which there are
    desks = [Desk(office.books, unlocked.person if unlocked else office.person, one, month) for one in chosen]
    if unlocked and book == ALL:
        desks = [desk for desk in desks if month not in month_states(desk)]
    return [_close_book(desk, unlocked) for desk in desks]


def _close_book(desk: Desk, unlocked: Unlocked | None) -> BookClosing:
    if unlocked is None:
        found = month_checklist(desk)
        problems = tuple(one.problem for one in found if one.blocks)
        return BookClosing(desk.book.code, False, problems, tuple(one for one in found if not one.blocks))
    try:
        return BookClosing(desk.book.code, True, (), tuple(close_month(desk, unlocked)))
    except Refused as refused:
        return BookClosing(desk.book.code, False, refused.problems)


def reopen_month(desk: Desk, first: Unlocked, second: Unlocked, reason: str) -> PeriodAct:
    """反结账 of the desk's month, the last closed one and not locked: two people, a reason; nothing is unposted."""
    with acting(desk) as act:
        row = act.row
        problems = []
        if first.person == second.person:
            problems.append(Problem(_("反结账要两个人，不能都是{name}").format(name=first.person)))
        if not reason.strip():
            problems.append(Problem(_("请写明反结账的原因"), field="reason"))
        if book_rows.find_book(act.connection, desk.book.code).stopped:
            problems.append(Problem(_("账套已经停用（转换了制度或已并账），不能反结账")))
        refuse_if([*problems, *_last_closed_faults(act.connection, row, desk.period)])
        for one in (first, second):
            _check_duty(act, one, (AGENT, DIRECTOR))
        _withdraw_closing(act, desk, (first, second))
        body = _body(desk.book, REOPEN, str(desk.period), reason=reason.strip())
        uid = _sign(act, desk, REOPEN, body, first, second)
        _set(act, desk.book, desk.period, OPEN, REOPEN)
        return next(one for one in _acts(act.connection, row) if one.uid == uid)


def _withdraw_closing(act: Act, desk: Desk, signers: Sequence[Unlocked]) -> None:
    """One of the two holds the duty by which the month was closed, and takes that signature back over the same body."""
    closed = _closing_of(act.connection, act.row, str(desk.period))
    if closed is None:
        return  # finished by import: nobody here signed it
    duties = _duties(act.connection, closed.signers[0], closed.at)
    mine = next((one for one in signers if duties & _duties(act.connection, one.person, act.at)), None)
    if mine is None:
        text = _("{month} 是由{duty}（{name}）结的账，反结账的两人里也要有{duty}")
        duty = _("、").join(_(DUTY_WORDS[one]) for one in sorted(duties)) or closed.signers[0]
        words = {"month": desk.period, "duty": duty, "name": closed.signers[0]}
        raise Refused([Problem(text.format(**words))])
    raw = approval_rows.body_of(act.connection, closed.uid, 1) or b""
    what = (ON_PERIOD, closed.uid, 1, hashlib.sha256(raw).hexdigest())
    sign_step(act, desk, what, CLOSE, WITHDRAW, mine)


def _duties(connection: Connection, person: str, at: str) -> set[str]:
    """The duties by which a month is closed that the person held at a moment."""
    return {AGENT, DIRECTOR} & set(person_rows.duties(connection, person, at[:10]))


def _closing_of(connection: Connection, row: int, period: str) -> PeriodAct | None:
    """The signed act that closed the month last."""
    closings = [one for one in _acts(connection, row) if one.act == CLOSE and one.period == period]
    return closings[-1] if closings else None


def lock_year(desk: Desk, unlocked: Unlocked) -> PeriodAct:
    """Lock the year of the desk's month for ever, with the hash of its report; every month closed, by the director.

    A book that was merged in mid-year has no months after its last one.
    Refused while profit and loss or distributions are not transferred, or 181 is not zero (RULES §2).
    """
    year = desk.period.year
    with acting(desk) as act:
        row = act.row
        _check_duty(act, unlocked, (DIRECTOR,))
        states = book_rows.month_states(act.connection, row)
        months = _months_of(book_rows.find_book(act.connection, desk.book.code), year)
        problems = [
            Problem(_("{month} 还没有结账").format(month=month)) for month in months if states.get(month, OPEN) == OPEN
        ]
        if not months or all(states.get(month) == LOCKED for month in months):
            problems.append(Problem(_("{year} 年没有可锁定的月份").format(year=year)))
        last = Month(year, 12)
        if not problems:
            left = checklist_of(act.connection, desk.book, last)
            problems += [one.problem for one in left if one.rule in BEFORE_LOCK]
        refuse_if(problems)
        report = hashlib.sha256(year_report(desk, year)).hexdigest()
        uid = _sign(act, desk, LOCK, _body(desk.book, LOCK, str(year), digest=report), unlocked)
        for month in months:
            _set(act, desk.book, month, LOCKED, LOCK)
        return next(one for one in _acts(act.connection, row) if one.uid == uid)


def year_report(desk: Desk, year: int, version: int = REPORT) -> bytes:
    """The year's report as canonical bytes: both statements, the trial balance, and from version 2 on what was written
    into the notes by hand; amounts in fen.

    The rest of the notes is figures of the same balances, and words about the roll that go on changing.
    """
    with desk.books.read() as connection:
        start = ledger_rows.first_month(connection, book_rows.book_id(connection, desk.book.code), desk.book.start)
    first, last = max(Month(year, 1), start), Month(year, 12)
    at = desk.at(last)
    parts: dict[str, object] = {"v": version, "book": desk.book.uid, "year": year}
    if version > 1:
        parts["notes"] = [list(one) for one in sorted(note_texts(desk, year).items()) if one[1]]
    for kind in (BALANCE_SHEET, INCOME):
        rows = statement(at, kind, Span(Month(year, 1), last)).rows
        parts[kind] = [[one.line_no, one.label, *one.amounts_fen] for one in rows]
    parts["trial-balance"] = [
        [
            one.account, one.name, one.opening_debit_fen, one.opening_credit_fen, one.debit_fen, one.credit_fen,
            one.closing_debit_fen, one.closing_credit_fen,
        ]
        for one in trial_balance(desk.office, desk.book.code, first, last).rows
    ]  # fmt: skip
    return canonical.dump(parts)


def month_states(desk: Desk) -> dict[Month, str]:
    """Months of the book that are closed or locked; any other is open."""
    with desk.books.read() as connection:
        states = book_rows.month_states(connection, book_rows.book_id(connection, desk.book.code))
    return {month: state for month, state in states.items() if state != OPEN}


def period_acts(desk: Desk) -> list[PeriodAct]:
    """Every closing, reopening and lock of the book in order: the register that is printed."""
    with desk.books.read() as connection:
        return _acts(connection, book_rows.book_id(connection, desk.book.code))


def period_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(month or act, what is wrong): states against the signed acts, and months whose vouchers changed since."""
    row = book_rows.book_id(connection, book.code)
    acts = _acts(connection, row)
    should: dict[str, PeriodAct] = {}
    for one in acts:
        for period in [one.period] if one.act != LOCK else map(str, _months_of(book, int(one.period))):
            should[period] = one
    states = {str(month): state for month, state in book_rows.month_states(connection, row).items()}
    told = {CLOSE: CLOSED, REOPEN: OPEN, LOCK: LOCKED}
    for period in sorted({*should, *states}):
        want = told[should[period].act] if period in should else OPEN
        if states.get(period, OPEN) != want:
            yield period, _("月份的状态与签过字的结账记录不符")
    closings = {one.period: one for one in acts if one.act == CLOSE}
    for period, one in closings.items():
        reopened = should[period].act == REOPEN
        found = closing_rows.month_print(connection, row, Month(int(period[:4]), int(period[5:])))
        if reopened and not _was_withdrawn(connection, row, one):
            yield period, _("反结账没有由结账的同样职责签字撤回")
        if not reopened and found != (one.vouchers, one.digest):
            text = _("结账时有 {n} 张凭证，现在有 {m} 张，或内容、状态变了")
            yield period, text.format(n=one.vouchers, m=found[0])


def _was_withdrawn(connection: Connection, row: int, closed: PeriodAct) -> bool:
    """Whether the closing's signature was taken back; acts from before that was asked need not."""
    given = approval_rows.approvals_of(connection, closed.uid)
    month = Month(int(closed.period[:4]), int(closed.period[5:]))
    return any(one.decision == WITHDRAW for one, _note in given) or journal.is_old(
        connection, closing_rows.period_key(row, month), REOPEN
    )


def signature_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(act, what is wrong) for signatures on closings that do not hold, and for bodies that were changed."""
    row = book_rows.book_id(connection, book.code)
    for uid, _at, _signers, body, kept in closing_rows.acts_on_periods(connection, row):
        digest = hashlib.sha256(body).hexdigest()
        if digest != kept:
            yield uid, _("签过的原文与它的校验值不符")
        faults = note_faults(connection, book, row, approval_rows.approvals_of(connection, uid), digest)
        yield from ((uid, fault) for fault in faults if fault)


def report_faults(desk: Desk) -> Iterator[tuple[str, str]]:
    """(year, what is wrong) for locked years whose report is no longer what was locked."""
    for one in period_acts(desk):
        if one.act == LOCK and one.digest not in _report_digests(desk, int(one.period)):
            yield one.period, _("年度报表与锁定时的不符")


def _report_digests(desk: Desk, year: int) -> Iterator[str]:
    """The hash of the report as it is made now, and as it was made when earlier years were locked."""
    for version in range(REPORT, 0, -1):
        yield hashlib.sha256(year_report(desk, year, version)).hexdigest()


def _close(act: Act, desk: Desk, month: Month, warnings: Sequence[str], unlocked: Unlocked) -> None:
    count, digest = closing_rows.month_print(act.connection, act.row, month)
    body = _body(desk.book, CLOSE, str(month), vouchers=count, digest=digest, warnings=warnings)
    _sign(act, desk, CLOSE, body, unlocked)
    _set(act, desk.book, month, CLOSED, CLOSE)


def _check_finished(act: Act, book: Book, month: Month) -> None:
    """A month that is closed along came from an import or is empty; the cheap look first, there may be many."""
    vouchers = closing_rows.numbered_vouchers(act.connection, act.row, month)
    if any(one.state not in (POSTED, VOID) or one.difference_fen for one in vouchers):
        refuse_if([one.problem for one in checklist_of(act.connection, book, month) if one.blocks])


def _body(
    book: Book, act: str, period: str, reason: str = "", vouchers: int = 0, digest: str = "",
    warnings: Sequence[str] = (),
) -> bytes:  # fmt: skip
    return canonical.dump(
        {
            "v": 1, "book": book.uid, "act": act, "period": period, "reason": reason, "vouchers": vouchers,
            "digest": digest, "warnings": list(warnings),
        }
    )  # fmt: skip


def _sign(act: Act, desk: Desk, step: str, body: bytes, *signers: Unlocked) -> str:
    uid = str(uuid.uuid4())
    for place, unlocked in enumerate(signers, 1):
        sign_body(act, desk, ON_PERIOD, uid, body, step if place == 1 else f"{step}-{place}", unlocked)
    return uid


def _set(act: Act, book: Book, month: Month, state: str, kind: str) -> None:
    book_rows.set_month(act.connection, act.row, Period(book.code, month, state))
    act.record(kind, closing_rows.period_key(act.row, month))


def _acts(connection: Connection, row: int) -> list[PeriodAct]:
    found = closing_rows.acts_on_periods(connection, row)
    return [one for uid, at, signers, raw, _digest in found if (one := _read_act(uid, at, signers, raw))]


def _read_act(uid: str, at: str, signers: tuple[str, ...], raw: bytes) -> PeriodAct | None:
    """The act that was signed, None for bytes that were changed behind the program: the check names those."""
    try:
        body = canonical.load(raw)
    except canonical.FormatError:
        return None
    if not isinstance(body, dict):
        return None
    return PeriodAct(
        uid, str(body["act"]), str(body["period"]), at, signers, str(body["reason"]), int(body["vouchers"]),
        str(body["digest"]), tuple(map(str, body["warnings"])),
    )  # fmt: skip


def _last_closed_faults(connection: Connection, row: int, month: Month) -> list[Problem]:
    states = book_rows.month_states(connection, row)
    state = states.get(month, OPEN)
    if state == LOCKED:
        return [Problem(_("{month} 已随年度锁定，不能反结账").format(month=month))]
    if state == OPEN:
        return [Problem(_("{month} 没有结账").format(month=month))]
    later = [str(one) for one, kept in states.items() if one > month and kept != OPEN]
    if later:
        return [Problem(_("只能反结账最后结的一个月；后面还结了 {months}").format(months=_("、").join(sorted(later))))]
    return []


def _far_faults(month: Month, posted: Month | None, states: dict[Month, str]) -> list[Problem]:
    """A year typed wrong would close a year of empty months, and each is reopened by two people."""
    if posted is None:
        return [Problem(_("账套里还没有记过账的凭证，没有账可结"))]
    last = max([posted, *(one for one, state in states.items() if state != OPEN)])
    if month > last.plus(FARTHEST):
        text = _("{last} 以后都没有凭证，{month} 太远，月份可能选错了")
        return [Problem(text.format(last=last, month=month))]
    return []


def _open_until(start: Month, last: Month, states: dict[Month, str]) -> list[Month]:
    months, month = [], start
    while month <= last:
        if states.get(month, OPEN) == OPEN:
            months.append(month)
        month = month.next()
    return months


def _months_of(book: Book, year: int) -> list[Month]:
    return [month for month in (Month(year, n) for n in range(1, 13)) if book.keeps(month)]


def _check_duty(act: Act, unlocked: Unlocked, duties: Sequence[str]) -> None:
    held = person_rows.duties(act.connection, unlocked.person, act.at[:10])
    if not set(held) & set(duties):
        raise Refused([Problem(_("{name}没有结账的职责").format(name=unlocked.person))])
