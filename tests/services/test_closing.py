"""Closing: the checklist and what removes each item, months in order, two people reopen, the year locks for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import (
    CHEAP,
    PASSPHRASE,
    Staff,
    cancel_all,
    line,
    reverse_voucher,
    sign_all,
    simple_draft,
    simple_paper,
    sql_for,
)
from tests.services.test_case import CASES, imported
from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.closing import Blocker, Distribution, Share
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.voucher import CLOSING, Draft, Line, Voucher
from villagebooks.db import guard
from villagebooks.db.book import book_id
from villagebooks.db.closing import left_to_transfer
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import (
    choose_blocking,
    close_month,
    distributable_fen,
    draft_closing_transfers,
    draft_distribution,
    lock_year,
    month_checklist,
    month_states,
    period_acts,
    reopen_month,
)
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.key import Unlocked, hold_root_ceremony, issue_key
from villagebooks.services.office import appoint
from villagebooks.services.paper import issue_receipt_book, save_paper
from villagebooks.services.party import add_party
from villagebooks.services.voucher import list_vouchers, post_voucher, save_voucher, void_voucher

Post = Callable[[Draft], Voucher]
COLUMNS = "(uid, book, year, month, word, number, day, state, kind)"
ABOUT = "SELECT object_uid FROM approval WHERE about = 'period'"
FEWER = "CAST(replace(CAST(body AS TEXT), '\"vouchers\":1', '\"vouchers\":2') AS BLOB)"
REASON = "9月漏记一张电费发票，监委会10月12日查账发现"


@pytest.fixture
def funded(desk: Desk, sign_and_post: Post) -> Desk:
    """September with cash to spend, so that the checklist of the month has nothing to say."""
    sign_and_post(Draft(date(2026, 9, 1), (line("101", 10_000_000), line("301", credit=10_000_000))))
    return desk


def besides(found: list[Blocker]) -> list[Blocker]:
    """Without the bank and the cash, which no test here reconciles or counts."""
    return [one for one in found if one.rule not in ("bank", "cash")]


def rules(found: list[Blocker]) -> list[str]:
    return [one.rule for one in besides(found)]


def errors(desk: Desk) -> list[str]:
    return [f"{one.table} {one.row}" for one in check_books(desk.office, deep=True) if one.severity == "error"]


def test_a_clean_month_closes_and_takes_no_voucher_any_more(funded: Desk, staff: Staff) -> None:
    assert besides(month_checklist(funded)) == []
    assert rules(close_month(funded, staff.agent)) == []
    assert month_states(funded)[Month(2026, 9)] == "closed"
    with pytest.raises(Refused, match="2026-09 已结账"):
        save_voucher(funded, simple_draft())
    assert save_voucher(funded, simple_draft(day=date(2026, 10, 1))).number == 1
    assert errors(funded) == []
    act = period_acts(funded)[-1]
    assert (act.act, act.period, act.signers, act.vouchers) == ("close", "2026-09", ("冯素芳",), 1)


def test_a_month_with_an_unposted_voucher_is_not_closed_and_the_way_out_is_told(funded: Desk, staff: Staff) -> None:
    saved = save_voucher(funded, simple_draft())
    found = month_checklist(funded)
    assert (found[0].rule, found[0].blocks, found[0].where, found[0].ref) == (
        "unposted", True, "记-2", f"voucher:{saved.uid}"
    )  # fmt: skip
    with pytest.raises(Refused, match="记-2：还没有送签。送签、记账，或者作废"):
        close_month(funded, staff.agent)
    sign_all(funded, saved.uid, staff)
    assert "签完了字，还没有记账" in month_checklist(funded)[0].text
    cancel_all(funded, saved.uid, staff)
    assert rules(close_month(funded, staff.agent)) == []


def test_months_close_in_order_and_empty_ones_close_along(funded: Desk, staff: Staff, sign_and_post: Post) -> None:
    sign_and_post(simple_draft(day=date(2026, 11, 3)))
    november = funded.at(Month(2026, 11))
    with pytest.raises(Refused, match="2026-09 还没有结账。先结 2026-09"):
        close_month(november, staff.agent)
    close_month(funded, staff.agent)
    close_month(november, staff.agent)
    assert sorted(map(str, month_states(funded))) == [f"2026-{month:02d}" for month in range(1, 12)]
    with pytest.raises(Refused, match="2027-09 太远，月份可能选错了"):
        close_month(funded.at(Month(2027, 9)), staff.agent)
    with pytest.raises(Refused, match="2026-11 已经结过账"):
        close_month(november, staff.agent)


def test_the_cashier_does_not_close_and_empty_books_have_nothing_to_close(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="龙小梅没有结账的职责"):
        close_month(desk, staff.cashier)
    with pytest.raises(Refused, match="还没有记过账的凭证"):
        close_month(desk, staff.agent)
    with pytest.raises(Refused, match="2025-12 没有账可结"):
        month_checklist(desk.at(Month(2025, 12)))


def test_two_people_reopen_the_last_month_with_a_reason_that_is_kept(funded: Desk, staff: Staff) -> None:
    close_month(funded, staff.agent)
    close_month(funded.at(Month(2026, 10)), staff.agent)
    october = funded.at(Month(2026, 10))
    with pytest.raises(Refused, match="只能反结账最后结的一个月；后面还结了 2026-10"):
        reopen_month(funded, staff.agent, staff.director, REASON)
    with pytest.raises(Refused, match="不能都是冯素芳"):
        reopen_month(october, staff.agent, staff.agent, REASON)
    with pytest.raises(Refused, match="请写明反结账的原因"):
        reopen_month(october, staff.agent, staff.director, "  ")
    with pytest.raises(Refused, match="龙小梅没有结账的职责"):
        reopen_month(october, staff.agent, staff.cashier, REASON)
    reopen_month(october, staff.agent, staff.director, REASON)
    act = reopen_month(funded, staff.agent, staff.director, REASON)
    assert (act.act, act.signers, act.reason) == ("reopen", ("冯素芳", "邹启明"), REASON)
    assert Month(2026, 9) not in month_states(funded)
    assert list_vouchers(funded)[0].state == "posted"
    saved = save_voucher(funded, simple_draft())
    sign_all(funded, saved.uid, staff)
    post_voucher(funded, saved.uid)
    assert errors(funded) == []
    close_month(funded, staff.director)
    assert errors(funded) == []
    with pytest.raises(Refused, match="2026-11 没有结账"):
        reopen_month(funded.at(Month(2026, 11)), staff.agent, staff.director, REASON)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (f"INSERT INTO voucher {COLUMNS} VALUES ('x', 1, 2026, 9, '记', 9, '2026-09-20', 'posted', '')", "2026-09"),
        ("UPDATE voucher SET state = 'void' WHERE number = 1", "2026-09"),
        ("UPDATE period SET state = 'open' WHERE month = 9", "2026-09"),
        ("DELETE FROM period WHERE month = 9", "2026-09"),
        ("INSERT INTO period (book, year, month, state) VALUES (1, 2026, 10, 'closed')", "2026-10"),
        (f"UPDATE signed_body SET body = {FEWER} WHERE CAST(body AS TEXT) LIKE '%\"vouchers\":1%'", "2026-09"),
        (f"UPDATE signed_body SET body = x'00' WHERE object_uid IN ({ABOUT})", "2026-09"),
        ("UPDATE approval SET about = 'paper' WHERE about = 'period'", "2026-09"),
    ],
)  # fmt: skip
def test_what_is_slipped_into_a_closed_month_is_found(funded: Desk, staff: Staff, sql: str, found: str) -> None:
    close_month(funded, staff.agent)
    assert errors(funded) == []
    with funded.books.write() as connection:
        guard.drop_guards(connection)
        assert connection.exec_driver_sql(sql_for(funded.office, sql)).rowcount > 0
        guard.make_guards(connection)
    shallow = [f"{one.table} {one.row}" for one in check_books(funded.office) if one.severity == "error"]
    assert f"period {found}" in shallow
    assert f"period {found}" in errors(funded)


@pytest.mark.parametrize(
    "sql",
    [
        f"INSERT INTO voucher {COLUMNS} VALUES ('x', 1, 2026, 9, '记', 9, '2026-09-20', 'draft', 'normal')",
        f"INSERT INTO voucher {COLUMNS} VALUES ('x', 1, 2026, 0, '记', 0, '2025-12-31', 'draft', 'opening')",
        "DELETE FROM period",
    ],
)
def test_the_database_itself_keeps_a_closed_month_shut(funded: Desk, staff: Staff, sql: str) -> None:
    close_month(funded, staff.agent)
    with pytest.raises(IntegrityError, match="结账"), funded.books.write() as connection:
        connection.execute(text(sql))


def test_a_voucher_signed_before_the_closing_is_not_posted_by_sql_after_it(funded: Desk, staff: Staff) -> None:
    saved = save_voucher(funded, simple_draft())
    sign_all(funded, saved.uid, staff)
    with funded.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(text("INSERT INTO period (book, year, month, state) VALUES (1, 2026, 9, 'closed')"))
        guard.make_guards(connection)
    with pytest.raises(IntegrityError, match="已结账"), funded.books.write() as connection:
        connection.execute(text("UPDATE voucher SET state = 'posted' WHERE state = 'approved'"))
    with pytest.raises(Refused, match="2026-09 已结账"):
        post_voucher(funded, saved.uid)


def test_cash_that_is_negative_on_a_day_in_between_is_seen(funded: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft(12_000_000, date(2026, 9, 7)))
    sign_and_post(Draft(date(2026, 9, 20), (line("101", 5_000_000), line("301", credit=5_000_000))))
    found = [one for one in month_checklist(funded) if one.rule == "money"]
    assert [one.where for one in found] == ["101 库存现金"]
    assert found[0].text == "1 天结存为负，最多是 9月7日 −20,000.00 元"
    assert not found[0].blocks


def test_what_the_township_chose_to_block_blocks_and_the_law_cannot_be_chosen_away(
    funded: Desk, staff: Staff, sign_and_post: Post
) -> None:
    sign_and_post(simple_draft(12_000_000))
    choose_blocking(funded.office, {"money": "block"})
    found = {"money": True, "paid_bare": False, "wrong_side": False}
    assert {one.rule: one.blocks for one in besides(month_checklist(funded))} == found
    with pytest.raises(Refused, match="结存为负"):
        close_month(funded, staff.agent)
    choose_blocking(funded.office, {"money": "warn"})
    assert rules(close_month(funded, staff.agent)) == ["money", "paid_bare", "wrong_side"]
    assert len(period_acts(funded)[-1].warnings) == 4
    with pytest.raises(Refused, match="凭证全部记账：这一条是法规"):
        choose_blocking(funded.office, {"unposted": "warn"})
    with pytest.raises(Refused, match="没有这条结账规则"):
        choose_blocking(funded.office, {"moon": "warn"})
    with pytest.raises(Refused, match="只能选"):
        choose_blocking(funded.office, {"gap": "maybe"})


def test_accepted_papers_and_receipts_without_a_voucher_are_listed(funded: Desk, staff: Staff) -> None:
    issue_receipt_book(funded, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    used = Receipt("B-1", "0012353", "used", day="2026-09-05", amount_fen=1_440_000)
    paper: Paper = save_paper(funded, simple_paper(), [used])
    found = {one.rule: one for one in besides(month_checklist(funded))}
    assert set(found) == {"receipt_missing", "receipt_open"}
    assert found["receipt_missing"].text == "收据 0012351、0012352 去向不明"
    assert found["receipt_open"].text == "收据 0012353 收的 14,400.00 元还没有入账"
    attest_paper(funded, paper.uid, staff.agent, scan="ab" * 32)
    accept_paper(funded, paper.uid)
    assert [one.ref for one in month_checklist(funded) if one.rule == "paper_open"] == [f"paper:{paper.uid}"]


def test_a_gap_that_an_import_brought_is_told_by_its_numbers(funded: Desk) -> None:
    with funded.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(
            text("INSERT INTO voucher (uid, book, year, month, word, number, day, state) "
                 "VALUES ('x', 1, 2026, 9, '记', 4, '2026-09-20', 'void')")
        )  # fmt: skip
        guard.make_guards(connection)
    assert [one.text for one in besides(month_checklist(funded))] == ["凭证号不连续，缺记字 2、3号"]


def test_a_closing_transfer_touches_only_its_accounts(funded: Desk) -> None:
    draft = Draft(date(2026, 12, 31), (line("50101", 100), line("301", credit=100)), kind=CLOSING)
    with pytest.raises(Refused, match="第 2 行：结转凭证只能用损益、本年收益、收益分配科目"):
        save_voucher(funded, draft)


# The cases of the plan


def staffed(office: Office) -> tuple[Staff, Desk]:
    """People with keys for an imported case; the desk is on December 2024 of its one village."""
    posts = {"邹启明": DIRECTOR, "冯素芳": AGENT, "谭永川": AGENT}
    for name, duty in posts.items():
        appoint(office, name, duty, "2020-01-01")
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    first = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    rest: list[Unlocked] = [
        issue_key(office, root, name, PASSPHRASE, first.office_key, CHEAP) for name in list(posts)[1:]
    ]
    return Staff(root, first, rest[0], rest[1], rest[1]), open_desk(
        Office(office.books, "冯素芳"), "V001", Month(2024, 12)
    )


def without_year_end(folder: Path) -> tuple[Path, dict[int, list[tuple[str, int, int]]]]:
    """The case's folder without 2024-12 no. 9–14, and those vouchers as (account, debit, credit) by number."""
    taken: dict[int, list[tuple[str, int, int]]] = {}
    folder.mkdir()
    for path in (CASES / "one-village-2024").iterdir():
        if path.name != "lines.csv":
            (folder / path.name).write_bytes(path.read_bytes())
    kept = []
    for row in (CASES / "one-village-2024/lines.csv").read_text(encoding="utf-8").splitlines():
        cells = row.split(",")
        if cells[1].startswith("2024-12") and int(cells[2]) >= 9:
            taken.setdefault(int(cells[2]), []).append((cells[6], int(cells[7]), int(cells[8])))
        else:
            kept.append(row)
    (folder / "lines.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder, taken


def amounts(lines: tuple[Line, ...]) -> Counter[tuple[str, int, int]]:
    return Counter((one.account, one.debit_fen, one.credit_fen) for one in lines)


def test_the_years_end_of_one_village_comes_out_as_drafts(tmp_path: Path) -> None:
    folder, expected = without_year_end(tmp_path / "open")
    office = imported(folder, tmp_path)
    staff, desk = staffed(office)
    assert "transfer" in rules(month_checklist(desk))
    assert distributable_fen(desk, 2024) == 5_045_586 + 8_569_999 or distributable_fen(desk, 2024) > 6_084_676
    drafts = draft_closing_transfers(desk, 2024)
    wanted = Distribution(4_084_676, (Share(2_000_000),))
    drafts += draft_distribution(desk, 2024, wanted)
    saved = [save_voucher(desk, draft) for draft in drafts]
    last = draft_closing_transfers(desk, 2024)
    saved += [save_voucher(desk, draft) for draft in last]
    assert draft_closing_transfers(desk, 2024) == []
    assert [one.number for one in saved] == sorted(expected)
    assert {one.number: amounts(one.lines) for one in saved} == {
        number: Counter(lines) for number, lines in expected.items()
    }
    assert [one.kind for one in saved] == [CLOSING] * 3 + ["normal"] * 2 + [CLOSING]
    for one in saved:
        sign_year_end(desk, one.uid, staff)
    assert rules(month_checklist(desk)) == ["old_claim", "old_claim"]
    with pytest.raises(Refused, match="2024-01 还没有结账"):
        lock_year(desk, staff.director)
    close_month(desk, staff.agent)
    with pytest.raises(Refused, match="冯素芳没有结账的职责"):
        lock_year(desk, staff.agent)
    act = lock_year(desk, staff.director)
    assert (act.act, act.period, len(act.digest)) == ("lock", "2024", 64)
    with pytest.raises(Refused, match="2024-12 已随年度锁定"):
        reopen_month(desk, staff.agent, staff.director, REASON)
    with pytest.raises(IntegrityError, match="已锁定"), desk.books.write() as connection:
        connection.execute(text("UPDATE period SET state = 'open'"))
    assert errors(desk) == []
    with pytest.raises(Refused, match="2024 年没有可锁定的月份"):
        lock_year(desk, staff.director)
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(
            text("UPDATE account_balance SET debit_fen = debit_fen + 1 WHERE month = 12 AND account = '10201'")
        )
        guard.make_guards(connection)
    assert "period 2024" in errors(desk)
    office.books.close()


def sign_year_end(desk: Desk, uid: str, staff: Staff) -> None:
    from villagebooks.services.approval import approve_voucher

    for person in (staff.agent, staff.other, staff.director):
        approve_voucher(desk, uid, person)
    post_voucher(desk, uid)


def test_a_year_is_not_locked_while_its_profit_is_not_transferred(tmp_path: Path) -> None:
    folder, _expected = without_year_end(tmp_path / "open")
    office = imported(folder, tmp_path)
    staff, desk = staffed(office)
    close_month(desk, staff.agent)
    with pytest.raises(Refused, match=r"年底还有 \d+ 个损益、分配科目有余额"):
        lock_year(desk, staff.director)
    office.books.close()


def test_a_distribution_beyond_what_there_is_or_to_an_unknown_account_is_refused(tmp_path: Path) -> None:
    folder, _expected = without_year_end(tmp_path / "open")
    office = imported(folder, tmp_path)
    _staff, desk = staffed(office)
    left = distributable_fen(desk, 2024)
    with pytest.raises(Refused, match="可供分配的只有"):
        draft_distribution(desk, 2024, Distribution(left + 1))
    with pytest.raises(Refused, match="没有写要分配的金额"):
        draft_distribution(desk, 2024, Distribution())
    with pytest.raises(Refused, match="要大于零"):
        draft_distribution(desk, 2024, Distribution(100, (Share(-1),)))
    with pytest.raises(Refused, match="找不到转入的"):
        draft_distribution(desk, 2024, Distribution(100, reserve_to="999"))
    office.books.close()


def test_what_is_left_to_transfer_is_what_the_lines_of_every_voucher_say(desk: Desk, staff: Staff) -> None:
    """Ways of a voucher: a draft, signed by one, by all, posted, void; over two years, with parties."""
    chance, code = Random(20261127), add_party(desk, "白雁河新砂石厂").code
    for number in range(30):
        day = date(chance.choice((2026, 2027)), chance.randint(9, 12), chance.randint(1, 28))
        party = chance.choice(("", "", code))
        saved = save_voucher(desk, Draft(day, income_lines(chance.randint(1, 9_999), party), attachment_count=1))
        if number % 5 == 1:
            approve_voucher(desk, saved.uid, staff.agent)
        elif number % 5 in (2, 3):
            sign_all(desk, saved.uid, staff)
            if number % 5 == 3:
                post_voucher(desk, saved.uid)
        elif number % 5 == 4:
            void_voucher(desk, saved.uid)
    with desk.books.read() as connection:
        row = book_id(connection, desk.book.code)
        for year in (2025, 2026, 2027, 2030):
            counted: Counter[tuple[str, str]] = Counter()
            query = text(
                "SELECT l.account, l.party, l.debit_fen - l.credit_fen FROM voucher v JOIN voucher_line l "
                "ON l.voucher = v.id WHERE v.state <> 'void' AND v.year <= :year AND l.account IN ('50101', '51302')"
            )
            for account, party, fen in connection.execute(query, {"year": year}):
                counted[account, party] += fen
            left = left_to_transfer(connection, row, ["50101", "51302"], year)
            assert {(one.account, one.party): one.net_fen for one in left} == {k: v for k, v in counted.items() if v}
        states = set(connection.execute(text("SELECT state FROM voucher")).scalars())
    assert states == {"draft", "submitted", "approved", "posted", "void"}


def income_lines(fen: int, party: str) -> tuple[Line, ...]:
    return (line("101", fen), line("51302", fen // 2), line("50101", credit=fen + fen // 2, party=party))


def test_books_without_undistributed_profit_are_told_what_is_missing(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有“本年收益”科目"):
        draft_closing_transfers(desk, 2026)


def test_baiyanhe_shows_in_september_what_was_left_open(tmp_path: Path) -> None:
    office = imported(CASES / "baiyanhe/three_tables", tmp_path)
    found = {
        code: {one.rule: one for one in besides(month_checklist(open_desk(office, code, Month(2026, 9))))}
        for code in ("V01", "V02", "V03", "V04", "V05", "V05W")
    }
    assert {code: sorted(ones) for code, ones in found.items()} == {
        "V01": [], "V02": ["relief_goods"], "V03": [], "V04": ["old_claim"], "V05": ["cost_left"], "V05W": [],
    }  # fmt: skip
    assert found["V05"]["cost_left"].text == "本月卖了产品 28,560.00 元，生产成本还留着 14,400.00 元，一点没有结转"
    assert found["V02"]["relief_goods"].text == "还有 2,592.00 元的救灾救济物资没有发"
    assert "5 笔" in found["V04"]["old_claim"].text
    assert "龙德彪（2019年借支）〔原槽口村〕 15,000.00" in found["V04"]["old_claim"].text
    assert not any(one.blocks for ones in found.values() for one in ones.values())
    office.books.close()


def test_a_reversed_transfer_leaves_the_income_statement_as_it_was(tmp_path: Path) -> None:
    from villagebooks.core.period import Span
    from villagebooks.core.statement import INCOME
    from villagebooks.services.statement import statement

    folder, _expected = without_year_end(tmp_path / "open")
    office = imported(folder, tmp_path)
    staff, desk = staffed(office)
    before = statement(desk, INCOME, Span(Month(2024, 1), Month(2024, 12))).rows
    saved = save_voucher(desk, draft_closing_transfers(desk, 2024)[0])
    sign_year_end(desk, saved.uid, staff)
    red = reverse_voucher(desk, saved.uid, date(2024, 12, 31))
    sign_year_end(desk, red.uid, staff)
    assert statement(desk, INCOME, Span(Month(2024, 1), Month(2024, 12))).rows == before
    assert errors(desk) == []
    assert draft_closing_transfers(desk, 2024)[0].lines == saved.lines
    assert replace(desk, person="x") != desk
    office.books.close()
