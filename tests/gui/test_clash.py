"""What somebody else saved of a paper or a draft is never written over unasked, and what is typed meanwhile stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import OTHER_AGENT, SEPTEMBER, Driver
from tests.gui.test_paper_recovery import come_back, written
from villagebooks.core.change import STALE
from villagebooks.core.paper import Body, Paper
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.gui.clash import MOST, TwoStates
from villagebooks.gui.paper.form import PaperForm
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_papers, save_paper
from villagebooks.services.voucher import read_voucher, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
REFUSED = (Problem("在您打开以后又改过", field=STALE),)
"""What the panel is told of when saving was refused; its question comes once the other state is read."""
COMMITTEE = Body("监委会", ("谭德胜", "田茂林"), 2, 2, 3, True)


@pytest.fixture
def other(desk: Desk) -> Desk:
    return Desk(desk.books, OTHER_AGENT, desk.book, desk.period)


def opened(driver: Driver, paper: Paper) -> PaperForm:
    page = come_back(driver)
    page.open(paper)
    driver.settle()
    return page.form


def listed(panel: TwoStates) -> dict[str, tuple[str, ...]]:
    words = [one.text() for one in panel.rows.findChildren(QLabel)][3:]
    return {words[place]: tuple(words[place + 1 : place + 3]) for place in range(0, len(words), 3)}


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"size": 5}, "应到人数"), ({"stamp": False}, "盖章"), ({"present": 3}, "到会人数"),
        ({"agreed": 1}, "同意人数"), ({"people": ("谭德胜",)}, "签字的人"),
    ],
)  # fmt: skip
def test_a_consent_that_somebody_else_changed_is_asked_about(
    driver: Driver, desk: Desk, other: Desk, changed: dict[str, object], where: str
) -> None:
    paper = save_paper(desk, replace(written(desk), bodies=(COMMITTEE,)))
    form = opened(driver, paper)
    theirs = save_paper(other, replace(paper, bodies=(replace(COMMITTEE, **changed),)))  # type: ignore[arg-type]  # walked
    form.facts.put({"payee": "王"})
    form.save()
    driver.settle()
    assert form.clash.isVisible()
    assert set(listed(form.clash)) == {f"监委会：{where}", "收款人（交款人）"}
    form.save()
    driver.settle()
    assert list_papers(desk) == [theirs]
    form.clash.theirs.click()
    assert form.paper() == theirs


def test_a_picture_that_somebody_else_took_the_mark_off_is_not_shown_to_villagers_unasked(
    driver: Driver, desk: Desk, other: Desk, tmp_path: Path
) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x8080C0)
    assert image.save(str(tmp_path / "invoice.png"))
    form = opened(driver, written(desk))
    form.take_files([tmp_path / "invoice.png"])
    driver.settle()
    form.documents.rows[0].checked.click()
    form.save()
    driver.settle()
    (paper,) = list_papers(desk)
    (document,) = paper.documents
    assert [one.checked for one in document.images] == [True]
    form = opened(driver, paper)
    bare = replace(document, images=tuple(replace(one, checked=False) for one in document.images))
    theirs = save_paper(other, replace(paper, documents=(bare,)))
    form.facts.put({"payee": "王"})
    form.save()
    driver.settle()
    told = listed(form.clash)
    assert list(told) == ["第 1 件：图片 1", "收款人（交款人）"]
    assert [text[:4] for text in told["第 1 件：图片 1"]] == ["没有脱敏", "已脱敏，"]
    form.save()
    driver.settle()
    assert list_papers(desk) == [theirs]


def test_where_both_states_read_the_same_it_is_asked_all_the_same(driver: Driver, desk: Desk, other: Desk) -> None:
    paper = written(desk)
    form = opened(driver, paper)
    form.facts.put({"words": "桌子两张"})
    theirs = save_paper(other, replace(paper, words="桌子两张"))
    form.save()
    driver.settle()
    assert form.clash.sentence.text().startswith("报账单 1 在您打开以后又改过（谭永川，")
    assert "两份读起来一样" in form.clash.sentence.text()
    assert listed(form.clash) == {}
    form.save()
    driver.settle()
    assert list_papers(desk) == [theirs]
    form.clash.mine.click()
    form.save()
    driver.settle()
    assert list_papers(desk) == [theirs]  # what reads the same is not written once more


def test_of_many_differences_each_is_named_and_long_words_are_shown_where_they_part(
    driver: Driver, desk: Desk, other: Desk
) -> None:
    paper = save_paper(desk, replace(written(desk), words="村部办公桌椅" * 8 + "一张"))
    form = opened(driver, paper)
    (document,) = paper.documents
    theirs = replace(
        paper, words="村部办公桌椅" * 8 + "两张", payee="王", basis="会", group="办公", handler="田维国",
        witness="向其昌", approvers=("何立秋",), amount_fen=100, documents=(replace(document, number="0001", count=2),),
    )  # fmt: skip
    save_paper(other, theirs)
    form.facts.put({"payee": "李"})
    form.save()
    driver.settle()
    texts = [one.text() for one in form.clash.rows.findChildren(QLabel)]
    assert texts[3:6] == ["用途（张榜用的话）", "…村部办公桌椅两张", "…村部办公桌椅一张"]
    assert len(texts) == 3 * (MOST + 1) + 1
    assert texts[-1] == "还有 2 处：第 1 件：单据号码、第 1 件：单据张数"


def test_what_is_typed_while_the_other_paper_is_being_read_stays(driver: Driver, desk: Desk, other: Desk) -> None:
    paper = written(desk)
    form = opened(driver, paper)
    form.facts.put({"words": "桌子三张"})
    save_paper(other, replace(paper, words="桌子两张"))
    form.clash.meet(REFUSED, form.keeper.unsaved)
    form.facts.put({"words": "桌子四张"})
    driver.settle()
    assert listed(form.clash) == {"用途（张榜用的话）": ("桌子两张", "桌子四张")}
    form.facts.put({"words": "桌子五张"})
    form.clash.theirs.click()
    assert form.text().words == "桌子两张"
    form.clash.back.click()
    assert form.text().words == "桌子五张"


def test_another_paper_that_is_opened_while_the_other_state_is_being_read_stays_in_hand(
    driver: Driver, desk: Desk, other: Desk
) -> None:
    paper, second = written(desk), written(desk)
    form = opened(driver, paper)
    form.facts.put({"words": "桌子三张"})
    save_paper(other, replace(paper, words="桌子两张"))
    form.clash.meet(REFUSED, form.keeper.unsaved)
    driver.desktop.papers.open(second)
    form.facts.put({"payee": "王"})
    driver.settle()
    assert form.clash.isHidden()
    assert (form.paper().uid, form.paper().words, form.paper().payee) == (second.uid, second.words, "王")
    form.may_leave()
    form.may_leave()
    driver.desktop.papers._show_list()


def test_a_paper_that_was_left_is_not_taken_back_by_a_late_answer(driver: Driver, desk: Desk, other: Desk) -> None:
    paper = written(desk)
    form = opened(driver, paper)
    form.facts.put({"words": "桌子三张"})
    save_paper(other, replace(paper, words="桌子两张"))
    form.clash.meet(REFUSED, form.keeper.unsaved)
    form.may_leave()
    form.may_leave()
    form.left.emit()
    driver.settle()
    assert not form.is_changed()
    assert form.clash.isHidden()
    form.clash.meet(REFUSED, form.keeper.unsaved)  # the refusal itself may come late too
    driver.settle()
    assert not form.is_changed()


def test_two_saves_at_once_ask_one_question_which_a_late_answer_does_not_take_away(
    driver: Driver, desk: Desk, other: Desk
) -> None:
    paper = written(desk)
    form = opened(driver, paper)
    form.facts.put({"words": "桌子三张"})
    theirs = save_paper(other, replace(paper, words="桌子两张"))
    form.save()
    form.save()
    driver.settle()
    form.clash.meet(REFUSED, form.keeper.unsaved)
    driver.settle()
    assert form.clash.isVisible()
    form.save()
    driver.settle()
    assert list_papers(desk) == [theirs]


def test_what_is_typed_while_the_other_draft_is_being_read_stays_and_so_does_another_voucher(
    driver: Driver, desk: Desk, other: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    first, second = make_voucher(100), make_voucher(200)
    page = driver.desktop.vouchers
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()
    driver.desktop.window.go(page)
    driver.settle()
    page.open(first.uid)
    driver.settle()
    editor = page.editor
    editor.form.rows[0].summary.setText("买墨盒")
    draft = Draft(first.day, first.lines, first.word, attachment_count=9, uid=first.uid)
    theirs = save_voucher(other, draft, first.rev)
    editor.clash.meet(REFUSED, editor.keeper.unsaved)
    editor.form.rows[0].summary.setText("买墨盒两个")
    driver.settle()
    assert editor.clash.isVisible()
    assert editor.form.draft().lines[0].summary == "买墨盒两个"
    editor.clash.mine.click()
    editor.clash.meet(REFUSED, editor.keeper.unsaved)
    page.open(second.uid)
    page.open(second.uid)
    driver.settle()
    assert editor.clash.isHidden()
    assert editor.uid == second.uid
    assert read_voucher(desk, first.uid) == theirs


def test_a_draft_saved_by_somebody_else_that_reads_the_same_is_asked_about(
    driver: Driver, desk: Desk, other: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher(100)
    page = driver.desktop.vouchers
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()
    driver.desktop.window.go(page)
    driver.settle()
    page.open(voucher.uid)
    driver.settle()
    editor = page.editor
    editor.form.rows[0].summary.setText("买墨盒")
    lines = (replace(voucher.lines[0], summary="买墨盒"), *voucher.lines[1:])
    draft = Draft(voucher.day, lines, voucher.word, attachment_count=voucher.attachment_count, uid=voucher.uid)
    theirs = save_voucher(other, draft, voucher.rev)
    editor.save()
    driver.settle()
    assert "两份读起来一样" in editor.clash.sentence.text()
    editor.save()
    driver.settle()
    assert read_voucher(desk, voucher.uid) == theirs


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x8080C0)
    assert image.save(str(tmp_path / "photo.png"))
    return tmp_path / "photo.png"


def pictures(form: PaperForm) -> list[int]:
    return [len(row.images) for row in form.documents.rows]


@pytest.mark.parametrize("way", ["theirs", "apart", "mine"])
def test_a_picture_that_is_being_stored_while_it_is_asked_hangs_on_what_was_typed(
    driver: Driver, desk: Desk, other: Desk, photo: Path, way: str
) -> None:
    form = opened(driver, written(desk))
    save_paper(other, replace(list_papers(desk)[0], words="桌子三张"))
    form.facts.put({"payee": "王"})
    form.save()
    driver.settle()
    assert form.clash.isVisible()
    go = threading.Event()
    driver.desktop.seat.worker.write(go.wait, lambda _done: None)
    form.take_files([photo])
    getattr(form.clash, way).click()
    form.save()
    assert "图片还没有存完" in form.strip.text()
    go.set()
    driver.settle()
    if way == "theirs":
        assert pictures(form) == [0]
        form.clash.back.click()
    assert pictures(form) == [1]
    form.save()
    driver.settle()
    assert [len(one.documents[0].images) for one in list_papers(desk)] == ([0, 1] if way == "apart" else [1])


def test_a_picture_that_was_taken_while_saving_was_refused_hangs_on_what_was_typed(
    driver: Driver, desk: Desk, other: Desk, photo: Path
) -> None:
    form = opened(driver, written(desk))
    save_paper(other, replace(list_papers(desk)[0], words="桌子三张"))
    form.facts.put({"payee": "王"})
    form.save()
    form.take_files([photo])
    driver.settle()
    assert form.clash.isVisible()
    assert pictures(form) == [1]
