"""The chart and the differences from the unified accounts on paper: every word of the record stands on the page."""

from __future__ import annotations

from pathlib import Path

from tests.pdf.reading import words_of
from villagebooks.core.account import Account, BookDeviations, Deviation
from villagebooks.pdf.account import deviation_cells, draw_charts, draw_deviations

CHART = [
    Account("513", "管理费用", 1, "", "D", leaf=False),
    Account("51302", "办公费", 2, "513", "D", leaf=False, split_on="2026-09-20"),
    Account("5130201", "纸张", 3, "51302", "D", leaf=True, needs=("party", "quantity"), unit="箱"),
    Account("51303", "差旅费", 2, "513", "D", leaf=True, stopped_on="2026-09-01"),
]
TOLD = Deviation("clash", "51303", "差旅费", "51305 差旅费", "本村的“差旅费”用了代码 51305")


def test_a_chart_names_divisions_stops_and_needs(tmp_path: Path) -> None:
    assert draw_charts({"V01 老秤湾村": CHART * 20, "V02 石磨坪村": CHART}, tmp_path / "a.pdf") == 4
    text = words_of(tmp_path / "a.pdf").split("\f")
    for words in (
        "会计科目表",
        "V01 老秤湾村",
        "2026-09-20 拆分",
        "2026-09-01 停用",
        "往来、数量（箱）",
        "共 80 个科目",
    ):
        assert words in text[0]
    assert "V02 石磨坪村" in text[3]


def test_every_village_stands_among_the_differences(tmp_path: Path) -> None:
    found = [
        BookDeviations(f"V{n:02d}", "很长很长的名字的村民委员会代行股份经济合作社", "2023", 1, (TOLD,) * (n % 3))
        for n in range(60)
    ]
    found.append(BookDeviations("V99", "旧制度村", "2004", 0, ()))
    cells = deviation_cells(found, "白雁河镇", "截至 2026-09-30")
    assert sum(len(page.rows) for page in cells) == sum(max(n % 3, 1) for n in range(60)) + 1
    draw_deviations(found, tmp_path / "d.pdf", "白雁河镇", "截至 2026-09-30")
    text = words_of(tmp_path / "d.pdf")
    for words in (
        "61 个账套，60 处差别",
        "与统一科目一致",
        "同名不同码",
        "51305 差旅费",
        "2004 年制度还没有统一科目",
        "V59",
    ):
        assert words in text
