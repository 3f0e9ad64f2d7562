"""Closings and reopenings among random acts: closed months stay what they were, the books stay books."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.conftest import Staff, build_accounts, line, sign_all
from tests.story.test_invariants import LEAVES, act, assert_sums, build_office, still_frozen
from villagebooks.core.account import Account
from villagebooks.core.closing import CLOSED, LOCKED
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft
from villagebooks.services.check import check_books
from villagebooks.services.closing import (
    close_month,
    draft_closing_transfers,
    lock_year,
    month_checklist,
    month_states,
    period_acts,
    reopen_month,
)
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.voucher import post_voucher, save_voucher

MONTHS = st.integers(0, 14)
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("book"),
            MONTHS,
            st.lists(st.tuples(st.sampled_from(LEAVES), st.integers(1, 10**9)), min_size=1, max_size=3),
            st.sampled_from(LEAVES),
        ),
        st.tuples(st.sampled_from(["close", "close", "reopen"]), MONTHS),
        st.tuples(st.sampled_from(["void", "post", "reverse", "transfer", "lock"]), st.integers(0, 9)),
    ),
    min_size=6,
    max_size=16,
)
START = Month(2026, 1)
MORE = [*build_accounts(), Account("321", "本年收益", 1, "", "C", leaf=True)]


def play(desk: Desk, staff: Staff, uids: list[str], one: tuple[object, ...]) -> None:
    match one:
        case ("book", int() as place, list() as debits, str() as credit):
            total = sum(amount for _account, amount in debits)
            lines = (*(line(account, amount) for account, amount in debits), line(credit, credit=total))
            saved = save_voucher(desk, Draft(START.plus(place).last_day, lines))
            uids.append(saved.uid)
            sign_all(desk, saved.uid, staff)
            post_voucher(desk, saved.uid)
        case ("close", int() as place):
            # mostly one of the next months: a far one is refused
            month = START.plus(len(month_states(desk)) + place % 3 if place % 4 else place)
            close_month(desk.at(month), staff.agent)
        case ("reopen", int() as place):
            month = max(month_states(desk), default=START) if place % 4 else START.plus(place)
            reopen_month(desk.at(month), staff.agent, staff.director, "随机测试里的反结账")
        case ("transfer", int()):
            uids.extend(save_voucher(desk, draft).uid for draft in draft_closing_transfers(desk, 2026))
        case ("lock", int()):
            finish_year(desk, staff, uids)
        case _:
            act(desk, staff, uids, one)


def finish_year(desk: Desk, staff: Staff, uids: list[str]) -> None:
    """Transfers signed and posted, the months up to those with drafts closed one by one, December locked."""
    for draft in draft_closing_transfers(desk, 2026):
        saved = save_voucher(desk, draft)
        uids.append(saved.uid)
        sign_all(desk, saved.uid, staff)
        post_voucher(desk, saved.uid)
    for place in range(12):
        if START.plus(place) not in month_states(desk):
            close_month(desk.at(START.plus(place)), staff.agent)
    lock_year(desk.at(Month(2026, 12)), staff.director)


def prints(desk: Desk, states: dict[Month, str]) -> dict[Month, list[tuple[object, ...]]]:
    """Every voucher of the months that are closed, as the database holds it."""
    with desk.books.read() as connection:
        rows = connection.execute(text("SELECT year, month, uid, digest, state FROM voucher ORDER BY uid")).all()
    return {
        month: [tuple(row) for row in rows if (row.year, row.month) == (month.year, month.month)] for month in states
    }


@given(ACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_closed_months_stay_what_they_were_whatever_is_done(acts: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk, staff = build_office(Path(folder), MORE)
        uids: list[str] = []
        frozen: dict[str, str] = {}
        closed: dict[Month, list[tuple[object, ...]]] = {}
        for one in acts:
            reopened = len(period_acts(desk))
            with suppress(Refused):
                play(desk, staff, uids, one)
            frozen = still_frozen(desk, frozen)
            states = month_states(desk)
            new = period_acts(desk)[reopened:]
            gone = {month for month in closed if month not in states}
            assert all(any(act.act == "reopen" and act.period == str(month) for act in new) for month in gone)
            now = prints(desk, states)
            assert all(now[month] == closed[month] for month in closed if month in states)
            assert_order(states)
            closed = now
        assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
        assert_sums(desk)
        assert_chain(desk)
        desk.books.close()


def assert_order(states: dict[Month, str]) -> None:
    """Closed months are the first ones without a hole, locked ones before them; all their vouchers are final."""
    months = sorted(states)
    assert months == [START.plus(place) for place in range(len(months))]
    order = [states[month] for month in months]
    assert order == sorted(order, key=(LOCKED, CLOSED).index)


def assert_chain(desk: Desk) -> None:
    """What a month ends with, the next begins with; a closed month has no voucher that is not final."""
    before: dict[str, int] | None = None
    for place in range(16):
        month = START.plus(place)
        rows = trial_balance(desk.office, desk.book.code, month, month).rows
        opening = {one.account: one.opening_debit_fen - one.opening_credit_fen for one in rows}
        if before is not None:
            assert {code: net for code, net in opening.items() if net} == {c: n for c, n in before.items() if n}
        before = {one.account: one.closing_debit_fen - one.closing_credit_fen for one in rows}
    for month in month_states(desk):
        assert not [one for one in month_checklist(desk.at(month)) if one.rule == "unposted"]
