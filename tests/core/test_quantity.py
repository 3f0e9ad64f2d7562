"""Quantities in thousandths: text both ways, unit prices, and the rules a line with a quantity obeys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, check_accounts
from villagebooks.core.quantity import quantity_text, read_quantity, unit_price_text
from villagebooks.core.voucher import REVERSAL, Line, check_lines, opposite

SEEDS = Account("121", "库存物资", 1, "", "D", leaf=True, needs=("quantity",), unit="公斤")
CASH = Account("101", "库存现金", 1, "", "D", leaf=True)
ACCOUNTS = {one.code: one for one in (SEEDS, CASH)}
BOUGHT = Line("买谷种", "121", 12_000, quantity_milli=80_000)
PAID = Line("买谷种", "101", 0, 12_000)


@given(st.integers(-(10**14), 10**14))
def test_a_quantity_written_is_the_quantity_read(milli: int) -> None:
    assert read_quantity(quantity_text(milli)) == milli
    assert read_quantity(quantity_text(milli, group=",")) == milli


@pytest.mark.parametrize(
    ("text", "milli"), [("12.5", 12_500), ("１２．５", 12_500), ("1,000", 1_000_000), ("-0.001", -1)]
)
def test_what_a_person_types_is_a_quantity(text: str, milli: int) -> None:
    assert read_quantity(text) == milli


@pytest.mark.parametrize("text", ["", "1.2345", "一百", "1e3", "."])
def test_other_text_is_no_quantity(text: str) -> None:
    assert read_quantity(text) is None


def test_a_unit_price_is_rounded_to_four_decimals() -> None:
    assert unit_price_text(12_000, 80_000) == "1.5000"
    assert unit_price_text(100, 3_000) == "0.3333"
    assert unit_price_text(-12_000, -80_000) == "1.5000"
    assert unit_price_text(-500, 1_000) == "-5.0000"
    assert unit_price_text(500, 0) == ""


def test_an_account_that_counts_asks_for_a_quantity() -> None:
    assert check_lines((BOUGHT, PAID), ACCOUNTS) == []
    (problem,) = check_lines((replace(BOUGHT, quantity_milli=0), PAID), ACCOUNTS)
    assert (problem.field, problem.text) == ("quantity", "科目 库存物资 要填数量")


def test_a_correction_of_the_amount_alone_moves_no_quantity() -> None:
    line = replace(BOUGHT, summary="订正9月3号凭证少记的金额", quantity_milli=0)
    assert check_lines((line, PAID), ACCOUNTS) == []


def test_a_reversal_takes_the_quantity_back_and_signs_agree() -> None:
    red = (opposite(BOUGHT), opposite(PAID))
    assert red[0].quantity_milli == -80_000
    assert check_lines(red, ACCOUNTS, REVERSAL) == []
    (problem,) = check_lines((replace(BOUGHT, quantity_milli=-1), PAID), ACCOUNTS)
    assert problem.text == "数量和金额的正负要一致"


def test_an_account_that_counts_has_a_unit() -> None:
    assert check_accounts([SEEDS, CASH], ()) == []
    (problem,) = check_accounts([replace(SEEDS, unit=""), CASH], ())
    assert str(problem) == "121 库存物资：要记数量的科目没有计量单位"
