"""The reconciliation of a month: shown as it stands, confirmed by a signature, withdrawn by one, verified for ever."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR, ON_RECONCILIATION
from villagebooks.core.bank import (
    CONFIRMED,
    WITHDRAWN,
    BankMatch,
    BankStatement,
    MoneyItem,
    Reconciliation,
    check_reconciliation,
    sheet_body,
)
from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.seal import canonical
from villagebooks.services.approval import sign_body
from villagebooks.services.bank.state import (
    BankState,
    bank_leaves,
    book_balance,
    build_sheet,
    read_state,
)
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.signature import note_faults


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank account of the book at the desk's month: until when statements speak, and whether it is confirmed."""

    code: str
    name: str
    book_fen: int
    covered: date | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BankMonth:
    """What the page shows of one account and month. `matches` are those with an item in the month or with a rest.

    `sheet` is None while no statement is kept. `reason` is why a difference was accepted, `confirmed` who signed.
    """

    code: str
    name: str
    month: Month
    sheet: Reconciliation | None
    free: tuple[MoneyItem, ...]
    matches: tuple[BankMatch, ...]
    statements: tuple[BankStatement, ...]
    opening: BankStatement | None
    covered: date | None
    confirmed: bank_rows.KeptSheet | None
    reason: str = ""


def bank_accounts(desk: Desk) -> list[BankAccount]:
    """The book's bank accounts as they stand at the end of the desk's month."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        found = []
        for leaf in bank_leaves(book_rows.accounts(connection, row), desk.period.first_day):
            state = read_state(connection, desk.book, leaf.code)
            balance = book_balance(connection, desk.book, leaf.code, desk.period.last_day)
            confirmed = state.sheet_of(desk.period) is not None
            found.append(BankAccount(leaf.code, leaf.name, balance, state.covered, confirmed))
    return found


def read_bank(desk: Desk, account: str) -> BankMonth:
    """One bank account at the desk's month: what is free and matched, and the sheet that comes of it."""
    until = desk.period.last_day
    with desk.books.read() as connection:
        state = read_state(connection, desk.book, account)
        sheet = build_sheet(connection, desk.book, state, desk.period) if state.begun else None
        confirmed = state.sheet_of(desk.period)
        reason = _reason(connection, confirmed.uid) if confirmed else ""
    free = tuple(one for one in state.free if one.day <= until)
    matches = tuple(
        one
        for one in state.matches
        if any(item.day <= until for item in one.items)
        and (one.rest_fen or any(item.day >= desk.period.first_day for item in one.items))
    )
    matches = tuple(sorted(matches, key=lambda one: (not one.rest_fen, min(item.day for item in one.items))))
    return BankMonth(
        account, state.account.name, desk.period, sheet, free, matches, state.statements, state.opening, state.covered,
        confirmed, reason,
    )  # fmt: skip


def confirm_reconciliation(desk: Desk, account: str, unlocked: Unlocked, reason: str = "") -> Reconciliation:
    """确认余额调节表 of the desk's month by an agent accountant or the director who is no cashier; signed.

    From then on the month takes no more vouchers on this account and its matches stay. Refused while the statements do
    not reach the month's end, and for a difference without a reason. Source: 财会〔2024〕12号 art. 23.
    """
    with acting(desk) as act:
        _check_duty(act, unlocked)
        state = read_state(act.connection, desk.book, account)
        if state.sheet_of(desk.period):
            raise Refused([Problem(_("{month} 的余额调节表已经确认过").format(month=desk.period))])
        sheet = build_sheet(act.connection, desk.book, state, desk.period)
        later = state.confirmed_until
        problems = check_reconciliation(sheet, reason, state.covered)
        if later and later > desk.period.last_day:
            problems.append(Problem(_("后面的月份（到 {day}）已经确认，请按月份先后对账").format(day=later)))
        refuse_if(problems)
        uid = str(uuid.uuid4())
        body = canonical.dump(sheet_body(sheet, desk.book.uid, uid, reason.strip(), _hashes(state, sheet)))
        sign_body(act, desk, ON_RECONCILIATION, uid, body, "confirm", unlocked)
        digest = hashlib.sha256(body).hexdigest()
        bank_rows.add_sheet(
            act.connection, act.row,
            bank_rows.KeptSheet(uid, account, desk.period, sheet.book_fen, sheet.bank_fen, sheet.adjusted_book_fen,
                                CONFIRMED, desk.person, unlocked.person, act.at, digest),
        )  # fmt: skip
        act.record("reconcile", f"reconciliation:{uid}")
    return sheet


def withdraw_reconciliation(desk: Desk, account: str, unlocked: Unlocked, reason: str) -> None:
    """撤销确认 of the desk's month, the last that was confirmed, with a reason, signed; not in a closed month."""
    with acting(desk) as act:
        _check_duty(act, unlocked)
        state = read_state(act.connection, desk.book, account)
        kept = state.sheet_of(desk.period)
        problems = []
        if kept is None:
            problems.append(Problem(_("{month} 的余额调节表没有确认").format(month=desk.period)))
        elif state.sheets[-1].uid != kept.uid:
            problems.append(Problem(_("后面的月份也确认了，请从最后一个月撤销起")))
        if not reason.strip():
            problems.append(Problem(_("请写明撤销的原因"), field="reason"))
        if book_rows.month_states(act.connection, act.row).get(desk.period, OPEN) != OPEN:
            problems.append(Problem(_("{month} 已结账，要改对账请先反结账").format(month=desk.period)))
        refuse_if(problems)
        if kept:
            uid = str(uuid.uuid4())
            body = {"v": 1, "act": "withdraw", "book": desk.book.uid, "of": kept.uid, "reason": reason.strip()}
            sign_body(act, desk, ON_RECONCILIATION, uid, canonical.dump(body), "withdraw", unlocked)
            bank_rows.withdraw_sheet(act.connection, kept.uid, WITHDRAWN)
            act.record("withdraw", f"reconciliation:{kept.uid}")


def reconciliation_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(account and month, what is wrong) for confirmed sheets that the rows no longer give, or that were changed."""
    row = book_rows.book_id(connection, book.code)
    for kept in bank_rows.sheets(connection, row):
        where = f"{kept.account} {kept.month}"
        raw = approval_rows.body_of(connection, kept.uid, 1) or b""
        if hashlib.sha256(raw).hexdigest() != kept.digest:
            yield where, _("签过的原文不见了或被改动")
            continue
        try:
            state = read_state(connection, book, kept.account)
            sheet = build_sheet(connection, book, state, kept.month)
        except (Refused, ValueError):
            yield where, _("科目、对账单或凭证读不出来")
            continue
        again = sheet_body(sheet, book.uid, kept.uid, _reason(connection, kept.uid), _hashes(state, sheet))
        if canonical.dump(again) != raw:
            yield where, _("按现在的凭证、对账单和勾对重新算出来的，与签过的不一样")


def reconciliation_signatures(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(uid, what is wrong) for signatures on reconciliations that do not hold."""
    row = book_rows.book_id(connection, book.code)
    for kept in (*bank_rows.sheets(connection, row), *bank_rows.sheets(connection, row, state=WITHDRAWN)):
        given = approval_rows.approvals_of(connection, kept.uid)
        if not given:
            yield kept.uid, _("余额调节表没有签字")
        faults = note_faults(connection, book, row, given, kept.digest)
        for (approval, _note), fault in zip(given, faults, strict=True):
            if fault or approval.signer != kept.confirmed_by:
                yield kept.uid, fault or _("签字的人与登记的不符")


def _hashes(state: BankState, sheet: Reconciliation) -> dict[str, str]:
    """Hashes over both sides' lines up to the month's end: a line that was slipped in or taken out shows."""
    upto = [one for one in state.items.values() if one.day <= sheet.until]
    return {
        side: bank_rows.lines_hash(sorted((one for one in upto if one.side == side), key=lambda one: one.key))
        for side in ("book", "bank")
    }


def _reason(connection: Connection, uid: str) -> str:
    raw = approval_rows.body_of(connection, uid, 1)
    try:
        body = canonical.load(raw) if raw else {}
    except canonical.FormatError:
        body = {}
    return str(body.get("reason", "")) if isinstance(body, dict) else ""


def _check_duty(act: Act, unlocked: Unlocked) -> None:
    held = set(person_rows.duties(act.connection, unlocked.person, act.at[:10]))
    if CASHIER in held:
        raise Refused([Problem(_("{name}是出纳，余额调节表要由别人确认").format(name=unlocked.person))])
    if not held & {AGENT, DIRECTOR}:
        raise Refused([Problem(_("{name}没有确认余额调节表的职责").format(name=unlocked.person))])
