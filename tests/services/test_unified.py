"""统一科目: kept by version, compared with every village, put in place after a person has seen the differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.chain import journal_page
from tests.services.conftest import Staff, build_accounts, line, simple_draft
from villagebooks.core.account import (
    CLASH,
    EXTRA,
    MISSING,
    NAMED,
    NEEDS,
    SPLIT,
    Account,
    Deviation,
    compare_chart,
    new_account,
    unify,
)
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import (
    add_account,
    apply_unified,
    compare_books,
    export_unified,
    import_unified,
    keep_unified,
    read_entry_book,
    rename_account,
    standard_chart,
    stop_account,
    unified_chart,
    unified_from_book,
)
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import new_book, open_book

SEPTEMBER = Month(2026, 9)


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def accounts(office: Office, book: str) -> dict[str, Account]:
    return dict(read_entry_book(open_desk(office, book, SEPTEMBER)).accounts)


def kinds(office: Office, book: str) -> dict[str, str]:
    return {one.code: one.kind for one in compare_books(office, book)[0].deviations}


def wanted() -> list[Account]:
    """What the township wants: 办公费 as it is, 差旅费 below 管理费用, two kinds of 发包收入, a project on 公益支出."""
    more = [
        Account("51303", "差旅费", 2, "513", "D", leaf=True),
        Account("5010101", "土地发包", 3, "50101", "C", leaf=True),
        Account("514", "公益支出", 1, "", "D", leaf=True, needs=("project",)),
    ]  # fmt: skip
    return [*build_accounts(), *more]


@pytest.fixture
def second(desk: Desk) -> Desk:
    book = new_book("V02", "V02", "石磨坪村", "代行", "2023", Month(2026, 1))
    open_book(desk.office, Village("V02", "石磨坪村"), book, build_accounts())
    return open_desk(desk.office, "V02", SEPTEMBER)


def test_the_unified_accounts_are_kept_by_version_with_level_one_whole(desk: Desk) -> None:
    assert unified_chart(desk.office, "2023") is None
    made = keep_unified(desk.office, "2023", wanted())
    assert {one.code for one in standard_chart("2023")} <= {one.code for one in made.accounts}
    assert {one.code: one.leaf for one in made.accounts if one.code.startswith("501")} == {
        "501": False, "50101": False, "5010101": True,
    }  # fmt: skip
    with pytest.raises(Refused, match="和 2023 年制度统一科目的第 1 版一样，没有改动"):
        keep_unified(desk.office, "2023", wanted())
    again = keep_unified(desk.office, "2023", [*wanted(), Account("51304", "会议费", 2, "513", "D", leaf=True)])
    assert unified_chart(desk.office, "2023") == again
    assert [(one.version, one.made_by) for one in (made, again)] == [(1, "冯素芳"), (2, "冯素芳")]
    assert journal_page(desk.office)[-1].ref == f"chart_template:{again.uid}"
    assert errors(desk) == []


def test_no_version_is_changed(desk: Desk) -> None:
    keep_unified(desk.office, "2023", wanted())
    for change in ("UPDATE chart_template SET words = 'x'", "DELETE FROM chart_template_account"):
        with pytest.raises(IntegrityError, match="统一科目的每一版都不能修改或删除"), desk.books.write() as connection:
            connection.execute(text(change))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (Account("99101", "差旅费", 2, "991", "D", leaf=True), "没有上级科目 991"),
        (Account("51303", "办公费", 2, "513", "D", leaf=True), "同一个上级下有两个同名的科目"),
        (Account("51303", " ", 2, "513", "D", leaf=True), "没有科目名称"),
        (Account("5130", "差旅费", 2, "513", "D", leaf=True), "科目代码应是三位数字"),
    ],
)
def test_what_is_no_chart_is_refused(desk: Desk, more: Account, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        keep_unified(desk.office, "2023", [*wanted(), more])
    assert unified_chart(desk.office, "2023") is None


def test_a_file_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    made = unified_from_book(desk.office, "V01")
    assert made.words == "照 V01 老秤湾村（村委会代行） 的科目"
    path = export_unified(desk.office, "2023", tmp_path / "统一科目.csv")
    path.write_text(path.read_text() + "51303,差旅费,2,513,Expenses,D,1,,party\n")
    again = import_unified(desk.office, "2023", path)
    assert (again.version, again.words) == (2, "导入 统一科目.csv")
    assert next(one for one in again.accounts if one.code == "51303").needs == ("party",)
    path.write_text(path.read_text() + "51304,会议费,3,513,Expenses,D,1,,\n")
    with pytest.raises(Refused, match=r"统一科目\.csv 第 .* 行：科目 51304 的级次应是 2"):
        import_unified(desk.office, "2023", path)


def test_differences_are_told_and_nothing_changes(
    desk: Desk, second: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    keep_unified(desk.office, "2023", wanted())
    sign_and_post(simple_draft())
    sign_and_post(Draft(date(2026, 9, 11), (line("101", 500), line("50101", credit=500)), attachment_count=1))
    rename_account(second, "51302", "办公经费")
    add_account(second, new_account("51305", "差旅费"))
    before = [accounts(desk.office, code) for code in ("V01", "V02")]
    first, other = compare_books(desk.office)
    assert (first.book, first.version) == ("V01", 1)
    assert [(one.kind, one.code, one.detail) for one in first.deviations] == [
        (SPLIT, "5010101", "50101 发包收入 已有分录，要先拆分"), (MISSING, "51303", ""),
    ]  # fmt: skip
    assert [(one.kind, one.code, one.theirs) for one in other.deviations] == [
        (MISSING, "5010101", ""), (NAMED, "51302", "办公经费"), (CLASH, "51303", "51305 差旅费"),
        (EXTRA, "51305", "差旅费"),
    ]  # fmt: skip
    assert [accounts(desk.office, code) for code in ("V01", "V02")] == before


def test_they_are_put_in_place_book_by_book(
    desk: Desk, second: Desk, sign_and_post: Callable[[Draft], Voucher], staff: Staff
) -> None:
    sign_and_post(simple_draft())
    rename_account(desk, "51302", "办公杂费")
    close_month(desk, staff.agent)
    add_account(desk, new_account("51308", "村里自己的"))
    keep_unified(desk.office, "2023", wanted())
    done = apply_unified(desk.office, ["V01", "V02"])
    assert [(one.book, [(two.kind, two.code) for two in one.done]) for one in done] == [
        ("V01", [(MISSING, "5010101"), (NAMED, "51302"), (MISSING, "51303")]),
        ("V02", [(MISSING, "5010101"), (MISSING, "51303")]),
    ]  # fmt: skip
    assert [(one.kind, one.code) for one in done[0].left] == [(EXTRA, "51308")]
    mine = accounts(desk.office, "V01")
    assert (mine["50101"].leaf, mine["5010101"].leaf, mine["51302"].name) == (False, True, "办公费")
    months = (SEPTEMBER, Month(2026, 10))
    rows = [row for month in months for row in trial_balance(desk.office, "V01", month, month).rows]
    assert [row.name for row in rows if row.account == "51302"] == ["办公杂费", "办公费"]
    assert kinds(desk.office, "V02") == {}
    assert [one.done for one in apply_unified(desk.office, ["V02"])] == [()]
    assert errors(desk) == []


def test_only_the_chosen_kinds_are_put_in_place(desk: Desk, second: Desk) -> None:
    rename_account(second, "51302", "办公经费")
    keep_unified(
        desk.office, "2023", [replace(one, needs=("project",)) if one.code == "51302" else one for one in wanted()]
    )
    assert [one.code for one in apply_unified(desk.office, ["V02"], [NEEDS])[0].done] == ["51302"]
    mine = accounts(desk.office, "V02")["51302"]
    assert (mine.name, mine.needs) == ("办公经费", ("project",))
    assert kinds(desk.office, "V02") == {"5010101": MISSING, "51302": NAMED, "51303": MISSING}


def test_a_book_that_would_have_a_name_twice_is_refused_and_the_others_go_on(desk: Desk, second: Desk) -> None:
    keep_unified(desk.office, "2023", wanted())
    rename_account(second, "51302", "办公经费")
    add_account(second, new_account("51308", "办公费"))
    first, other = apply_unified(desk.office, ["V01", "V02"])
    assert len(first.done) == 2
    assert [str(one) for one in other.problems] == [
        "51308：统一以后 51302 和 51308 都叫“办公费”，请先给自设的科目改名"
    ]  # fmt: skip
    assert accounts(desk.office, "V02")["51302"].name == "办公经费"
    assert errors(desk) == []


def test_without_unified_accounts_there_is_nothing_to_compare(desk: Desk) -> None:
    assert [(one.version, one.deviations) for one in compare_books(desk.office)] == [(0, ())]
    assert [str(one) for one in apply_unified(desk.office, ["V01"])[0].problems] == ["2023 年制度还没有统一科目"]


def test_an_account_out_of_use_is_told_and_stays_so(desk: Desk) -> None:
    keep_unified(desk.office, "2023", build_accounts())
    stop_account(desk, "51302", date(2026, 9, 1))
    assert kinds(desk.office, "V01") == {"51302": "stopped"}
    assert apply_unified(desk.office, ["V01"])[0].done == ()


def test_accounts_below_what_must_be_divided_wait_with_it() -> None:
    deep = [Account("50101", "发包收入", 2, "501", "C", leaf=True),
            Account("5010101", "土地", 3, "50101", "C", leaf=True),
            Account("501010101", "水田", 4, "5010101", "C", leaf=True)]  # fmt: skip
    unified = unify(deep, standard_chart("2023"))
    mine = {one.code: one for one in build_accounts()}
    told = compare_chart(unified, mine, {"50101"})
    assert [(one.kind, one.code) for one in told] == [
        (EXTRA, "10201"), (EXTRA, "32202"), (SPLIT, "5010101"), (SPLIT, "501010101"), (EXTRA, "51302"),
    ]  # fmt: skip
    assert Deviation(SPLIT, "501010101", "水田", "", "50101 发包收入 已有分录，要先拆分") in told
