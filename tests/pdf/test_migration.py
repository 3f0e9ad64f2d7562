"""The working paper on paper: every row with its rule and basis, totals, both sheets, who signed."""

from __future__ import annotations

from pathlib import Path

from tests.core.test_migration import paper_of, sheets_of
from tests.pdf.reading import loose_fonts, page_sizes, words_of
from villagebooks.core.migration import Decision, OldDetail, Part
from villagebooks.pdf.migration import draw_migration, rows_table
from villagebooks.pdf.wrapped import WrappedRow

DETAILS = [
    OldDetail("102", 1_234_567), OldDetail("131", 800_000, quantity_milli=8_000),
    OldDetail("202", -500_000, "大河建筑队"), OldDetail("301", -1_534_567),
]  # fmt: skip
FIRST = Decision(1, "2026-01-05T09:00:00+08:00", "谭永川", "暂按猪", (Part("131", 800_000, 8_000),))
LAST = Decision(
    2, "2026-01-06T09:00:00+08:00", "冯素芳", "2025年12月31日盘点表：能繁母猪6头，育肥猪2头，监委会两人在场",
    (Part("132", 600_000, 6_000), Part("131", 200_000, 2_000)),
)  # fmt: skip


def test_an_undecided_paper_says_that_it_is_a_draft_and_what_waits(tmp_path: Path) -> None:
    paper = paper_of(DETAILS)
    out = tmp_path / "paper.pdf"
    assert draw_migration(paper, sheets_of(paper), [], "", out, "白雁河镇村级会计代理核算中心") >= 2
    words = words_of(out).replace(" ", "").replace("\n", "")
    for wanted in ("草稿，还没有签字", "（还没有决定）", "要由人按性质分开，写明依据", "差-", "数量8"):
        assert wanted in words
    assert set(page_sizes(out)) == {(297, 210)}
    assert loose_fonts(out) == []


def test_a_decided_row_shows_basis_parts_and_what_was_decided_before(tmp_path: Path) -> None:
    paper = paper_of(DETAILS, {2: LAST, 3: Decision(1, LAST.at, "冯素芳", "工程尾款", (Part("211", -500_000),))})
    rows = list(rows_table(paper, "ab" * 32, "中心").rows)
    row = next(one for one in rows if one.cells[0] == "2")
    assert row.cells[7:] == ("132 生产性生物资产\n131 消耗性生物资产", "6,000.00\n2,000.00", "\n")
    assert row.cells[6] == f"冯素芳 2026-01-06：{LAST.reason}"
    assert rows[-1] == WrappedRow(
        ("", "合计", "", "20,345.67", "20,345.67", "", "", "", "20,345.67", "20,345.67"), bold=True
    )
    out = tmp_path / "paper.pdf"
    draw_migration(paper, sheets_of(paper), ["编制 冯素芳；审核 邹启明"], "ab" * 32, out, "中心")
    words = words_of(out).replace(" ", "").replace("\n", "")
    for wanted in ("编制冯素芳；审核邹启明", "ab" * 32, "资产总计：旧20,345.67，新20,345.67，差0.00", "监督委员会："):
        assert wanted in words


def test_rows_go_on_to_more_pages_and_none_is_cut(tmp_path: Path) -> None:
    details = [OldDetail("112", 100, f"欠款户{n}") for n in range(150)]
    paper = paper_of([*details, OldDetail("301", -15_000)])
    out = tmp_path / "paper.pdf"
    pages = draw_migration(paper, sheets_of(paper), [], "", out)
    assert pages >= 6
    words = words_of(out)
    assert all(f"欠款户{n}" in words for n in range(150))
    assert words.count("原科目") == pages - 2
