"""The register of bank accounts: labels to choose from, numbers sealed, no digit where anybody looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.chain import journal_page
from tests.services.conftest import Staff, line, reverse_voucher
from villagebooks.core.account import RegisteredBank
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import (
    bank_number,
    bank_register,
    change_bank,
    close_bank,
    read_entry_book,
    register_bank,
    set_needs,
)
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.export import export_csv
from villagebooks.services.voucher import save_voucher

NUMBER = "6228480012345678"
RURAL = RegisteredBank("信用社基本户", "清岑信用社", "10201")


def drafted(bank: str, day: date = date(2026, 9, 5)) -> Draft:
    return Draft(day, (replace(line("10201", 100), bank=bank), line("301", credit=100)), attachment_count=1)


def test_a_voucher_names_a_bank_account_of_the_register(desk: Desk) -> None:
    set_needs(desk, "10201", ["bank"])
    assert save_voucher(desk, drafted("随便")).lines[0].bank == "随便"
    made = register_bank(desk, RURAL)
    assert read_entry_book(desk).names["bank"] == ("信用社基本户",)
    with pytest.raises(Refused, match="第 1 行：银行账户登记簿里没有“随便”"):
        save_voucher(desk, drafted("随便"))
    assert save_voucher(desk, drafted("信用社基本户")).number == 2
    close_bank(desk, made.uid, date(2026, 9, 10))
    with pytest.raises(Refused, match="银行账户“信用社基本户”已于 2026-09-10 销户"):
        save_voucher(desk, drafted("信用社基本户", date(2026, 9, 10)))
    assert save_voucher(desk, drafted("信用社基本户", date(2026, 9, 9))).number == 3
    close_bank(desk, made.uid, None)
    assert bank_register(desk) == [made]


def test_what_stood_before_the_register_is_taken_back_as_it_was(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    old = sign_and_post(drafted("旧账户"))
    register_bank(desk, RURAL)
    assert reverse_voucher(desk, old.uid, date(2026, 9, 20)).lines[0].bank == "旧账户"


def test_the_number_is_sealed_and_shown_to_who_holds_the_key(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="记下账号要有管钥匙的人签字打开钥匙"):
        register_bank(desk, RURAL, NUMBER)
    with pytest.raises(Refused, match="龙小梅没有开账号的钥匙"):
        register_bank(desk, RURAL, NUMBER, staff.cashier)
    made = register_bank(desk, RURAL, "6228 4800 1234 5678", staff.agent)
    assert made.has_number
    assert bank_number(desk, made.uid, staff.director) == NUMBER
    assert journal_page(desk.office, "V01")[-1].kind == "bank_number"
    with pytest.raises(Refused, match="这个账号已登记为“信用社基本户”"):
        register_bank(desk, replace(RURAL, label="另一个"), NUMBER, staff.agent)
    change_bank(desk, replace(made, bank="清岑农商行"), "6228480099999999", staff.agent)
    assert bank_number(desk, made.uid, staff.agent) == "6228480099999999"
    with desk.books.read() as connection:
        row = connection.execute(text("SELECT * FROM bank_account")).one()
    assert all(NUMBER[:8] not in str(cell) for cell in row)
    export_csv(desk.office, "all", tmp_path / "out")
    assert all(NUMBER[:6].encode() not in one.read_bytes() for one in (tmp_path / "out").iterdir())
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("wanted", "number", "sentence"),
    [
        (RegisteredBank(" "), "", "请写这个账户平时怎么叫"),
        (RegisteredBank("基本户5678"), NUMBER, "名称里不要写账号"),
        (RegisteredBank("基本户622848"), "", "名称里不要写账号"),
        (RegisteredBank("基本户"), "1234", "账号应是 8 至 32 位数字"),
        (RegisteredBank("基本户", account="101"), "", "要选“银行存款”下面的科目"),
        (RegisteredBank("基本户", account="10299"), "", "没有科目 10299"),
        (RegisteredBank("户" * 31), "", "名称不能超过 30 个字"),
    ],
)
def test_what_does_not_fit_the_register_is_refused(
    desk: Desk, staff: Staff, wanted: RegisteredBank, number: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        register_bank(desk, wanted, number, staff.agent)
    assert bank_register(desk) == []


def test_a_label_is_registered_once(desk: Desk) -> None:
    made = register_bank(desk, RURAL)
    with pytest.raises(Refused, match="已经登记过“信用社基本户”"):
        register_bank(desk, RURAL)
    with pytest.raises(Refused, match="登记簿里没有这个银行账户"):
        close_bank(desk, "x", None)
    assert change_bank(desk, replace(made, label="改不了", bank="农行")).label == "信用社基本户"
