"""The notice-board sheet: its words, its pages, its ink."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import segno

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from tests.sheet_month import september
from villagebooks.core.disclosure import AnchorMark, Fund, IncomeItem, Sheet, SpendingGroup, SpendingItem
from villagebooks.pdf.disclosure import draw_sheet, sheet_cells
from villagebooks.pdf.disclosure.block import Block, Frame, paginate
from villagebooks.pdf.disclosure.cells import figure_text, ordinal_text
from villagebooks.pdf.disclosure.look import QR_SIDE
from villagebooks.pdf.disclosure.qr import draw_qr
from villagebooks.pdf.ink import A4, open_ink
from villagebooks.services.disclosure.rules import read_rules

MARK = AnchorMark(
    "7K2M-9QXW-4TRB-H6ZD-3NPE", "0Q3F-8VYK-2JHT-C5MA-R1WX", "villagebooks/v1/anchor\n" + "中心 V01\n" * 40
)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return september(read_rules("2023"))


def many(sheet: Sheet, rows: int) -> Sheet:
    """A month of many rows with long words and names, and money of two more kinds."""
    words = "支付村道维修材料和人工费用（经村民代表会议讨论同意，名单附后）"
    names = ("买买提·吐尔逊·阿卜杜热合曼", "𬱖㛃䶮")
    items = [
        SpendingItem(
            n, date(2026, 9, 28), words[: 6 + n % 28], 123_456_789_01 + n, names[n % 2], "向其昌", names, f"记{n}", "v"
        )
        for n in range(1, rows + 1)
    ]
    incomes = [IncomeItem(n, date(2026, 9, 30), words, 100 + n, "收据 0012351", "记1", "v") for n in range(1, rows + 1)]
    out, into = sum(item.amount_fen for item in items), sum(item.amount_fen for item in incomes)
    own = Fund(
        "own",
        "村里自己的钱",
        10**13,
        into,
        out,
        10**13 + into - out,
        tuple(incomes),
        (SpendingGroup("别的开支", tuple(items)),),
    )
    special = Fund("special", "专项资金（专款专用）", 820_000, 0, 0, 820_000, (), ())
    return replace(sheet, own=own, others=(special,))


def test_the_words_of_the_model_stand_in_the_cells(sheet: Sheet) -> None:
    cells = sheet_cells(sheet, MARK)
    assert cells.title == "老秤湾村　2026年9月　收支公开榜"
    assert cells.period == "从 9月1日 到 9月30日　　贴出：2026年10月10日　　至少贴到：10月20日　　单位：元"
    big = [(one.sign, one.label, one.figure.replace("\u00a0", " "), one.reading) for one in cells.funds[0].big]
    assert big == [
        ("", "上个月剩下的钱", "106 098.50", "十万六千零九十八元五角"),
        ("＋", "这个月收进来 4 笔", "31 446.37", "三万一千四百四十六元三角七分"),
        ("－", "这个月花出去 8 笔", "31 329.02", "三万一千三百二十九元零二分"),
        ("＝", "现在还剩的钱", "106 215.85", "十万六千二百一十五元八角五分"),
    ]
    assert cells.funds[0].title == ""
    assert cells.ask.items[3].endswith("举报电话 12388")
    assert "10 天内一定回话" in cells.ask.texts[0]


def test_amounts_are_grouped_by_a_space_and_counted_groups_are_in_brackets() -> None:
    assert figure_text(-128000) == "−1\u00a0280.00"
    assert [ordinal_text(number) for number in (1, 10, 12, 20, 35)] == [
        "（一）",
        "（十）",
        "（十二）",
        "（二十）",
        "（三十五）",
    ]


@pytest.mark.parametrize(("paper", "size", "pages"), [("A3", (297, 420), 2), ("A4", (210, 297), 3)])
def test_the_printed_sheet_shows_the_whole_month(
    sheet: Sheet, paper: str, size: tuple[int, int], pages: int, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.pdf"
    assert draw_sheet(sheet, MARK, paper, out) == pages
    assert page_sizes(out) == [size] * pages
    words = words_of(out)
    for text in (
        "106 098.50", "31 446.37", "31 329.02", "106 215.85", "十万六千零九十八元", "一、收进来的钱", "收据 0012351",
        "二、花出去的钱", "（一）村干部报酬", "（六）分给村民小组、还账", "县财政拨三季度村级运转经费", "11 350.00",
        "花出去合计", "本页小计", "从银行取备用金 4 000.00；承包费存银行 1 860.00。",
        "（折旧）", "2 700.00", "12 600.00",
        "还剩 48 张空白", "谭德胜", "村主任 田维国", "（公章）", "12388", "7K2M-9QXW", f"第1页 共{pages}页",
        "本期码", MARK.code, "上期码", MARK.previous_code,
    ):  # fmt: skip
        # a narrow page breaks a sentence anywhere; figures stay whole
        assert "".join(text.split()) in "".join(words.split()), text
    assert "106 215.85" in words
    assert "草稿" not in words
    assert loose_fonts(out) == []


def test_the_same_sheet_is_the_same_file(sheet: Sheet, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        draw_sheet(sheet, MARK, "A3", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_without_an_anchor_it_is_a_draft_without_codes(sheet: Sheet, tmp_path: Path) -> None:
    draw_sheet(sheet, None, "A4", tmp_path / "draft.pdf")
    words = words_of(tmp_path / "draft.pdf")
    assert "草稿，未公开" in words
    assert "本期码" not in words


def test_a_long_month_goes_over_pages_with_page_sums_and_never_more_than_26_rows(sheet: Sheet, tmp_path: Path) -> None:
    long = many(sheet, 70)
    out = tmp_path / "long.pdf"
    pages = draw_sheet(long, MARK, "A3", out)
    text = words_of(out).split("\f")[:pages]
    assert f"第{pages}页 共{pages}页" in text[-1]
    assert all(len(re.findall(r"9月(?:28|30)日", page)) <= 26 + (place == 0) for place, page in enumerate(text))
    sums = [int(re.sub(r"\D", "", found)) for page in text for found in re.findall(r"本页小计\s+([\d .]+)", page)]
    assert sum(sums) == long.own.income_fen + long.own.spending_fen
    whole = "".join(text)
    assert "单独算，不和上面的钱加在一起" in whole
    assert "这个月没有花钱。" in whole
    assert "𬱖㛃䶮" in whole


def test_the_square_code_shows_every_module_of_the_note(tmp_path: Path) -> None:
    with open_ink(tmp_path / "qr.pdf", "码", A4) as ink:
        draw_qr(ink, 100, 500, QR_SIDE, MARK.note)
        ink.turn()
    matrix = segno.make_qr(MARK.note.encode(), error="m", mask=3).matrix
    scale, side = 4, len(matrix)
    with closing(pypdfium2.PdfDocument(tmp_path / "qr.pdf")) as document:
        image = document[0].render(scale=scale).to_pil().convert("L")
    module, top = QR_SIDE * scale / side, image.height - (500 + QR_SIDE) * scale
    found = [
        [
            image.getpixel((int(100 * scale + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128
            for x in range(side)
        ]
        for y in range(side)
    ]
    assert found == [[bool(cell) for cell in row] for row in matrix]


def block(high: float, **more: object) -> Block:
    return Block(high, lambda _y: None, **more)  # type: ignore[arg-type]


def test_a_table_over_two_pages_ends_and_begins_again_properly() -> None:
    frame = Frame(block(10), lambda fen: block(5, fen=fen))
    rows = [block(10, table=0, row=True, fen=1) for _n in range(10)]
    blocks = [block(10, table=0, keep=True), *rows, block(10, table=0, total=True)]
    pages = paginate(blocks, [frame], 80, 0, 80, 26)
    heights = [[placed.block.high for placed in page] for page in pages]
    assert heights == [[10, 10, 10, 10, 10, 10, 10, 5], [10, 10, 10, 10, 10, 5, 10]]
    assert [placed.block.fen for page in pages for placed in page if placed.block.high == 5] == [6, 4]
    assert min(placed.y - placed.block.high for page in pages for placed in page) >= 0


def test_no_page_holds_more_rows_than_allowed() -> None:
    frame = Frame(block(1), lambda fen: block(1, fen=fen))
    blocks = [block(1, table=0, row=True) for _n in range(60)]
    pages = paginate(blocks, [frame], 1000, 0, 1000, 26)
    assert [sum(placed.block.row for placed in page) for page in pages] == [26, 26, 8]


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_the_long_name_of_a_village_is_not_cut_off_above_the_sheet(sheet: Sheet, paper: str, tmp_path: Path) -> None:
    name = "湖北省恩施州白雁河镇老秤湾石磨坪联合村股份经济合作社"
    long = replace(sheet, village=name)
    draw_sheet(long, MARK, paper, tmp_path / "long.pdf")
    with closing(pypdfium2.PdfDocument(tmp_path / "long.pdf")) as document:
        page = document[0]
        text = page.get_textpage()
        wide, _high = page.get_size()
        for place in range(text.count_chars()):
            left, _bottom, right, _top = text.get_charbox(place)
            assert 0 <= left <= right <= wide
        assert name in text.get_text_range()
