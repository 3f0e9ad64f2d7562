"""人员与钥匙: posts, keys that lock, a hand-over from the list to the new term, relatives; all in the window."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import AGENT_NAME, CASHIER_NAME, DIRECTOR_NAME, OTHER_AGENT, Driver, Keyboard
from tests.pdf.reading import words_of
from tests.services.conftest import PASSPHRASE, Staff
from tests.services.whole_office import png
from villagebooks.core.journal import LogFilter
from villagebooks.core.post import DONE
from villagebooks.gui.key import KeyRing
from villagebooks.gui.setting.people.changes import ChangesPanel
from villagebooks.gui.setting.people.panel import PeoplePanel
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import colour
from villagebooks.services.desk import Desk
from villagebooks.services.directory import idle_minutes
from villagebooks.services.journal import read_log
from villagebooks.services.key import Unlocked, move_key_to_stick, unlock
from villagebooks.services.office import appoint, centre, officers
from villagebooks.services.post import list_changes
from villagebooks.services.relative import relatives
from villagebooks.services.voucher import list_vouchers


class Hand:
    """A clock that goes forward when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def people(driver: Driver) -> PeoplePanel:
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    panel: PeoplePanel = driver.desktop.settings.people
    for name in (*panel.tabs.names, "posts"):  # somebody looked into every tab
        panel.tabs.setCurrentWidget(getattr(panel, name))
        driver.settle()
    return panel


def test_a_tab_is_built_and_read_when_it_is_first_shown(driver: Driver) -> None:
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    tabs = driver.desktop.settings.people.tabs
    assert [isinstance(tabs.widget(place), Panel) for place in range(5)] == [True, False, False, False, False]
    titles = [tabs.tabText(place) for place in range(5)]
    tabs.setCurrentIndex(1)
    driver.settle()
    assert tabs.currentWidget() is driver.desktop.settings.people.keys
    assert tabs.currentWidget().table.model.rowCount()
    assert ([tabs.tabText(place) for place in range(tabs.count())], tabs.currentIndex()) == (titles, 1)


def test_keys_lock_after_the_idle_minutes_of_the_clock_and_at_once_when_told(staff: Staff) -> None:
    clock = Hand()
    ring, heard = KeyRing(clock), []
    ring.changed.connect(lambda: heard.append(ring.person))
    ring.set_minutes(3)
    ring.keep(staff.agent)
    assert (ring.person, ring.minutes_left) == (AGENT_NAME, 3)
    clock.seconds = 170.0
    assert ring.keys_of(AGENT_NAME) is staff.agent
    assert ring.keys_of(OTHER_AGENT) is None
    assert ring.minutes_left == 1
    ring.keep(staff.agent)
    clock.seconds = 349.0
    assert ring.keys_of(AGENT_NAME) is staff.agent
    clock.seconds = 350.0
    ring.look()
    assert (ring.person, ring.keys_of(AGENT_NAME), heard[-1]) == ("", None, "")
    ring.keep(staff.agent)
    ring.forget()
    assert ring.keys_of(AGENT_NAME) is None
    ring.set_minutes(99)
    assert ring.minutes == 10


def test_a_window_made_again_keeps_the_open_key_for_the_rest_of_its_minutes_and_no_longer(staff: Staff) -> None:
    clock = Hand()
    old, new = KeyRing(clock), KeyRing(clock)
    old.set_minutes(3)
    old.keep(staff.agent)
    clock.seconds = 100.0
    new.take_over(old)
    assert (old.person, new.person, new.minutes_left) == ("", AGENT_NAME, 2)
    clock.seconds = 180.0
    assert new.keys_of(AGENT_NAME) is None
    old.keep(staff.agent)
    clock.seconds = 400.0
    new.take_over(old)  # idle too long before the window was made again
    assert (old.person, new.person) == ("", "")


def test_the_foot_says_who_is_unlocked_and_ctrl_l_locks(driver: Driver, staff: Staff, keyboard: Keyboard) -> None:
    window, ring = driver.desktop.window, driver.desktop.ring
    assert window.lock.text() == "钥匙已锁"
    ring.keep(staff.agent)
    assert window.lock.text() == f"{AGENT_NAME}的钥匙已打开，10 分钟后锁"
    driver.desktop.home.setFocus()
    keyboard.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (ring.person, window.lock.text()) == ("", "钥匙已锁")
    assert "已锁上" in window.strip.text()


def test_a_question_that_waits_asks_for_the_passphrase_again_when_the_keys_lock(
    driver: Driver, staff: Staff, people: PeoplePanel
) -> None:
    people.tabs.setCurrentWidget(people.changes)
    clock, strip = Hand(), people.changes.sign
    ring = driver.desktop.ring
    ring._clock = clock
    ring.keep(staff.agent)
    signed: list[str] = []

    def act(opened: Unlocked) -> str:
        return opened.person

    strip.ask("签一个字", act, signed.append, AGENT_NAME)
    assert not strip.passphrase.isVisible()
    clock.seconds = 600.0
    ring.look()
    assert strip.passphrase.isVisible()
    strip.sign()
    driver.settle()
    assert signed == []
    driver.sign_as(strip, AGENT_NAME)
    assert signed == [AGENT_NAME]


def test_somebody_is_appointed_corrected_ended_and_begun_again(driver: Driver, desk: Desk, people: PeoplePanel) -> None:
    posts = people.posts
    form = posts.acts.forms["add"]
    form.put({"village": "V01 老秤湾村"})
    form.put({"duty": "监委会主任", "name": "谭德生", "since": date(2024, 1, 10)})
    posts.add()
    driver.settle()
    assert posts.strip.text() == "已登记谭德生"
    assert posts.table.go_to(lambda one: one.name == "谭德生")
    assert posts.acts.choose("correct")
    posts.acts.forms["correct"].put({"name": "谭德胜"})
    posts.correct()
    driver.settle()
    assert posts.table.go_to(lambda one: one.name == "谭德胜")
    posts.acts.choose("end")
    posts.acts.forms["end"].put({"until": date(2026, 8, 31), "reason": ""})
    posts.end()
    driver.settle()
    assert posts.acts.forms["end"].entry("reason").property("bad") == "true"
    posts.acts.forms["end"].put({"until": date(2026, 8, 31), "reason": "换届"})
    posts.end()
    driver.settle()
    assert posts.table.go_to(lambda one: one.name == "谭德胜")
    assert posts.acts.choose("again")
    posts.acts.forms["again"].put({"since": date(2026, 9, 1)})
    posts.again()
    driver.settle()
    assert [one.since for one in officers(desk.office) if one.name == "谭德胜"] == ["2024-01-10", "2026-09-01"]
    form.put({"village": "中心"})
    form.put({"duty": "代理会计", "name": CASHIER_NAME, "since": date(2026, 9, 1)})
    posts.add()
    driver.settle()
    assert "不能一人兼" in posts.strip.text()
    assert form.entry("duty").property("bad") == "true"


def test_a_key_goes_to_a_stick_and_back_its_passphrase_changes_and_the_idle_minutes(
    driver: Driver, desk: Desk, people: PeoplePanel, tmp_path: Path
) -> None:
    keys = people.keys
    assert keys.table.go_to(lambda one: one.person == OTHER_AGENT)
    assert keys.acts.choose("stick")
    keys.acts.forms["stick"].put({"passphrase": PASSPHRASE})
    keys.move_to(tmp_path)
    driver.settle()
    assert "在 U 盘上了" in keys.strip.text()
    assert (tmp_path / f"{OTHER_AGENT}.vbkey").exists()
    assert keys.table.go_to(lambda one: one.person == OTHER_AGENT)
    assert keys.acts.choose("word")
    keys.acts.forms["word"].put({"old": PASSPHRASE, "new": "新换的口令十个字以上", "again": "新换的口令十个字以上"})
    keys.change_word()
    driver.settle()
    assert keys.acts.choose("back")
    keys.acts.forms["back"].put({"passphrase": "新换的口令十个字以上"})
    keys.to_books()
    driver.settle()
    assert "搬回账套了" in keys.strip.text()
    assert unlock(desk.books, OTHER_AGENT, "新换的口令十个字以上").person == OTHER_AGENT
    assert keys.acts.choose("idle")
    keys.acts.forms["idle"].put({"minutes": 11})
    keys.set_idle()
    driver.settle()
    assert "1 至 10" in keys.strip.text()
    keys.acts.forms["idle"].put({"minutes": 5})
    keys.set_idle()
    driver.settle()
    assert idle_minutes(desk.office) == 5
    assert driver.desktop.ring.minutes == 5


def begun_list(driver: Driver, desk: Desk, people: PeoplePanel) -> ChangesPanel:
    """A reporter's list as the program gathered it, open to be counted."""
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    changes = people.changes
    people.tabs.setCurrentWidget(changes)
    changes.load()
    driver.settle()
    changes.acts.forms["begin"].put({"term": "V01 报账员 向丽蓉", "day": date(2026, 9, 2)})
    changes.begin()
    driver.settle()
    return changes


def test_a_reporter_hands_over_in_the_window(
    driver: Driver, desk: Desk, people: PeoplePanel, tmp_path: Path, keyboard: Keyboard
) -> None:
    changes = begun_list(driver, desk, people)
    assert changes.stack.currentIndex() == 1
    table = changes.editor.table
    assert table.item(0, 5).text() != "0.00"
    keyboard.commit("覃晓燕")
    table.item(0, 6).setText("0.00")
    assert table.item(0, 7).text().startswith("少 ")
    assert table.item(0, 8).text().startswith("113")
    changes.editor.add_row()
    table.item(table.rowCount() - 1, 2).setText("收费公示牌")
    table.item(0, 6).setText("没有")
    table.item(table.rowCount() - 1, 4).setText("1.5")
    changes.keep()
    driver.settle()
    last = table.rowCount()
    told = "“没有”不是金额，或者太大：写 123.45", "“1.5”不是 0 到 999999 的整数：只写数字，例如 3"
    assert changes.strip.text() == f"第 1 行：{told[0]}\n第 {last} 行：{told[1]}"
    assert [(one.text(), one.toolTip()) for one in (table.item(0, 6), table.item(last - 1, 4))] == [
        ("没有", told[0]), ("1.5", told[1]),
    ]  # fmt: skip
    assert table.item(last - 1, 4).foreground().color().name() == colour("red").name()
    table.item(0, 6).setText("0.00")
    assert table.item(0, 6).toolTip() == ""
    table.item(table.rowCount() - 1, 4).setText("1")
    changes.keep()
    driver.settle()
    assert "清单记下了" in changes.strip.text(), changes.strip.text()
    assert changes.acts.chosen() == "print"
    changes.print_list()
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.preview
    assert len(list(driver.desktop.preview.folder.rglob("*.pdf"))) == 1
    driver.desktop.go_back()
    picture = tmp_path / "scan.png"
    picture.write_bytes(png(5))
    assert changes.acts.choose("scan")
    changes.acts.forms["scan"].put({"step": "移交人 向丽蓉"})
    changes.attest(picture)
    driver.sign_as(changes.sign, AGENT_NAME)
    assert changes.acts.choose("scan")
    changes.acts.forms["scan"].put({"step": "接收人 覃晓燕"})
    changes.attest(picture)
    driver.sign_as(changes.sign, AGENT_NAME)
    assert changes.acts.choose("sign")
    changes.ask_sign()
    driver.sign_as(changes.sign, DIRECTOR_NAME)
    assert changes.acts.choose("finish")
    changes.finish()
    driver.settle()
    assert "向丽蓉的岗位已移交给覃晓燕；短少的钱做了凭证草稿" in changes.strip.text()
    assert list_changes(desk.office)[0].state == DONE
    said = [one.sentence for one in read_log(desk.office, ("V01",), LogFilter()).lines]
    assert "办结岗位移交：V01 报账员 向丽蓉 覃晓燕" in said
    assert "签字：岗位移交 接收人 同意（覃晓燕，纸质签字）" in said
    assert f"签字：岗位移交 监交人 同意（{DIRECTOR_NAME}，电子签字）" in said
    assert not [one for one in said if "receiver" in one or re.search("[0-9a-f]{8}-", one)]
    assert list_vouchers(desk)[-1].state == "draft"


def test_a_relative_is_registered_and_put_out_of_use(driver: Driver, desk: Desk, people: PeoplePanel) -> None:
    panel = people.relatives
    panel.acts.forms["add"].put({"officer": f"中心 {OTHER_AGENT}", "name": "谭小军", "kinship": "子女"})
    panel.add()
    driver.settle()
    assert panel.strip.text() == "已登记谭小军"
    assert panel.table.go_to(lambda one: one.name == "谭小军")
    assert panel.acts.choose("end")
    panel.acts.forms["end"].put({"reason": "登记错了人"})
    panel.end()
    driver.settle()
    assert [one.reason for one in relatives(desk.office)] == ["登记错了人"]


def test_what_an_input_method_hands_over_at_once_stands_whole_in_the_cell_of_a_hand_over_list(
    driver: Driver, desk: Desk, people: PeoplePanel, keyboard: Keyboard
) -> None:
    changes = begun_list(driver, desk, people)
    table = changes.editor.table
    for column, parts in ((6, "１２０"), (2, ("钥匙两把", "，交清"))):
        table.setCurrentCell(table.rowCount() - 1, column)
        table.setFocus()
        for part in parts:
            keyboard.commit(part)
        keyboard.enter()
        driver.settle()
    last = [table.item(table.rowCount() - 1, column).text() for column in (2, 6)]
    assert last == ["钥匙两把，交清", "１２０"]
    assert changes.editor.change().hand.items[-1].found_fen == 12_000
    table.setCurrentCell(table.rowCount() - 1, 2)
    table.setFocus()
    keyboard.compose("yin'jian")
    keyboard.commit("印鉴")
    keyboard.enter()
    driver.settle()
    assert table.item(table.rowCount() - 1, 2).text() == "印鉴"


def test_the_names_of_a_hand_over_list_are_read_whole(driver: Driver, desk: Desk, people: PeoplePanel) -> None:
    driver.desktop.window.resize(1280, 800)
    changes = begun_list(driver, desk, people)
    table = changes.editor.table
    assert table.rowCount() > 2
    for size in ((1280, 800), (1024, 640)):
        driver.desktop.window.resize(*size)
        driver.settle()
        room, letters = table.columnWidth(2) - 24, table.fontMetrics()  # beside the style sheet's padding
        for row in range(table.rowCount()):
            name = table.item(row, 2).text()
            need = letters.boundingRect(0, 0, room, 0, Qt.TextFlag.TextWordWrap, name).height()
            assert table.rowHeight(row) >= need, (size, name)


def test_envelopes_are_renewed_and_the_next_root_takes_over_in_the_window(
    driver: Driver, desk: Desk, people: PeoplePanel
) -> None:
    root, made = people.root, []
    assert not root.change.isEnabled()
    root.again.put({"root": "不是这一句口令啊啊", "holder": ""})
    root.renew()
    driver.settle()
    assert "总钥匙的口令不对" in root.strip.text()
    root.printed.connect(lambda title, _draw: made.append(title))
    root.again.put({"root": PASSPHRASE, "holder": ""})
    root.renew()
    driver.settle()
    assert "“恢复钥匙”的没有动" in root.strip.text()
    root.again.put({"root": PASSPHRASE, "holder": PASSPHRASE})
    root.renew()
    driver.settle()
    assert "新的信封已公布，旧的作废" in root.strip.text()
    assert made == ["密封信封"] * 2
    assert root.change.isEnabled()
    page = next(driver.desktop.preview.folder.rglob("*.pdf"))
    groups = re.findall(r"\b[0-9A-Z]{4}\b", words_of(page).split("\f")[0])
    before = centre(desk.office).root
    root.new.put({"secret": " ".join(groups[:14])})
    root.rotate()
    driver.settle()
    assert root.ceremony is not None
    root.give_up()
    driver.settle()
    assert "都作废" in root.strip.text()
    assert centre(desk.office).root == before
    root.new.put({"secret": " ".join(groups[:14])})
    root.rotate()
    driver.settle()
    root.sealed.setChecked(True)
    root.next_step()
    typed = root.ceremony.fingerprint.split("-")[2]
    root.words.put({"root": PASSPHRASE, "again": PASSPHRASE, "typed": typed})
    root.finish()
    driver.settle()
    assert centre(desk.office).root != before
    assert root.fingerprint.text() == centre(desk.office).root


def test_a_signature_asks_for_the_stick_and_goes_on_when_it_is_plugged_in(
    driver: Driver, desk: Desk, people: PeoplePanel, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    move_key_to_stick(desk.office, AGENT_NAME, PASSPHRASE, stick)
    away = stick.rename(tmp_path / "pulled out")
    people.tabs.setCurrentWidget(people.changes)
    strip, signed = people.changes.sign, []
    strip.ask("签一个字", _who, signed.append, AGENT_NAME)
    driver.sign_as(strip, AGENT_NAME)
    assert f"请插入{AGENT_NAME}的U盘" in strip.answer.text()
    assert signed == []
    away.rename(stick)
    driver.sign_as(strip, AGENT_NAME)
    assert signed == [AGENT_NAME]
    assert driver.desktop.ring.person == AGENT_NAME


def _who(opened: Unlocked) -> str:
    return opened.person
