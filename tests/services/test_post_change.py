"""Terms and hand-overs of posts: who may leave how, what the list knows, who signs it, what happens when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.pdf.reading import words_of
from tests.services.conftest import CHEAP, PASSPHRASE, Staff, simple_draft, simple_paper, sql_for
from villagebooks.core.account import new_account
from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER
from villagebooks.core.person import Officer
from villagebooks.core.post import DONE, OPEN, PostChange
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import guard
from villagebooks.seal.key import valid_signers
from villagebooks.services.account import add_account
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.disclosure import sheet_notes
from villagebooks.services.key import issue_key, key_boxes, load_directory
from villagebooks.services.office import appoint, officers
from villagebooks.services.paper import (
    attach_image,
    issue_receipt_book,
    list_receipt_books,
    save_paper,
    void_receipt,
)
from villagebooks.services.post import (
    attest_change,
    begin_change,
    change_signatures,
    correct_name,
    drop_change,
    end_term,
    finish_change,
    follow_post_keys,
    list_changes,
    reappoint,
    record_change,
    rename_officer,
    sign_change,
)
from villagebooks.services.post.printing import print_change
from villagebooks.services.voucher import list_vouchers, save_voucher

TODAY = date(2026, 9, 2)
Post = Callable[[Draft], Voucher]


def term_of(office: Office, name: str, duty: str = "") -> Officer:
    found = [one for one in officers(office) if one.name == name and duty in one.duty]
    return found[-1]


def counted(change: PostChange, missing_fen: int = 0, settled_on: str = "113") -> PostChange:
    """The list with names, counted: the first money lacks something."""
    first = change.hand.items[0]
    short = replace(first, found_fen=first.book_fen - missing_fen, settled_on=settled_on if missing_fen else "")
    items = (short, *change.hand.items[1:])
    return replace(change, hand=replace(change.hand, receiver="覃晓燕", watcher="邹启明", items=items))


@pytest.fixture
def reporter(desk: Desk, staff: Staff, sign_and_post: Post) -> Officer:
    """A reporter with 1,000 yuan of cash, a receipt book and a paper under way."""
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    lines = simple_draft().lines
    up = (replace(lines[0], account="101", debit_fen=100_000), replace(lines[1], account="10201", credit_fen=100_000))
    sign_and_post(Draft(TODAY, up, attachment_count=1))
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    void_receipt(desk, Receipt("B-1", "0012351", "void", day="2026-09-01"))
    save_paper(desk, simple_paper(TODAY))
    return term_of(desk.office, "向丽蓉")


def scan(desk: Desk) -> str:
    from tests.services.whole_office import png

    return attach_image(desk, png(7)).sha256


def test_the_list_knows_what_the_books_know(desk: Desk, reporter: Officer) -> None:
    items = begin_change(desk.office, reporter.uid, TODAY).hand.items
    told = {(one.kind, one.number): one for one in items}
    cash = told[("cash", "101")]
    assert (cash.book_fen, cash.found_fen) == (100_000, 100_000)
    assert told[("receipts", "0012352—0012400")].count == 49
    assert told[("receipts", "")].count == 1
    assert told[("papers", "2026 年第 1 号")].found_fen == simple_paper().amount_fen
    assert {"seals", "registers", "other"} <= {one.kind for one in items}
    assert "bank" not in {one.kind for one in items}


def test_a_reporter_hands_over_signed_by_key_and_ink_and_the_shortage_becomes_a_voucher(
    desk: Desk, staff: Staff, reporter: Officer, tmp_path: Path
) -> None:
    office = desk.office
    one = record_change(office, counted(begin_change(office, reporter.uid, TODAY), 390))
    assert list_changes(office) == [one]
    paper = print_change(office, one.uid, tmp_path / "list.pdf")
    told = "".join(words_of(paper).split())
    for words in ("岗位移交清单", "第一联移交人", "第三联监交人（存档）", "其中短少", "3.90", "0012352—0012400",
                  "监交人：邹启明"):  # fmt: skip
        assert words in told, words
    with pytest.raises(Refused, match="移交人还没有签字\n接收人还没有签字\n监交人还没有签字"):
        finish_change(office, one.uid)
    attest_change(office, one.uid, ["giver", "receiver"], staff.agent, scan(desk))
    with pytest.raises(Refused, match="监交人是邹启明，要由本人用钥匙签"):
        sign_change(office, one.uid, "watcher", staff.other)
    with pytest.raises(Refused, match="监交人还没有签字"):
        finish_change(office, one.uid)
    sign_change(office, one.uid, "watcher", staff.director)
    with pytest.raises(Refused, match="监交人已经签过"):
        sign_change(office, one.uid, "watcher", staff.director)
    done, drafts = finish_change(office, one.uid)
    assert (done.state, len(drafts)) == (DONE, 1)
    old, new = term_of(office, "向丽蓉"), term_of(office, "覃晓燕")
    assert (old.until, old.reason) == ("2026-09-02", "岗位移交给覃晓燕")
    assert (new.duty, new.village, new.since, new.former) == ("报账员", "V01", "2026-09-02", old.uid)
    modes = [(approval.step, approval.mode, approval.signer) for approval in change_signatures(office, one.uid)]
    assert modes == [("giver", "paper", "冯素芳"), ("receiver", "paper", "冯素芳"), ("watcher", "key", "邹启明")]
    assert [one.issued_to for one in list_receipt_books(desk)] == ["覃晓燕"]
    assert sheet_notes(desk).reporter == "覃晓燕"
    head = list_vouchers(desk)[-1]
    assert (head.total_fen, head.state) == (390, "draft")
    assert "已办结" in words_of(print_change(office, one.uid, tmp_path / "done.pdf"))
    assert [found for found in check_books(office, deep=True) if found.severity == "error"] == []


def test_who_may_not_sign_or_attest_is_refused(desk: Desk, staff: Staff, reporter: Officer) -> None:
    office = desk.office
    one = record_change(office, counted(begin_change(office, reporter.uid, TODAY)))
    image = scan(desk)
    for act, sentence in (
        (lambda: attest_change(office, one.uid, ["giver"], staff.cashier, image), "没有登记签字的职责"),
        (lambda: attest_change(office, one.uid, ["giver"], staff.agent, "0" * 64), "请先放入"),
        (lambda: attest_change(office, one.uid, ["nobody"], staff.agent, image), "没有这个签字步骤"),
        (lambda: record_change(office, one), "已经有一份没办完"),
    ):
        with pytest.raises(Refused, match=sentence):
            act()
    drop_change(office, one.uid)
    with pytest.raises(Refused, match="已经办完或放弃"):
        sign_change(office, one.uid, "watcher", staff.director)
    again = record_change(office, counted(begin_change(office, reporter.uid, TODAY)))
    attest_change(office, again.uid, ["giver"], staff.agent, image, by="向其昌")
    assert change_signatures(office, again.uid)[0].name == "向其昌"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda one: replace(one, hand=replace(one.hand, receiver="向丽蓉")), "不能是同一个人"),
        (lambda one: replace(one, hand=replace(one.hand, watcher="")), "请写监交人"),
        (lambda one: replace(one, hand=replace(one.hand, receiver="冯素芳")), "冯素芳是 V01 的报账员，手里有现金"),
        (lambda one: replace(one, hand=replace(one.hand, day=date(2026, 9, 9))), "还没有到"),
        (lambda one: counted(one, 500, ""), "要么改正余额，要么记 113 移交人或 181"),
        (lambda one: replace(one, hand=replace(one.hand, items=())), "移交清单是空的"),
    ],
)
def test_a_list_that_does_not_hold_is_refused(
    desk: Desk, reporter: Officer, spoil: Callable[[PostChange], PostChange], sentence: str
) -> None:
    one = spoil(counted(begin_change(desk.office, reporter.uid, TODAY)))
    with pytest.raises(Refused, match=sentence):
        record_change(desk.office, one)
    assert list_changes(desk.office) == []


def test_a_forged_signature_keeps_the_post_where_it_is(desk: Desk, staff: Staff, reporter: Officer) -> None:
    office = desk.office
    one = record_change(office, counted(begin_change(office, reporter.uid, TODAY)))
    attest_change(office, one.uid, ["giver", "receiver", "watcher"], staff.agent, scan(desk))
    with office.books.write() as connection:
        guard.drop_guards(connection)
        connection.exec_driver_sql(sql_for(office, "UPDATE approval SET name = '李四' WHERE step = 'receiver'"))
        guard.make_guards(connection)
    with pytest.raises(Refused, match="接收人应是覃晓燕，签字的是李四"):
        finish_change(office, one.uid)
    with office.books.write() as connection:
        guard.drop_guards(connection)
        connection.exec_driver_sql(sql_for(office, "UPDATE approval SET name = '覃晓燕' WHERE step = 'receiver'"))
        connection.exec_driver_sql(sql_for(office, "UPDATE post_item SET found_fen = 1 WHERE kind = 'cash'"))
        guard.make_guards(connection)
    with pytest.raises(Refused, match="不是签在这张单子上的"):
        finish_change(office, one.uid)
    assert term_of(office, "向丽蓉").until == ""
    found = [finding.table for finding in check_books(office, deep=True) if finding.severity == "error"]
    assert "post_change" in found


def test_a_list_is_never_changed_or_taken_out(desk: Desk, reporter: Officer) -> None:
    record_change(desk.office, counted(begin_change(desk.office, reporter.uid, TODAY)))
    for sql in (
        "UPDATE post_change SET giver = '张三'",
        "DELETE FROM post_change",
        "UPDATE post_item SET found_fen = 0",
        "DELETE FROM post_item",
        "INSERT INTO post_item (post_change, position, kind) SELECT uid, 99, 'seals' FROM post_change",
        "DELETE FROM officer",
    ):
        with pytest.raises(IntegrityError), desk.books.write() as connection:
            connection.execute(text(sql))


def test_the_cashier_hands_over_and_the_directory_follows_in_the_same_act(desk: Desk, staff: Staff) -> None:
    office = desk.office
    add_account(desk, new_account("10202", "专户"))
    term = term_of(office, "龙小梅")
    list_ = begin_change(office, term.uid, TODAY)
    assert {one.kind for one in list_.hand.items} >= {"bank", "cash", "seals"}
    hand = replace(list_.hand, receiver="谷丹", watcher="邹启明")
    one = record_change(office, replace(list_, hand=hand))
    sign_change(office, one.uid, "giver", staff.cashier)
    attest_change(office, one.uid, ["receiver"], staff.agent, scan(desk))
    sign_change(office, one.uid, "watcher", staff.director)
    with pytest.raises(Refused, match="请由掌管总钥匙的人输总钥匙口令"):
        finish_change(office, one.uid)
    assert list_changes(office)[-1].state == OPEN
    finish_change(office, one.uid, staff.root)
    assert key_boxes(office)["龙小梅"] is False
    fresh = issue_key(office, staff.root, "谷丹", PASSPHRASE, cost=CHEAP)
    with office.books.read() as connection:
        assert valid_signers(load_directory(connection), CASHIER) == {fresh.keys.name: fresh.keys.signing.public}
    assert [found for found in check_books(office, deep=True) if found.severity == "error"] == []


def test_duties_that_the_law_keeps_apart_are_refused_with_a_sentence(office: Office, staff: Staff) -> None:
    appoint(office, "向丽蓉", "报账员", "2024-01-10", "V01")
    for name, duty, sentence in (
        ("龙小梅", AGENT, "龙小梅同时是总出纳和代理会计"),
        ("龙小梅", ARCHIVIST, "龙小梅同时是总出纳和档案员"),
        ("邹启明", CASHIER, "出纳不能兼任稽核"),
        ("向丽蓉", AGENT, "手里有现金，不能做凭证"),
        ("冯素芳", AGENT, "冯素芳已经是代理会计"),
    ):
        with pytest.raises(Refused, match=sentence):
            appoint(office, name, duty, "2026-09-01")


def test_a_mistyped_name_is_corrected_until_it_was_used_and_renamed_with_a_date_afterwards(
    desk: Desk, staff: Staff
) -> None:
    office = desk.office
    slip = appoint(office, "谷舟", ARCHIVIST, "2026-01-01")
    assert correct_name(office, slip.uid, "谷丹").name == "谷丹"
    with pytest.raises(Refused, match="已经有人叫冯素芳"):
        correct_name(office, slip.uid, "冯素芳")
    agent = term_of(office, "冯素芳")
    with pytest.raises(Refused, match="已经在签过、办过的单据里用过"):
        correct_name(office, agent.uid, "冯素芬")
    with pytest.raises(Refused, match="总钥匙口令"):
        rename_officer(office, agent.uid, "冯素芬", "2026-09-01", "户口本更名")
    new = rename_officer(office, agent.uid, "冯素芬", "2026-09-01", "户口本更名", staff.root)
    assert (new.since, new.former, term_of(office, "冯素芳").until) == ("2026-09-01", agent.uid, "2026-08-31")
    assert key_boxes(office)["冯素芳"] is False
    village = appoint(office, "向丽容", "报账员", "2024-01-10", "V01")
    assert correct_name(office, village.uid, "向丽蓉").name == "向丽蓉"
    save_paper(desk, simple_paper())
    with pytest.raises(Refused, match="从哪天起、凭什么"):
        correct_name(office, village.uid, "向丽容")


def test_a_term_ends_with_a_reason_and_begins_again(desk: Desk, staff: Staff) -> None:
    office = desk.office
    head = appoint(office, "田维国", "主任", "2024-01-10", "V01")
    for day, reason in (("2026-09-30", "换届"), ("2023-01-01", "换届"), ("2026-02-30", "换届"), ("2026-08-31", " ")):
        with pytest.raises(Refused):
            end_term(office, head.uid, day, reason)
    assert end_term(office, head.uid, "2026-08-31", "换届").until == "2026-08-31"
    with pytest.raises(Refused, match="已在 2026-08-31 离任"):
        end_term(office, head.uid, "2026-08-31", "换届")
    with pytest.raises(Refused, match="再任要在这以后"):
        reappoint(office, head.uid, "2026-08-31")
    assert reappoint(office, head.uid, "2026-09-01").former == head.uid
    with pytest.raises(IntegrityError, match="已经离任"), office.books.write() as connection:
        connection.execute(text("UPDATE officer SET until = '' WHERE uid = :uid"), {"uid": head.uid})
    save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="请办“岗位移交”"):
        end_term(office, term_of(office, "冯素芳").uid, "2026-09-01", "辞职", staff.root)


def test_the_directory_follows_a_second_post_with_the_same_key(office: Office, staff: Staff) -> None:
    appoint(office, "谭永川", ARCHIVIST, "2026-09-01")
    follow_post_keys(office, staff.root, "谭永川")
    with office.books.read() as connection:
        directory = load_directory(connection)
    assert set(valid_signers(directory, ARCHIVIST).values()) == {staff.other.keys.signing.public}
    version = directory.version
    follow_post_keys(office, staff.root, "谭永川")
    with office.books.read() as connection:
        assert load_directory(connection).version == version


def test_who_receives_or_watches_does_not_sign_for_the_one_who_left_as_well(
    desk: Desk, staff: Staff, reporter: Officer
) -> None:
    one = record_change(desk.office, counted(begin_change(desk.office, reporter.uid, TODAY)))
    image = scan(desk)
    for name in ("覃晓燕", "邹启明"):
        with pytest.raises(Refused, match=f"{name}是接收人或监交人，不能再代移交人签字"):
            attest_change(desk.office, one.uid, ["giver"], staff.agent, image, by=name)
    with pytest.raises(Refused, match="不能有空格"):
        attest_change(desk.office, one.uid, ["giver"], staff.agent, image, by="向 其昌")
    assert attest_change(desk.office, one.uid, ["giver"], staff.agent, image, by="向其昌").state == OPEN
