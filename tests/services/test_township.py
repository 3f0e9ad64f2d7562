"""The township's tables: what the villages have together, side by side, never two accounting standards in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from villagebooks.core.ledger import ALL_BOOKS
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, DETAIL, INCOME, TRIAL_BALANCE, Layout, LayoutLine, StatementRow
from villagebooks.core.village import Village
from villagebooks.db.books import open_books
from villagebooks.services.account import chart_accounts
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ALL, trial_balance
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.statement import (
    kept_standards,
    save_layout,
    statement,
    statement_detail,
    township_side_by_side,
    township_statement,
    use_layout,
)
from villagebooks.services.statement.file import side_by_side_bytes, statement_bytes

CASES = Path(__file__).parent.parent / "cases"
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
YEAR = Span(Month(2026, 1), Month(2026, 12))


def made(place: Path | str, case: str) -> Office:
    office = create_office(place, "白雁河镇")
    import_history(office, CASES / case)
    return office


@pytest.fixture
def township(made_once: Callable[..., Path | str]) -> Iterator[Office]:
    office = Office(open_books(made_once(made, "baiyanhe/three_tables")))
    yield office
    office.books.close()


def by_line(rows: tuple[StatementRow, ...]) -> dict[tuple[str, str], tuple[int, ...]]:
    return {(row.line_no, row.label): row.amounts_fen for row in rows if row.amounts_fen}


@pytest.mark.parametrize("kind", [BALANCE_SHEET, INCOME])
@pytest.mark.parametrize("span", [SEPTEMBER, Span(Month(2026, 7), Month(2026, 9)), YEAR])
def test_the_township_is_the_sum_of_its_villages_line_by_line(township: Office, kind: str, span: Span) -> None:
    whole = by_line(township_statement(township, kind, span).rows)
    villages = [
        by_line(statement(open_desk(township, one.code, span.last), kind, span).rows) for one in list_books(township)
    ]
    assert whole == {
        key: tuple(sum(column) for column in zip(*(one[key] for one in villages if key in one), strict=True))
        for key in whole
    }
    beside = township_side_by_side(township, kind, span)
    for row in beside.rows:
        *each, total = row.amounts_fen or (0, 0)
        assert sum(each) == total
        assert not row.amounts_fen or whole[row.line_no, row.label][0] == total


def test_the_township_s_totals_are_those_of_the_plan_and_claims_are_not_netted(township: Office) -> None:
    sheet = {row.line_no: row.amounts_fen for row in township_statement(township, BALANCE_SHEET, SEPTEMBER).rows}
    assert sheet["23"][0] == sheet["39"][0] == 532_024_635
    beside = township_side_by_side(township, BALANCE_SHEET, SEPTEMBER)
    total = next(row for row in beside.rows if row.line_no == "23")
    assert total.amounts_fen == (77_453_585, 128_350_416, 199_895_974, 58_276_112, 66_152_758, 1_895_790, 532_024_635)
    assert [name for _code, name in beside.books][-1] == "鹭背村村民委员会"
    opening = {row.line_no: row.amounts_fen[1] for row in township_statement(township, BALANCE_SHEET, SEPTEMBER).rows
               if row.amounts_fen}  # fmt: skip
    alone = statement(open_desk(township, "V01", SEPTEMBER.last), BALANCE_SHEET, SEPTEMBER)
    first = {row.line_no: row.amounts_fen[1] for row in alone.rows if row.amounts_fen}
    assert (first["3"], first["25"]) == (186_000, 1_580_000)
    assert opening["3"] - opening["25"] < opening["3"]


def test_income_and_expenditure_of_the_villages_add_up_account_by_account(township: Office) -> None:
    whole = by_line(township_statement(township, DETAIL, SEPTEMBER).rows)
    villages = [by_line(statement_detail(open_desk(township, one.code, SEPTEMBER.last), SEPTEMBER).rows)
                for one in list_books(township)]  # fmt: skip
    assert set(whole) == set().union(*villages)
    for key, amounts in whole.items():
        assert amounts == tuple(map(sum, zip(*(one[key] for one in villages if key in one), strict=True))), key
    income = {row.line_no: row.amounts_fen for row in township_statement(township, INCOME, SEPTEMBER).rows}
    assert whole["", "三、净收益（收入减支出）"][:3] == income["14"]


def test_the_trial_balance_side_by_side_is_the_township_s_trial_balance(township: Office) -> None:
    want = {
        row.account: (row.closing_debit_fen, row.closing_credit_fen)
        for row in trial_balance(township, ALL, YEAR.first, SEPTEMBER.last).rows
        if row.book == ALL_BOOKS
    }
    beside = township_side_by_side(township, TRIAL_BALANCE, Span(YEAR.first, SEPTEMBER.last))
    assert {row.line_no: row.amounts_fen[-2:] for row in beside.rows if row.line_no} == want
    assert beside.rows[-1].label == "合计"
    assert beside.rows[-1].amounts_fen[-2] == beside.rows[-1].amounts_fen[-1]
    assert want["113"] == (3_848_000, 126_000)


def test_books_of_both_standards_never_stand_in_one_table(township: Office) -> None:
    book = new_book("V09", "V09", "老制度村", "代行", "2004", Month(2026, 1))
    open_book(township, Village("V09", "老制度村"), book, chart_accounts("2004"))
    assert kept_standards(township) == ["2023", "2004"]
    said = "两种会计制度的科目、报表行次不同，账套不能合在一张表里（2004 年制度 1 个，2023 年制度 6 个）"
    for kind in (BALANCE_SHEET, INCOME, DETAIL, TRIAL_BALANCE):
        with pytest.raises(Refused, match=said):
            township_statement(township, kind, SEPTEMBER)
        with pytest.raises(Refused, match=said):
            township_side_by_side(township, kind, SEPTEMBER)
    with pytest.raises(Refused, match=said):
        trial_balance(township, ALL, YEAR.first, SEPTEMBER.last)
    old = township_statement(township, BALANCE_SHEET, SEPTEMBER, standard="2004")
    assert (old.books, old.standard, old.rows[1].label) == (1, "2004", "货币资金")
    assert township_statement(township, BALANCE_SHEET, SEPTEMBER, standard="2023").books == 6
    assert {row.book for row in trial_balance(township, ALL, YEAR.first, YEAR.last, standard="2023").rows} >= {"*"}


def test_a_village_that_begins_later_is_left_out_and_told(township: Office) -> None:
    book = new_book("V10", "V10", "新村", "代行", "2023", Month(2026, 11))
    open_book(township, Village("V10", "新村"), book, chart_accounts("2023"))
    found = township_statement(township, BALANCE_SHEET, SEPTEMBER)
    assert (found.books, found.remarks) == (6, ("新村 从 2026-11 起才有账，不在内",))
    assert found.name == "白雁河镇（6 个账套合计）"
    with pytest.raises(Refused, match="2020-01 还没有一个账套有账"):
        township_statement(township, BALANCE_SHEET, Span(Month(2020, 1), Month(2020, 1)))


def test_what_has_no_sum_and_what_is_no_figure_is_refused(township: Office) -> None:
    for kind in ("equity", "notes"):
        with pytest.raises(Refused, match="按账套出，没有汇总"):
            township_statement(township, kind, SEPTEMBER)
    with pytest.raises(Refused, match="没有“debit”这一栏，可选：closing、opening"):
        township_side_by_side(township, BALANCE_SHEET, SEPTEMBER, ["debit"])
    both = township_side_by_side(township, BALANCE_SHEET, SEPTEMBER, ["closing", "opening"])
    assert len(both.rows[1].amounts_fen) == 14


def test_a_report_of_the_township_s_own_is_summed_too(township: Office) -> None:
    lines = (LayoutLine("1", "现金和存款", "D(101)+D(102)"), LayoutLine("2", "没有", "D(181)", "nonzero"))
    draft = save_layout(township, Layout("", "money", "2023", 0, "货币资金表", BALANCE_SHEET, lines))
    use_layout(township, draft.uid, Month(2026, 1))
    found = township_statement(township, "money", SEPTEMBER)
    assert [(row.line_no, row.amounts_fen[0]) for row in found.rows] == [("1", 96_571_435)]
    assert (found.title, found.version) == ("货币资金表", 1)


def test_as_a_file_a_column_is_a_book_and_the_sum_is_the_star(township: Office) -> None:
    beside = side_by_side_bytes(township_side_by_side(township, BALANCE_SHEET, SEPTEMBER), "csv").decode()
    head, first = beside.splitlines()[:2]
    assert head == "line_no,label,V01,V02,V03,V04,V05,V05W,*"
    assert first == "1,货币资金,106215.85,117812.16,421759.74,83101.12,217867.58,18957.90,965714.35"
    trial = side_by_side_bytes(township_side_by_side(township, TRIAL_BALANCE, SEPTEMBER), "csv").decode()
    assert trial.startswith("account,name,V01 closing_debit,V01 closing_credit,V02 closing_debit")
    summed = statement_bytes(township_statement(township, INCOME, SEPTEMBER), "csv").decode()
    assert summed.startswith("line_no,label,amount,period_amount,prior\n1,一、经营收入,288883.60,")
    for form in ("json", "xlsx"):
        assert side_by_side_bytes(township_side_by_side(township, DETAIL, SEPTEMBER), form)
