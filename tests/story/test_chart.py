"""However a chart grows, is renamed, divided and closed up: totals stand, closed months show what they showed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.conftest import Home
from tests.services.conftest import Clock, Staff, desk_of, make_office, reverse_voucher, staff_of
from villagebooks.core.account import Account, Share, Split, new_account, next_code
from villagebooks.core.ledger import TrialBalanceRow
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import Draft, Line, Voucher, touches_money
from villagebooks.db.books import open_books
from villagebooks.services.account import (
    account_standing,
    add_account,
    read_entry_book,
    rename_account,
    resume_account,
    set_needs,
    split_account,
    stop_account,
)
from villagebooks.services.approval import approve_voucher
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office
from villagebooks.services.ledger import trial_balance
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, save_voucher

JANUARY, DECEMBER = Month(2026, 1), Month(2026, 12)
DAYS = st.dates(date(2026, 8, 1), date(2026, 11, 30))
PLACES = st.integers(0, 12)
NAMES = st.sampled_from(["水费", "电费", "差旅", "会议", "其他", "办公费"])
PARTS = st.tuples(PLACES, st.integers(1, 10**9), st.sampled_from(["", "甲", "乙"]))
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("voucher"), DAYS, st.lists(PARTS, min_size=1, max_size=3), PLACES),
        st.tuples(st.just("voucher"), DAYS, st.lists(PARTS, min_size=1, max_size=3), PLACES),
        st.tuples(st.just("add"), PLACES, NAMES),
        st.tuples(st.just("rename"), PLACES, NAMES, st.sampled_from([None, date(2026, 9, 1)])),
        st.tuples(st.just("split"), PLACES, DAYS, st.integers(1, 3), st.integers(-50, 150), st.booleans()),
        st.tuples(st.just("stop"), PLACES, DAYS),
        st.tuples(st.just("resume"), PLACES),
        st.tuples(st.just("needs"), PLACES, st.sampled_from([(), ("party",), ("project",)])),
        st.tuples(st.just("reverse"), PLACES, DAYS),
        st.tuples(st.just("close"), st.sampled_from([8, 9, 10])),
    ),
    min_size=4,
    max_size=16,
)  # fmt: skip


@dataclass
class World:
    """A desk, its people, and what must hold: net of every level-1 account by hand, and what closed months showed."""

    desk: Desk
    staff: Staff
    nets: Counter[str] = field(default_factory=Counter)
    posted: list[str] = field(default_factory=list)
    closed: dict[Month, tuple[TrialBalanceRow, ...]] = field(default_factory=dict)

    def accounts(self) -> Mapping[str, Account]:
        return read_entry_book(self.desk).accounts

    def pick(self, place: int, leaves: bool = False) -> Account:
        listed = [one for one in self.accounts().values() if one.leaf or not leaves]
        return listed[place % len(listed)]

    def post(self, voucher: Voucher) -> None:
        money = touches_money(voucher.lines, self.accounts())
        cashier = (self.staff.cashier,) if money else ()
        for person in (self.staff.agent, self.staff.other, *cashier, self.staff.director):
            approve_voucher(self.desk, voucher.uid, person)
        done = post_voucher(self.desk, voucher.uid)
        self.posted.append(done.uid)
        for line in done.lines:
            self.nets[line.account[:3]] += line.net_fen

    def rows(self, first: Month, last: Month) -> tuple[TrialBalanceRow, ...]:
        return trial_balance(self.desk.office, "V01", first, last).rows


def act(world: World, one: tuple[object, ...]) -> None:
    desk = world.desk
    match one:
        case ("voucher", date() as day, list() as parts, int() as credit):
            lines = [Line("记一笔", world.pick(place, leaves=True).code, fen, party=who) for place, fen, who in parts]
            total = sum(line.debit_fen for line in lines)
            lines.append(Line("记一笔", world.pick(credit, leaves=True).code, credit_fen=total))
            world.post(save_voucher(desk, Draft(day, tuple(lines), attachment_count=1)))
        case ("add", int() as place, str() as name):
            above = world.pick(place)
            add_account(desk, new_account(next_code(world.accounts(), above.code), name))
        case ("rename", int() as place, str() as name, (None | date()) as day):
            rename_account(desk, world.pick(place).code, name, day)
        case ("split", int() as place, date() as day, int() as count, int() as percent, bool() as signed):
            divide(world, world.pick(place, leaves=True), day, count, percent, signed)
        case ("stop", int() as place, date() as day):
            stop_account(desk, world.pick(place).code, day)
        case ("resume", int() as place):
            resume_account(desk, world.pick(place).code)
        case ("needs", int() as place, tuple() as needs):
            set_needs(desk, world.pick(place).code, needs)
        case ("reverse", int() as place, date() as day) if world.posted:
            world.post(reverse_voucher(desk, world.posted[place % len(world.posted)], day))
        case ("close", int() as month):
            close_month(desk.at(Month(2026, month)), world.staff.agent)
            world.closed[Month(2026, month)] = world.rows(JANUARY, Month(2026, month))


def divide(world: World, account: Account, day: date, count: int, percent: int, signed: bool) -> None:
    children = tuple(new_account(f"{account.code}{n:02d}", f"明细{n}") for n in range(1, count + 1))
    shares = []
    for one in account_standing(world.desk, account.code).holdings:
        part = one.net_fen * percent // 100 if count > 1 else one.net_fen
        shares.append(Share(children[0].code, part, one.key))
        shares.append(Share(children[-1].code, one.net_fen - part, one.key))
    event(f"divided {len(shares)} shares")
    made = split_account(world.desk, Split(account.code, children, tuple(shares)), day)
    if made and signed:
        world.post(made)


def assert_whole(world: World) -> None:
    """Level-1 nets as counted by hand; debits equal credits; the balance sheet ties; closed months are as they were."""
    rows = world.rows(JANUARY, DECEMBER)
    tops = [row for row in rows if len(row.account) == 3]
    nets = {row.account: row.closing_debit_fen - row.closing_credit_fen for row in tops}
    assert {code: net for code, net in nets.items() if net} == {code: net for code, net in world.nets.items() if net}
    assert sum(row.debit_fen for row in tops) == sum(row.credit_fen for row in tops)
    for row in rows:
        below = [one for one in rows if one.account[:-2] == row.account]
        own = account_standing(world.desk, row.account)
        held = sum(one.net_fen for one in own.holdings)
        net = row.closing_debit_fen - row.closing_credit_fen
        assert net == held + sum(one.closing_debit_fen - one.closing_credit_fen for one in below), row
    shown = statement(world.desk.at(DECEMBER), BALANCE_SHEET, Span(DECEMBER, DECEMBER)).rows
    totals = [row.amounts_fen for row in shown if row.label.strip().endswith("总计")]
    assert len(totals) == 2
    assert totals[0] == totals[1]
    for month, before in world.closed.items():
        assert world.rows(JANUARY, month) == before, month


@given(acts=ACTS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_a_chart_may_change_in_any_order(home: Home, acts: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = home.copy("office", make_office, Path(folder))
        office = Office(open_books(place, Clock()))
        world = World(desk_of(office), staff_of(office))
        world.desk = world.desk.at(DECEMBER)
        for one in acts:
            with suppress(Refused):
                act(world, one)
                event(str(one[0]))
        assert_whole(world)
        assert [str(one) for one in check_books(office, deep=True) if one.severity == "error"] == []
        office.books.close()
        home.drop(place)
