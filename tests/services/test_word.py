"""收、付、转 as the township chooses it, from a year on, in vouchers that people save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import Staff, line, sign_all, simple_draft
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.core.word import WordRule
from villagebooks.services.check import check_books
from villagebooks.services.correction import correct_voucher
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import post_voucher, save_voucher
from villagebooks.services.word import drop_word_rule, set_word_rule, word_rules

Post = Callable[[Draft], Voucher]
NEXT = date(2027, 1, 5)


def entry(day: date, debit: str, credit: str, fen: int = 100) -> Draft:
    return Draft(day, (line(debit, fen), line(credit, credit=fen)))


def test_three_words_are_proposed_checked_and_numbered_each_on_its_own(desk: Desk) -> None:
    set_word_rule(desk.office, WordRule(2027, "three"))
    pairs = ("101 50101", "51302 10201", "51302 152", "10201 301", "101 10201")
    saved = [save_voucher(desk, entry(NEXT, *pair.split())) for pair in pairs]
    assert [one.title for one in saved] == ["收-1", "付-1", "转-1", "收-2", "付-2"]
    with pytest.raises(Refused, match="应是“付”字，不是“收”字"):
        save_voucher(desk, replace(entry(NEXT, "51302", "101"), word="收"))
    with pytest.raises(Refused, match="不能用“记”字"):
        save_voucher(desk, replace(entry(NEXT, "51302", "101"), word="记"))
    assert save_voucher(desk, simple_draft()).title == "记-1"
    assert check_books(desk.office) == []


def test_a_draft_that_became_a_payment_takes_a_number_among_payments_and_leaves_its_old_one_void(desk: Desk) -> None:
    set_word_rule(desk.office, WordRule(2027, "three"))
    first = save_voucher(desk, entry(NEXT, "101", "50101"))
    changed = save_voucher(desk, replace(entry(NEXT, "51302", "101"), uid=first.uid))
    assert (changed.title, changed.uid == first.uid) == ("付-1", False)
    assert save_voucher(desk, entry(NEXT, "101", "50101")).title == "收-2"


def test_a_red_voucher_stays_among_the_receipts_that_it_takes_back(desk: Desk, staff: Staff) -> None:
    set_word_rule(desk.office, WordRule(2026, "three"))
    posted = save_voucher(desk, entry(date(2026, 9, 3), "101", "50101"))
    sign_all(desk, posted.uid, staff)
    post_voucher(desk, posted.uid)
    made = correct_voucher(desk, posted.uid, date(2026, 9, 9))
    assert (made.red.title, made.blue.title) == ("收-2", "收-3")


def test_a_book_may_differ_from_its_township(desk: Desk) -> None:
    set_word_rule(desk.office, WordRule(2027, "three"))
    set_word_rule(desk.office, WordRule(2027, "one", "V01"))
    assert word_rules(desk.office) == (WordRule(2027, "three"), WordRule(2027, "one", "V01"))
    assert save_voucher(desk, entry(NEXT, "101", "50101")).word == "记"
    with pytest.raises(Refused, match="没有账套 V77"):
        set_word_rule(desk.office, WordRule(2027, "one", "V77"))


def test_a_year_that_was_begun_with_another_word_keeps_it(desk: Desk) -> None:
    save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="V01 2026 年已经有 1 张“记”字凭证"):
        set_word_rule(desk.office, WordRule(2026, "three"))
    set_word_rule(desk.office, WordRule(2027, "three"))
    save_voucher(desk.at(Month(2027, 1)), entry(NEXT, "101", "50101"))
    with pytest.raises(Refused, match="2027 年已经有 1 张“收”字凭证"):
        set_word_rule(desk.office, WordRule(2027, "one"))
    drop_word_rule(desk.office, WordRule(2027, "three"))
    assert word_rules(desk.office) == ()
