"""Hand-overs of posts in figures: what is missing becomes lines that balance; the list names what the law asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER
from villagebooks.core.opening import HandItem, HandOver
from villagebooks.core.person import Officer
from villagebooks.core.post import (
    REPORTER,
    BookFacts,
    OpenPiece,
    PostChange,
    build_items,
    check_posts,
    hands_over,
    roles_on,
    shortage_lines,
)
from villagebooks.core.receipt import Receipt, ReceiptBook, account_for

DAY = date(2026, 9, 30)
FEN = st.integers(0, 10**12)


def change(items: tuple[HandItem, ...]) -> PostChange:
    return PostChange("u", "V01", "V01", REPORTER, "t", HandOver("u", DAY, "向丽蓉", "覃晓燕", "邹启明", items))


@given(st.lists(st.tuples(st.sampled_from(["cash", "bank"]), FEN, FEN, st.sampled_from(["113", "181"])), max_size=6))
def test_the_voucher_for_a_shortage_balances_and_says_what_is_missing(rows: list[tuple[str, int, int, str]]) -> None:
    items = tuple(
        HandItem(kind, "钱", f"10{place}", 0, says, found, settled if says != found else "", "V01")
        for place, (kind, says, found, settled) in enumerate(rows)
    )
    lines = shortage_lines(change(items), "V01")
    assert sum(one.debit_fen for one in lines) == sum(one.credit_fen for one in lines)
    for item in items:
        moved = sum(one.debit_fen - one.credit_fen for one in lines if one.account == item.number)
        assert moved == item.found_fen - item.book_fen
    assert all(one.party == "向丽蓉" for one in lines if one.account == "113")
    assert min((one.debit_fen + one.credit_fen for one in lines), default=1) > 0
    assert shortage_lines(change(items), "V02") == []


@pytest.mark.parametrize(
    ("duty", "kinds"),
    [
        (REPORTER, {"cash", "advance", "receipts", "papers", "registers", "seals", "other"}),
        (CASHIER, {"cash", "bank", "advance", "receipts", "papers", "seals", "other"}),
        (AGENT, {"advance", "receipts", "papers", "vouchers", "archives", "books", "seals", "other"}),
        (ARCHIVIST, {"advance", "receipts", "archives", "books", "seals", "other"}),
    ],
)
def test_the_list_of_a_duty_names_what_it_holds(duty: str, kinds: set[str]) -> None:
    book = ReceiptBook("B-1", "V01", "0001", "0025", "2026-01-01", "向丽蓉")
    seen = [Receipt("B-1", "0001", "used"), Receipt("B-1", "0003", "void")]
    facts = BookFacts(
        "V01", "老秤湾村", (("101", "库存现金", 24_390, "上次盘点 2026-08-31"),), (("10201", "基本户", 10, ""),),
        (("113", "内部往来", 50_000),), (account_for(book, seen),), (OpenPiece("1", "办公用品", "已签字", 100),),
        (OpenPiece("记-3", "记账凭证", "草稿", 200),), 41,
    )  # fmt: skip
    items = build_items(duty, [facts])
    assert {one.kind for one in items} == kinds
    receipts = {one.words: (one.number, one.count) for one in items if one.kind == "receipts"}
    assert receipts == {
        "收据本 B-1：空白": ("0004—0025", 22), "收据本 B-1：已用、作废的存根": ("", 3),
        "收据本 B-1：去向不明": ("0002", 1),
    }  # fmt: skip
    assert all(one.book == "V01" for one in items if one.kind not in ("seals", "other"))
    assert hands_over(duty)


def test_roles_of_a_key_are_the_duties_of_today_and_no_others() -> None:
    officers = [
        Officer("1", "谭永川", "", AGENT, "2026-01-01"),
        Officer("2", "谭永川", "", ARCHIVIST, "2026-01-01", "2026-09-30"),
        Officer("3", "谭永川", "", "联村干部", "2026-01-01"), Officer("4", "谭永川", "V01", REPORTER, "2026-01-01"),
        Officer("5", "谭永川", "", CASHIER, "2027-01-01"),
    ]  # fmt: skip
    assert roles_on(officers, "谭永川", "2026-09-29") == (AGENT, ARCHIVIST)
    assert roles_on(officers, "谭永川", "2026-09-30") == (AGENT,)
    assert roles_on(officers, "别人", "2026-09-30") == ()
    assert [str(one) for one in check_posts(officers, "2027-01-01")] == [
        "谭永川同时是总出纳和代理会计：出纳不能登记收入、支出、债权、债务账目，会计不能管钱",
        "谭永川是 V01 的报账员，手里有现金，不能做凭证；若是同名的另一个人，请把名字写得不一样",
    ]
