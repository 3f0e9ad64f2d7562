"""公示 and 查询库 in the window: a month is put up, has hung its days, is exported, and a villager finds his row."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.gui.conftest import HISTORY, PASSPHRASE, Driver, Keyboard, begin_voucher
from tests.seal.test_file import small_files
from tests.services.conftest import Clock, Staff, sign_all, simple_paper
from villagebooks.core.period import Month
from villagebooks.core.voucher import Draft, Line
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure import put_up
from villagebooks.services.lookup import make_reader_file
from villagebooks.services.office import put_settings
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import post_voucher, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def villager() -> tuple[str, str]:
    """Name and number of an invented person of the village."""
    with (HISTORY / "people.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["village"] == "V01" and row["id_number"])
    return row["name"], row["id_number"]


@pytest.fixture
def posted(desk: Desk, staff: Staff) -> Desk:
    """One payment of the month, posted, and cheap costs for the slow steps."""
    put_settings(desk.office, {"query_cost": [1, 8, 1]})
    lines = (Line("付8月村办公楼电费", "5130103", 38_642), Line("付8月村办公楼电费", "10201", 0, 38_642))
    uid = save_voucher(desk, Draft(datetime(2026, 9, 3, tzinfo=UTC).date(), lines, attachment_count=2)).uid
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    return desk


def test_the_sheet_ties_is_put_up_with_the_directors_key_and_printed(posted: Desk, driver: Driver) -> None:
    page = driver.desktop.disclosure
    driver.desktop.window.go(page)
    driver.settle()
    assert [figure.text() for figure, _reading in page.numbers._cells] == ["106,098.50", "0.00", "386.42", "105,712.08"]
    page.words.setPlainText("9月30日开会，3人到齐，没有不同意的。")
    page.ask_put_up()
    assert "106,098.50 ＋ 收 0.00 − 花 386.42 ＝ 剩 105,712.08" in page.sign.sentence.text()
    assert page.sign.people.currentText() == "邹启明"
    driver.sign_as(page.sign, "冯素芳")
    assert page.sign.answer.text()
    driver.sign_as(page.sign, "邹启明")
    assert "已张榜" in page.state.text()
    assert page.words.isReadOnly()
    page.print_a4()
    driver.settle()
    driver.settle()
    assert not driver.desktop.preview.sheet.pixmap().isNull()


def test_a_month_that_hangs_is_told_before_a_voucher_is_typed_into_it(
    posted: Desk, driver: Driver, keyboard: Keyboard, staff: Staff
) -> None:
    put_up(posted, [staff.director])
    driver.desktop.seat.tell_changed()
    driver.settle()
    told = begin_voucher(driver, keyboard).strip.text()
    assert "2026-09 已经张榜，收付钱的凭证不能再记进来：把日期写到 2026-10-01 以后" in told
    driver.desktop.seat.sit_at(month=Month(2026, 10))
    driver.settle()
    assert "已经张榜" not in begin_voucher(driver, keyboard).strip.text()


def test_a_voucher_made_of_a_paper_says_too_that_its_month_hangs(posted: Desk, driver: Driver, staff: Staff) -> None:
    """Where its accounts were taken from took the place of that sentence: the refusal came after all was typed."""
    uid = save_paper(posted, simple_paper()).uid
    attest_paper(posted, uid, staff.agent, "ab" * 32)
    accept_paper(posted, uid)
    put_up(posted, [staff.director])
    page = driver.desktop.papers
    driver.desktop.seat.tell_changed()
    driver.desktop.window.go(page)
    driver.settle()
    assert page.table.go_to(lambda one: one.uid == uid)
    page.make_draft()
    driver.settle()
    said = driver.desktop.vouchers.editor.strip.text().split("\n")
    assert said[0].startswith("2026-09 已经张榜"), said
    assert "科目" in said[1]


def test_an_unposted_voucher_keeps_the_sheet_from_being_put_up(posted: Desk, driver: Driver) -> None:
    lines = (Line("买扫把", "51401", 100), Line("买扫把", "101", 0, 100))
    save_voucher(posted, Draft(datetime(2026, 9, 4, tzinfo=UTC).date(), lines))
    page = driver.desktop.disclosure
    driver.desktop.window.go(page)
    driver.settle()
    assert page.state.text() == "还不能张榜"
    page.ask_put_up()
    assert not page.sign.isVisible(), "nobody is asked for a passphrase for nothing"
    assert "2026-09 还有 1 张凭证没有记账（记-2），不能张榜" in page.strip.text()


def export(driver: Driver, folder: Path) -> None:
    """The director's key, then another's."""
    page = driver.desktop.query
    page.export_to(folder)
    driver.sign_as(page.sign, "邹启明")
    assert "第二位签名" in page.sign.sentence.text()
    driver.sign_as(page.sign, "冯素芳")
    driver.settle()


def test_a_villager_finds_his_row_in_the_exported_file_and_the_number_is_forgotten(
    posted: Desk, driver: Driver, tmp_path: Path
) -> None:
    desktop = driver.desktop
    reader = make_reader_file(posted.office, PASSPHRASE, 1, "查询机", tmp_path / "reader.key")
    desktop.window.go(desktop.disclosure)
    driver.settle()
    desktop.disclosure.ask_put_up()
    driver.sign_as(desktop.disclosure.sign, "邹启明")
    clock = posted.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
    page = desktop.query
    desktop.window.go(page)
    driver.settle()
    assert page.periods.model.index(0, 4).data() == "期满，可导出"
    with small_files(1_000):  # the disk is full
        export(driver, tmp_path)
        assert "，这次没有保存；请" in desktop.window.strip.text()
        assert list(tmp_path.glob("*V01-1*")) == []
    export(driver, tmp_path)
    assert Path(page.file.text()).name == "V01-1.vbq"
    name, number = villager()
    page.reader.setText(str(reader))
    page.number.setText(number)
    page.look_up()
    driver.settle()
    assert name in page.answer.text()
    assert page.number.text() == ""
    page.file.setText(str(tmp_path))
    (tmp_path / "断.vbq").write_bytes((tmp_path / "V01-1.vbq").read_bytes()[:-9])
    page.number.setText(number)
    page.look_up()
    driver.settle()
    assert name in page.answer.text()
    assert page.strip.text().startswith("断.vbq：")
    page.number.setText(number[:-1] + ("1" if number[-1] != "1" else "2"))
    page.look_up()
    driver.settle()
    assert "输错" in page.strip.text()
