"""The reconciliation and the cash count on paper: figures, reasons, who signed, and what grows stays on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from villagebooks.core.bank import BANK, BANK_RECEIVED, BOOK, BOOK_PAID, OpenItem, Reconciliation
from villagebooks.core.cash import CashCount
from villagebooks.core.period import Month
from villagebooks.pdf.bank import draw_reconciliation
from villagebooks.pdf.cash import draw_count

END = date(2026, 9, 30)
ITEMS = (
    OpenItem(BANK_RECEIVED, END, 240_000, "转入 向其昌 2027年机动地承包费", "", BANK, "s", 14),
    OpenItem(BOOK_PAID, date(2026, 9, 25), 227_000, "发放9月村干部报酬", "2026-09 记-14", BOOK, "v", 4),
)
SHEET = Reconciliation("10201", "基本户", Month(2026, 9), END, 10_597_195, 11_064_195, ITEMS, 10, 12)


def test_both_sides_stand_beside_each_other_with_who_confirmed(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    people = ("龙小梅", "谭永川", "2026-10-08T09:12:00+08:00")
    assert draw_reconciliation(SHEET, out, "老秤湾村", people, "", "白雁河镇核算中心") == 1
    text = words_of(out)
    for words in (
        "银行存款余额调节表", "105,971.95", "110,641.95", "加：银行已收、村未收", "2,400.00", "减：村已付、银行未付",
        "09-25 记-14 发放9月村干部报酬", "108,371.95", "制表：龙小梅", "确认：谭永川", "2026-10-08 09:12",
    ):  # fmt: skip
        assert words in text
    assert page_sizes(out) == [(297, 210)]
    assert loose_fonts(out) == []


def test_a_difference_is_named_and_a_sheet_that_nobody_confirmed_says_so(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    draw_reconciliation(replace(SHEET, bank_fen=11_074_195), out, "老秤湾村", reason="8月以前的差额，银行底单已丢")
    text = words_of(out).replace(" ", "")
    assert "调节后两边差100.00元。原因：8月以前的差额，银行底单已丢" in text
    assert "还没有确认，不作依据" in text


def test_many_open_items_go_on_to_the_next_page(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    many = tuple(replace(ITEMS[0], position=place, words=f"第{place}笔转入") for place in range(90))
    assert draw_reconciliation(replace(SHEET, items=many), out, "老秤湾村") > 2
    assert "第89笔转入" in words_of(out)


def test_the_count_shows_pieces_and_the_shortage(tmp_path: Path) -> None:
    out = tmp_path / "c.pdf"
    count = CashCount(
        "u", "101", Month(2026, 9), END, ((10_000, 2), (2_000, 1), (100, 3), (50, 1), (10, 4)), 22_390, 24_390,
        holder="向丽蓉", counted_by="向丽蓉", watched_by="冯素芳", reason="待查", at="2026-09-30T10:00:00+08:00",
    )  # fmt: skip
    assert draw_count(count, out, "老秤湾村", "库存现金") == 1
    text = words_of(out)
    for words in ("库存现金盘点表", "贰佰贰拾叁元玖角整", "短款 20.00 元", "−20.00", "保管人：向丽蓉", "：冯素芳"):
        assert words in text
    assert loose_fonts(out) == []
