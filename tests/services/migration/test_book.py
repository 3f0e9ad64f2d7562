"""转换制度, the books before and after: the village of 2004 becomes its 2023 book to the fen; what was signed stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.pdf.reading import words_of
from tests.services.chain import journal_page
from tests.services.conftest import Staff, sql_for
from tests.services.village_2004 import (
    DECEMBER,
    JANUARY,
    rows_of,
)
from villagebooks.core.migration import Part
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Statement
from villagebooks.core.voucher import OPENING, Draft, Line
from villagebooks.db import guard
from villagebooks.formats.statement import statement_table
from villagebooks.services.account import rename_account
from villagebooks.services.check import check_books
from villagebooks.services.closing import lock_year, reopen_month
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.migration import (
    decide_row,
    finish_migration,
    read_paper,
)
from villagebooks.services.migration.printout import write_paper
from villagebooks.services.statement import statement
from villagebooks.services.voucher import read_vouchers, save_voucher


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
