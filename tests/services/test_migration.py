"""转换制度: a village of 2004 through the working paper to its 2023 book, to the fen; what is refused, found."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.pdf.reading import words_of
from tests.services.conftest import Grow, Staff, sql_for
from villagebooks.core.migration import Part
from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Statement
from villagebooks.core.village import Village
from villagebooks.core.voucher import OPENING, Draft, Line
from villagebooks.db import balance, guard
from villagebooks.formats.statement import statement_table
from villagebooks.services.account import chart_accounts, keep_unified, rename_account
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, lock_year, reopen_month
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.migration import (
    UNIFIED,
    PaperState,
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
from villagebooks.services.migration.printout import write_paper
from villagebooks.services.office import journal_page, new_book, open_book
from villagebooks.services.statement import statement
from villagebooks.services.voucher import read_vouchers, save_voucher

CASE = Path(__file__).parent.parent / "cases" / "village-2004"
DECEMBER = Month(2025, 12)
JANUARY = Month(2026, 1)


def rows_of(name: str) -> list[dict[str, str]]:
    with (CASE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fen(words: str) -> int:
    amount = read_yuan(words)
    assert amount is not None
    return amount


def desk_of_old(office: Office) -> Desk:
    return open_desk(Office(office.books, "冯素芳"), "V07", DECEMBER)


def make_old(office: Office, staff: Staff) -> Desk:
    import_history(office, CASE)
    desk = desk_of_old(office)
    close_month(desk, staff.agent)
    return desk


@pytest.fixture
def old(office: Office, staff: Staff, grow: Grow) -> Desk:
    """The village of 2004 with its December closed."""

    def build() -> None:
        make_old(office, staff)

    grow(build)
    return desk_of_old(office)


def decide_all(desk: Desk) -> PaperState:
    """Every decision of the case, a row at a time, several parts of a row together."""
    state = read_paper(desk)
    assert state
    wanted: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in rows_of("decisions.csv"):
        wanted.setdefault((one["account"], one["party"]), []).append(one)
    for (account, party), parts in wanted.items():
        row = next(one for one in state.paper.rows if one.detail.key[:2] == (account, party))
        sign = 1 if row.detail.balance_fen > 0 else -1
        said = "；".join(dict.fromkeys(one["reason"] for one in parts))
        state = decide_row(
            desk, row.line, [Part(one["new_account"], sign * fen(one["amount"])) for one in parts], said
        )  # fmt: skip
    return state


def make_decided(office: Office, staff: Staff) -> Desk:
    old = make_old(office, staff)
    begin_migration(old, "V07-2023", "黄泥坳村")
    decide_all(old)
    return old


@pytest.fixture
def decided(office: Office, staff: Staff, grow: Grow) -> Desk:
    def build() -> None:
        make_decided(office, staff)

    grow(build)
    return desk_of_old(office)


@pytest.fixture
def new(office: Office, staff: Staff, grow: Grow) -> Desk:
    """The desk on the 2023 book that the signed paper opened."""

    def build() -> None:
        finish_migration(make_decided(office, staff), staff.agent, staff.director)

    grow(build)
    return open_desk(desk_of_old(office).office, "V07-2023", JANUARY)


def amounts(sheet: Statement, column: int = 0) -> list[tuple[str, str, str]]:
    return [
        (row.line_no, row.label.strip("　"), yuan_text(row.amounts_fen[column])) for row in sheet.rows if row.line_no
    ]  # fmt: skip


def expected(name: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in rows_of(name)]


def errors(office: Office) -> list[str]:
    return [f"{one.rule} {one.row}：{one.text}" for one in check_books(office, deep=True) if one.severity == "error"]


def test_the_village_of_2004_becomes_its_2023_book_to_the_fen(decided: Desk, staff: Staff) -> None:
    state = read_paper(decided)
    assert state
    assert state.problems == ()
    assert amounts(state.sheets.old) == expected("expected_balance_sheet_2004.csv")
    assert amounts(state.sheets.new) == expected("expected_balance_sheet_2023.csv")
    book = finish_migration(decided, staff.agent, staff.director)
    assert (book.standard, book.start, book.village, book.predecessor) == ("2023", JANUARY, "V07", decided.book.uid)
    new = open_desk(decided.office, book.code, JANUARY)
    sheet = statement(new, BALANCE_SHEET, Span(JANUARY, JANUARY))
    assert amounts(sheet, 1) == expected("expected_balance_sheet_2023.csv")
    assert errors(decided.office) == []


def test_the_traps_of_the_two_charts_end_where_the_names_say(new: Desk) -> None:
    found = {
        (one.account, one.name): one.opening_debit_fen - one.opening_credit_fen
        for one in trial_balance(new.office, new.book.code, JANUARY, JANUARY).rows
    }
    wanted = {
        ("131", "消耗性生物资产"): 3_330_000, ("132", "生产性生物资产"): 7_520_000,
        ("134", "公益性生物资产"): 2_400_000,
        ("153", "在建工程"): 4_820_000, ("154", "固定资产清理"): 135_000, ("141", "长期投资"): 5_000_000,
        ("211", "应付款"): -2_086_000, ("212", "应付工资"): -480_000, ("213", "应付劳务费"): -510_000,
        ("214", "应交税费"): -206_250, ("311", "公积公益金"): -31_823_320, ("401", "生产（劳务）成本"): 438_000,
    }  # fmt: skip
    assert {key: found.get(key) for key in wanted} == wanted
    assert not {code for code, _name in found} & {"171", "502", "511", "521"}
    row = next(
        one for one in trial_balance(new.office, new.book.code, JANUARY, JANUARY).rows if one.account == "113"
    )  # fmt: skip
    assert (row.opening_debit_fen, row.opening_credit_fen) == (326_000, 770_000)


def test_own_accounts_follow_their_parents_and_keep_their_details(new: Desk) -> None:
    voucher = read_vouchers(new.at(Month(2026, 1)))
    assert voucher == []
    with new.books.read() as connection:
        row = connection.execute(
            text("SELECT v.kind, v.month, v.number, v.day, v.state, v.attachment_count, v.prepared_by FROM voucher v "
                 "JOIN book b ON b.id = v.book WHERE b.code = 'V07-2023'")).one()  # fmt: skip
        lines = {tuple(one) for one in connection.execute(
            text("SELECT l.account, l.party, l.project, l.debit_fen, l.credit_fen FROM voucher_line l "
                 "JOIN book b ON b.id = l.book WHERE b.code = 'V07-2023'"))}  # fmt: skip
        names = {one.code: one.name for one in connection.execute(
            text("SELECT a.code, a.name FROM account a JOIN book b ON b.id = a.book WHERE b.code = 'V07-2023' "
                 "AND a.level > 1"))}  # fmt: skip
    assert tuple(row) == (OPENING, 0, 0, "2025-12-31", "posted", 1, "冯素芳")
    assert ("15103", "", "", 51_200_000, 0) in lines
    assert ("113", "第二村民小组", "", 0, 420_000) in lines
    assert ("113", "第一村民小组", "", 240_000, 0) in lines
    assert ("153", "", "饮水管网", 4_820_000, 0) in lines
    assert ("231", "", "饮水管网筹资", 0, 3_500_000) in lines
    assert ("32202", "", "", 0, 3_737_820) in lines
    assert names["51301"] == "干部报酬"
    assert names["10202"] == "一事一议专户"
    assert "13101" not in names


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


def test_finishing_takes_the_agent_and_the_director_and_is_journalled_in_both_books(
    decided: Desk, staff: Staff
) -> None:
    with pytest.raises(Refused, match="不能都是冯素芳"):
        finish_migration(decided, staff.agent, staff.agent)
    with pytest.raises(Refused, match="龙小梅不是代理会计"):
        finish_migration(decided, staff.cashier, staff.director)
    with pytest.raises(Refused, match="谭永川不是中心主任"):
        finish_migration(decided, staff.agent, staff.other)
    book = finish_migration(decided, staff.agent, staff.director)
    state = read_paper(decided)
    assert state
    ref = f"migration:{state.paper.head.uid}"
    for code in ("V07", "V07-2023"):
        assert ("migrate", ref) in [(one.kind, one.ref) for one in journal_page(decided.office, code)]
    assert state.paper.head.new_book == book.uid
    with pytest.raises(Refused, match="已经转换完成"):
        decide_row(decided, 1, [Part("101", 1)], "再改")


def test_the_old_book_takes_no_voucher_and_is_not_reopened_but_its_reports_work(new: Desk, staff: Staff) -> None:
    old = open_desk(new.office, "V07", DECEMBER)
    assert old.book.stopped == DECEMBER
    lines = (Line("补记", "101", 100), Line("补记", "531", 0, 100))
    with pytest.raises(Refused, match="到 2025-12 为止已经停用"):
        save_voucher(old, Draft(date(2026, 1, 5), lines))
    with pytest.raises(Refused, match="不能反结账"):
        reopen_month(old, staff.agent, staff.director, "补记漏账")
    with pytest.raises(IntegrityError, match="已经停用"), new.books.write() as connection:
        connection.execute(
            text("INSERT INTO voucher (uid, book, year, month, word, number, day, state, kind) "
                 "SELECT 'x', id, 2026, 3, '记', 1, '2026-03-01', 'draft', 'normal' FROM book WHERE code = 'V07'")
        )  # fmt: skip
    assert amounts(statement(old, BALANCE_SHEET, Span(DECEMBER, DECEMBER))) == expected(
        "expected_balance_sheet_2004.csv"
    )
    lock_year(old, staff.director)
    assert errors(new.office) == []


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


def test_the_township_s_chart_is_taken_and_where_it_has_no_such_name_a_person_chooses(old: Desk, staff: Staff) -> None:
    book = new_book("V08", "V08", "石磨坪村", "代行", "2023", JANUARY)
    accounts = {one.code: one for one in chart_accounts("2023")}
    below = {
        "10201": "基本户", "10202": "一事一议专户", "12101": "农用物资", "12102": "农产品", "15101": "房屋及建筑物",
        "15102": "机器设备", "15103": "道路桥涵水利设施", "32201": "各项分配", "32202": "未分配收益",
    }  # fmt: skip
    for code, name in below.items():
        above = accounts[code[:3]]
        accounts[above.code] = replace(above, leaf=False)
        accounts[code] = replace(above, code=code, name=name, level=2, parent=above.code, leaf=True)
    open_book(old.office, Village("V08", "石磨坪村"), book, sorted(accounts.values(), key=lambda one: one.code))
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


SABOTAGE = {
    "migration_line": "UPDATE migration_line SET balance_fen = balance_fen + 1 WHERE account = '212'",
    "decision": "UPDATE migration_decision SET reason = '别的' WHERE line = 12",
    "part": "UPDATE migration_part SET amount_fen = amount_fen + 1 WHERE account = '213'",
    "account": "DELETE FROM migration_account WHERE code = '10201'",
    "head": "UPDATE migration SET name = '别的村'",
    "body": "UPDATE signed_body SET body = x'7b7d' WHERE object_uid = (SELECT uid FROM migration)",
    "note": "UPDATE approval SET note = x'00' WHERE about = 'migration' AND step = 'review'",
}


@pytest.mark.parametrize("what", SABOTAGE)
def test_a_paper_changed_after_finishing_is_found_and_named(new: Desk, what: str) -> None:
    spoil(new, SABOTAGE[what])
    found = [one for one in check_books(new.office) if one.rule == "migration_paper"]
    assert found
    if what == "migration_line":
        assert [(one.row, one.text) for one in found] == [("第 32 行 212 应付福利费", "余额或明细与签字时不符")]
    if what == "part":
        assert "汪木匠等临时工" in found[0].row


def test_an_opening_that_is_not_the_paper_s_is_found(new: Desk) -> None:
    spoil(new, "UPDATE voucher_line SET debit_fen = debit_fen + 1 WHERE account = '153'")
    assert "migration_opening" in {one.rule for one in check_books(new.office)}
    spoil(new, "UPDATE book SET predecessor = '' WHERE code = 'V07-2023'")
    found = [one.text for one in check_books(new.office) if one.rule == "migration_opening"]
    assert any("没有接着旧账套" in one for one in found)


def spoil(desk: Desk, sql: str) -> None:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        assert connection.execute(text(sql_for(desk.office, sql))).rowcount
        guard.make_guards(connection)


def test_nothing_of_a_finished_paper_can_be_changed_through_the_program(new: Desk) -> None:
    for sql in (
        "UPDATE migration SET name = 'x'", "DELETE FROM migration_line", "UPDATE migration_line SET balance_fen = 1",
        "DELETE FROM migration_account", "UPDATE migration_decision SET reason = 'x'", "DELETE FROM migration_part",
        "UPDATE book SET stopped = '' WHERE code = 'V07'", "DELETE FROM migration",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), new.books.write() as connection:
            connection.execute(text(sql))


def test_last_year_s_column_comes_from_the_old_book_by_line_where_it_is_sound(new: Desk) -> None:
    december = new.at(Month(2026, 12))
    report = statement(december, INCOME, Span(Month(2026, 1), Month(2026, 12)))
    prior = {row.line_no: row.amounts_fen[2] for row in report.rows if row.line_no}
    known = {line_no: yuan_text(fen) for line_no, fen in prior.items() if report.knows("prior", line_no)}
    assert known == {
        "3": "36000.00", "4": "18400.00", "6": "32918.60", "8": "45581.40", "12": "28997.84", "14": "28997.84",
        "15": "21380.36", "16": "0.00", "17": "50378.20", "18": "5000.00", "21": "37378.20",
    }  # fmt: skip
    assert report.remarks == ("上年同期取自原账套 V07（2004 年制度），按新制度分不开的行空白。",)
    table = statement_table(report)
    assert next(row for row in table.rows if row[0] == "1")[4] == ""
    half = statement(new.at(Month(2026, 6)), INCOME, Span(Month(2026, 6), Month(2026, 6)))
    grants = next(row for row in half.rows if row.line_no == "3")
    assert grants.amounts_fen[2] == 3_600_000
    assert half.unknown == ()


def test_the_second_year_knows_its_own_last_year_and_other_books_know_none(new: Desk) -> None:
    later = statement(new.at(Month(2027, 3)), INCOME, Span(Month(2027, 3), Month(2027, 3)))
    assert (later.unknown, later.unknown_lines, later.remarks) == ((), (), ())
    other = open_desk(new.office, "V01", Month(2026, 9))
    assert statement(other, INCOME, Span(Month(2026, 9), Month(2026, 9))).unknown == ("prior",)


def test_the_township_s_unified_accounts_make_the_new_chart(old: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="2023 年制度还没有统一科目"):
        begin_migration(old, "V07-2023", "黄泥坳村", like=UNIFIED)
    accounts = {one.code: one for one in chart_accounts("2023")}
    below = {
        "10201": "基本户", "10202": "一事一议专户", "12101": "农用物资", "12102": "农产品", "15101": "房屋及建筑物",
        "15102": "机器设备", "15103": "道路水利设施", "32201": "各项分配", "32202": "未分配收益",
    }  # fmt: skip
    for code, name in below.items():
        above = accounts[code[:3]]
        accounts[above.code] = replace(above, leaf=False)
        accounts[code] = replace(above, code=code, name=name, level=2, parent=above.code, leaf=True)
    keep_unified(old.office, "2023", sorted(accounts.values(), key=lambda one: one.code))
    state = begin_migration(old, "V07-2023", "黄泥坳村", like=UNIFIED)
    assert state.paper.added == ()
    assert len(state.paper.open_rows) == 11
    decide_all(old)
    finish_migration(old, staff.agent, staff.director)
    assert errors(old.office) == []


def test_a_finished_paper_is_printed_from_what_was_signed_whatever_is_renamed_later(new: Desk, tmp_path: Path) -> None:
    old = open_desk(new.office, "V07", DECEMBER)
    state, (paper, table) = write_paper(old, tmp_path)
    assert state.problems == ()
    rename_account(new, "51301", "村干部报酬")
    rename_account(new, "15101", "房屋")
    again, _paths = write_paper(old, tmp_path / "again")
    assert again.paper == state.paper
    assert again.sheets == state.sheets
    assert (tmp_path / "again" / paper.name).read_bytes() == paper.read_bytes()
    words = words_of(paper).replace(" ", "").replace("\n", "")
    assert "编制冯素芳（电子签字" in words
    assert "审核邹启明（电子签字" in words
    assert "草稿" not in words
    assert "171,拨付所属单位资金,村自来水站" in table.read_text(encoding="utf-8")
