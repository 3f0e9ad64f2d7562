"""The book's own accounts below the statutory ones: added, renamed, journalled; a chart for the next book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.chain import journal_page
from tests.services.conftest import reverse_voucher, simple_draft
from villagebooks.core.account import Account, new_account, next_code
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import (
    add_account,
    chart_accounts,
    count_quantity,
    read_entry_book,
    rename_account,
    template_accounts,
)
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.office import new_book, open_book


def accounts(desk: Desk) -> dict[str, Account]:
    return dict(read_entry_book(desk).accounts)


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def test_an_account_is_added_below_another_and_the_journal_knows_it(desk: Desk) -> None:
    assert next_code(accounts(desk), "513") == "51303"
    made = add_account(desk, new_account("51303", " 差旅费 "))
    assert made == Account("51303", "差旅费", 2, "513", "D", leaf=True)
    assert accounts(desk)["51303"] == made
    assert not accounts(desk)["513"].leaf
    assert journal_page(desk.office, "V01")[-1].kind == "accounts"
    assert errors(desk) == []


def test_a_leaf_without_lines_is_opened_and_below_it_too(desk: Desk) -> None:
    add_account(desk, new_account("5130201", "纸张"))
    add_account(desk, new_account("513020101", "打印纸"))
    levels = {code: (one.level, one.leaf) for code, one in accounts(desk).items() if code.startswith("51302")}
    assert levels == {"51302": (2, False), "5130201": (3, False), "513020101": (4, True)}
    assert errors(desk) == []


def test_a_leaf_that_has_lines_is_not_split(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    sign_and_post(simple_draft())
    before = accounts(desk)
    with pytest.raises(Refused, match="科目 51302 办公费 已有分录，不能再往下分"):
        add_account(desk, new_account("5130201", "纸张"))
    assert accounts(desk) == before
    assert errors(desk) == []


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("51302", "差旅费", "已有科目 51302 办公费"),
        ("51303", "办公费", "同一个上级下已有科目 51302 办公费"),
        ("51303", "  ", "请写科目名称"),
        ("51303", "水／电", "科目名称里不能有"),
        ("60101", "差旅费", "没有上级科目 601"),
        ("601", "自己的", "制度里没有这个一级科目"),
        ("5130", "差旅费", "科目代码应是三位数字，每下一级加两位"),
        ("5130x", "差旅费", "科目代码应是三位数字，每下一级加两位"),
        ("", "差旅费", "科目代码应是三位数字，每下一级加两位"),
    ],
)
def test_an_account_that_fits_nowhere_is_refused(desk: Desk, code: str, name: str, sentence: str) -> None:
    before = accounts(desk)
    with pytest.raises(Refused, match=sentence):
        add_account(desk, new_account(code, name))
    assert accounts(desk) == before


def test_a_level_one_account_that_the_book_left_out_comes_with_the_standards_name(desk: Desk) -> None:
    assert "151" not in accounts(desk)
    made = add_account(desk, new_account("151", "随便写的"))
    assert (made.name, made.side, made.level) == ("固定资产", "D", 1)


def test_an_own_account_is_renamed_and_level_one_is_not(desk: Desk) -> None:
    rename_account(desk, "51302", "办公用品费")
    assert read_entry_book(desk).paths["51302"] == "管理费用／办公用品费"
    seen = len(journal_page(desk.office, "V01"))
    rename_account(desk, "51302", "办公用品费")
    assert len(journal_page(desk.office, "V01")) == seen
    with pytest.raises(Refused, match="一级科目的名称由会计制度定"):
        rename_account(desk, "513", "费用")
    with pytest.raises(Refused, match="没有科目 99999"):
        rename_account(desk, "99999", "费用")
    assert errors(desk) == []


def test_an_account_counts_quantities_in_its_unit_until_it_no_longer_does(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    assert count_quantity(desk, "51302", " 包 ").unit == "包"
    assert accounts(desk)["51302"].needs == ("quantity",)
    with pytest.raises(Refused, match="科目 办公费 要填数量"):
        sign_and_post(simple_draft())
    paper, cash = simple_draft().lines
    posted = sign_and_post(replace(simple_draft(), lines=(replace(paper, quantity_milli=2500), cash)))
    assert posted.lines[0].quantity_milli == 2500
    red = reverse_voucher(desk, posted.uid, posted.day)
    assert red.lines[0].quantity_milli == -2500
    assert count_quantity(desk, "51302", "").needs == ()
    assert errors(desk) == []
    with pytest.raises(Refused, match="只有末级科目才记数量"):
        count_quantity(desk, "513", "包")


def test_an_account_below_one_that_counts_takes_its_unit_or_its_own(desk: Desk) -> None:
    add_account(desk, replace(new_account("51303", "农资"), unit="公斤"))
    assert add_account(desk, new_account("5130301", "谷种")).unit == "公斤"
    made = add_account(desk, replace(new_account("5130302", "果苗"), unit="棵"))
    assert (made.unit, made.needs) == ("棵", ("quantity",))


def test_the_next_village_takes_the_accounts_of_the_first(desk: Desk) -> None:
    add_account(desk, new_account("51303", "差旅费"))
    chart = template_accounts(desk.office, "V01", "2023")
    book = new_book("V02", "V02", "石磨坪村", "代行", "2023", Month(2026, 9))
    open_book(desk.office, Village("V02", "石磨坪村"), book, chart)
    second = accounts(open_desk(desk.office, "V02", Month(2026, 9)))
    assert second["51303"].name == "差旅费"
    assert {one.code for one in chart_accounts("2023")} <= second.keys()
    assert errors(desk) == []
    with pytest.raises(Refused, match="账套 V01 用的是 2023 年的会计制度"):
        template_accounts(desk.office, "V01", "2004")


def test_the_code_after_the_last_is_none() -> None:
    assert next_code(["513", "51399"], "513") == ""
    assert next_code(["513"], "513") == "51301"
