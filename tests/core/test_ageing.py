"""往来账龄: first in first out, reversals that move nothing, claims and debts apart, parts by age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account
from villagebooks.core.ledger import Ageing, LedgerRequest, Move, ageing_sheet, bound_names, build_ageing, check_request
from villagebooks.core.ledger.ageing import months_before, open_items
from villagebooks.core.ledger.sheet import LINE, TOTAL
from villagebooks.core.period import Month

TODAY = date(2026, 9, 30)
ACCOUNTS = {code: Account(code, name, 1, "", "B", leaf=True) for code, name in (("113", "内部往来"), ("211", "应付款"))}


def move(day: date, net: int, uid: str = "", reverses: str = "", party: str = "甲", account: str = "113") -> Move:
    return Move(account, party, day, uid or f"{day}{net}", reverses, net)


def test_a_payment_settles_the_oldest_claim_first() -> None:
    moves = [move(date(2023, 5, 1), 500), move(date(2025, 5, 1), 300), move(date(2026, 1, 5), -600)]
    assert open_items(moves) == [(date(2025, 5, 1), 200)]
    (row,) = build_ageing("V1", ACCOUNTS, moves, TODAY)
    assert (row.open_fen, row.parts_fen, row.oldest, row.is_debt) == (200, (0, 200, 0, 0), date(2025, 5, 1), False)


def test_what_is_paid_beyond_the_claims_becomes_a_debt_of_that_day() -> None:
    moves = [move(date(2025, 5, 1), 300), move(date(2026, 6, 1), -1000), move(date(2026, 8, 1), 100)]
    (row,) = build_ageing("V1", ACCOUNTS, moves, TODAY)
    assert (row.is_debt, row.open_fen, row.oldest, row.parts_fen) == (True, 600, date(2026, 6, 1), (600, 0, 0, 0))


def test_a_reversed_payment_gives_the_claim_its_age_back() -> None:
    claim, paid = move(date(2023, 5, 1), 500), move(date(2026, 1, 5), -500, "p")
    assert open_items([claim, paid]) == []
    red = move(date(2026, 2, 5), 500, "r", reverses="p")
    assert open_items([claim, paid, red]) == [(date(2023, 5, 1), 500)]


def test_a_reversed_claim_takes_itself_away_and_not_an_older_one() -> None:
    moves = [move(date(2023, 5, 1), 500), move(date(2026, 1, 5), 500, "x"), move(date(2026, 2, 5), -500, "r", "x")]
    assert open_items(moves) == [(date(2023, 5, 1), 500)]


def test_a_reversal_of_what_is_not_here_is_a_move_like_others() -> None:
    assert open_items([move(date(2023, 5, 1), 500), move(date(2026, 2, 5), -200, "r", "elsewhere")]) == [
        (date(2023, 5, 1), 300)
    ]


@pytest.mark.parametrize(
    ("day", "part"),
    [
        (date(2026, 9, 30), 0), (date(2025, 9, 30), 0), (date(2025, 9, 29), 1), (date(2024, 9, 30), 1),
        (date(2024, 9, 29), 2), (date(2023, 9, 30), 2), (date(2023, 9, 29), 3), (date(1999, 1, 1), 3),
    ],
)  # fmt: skip
def test_a_claim_stands_in_the_part_of_its_age(day: date, part: int) -> None:
    (row,) = build_ageing("V1", ACCOUNTS, [move(day, 7)], TODAY)
    assert row.parts_fen == tuple(7 if place == part else 0 for place in range(4))


def test_parts_may_be_other_months() -> None:
    assert bound_names((12, 24, 36)) == ("1年以内", "1—2年", "2—3年", "3年以上")
    assert bound_names((3, 6)) == ("3个月以内", "3—6个月", "6个月以上")
    (row,) = build_ageing("V1", ACCOUNTS, [move(date(2026, 5, 1), 7)], TODAY, (3, 6))
    assert row.parts_fen == (0, 7, 0)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    asked = LedgerRequest("ageing", Month(2026, 9), Month(2026, 9), bounds=(24, 12))
    assert "从小到大" in check_request(asked, {}, "V1")[0].text


def test_claims_and_debts_of_one_account_stand_apart_and_are_never_netted() -> None:
    moves = [
        move(date(2026, 5, 1), 900, party="乙"), move(date(2026, 5, 1), -400, party="丙"),
        move(date(2026, 5, 2), -100, party="", account="211"),
    ]  # fmt: skip
    rows = build_ageing("V1", ACCOUNTS, moves, TODAY)
    sheet = ageing_sheet(Ageing("V1", TODAY, (12, 24, 36), rows), {"乙": "罗显富"})
    words = [(row.role, *row.cells[2:5]) for row in sheet.rows]
    assert words == [
        (LINE, "罗显富", "应收", 900), (TOTAL, "小计", "应收", 900), (LINE, "丙", "应付", 400),
        (TOTAL, "小计", "应付", 400), (LINE, "未指明", "应付", 100), (TOTAL, "小计", "应付", 100),
        (TOTAL, "", "应收", 900), (TOTAL, "", "应付", 500),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.sampled_from("甲乙丙"), st.integers(-500, 500).filter(bool)), max_size=40
    )
)
def test_open_items_sum_to_the_balance_of_their_party_on_one_side(made: list[tuple[int, str, int]]) -> None:
    moves = [
        move(date(2021, 1, 1) + timedelta(day), net, f"u{n}", party=party)
        for n, (day, party, net) in enumerate(sorted(made))
    ]
    rows = {row.party: row for row in build_ageing("V1", ACCOUNTS, moves, TODAY)}
    for party in "甲乙丙":
        balance = sum(one.net_fen for one in moves if one.party == party)
        row = rows.get(party)
        assert (0 if row is None else -row.open_fen if row.is_debt else row.open_fen) == balance
        assert row is None or (sum(row.parts_fen) == row.open_fen and all(part >= 0 for part in row.parts_fen))
