"""From paper to posted voucher on real books, and what the books refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import Staff, line, reverse_voucher, sign_all, simple_draft, simple_paper, sql_for
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper, send_back_voucher
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office
from villagebooks.services.paper import draft_voucher, read_paper, save_paper
from villagebooks.services.voucher import list_vouchers, post_voucher, read_voucher, save_voucher, void_voucher

Post = Callable[[Draft], Voucher]


def test_a_paper_becomes_a_posted_voucher(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    assert draft.attachment_count == 2
    assert [one.account for one in draft.lines] == ["", "101"]
    lines = (replace(draft.lines[0], account="51302"), draft.lines[1])
    voucher = save_voucher(desk, replace(draft, lines=lines))
    sign_all(desk, voucher.uid, staff)
    posted = post_voucher(desk, voucher.uid)
    assert (posted.state, posted.number, posted.reviewed_by, posted.cashier) == ("posted", 1, "邹启明", "龙小梅")
    assert read_paper(desk, paper.uid).state == "booked"
    again = save_paper(desk, simple_paper(date(2026, 9, 20)))
    attest_paper(desk, again.uid, staff.agent, scan="cd" * 32)
    accept_paper(desk, again.uid)
    assert draft_voucher(desk, [again.uid]).lines[0].account == "51302"


def test_an_unbalanced_voucher_is_refused_with_its_difference(desk: Desk) -> None:
    draft = Draft(date(2026, 9, 3), (line("51302", 10_000), line("101", credit=9_000)))
    with pytest.raises(Refused, match=r"借贷不平，借方多 10\.00 元"):
        save_voucher(desk, draft)
    assert list_vouchers(desk) == []


def test_a_line_on_a_parent_account_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="有下级，要记到末级"):
        save_voucher(desk, Draft(date(2026, 9, 3), (line("513", 100), line("101", credit=100))))


def test_numbers_have_no_gap_and_void_ones_keep_theirs(desk: Desk) -> None:
    first, second = save_voucher(desk, simple_draft()), save_voucher(desk, simple_draft())
    void_voucher(desk, first.uid)
    third = save_voucher(desk, simple_draft())
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [head.state for head in list_vouchers(desk)] == ["void", "draft", "draft"]


def test_a_draft_moved_to_another_month_is_voided_there_and_numbered_anew(desk: Desk) -> None:
    old = save_voucher(desk, simple_draft())
    moved = save_voucher(desk, replace(simple_draft(day=date(2026, 10, 8)), uid=old.uid))
    assert (moved.uid == old.uid, str(moved.month), moved.number) == (False, "2026-10", 1)
    assert read_voucher(desk, old.uid).state == "void"


def test_nobody_signs_twice_and_nobody_without_the_duty(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    with pytest.raises(Refused, match="制单人是冯素芳"):
        approve_voucher(desk, voucher.uid, staff.other)
    approve_voucher(desk, voucher.uid, staff.agent)
    with pytest.raises(Refused, match="已经签过这张凭证"):
        approve_voucher(desk, voucher.uid, staff.agent)
    with pytest.raises(Refused, match="龙小梅没有复核的职责"):
        approve_voucher(desk, voucher.uid, staff.cashier)


def test_a_voucher_without_every_signature_is_not_posted(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    with pytest.raises(Refused, match="还缺复核签字"):
        post_voucher(desk, voucher.uid)


def test_a_voucher_sent_back_loses_its_signatures(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    back = send_back_voucher(desk, voucher.uid, staff.other, 8)
    assert (back.state, back.rev) == ("draft", 2)
    sign_all(desk, voucher.uid, staff)
    assert post_voucher(desk, voucher.uid).state == "posted"


def test_a_posted_voucher_is_reversed_once_and_only_by_a_red_one(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    posted = sign_and_post(simple_draft())
    with pytest.raises(Refused, match="已记账，只能红字冲销"):
        void_voucher(desk, posted.uid)
    red = reverse_voucher(desk, posted.uid, date(2026, 9, 24))
    assert (red.kind, red.reverses, red.lines[0].debit_fen) == ("reversal", posted.uid, -74_260)
    assert red.lines[0].summary == "注销9月10日记1号凭证"
    with pytest.raises(Refused, match="已经冲销过一次"):
        reverse_voucher(desk, posted.uid, date(2026, 9, 25))
    sign_all(desk, red.uid, staff)
    post_voucher(desk, red.uid)
    with desk.books.read() as connection:
        rows = connection.execute(text("SELECT account, SUM(debit_fen - credit_fen) FROM balance GROUP BY account"))
        assert {row[0]: row[1] for row in rows} == {"101": 0, "51302": 0}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE voucher SET day = '2026-09-11'",
        "UPDATE voucher SET state = 'void'",
        "DELETE FROM voucher",
        "UPDATE voucher_line SET debit_fen = 1 WHERE line = 1",
        "UPDATE voucher_line SET summary = '别的'",
        "DELETE FROM voucher_line",
        "INSERT INTO voucher_line (voucher, line, book, day) SELECT voucher, 9, book, day FROM voucher_line",
        "UPDATE approval SET name = '别人'",
        "DELETE FROM approval",
        "UPDATE journal SET actor = '别人'",
        "DELETE FROM journal",
        "UPDATE signed_body SET body = x'00'",
        "INSERT INTO voucher SELECT * FROM voucher WHERE 1 = 1 ON CONFLICT (id) DO UPDATE SET state = 'void'",
        "REPLACE INTO voucher SELECT * FROM voucher",
    ],
)
def test_sql_through_the_programs_connection_changes_nothing_posted(desk: Desk, sign_and_post: Post, sql: str) -> None:
    sign_and_post(simple_draft())
    if desk.books.address and sql.startswith("REPLACE"):
        sql = "TRUNCATE voucher CASCADE"
    with pytest.raises(IntegrityError, match=r"[\u4e00-\u9fff]"), desk.books.write() as connection:
        connection.exec_driver_sql(sql_for(desk.office, sql))


def test_an_earlier_year_moves_every_later_opening(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft())
    sign_and_post(simple_draft(day=date(2027, 2, 1)))
    sign_and_post(simple_draft(amount=100, day=date(2026, 12, 1)))
    with desk.books.read() as connection:
        query = "SELECT debit_fen FROM balance WHERE year = 2027 AND month = 0 AND account = '51302'"
        assert connection.execute(text(query)).scalar() == 74_360


def test_a_void_reversal_has_reversed_nothing(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    posted = sign_and_post(simple_draft())
    void_voucher(desk, reverse_voucher(desk, posted.uid, date(2026, 9, 20)).uid)
    again = reverse_voucher(desk, posted.uid, date(2026, 9, 21))
    moved = save_voucher(
        desk, Draft(date(2026, 10, 8), again.lines, "记", "reversal", reverses=posted.uid, uid=again.uid)
    )
    sign_all(desk, moved.uid, staff)
    assert (post_voucher(desk, moved.uid).state, moved.number) == ("posted", 1)
    with pytest.raises(Refused, match="已经冲销过一次"):
        reverse_voucher(desk, posted.uid, date(2026, 10, 9))


def test_a_voucher_of_another_book_is_not_saved_here_as_a_new_one(desk: Desk) -> None:
    with pytest.raises(Refused, match="这个账套里没有这张凭证"):
        save_voucher(desk, replace(simple_draft(), uid="11111111-1111-4111-8111-111111111111"))
    assert list_vouchers(desk) == []


def test_what_is_no_voucher_of_the_month_is_refused_in_words(desk: Desk, sign_and_post: Post) -> None:
    posted = sign_and_post(simple_draft())
    with pytest.raises(Refused, match="只有红字凭证才冲销另一张"):
        save_voucher(desk, replace(simple_draft(), reverses=posted.uid))
    with pytest.raises(Refused, match="期初余额由导入写入"):
        save_voucher(desk, replace(simple_draft(), kind="opening"))
    with pytest.raises(Refused, match="年份可能打错了"):
        save_voucher(desk, simple_draft(day=date(9026, 9, 10)))
    most = 2**53 - 1
    lines = (line("51302", most), line("51302", most), line("101", credit=most), line("101", credit=most))
    with pytest.raises(Refused, match="金额合计太大"):
        save_voucher(desk, Draft(date(2026, 9, 10), lines))


def test_a_summary_pasted_from_a_pdf_is_kept_as_it_can_be_signed(desk: Desk) -> None:
    lines = (line("51302", 100, summary="买樂\uf914器\r\n一套\x00"), line("101", credit=100, summary="e\u0301lan"))
    saved = save_voucher(desk, Draft(date(2026, 9, 10), lines))
    assert [one.summary for one in saved.lines] == ["买樂樂器 一套", "\u00e9lan"]


def test_a_line_that_history_brought_without_a_party_is_reversed_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text("code,name\nA,甲村\n", "utf-8")
    chart = "101,库存现金,1,,,D,1\n113,内部往来,1,,,B,1\n501,经营收入,1,,,C,1\n"
    (tmp_path / "accounts.csv").write_text("code,name,level,parent,root,side,leaf\n" + chart, "utf-8")
    rows = "A,2026-01-01,1,normal,1,收,113,100,0,\nA,2026-01-01,1,normal,2,收,501,0,100,\n"
    for number in (2, 3):
        rows += f"A,2026-01-05,{number},normal,1,收,113,100,0,张三\nA,2026-01-05,{number},normal,2,收,501,0,100,\n"
    rows += "A,2026-01-09,4,normal,1,调,101,-100,0,\nA,2026-01-09,4,normal,2,调,501,0,-100,\n"
    head = "village,date,no,kind,line,summary,account,debit,credit,party\n"
    (tmp_path / "lines.csv").write_text(head + rows, "utf-8")
    office = create_office(tmp_path / "a.vbooks", "镇")
    import_history(office, tmp_path)
    desk = open_desk(office, "A", Month(2026, 1))
    for head_of in list_vouchers(desk):
        assert reverse_voucher(desk, head_of.uid, date(2026, 2, 1)).state == "draft"
    bare = Draft(date(2026, 2, 1), (line("113", 500), line("501", credit=500)))
    with pytest.raises(Refused, match="科目 内部往来 要填往来"):
        save_voucher(desk, bare)
