"""转换制度, the working paper: what waits for a person, what is refused, what stays of every decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.services.chain import journal_page
from tests.services.conftest import Staff
from tests.services.migration.test_book import errors
from tests.services.village_2004 import (
    CASE,
    DECEMBER,
    JANUARY,
    decide_all,
)
from villagebooks.core.account import Account
from villagebooks.core.migration import Part
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Line
from villagebooks.db import balance
from villagebooks.services.account import chart_accounts, keep_unified
from villagebooks.services.closing import close_month, reopen_month
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.migration import (
    UNIFIED,
    begin_migration,
    change_target,
    decide_row,
    drop_account,
    finish_migration,
    give_up_paper,
    look_at_paper,
    open_new_account,
    read_paper,
    refresh_paper,
)
from villagebooks.services.office import new_book, open_book
from villagebooks.services.voucher import save_voucher


def test_looking_keeps_nothing_and_lists_what_waits_for_a_person(old: Desk) -> None:
    state = look_at_paper(old)
    assert read_paper(old) is None
    waiting = [(row.detail.account, row.detail.party) for row in state.paper.open_rows]
    assert waiting == [
        ("13101", ""), ("13102", ""), ("13201", ""), ("13202", ""), ("171", "村自来水站"), ("202", "县税务局"),
        ("202", "墨香文具店"), ("202", "大河建筑队"), ("202", "汪木匠等临时工"), ("202", "清岑县供销社"), ("212", ""),
    ]  # fmt: skip
    assert (
        str(state.problems[0]) == "第 12 行 13101 牲畜（禽）资产／幼畜及育肥畜：还没有决定：要由人按性质分开，写明依据"
    )
    assert {rule.confidence for row in state.paper.rows if row.detail.account == "212" for rule in row.rules} == {
        "unverified"
    }


def test_a_paper_is_not_finished_while_a_row_is_undecided(old: Desk, staff: Staff) -> None:
    begin_migration(old, "V07-2023", "黄泥坳村")
    with pytest.raises(Refused, match="还没有决定：要由人定转到哪个科目") as refused:
        finish_migration(old, staff.agent, staff.director)
    assert len(refused.value.problems) == 11
    assert {book.code for book in list_books(old.office)} == {"V01", "V07"}


def test_a_decision_that_does_not_add_up_or_has_no_basis_is_refused(old: Desk) -> None:
    state = begin_migration(old, "V07-2023", "黄泥坳村")
    row = next(one for one in state.paper.rows if one.detail.account == "13102")
    with pytest.raises(Refused, match=r"合计 借 23,999\.99 与余额 借 24,000\.00 相差 0\.01 元"):
        decide_row(old, row.line, [Part("132", 1_920_000), Part("131", 479_999)], "盘点表")
    with pytest.raises(Refused, match="请写明依据"):
        decide_row(old, row.line, [Part("132", 2_400_000)], " ")
    with pytest.raises(Refused, match="新账套没有科目 999"):
        decide_row(old, row.line, [Part("999", 2_400_000)], "盘点表")
    with pytest.raises(Refused, match="科目 151 固定资产 有下级，要转到末级"):
        decide_row(old, row.line, [Part("151", 2_400_000)], "盘点表")
    with pytest.raises(Refused, match="同一个科目写了两次"):
        decide_row(old, row.line, [Part("132", 1_200_000), Part("132", 1_200_000)], "盘点表")
    with pytest.raises(Refused, match="底稿上没有第 99 行"):
        decide_row(old, 99, [Part("132", 1)], "盘点表")
    assert not next(one for one in read_paper(old).paper.rows if one.line == row.line).decisions  # type: ignore[union-attr]


def test_every_decision_stays_with_who_when_and_why(decided: Desk) -> None:
    state = read_paper(decided)
    assert state
    row = next(one for one in state.paper.rows if one.detail.account == "171")
    other = replace(decided, person="谭永川")
    state = decide_row(other, row.line, [Part("113", row.detail.balance_fen)], "自来水站没有独立核算，作内部往来")
    row = next(one for one in state.paper.rows if one.line == row.line)
    assert [(one.seq, one.person, one.parts[0].account) for one in row.decisions] == [
        (1, "冯素芳", "141"), (2, "谭永川", "113")
    ]  # fmt: skip
    assert row.decision
    assert row.decision.reason == "自来水站没有独立核算，作内部往来"
    kinds = [(one.actor, one.kind) for one in journal_page(decided.office, "V07")]
    assert kinds.count(("冯素芳", "decide")) == 11
    assert kinds[-1] == ("谭永川", "decide")


def test_a_move_from_assets_to_the_other_side_is_named(decided: Desk, staff: Staff) -> None:
    state = read_paper(decided)
    assert state
    row = next(one for one in state.paper.rows if one.detail.account == "171")
    decide_row(decided, row.line, [Part("311", row.detail.balance_fen)], "冲减公积公益金")
    with pytest.raises(Refused, match=r"新旧资产总计不等：旧 1,001,133.90，新 971,133.90。.*171 拨付所属单位资金"):
        finish_migration(decided, staff.agent, staff.director)


def test_claims_and_debts_of_two_rows_may_not_meet_in_one_detail(decided: Desk, staff: Staff) -> None:
    state = read_paper(decided)
    assert state
    row = next(one for one in state.paper.rows if one.detail.key[:2] == ("202", "清岑县供销社"))
    claim = next(one for one in state.paper.rows if one.detail.account == "112")
    decide_row(decided, row.line, [Part("112", row.detail.balance_fen)], "同一单位")
    with pytest.raises(Refused, match="一借一贷会相抵") as refused:
        finish_migration(decided, staff.agent, staff.director)
    assert f"第 {claim.line} 行" in str(refused.value)


def test_what_keeps_a_paper_from_being_begun(office: Office, staff: Staff) -> None:
    import_history(office, CASE)
    desk = open_desk(Office(office.books, "冯素芳"), "V07", DECEMBER)
    with pytest.raises(Refused, match="2025-12 还没有结账"):
        begin_migration(desk, "V07-2023", "黄泥坳村")
    with pytest.raises(Refused, match="2025-11 不是 12 月"):
        look_at_paper(desk.at(Month(2025, 11)))
    close_month(desk, staff.agent)
    with pytest.raises(Refused, match="账套代码 V07 已经是“黄泥坳村”的"):
        begin_migration(desk, "V07", "黄泥坳村")
    with pytest.raises(Refused, match="请写新账套的名称"):
        begin_migration(desk, "V07-2023", " ")
    with pytest.raises(Refused, match="用的是 2004 年的会计制度，不能作新账套的科目"):
        begin_migration(desk, "V07-2023", "黄泥坳村", like="V07")
    with pytest.raises(Refused, match="V01 用的不是 2004 年的会计制度"):
        look_at_paper(open_desk(office, "V01", Month(2026, 12)))
    begin_migration(desk, "V07-2023", "黄泥坳村")
    with pytest.raises(Refused, match="转换底稿已经有了"):
        begin_migration(desk, "V07-B", "黄泥坳村")
    give_up_paper(desk)
    assert read_paper(desk) is None
    lines = (Line("收款", "101", 100), Line("收款", "531", 0, 100))
    save_voucher(desk, Draft(date(2026, 1, 5), lines))
    with pytest.raises(Refused, match="2026-01 已有凭证"):
        begin_migration(desk, "V07-2023", "黄泥坳村")


def chart_with(roads: str) -> list[Account]:
    """The chart of 2023 with what the old book has below it; its roads and ditches are called so."""
    accounts = {one.code: one for one in chart_accounts("2023")}
    below = {
        "10201": "基本户", "10202": "一事一议专户", "12101": "农用物资", "12102": "农产品", "15101": "房屋及建筑物",
        "15102": "机器设备", "15103": roads, "32201": "各项分配", "32202": "未分配收益",
    }  # fmt: skip
    for code, name in below.items():
        above = accounts[code[:3]]
        accounts[above.code] = replace(above, leaf=False)
        accounts[code] = replace(above, code=code, name=name, level=2, parent=above.code, leaf=True)
    return sorted(accounts.values(), key=lambda one: one.code)


def test_the_township_s_chart_is_taken_and_where_it_has_no_such_name_a_person_chooses(old: Desk, staff: Staff) -> None:
    book = new_book("V08", "V08", "石磨坪村", "代行", "2023", JANUARY)
    open_book(old.office, Village("V08", "石磨坪村"), book, chart_with("道路桥涵水利设施"))
    state = begin_migration(old, "V07-2023", "黄泥坳村", like="V08")
    waiting = [row for row in state.paper.open_rows if row.detail.account == "15103"]
    assert [row.why for row in waiting] == ["新账套的 151 固定资产 下没有“道路水利设施”：选一个明细，或增设"]
    assert [row.parts for row in state.paper.rows if row.detail.account == "15101"] == [(Part("15101", 32_000_000),)]
    assert state.paper.added == ()
    decide_all(old)
    decide_row(old, waiting[0].line, [Part("15103", 51_200_000)], "道路水利设施并入统一科目道路桥涵水利设施")
    book = finish_migration(old, staff.agent, staff.director)
    assert book.code == "V07-2023"
    assert errors(old.office) == []


def test_accounts_may_be_opened_on_the_paper_and_taken_back(old: Desk) -> None:
    begin_migration(old, "V07-2023", "黄泥坳村")
    state = open_new_account(old, "13101", "架子猪")
    row = next(one for one in state.paper.rows if one.detail.account == "13101")
    state = decide_row(old, row.line, [Part("13101", row.detail.balance_fen)], "盘点表")
    with pytest.raises(Refused, match="同一个上级下已有科目"):
        open_new_account(old, "13102", "架子猪")
    with pytest.raises(Refused, match="已有科目 13101"):
        open_new_account(old, "13101", "仔猪")
    state = drop_account(old, "13101")
    assert "决定转到的科目 13101 在新账套里没有" in "".join(map(str, state.problems))
    with pytest.raises(Refused, match="不是这张底稿增设的"):
        drop_account(old, "101")
    state = change_target(old, "V07-N", "黄泥坳村（新）")
    assert (state.paper.head.code, state.paper.head.name) == ("V07-N", "黄泥坳村（新）")


def test_a_book_reopened_meanwhile_is_told_and_the_paper_takes_its_balances_again(decided: Desk, staff: Staff) -> None:
    reopen_month(decided, staff.agent, staff.director, "漏记利息")
    lines = (Line("补记十二月利息", "10201", 1_050), Line("补记十二月利息", "32202", 0, 1_050))
    with decided.books.write() as connection:
        row = connection.execute(text("SELECT id FROM book WHERE code = 'V07'")).scalar_one()
        balance.add_lines(connection, row, 2025, 12, "normal", lines)
    state = read_paper(decided)
    assert state
    assert "旧账套里现在是 借 109,172.60，底稿上是 借 109,162.10：请重新取数" in "".join(map(str, state.problems))
    state = refresh_paper(decided)
    bank = next(one for one in state.paper.rows if one.detail.account == "10201")
    assert bank.parts == (Part("10201", 10_917_260),)
    assert state.problems == ()


def test_the_township_s_unified_accounts_make_the_new_chart(old: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="2023 年制度还没有统一科目"):
        begin_migration(old, "V07-2023", "黄泥坳村", like=UNIFIED)
    keep_unified(old.office, "2023", chart_with("道路水利设施"))
    state = begin_migration(old, "V07-2023", "黄泥坳村", like=UNIFIED)
    assert state.paper.added == ()
    assert len(state.paper.open_rows) == 11
    decide_all(old)
    finish_migration(old, staff.agent, staff.director)
    assert errors(old.office) == []
