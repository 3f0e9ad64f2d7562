"""The papers' pictures large at the left of the voucher that is made of them, small where there is no room."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Drawn
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Driver
from tests.gui.test_picture import drop, files
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.paper import Document
from villagebooks.core.voucher import Line
from villagebooks.gui.voucher.beside import Beside
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import save_paper
from villagebooks.services.picture import take_bytes

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def photo(wide: int) -> bytes:
    out = io.BytesIO()
    Drawn.new("RGB", (wide, 300), (200, wide % 255, 90)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def paper(desk: Desk, staff: Staff) -> str:
    """An accepted paper: an invoice of two pictures, a list without one, a bank slip."""
    first, second, third = (take_bytes(desk, photo(wide))[0] for wide in (400, 500, 600))
    documents = (
        Document("数电票", "26990000000000012345", "2026-09-09", 74_260, 1, (first, second)), Document("购物清单"),
        Document("银行回单", "88", "2026-09-09", 74_260, 1, (third,)),
    )  # fmt: skip
    saved = save_paper(desk, replace(simple_paper(), documents=documents))
    attest_paper(desk, saved.uid, staff.agent, scan=first.sha256)
    accept_paper(desk, saved.uid)
    return saved.uid


@pytest.fixture
def beside(driver: Driver, paper: str) -> Beside:
    """The voucher that is made of the paper, on a screen of 1366 pixels."""
    driver.desktop.window.resize(1366, 768)
    papers = driver.desktop.papers
    driver.desktop.window.go(papers)
    driver.desktop.seat.tell_changed()
    driver.settle()
    papers.table.go_to(lambda one: one.uid == paper)
    papers.make_draft()
    driver.settle()
    return driver.desktop.vouchers.editor.beside


def test_a_voucher_made_of_papers_shows_their_pictures_large_at_its_left(driver: Driver, beside: Beside) -> None:
    editor = driver.desktop.vouchers.editor
    assert beside.pane.isVisible()
    assert (
        beside.pane.mapTo(beside, beside.pane.rect().topRight()).x()
        < editor.form.mapTo(beside, editor.form.rect().topLeft()).x()
    )
    assert beside.pane.width() >= 300
    assert editor.form.width() >= editor.form.minimumSizeHint().width()
    assert not editor.side.pictures.isVisible()
    assert [beside.pane.list.item(row).text() for row in range(3)] == [
        "数电票　26990000000000012345　742.60", "购物清单　没有图片", "银行回单　88　742.60",
    ]  # fmt: skip
    assert beside.pane.canvas._levels.whole.width() == 400
    assert editor.strip.text().startswith("第 1 号的科目")
    # the cursor stays where the voucher wants it
    assert QApplication.focusWidget() in editor.form.rows[0].cells


def test_keys_and_a_click_on_a_document_go_from_picture_to_picture(driver: Driver, beside: Beside) -> None:
    pane = beside.pane
    for wide, row in ((500, 0), (600, 2), (600, 2)):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_PageDown, ALT)
        driver.settle()
        assert (pane.canvas._levels.whole.width(), pane.list.currentRow()) == (wide, row)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_PageUp, ALT)
    driver.settle()
    assert pane.where.text() == "图片 2 / 3"
    place = pane.list.visualItemRect(pane.list.item(2)).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()
    assert pane.canvas._levels.whole.width() == 600
    pane.canvas.setFocus()
    before = pane.canvas.scale
    QTest.keyClick(pane.canvas, KEY.Key_Plus)
    assert pane.canvas.scale > before
    QTest.keyClick(pane.canvas, KEY.Key_0)
    assert pane.canvas.scale == pytest.approx(before)


def test_f3_hides_and_shows_the_pictures_and_a_small_screen_folds_them(driver: Driver, beside: Beside) -> None:
    side = beside.side
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_F3)
    assert not beside.pane.isVisible()
    assert side.pictures.isVisible()
    assert side.width() == 316
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_F3)
    assert beside.pane.isVisible()
    driver.desktop.window.resize(1024, 640)
    QTest.qWait(20)
    beside._asked = False
    beside._lay()
    assert not beside.pane.isVisible()
    assert side.pictures.isVisible()
    assert beside.opener.isVisible()
    beside.opener.click()
    assert beside.pane.isVisible()
    assert not side.isVisible()  # the form keeps its room
    assert driver.desktop.vouchers.editor.form.width() >= driver.desktop.vouchers.editor.form.minimumSizeHint().width()
    beside.pane.acts["close"].click()
    assert side.isVisible()


def test_f3_twice_leaves_the_cursor_in_the_voucher(driver: Driver, beside: Beside) -> None:
    editor = driver.desktop.vouchers.editor
    back = editor.acts["back"]
    for start in (back, beside.pane.canvas):
        start.setFocus()
        for _press in range(4):
            QTest.keyClick(QApplication.focusWidget(), KEY.Key_F3)
            cursor = QApplication.focusWidget()
            assert cursor is not None
            assert editor.isAncestorOf(cursor)
            assert cursor.isVisible()
            assert start is not back or cursor is back
    assert QApplication.focusWidget() is beside.pane.canvas
    editor._warned.warn()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    driver.settle()
    assert not editor.isVisible()


def test_a_voucher_without_papers_has_no_pane_and_f3_makes_none(driver: Driver, beside: Beside) -> None:
    editor = driver.desktop.vouchers.editor
    editor._warned.warn()
    editor._new()
    driver.settle()
    assert not beside.pane.isVisible()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_F3)
    assert not beside.pane.isVisible()
    assert not beside.opener.isVisible()


def test_the_saved_voucher_opens_with_its_pictures_and_the_window_on_its_own(driver: Driver, beside: Beside) -> None:
    editor = driver.desktop.vouchers.editor
    editor.form.put_lines([replace(line, account=line.account or "5130102") for line in editor.form.draft().lines])
    editor.save()
    driver.settle()
    assert editor.uid
    driver.desktop.vouchers.leave()
    driver.desktop.vouchers.open(driver.desktop.vouchers.list.heads()[0].uid)
    driver.settle()
    assert beside.pane.isVisible()
    assert len(beside.pane.pictures) == 3
    beside.pane.open_viewer()
    driver.settle()
    viewer = beside.pane._viewer
    assert viewer is not None
    assert viewer.isVisible()
    assert not viewer._changes.isVisible()
    QTest.keyClick(viewer.canvas, KEY.Key_B)
    assert not viewer.canvas.is_marking
    viewer.reject()


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "pc.ini"), QSettings.Format.IniFormat)


def test_where_the_pictures_stand_is_remembered_on_this_computer(
    driver: Driver, beside: Beside, kept: QSettings
) -> None:
    beside.remember(kept)
    beside.setSizes([450, 500, 220])
    beside._moved(450, 1)
    wide = beside.pane.width()
    beside.toggle()
    again = Beside(driver.desktop.seat, driver.desktop.vouchers.list, beside.side)
    again.remember(kept)
    assert (again._wide, again._shown) == (wide, False)
    again.deleteLater()


def test_pictures_dropped_on_a_voucher_begin_a_paper_with_its_words_and_amount(
    driver: Driver, desk: Desk, tmp_path: Path
) -> None:
    vouchers, papers = driver.desktop.vouchers, driver.desktop.papers
    driver.desktop.window.go(vouchers)
    vouchers.new()
    vouchers.editor.form.put_lines([Line("买水管", "5130102", 3_500), Line("买水管", "101", 0, 3_500)])
    cell = vouchers.editor.form.rows[0].summary
    assert not cell.acceptDrops()
    (tmp_path / "a.png").write_bytes(photo(300))
    drop(vouchers, files(tmp_path / "a.png"))
    driver.settle()
    assert papers.isVisible()
    values = papers.form.facts.values()
    assert (values["words"], values["amount_fen"]) == ("买水管", 3_500)
    assert len(papers.form.documents.rows[0].images) == 1
    assert vouchers.editor.form.draft().lines[0].summary == "买水管"  # nothing that was typed is lost


def test_the_pictures_of_a_signed_paper_take_no_more_from_the_voucher(
    driver: Driver, beside: Beside, tmp_path: Path
) -> None:  # fmt: skip
    (tmp_path / "a.png").write_bytes(photo(300))
    QGuiApplication.clipboard().setMimeData(files(tmp_path / "a.png"))
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.desktop.vouchers.isVisible()
    assert "报账单已登记签字，图片不能再加" in driver.desktop.vouchers.editor.strip.text()
    assert len(beside.pane.pictures) == 3
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("wide", [300, 240])
def test_the_buttons_above_the_pictures_stand_in_one_row(driver: Driver, beside: Beside, wide: int) -> None:
    beside.setSizes([wide, beside.width() - wide - 220, 220])
    driver.settle()
    acts = list(beside.pane.acts.values())
    assert len({one.y() for one in acts}) == 1
    assert acts[-1].geometry().right() <= beside.pane.width()
    assert beside.pane.where.width() >= beside.pane.where.sizeHint().width()


@pytest.mark.parametrize(("wide", "high"), [(1366, 768), (1024, 640)])
def test_the_name_of_an_account_is_read_beside_the_pictures_without_a_tip(
    driver: Driver, beside: Beside, wide: int, high: int
) -> None:
    driver.desktop.window.resize(wide, high)
    driver.settle()
    if beside.pane.isHidden():
        beside.toggle()
    editor = driver.desktop.vouchers.editor
    row = editor.form.rows[0]
    row.account.put("5130102")
    row.summary.setText("付打印纸、硒鼓等办公用品款")
    editor.form.count.setFocus()
    driver.settle()
    for cell in (row.account, row.summary):
        lines = cell.shown_lines()
        assert "".join(lines) == cell.text()
        assert len(lines) > 1
        assert cell.whole() == ""
        assert cell.height() >= len(lines) * cell.fontMetrics().lineSpacing()
        assert max(map(cell.fontMetrics().horizontalAdvance, lines)) < cell.width()
    assert {cell.height() for cell in row.cells if cell.isVisible()} == {row.account.height()}
    row.account.setFocus()
    driver.settle()
    assert row.account.height() >= len(row.account.shown_lines()) * row.account.fontMetrics().lineSpacing()


def test_what_is_still_being_read_of_an_account_does_not_stand_beside_the_next_voucher(driver: Driver) -> None:
    side = driver.desktop.vouchers.editor.side
    side.show_account("101", ())
    driver.settle()
    assert "库存现金" in side.account.text()
    side.show_account("51302", ())
    side.clear_account()
    driver.settle()
    assert side.account.text() == side.room.text() == ""
