"""The printed voucher as accountants know it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from tests.sheet_month import accounts, voucher, vouchers
from villagebooks.core.account import path_name
from villagebooks.core.stationery import A4_THREE, A4_TWO, A5, NEEDLE, VOUCHER_SHEETS
from villagebooks.core.voucher import APPROVED, REVERSAL, VOID, Voucher
from villagebooks.pdf.ink import MM
from villagebooks.pdf.voucher import ROWS, SHAPES, VoucherPage, draw_vouchers, voucher_cells

PATHS = {code: path_name(accounts().values(), code) for code in accounts()}


def page(one: Voucher, **more: object) -> VoucherPage:
    return VoucherPage(one, "老秤湾村（村委会代行）", PATHS, {"清岑墨香文具店": "清岑县墨香文具店"}, **more)  # type: ignore[arg-type]


def test_the_cells_say_what_the_paper_voucher_says() -> None:
    (cells,) = voucher_cells(page(vouchers()[5]))
    assert (cells.title, cells.mark, cells.day, cells.number, cells.attachments, cells.page) == (
        "记账凭证",
        "",
        "2026年9月10日",
        "记字第 6 号",
        "附单据 2 张",
        "",
    )
    first = cells.rows[0]
    assert (first.account, first.detail, first.debit, first.credit) == (
        "管理费用",
        "运转支出／办公费　清岑县墨香文具店",
        "742.60",
        "",
    )
    assert cells.total.summary == "合计（大写）　柒佰肆拾贰元陆角整"
    assert cells.signs == ("会计主管：邹启明", "记账：冯素芳", "复核：谭永川", "出纳：龙小梅", "制单：冯素芳")


def test_a_quantity_stands_with_its_unit_in_the_detail() -> None:
    one = vouchers()[5]
    first = replace(one.lines[0], quantity_milli=12_500)
    counted = replace(one, lines=(first, *one.lines[1:]))
    (cells,) = voucher_cells(page(counted, units={"5130102": "包"}))
    assert cells.rows[0].detail.endswith("　12.5包")
    assert "包" not in cells.rows[1].detail


def test_a_reversal_is_red_and_carries_the_minus_sign_and_what_it_reverses() -> None:
    one = voucher(3, 24, ("注销", "51401", -128000, 0), ("注销", "10201", 0, -128000), kind=REVERSAL)
    (cells,) = voucher_cells(page(one, reverses="8月记-7"))
    assert cells.mark == "红字　冲销8月记-7"
    assert [(row.debit, row.credit, row.red) for row in cells.rows] == [
        ("−1,280.00", "", True),
        ("", "−1,280.00", True),
    ]
    assert cells.total.summary == "合计（大写）　负壹仟贰佰捌拾元整"


def test_more_lines_than_fit_go_on_with_what_is_carried() -> None:
    lines = [(f"付第{n}户", "113", 100 + n, 0) for n in range(15)]
    total = sum(line[2] for line in lines)
    cells = voucher_cells(page(voucher(9, 12, *lines, ("付款", "10203", 0, total))))
    assert [one.page for one in cells] == ["第1/3页", "第2/3页", "第3/3页"]
    assert [len(one.rows) for one in cells] == [ROWS, ROWS, 4]
    assert cells[0].total.summary == "过次页"
    assert (cells[1].rows[0].summary, cells[1].rows[0].debit) == ("承前页", cells[0].total.debit)
    assert (cells[2].total.debit, cells[2].total.credit) == ("16.05", "16.05")


def test_ink_signatures_and_unfinished_states_are_marked() -> None:
    one = replace(vouchers()[5], state=APPROVED, posted_by="")
    (cells,) = voucher_cells(page(one, ink=("出纳",)))
    assert (cells.mark, cells.signs[3]) == ("未记账", "出纳：龙小梅（纸质签字）")
    assert voucher_cells(page(replace(one, state=VOID)))[0].mark == "作废"


def test_the_drawn_vouchers_are_a5_embedded_and_the_same_each_time(tmp_path: Path) -> None:
    pages = [page(one) for one in vouchers()]
    assert draw_vouchers(pages, tmp_path / "a.pdf") == 15
    draw_vouchers(pages, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert set(page_sizes(tmp_path / "a.pdf")) == {(210, 148)}
    words = words_of(tmp_path / "a.pdf")
    for text in (
        "记账凭证",
        "核算单位：老秤湾村（村委会代行）",
        "记字第 14 号",
        "11,350.00",
        "贰万贰仟柒佰元整",
        "制单：冯素芳",
    ):
        assert text in words.replace("　", " "), text
    assert loose_fonts(tmp_path / "a.pdf") == []


LONG = [(f"付第{n}户土地补偿款（含青苗及地上附着物）", "113", 100 + n, 0) for n in range(15)]
SIZES = {NEEDLE: (240, 140), A5: (210, 148), A4_TWO: (210, 297), A4_THREE: (210, 297)}


@pytest.mark.parametrize("sheet", VOUCHER_SHEETS)
def test_each_sheet_takes_its_vouchers_whole_embedded_and_the_same_each_time(sheet: str, tmp_path: Path) -> None:
    total = sum(line[2] for line in LONG)
    pages = [*map(page, vouchers()[:4]), page(voucher(9, 12, *LONG, ("付款", "10203", 0, total)))]
    shape = SHAPES[sheet]
    printed = sum(len(voucher_cells(one, shape.rows)) for one in pages)
    count = draw_vouchers(pages, tmp_path / "a.pdf", "白雁河镇核算中心　指纹", sheet)
    draw_vouchers(pages, tmp_path / "b.pdf", "白雁河镇核算中心　指纹", sheet)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert count == -(-printed // len(shape.places))
    assert page_sizes(tmp_path / "a.pdf") == [SIZES[sheet]] * count
    assert loose_fonts(tmp_path / "a.pdf") == []
    words = words_of(tmp_path / "a.pdf")
    assert words.count("承前页") == words.count("过次页") == len(voucher_cells(pages[-1], shape.rows)) - 1
    assert words.count("指纹") == printed, "every voucher that is cut off says who made it"
    for text in ("第1/3页", "第3/3页", "付第14户土地补偿款", "16.05", "壹拾陆元零伍分"):
        assert text in "".join(words.split()), text


@pytest.mark.parametrize("sheet", VOUCHER_SHEETS)
def test_rows_head_and_foot_of_a_voucher_stay_on_its_part_of_the_sheet(sheet: str) -> None:
    shape = SHAPES[sheet]
    high = shape.size[1] / len(shape.places)
    assert shape.bottom - shape.body * 1.55 > 17, "the signatures stand above who made it"
    assert high - shape.top >= 4.9 * MM
    assert shape.left >= 20 * MM, "room to bind"
    assert shape.size[0] - shape.right >= 8.9 * MM
    assert shape.row >= 2 * 1.22 * shape.sizes[1], "two lines of words fit a row"


@pytest.mark.parametrize("sheet", VOUCHER_SHEETS)
def test_a_long_summary_is_printed_whole_in_a_third_line(sheet: str, tmp_path: Path) -> None:
    words = "付老秤湾石磨坪联合村二〇二六年度高标准农田建设项目道路硬化及配套水利设施工程款（第三次进度款）"
    one = voucher(3, 24, (words, "51401", 9_999_999_999, 0), (words, "10201", 0, 9_999_999_999))
    draw_vouchers([page(one)], tmp_path / "long.pdf", sheet=sheet)
    text = "".join(words_of(tmp_path / "long.pdf").split())
    assert "…" not in text
    assert "进度款）" in text or "度款）" in text or "款）" in text
