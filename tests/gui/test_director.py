"""A day of the director: sixty vouchers of ten villages are looked at, signed or sent back, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, driven
from tests.inbox_township import SEPTEMBER, Town, make_town
from tests.services.conftest import PASSPHRASE, Clock
from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.inbox import Pile
from villagebooks.core.money import yuan_text
from villagebooks.core.whistle import Whistle
from villagebooks.db.book import book_id
from villagebooks.db.paper import papers_where_uids
from villagebooks.gui.inbox.page import InboxPage
from villagebooks.services.approval import approvals
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office, open_desk
from villagebooks.services.inbox import read_inbox
from villagebooks.services.reason import why_sent_back
from villagebooks.services.signature import check_signatures
from villagebooks.services.voucher import post_voucher, read_voucher
from villagebooks.services.whistle import blow_whistle, list_whistles

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Pulse(QObject):
    """Beats on the screen's thread; `gaps` are the milliseconds between beats: what held the event loop shows there."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[int] = []
        self._timer = QTimer(self, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._clock = datetime.now(UTC)

    def begin(self) -> None:
        self._clock = datetime.now(UTC)
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = datetime.now(UTC)
        self.gaps.append(int((now - self._clock).total_seconds() * 1000))
        self._clock = now


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    clock = Clock()
    town = make_town(tmp_path / "centre.vbooks", clock=clock)
    call = Whistle("", "V03", "", "鱼塘承包合同没有村民代表会议记录", AGENT, "冯素芳", DIRECTOR, "", 3, date.max)
    blow_whistle(replace(town.office, person="冯素芳"), call)
    clock.moment = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
    yield town
    town.office.books.close()


@pytest.fixture
def driver(town: Town, qtbot: QtBot) -> Iterator[Driver]:
    """The director's own desktop."""
    with driven(town.office, qtbot) as driver:
        yield driver


def fen_of(page: InboxPage, code: str) -> int:
    return next(one.amount_fen for one in page.table.model.records() if isinstance(one, Pile) and one.code == code)


def test_a_day_of_the_director(town: Town, driver: Driver, keyboard: Keyboard) -> None:
    page, seat = driver.desktop.inbox, driver.desktop.seat
    assert seat.person == "邹启明"
    pulse = Pulse()

    def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            keyboard.press(key, modifier)
            driver.settle()

    def down(times: int) -> None:
        for _turn in range(times):
            keyboard.press(KEY.Key_Down)
        driver.settle()

    press(KEY.Key_4, modifier=CONTROL)  # 审批, the fourth place of the rail
    assert driver.desktop.window.current() is page
    rows = page.table.model.records()
    assert [one.count for one in rows if isinstance(one, Pile)] == [6] * 2 + [7] + [6] * 7
    assert page.bar.tabText(0) == "待办 61"
    total = sum(one.amount_fen for one in rows if isinstance(one, Pile))
    pulse.begin()

    # the first three are looked at one by one: the voucher as on paper, its bill, who signed before
    one = page.table.current_thing()
    assert one is not None
    assert one.title == "记-1"
    shown = page.look.look
    assert shown is not None
    assert (shown.waiting.uid, page.look.pictures.count()) == (one.uid, 1)
    assert [line.split("　")[-1] for line in page.look.signed.text().splitlines()[-3:]] == [
        "制单 冯素芳", "复核 谭永川", "出纳 龙小梅",
    ]  # fmt: skip
    assert "51302 管理费用" in page.look.sheet.accessibleDescription()
    press(KEY.Key_A)
    said = page.sign.sentence.text().splitlines()[0]  # below it stands what the money in hand says to it
    assert said == "老秤湾村 9月记-1 号凭证：审核，1 件，合计 137.00 元。签后内容不能再改。"
    keyboard.commit(PASSPHRASE)
    press(KEY.Key_Return)
    assert page.strip.text() == "已签 1 件，合计 137.00 元"
    for title in ("记-2", "记-3"):
        assert page.table.current_thing().title == title
        press(KEY.Key_Return, KEY.Key_Return)  # Enter asks, Enter signs: the key is still open
    assert page.bar.tabText(0) == "待办 58"

    # two are sent back: one by its number, one chosen by the arrows
    assert page.table.current_thing().title == "记-4"
    press(KEY.Key_B)
    keyboard.type("8")
    press(KEY.Key_Return, KEY.Key_Return)
    assert page.strip.text() == "已退回 老秤湾村 9月记-4 号凭证"
    press(KEY.Key_B)
    down(13)
    assert page.reasons.list.currentItem().text() == "14　照片看不清"
    press(KEY.Key_Return, KEY.Key_Return)

    # the last of the village is marked alone; of the second village everything, by the village's own line
    press(KEY.Key_Space)
    second = page.table.current()
    assert isinstance(second, Pile)
    press(KEY.Key_Space)
    assert page.sum.text() == f"已标记 7 件，合计 {yuan_text(13_885 + fen_of(page, 'V02'), group=',')} 元"

    # the whistle of the third village is answered
    press(KEY.Key_F, modifier=CONTROL)
    keyboard.commit("鱼塘")
    driver.settle()
    press(KEY.Key_Return)
    assert page.table.current_thing().title == "吹哨"
    press(KEY.Key_A)
    keyboard.commit("九月三日已请村民代表补开会议")
    press(KEY.Key_Return, KEY.Key_Tab)
    press(KEY.Key_Return)
    driver.settle()
    (call,) = list_whistles(town.office)
    assert (call.answer, call.answerer) == ("九月三日已请村民代表补开会议", "邹启明")
    press(KEY.Key_F, modifier=CONTROL)
    keyboard.press(KEY.Key_Backspace)
    press(KEY.Key_Return)

    # everything else at once: count and amount of each village and in all are seen first
    press(KEY.Key_Space, modifier=CONTROL)
    press(KEY.Key_S)
    counted = {one.name: (one.count, one.amount_fen) for one in page.batch.before.model.records()}
    assert len(counted) == 10
    assert sum(count for count, _fen in counted.values()) == 55
    left = total - sum(read_voucher(town.desk("V01"), uid).total_fen for uid in town.vouchers["V01"][:5])
    assert sum(fen for _count, fen in counted.values()) == left
    assert page.batch.sentence.text() == f"请核对：10 个村，55 件，合计 {yuan_text(left, group=',')} 元"
    assert page.sign.sentence.text().startswith(f"签 55 件，合计 {yuan_text(left, group=',')} 元，10 个村")
    # meanwhile an agent begins to void one
    gone = town.vouchers["V10"][5]
    cancel_voucher(
        open_desk(Office(town.office.books, "冯素芳"), "V10", SEPTEMBER), gone, town.staff.agent, "收款人写错"
    )
    press(KEY.Key_Return)
    pulse.end()
    signed = left - read_voucher(town.desk("V10"), gone).total_fen
    assert page.strip.text() == f"已签 54 件，合计 {yuan_text(signed, group=',')} 元；1 件没有签"
    (refused,) = page.batch.after.model.records()
    assert refused.waiting.uid == gone
    assert "正在作废（冯素芳已签字同意），不能再签" in refused.why[0]
    press(KEY.Key_Escape)
    assert page.table.model.rowCount() == 0

    prove(town, gone)
    long = sorted(pulse.gaps)[-3:]
    print(f"\nthe event loop's longest turns: {long} ms; keys pressed: {keyboard.count}")


def prove(town: Town, gone: str) -> None:
    """States, reasons, signatures by the seal, and the books' own check."""
    back = town.vouchers["V01"][3:5]
    for code, uids in town.vouchers.items():
        desk = town.desk(code)
        for uid in uids:
            voucher = read_voucher(desk, uid)
            if uid in back:
                assert (voucher.state, voucher.rev) == ("draft", 2)
            elif uid == gone:
                assert voucher.state == "submitted"
            else:
                assert voucher.state == "approved"
                assert [one.signer for one in approvals(desk, uid)] == ["冯素芳", "谭永川", "龙小梅", "邹启明"]
                with desk.books.read() as connection:
                    row, papers = book_id(connection, code), papers_where_uids(connection, voucher.papers)
                    assert check_signatures(connection, desk.book, row, voucher, papers, moves_money=True) == []
    reasons = [why_sent_back(town.desk("V01"), uid)[0].reason for uid in back]
    assert reasons == [8, 14]
    desk = town.desk("V10")
    assert post_voucher(desk, town.vouchers["V10"][0]).state == "posted"
    assert [one for one in check_books(town.office, deep=True) if one.severity == "error"] == []
    agent = read_inbox(Office(town.office.books, "冯素芳"))
    assert [(one.title, one.step, one.state) for one in agent] == [
        ("记-4", "prepare", "mine"), ("记-5", "prepare", "mine"), ("记-6", "void", "others"),
    ]  # fmt: skip
