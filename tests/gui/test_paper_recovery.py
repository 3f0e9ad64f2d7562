"""A paper that is being written survives kill -9 like a voucher: it is offered when the papers are opened again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, SEPTEMBER, Driver, driven
from tests.gui.killed import kept, typing
from villagebooks.core.paper import Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.reminder import PAPERS
from villagebooks.gui.paper.page import PaperPage
from villagebooks.gui.recovery import KEEP_MS
from villagebooks.services.desk import Desk, Office
from villagebooks.services.paper import list_papers, save_paper
from villagebooks.services.unsaved import find_unsaved, find_unsaved_paper, unsaved_reminders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ACTS = """
from pathlib import Path
page = desktop.papers
desktop.window.go(page)
rest()
row = sys.argv[4]
page.new() if row == "-" else page.open(page.table.current())
rest()
form = page.form
entry = form.facts.entry
entry("words").setFocus()
entry("words").selectAll()
event = QInputMethodEvent()
event.setCommitString("买扫把")
QApplication.sendEvent(entry("words"), event)
QTest.keyClicks(entry("amount_fen"), "36.0x")
QTest.keyClicks(entry("payee"), "Wang")
QTest.keyClicks(form.people.entry("handler"), "Li")
form.take_files([Path(sys.argv[3])])
rest()
QTest.keyClicks(form.documents.rows[0].number, "0001")
form.documents.add_empty()
QTest.keyClicks(form.documents.rows[-1].amount, "9.5o")
"""


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


@contextmanager
def typing_on(office: Office, picture: Path, row: str = "-") -> Iterator[subprocess.Popen[bytes]]:
    with typing(office, ACTS, "9.5o", str(picture), row) as child:
        yield child


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x8080C0)
    path = tmp_path / "invoice.png"
    assert image.save(str(path))
    return path


def come_back(driver: Driver) -> PaperPage:
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()
    driver.desktop.window.go(driver.desktop.papers)
    driver.settle()
    page: PaperPage = driver.desktop.papers
    return page


def written(desk: Desk) -> Paper:
    paper = Paper(
        "", desk.book.code, 0, date(2026, 9, 9), "桌子", "日常运转", "支出", 60_000, "", "备用金",
        (Document("数电票"),), "向丽蓉",
    )  # fmt: skip
    return save_paper(desk, paper)


def test_a_paper_that_was_being_written_survives_kill_9_with_its_pictures(
    desk: Desk, office: Office, qtbot: QtBot, picture: Path
) -> None:
    with typing_on(office, picture):
        assert find_unsaved_paper(desk) is None  # of a window that lives
    (path,) = kept()
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    assert find_unsaved(desk) is None  # no voucher
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        page = come_back(driver)
        offer = page.recovery.sentence.text()
        assert page.recovery.isVisible()
        assert f"{AGENT_NAME}在“{desk.book.name}”新写一张时写的，日期 2026-09-" in offer
        assert "“买扫把”" in offer
        assert "图片 1" in offer
        page.recovery.restore.click()
        driver.settle()
        form = page.form
        assert form.isVisible()
        texts = form.text()
        assert (texts.words, texts.amount, texts.payee, texts.handler) == ("买扫把", "36.0x", "Wang", "Li")
        assert [(one.number, one.amount, len(one.images)) for one in texts.documents] == [
            ("0001", "", 1), ("", "9.5o", 0),
        ]  # fmt: skip
        assert not page.recovery.isVisible()
        assert path not in kept()
        assert len(kept()) == 1  # the form keeps its own from now on
        form.save()
        assert "不是金额" in form.strip.text()
        form.facts.put({"amount_fen": 3_600})
        form.documents.rows[-1].amount.setText("9.5")
        form.documents.rows[-1].sheets.setText("1")
        form.save()
        driver.settle()
        (paper,) = list_papers(desk)
        assert (paper.words, paper.amount_fen, [len(one.images) for one in paper.documents]) == (
            "买扫把",
            3_600,
            [1, 0],
        )
        assert kept() == []


def test_a_paper_that_was_being_changed_is_taken_back_into_its_paper(
    desk: Desk, office: Office, qtbot: QtBot, picture: Path
) -> None:
    paper = written(desk)
    with typing_on(office, picture, "0"):
        pass
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        page = come_back(driver)
        assert f"改第 {paper.number} 号时写的" in page.recovery.sentence.text()
        theirs = save_paper(desk, replace(paper, words="桌子两张"))
        page.recovery.look()
        driver.settle()
        assert f"第 {paper.number} 号后来又改过（{AGENT_NAME}，" in page.recovery.sentence.text()
        page.recovery.restore.click()
        driver.settle()
        form = page.form
        assert form.paper().uid == paper.uid
        assert form.text().words == "买扫把"
        words = [one.text() for one in form.clash.rows.findChildren(QLabel)][3:]
        told = {words[place]: tuple(words[place + 1 : place + 3]) for place in range(0, len(words), 3)}
        assert told["用途（张榜用的话）"] == ("桌子两张", "买扫把")
        assert told["第 1 件：单据号码"] == ("（空）", "0001")
        assert told["第 1 件：图片 1"][0] == "（空）"
        assert told["第 1 件：图片 1"][1].startswith("没有脱敏，编号 ")
        assert "金额（元）" in told
        form.facts.put({"amount_fen": 3_600})
        form.documents.rows[-1].amount.setText("9.5")
        form.documents.rows[-1].sheets.setText("1")
        form.save()
        driver.settle()
        assert "先选用哪一份" in form.strip.text()
        assert list_papers(desk) == [theirs]
        assert len(kept()) == 1
        form.clash.mine.click()
        assert f"账里原来的那一份（{AGENT_NAME}，" in form.strip.text()
        form.save()
        driver.settle()
        (mine,) = list_papers(desk)
        assert (mine.uid, mine.number, mine.words, mine.rev) == (paper.uid, paper.number, "买扫把", theirs.rev + 1)
        assert kept() == []


def test_what_was_written_of_a_paper_changed_since_becomes_one_of_its_own(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    paper = written(desk)
    page = come_back(driver)
    page.open(paper)
    driver.settle()
    page.form.facts.put({"words": "桌子三张"})
    theirs = save_paper(Desk(desk.books, OTHER_AGENT, desk.book, desk.period), replace(paper, words="桌子两张"))
    page.form.save()
    driver.settle()
    assert f"报账单 {paper.number} 在您打开以后又改过（{OTHER_AGENT}，" in page.form.clash.sentence.text()
    page.form.clash.apart.click()
    driver.settle()
    assert f"第 {paper.number} 号没有动" in page.form.strip.text()
    page.form.save()
    driver.settle()
    assert [(one.number, one.words) for one in list_papers(desk)] == [
        (theirs.number, "桌子两张"), (theirs.number + 1, "桌子三张"),
    ]  # fmt: skip


def test_of_several_papers_that_were_left_each_can_be_looked_at_before_one_is_restored(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    page = come_back(driver)
    for number, words in enumerate(("买扫把", "买铁锹", "买水泥")):
        page.new()
        page.form.facts.put({"words": words})
        qtbot.wait(KEEP_MS + 300)
        driver.settle()
        (path,) = [one for one in kept() if "-" + "0" * 31 not in one.name]
        text = path.read_text("utf-8").replace(page.form.keeper.keeping.token, "0" * 31 + str(number))
        dead = path.with_name(path.name.replace(path.stem[-32:], "0" * 31 + str(number)))
        dead.write_text(text.replace('+08:00"', f'.00000{number}+08:00"'), "utf-8")
        page.form.may_leave()
        page.form.may_leave()
        page.form.left.emit()
        driver.settle()
    page.recovery.look()
    driver.settle()
    seen = []
    for _turn in range(4):
        seen.append(page.recovery.sentence.text())
        page.recovery.next.click()
        driver.settle()
    assert [next(one for one in ("买扫把", "买铁锹", "买水泥") if one in text) for text in seen] == [
        "买水泥", "买铁锹", "买扫把", "买水泥",
    ]  # fmt: skip
    assert seen[1].startswith("共 3 张，第 2 张：")
    page.recovery.restore.click()
    driver.settle()
    assert page.form.text().words == "买铁锹"
    page.form.may_leave()
    page.form.may_leave()


def test_what_is_given_up_or_undone_is_not_kept_and_what_is_spoilt_is_not_offered(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    page = come_back(driver)
    page.new()
    driver.settle()
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    assert kept() == []  # nothing was typed
    page.form.facts.put({"words": "买扫把"})
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    (path,) = kept()
    dead = path.with_name(path.name.replace(path.stem[-32:], "0" * 32))
    text = path.read_text("utf-8")
    page.form.facts.put({"words": ""})
    driver.settle()
    assert kept() == []
    page.form.facts.put({"words": "买扫把"})
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    assert len(kept()) == 1
    assert not page.form.may_leave()
    assert page.form.may_leave()
    page.form.left.emit()
    driver.settle()
    assert kept() == []
    for spoilt in (b"\xff\xfe\0", text[: len(text) // 2].encode(), b"", text.replace("买扫把", "\\ud800").encode()):
        dead.write_bytes(spoilt)
        page.recovery.look()
        driver.settle()
        assert not page.recovery.isVisible()
    dead.write_text(text, "utf-8")
    page.recovery.look()
    driver.settle()
    assert page.recovery.isVisible()
    page.recovery.give_up.click()
    page.recovery.give_up.click()
    driver.settle()
    assert not page.recovery.isVisible()
    assert kept() == []


def test_a_picture_that_the_books_do_not_hold_is_told_and_left_out(driver: Driver, desk: Desk, qtbot: QtBot) -> None:
    page = come_back(driver)
    page.new()
    page.form.facts.put({"words": "买扫把"})
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    (path,) = kept()
    image = f'"images": [{{"sha256": "{"0" * 64}", "size": 1, "media": "image/png", "pages": 1, "checked": true}}]'
    dead = path.with_name(path.name.replace(path.stem[-32:], "0" * 32))
    dead.write_text(path.read_text("utf-8").replace('"images": []', image), "utf-8")
    found = find_unsaved_paper(desk)
    assert found is not None
    assert (found.lost, found.unsaved.paper.documents[0].images) == (1, ())
    page.recovery.look()
    driver.settle()
    assert "有 1 张图片不在账里了" in page.recovery.sentence.text()
    page.form.may_leave()
    page.form.may_leave()


def test_the_first_page_says_what_was_left_and_leads_there(driver: Driver, desk: Desk, qtbot: QtBot) -> None:
    desktop = driver.desktop
    page = come_back(driver)
    page.new()
    page.form.facts.put({"words": "买扫把", "day": date(2026, 8, 5)})
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    assert unsaved_reminders(desk.office) == []  # this window lives
    (path,) = kept()
    path.with_name(path.name.replace(path.stem[-32:], "0" * 32)).write_text(path.read_text("utf-8"), "utf-8")
    page.form.may_leave()
    page.form.may_leave()
    page.form.left.emit()
    driver.settle()
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book, line.month) == (PAPERS, desk.book.code, Month(2026, 8))
    assert unsaved_reminders(Office(desk.books, OTHER_AGENT)) == []
    desktop.window.pick(desktop.home)
    desktop.home.refresh()
    driver.settle()
    sentences = desktop.home.todo.reminders
    assert f"{desk.book.code} {desk.book.name} 有一张报账单写了没有保存（" in sentences.texts()[0]
    assert sentences.isVisible()  # before the first steps of a new centre
    sentences.opened.emit(sentences.records()[0])
    driver.settle()
    qtbot.wait(20)
    driver.settle()
    assert desktop.window.current() is page
    assert desktop.seat.month == Month(2026, 8)
    assert page.recovery.isVisible()
    page.recovery.give_up.click()
    page.recovery.give_up.click()
    driver.settle()
    desktop.window.pick(desktop.home)
    driver.settle()
    assert not any("没有保存" in one for one in sentences.texts())
