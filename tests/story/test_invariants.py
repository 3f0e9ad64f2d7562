"""Whatever an office does in whatever order, the books stay books: property tests over random months of acts."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.conftest import Home
from tests.services.conftest import (
    Clock,
    Staff,
    build_accounts,
    desk_of,
    line,
    make_office,
    reverse_voucher,
    sign_all,
    staff_of,
)
from villagebooks.core.account import Account
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft
from villagebooks.db.books import open_books
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher

LEAVES = ("101", "10201", "113", "152", "301", "32202", "50101", "51302")
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("save"),
            st.dates(date(2026, 1, 1), date(2028, 12, 31)),
            st.lists(st.tuples(st.sampled_from(LEAVES), st.integers(1, 10**12)), min_size=1, max_size=4),
            st.sampled_from(LEAVES),
        ),
        st.tuples(st.sampled_from(["void", "post", "reverse", "edit"]), st.integers(0, 9)),
    ),
    min_size=3,
    max_size=14,
)


def build_office(folder: Path, accounts: list[Account] | None = None) -> tuple[Desk, Staff]:
    office = create_office(folder / "centre.vbooks", "白雁河镇", clock=Clock())
    book = new_book("V01", "V01", "老秤湾村", "代行", "2023", Month(2026, 1))
    open_book(office, Village("V01", "老秤湾村"), book, accounts or build_accounts())
    return desk_of(office), staff_of(office)


def act(desk: Desk, staff: Staff, uids: list[str], one: tuple[object, ...]) -> None:
    match one:
        case ("save", date() as day, list() as debits, str() as credit):
            total = sum(amount for _account, amount in debits)
            lines = (*(line(account, amount) for account, amount in debits), line(credit, credit=total))
            uids.append(save_voucher(desk, Draft(day, lines)).uid)
        case (kind, int() as place) if uids:
            uid = uids[place % len(uids)]
            if kind == "void":
                void_voucher(desk, uid)
            elif kind == "reverse":
                uids.append(reverse_voucher(desk, uid, date(2028, 12, 31)).uid)
            elif kind == "edit":
                save_voucher(desk, Draft(date(2027, 5, 5), (line("101", 500), line("301", credit=500)), uid=uid))
            else:
                sign_all(desk, uid, staff)
                post_voucher(desk, uid)


@given(acts=ACTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_the_books_stay_books_whatever_is_done(home: Home, acts: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = home.copy("office", make_office, Path(folder))
        office = Office(open_books(place, Clock()))
        desk, staff = desk_of(office), staff_of(office)
        uids: list[str] = []
        frozen: dict[str, str] = {}
        for one in acts:
            with suppress(Refused):
                act(desk, staff, uids, one)
            frozen = still_frozen(desk, frozen)
        assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
        assert_sums(desk)
        desk.books.close()
        home.drop(place)


def still_frozen(desk: Desk, before: dict[str, str]) -> dict[str, str]:
    """Posted vouchers with their digests; nothing that was posted has changed or gone."""
    with desk.books.read() as connection:
        now = {
            row.uid: row.digest
            for row in connection.execute(text("SELECT uid, digest FROM voucher WHERE state = 'posted'"))
        }
    assert before.items() <= now.items()
    return now


def assert_sums(desk: Desk) -> None:
    with desk.books.read() as connection:
        for year, opening, debit, credit in connection.execute(
            text(
                "SELECT year, SUM(CASE month WHEN 0 THEN debit_fen ELSE 0 END), "
                "SUM(CASE month WHEN 0 THEN 0 ELSE debit_fen END), SUM(CASE month WHEN 0 THEN 0 ELSE credit_fen END) "
                "FROM balance GROUP BY year"
            )
        ):
            assert (opening, debit) == (0, credit), year
        numbers: dict[tuple[int, int], list[int]] = {}
        for year, month, number in connection.execute(text("SELECT year, month, number FROM voucher ORDER BY number")):
            numbers.setdefault((year, month), []).append(number)
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
