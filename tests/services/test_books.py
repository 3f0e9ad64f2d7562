"""An office moves between a file and a server, and eight accountants work at once: nothing is lost, no number twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Picture
from sqlalchemy import text

from tests.conftest import Postgres
from tests.services.conftest import Clock, Staff, build_accounts, sign_all, simple_draft, simple_paper
from tests.services.test_check import PNG
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import guard
from villagebooks.db.books import open_books
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.books import copy_office, heads
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import new_book, open_book
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.voucher import post_voucher, save_voucher

Post = Callable[[Draft], Voucher]
WRITERS = 8
EACH, EACH_IN_ONE = 25, 8
"""Vouchers of each writer, of whom every one is saved, signed by four and posted; `make soak` has more."""


def other_home(folder: Path, office: Office, postgres: Postgres) -> Path | str:
    """A new place in the database that the office is not in."""
    if office.books.address:
        return folder / "copy.vbooks"
    return f"{postgres.new_database('copy')}?files={folder / 'copied'}"


@pytest.fixture
def worked_desk(desk: Desk, staff: Staff, sign_and_post: Post) -> Desk:
    """A desk with a booked paper, its picture, and a posted voucher."""
    image = attach_image(desk, PNG, checked=True)
    sheet = simple_paper()
    paper = save_paper(desk, replace(sheet, documents=(replace(sheet.documents[0], images=(image,)),)))
    attest_paper(desk, paper.uid, staff.agent, scan=image.sha256)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    sign_and_post(replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1])))
    return desk


def test_an_office_moves_to_the_other_database_and_back_as_it_is(
    worked_desk: Desk, staff: Staff, tmp_path: Path, postgres: Postgres
) -> None:
    office = worked_desk.office
    there = copy_office(office, other_home(tmp_path, office, postgres))
    back = copy_office(there, tmp_path / "back.vbooks")
    for copy in (there, back):
        assert heads(copy) == heads(office)
        assert check_books(copy, deep=True) == check_books(office, deep=True)
        assert trial_balance(copy, "V01", Month(2026, 1), Month(2026, 12)) == trial_balance(
            office, "V01", Month(2026, 1), Month(2026, 12)
        )
        goes_on(open_desk(Office(copy.books, "冯素芳"), "V01", Month(2026, 9)), staff)
        copy.books.close()


def goes_on(desk: Desk, staff: Staff) -> None:
    """The next voucher takes the next number and row id, and is refused nothing."""
    voucher = save_voucher(desk, simple_draft())
    assert voucher.number == 2
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    with desk.books.read() as connection:
        assert guard.missing_guards(connection) == []
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_books_with_errors_do_not_move_and_leave_nothing_at_the_target(worked_desk: Desk, tmp_path: Path) -> None:
    with worked_desk.books.write() as connection:
        connection.execute(text("UPDATE balance SET debit_fen = debit_fen + 1"))
    with pytest.raises(Refused, match="先改正再搬"):
        copy_office(worked_desk.office, tmp_path / "copy.vbooks")
    assert not (tmp_path / "copy.vbooks").exists()


def test_an_office_is_never_copied_over_another(worked_desk: Desk) -> None:
    with pytest.raises(Trouble, match="已经存在，不会覆盖"):
        copy_office(worked_desk.office, worked_desk.books.address or worked_desk.books.path)


def books_of(office: Office, count: int) -> list[str]:
    for number in range(2, count + 1):
        code = f"V{number:02d}"
        book = new_book(code, code, code, "代行", "2023", Month(2026, 1))
        open_book(office, Village(code, code), book, build_accounts())
    return [f"V{number:02d}" for number in range(1, count + 1)]


def keep_posting(place: str, code: str, staff: Staff, times: int) -> None:
    """One accountant on a PC of its own: own connections, own clock."""
    books = open_books(place if "://" in place else Path(place), Clock())
    desk = open_desk(Office(books, "冯素芳"), code, Month(2026, 9))
    for _turn in range(times):
        voucher = save_voucher(desk, simple_draft())
        sign_all(desk, voucher.uid, staff)
        post_voucher(desk, voucher.uid)
    books.close()


def all_post(office: Office, staff: Staff, codes: list[str], each: int) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        turns = [
            pool.submit(keep_posting, office.books.place, codes[n % len(codes)], staff, each) for n in range(WRITERS)
        ]
        for turn in turns:
            turn.result()
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []
    with office.books.read() as connection:
        for code in codes:
            query = "SELECT v.number FROM voucher v JOIN book b ON b.id = v.book WHERE b.code = :code ORDER BY v.number"
            numbers = list(connection.execute(text(query), {"code": code}).scalars())
            assert numbers == list(range(1, each * WRITERS // len(codes) + 1))
        posted = "SELECT COUNT(*) FROM voucher WHERE state = 'posted'"
        assert connection.execute(text(posted)).scalar() == each * WRITERS


on_server = pytest.mark.parametrize("home", ["postgresql"], indirect=True)
"""A file has one writer at a time; tests/db/test_books.py has four of them."""


@on_server
def test_eight_accountants_post_in_their_own_books(office: Office, staff: Staff) -> None:
    all_post(office, staff, books_of(office, WRITERS), EACH)


@on_server
def test_eight_accountants_post_in_one_book(office: Office, staff: Staff) -> None:
    all_post(office, staff, ["V01"], EACH_IN_ONE)


@on_server
def test_accountants_in_different_books_do_not_wait_for_each_other(office: Office) -> None:
    books_of(office, 2)
    with office.books.write("V01"), office.books.write("V02") as connection:
        connection.execute(text("SELECT 1"))
    troubled = pytest.raises(Trouble, match="正被别的电脑使用")
    with office.books.write("V01"), troubled, office.books.write() as connection:
        connection.execute(text("SELECT 1"))


@on_server
def test_the_same_picture_may_come_to_two_books_at_the_same_moment(office: Office) -> None:
    books_of(office, 2)
    desks = [open_desk(office, code, Month(2026, 9)) for code in ("V01", "V02")]
    for turn in range(10):
        picture = small_picture(turn)
        with ThreadPoolExecutor(2) as pool:
            images = list(pool.map(lambda desk: attach_image(desk, picture), desks))  # noqa: B023  (awaited here)
        assert images[0] == images[1]
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []


def small_picture(shade: int) -> bytes:
    out = io.BytesIO()
    Picture.new("L", (2, 2), shade).save(out, "PNG")
    return out.getvalue()
