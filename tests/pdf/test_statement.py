"""Statements on paper: two sides that end on one line, no layout of ours called official."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, COLUMNS, INCOME, Statement, StatementRow
from villagebooks.pdf.statement import draw_statement, statement_cells

SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))


def statement(kind: str, standard: str = "2023", span: Span = SEPTEMBER) -> Statement:
    rows = {
        BALANCE_SHEET: (
            StatementRow("", "流动资产：", ()), StatementRow("1", "货币资金", (10621585, 8723285)),
            StatementRow("3", "应收款项", (0, 186000)), StatementRow("23", "资产总计", (10621585, 8909285)),
            StatementRow("", "流动负债：", ()), StatementRow("39", "负债和所有者权益总计", (10621585, 8909285)),
        ),
        INCOME: (
            StatementRow("1", "一、经营收入", (4588000, 1440000, 0)),
            StatementRow("14", "四、净收益", (-397700, -124265, 0)),
        ),
    }  # fmt: skip
    return Statement(kind, "V01", "老秤湾村", standard, span, COLUMNS[kind], rows[kind])


def test_assets_stand_left_and_both_totals_on_the_last_line() -> None:
    (page,) = statement_cells(statement(BALANCE_SHEET))
    assert [row.cells[0] for row in page.rows] == ["流动资产：", "货币资金", "应收款项", "资产总计"]
    assert [row.cells[4] for row in page.rows] == ["流动负债：", "", "", "负债和所有者权益总计"]
    assert page.rows[-1].cells[2:4] == page.rows[-1].cells[6:] == ("106,215.85", "89,092.85")
    assert page.above == ("编制单位：老秤湾村", "2026年9月30日", "单位：元")


def test_no_layout_of_ours_is_called_an_official_form() -> None:
    for kind in (BALANCE_SHEET, INCOME):
        assert "不是财政部公布的正式表样" in statement_cells(statement(kind))[0].foot
    assert "村会01表" in statement_cells(statement(BALANCE_SHEET, "2004"))[0].foot
    assert "村会02表" in statement_cells(statement(INCOME, "2004"))[0].foot


@pytest.mark.parametrize(("first", "last", "words"), [(9, 9, "2026年9月"), (7, 9, "2026年7—9月"), (1, 12, "2026年度")])
def test_an_income_statement_names_its_months(first: int, last: int, words: str) -> None:
    (page,) = statement_cells(statement(INCOME, span=Span(Month(2026, first), Month(2026, last))))
    assert page.above[1] == words
    assert page.rows[1].cells == ("四、净收益", "14", "−3,977.00", "−1,242.65", "0.00")


@pytest.mark.parametrize(("kind", "size"), [(BALANCE_SHEET, (297, 210)), (INCOME, (210, 297))])
def test_the_drawn_statement_is_one_page_with_its_words(kind: str, size: tuple[int, int], tmp_path: Path) -> None:
    assert draw_statement(statement(kind), tmp_path / "a.pdf") == 1
    draw_statement(statement(kind), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert page_sizes(tmp_path / "a.pdf") == [size]
    words = words_of(tmp_path / "a.pdf")
    expected = (
        ("资产负债表", "期末余额", "106,215.85")
        if kind == BALANCE_SHEET
        else ("收益及收益分配表", "本月金额", "−3,977.00")
    )
    for text in (*expected, "编制单位：老秤湾村", "单位：元", "会计主管："):
        assert text in words
    assert loose_fonts(tmp_path / "a.pdf") == []
