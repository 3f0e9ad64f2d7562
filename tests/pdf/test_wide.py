"""Villages side by side and the notes on paper: nothing is lost over the pages, figures are never cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from tests.pdf.test_statement import statement
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import (
    BALANCE_SHEET,
    DETAIL,
    DETAIL_COLUMNS,
    INCOME,
    NOTE_COLUMNS,
    NoteRow,
    Notes,
    NoteSection,
    SideBySide,
    Statement,
    StatementRow,
)
from villagebooks.pdf.statement import (
    draw_notes,
    draw_side_by_side,
    draw_statement,
    side_by_side_cells,
    statement_cells,
)

SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
HUGE, SHOWN = 1_234_567_890_123, "12,345,678,901.23"
LONG = "双柿垭村第十二村民小组（原桐油槽村、槽口村合并）股份经济合作联合社"


def beside(villages: int, lines: int, figures: tuple[str, ...] = ("amount",)) -> SideBySide:
    books = tuple((f"V{number:02d}", f"{LONG}{number}") for number in range(1, villages + 1))
    wide = (villages + 1) * len(figures)
    rows = tuple(StatementRow(str(line), f"项目{line}", (HUGE,) * wide) for line in range(1, lines + 1))
    return SideBySide(INCOME, "收益及收益分配表", "2023", SEPTEMBER, figures, books, rows)


@pytest.mark.parametrize(("villages", "lines", "pages"), [(6, 20, 1), (7, 20, 1), (8, 20, 2), (19, 20, 3), (6, 60, 3)])
def test_villages_that_are_too_many_for_one_sheet_go_on_to_the_next(villages: int, lines: int, pages: int) -> None:
    sheets = side_by_side_cells(beside(villages, lines))
    assert len(sheets) == pages
    heads = [column.head for look, _page in sheets for column in look.columns[2:]]
    assert heads.count("合计") == len(heads) // (villages + 1)
    for look, page in sheets:
        assert all(len(row.cells) == len(look.columns) for row in page.rows)
        assert [row.cells[1] for row in page.rows] or lines == 0
    assert sheets[-1][1].below
    assert not sheets[0][1].below or pages == 1


def test_every_village_and_figure_stands_on_the_paper(tmp_path: Path) -> None:
    pages = draw_side_by_side(beside(9, 3, ("closing_debit", "closing_credit")), tmp_path / "a.pdf")
    assert page_sizes(tmp_path / "a.pdf") == [(297, 210)] * pages == [(297, 210)] * 3
    words = words_of(tmp_path / "a.pdf")
    assert words.count(SHOWN) == 3 * 20
    assert "各账套都执行 2023 年会计制度" in words
    assert loose_fonts(tmp_path / "a.pdf") == []


@pytest.mark.parametrize("kind", [BALANCE_SHEET, INCOME])
def test_the_old_forms_carry_their_marks_and_sides(kind: str) -> None:
    (page,) = statement_cells(statement(kind, "2004"))
    assert page.above[2] == ("村会01表　单位：元" if kind == BALANCE_SHEET else "村会02表　单位：元")
    own = replace(statement(kind, "2004"), version=2, title="本镇的表")
    (page,) = statement_cells(own)
    assert (page.title, page.above[2]) == ("本镇的表", "单位：元")
    assert page.foot == "格式：本乡镇自定的“本镇的表”第 2 版，不是财政部公布的正式表样。"


def test_the_old_balance_sheet_has_the_opening_first_and_its_supplement_below(tmp_path: Path) -> None:
    found = replace(statement(BALANCE_SHEET, "2004"), supplement=(("盘亏的存货", HUGE), ("死亡的牲畜", 0), ("坏账", 5)))
    (page,) = statement_cells(found)
    assert page.rows[1].cells[2:4] == ("87,232.85", "106,215.85")
    assert [row.cells[0] for row in page.rows[-3:]] == ["补充资料：", "盘亏的存货", "坏账"]
    draw_statement(found, tmp_path / "a.pdf")
    words = words_of(tmp_path / "a.pdf")
    assert SHOWN in words
    assert words.index("年初数") < words.index("期末数")


def test_a_year_that_the_books_do_not_know_is_blank_and_said() -> None:
    (page,) = statement_cells(replace(statement(INCOME), unknown=("prior",)))
    assert page.rows[0].cells[-1] == ""
    assert page.foot.startswith("账套里没有上年同期的账，上年栏空白。")
    wide = replace(statement(BALANCE_SHEET), extra=("year_ago",))
    rows = tuple(replace(row, amounts_fen=(*row.amounts_fen, 7) if row.amounts_fen else ()) for row in wide.rows)
    (page,) = statement_cells(replace(wide, rows=rows))
    assert page.rows[1].cells[4] == "0.07"


def test_income_and_expenditure_have_the_month_before_the_year(tmp_path: Path) -> None:
    rows = (StatementRow("", "一、收入", ()), StatementRow("501", "　经营收入", (4, 3, 2, 1)))
    found = Statement(DETAIL, "V01", LONG, "2023", SEPTEMBER, DETAIL_COLUMNS, rows, title="收支明细表")
    (page,) = statement_cells(found)
    assert page.rows[1].cells == ("501", "　经营收入", "0.03", "0.01", "0.04", "0.02")
    year = replace(found, span=Span(Month(2026, 1), Month(2026, 12)))
    assert statement_cells(year)[0].rows[1].cells == ("501", "　经营收入", "0.04", "0.02")
    many = tuple(StatementRow(f"501{n:02d}", "　" * 2 + LONG * 2, (HUGE, -HUGE, HUGE, -HUGE)) for n in range(80))
    assert draw_statement(replace(found, rows=many), tmp_path / "a.pdf") == 2
    assert words_of(tmp_path / "a.pdf").count("−" + SHOWN) == 160


def test_the_notes_flow_over_pages_with_the_head_of_a_table_again(tmp_path: Path) -> None:
    rows = tuple(NoteRow(f"{LONG}{n}", (HUGE,) * 6) for n in range(70))
    sections = (
        NoteSection("village", "基本情况", ("很长的一段话。" * 200,), "会计写的话。\n又一段。"),
        NoteSection("current", "内部往来", (), "", NOTE_COLUMNS["sides"], rows),
        NoteSection("fixed", "固定资产", (), "", NOTE_COLUMNS["movement"], (NoteRow("房屋", (1, 2, 3, -4), True),)),
    )
    pages = draw_notes(Notes("V01", LONG, "2023", SEPTEMBER, sections), tmp_path / "a.pdf")
    words = words_of(tmp_path / "a.pdf")
    assert pages == 3
    assert words.count(SHOWN) == 70 * 6
    assert words.count("年初借方") == 3
    assert "一、基本情况" in words
    assert "三、固定资产" in words
    assert "会计写的话。" in words
    assert "−0.04" in words
    draw_notes(Notes("V01", LONG, "2023", SEPTEMBER, sections), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
