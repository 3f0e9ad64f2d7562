"""The township that the walk of the window goes through: the demonstration, and an October with everything in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.inbox_township import bill
from tests.services import test_merger, village_2004
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.agreement import Agreement
from villagebooks.core.approval import DIRECTOR
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.relative import Relative
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.core.whistle import VILLAGE, Whistle
from villagebooks.db.books import open_books
from villagebooks.services.agreement import sign_agreement
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.closing import close_month
from villagebooks.services.demo import PASSPHRASE
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.key import unlock
from villagebooks.services.merger import begin_merger
from villagebooks.services.migration import begin_migration
from villagebooks.services.office import new_book, officers, open_book
from villagebooks.services.paper import attach_image, save_paper
from villagebooks.services.post import begin_change, record_change
from villagebooks.services.relative import register_relative
from villagebooks.services.template import keep_template
from villagebooks.services.voucher import list_vouchers, save_voucher
from villagebooks.services.whistle import blow_whistle

AGENT, OTHER, CASHIER, HEAD = "冯素芳", "谭永川", "龙小梅", "邹启明"
OCTOBER = Month(2026, 10)


class Clock:
    """12 October 2026, a second later with every look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def leave_drafts(books: Path) -> None:
    """In the books of the demonstration, three vouchers that wait for their preparer."""
    office = open_at(books)
    for book, words, debit, amount in (
        ("V01", "村办公室10月宽带费", "5130102", 19_900), ("V01", "买打印纸两箱", "5130102", 36_000),
        ("V02", "村委会10月电费", "5130102", 28_640),
    ):  # fmt: skip
        draft(open_desk(office, book, OCTOBER), words, debit, amount)
    office.books.close()


def open_at(books: Path) -> Office:
    """The books on 12 October, by the agent."""
    return Office(open_books(books, Clock()), AGENT)


def copy_demo(books: Path, folder: Path) -> Path:
    """The demonstration's folder once more, so that it may be changed."""
    shutil.copytree(books.parent, folder)
    return folder / books.name


def draft(desk: Desk, words: str, debit: str, amount: int) -> Voucher:
    """A voucher that waits for its preparer."""
    lines = (Line(words, debit, amount), Line(words, "101", 0, amount))
    return save_voucher(desk, Draft(date(2026, 10, 8), lines, attachment_count=1))


def fill_scene(books: Path) -> None:
    """Something of everything: papers and vouchers in every state, whistles, hand-overs, books to be moved."""
    office = open_at(books)
    staff = unlock_staff(office)
    desk = open_desk(office, "V01", OCTOBER)
    write_papers(desk, staff)
    sign_vouchers(desk, staff)
    keep_registers(desk)
    move_books(office, staff)
    office.books.close()


def unlock_staff(office: Office) -> Staff:
    """Everybody's keys; the root stays in its envelope."""
    keys = {name: unlock(office.books, name, PASSPHRASE) for name in (HEAD, AGENT, OTHER, CASHIER)}
    return Staff(None, *keys.values())  # type: ignore[arg-type]  # nothing here is certified


def write_papers(desk: Desk, staff: Staff) -> None:
    """A paper that is written, one that is signed, one accepted, and a whistle about the first."""
    image = attach_image(desk, bill("invoice"))
    for number in range(3):
        invoice = Document("数电票", f"2699000000000009{number:04d}", "2026-10-06", 74_260, 1, (image,))
        paper = save_paper(
            desk, replace(simple_paper(date(2026, 10, 8)), documents=(invoice, Document("购物清单", images=(image,))))
        )
        if number:
            attest_paper(desk, paper.uid, staff.agent, image.sha256)
        if number > 1:
            accept_paper(desk, paper.uid)
    call = Whistle(
        "", "V01", f"paper:{paper.uid}", "请到村里看渠道", VILLAGE, "向丽蓉", DIRECTOR, "", 3, date(2026, 10, 12)
    )
    blow_whistle(desk.office, call)


def sign_vouchers(desk: Desk, staff: Staff) -> None:
    """One that waits for the second, one that is signed by all and about to be voided; a template."""
    submitted, approved = (draft(desk, words, "5130102", 8_800) for words in ("买墨盒", "买拖把"))
    approve_voucher(desk, submitted.uid, staff.agent)
    for person in (staff.agent, staff.other, staff.cashier, staff.director):
        approve_voucher(desk, approved.uid, person)
    cancel_voucher(desk, approved.uid, staff.director, "发票是假的")
    keep_template(desk, submitted.uid, "买办公用品")


def keep_registers(desk: Desk) -> None:
    """An agreement, a near relative, a hand-over of which the list is there."""
    sign_agreement(
        desk.office,
        Agreement("", "V01", "2026-1", date(2025, 12, 20), date(2026, 1, 1), None, "村民代表会议",
                  "田维国", "邹启明", "中心保管"),
    )  # fmt: skip
    register_relative(desk.office, Relative("", "", OTHER, "谭小军", "子女", False, "2026-01-01"))
    term = next(one for one in officers(desk.office) if one.duty == "报账员" and one.village == "V01")
    begun = begin_change(desk.office, term.uid, date(2026, 10, 12))
    record_change(desk.office, replace(begun, hand=replace(begun.hand, receiver="覃晓燕", watcher=HEAD, remark="无")))


def move_books(office: Office, staff: Staff) -> None:
    """A book of 2004 on its way to 2023, a village on its way into another, and a book that is still empty."""
    import_history(office, village_2004.CASE)
    old = open_desk(office, "V07", village_2004.DECEMBER)
    close_month(old, staff.agent)
    begin_migration(old, "V07-2023", "黄泥坳村")
    made = test_merger.make_merging(office, staff)
    begin_merger(made.desk("C01"), "N01", test_merger.DAY, test_merger.BASIS)
    book = new_book("E01", "E01", "野茶沟村", "代行", "2023", OCTOBER)
    open_book(office, Village("E01", "野茶沟村"), book, test_merger.accounts())
    assert len(list_books(office)) == 11
    assert list_vouchers(open_desk(office, "V01", OCTOBER))
