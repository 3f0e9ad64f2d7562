"""Matching: by the program what is sure, by a person what is not; undone as long as the month is not confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from villagebooks.core.bank import (
    AUTO,
    BANK,
    BOOK,
    CERTAIN,
    FAR,
    INSIDE,
    MANUAL,
    PARTIAL,
    BankMatch,
    MoneyItem,
    Proposal,
    check_match,
    guess_account,
    kind_of,
    propose_matches,
)
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import Draft, Line
from villagebooks.core.words import _
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.formats.bank import read_habits
from villagebooks.paths import resource
from villagebooks.services.bank.state import BankState, Key, read_state
from villagebooks.services.desk import Act, Desk, acting


def match_automatically(desk: Desk, account: str) -> list[BankMatch]:
    """自动勾对: keep what is sure of what is free, journalled; what is only possible stays for `possible_matches`.

    A pair inside the bank that was found before is looked at again when the books have its amounts by now.
    """
    with acting(desk) as act:
        state = read_state(act.connection, desk.book, account)
        free = [*state.free, *_reopen_pairs(act, state)]
        free.sort(key=lambda one: one.day)
        made = [_complete_rest(act, state, one) for one in _rests(state, free)]
        used = {item.key for match in made for item in match.items}
        free = [one for one in free if one.key not in used]
        sure = [one for one in _proposals(free) if one.sure and _allowed(state, one.items)]
        made += [_keep(act, state, one, AUTO, desk.person) for one in sure]
    return made


def possible_matches(desk: Desk, account: str) -> list[Proposal]:
    """What the program would match but is not sure of: a person decides."""
    with desk.books.read() as connection:
        state = read_state(connection, desk.book, account)
    return [one for one in _proposals(state.free) if not one.sure and _allowed(state, one.items)]


def match_items(desk: Desk, account: str, keys: Sequence[Key], rest_allowed: bool = False) -> BankMatch:
    """手工勾对 of free items whose sums agree; with `rest_allowed` what one side moved more stays open.

    Items may also join a match that has a rest, when they settle it. Refused for what is matched already, is in a
    confirmed month, or does not add up.
    """
    with acting(desk) as act:
        state = read_state(act.connection, desk.book, account)
        joined = next((one for one in state.matches for item in one.items if item.key in keys), None)
        items = [state.items[key] for key in dict.fromkeys(keys) if key in state.items]
        if len(items) < len(set(keys)):
            raise Refused([Problem(_("选的里面有一笔已经不在了，请刷新"))])
        if joined:
            return _join(act, state, joined, items)
        refuse_if(check_match(items, rest_allowed))
        if not _allowed(state, items):
            raise Refused([_frozen(state)])
        proposal = Proposal(kind_of(items), tuple(items), CERTAIN, _("手工勾对"))
        return _keep(act, state, proposal, MANUAL, desk.person)


def undo_match(desk: Desk, uid: str, account: str) -> None:
    """取消勾对. Of a match that reaches into a confirmed month only what came later is freed."""
    with acting(desk) as act:
        state = read_state(act.connection, desk.book, account)
        one = next((match for match in state.matches if match.uid == uid), None)
        if one is None:
            raise Refused([Problem(_("没有这组勾对，可能已经取消"))])
        until = state.confirmed_until
        old = [item for item in one.items if until and item.day <= until]
        keys = [item.key for item in one.items if len(old) < 2 or item not in old]
        if not keys:
            raise Refused([_frozen(state)])
        left = bank_rows.drop_match_items(act.connection, uid, keys)
        if left:
            bank_rows.set_match_kind(act.connection, uid, kind_of([item for item in one.items if item in old]))
        act.record("unmatch", f"bank_match:{uid}")


def draft_from_bank(desk: Desk, account: str, keys: Sequence[Key]) -> Draft:
    """A draft for lines of the bank that the books do not have: the bank's side is filled, the other proposed by words.

    Lines of one day make one voucher; of several days those of the first day that is not booked yet (退汇 and the
    payment again are two vouchers). Refused for lines of the books.
    """
    with desk.books.read() as connection:
        state = read_state(connection, desk.book, account)
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code))
    items = sorted((state.items[key] for key in keys if key in state.items and key[0] == BANK), key=lambda one: one.day)
    if not items or len(items) < len(keys):
        raise Refused([Problem(_("请选右边银行的行来做凭证"))])
    free = [one for one in state.free if one.side == BOOK]
    open_items = [one for one in items if not any(_same_money(one, other) for other in free)] or items
    habits = read_habits(resource("bank", "drafts.csv"))
    lines: list[Line] = []
    for one in [one for one in open_items if one.day == open_items[0].day]:
        own = Line(one.words, account, max(one.amount_fen, 0), max(-one.amount_fen, 0))
        lines += [own, Line(one.words, guess_account(one.words, habits, accounts), own.credit_fen, own.debit_fen)]
    return Draft(open_items[0].day, tuple(lines), attachment_count=len(lines) // 2)


def _same_money(one: MoneyItem, other: MoneyItem) -> bool:
    return one.amount_fen == other.amount_fen and one.day == other.day


def _proposals(free: Sequence[MoneyItem]) -> tuple[Proposal, ...]:
    return propose_matches([one for one in free if one.side == BOOK], [one for one in free if one.side == BANK])


def _reopen_pairs(act: Act, state: BankState) -> list[MoneyItem]:
    """Free the pairs inside the bank that the books have vouchers for by now."""
    amounts = [one.amount_fen for one in state.free if one.side == BOOK]
    freed: list[MoneyItem] = []
    for match in state.matches:
        wanted = [one.amount_fen for one in match.items]
        at_bank = match.kind == INSIDE and match.how == AUTO and match.items[0].side == BANK
        booked = all(amounts.count(fen) >= wanted.count(fen) for fen in wanted)
        if at_bank and booked and _free_to_change(state, match):
            bank_rows.drop_match_items(act.connection, match.uid, [one.key for one in match.items])
            act.record("unmatch", f"bank_match:{match.uid}")
            freed += match.items
    return freed


def _rests(state: BankState, free: Sequence[MoneyItem]) -> list[tuple[BankMatch, MoneyItem]]:
    """Free items that are exactly what a match still lacks and came after it, each once."""
    found: list[tuple[BankMatch, MoneyItem]] = []
    used: set[Key] = set()
    for match in state.matches:
        if not match.rest_fen:
            continue
        last = max(one.day for one in match.items)
        for one in free:
            settles = one.amount_fen == (match.rest_fen if one.side == BANK else -match.rest_fen)
            if settles and one.key not in used and 0 <= (one.day - last).days <= FAR:
                used.add(one.key)
                found.append((match, one))
                break
    return found


def _complete_rest(act: Act, state: BankState, pair: tuple[BankMatch, MoneyItem]) -> BankMatch:
    return _join(act, state, pair[0], [pair[1]])


def _join(act: Act, state: BankState, match: BankMatch, items: Sequence[MoneyItem]) -> BankMatch:
    known = {one.key for one in match.items}
    used = {one.key for other in state.matches if other.uid != match.uid for one in other.items}
    new = [one for one in items if one.key not in known]
    both = (*match.items, *new)
    if any(one.key in used for one in new) or not new:
        raise Refused([Problem(_("选的里面有已经勾对的，请先取消那一组"))])
    if not match.rest_fen or Proposal(PARTIAL, both, CERTAIN, "").rest_fen:
        raise Refused([Problem(_("加上这一笔，两边还是不相等"))])
    until = state.confirmed_until
    if until and any(one.day <= until for one in new):
        raise Refused([_frozen(state)])
    kind = kind_of(both)
    bank_rows.add_match_items(act.connection, match.uid, new)
    bank_rows.set_match_kind(act.connection, match.uid, kind)
    act.record("match", f"bank_match:{match.uid}")
    return replace(match, kind=kind, items=both)


def _keep(act: Act, state: BankState, proposal: Proposal, how: str, person: str) -> BankMatch:
    one = BankMatch(
        str(uuid.uuid4()), proposal.kind, how, proposal.confidence, proposal.words, person, act.at, proposal.items
    )
    bank_rows.add_match(act.connection, act.row, state.account.code, one)
    act.record("match", f"bank_match:{one.uid}")
    return one


def _allowed(state: BankState, items: Sequence[MoneyItem]) -> bool:
    """A confirmed month does not change: of items that join, one at most lies in it."""
    until = state.confirmed_until
    return until is None or sum(one.day <= until for one in items) <= 1


def _free_to_change(state: BankState, match: BankMatch) -> bool:
    until = state.confirmed_until
    return until is None or all(one.day > until for one in match.items)


def _frozen(state: BankState) -> Problem:
    text = _("到 {day} 的账已对账确认，要改请先撤销确认")
    return Problem(text.format(day=state.confirmed_until or Month(1900, 1)))
