"""What is told of one voucher before it is signed: who may sign the step that is waited for, and hints that refuse
nothing: money that is not there, a payment without the village's paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH
from villagebooks.core.approval import PREPARE, check_signer
from villagebooks.core.money import yuan_text
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.short import money_accounts, short_words
from villagebooks.core.voucher import NORMAL, POSTED, PRIOR_YEAR, VOID, Draft, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import merger as merger_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.db.check import bare as bare_rows
from villagebooks.services.account import today
from villagebooks.services.approval import centre_steps
from villagebooks.services.bank.state import book_balance
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import save_voucher
from villagebooks.services.watch import watch_of


@dataclass(frozen=True, slots=True)
class SignHint:
    """The step that a voucher waits for (its title, empty when nothing is), who of those asked about may sign it, and
    what is told besides."""

    step: str
    people: tuple[str, ...]
    hints: tuple[str, ...]


def save_with_hints(desk: Desk, draft: Draft, seen: int) -> tuple[Voucher, tuple[str, ...]]:
    """`save_voucher`, and what is told of the voucher once it is kept."""
    voucher = save_voucher(desk, draft, seen)
    with desk.books.read() as connection:
        return voucher, _hints(connection, desk, voucher)


def sign_hint(desk: Desk, uid: str, people: Sequence[str]) -> SignHint:
    """Of a voucher of the desk's book and of people with keys; Refused when it is not there."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        voucher = voucher_rows.find_voucher(connection, row_id, uid)
        if voucher is None:
            raise Refused([Problem(_("这个账套里没有这张凭证"))])
        moves = touches_money(voucher.lines, book_rows.accounts(connection, row_id))
        step = centre_steps(connection, desk.book, voucher, moves)[1]
        hints = _hints(connection, desk, voucher)
        if step is None:
            return SignHint("", (), hints)
        given = [one for one, _note in approval_rows.approvals_of(connection, uid, voucher.rev)]
        day = today(desk.office).isoformat()
        may = [
            name
            for name in people
            if not check_signer(
                step, name, person_rows.duties(connection, name, day), given, voucher.rev,
                person_rows.former_names(connection, name),
            ) and (step.name != PREPARE or name == voucher.prepared_by)
        ]  # fmt: skip
        return SignHint(step.title, tuple(may), hints)


def money_fen(desk: Desk, accounts: Sequence[str]) -> dict[str, int]:
    """What the books hold of each account of money at the end of the desk's month, posted vouchers only, fen."""
    with desk.books.read() as connection:
        return {one: book_balance(connection, desk.book, one, desk.period.last_day) for one in accounts}


def _hints(connection: Connection, desk: Desk, voucher: Voucher) -> tuple[str, ...]:
    if voucher.state in (POSTED, VOID):
        return ()
    row_id = book_rows.book_id(connection, desk.book.code)
    until = max(desk.period, month_of(voucher.day)).last_day
    held = {one: book_balance(connection, desk.book, one, until) for one in money_accounts(voucher.lines)}
    names = {code: one.name for code, one in book_rows.accounts(connection, row_id).items()} if held else {}
    bare = _bare_fen(connection, row_id, voucher)
    text = _("付出 {yuan} 元，没有村里签过字的报账单，结账和自查会提示")
    return (*short_words(voucher.lines, held, names), *([text.format(yuan=yuan_text(bare, group=","))] if bare else ()))


def _bare_fen(connection: Connection, row_id: int, voucher: Voucher) -> int:
    """What the voucher pays without a paper when it is above the township's line, 0 otherwise (`paid_bare`)."""
    limit = watch_of(connection).bare_fen
    if not limit or voucher.papers or voucher.kind not in (NORMAL, PRIOR_YEAR):
        return 0
    paid = -sum(one.net_fen for one in voucher.lines if one.account.startswith((CASH, BANK)))
    if paid <= limit or merger_rows.state_of_voucher(connection, voucher.uid):
        return 0
    paid -= bare_rows.taken_back_fen(connection, row_id, voucher.corrects) if voucher.corrects else 0
    return paid if paid > limit else 0
