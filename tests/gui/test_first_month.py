"""From nothing to the first closed month at the window, by keyboard and mouse alone, as by services.

A new centre on the first page, the root key's ceremony, people, their keys, a village, its balances typed in, a month
of three vouchers, closed. Only the clock, the price of a passphrase and the system's file dialogs are the test's own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from tests.gui.person import OFFSCREEN, Dialogs, Person
from tests.gui.september import tell_month, told
from tests.services.chain import journal_page
from tests.services.conftest import CHEAP
from villagebooks.core.cash import CashCount, face_words
from villagebooks.core.money import yuan_text
from villagebooks.core.opening import OpeningRow, TakeOver
from villagebooks.core.period import Month
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Line
from villagebooks.gui import start
from villagebooks.gui.program import Program
from villagebooks.seal.key import Argon2Cost, lock_box
from villagebooks.services import ceremony, key
from villagebooks.services.account import chart_accounts
from villagebooks.services.approval import approve_voucher, waiting_for
from villagebooks.services.cash import record_cash_count
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month
from villagebooks.services.demo.clock import DemoClock
from villagebooks.services.desk import Office, list_books, open_desk
from villagebooks.services.key import issue_key, key_holders
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import appoint, centre, create_office, new_book, officers, open_book
from villagebooks.services.opening import open_balances
from villagebooks.services.voucher import post_voucher, read_vouchers, save_voucher

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key
TOWNSHIP, BOOK, VILLAGE, NAME = "青石桥镇", "V01", "青石桥村", "青石桥村经济合作社"
SEPTEMBER, FIRST_DAY = Month(2026, 9), date(2026, 9, 2)
ROOT, WORD = "root-of-qingshiqiao", "qingshiqiao-2026"
DIRECTOR, AGENT, OTHER, CASHIER = "方主任", "蓝会计", "黄会计", "紫出纳"
PEOPLE = {DIRECTOR: "director", AGENT: "agent", OTHER: "agent", CASHIER: "cashier"}
DUTIES = {DIRECTOR: "中心主任", AGENT: "代理会计", OTHER: "代理会计", CASHIER: "总出纳"}
BALANCES = (
    OpeningRow("101", 100_000, 60_000, 50_000), OpeningRow("102", 5_000_000, 300_000, 60_000),
    OpeningRow("301", -5_100_000, 0, 0), OpeningRow("503", 0, 0, 300_000), OpeningRow("513", 0, 50_000, 0),
)  # fmt: skip
VOUCHERS = (
    (date(2026, 9, 5), 2, (Line("提取备用金", "101", 100_000), Line("提取备用金", "102", 0, 100_000))),
    (date(2026, 9, 10), 1, (Line("付办公费", "513", 26_050), Line("付办公费", "101", 0, 26_050))),
    (date(2026, 9, 20), 2, (Line("收运转补助", "102", 2_000_000), Line("收运转补助", "503", 0, 2_000_000))),
)
PIECES = ((10_000, 18), (2_000, 1), (1_000, 1), (500, 1), (100, 4), (50, 1))
HOLDER = "橙报账员"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> DemoClock:
    """September 2026, and passphrases that cost little."""
    clock = DemoClock(FIRST_DAY)
    monkeypatch.setattr(start, "create_office", partial(create_office, clock=clock))

    def lock(word: str, raw: bytes, _cost: Argon2Cost) -> bytes:
        return lock_box(word, raw, CHEAP)

    for module in (key, ceremony):
        monkeypatch.setattr(module, "lock_box", lock)
    return clock


@pytest.fixture
def program(clock: DemoClock, tmp_path: Path) -> Iterator[Program]:
    program = Program(QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat), None)
    yield program
    if program.desktop:
        program.desktop.window.close()


def test_a_centre_from_nothing_to_its_first_closed_month(
    program: Program, clock: DemoClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialogs = Dialogs(monkeypatch)
    person = found_centre(program, dialogs, qtbot, tmp_path / "window.vbooks")
    hold_ceremony(person, dialogs, tmp_path / "wall.pdf")
    register_people(person)
    issue_keys(person)
    open_village(person)
    type_balances(person)
    clock.go_to(date(2026, 9, 28), 9)
    make_vouchers(person)
    sign_and_post(person)
    clock.go_to(date(2026, 10, 8), 9)
    count_and_close(person)
    assert program.desktop
    window = program.desktop.seat.office
    services = live_through(tmp_path / "services.vbooks")
    assert tell(window) == tell(services)
    assert [str(one) for one in check_books(window, deep=True) if one.severity == "error"] == []
    services.books.close()


def tell(office: Office) -> dict[str, Any]:
    """Everything that the centre and its month left in the books."""
    return tell_month(office, BOOK, SEPTEMBER) | {
        "centre": (centre(office).name, bool(centre(office).root)), "books": told(list_books(office), {}),
        "officers": told(sorted(officers(office), key=lambda one: one.name), {}), "keys": sorted(key_holders(office)),
        "year": told(trial_balance(office, BOOK, Month(2026, 1), SEPTEMBER), {}),
        "office's journal": sorted(one.kind for one in journal_page(office)),
    }  # fmt: skip


def found_centre(program: Program, dialogs: Dialogs, qtbot: QtBot, place: Path) -> Person:
    """The first page: 新建中心."""
    program.start()
    page = program.page
    assert page is not None
    qtbot.addWidget(page)
    qtbot.waitUntil(page.isActiveWindow)
    person = Person(page, program.worker)
    person.presses("新建中心")
    person.types_into("乡镇名称", TOWNSHIP)
    dialogs.choose(place)
    person.presses("选保存位置，建立")
    qtbot.waitUntil(lambda: program.desktop is not None)
    assert program.desktop
    window = program.desktop.window
    qtbot.waitUntil(window.isActiveWindow)
    window.resize(1366, 768)
    person = Person(window, program.worker, WORD)
    person.waits()
    assert "还没有总钥匙" in person.reads_strip()
    return person


def hold_ceremony(person: Person, dialogs: Dialogs, wall: Path) -> None:
    """总钥匙: the fingerprint is printed, hung up, and read from the sheet on the wall."""
    person.goes_to("设置")
    person.opens_section("人员与钥匙")
    person.opens_tab("总钥匙")
    person.presses("开始：生成钥匙")
    person.presses("打印密封信封")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.presses("打印墙上的指纹")
    dialogs.choose(wall)
    person.presses("另存为 PDF")
    assert "已存到" in person.reads_strip()
    person.hits(KEY.Key_Escape)
    person.presses("指纹贴上墙了；信封装好，封口处三人签了名；打印的文件没有另存")
    person.presses("下一步")
    person.types_into("总钥匙口令", ROOT)
    person.types_into("再输一遍", ROOT)
    person.types_into("看着墙上那张纸，输指纹第 3 组", read_group(wall, 3))
    person.presses("签发名录")
    assert "名录签发好了" in person.reads_strip()


def read_group(wall: Path, group: int) -> str:
    """A group of the fingerprint, as it stands on the sheet on the wall."""
    text = subprocess.run(["pdftotext", "-raw", str(wall), "-"], capture_output=True, check=True).stdout.decode()
    return next(line for line in text.split() if line.count("-") > group).split("-")[group - 1]


def register_people(person: Person) -> None:
    """任职: who works at the centre."""
    person.opens_tab("任职")
    for name in PEOPLE:
        person.types_into("职务", DUTIES[name])
        person.types_into("姓名", name)
        person.types_into("从哪天起", "2026-09-01")
        person.presses("登记")
        assert person.reads_strip() == f"已登记{name}"


def issue_keys(person: Person) -> None:
    """钥匙: each types a passphrase of their own."""
    person.opens_tab("钥匙")
    for name in PEOPLE:
        person.chooses_row("钥匙", name)
        person.types_into("总钥匙口令", ROOT)
        if name != DIRECTOR:
            person.types_into("主任或会计口令", WORD)
        person.types_into("新口令", WORD)
        person.types_into("再输一遍", WORD)
        person.presses("发钥匙")
        assert person.reads_strip() == f"{name}的钥匙发好了"


def open_village(person: Person) -> None:
    """账套: the village's book, with the accounts of the standard."""
    person.opens_section("账套")
    for name, text in (
        ("账套代码", BOOK), ("账套名称", NAME), ("村代码", BOOK), ("村名", VILLAGE), ("从哪月起", str(SEPTEMBER)),
    ):  # fmt: skip
        person.types_into(name, text)
    person.chooses("性质", "集体经济组织")
    person.presses("新建账套")
    assert f"已新建账套 {BOOK} {NAME}" in person.reads_strip()


def type_balances(person: Person) -> None:
    """期初建账: what the hand-kept books say, typed cell by cell."""
    person.chooses_row("账套", BOOK)
    person.presses("期初建账")
    for one in BALANCES:
        amounts = (
            ("年初借方", one.opening_fen), ("年初贷方", -one.opening_fen), ("累计借方", one.debit_fen),
            ("累计贷方", one.credit_fen),
        )  # fmt: skip
        for column, fen in amounts:
            if fen > 0:
                person.fills_cell("期初余额", f"{one.account} ", column, yuan_text(fen))
    assert person.sees("借贷相等")
    person.opens_tab("3 试算")
    assert person.reads_list("试算")
    person.presses("建账")
    assert "再按一次" in person.reads_strip()
    person.presses("建账")
    assert "已建账，可以记凭证了" in person.reads_strip()


def make_vouchers(person: Person) -> None:
    """凭证: three by hand."""
    person.works_as(AGENT)
    person.picks_month(SEPTEMBER)
    person.goes_to("凭证")
    for number, (day, count, lines) in enumerate(VOUCHERS, 1):
        person.hits(KEY.Key_F5)
        person.types(str(count))
        person.types_into("日期", day.isoformat())
        person.enters()
        for place, line in enumerate(lines, 1):
            side, fen = ("借方金额", line.debit_fen) if line.debit_fen else ("贷方金额", line.credit_fen)
            for name, text in (("摘要", line.summary), ("科目", line.account), (side, yuan_text(fen))):
                person.types_into(f"第 {place} 行 {name}", text)
                person.enters()
        person.hits(KEY.Key_F6)
        assert f"已保存为 记-{number} 号" in person.reads_strip()
    person.hits(KEY.Key_Escape)


def sign_and_post(person: Person) -> None:
    """Everybody in their turn."""
    for name in (AGENT, OTHER, CASHIER, DIRECTOR):
        person.works_as(name)
        person.goes_to("凭证")
        person.chooses_all("凭证列表")
        person.hits(KEY.Key_F9)
        person.signs(name)
        assert person.reads_strip() == f"已签 {len(VOUCHERS)} 张"
    person.works_as(AGENT)
    person.chooses_all("凭证列表")
    person.presses("记账")
    assert person.reads_strip() == f"已记账 {len(VOUCHERS)} 张"


def count_and_close(person: Person) -> None:
    """出纳 · 现金盘点, then 结账."""
    person.goes_to("出纳")
    person.opens_tab("现金盘点")
    words = dict(face_words())
    for face, number in PIECES:
        person.types_into(f"{words[face]}（张、枚）", str(number))
    person.types_into("谁保管现金", HOLDER)
    person.presses("签字盘点")
    person.signs(AGENT)
    assert "账实相符" in person.reads_strip()
    person.goes_to("结账")
    person.presses("结账…")
    person.signs(AGENT)
    assert "2026-09 已结账" in person.reads_strip()


def live_through(place: Path) -> Office:
    """The same by services."""
    clock = DemoClock(FIRST_DAY)
    office = create_office(place, TOWNSHIP, clock=clock)
    held_by = ceremony.prepare_ceremony(office)
    ceremony.finish_ceremony(office, held_by, ROOT, held_by.fingerprint.split("-")[ceremony.ASKED_GROUP - 1])
    root = key.unlock(office.books, key.ROOT, ROOT).keys.signing
    for name, duty in PEOPLE.items():
        appoint(office, name, duty, "2026-09-01")
    staff: dict[str, key.Unlocked] = {}
    for name in PEOPLE:
        held = staff[DIRECTOR].office_key if staff else None
        staff[name] = issue_key(office, root, name, WORD, held, CHEAP)
    book = new_book(BOOK, BOOK, NAME, "集体经济组织", "2023", SEPTEMBER)
    open_book(Office(office.books, DIRECTOR), Village(BOOK, VILLAGE), book, chart_accounts("2023"))
    desk = open_desk(Office(office.books, AGENT), BOOK, SEPTEMBER)
    open_balances(
        open_desk(Office(office.books, DIRECTOR), BOOK, SEPTEMBER), TakeOver(BOOK, Month(2026, 8), BALANCES), None
    )
    clock.go_to(date(2026, 9, 28), 9)
    for day, count, lines in VOUCHERS:
        save_voucher(desk, Draft(day, lines, attachment_count=count))
    turns = {"prepare": AGENT, "countersign": OTHER, "cashier": CASHIER, "review": DIRECTOR}
    for one in read_vouchers(desk):
        while step := waiting_for(desk, one.uid):
            name = turns[step.name]
            approve_voucher(open_desk(Office(office.books, name), BOOK, SEPTEMBER), one.uid, staff[name])
        post_voucher(desk, one.uid)
    clock.go_to(date(2026, 10, 8), 9)
    total = sum(face * number for face, number in PIECES)
    count = CashCount("", "101", SEPTEMBER, SEPTEMBER.last_day, PIECES, total, total, holder=HOLDER)
    record_cash_count(desk, count, staff[AGENT])
    close_month(desk, staff[AGENT])
    return office
