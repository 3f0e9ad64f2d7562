"""按原村列示 and the transfer list on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.pdf.reading import page_sizes, words_of
from villagebooks.core.former import FormerReport, FormerRow
from villagebooks.core.merger import Merger
from villagebooks.core.period import Month
from villagebooks.core.voucher import Line, Voucher
from villagebooks.formats.former import former_table
from villagebooks.formats.record import csv_text
from villagebooks.pdf.former import draw_former, draw_transfer, former_sheet

REPORT = FormerReport("V04", "桐油槽村", Month(2026, 8), (
    FormerRow("桐油村", "113", "内部往来", "滕大山〔原桐油村〕", 860_000),
    FormerRow("槽口村", "211", "应付款", "罗氏建筑队〔原槽口村〕", -8_600_000),
    FormerRow("", "101", "库存现金", "", 291_340),
))  # fmt: skip


def test_each_former_village_stands_with_its_sum(tmp_path: Path) -> None:
    rows = [row.cells for row in former_sheet(REPORT).rows if row.bold]
    assert rows == [
        ("", "原桐油村", "", "8,600.00", "0.00"), ("", "原槽口村", "", "0.00", "86,000.00"),
        ("", "本村（没有原村记号）", "", "2,913.40", "0.00"), ("", "合计", "", "11,513.40", "86,000.00"),
    ]  # fmt: skip
    out = tmp_path / "former.pdf"
    assert draw_former(REPORT, out, "中心") == 1
    assert page_sizes(out) == [(210, 297)]
    words = words_of(out).replace(" ", "")
    assert "罗氏建筑队〔原槽口村〕" in words
    assert "2026年8月31日" in words
    assert csv_text(former_table(REPORT)).splitlines()[:2] == [
        "former,account,name,detail,debit,credit,quantity", "桐油村,113,内部往来,滕大山〔原桐油村〕,8600.00,0.00,"
    ]  # fmt: skip


def test_the_transfer_list_pairs_what_went_with_where_it_came(tmp_path: Path) -> None:
    going = Voucher("a", "C01", "记", Month(2026, 8), 1, date(2026, 8, 1), "normal", "posted", 1, 1,
                    (Line("", "211", 8_600_000, 0, "罗氏建筑队"), Line("", "10201", 0, 8_600_000)))  # fmt: skip
    coming = replace(going, book="N01", number=7, lines=(
        Line("", "211", 0, 8_600_000, "罗氏建筑队〔原槽口村〕"), Line("", "10204", 8_600_000)
    ))  # fmt: skip
    merger = Merger("m", "C01", "N01", going.day, "槽口村", "批复〔2026〕8号", "finished", "a", "b")
    paths = ({"211": "应付款", "10201": "银行存款／基本户"}, {"211": "应付款", "10204": "银行存款／基本户〔原槽口村〕"})
    out = tmp_path / "transfer.pdf"
    assert draw_transfer(merger, (going, coming), paths, out) == 1
    words = words_of(out).replace(" ", "").replace("\n", "")
    told = ("合村并账移交表", "槽口村（账套C01）并入账套N01", "批复〔2026〕8号", "86,000.00", "监交人：")
    for wanted in (*told, "转出凭证2026-08记-1，转入凭证2026-08记-7"):
        assert wanted in words
