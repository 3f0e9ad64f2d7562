"""Books that are changed over or merged, by keyboard and mouse alone from the settings to the last signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, CASHIER_NAME, DIRECTOR_NAME, OTHER_AGENT, driven
from tests.gui.person import OFFSCREEN, Person
from tests.gui.september import told
from tests.services import test_merger, village_2004
from tests.services.conftest import PASSPHRASE, Clock, Staff, staff_of
from villagebooks.core.period import Month
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.merger import former_report
from villagebooks.services.migration import begin_migration, finish_migration, read_paper
from villagebooks.services.office import create_office
from villagebooks.services.voucher import read_vouchers

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY = Qt.Key
AUGUST = Month(2026, 8)


def make_office(place: Path) -> tuple[Office, Staff]:
    office = create_office(place, "白雁河镇", clock=Clock())
    return office, staff_of(office)


@contextmanager
def sitting(office: Office, qtbot: QtBot) -> Iterator[Person]:
    with driven(Office(office.books, AGENT_NAME), qtbot) as driver:
        yield Person(driver.desktop.window, driver.desktop.seat.worker, PASSPHRASE)


def old_book(office: Office, staff: Staff) -> Desk:
    """The village of 2004, its December closed."""
    import_history(office, village_2004.CASE)
    desk = open_desk(Office(office.books, AGENT_NAME), "V07", village_2004.DECEMBER)
    close_month(desk, staff.agent)
    return desk


def test_the_rules_of_2023_begin_at_the_window_as_by_services(qtbot: QtBot, tmp_path: Path) -> None:
    office, staff = make_office(tmp_path / "window.vbooks")
    old = old_book(office, staff)
    with sitting(office, qtbot) as person:
        person.goes_to("设置")
        person.opens_section("账套")
        person.chooses_row("账套", "V07")
        person.presses("转换制度")
        person.types_into("新账套名称", "黄泥坳村")
        person.presses("开始转换")
        assert "底稿有 39 行，11 行等人决定" in person.reads_strip()
        assert person.reads_list("旧余额")
        person.presses("下一步")
        for account, party, parts in decisions():
            decide(person, account, party, parts)
        person.presses("下一步")
        assert person.sees("资产总计　旧 1,001,133.90　新 1,001,133.90")
        person.presses("下一步")
        person.presses("签字完成")
        person.signs(AGENT_NAME)
        person.signs(DIRECTOR_NAME)
        assert "转换完成：新账套 V07-2023" in person.reads_strip()
        person.presses("打印底稿")
        assert person.sees("第 1 页")
    other, their = make_office(tmp_path / "services.vbooks")
    same = old_book(other, their)
    begin_migration(same, "V07-2023", "黄泥坳村")
    village_2004.decide_all(same)
    finish_migration(same, their.agent, their.director)
    assert opening(office, old) == opening(other, same)
    assert errors(office) == []
    for one in (office, other):
        one.books.close()


def decisions() -> list[tuple[str, str, list[dict[str, str]]]]:
    """Each row of the case with the parts that somebody decides."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in village_2004.rows_of("decisions.csv"):
        found.setdefault((one["account"], one["party"]), []).append(one)
    return [(account, party, parts) for (account, party), parts in found.items()]


def decide(person: Person, account: str, party: str, parts: list[dict[str, str]]) -> None:
    """A row: Enter on it, account and amount of each part, the basis."""
    title = next(
        row[2] for row in person.reads_list("底稿的行") if row[2].startswith(f"{account} ") and party in row[2]
    )
    person.chooses_row("底稿的行", title)
    person.hits(KEY.Key_Return)
    for number, part in enumerate(parts, 1):
        person.types_into(f"第 {number} 个新科目", part["new_account"])
        person.enters()
        person.types_into(f"第 {number} 个金额", part["amount"])
        person.enters()
    person.types_into("依据", "；".join(dict.fromkeys(part["reason"] for part in parts)))
    person.hits(KEY.Key_Return)
    assert "已记下" in person.reads_strip() or "都定了" in person.reads_strip()


def opening(office: Office, old: Desk) -> object:
    """What the change-over left: who decided which row how, and the new book's balances."""
    state = read_paper(old)
    assert state
    rows = [
        (one.line, one.title, told(one.parts, {}), one.decision and (one.decision.person, one.decision.reason))
        for one in state.paper.rows
    ]
    january = village_2004.JANUARY
    return rows, told(trial_balance(office, "V07-2023", january, january), {})


def test_a_village_s_books_go_over_to_another_s_at_the_window_as_by_services(qtbot: QtBot, tmp_path: Path) -> None:
    office, staff = make_office(tmp_path / "window.vbooks")
    made = test_merger.make_merging(office, staff)
    with sitting(office, qtbot) as person:
        reach_merger(person)
        person.chooses("旧账套", "C01")
        person.chooses("新账套", "N01")
        person.types_into("并账日", test_merger.DAY.isoformat())
        person.types_into("依据", test_merger.BASIS)
        person.presses("看一看")
        assert "要转" in person.reads_strip()
        person.presses("开始并账")
        assert "两个账套各有一张转账凭证草稿" in person.reads_strip()
        for code in ("C01", "N01"):
            sign_all(person, code)
        person.works_as(AGENT_NAME)
        person.sits_at("C01")
        person.goes_to("结账")
        person.presses("结账…")
        person.signs(AGENT_NAME)
        assert "2026-08 已结账" in person.reads_strip()
        reach_merger(person)
        person.presses("签字完成")
        person.signs(DIRECTOR_NAME)
        assert "槽口村的账已并入 N01，账套 C01 停用" in person.reads_strip()
        person.presses("打印")
        assert person.sees("第 1 页")
    other, their = make_office(tmp_path / "services.vbooks")
    same = test_merger.make_merging(other, their)
    test_merger.merge(same)
    assert merged(made) == merged(same)
    assert errors(office) == []
    for one in (office, other):
        one.books.close()


def reach_merger(person: Person) -> None:
    person.goes_to("设置")
    person.opens_section("村")
    person.presses("合村并账、按原村列示")


def sign_all(person: Person, code: str) -> None:
    """The one voucher of August: everybody in their turn, then posted."""
    for name in (AGENT_NAME, OTHER_AGENT, CASHIER_NAME, DIRECTOR_NAME):
        person.works_as(name)
        person.sits_at(code)
        person.picks_month(AUGUST)
        person.goes_to("凭证")
        person.chooses_all("凭证列表")
        person.hits(KEY.Key_F9)
        person.signs(name)
        assert person.reads_strip() == "已签 1 张"
    person.works_as(AGENT_NAME)
    person.sits_at(code)
    person.presses("记账")
    assert person.reads_strip() == "已记账 1 张"


def merged(made: test_merger.Villages) -> object:
    """What both books hold afterwards, by former village."""
    desk: Callable[[str], Desk] = made.desk
    return [
        [
            told(read_vouchers(desk(code)), {one.uid: one.title for one in read_vouchers(desk(code))}),
            told(former_report(desk(code), AUGUST), {}), desk(code).book.stopped,
        ]
        for code in ("C01", "N01")
    ]  # fmt: skip


def errors(office: Office) -> list[str]:
    return [str(one) for one in check_books(office, deep=True) if one.severity == "error"]
