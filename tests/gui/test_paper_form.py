"""新报账单: the form asks for the signers of the policy in force, as the amount is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.paper import Body, Document
from villagebooks.gui.paper.form import PaperForm
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_papers, save_paper
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.ruling import look_at_paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def new_form(driver: Driver) -> PaperForm:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.form.new(date(2026, 9, 10))
    driver.settle()
    return page.form


def titles(form: PaperForm) -> list[str]:
    return [one.title for one in form.signing.steps]


def test_the_amount_decides_which_bodies_and_officers_the_form_asks_for(driver: Driver, desk: Desk) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    form = new_form(driver)
    assert titles(form) == ["监委会"]
    form.facts.put({"amount_fen": 300_000})
    assert titles(form) == ["两委会", "监委会"]
    form.signing.form("committee").put({"people": "谭德胜、田茂林"})
    form.facts.put({"amount_fen": 600_000})
    assert titles(form) == ["联席会", "监委会", "联村干部"]
    assert form.signing.form("committee").values()["people"] == "谭德胜、田茂林"
    assert "经手人 > 证明人 > 联席会 > 村主任 > 监委会 > 联村干部" in form.asked.text()
    assert "要有的单据：发票/名册" in form.asked.text()
    form.facts.put({"paid_how": "银行扣收"})
    assert titles(form) == []
    form.facts.put({"paid_how": "转账", "spending_class": "补助慰问名册"})
    assert titles(form) == ["名册公示3天", "两委会", "监委会"]


def test_what_the_form_took_can_be_attested_step_by_step(driver: Driver, desk: Desk) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    form = new_form(driver)
    form.facts.put({"words": "办公桌椅", "amount_fen": 600_000, "payee": "清岑家具店", "paid_how": "转账"})
    form.people.put({"handler": "向丽蓉", "witness": "向其昌", "approvers": "田维国"})
    form.signing.form("joint_meeting").put({"present": 12, "agreed": 12, "size": 14, "minutes": "2026-09-01"})
    form.signing.form("committee").put(
        {"people": "谭德胜、田茂林", "present": 2, "agreed": 2, "size": 3, "stamp": "有"}
    )
    form.signing.form("liaison").put({"people": "何立秋"})
    form.documents.put((Document("数电票", "26990000000000012345", "2026-09-09", 600_000),))
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    assert paper.bodies == (
        Body("联席会", (), 12, 12, 14, minutes="2026-09-01"), Body("监委会", ("谭德胜", "田茂林"), 2, 2, 3, stamp=True),
        Body("联村干部", ("何立秋",), 1, 1, 1),
    )  # fmt: skip
    driver.desktop.papers.open(paper)
    driver.settle()
    assert form.paper() == paper
    assert form.may_leave()
    theirs = save_paper(desk, replace(paper, words="办公桌椅六套"))
    form.facts.put({"words": "办公桌椅八套"})
    form.save()
    driver.settle()
    assert "报账单 1 在您打开以后又改过（冯素芳，" in form.clash.sentence.text()
    assert form.facts.values()["words"] == "办公桌椅八套"  # what was typed stays to be looked at
    assert list_papers(desk) == [theirs]
    form.save()
    assert "先选用哪一份" in form.strip.text()
    form.clash.theirs.click()
    assert form.paper() == theirs
    assert form.may_leave()
    form.clash.back.click()
    assert form.facts.values()["words"] == "办公桌椅八套"
    form.save()
    driver.settle()
    assert [one.words for one in list_papers(desk)] == ["办公桌椅八套"]


def test_more_people_who_agreed_than_came_are_red_before_the_paper_is_saved(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    form = new_form(driver)
    driver.desktop.papers._lay(1)
    block = form.signing.form("committee")
    entries = {name: block.entry(name) for name in ("present", "agreed", "size")}

    def types(**counts: str) -> list[str]:
        for name, typed in counts.items():
            entries[name].setFocus()
            entries[name].selectAll()
            keyboard.type(typed)
            keyboard.enter()
        return [name for name, entry in entries.items() if entry.property("bad") == "true"]

    assert types(present="2", agreed="9") == ["agreed"]
    assert block._told.text() == "同意 9 人，比到会的 2 人多"
    assert block._told.isVisible()
    assert types(agreed="5", size="5", present="9") == ["present"]
    assert block._told.text() == "到会 9 人，比应到的 5 人多"
    block.entry("stamp").setCurrentIndex(2)
    form.facts.put({"words": "办公桌椅", "amount_fen": 60_000, "payee": "清岑家具店", "paid_how": "转账"})
    form.people.put({"handler": "向丽蓉", "witness": "向其昌", "approvers": "田维国"})
    form.documents.put((Document("数电票", "26990000000000012345", "2026-09-09", 60_000),))
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert list_papers(desk) == []
    assert form.strip.text() == "监委会：到会 9 人，比应到的 5 人多"
    assert entries["present"].hasFocus()
    entries["present"].selectAll()
    keyboard.type("5")
    assert entries["present"].property("bad") == "false"
    assert block._told.text() == ""
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert [one.bodies[0].present for one in list_papers(desk)] == [5]


LACKS = "监委会：没有填到会人数、应到人数、盖章：照纸上写的填，纸上没有就把这一块都空着"


def test_nothing_is_attested_of_a_body_that_nobody_read_off_the_paper(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    form = new_form(driver)
    driver.desktop.papers._lay(1)
    block = form.signing.form("committee")
    names = ("people", "present", "agreed", "size", "stamp")
    assert [block.texts()[name] for name in names] == [""] * 5
    block.entry("people").setFocus()
    for _field in names:
        keyboard.enter()
    form.facts.put({"words": "办公桌椅", "amount_fen": 60_000, "payee": "清岑家具店", "paid_how": "转账"})
    form.people.put({"handler": "向丽蓉", "witness": "向其昌", "approvers": "田维国"})
    form.documents.put((Document("数电票", "26990000000000012345", "2026-09-09", 60_000),))
    block.entry("agreed").setFocus()
    keyboard.type("2")
    form.save()
    assert form.strip.text() == LACKS
    assert block.entry("present").hasFocus()
    keyboard.type("2")
    assert form.strip.text() == LACKS.replace("到会人数、", "")
    block.entry("size").setFocus()
    keyboard.type("3")
    block.entry("stamp").setFocus()
    keyboard.press(KEY.Key_Down)
    assert form.strip.text() == ""
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    assert paper.bodies == (Body("监委会", (), 2, 2, 3, stamp=True),)
    driver.desktop.papers.open(paper)
    driver.settle()
    assert [block.texts()[name] for name in names] == ["", "2", "2", "3", "有"]
    assert form.may_leave()


def test_a_paper_on_which_no_body_stands_is_saved_without_one(driver: Driver, desk: Desk) -> None:
    form = new_form(driver)
    form.facts.put({"words": "办公桌椅", "amount_fen": 60_000, "payee": "清岑家具店", "paid_how": "转账"})
    form.people.put({"handler": "向丽蓉", "witness": "向其昌", "approvers": "田维国"})
    form.documents.put((Document("数电票", "26990000000000012345", "2026-09-09", 60_000),))
    form.save()
    driver.settle()
    assert [one.bodies for one in list_papers(desk)] == [()]


def test_what_was_refused_is_forgiven_as_soon_as_it_is_put_right(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    form = new_form(driver)
    driver.desktop.papers._lay(1)
    form.facts.put({"words": "办公桌椅", "payee": "清岑家具店"})
    form.people.put({"handler": "向丽蓉", "witness": "向丽蓉"})
    form.save()
    assert form.strip.text() == "金额要大于零\n经手人和证明人是同一人"
    amount, witness = form.facts.entry("amount_fen"), form.people.entry("witness")
    assert [one.property("bad") for one in (amount, witness)] == ["true", "true"]
    amount.setFocus()
    keyboard.type("600")
    assert form.strip.text() == "经手人和证明人是同一人"
    assert [one.property("bad") for one in (amount, witness)] == ["false", "true"]
    form.people.entry("handler").setFocus()
    keyboard.type("1")  # another name is what was wrong of the witness too
    assert form.strip.text() == ""
    assert witness.property("bad") == "false"
    row = form.documents.rows[0]
    row.amount.setFocus()
    keyboard.type("12x")
    form.save()
    assert "“12x”不是金额" in form.strip.text()
    keyboard.press(KEY.Key_Backspace)
    assert form.strip.text() == ""
    assert row.amount.property("bad") == "false"


def test_an_unchanged_form_may_be_left_under_any_policy_and_shows_the_townships_classes(
    driver: Driver, desk: Desk
) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    form = new_form(driver)
    assert form.may_leave()
    assert form.people.entry("approvers").placeholderText() == "村主任"
    form.facts.put({"amount_fen": 100_000})
    assert form.people.entry("approvers").placeholderText() == "村主任、支书会签"
    assert not form.may_leave()


def test_the_payee_is_found_by_pinyin_among_the_parties_and_a_new_name_is_as_good(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    form = new_form(driver)
    driver.desktop.papers._lay(1)
    payee = form.facts.entry("payee")
    payee.setFocus()
    entry = driver.desktop.seat.entry
    words = {one.name: entry.initials[one.name].split()[0] for one in entry.parties.values()}
    name = next(name for name, initials in words.items() if initials.isascii() and initials.isalpha())
    keyboard.type(words[name])
    shown = [payee._popup.item(row).text() for row in range(payee._popup.count())]
    assert name in shown
    for _step in range(shown.index(name) + 1):
        keyboard.press(KEY.Key_Down)
    keyboard.enter()
    assert form.facts.values()["payee"] == name
    assert form.facts.entry("paid_how").hasFocus()
    payee.setFocus()
    payee.selectAll()
    keyboard.commit("新开的五金店")
    assert payee._popup.item(0).text() == "新的名字“新开的五金店”：要写往来的，保存凭证时自动登记"
    keyboard.enter()
    assert form.facts.values()["payee"] == "新开的五金店"
    assert form.facts.entry("paid_how").hasFocus()


def test_enter_goes_on_in_the_line_of_a_document_as_in_the_fields_above(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.go(driver.desktop.papers)
    driver.settle()
    keyboard.press(KEY.Key_F5)
    driver.settle()
    row = driver.desktop.papers.form.documents.rows[0]
    row.number.setFocus()
    keyboard.type("24502000000012345678")
    keyboard.enter()
    keyboard.type("2026-09-07")
    keyboard.enter()
    keyboard.type("240")
    keyboard.enter()
    keyboard.type("2")
    keyboard.enter()
    document = row.document()
    assert (document.number, document.day, document.amount_fen, document.count) == (
        "24502000000012345678", "2026-09-07", 24_000, 2,
    )  # fmt: skip
    assert row.picture.hasFocus()


def test_an_invoice_of_which_nothing_was_typed_is_asked_about_beside_the_paper(driver: Driver, desk: Desk) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    form = new_form(driver)
    form.facts.put({"words": "电费", "amount_fen": 1_200, "payee": "供电所", "paid_how": "现金"})
    form.people.put({"handler": "向丽蓉"})
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    told = "数电票没有写号码、日期、金额，也没有图片：有这张票就写上号码，没有就去掉这一件"
    assert told in look_at_paper(desk, paper.uid).hints
    assert told in driver.desktop.papers.detail.hints.text()
    form.new(date(2026, 9, 10))
    driver.settle()
    form.facts.put({"words": "电费", "amount_fen": 1_300, "payee": "供电所", "paid_how": "现金"})
    form.people.put({"handler": "向丽蓉"})
    form.documents.rows[0].amount.setText("13")
    form.save()
    driver.settle()
    assert told not in look_at_paper(desk, list_papers(desk)[-1].uid).hints
