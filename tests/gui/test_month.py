"""A month of a village at the window, by keyboard and mouse alone, is the same month as by services.

The books are those taken over at the end of August. September comes as papers with pictures, is signed, booked,
counted, reconciled, closed, put up and exported. No method of a page is called and nothing is written by a service;
the passing of days and the operating system's own file dialogs are all that is not done at the window.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, driven
from tests.gui.person import OFFSCREEN, Dialogs, Person
from tests.gui.september import (
    AGENT,
    BOOK,
    BY_HAND,
    BY_PLAN,
    CASHIER,
    CLOSING,
    DATA,
    DIRECTOR,
    EXPORTING,
    HOLDER,
    OTHER,
    PASSPHRASE,
    PIECES,
    PLAN,
    POSTING,
    READER,
    SEPTEMBER,
    SHOWING,
    TAKING,
    WHY_REOPENED,
    WORDS,
    Plan,
    again,
    live_through,
    make_plan,
    make_town,
    paper_statement,
    tell_month,
)
from villagebooks.core.cash import face_words
from villagebooks.core.money import yuan_text
from villagebooks.core.paper import Body, Document
from villagebooks.core.voucher import Line
from villagebooks.services.check import check_books
from villagebooks.services.demo.data import PaperPlan, VoucherPlan, read_rows
from villagebooks.services.demo.town import Town
from villagebooks.services.policy import ready_policy

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """The office at the end of August; a copy of its file waits for the services."""
    town = make_town(tmp_path / "centre.vbooks")
    town.office.books.close()
    (tmp_path / "services").mkdir()
    shutil.copyfile(tmp_path / "centre.vbooks", tmp_path / "services" / "centre.vbooks")
    town = again(town, tmp_path / "centre.vbooks")
    yield town
    town.office.books.close()


@pytest.fixture
def driver(town: Town, qtbot: QtBot) -> Iterator[Driver]:
    with driven(town.office, qtbot) as driver:
        yield driver


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver.desktop.window, driver.desktop.seat.worker, PASSPHRASE)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


def test_september_at_the_window_is_september_by_services(
    town: Town, person: Person, dialogs: Dialogs, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    plan = make_plan(folder, ready_policy("baiyanhe"))

    town.clock.go_to(TAKING, 9)
    person.works_as(AGENT)
    person.picks_month(SEPTEMBER)
    issue_receipts(person, plan)
    person.goes_to("报账")
    for voucher, one in plan.papers:
        write_paper(person, dialogs, one, [plan.pictures[voucher.number, n] for n in range(len(one.paper.documents))])
    register_and_accept(person, len(list(plan.papers)))

    town.clock.go_to(POSTING, 9)
    keep_schedule(person, plan)
    for each in plan.vouchers:
        make_voucher(person, each)
    sign_and_post(person, len(plan.vouchers))

    town.clock.go_to(CLOSING, 9)
    reconcile(person)
    count_cash(person)
    close(person)
    town.clock.go_to(SHOWING, 9)
    put_up_sheet(person)
    town.clock.go_to(EXPORTING, 9)
    export_query(person, dialogs, town, tmp_path)

    other = again(town, tmp_path / "services" / "centre.vbooks")
    live_through(other, plan, tmp_path / "services")
    window, services = (tell_month(one.office, BOOK, SEPTEMBER) for one in (town, other))
    for part in services:
        assert window[part] == services[part], part
    assert [str(one) for one in check_books(town.office, deep=True) if one.severity == "error"] == []
    other.office.books.close()


def issue_receipts(person: Person, plan: Plan) -> None:
    """票据: the receipt book that the reporter takes along."""
    person.goes_to("票据")
    one = plan.receipts
    for name, text in (
        ("收据本编号", one.code), ("起号", one.first), ("止号", one.last), ("领用人", one.issued_to),
        ("领用日期", one.issued_on),
    ):  # fmt: skip
        person.types_into(name, text)
    person.presses("发放")
    assert person.reads_strip() == f"已发放收据本 {one.code}（{one.first}—{one.last}），领用人 {one.issued_to}"


def write_paper(person: Person, dialogs: Dialogs, one: PaperPlan, pictures: list[tuple[Path, ...]]) -> None:
    """报账: a paper as it lies on the counter, its documents and their pictures."""
    paper = one.paper
    person.hits(KEY.Key_F5)
    for name, text in (
        ("日期", paper.day.isoformat()), ("用途", paper.words), ("金额（元）", yuan_text(paper.amount_fen)),
        ("收款人", paper.payee), ("公开榜分组", paper.group), ("依据", paper.basis),
        ("经手人", paper.handler), ("证明人", paper.witness), ("审批人", "、".join(paper.approvers)),
    ):  # fmt: skip
        person.types_into(name, text)
    for name, word in (("类别", paper.spending_class), ("收支", paper.direction), ("怎样付的", paper.paid_how)):
        person.chooses(name, word)
    for body in paper.bodies:
        write_body(person, body)
    for number, document in enumerate(paper.documents, 1):
        if number > 1:
            person.presses("加一件单据")
        write_document(person, dialogs, number, document, pictures[number - 1])
    person.presses("保存")
    assert "已保存第" in person.reads_strip()


def write_body(person: Person, body: Body) -> None:
    """A consent on the paper, in the block that the policy shows for it."""
    title = "名册公示3天" if body.name == "名册公示" else body.name
    if body.people:
        person.types_into(f"{title} 签字的人", "、".join(body.people))
    for word, number in (("到会人数", body.present), ("同意人数", body.agreed), ("应到人数", body.size)):
        if number and person.has(f"{title} {word}"):
            person.types_into(f"{title} {word}", str(number))
    if body.stamp:
        person.chooses(f"{title} 盖章", "有")
    if body.minutes:
        person.types_into(f"{title} {'哪天贴出' if '公示' in title else '会议记录'}", body.minutes)


def write_document(
    person: Person, dialogs: Dialogs, number: int, document: Document, pictures: tuple[Path, ...]
) -> None:  # fmt: skip
    """A document of the paper with its pictures, looked through for what no villager may see."""
    amount = yuan_text(document.amount_fen, zero="")
    for name, text in (
        ("单据种类", document.kind), ("单据号码", document.number), ("单据日期", document.day), ("单据金额", amount),
        ("单据张数", str(document.count)),
    ):  # fmt: skip
        person.types_into(f"第 {number} 件：{name}", text)
    dialogs.choose(*pictures)
    person.presses(f"第 {number} 件：图片")
    person.presses(f"第 {number} 件：图片已脱敏")


def register_and_accept(person: Person, count: int) -> None:
    """报账: the ink of the village is registered, the papers are accepted."""
    person.chooses_all("报账单列表")
    person.presses("登记签字")
    assert person.sees(f"登记 {count} 张报账单")
    person.signs(AGENT)
    assert "待受理" in person.reads_strip()
    person.chooses_all("报账单列表")
    person.presses("受理")
    assert "待做凭证" in person.reads_strip()


def keep_schedule(person: Person, plan: Plan) -> None:
    """凭证 · 计划: what comes again each month."""
    person.goes_to("凭证")
    person.hits(KEY.Key_J, CONTROL)
    person.hits(KEY.Key_F5)
    person.types_into("计划名称", PLAN)
    person.types_into("附单据数", str(plan.schedule.attachment_count))
    write_lines(person, plan.schedule.lines)
    person.hits(KEY.Key_F6)
    assert person.reads_strip() == f"已保存计划“{PLAN}”"


def make_voucher(person: Person, one: VoucherPlan) -> None:
    """A voucher of an accepted paper, by hand, or of the schedule that is due."""
    if one.number == BY_PLAN:
        person.goes_to("凭证")
        person.hits(KEY.Key_J, CONTROL)
        person.hits(KEY.Key_F6)
        assert "已做 1 张草稿" in person.reads_strip()
        person.hits(KEY.Key_Escape)
        return
    if one.number == BY_HAND:
        person.goes_to("凭证")
        person.hits(KEY.Key_F5)
        person.types("1")
        person.types_into("日期", one.day.isoformat())
    else:
        person.goes_to("报账")
        person.chooses_row("报账单列表", one.papers[0].paper.words)
        person.presses("做凭证")
    write_lines(person, one.lines)
    person.hits(KEY.Key_F6)
    assert f"已保存为 记-{one.number} 号" in person.reads_strip()
    person.hits(KEY.Key_Escape)


def write_lines(person: Person, lines: Sequence[Line]) -> None:
    """The rows of a voucher, Enter after each cell."""
    for number, line in enumerate(lines, 1):
        side, fen = ("借方金额", line.debit_fen) if line.debit_fen else ("贷方金额", line.credit_fen)
        cells = [("摘要", line.summary), ("科目", line.account), ("往来、项目", line.party), (side, yuan_text(fen))]
        for name, text in cells:
            if text or person.reads(f"第 {number} 行 {name}"):
                person.types_into(f"第 {number} 行 {name}", text)
                person.enters()


def sign_and_post(person: Person, count: int) -> None:
    """凭证: each in their turn signs what waits for them, the agent posts."""
    for name, step in ((AGENT, "草稿"), (OTHER, "待签字（复核"), (CASHIER, "待签字（出纳"), (DIRECTOR, "待签字（审核")):
        person.works_as(name)
        person.goes_to("凭证")
        person.types_into("筛选：凭证列表", step)
        person.chooses_all("凭证列表")
        person.hits(KEY.Key_F9)
        person.signs(name)
        assert "已签" in person.reads_strip()
    person.works_as(AGENT)
    person.types_into("筛选：凭证列表", "")
    person.chooses_all("凭证列表")
    person.presses("记账")
    assert person.reads_strip() == f"已记账 {count} 张"
    person.presses("打印")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)


def reconcile(person: Person) -> None:
    """出纳 · 银行对账: the paper statement typed, the sheet confirmed by another than the cashier."""
    person.works_as(CASHIER)
    person.goes_to("出纳")
    opening, closing, text = paper_statement()
    person.presses("照纸录入")
    person.types_into("期初余额（元）", yuan_text(opening))
    person.types_into("期末余额（元）", yuan_text(closing))
    person.types_into("对账单的行，每行一笔", text)
    assert person.sees("14 笔，期末应是 110,629.95")
    person.hits(KEY.Key_F6)
    assert "已导入 14 笔" in person.reads_strip()
    person.works_as(AGENT)
    person.presses("确认")
    person.signs(AGENT)
    assert "余额调节表已确认" in person.reads_strip()


def count_cash(person: Person) -> None:
    """出纳 · 现金盘点: pieces counted with the reporter, signed by the agent who watched."""
    person.opens_tab("现金盘点")
    words = dict(face_words())
    for face, number in PIECES:
        person.types_into(f"{words[face]}（张、枚）", str(number))
    person.types_into("谁保管现金", HOLDER)
    assert person.sees("账实相符")
    person.presses("签字盘点")
    person.signs(AGENT)
    assert "已签字" in person.reads_strip()


def close(person: Person) -> None:
    """结账: closed, reopened by two with a reason, closed again."""
    person.goes_to("结账")
    person.presses("结账…")
    person.signs(AGENT)
    assert "2026-09 已结账" in person.reads_strip()
    person.types_into("反结账的原因", WHY_REOPENED)
    person.presses("反结账")
    person.signs(AGENT)
    person.signs(DIRECTOR)
    assert person.sees("打印预览") or person.sees("结账记录")
    person.hits(KEY.Key_Escape)
    person.presses("结账…")
    person.signs(AGENT)
    assert "2026-09 已结账" in person.reads_strip()


def put_up_sheet(person: Person) -> None:
    """公示: the committee's words, the sheet as it will hang, the director's signature."""
    person.works_as(DIRECTOR)
    person.goes_to("公示")
    person.types_into("监督委员会的话", WORDS)
    person.presses("保存这段话")
    person.presses("预览 A3")
    assert person.sees("第 1 页")
    person.hits(KEY.Key_Escape)
    person.presses("张榜")
    assert person.sees("张 老秤湾村 2026-09 的公开榜：上月剩 106,098.50 ＋ 收 31,446.37 − 花 31,329.02")
    person.signs(DIRECTOR)
    assert person.sees("已张榜，贴到 2026-10-20")


def export_query(person: Person, dialogs: Dialogs, town: Town, folder: Path) -> None:
    """查询库: written under two signatures; a villager's number opens his own rows at the counter."""
    person.goes_to("查询库")
    dialogs.choose(folder)
    person.presses("导出查询库")
    person.signs(DIRECTOR)
    person.signs(AGENT)
    assert "已导出" in person.reads_strip()
    person.types_into("查询钥匙文件", str(folder / READER))
    person.types_into("身份证号", number_of("罗显富"))
    person.presses("查询")
    assert person.sees("罗显富　两清")
    assert any("罗显富补交" in cell for row in person.reads_list("本人的各行") for cell in row)


def number_of(name: str) -> str:
    """The invented number of an invented villager."""
    return next(row["id_number"] for row in read_rows(DATA / "history" / "people.csv") if row["name"] == name)
