"""会计档案保管清册 of a year: what the books know is in it, what they do not know stays empty for the pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import page_sizes, words_of
from tests.services.conftest import simple_draft
from tests.services.test_sheet import desk_of, township
from villagebooks.cli import main
from villagebooks.core.archive import OTHER, Loan, Volume
from villagebooks.core.batch import HOLDINGS, BatchOrder
from villagebooks.core.cover import LEDGERS, STATEMENTS, VOUCHERS
from villagebooks.core.holding import HoldingList
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.archive import lend_volumes
from villagebooks.services.batch import print_batch
from villagebooks.services.desk import Desk, Office, list_books
from villagebooks.services.holding import holdings, print_holdings
from villagebooks.services.voucher import save_voucher, void_voucher

CASES = Path(__file__).parent.parent / "cases"
__all__ = ["desk_of", "township"]


def test_volumes_of_vouchers_ledgers_and_reports_stand_with_their_periods(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    sign_and_post(simple_draft())
    void_voucher(desk, save_voucher(desk, replace(simple_draft(), attachment_count=5)).uid)
    save_voucher(desk, replace(simple_draft(), attachment_count=7))
    found = holdings(desk, 2026)
    (volume,) = [one for one in found.lines if one.kind == VOUCHERS]
    assert volume.title == "2026年9月会计凭证（记字 1—3 号）"
    assert (volume.volumes, volume.pages, volume.kept) == ("第 1 册　共 1 册", "凭证 2 张、附件 2 张", "30 年")
    assert volume.remark == "作废 1 张；另有 1 张未记账；没有结账"
    kept = {one.title: one.kept for one in found.lines if one.kind in (LEDGERS, STATEMENTS)}
    assert kept["总账"] == kept["现金日记账"] == "30 年"
    assert (kept["年度会计报表"], kept["月份、季度会计报表"]) == ("永久", "10 年")
    assert [one for one in found.lines if one.kind == OTHER] == []
    assert len([one for one in holdings(desk, 2026, 1).lines if one.kind == VOUCHERS]) == 3
    words = words_of(print_holdings(desk.office, [found], tmp_path / "new" / "a.pdf"))
    assert page_sizes(tmp_path / "new" / "a.pdf") == [(297, 210)]
    for text in ("会计档案保管清册", "老秤湾村", "2026 年度", "存放地点", "没有结账的月份：1—12", "档案员："):
        assert text in words


def test_what_is_out_is_told_on_its_line_and_below(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    sign_and_post(simple_draft())
    volumes = (Volume("V01", VOUCHERS, 2026, 9), Volume("V01", LEDGERS, 2026))
    lend_volumes(
        desk.office,
        Loan("", "石磊", "县审计局", "审计", "邹启明", date(2026, 9, 2), date(2026, 9, 9), volumes),
    )
    found = holdings(desk, 2026)
    assert found.lines[0].remark == "石磊借出；没有结账"
    words = words_of(print_holdings(desk.office, [found], tmp_path / "a.pdf"))
    assert "县审计局石磊，应在 2026-09-09 归还" in words.replace("\n", "")


def test_a_year_without_books_has_no_register(desk: Desk) -> None:
    for year in (2025, 2027):
        with pytest.raises(Refused, match=f"{year} 年这个账套没有账"):
            holdings(desk, year)


def test_the_township_s_register_has_its_sums_in_front(township: Office, tmp_path: Path) -> None:
    codes = tuple(one.code for one in list_books(township))
    order = BatchOrder(HOLDINGS, codes, Month(2026, 8), joined=True)
    made = print_batch(township, order, tmp_path / "out", lambda _done, _all: None)
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["2026年-会计档案保管清册.pdf"]
    assert (made.books, order.document) == (len(codes), "registers")
    words = words_of(made.paths[0])
    assert "会计档案保管清册（汇总）" in words
    assert f"合计 {len(codes)} 个账套" in words


def test_what_else_the_township_keeps_is_counted(township: Office) -> None:
    others = {one.title: one for one in holdings(desk_of(township, "V01"), 2026).lines if one.kind == OTHER}
    stubs = [one for title, one in others.items() if title.startswith("收款收据存根（")]
    assert all(one.kept == "" and one.pages == "1 份" for one in stubs)
    assert all(one.kept == "10 年" for title, one in others.items() if title.startswith("银行"))


def test_the_command_line_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = str(tmp_path / "case.vbooks")
    assert main(["--books", books, "new", "--township", "示例镇"]) == 0
    assert main(["--books", books, "import", str(CASES / "one-village-2024")]) == 0
    asked = ["--books", books, "print", "holdings", "--each", "50", "--out", str(tmp_path / "out")]
    assert main([*asked, "--period", "2024-12"]) == 0
    out = Path(capsys.readouterr().out.splitlines()[-1])
    assert out.name.endswith("-2024年-会计档案保管清册.pdf")
    assert "2024年1月会计凭证" in words_of(out)
    assert main([*asked, "--period", "2023-12"]) == 1
    assert "2023 年这个账套没有账" in capsys.readouterr().err


def test_months_in_a_row_are_told_together() -> None:
    assert HoldingList("V01", "甲村", 2026, (), (), (1, 2, 3, 5, 7, 8)).open_words == "1—3、5、7—8"
