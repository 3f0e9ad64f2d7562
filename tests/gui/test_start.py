"""The first page and the settings: from nothing to an office with people, keys and books, without editing a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import HISTORY, Driver
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import Program
from villagebooks.gui.section import Scroll
from villagebooks.gui.setting.people.root import RootPanel
from villagebooks.services.office import create_office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
LONG = "山路十八弯水路九连环"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat), None)


def settle(program: Program, qtbot: QtBot) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: not program.worker.is_busy(), timeout=90_000)
        QTest.qWait(10)


def open_new(program: Program, qtbot: QtBot, path: Path) -> Desktop:
    program.start()
    assert program.page is not None
    qtbot.addWidget(program.page)
    program.page.chosen.emit(partial(create_office, path, "白雁河镇"), "建立账套")
    settle(program, qtbot)
    assert program.desktop is not None
    qtbot.addWidget(program.desktop.window)
    return program.desktop


def test_a_township_without_a_name_is_told_in_the_form(program: Program, qtbot: QtBot) -> None:
    page = program.show_page()
    qtbot.addWidget(page)
    page.show_form()
    page.make_office()
    assert page.form.entry("township").property("bad") == "true"
    program.worker.close()


def test_a_name_typed_for_the_region_code_is_told_before_a_place_is_asked_for(program: Program, qtbot: QtBot) -> None:
    page = program.show_page()
    qtbot.addWidget(page)
    page.show_form()
    page.form.put({"township": "石桥镇", "code": "石桥镇"})
    page.make_office()
    assert page.form.entry("code").property("bad") == "true"
    assert "行政区划代码都是数字" in page.strip.text()
    program.worker.close()


def test_what_is_told_on_the_first_page_is_seen_though_its_choices_were_scrolled(
    program: Program, qtbot: QtBot
) -> None:
    page = program.show_page()
    qtbot.addWidget(page)
    page.resize(1024, 480)
    page.show_form()
    page.show_server()
    bar = page.findChildren(Scroll)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=5_000)
    bar.setValue(bar.maximum())
    page.say("这个文件打不开，请换一个文件")
    QTest.qWait(10)
    assert bar.value() == 0
    assert not page.strip.visibleRegion().isEmpty()
    program.worker.close()


def test_a_file_that_is_no_book_is_refused_with_a_sentence_on_the_first_page(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "x.vbooks"
    path.write_text("no books")
    settings = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
    program = Program(settings, path)
    program.start()
    settle(program, qtbot)
    assert program.page is not None
    qtbot.addWidget(program.page)
    assert "不是账套文件" in program.page.strip.text()
    program.worker.close()


def test_from_one_centre_s_window_to_the_first_page_and_on_to_another(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    first = open_new(program, qtbot, tmp_path / "first.vbooks")
    first.window.whose.click()
    settle(program, qtbot)
    assert (program.desktop, first.window.isVisible()) == (None, False)
    assert program.page is not None
    assert program.page.isVisible()
    qtbot.addWidget(program.page)
    program.page.chosen.emit(partial(create_office, tmp_path / "second.vbooks", "青石桥镇"), "建立账套")
    settle(program, qtbot)
    assert program.desktop is not None
    qtbot.addWidget(program.desktop.window)
    assert program.desktop.window.windowTitle() == "青石桥镇村级会计代理核算中心"
    program.desktop.window.close()


def test_a_server_that_does_not_answer_is_told_on_the_first_page(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    page = program.show_page()
    qtbot.addWidget(page)
    page.show_server()
    page.join_server()
    assert "请写服务器地址" in page.strip.text()
    for address, said in (
        (f"postgresql://postgres@127.0.0.1:9/x?files={tmp_path}", "连不上办公室服务器：那台电脑上没有开着的数据库"),
        ("mysql://x", "服务器地址写得不对"),
    ):
        page.address.put({"address": address})
        page.join_server()
        settle(program, qtbot)
        assert said in page.strip.text()
    program.worker.close()


def hold_ceremony(program: Program, root: RootPanel, qtbot: QtBot) -> None:
    """The guided page from its first step to the signed directory."""
    root.prepare()
    settle(program, qtbot)
    assert root.stack.currentIndex() == 1
    papers: list[tuple[str, Callable[[Path], list[Path]]]] = []
    root.printed.connect(lambda title, draw: papers.append((title, draw)))
    root.next_step()
    assert "再打勾" in root.strip.text()
    root.print_wall()
    root.print_envelopes()
    assert [title for title, _draw in papers] == ["总钥匙指纹", "密封信封"]
    root.sealed.setChecked(True)
    root.next_step()
    group = root.ceremony.fingerprint.split("-")[2]
    for words in ({"root": LONG, "again": LONG + "x", "typed": group}, {"root": LONG, "again": LONG, "typed": "0000"}):
        root.words.put(words)
        root.finish()
        settle(program, qtbot)
        assert root.stack.currentIndex() == 2
    assert root.words.entry("typed").property("bad") == "true"
    root.words.put({"root": LONG, "again": LONG, "typed": group})
    root.finish()
    settle(program, qtbot)
    assert root.stack.currentIndex() == 3
    assert "下一把总钥匙已公布" in root.told.text()


def test_a_new_centre_gets_its_people_keys_and_history_in_the_window(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    desktop = open_new(program, qtbot, tmp_path / "new.vbooks")
    page = desktop.settings
    desktop.window.go(page)
    settle(program, qtbot)
    people = page.people
    assert "还没有总钥匙" in desktop.window.strip.text()
    assert people.posts.isVisible()
    settle(program, qtbot)  # its first reading says from which day on
    for name, duty in (("邹启明", "中心主任"), ("冯素芳", "代理会计")):
        people.posts.acts.forms["add"].put({"name": name, "duty": duty})
        people.posts.add()
        settle(program, qtbot)
    hold_ceremony(program, people.root, qtbot)
    people.tabs.setCurrentWidget(people.keys)
    settle(program, qtbot)
    for name, holder in (("邹启明", ""), ("冯素芳", LONG)):
        assert people.keys.table.go_to(lambda one, name=name: one.person == name)
        assert people.keys.acts.choose("issue")
        people.keys.acts.forms["issue"].put({"root": LONG, "holder": holder, "new": LONG, "again": LONG})
        people.keys.issue()
        settle(program, qtbot)
        assert people.keys.strip.text() == f"{name}的钥匙发好了"
    assert set(desktop.seat.holders) == {"冯素芳", "邹启明"}
    page.books.import_from(HISTORY)
    settle(program, qtbot)
    assert "已导入 6 个账套" in page.books.strip.text()
    assert desktop.seat.book is not None
    page.books.form.put(
        {
            "code": "V09",
            "name": "新村",
            "village": "V09",
            "village_name": "新村",
            "standard": "2023",
            "start": "2026-09",
        }
    )
    page.books.make_book()
    settle(program, qtbot)
    assert "V09" in {one.code for one in desktop.seat.books}


def test_what_stands_on_every_sheet_is_kept(driver: Driver) -> None:
    page = driver.desktop.settings
    driver.tab("sheet")
    page.sheet.ask.setPlainText("镇会计核算中心 电话 0000-8880000\n\n镇纪委")
    page.sheet.form.put({"posting_day": 8})
    page.sheet.save()
    driver.settle()
    assert page.sheet.ask.toPlainText() == "镇会计核算中心 电话 0000-8880000\n镇纪委"
    assert page.sheet.form.values()["posting_day"] == 8
    page.sheet.form.put({"posting_day": 0, "stay_days": 0})
    page.sheet.save()
    assert "每月几日前张榜：填 1 到 31" in page.sheet.strip.text()
    assert "至少贴几天：填 1 到 366" in page.sheet.strip.text()
    assert page.sheet.form.entry("posting_day").property("bad") == "true"


def test_the_check_of_the_books_is_told_at_the_foot(driver: Driver) -> None:
    page = driver.desktop.settings
    driver.desktop.window.go(page)
    page.check.run()
    driver.settle()
    assert driver.desktop.window.checked.text().startswith("自查：0 处错误")
