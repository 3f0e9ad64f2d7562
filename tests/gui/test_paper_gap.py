"""What the window tells of amounts that do not fit: a voucher and its paper, a paper and its bills, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.gui.conftest import AGENT_NAME, Driver
from tests.services.conftest import Staff, sign_all, simple_paper
from villagebooks.core.voucher import Voucher
from villagebooks.gui.paper.page import PaperPage
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import draft_voucher, list_papers, save_paper
from villagebooks.services.voucher import save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize(
    ("fen", "told", "tone"),
    [
        (1_285_000, "报账单写支出 128.50 元，凭证的现金、银行支出 12,850.00 元，相差 12,721.50 元", "late"),
        (12_850, "报账单写支出 128.50 元，凭证的现金、银行支出 128.50 元", ""),
    ],
)
def test_who_approves_sees_the_amount_of_the_signed_paper_beside_what_the_voucher_pays(
    driver: Driver, desk: Desk, staff: Staff, fen: int, told: str, tone: str
) -> None:
    uid = save_paper(desk, replace(simple_paper(), amount_fen=12_850)).uid
    attest_paper(desk, uid, staff.agent, "ab" * 32)
    draft = draft_voucher(desk, [accept_paper(desk, uid).uid])
    first, last = draft.lines
    lines = (replace(first, account="51302", debit_fen=fen), replace(last, credit_fen=fen))
    save_voucher(desk, replace(draft, lines=lines))
    page = driver.desktop.inbox
    driver.desktop.window.go(page)
    driver.desktop.seat.work_as(AGENT_NAME)
    driver.settle()
    page.go_on()
    driver.settle()
    assert page.look.gap.text() == told
    assert page.look.gap.property("tone") == tone
    assert page.look.gap.isVisible()


def new_paper(driver: Driver) -> PaperPage:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    page.form.facts.put({"words": "打印纸", "amount_fen": 12_850})
    page.form.people.put({"handler": "向丽蓉", "witness": "向其昌"})
    return page


def test_an_invoice_of_another_amount_than_its_paper_is_told_on_saving_and_beside_the_list(
    driver: Driver, desk: Desk
) -> None:
    page = new_paper(driver)
    page.form.documents.rows[0].amount.setText("130.00")
    page.form.save()
    driver.settle()
    told = "单据（数电票）合计 130.00 元，报账单写 128.50 元，相差 1.50 元：请核对"
    assert len(list_papers(desk)) == 1
    assert page.strip.text().splitlines()[1:] == [told]
    assert page.detail.gap.text() == told
    page.open(list_papers(desk)[0])
    page.form.documents.rows[0].amount.setText("128.50")
    page.form.save()
    driver.settle()
    assert "相差" not in page.strip.text()
    assert not page.detail.gap.isVisible()


def test_of_several_chosen_pictures_the_good_ones_are_hung_on_and_the_bad_ones_named(
    driver: Driver, tmp_path: Path
) -> None:
    page = new_paper(driver)
    Image.new("RGB", (30, 40), "white").save(tmp_path / "ok.png")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "nopic.pdf").write_bytes(b"words")
    row = page.form.documents.rows[0]
    row.add_pictures([tmp_path / name for name in ("no.jpg", "nopic.pdf", "empty.png", "ok.png")])
    driver.settle()
    assert len(row.images) == 1
    *refused, last = page.form.strip.text().splitlines()
    assert [one.partition("：")[0] for one in refused] == ["no.jpg", "nopic.pdf", "empty.png"]
    assert last == "其余的已挂上：ok.png"


@pytest.mark.usefixtures("staff")
def test_posting_a_choice_names_the_drafts_that_were_left(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff
) -> None:
    uids = [make_voucher(amount).uid for amount in (100, 200, 300, 400)]
    for uid in uids[:2]:
        sign_all(desk, uid, staff)
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.selectAll()
    page.post_chosen()
    driver.settle()
    assert page.strip.text().splitlines() == [
        "已记账 2 张（记-1、记-2），2 张没有记账：",
        "记-3、记-4：还是草稿，没有送签",
    ]
