"""Every rule of the self-check: its own sabotage, in the file with the guards off, is found under its name."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image as Picture
from sqlalchemy import text

from tests.services.conftest import (
    ACCOUNTS,
    CHEAP,
    PASSPHRASE,
    Clock,
    Staff,
    appoint_village,
    line,
    sign_all,
    simple_draft,
    simple_paper,
)
from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.cash import CashCount
from villagebooks.core.journal import Finding
from villagebooks.core.paper import Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.schedule import Schedule
from villagebooks.core.village import Village
from villagebooks.core.voucher import CLOSING, Draft
from villagebooks.db import person as person_rows
from villagebooks.db.books import open_books
from villagebooks.seal.key import Revocation, directory_hash, read_directory, sign_directory
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.bank import confirm_reconciliation, import_statement, match_automatically
from villagebooks.services.cash import record_cash_count
from villagebooks.services.check import check_books, check_rules
from villagebooks.services.closing import close_month, lock_year
from villagebooks.services.correction import reverse_only
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.disclosure import put_up
from villagebooks.services.key import hold_root_ceremony, issue_key
from villagebooks.services.office import appoint, create_office, new_book, open_book
from villagebooks.services.paper import attach_image, draft_voucher, issue_receipt_book, save_paper
from villagebooks.services.schedule import draft_due, save_schedule
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher

MORE = (("151", "固定资产", "D"), ("181", "待处理财产损溢", "B"), ("211", "应付款", "C"), ("321", "本年收益", "C"))
NEEDS = {"113": ("party",), "211": ("project",)}
INVOICE = simple_paper().documents[0].number


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Staff]:
    """A clean office with something of everything, made once: 2026 lived through, put up, closed and locked."""
    path = tmp_path_factory.mktemp("rules") / "centre.vbooks"
    clock = Clock()
    clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    office = create_office(path, "白雁河镇", clock=clock)
    for code, name in (("V01", "老秤湾村"), ("V02", "石磨坪村")):
        open_book(office, Village(code, name), new_book(code, code, name, "代行", "2023", Month(2026, 1)), accounts())
    staff = employ(office)
    desk = open_desk(Office(office.books, "冯素芳"), "V01", Month(2026, 9))
    live(desk, staff)
    reconcile(desk, staff, path.parent)
    second = open_desk(desk.office, "V02", Month(2026, 9))
    other = Document("数电票", "26990000000000099999", "2026-09-09", 74_260, 1, (attach_image(second, png(3)),))
    save_paper(second, replace(simple_paper(), documents=(other,), book="V02"))
    put_up(desk, [staff.director], cost=CHEAP)
    for month in (8, 9, 12):
        close_month(desk.at(Month(2026, month)), staff.agent)
    lock_year(desk.at(Month(2026, 12)), staff.director)
    office.books.close()
    return path, staff


def accounts() -> list[Account]:
    rows = (*ACCOUNTS, *MORE)
    parents = {parent_code(code) for code, _name, _side in rows}
    return [
        Account(code, name, level_of(code), parent_code(code), side, code not in parents, NEEDS.get(code, ()))
        for code, name, side in rows
    ]


def employ(office: Office) -> Staff:
    posts = {"邹启明": DIRECTOR, "冯素芳": AGENT, "谭永川": AGENT, "龙小梅": CASHIER}
    for name, duty in posts.items():
        appoint(office, name, duty, "2026-01-01")
    appoint_village(office)
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    director = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    others = [issue_key(office, root, name, PASSPHRASE, director.office_key, CHEAP) for name in list(posts)[1:]]
    return Staff(root, director, *others)


def live(desk: Desk, staff: Staff) -> None:
    """Vouchers 1 to 10 in this order; their row ids are their numbers here."""

    def book(draft: Draft) -> str:
        uid = save_voucher(desk, draft).uid
        sign_all(desk, uid, staff)
        post_voucher(desk, uid)
        return uid

    def money(day: date, debit: str, credit: str, fen: int) -> Draft:
        return Draft(day, (line(debit, fen), line(credit, credit=fen)), attachment_count=1)

    book(money(date(2026, 8, 3), "10201", "301", 10_000_000))
    book(money(date(2026, 9, 2), "101", "10201", 400_000))
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    spent = replace(
        simple_paper(), documents=(replace(simple_paper().documents[0], images=(attach_image(desk, png(1)),)),)
    )
    book(drafted(desk, staff, spent, "51302"))
    income = replace(
        simple_paper(), words="鱼塘承包费", spending_class="收入", direction="收入", amount_fen=1_440_000,
        paid_how="转账", witness="", group="",
        documents=(Document("收款收据", "0012351", images=(attach_image(desk, png(2)),)),),
    )  # fmt: skip
    receipt = Receipt("B-1", "0012351", "used", day="2026-09-10", amount_fen=1_440_000)
    book(drafted(desk, staff, income, "50101", receipt))
    wrong = book(money(date(2026, 9, 20), "51302", "10201", 50_000))
    red = reverse_only(desk, wrong, date(2026, 9, 21), "重复记账").uid
    sign_all(desk, red, staff)
    post_voucher(desk, red)
    transfer = (line("50101", 1_440_000), line("51302", credit=74_260), line("32202", credit=1_365_740))
    book(Draft(date(2026, 12, 31), transfer, kind=CLOSING))
    book(simple_draft(day=date(2027, 1, 5)))
    void_voucher(desk, save_voucher(desk, simple_draft(day=date(2027, 1, 8))).uid)
    moved = (line("301", 5_000, summary="{月}月调整"), line("32202", credit=5_000, summary="{月}月调整"))
    plan = Schedule("", "调整", "recurring", "each", moved, Month(2026, 9), Month(2026, 9), attachment_count=1)
    save_schedule(desk, plan)
    (drawn,) = draft_due(desk)
    sign_all(desk, drawn.uid, staff)
    post_voucher(desk, drawn.uid)


def reconcile(desk: Desk, staff: Staff, folder: Path) -> None:
    """September reconciled and confirmed, October imported, the cash of September counted."""
    september = ("2026-08-31,上期结余,,,100000.00", "2026-09-02,取现,4000.00,,96000.00",
                 "2026-09-11,鱼塘,,14400.00,110400.00")  # fmt: skip
    for month, rows in ((9, september), (10, ("2026-10-15,结息,,1.00,110401.00",))):
        file = folder / f"{month}.csv"
        file.write_text("\n".join(("日期,摘要,支出,收入,余额", *rows)), "utf-8")
        import_statement(desk.at(Month(2026, month)), "10201", file)
    match_automatically(desk, "10201")
    confirm_reconciliation(desk, "10201", staff.other)
    counted = 400_000 - 74_260
    count = CashCount("", "101", Month(2026, 9), date(2026, 9, 30), (), counted, 0, holder="向丽蓉")
    record_cash_count(desk, count, staff.agent)


def drafted(desk: Desk, staff: Staff, paper: Paper, account: str, *receipts: Receipt) -> Draft:
    """The draft of a signed and accepted paper with its other account."""
    uid = save_paper(desk, paper, receipts).uid
    attest_paper(desk, uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, uid)
    draft = draft_voucher(desk, [uid])
    first, second = draft.lines
    lines = (replace(first, account=account), second) if first.debit_fen and account[0:3] == "513" else (
        first, replace(second, account=account)
    )  # fmt: skip
    return replace(draft, lines=lines)


def png(shade: int) -> bytes:
    out = io.BytesIO()
    Picture.new("L", (2, 2), shade).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def copy(made: tuple[Path, Staff], tmp_path: Path) -> Path:
    """The office's file and attachments, for one test to spoil."""
    path, _staff = made
    target = tmp_path / path.name
    shutil.copy(path, target)
    shutil.copytree(path.with_name(path.name + ".files"), tmp_path / (path.name + ".files"))
    return target


def spoil(path: Path, *statements: str) -> None:
    """Change the file as anybody with a tool could: triggers off, no foreign keys, triggers on again."""
    with sqlite3.connect(path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        rows = [connection.execute(statement).rowcount for statement in statements]
        for _name, sql in guards:
            connection.execute(sql)
    connection.close()
    assert rows[-1] > 0


def check(path: Path, deep: bool = True) -> Iterator[Finding]:
    clock = Clock()
    clock.moment = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
    books = open_books(path, clock)
    yield from check_books(Office(books, "冯素芳"), deep=deep)
    books.close()


def first_line(voucher: int, change: str) -> str:
    return f"UPDATE voucher_line SET {change} WHERE voucher = {voucher} AND line = 1"


AGREEMENT = "INSERT INTO agreement (uid, village, number, since) VALUES ('{uid}', '{village}', '{uid}', '2026-01-01')"
WHISTLE = (
    "INSERT INTO whistle (uid, village, matter, from_level, to_level, due, raised_at) "
    "VALUES ('x', 'V01', '来看渠道', 'village', 'director', '2026-09-10', '2026-09-01')"
)
LOAN = (
    "INSERT INTO archive_loan (uid, borrower, approved_by, out_on, due_on) "
    "VALUES ('{uid}', '{uid}', '邹启明', '2026-09-01', '2026-09-05')"
)
VOLUME = (
    "INSERT INTO archive_volume (loan, position, book, kind, year, month, number) "
    "VALUES ('{uid}', 1, 1, 'vouchers', 2026, 8, 1)"
)
SHALLOW = {
    "unbalanced": (first_line(2, "debit_fen = debit_fen + 1"),),
    "without_lines": ("DELETE FROM voucher_line WHERE voucher = 2",),
    "unknown_account": (first_line(2, "account = '102'"),),
    "place": (first_line(2, "day = '2026-09-11'"),),
    "month": ("UPDATE voucher SET day = '2026-10-01' WHERE id = 2",),
    "number": ("UPDATE voucher SET number = -1 WHERE id = 2",),
    "gap_own": ("DELETE FROM voucher WHERE id = 2",),
    "gap": ("UPDATE voucher SET posted_by = 'import', number = 19 WHERE id = 6",),
    "voucher_state": ("UPDATE voucher SET state = 'lost' WHERE id = 2",),
    "voucher_kind": ("UPDATE voucher SET word = '凭' WHERE id = 2",),
    "poster": ("UPDATE voucher SET posted_by = '' WHERE id = 2",),
    "opening_place": ("UPDATE voucher SET kind = 'opening' WHERE id = 2",),
    "transfer_account": (first_line(7, "account = '101'"),),
    "both_sides": (first_line(2, "credit_fen = 1"),),
    "empty_line": (first_line(2, "debit_fen = 0"),),
    "red_outside": (first_line(2, "debit_fen = -debit_fen"),),
    "future_day": ("UPDATE voucher SET day = '2099-01-01' WHERE id = 8",),
    "no_document": ("UPDATE voucher SET attachment_count = 0 WHERE id = 2",),
    "party": (first_line(2, "account = '113'"),),
    "dimension": (first_line(2, "account = '211'"),),
    "book_stopped": ("UPDATE book SET stopped = '2026-08'",),
    "late_entry": ("UPDATE voucher SET state = 'approved' WHERE id = 1",),
    "unsigned": ("DELETE FROM approval WHERE step = 'countersign'",),
    "policy_kept": ("UPDATE voucher SET policy = 'ab' WHERE id = 2",),
    "same_signer": ("UPDATE approval SET name = '邹启明' WHERE step = 'countersign'",),
    "reversal_link": ("UPDATE voucher SET reverses = 'x' WHERE id = 6",),
    "reversal_amount": (first_line(6, "account = '50101'"),),
    "reversed_twice": (
        "DROP INDEX voucher_reverses",
        "UPDATE voucher SET reverses = (SELECT o.uid FROM voucher o WHERE o.id = 5) WHERE id = 2",
    ),
    "correction_link": ("UPDATE voucher SET corrects = 'x' WHERE id = 2",),
    "corrected_twice": (
        "UPDATE voucher SET corrects = (SELECT o.uid FROM voucher o WHERE o.id = 6) WHERE id IN (2, 3)",
    ),
    "difference_form": ("UPDATE voucher SET corrects = (SELECT o.uid FROM voucher o WHERE o.id = 2) WHERE id = 3",),
    "prior_year_form": ("UPDATE voucher SET kind = 'prior_year' WHERE id = 3",),
    "red_alone": ("DELETE FROM voucher_remark",),
    "schedule_twice": (
        "INSERT INTO schedule_draft SELECT schedule, month, (SELECT uid FROM voucher WHERE id = 2) FROM schedule_draft",
    ),
    "schedule_place": ("UPDATE schedule SET book = 2",),
    "word_fits": ("""INSERT INTO setting VALUES ('voucher_words', '{"": {"2026": "three"}}')""",),
    "sheet_late": ("UPDATE voucher SET posted_at = '2099-01-01T00:00:00+00:00' WHERE id = 2",),
    "stopped_line": ("UPDATE account SET stopped_on = '2026-09-02' WHERE code = '51302'",),
    "stopped_holds": ("UPDATE account SET stopped_on = '2026-01-01' WHERE code = '301'",),
    "book_start": ("UPDATE book SET start_month = 13",),
    "split_line": ("UPDATE account SET split_on = '2026-09-02' WHERE code = '51302'",),
    "split_rest": ("UPDATE account SET split_on = '2027-12-31' WHERE code = '301'",),
    "account_code": ("UPDATE account SET code = '5130' WHERE code = '181'",),
    "account_form": ("UPDATE account SET level = 3 WHERE code = '10201'",),
    "account_leaf": ("UPDATE account SET leaf = 1 WHERE code = '102'",),
    "account_side": ("UPDATE account SET side = 'X' WHERE code = '101'",),
    "account_statutory": ("UPDATE account SET name = '现钱' WHERE code = '101'",),
    "balance": ("UPDATE balance SET prior_debit_fen = 1",),
    "month_sum": ("UPDATE account_balance SET debit_fen = debit_fen + 1 WHERE account = '101' AND month = 9",),
    "opening_sum": ("UPDATE account_balance SET debit_fen = debit_fen + 1 WHERE account = '101' AND month = 0",),
    "carry": ("UPDATE account_balance SET debit_fen = debit_fen - 1 WHERE month = 0",),
    "quantity": ("UPDATE account SET needs = 'quantity' WHERE code = '301'",),
    "wrong_side": ("UPDATE account_balance SET debit_fen = 99 WHERE account = '301' AND year = 2027",),
    "cash_negative": (first_line(2, "debit_fen = 1"),),
    "bank_negative": (first_line(1, "debit_fen = 1"),),
    "suspense": ("UPDATE account_balance SET account = '181' WHERE account = '301' AND year = 2026",),
    "not_transferred": ("DELETE FROM account_balance WHERE year = 2026 AND month = 12",),
    "over_worn": ("UPDATE account_balance SET account = '152' WHERE account = '301' AND year = 2027",),
    "layout": (
        "INSERT INTO statement_layout VALUES ('x', 'income', '2023', 1, '收益表', 'income', 'used', '2026-01', 1, 0)",
    ),
    "statement": ("UPDATE account_balance SET debit_fen = debit_fen + 100 WHERE account = '101' AND year = 2027",),
    "statement_undistributed": (
        "UPDATE account_balance SET account = '3220109' WHERE account = '51302' AND year = 2027 AND month = 1",
    ),
    "bank_line": ("UPDATE bank_line SET amount_fen = amount_fen + 1 WHERE day = '2026-09-02'",),
    "bank_chain": ("UPDATE bank_statement SET opening_fen = opening_fen + 1 WHERE until > '2026-10'",),
    "statement_twice": (
        "DROP INDEX bank_statement_once",
        "UPDATE bank_statement SET sha256 = (SELECT MIN(sha256) FROM bank_statement)",
    ),
    "bank_match": ("UPDATE bank_match_item SET amount_fen = amount_fen + 1 WHERE side = 'bank'",),
    "bank_match_sum": ("DELETE FROM bank_match_item WHERE side = 'bank'",),
    "bank_book": ("UPDATE voucher_line SET account = '10201' WHERE voucher = 3 AND account = '101'",),
    "bank_signer": ("UPDATE reconciliation SET confirmed_by = '龙小梅'",),
    "period": ("UPDATE period SET state = 'open' WHERE month = 8",),
    "paper_alone": ("DELETE FROM paper_voucher",),
    "paper_open": ("UPDATE paper SET state = 'accepted' WHERE id = 1",),
    "paper_twice": (
        "INSERT INTO paper_voucher SELECT p.uid, v.uid FROM paper p, voucher v WHERE p.id = 1 AND v.id = 2",
    ),
    "paper_state": ("UPDATE paper SET state = 'lost' WHERE id = 1",),
    "paper_gap": ("DELETE FROM paper WHERE id = 1",),
    "paper_unsigned": ("DELETE FROM approval WHERE about = 'paper'",),
    "paper_amount": ("UPDATE paper SET amount_fen = 1 WHERE id = 1",),
    "paid_bare": (
        "UPDATE voucher_line SET credit_fen = 200000 WHERE voucher = 5 AND account = '10201'",
        "UPDATE voucher SET reverses = '' WHERE reverses = (SELECT uid FROM voucher WHERE id = 5)",
    ),
    "bare_split": (
        "DELETE FROM paper_voucher WHERE voucher = (SELECT uid FROM voucher WHERE id = 3)",
        "UPDATE voucher SET day = '2026-09-10' WHERE id IN (3, 5)",
        "UPDATE voucher SET reverses = '' WHERE reverses = (SELECT uid FROM voucher WHERE id = 5)",
    ),
    "bank_taken": ("UPDATE paper SET paid_how = '银行扣收', amount_fen = 300000 WHERE id = 1",),
    "centre_paid": ("UPDATE voucher_line SET party = '白雁河镇村级会计代理核算中心' WHERE voucher = 2 AND line = 1",),
    "agreement_overlap": (AGREEMENT.format(uid="a", village="V01"), AGREEMENT.format(uid="b", village="V01")),
    "agreement_missing": (AGREEMENT.format(uid="a", village="V02"),),
    "sheet_count": ("UPDATE document SET count = 9",),
    "invoice_twice": (f"UPDATE document SET number = '{INVOICE}' WHERE number LIKE '%99999'",),
    "image_twice": ("UPDATE document_image SET sha256 = (SELECT MIN(sha256) FROM document_image)",),
    "same_person": ("UPDATE paper SET witness = handler WHERE id = 1",),
    "no_image": ("DELETE FROM document_image",),
    "receipt_range": ("UPDATE receipt_book SET first = '0012360'",),
    "receipt_twice": (
        "INSERT INTO receipt_book SELECT 'B-9', book, first, last, issued_on, issued_to, used_before FROM receipt_book",
    ),
    "receipt_paper": ("UPDATE receipt SET paper = ''",),
    "receipt_amount": ("UPDATE receipt SET amount_fen = 1",),
    "receipt_missing": ("UPDATE receipt SET number = '0012353'",),
    "unreadable": ("UPDATE receipt SET number = '0012351x'",),
    "duty_conflict": (
        "INSERT INTO officer (uid, name, duty, since) SELECT 'x', name, 'archivist', since FROM officer LIMIT 1",
        "UPDATE officer SET name = (SELECT name FROM officer WHERE duty = 'cashier') WHERE uid = 'x'",
    ),
    "reporter_prepared": (
        "INSERT INTO officer (uid, name, village, duty, since) VALUES ('x', '冯素芳', 'V02', '报账员', '2026-01-01')",
    ),
    "post_without_list": ("UPDATE officer SET until = '2026-12-31' WHERE duty = 'cashier'",),
    "post_waits": (
        "INSERT INTO post_change (uid, book, giver, day, state) VALUES ('x', 1, '向丽蓉', '2026-12-31', 'open')",
    ),
    "two_reporters": tuple(
        f"INSERT INTO officer (uid, name, village, duty) VALUES ('{one}', '{one}', 'V01', '报账员')"
        for one in ("甲", "乙")
    ),
    "signed_fast": (
        "UPDATE approval SET at = '2027-02-01T10:00:00+00:00' WHERE step = 'prepare'",
        "UPDATE approval SET at = '2027-02-01T10:00:29+00:00' WHERE step = 'review'",
    ),
    "many_roles": ("UPDATE approval SET signer = '邹启明' WHERE step IN ('prepare', 'cashier')",),
    "night_batch": ("UPDATE approval SET at = substr(at, 1, 11) || '23' || substr(at, 14)",),
    "relative_payee": (
        "INSERT INTO relative (uid, village, officer, name) VALUES ('x', 'V01', '田维国', '清岑墨香文具店')",
    ),
    "post_signer": ("UPDATE officer SET until = '2026-09-09' WHERE duty = '支书兼主任'",),
    "post_dates": ("UPDATE officer SET until = '2020-01-01' WHERE duty = 'cashier'",),
    "send_back_reason": ("INSERT INTO send_back VALUES ('x', 1, 1, 'paper', 2, '邹启明', '2026-09-01')",),
    "whistle_form": ("INSERT INTO whistle (uid, due) VALUES ('x', '2026-09-01')",),
    "whistle_late": (WHISTLE,),
    "loan_form": (LOAN.format(uid="a"),),
    "loan_late": (LOAN.format(uid="a"), VOLUME.format(uid="a")),
    "volume_lent_twice": (*(one.format(uid=uid) for uid in ("a", "b") for one in (LOAN, VOLUME)),),
    "key_without_post": ("UPDATE officer SET until = '2026-12-31' WHERE duty = 'cashier'",),
    "journal": ("UPDATE journal SET actor = '别人' WHERE seq = 2",),
}
DEEP = {
    "voucher_seal": (first_line(2, "summary = '买烟酒'"),),
    "voucher_read": ("UPDATE voucher SET day = 'x' WHERE id = 2",),
    "signature": ("UPDATE approval SET note = x'00' WHERE step = 'review'",),
    "void_tier": ("UPDATE voucher SET state = 'void', posted_by = '' WHERE id = 8",),
    "signed_body": ("UPDATE signed_body SET body = x'00'",),
    "paper_seal": ("UPDATE paper SET words = '别的' WHERE id = 1",),
    "report": ("UPDATE account_balance SET debit_fen = debit_fen + 100 WHERE account = '101' AND month = 9",),
    "directory": ("UPDATE key_directory SET note = x'00' WHERE version = 2",),
    "sheet_anchor": ("UPDATE disclosure SET anchor = x'00'",),
    "sheet_hash": ("UPDATE disclosure SET sheet = x'7b7d'",),
    "sheet_chain": ("UPDATE disclosure SET previous_code = 'x'",),
    "sheet_numbers": (first_line(4, "debit_fen = 5"),),
    "reconciliation": ("UPDATE bank_line SET day = '2026-09-03' WHERE day = '2026-09-02'",),
    "cash_count": ("UPDATE cash_count SET counted_fen = counted_fen + 1",),
    "row": ("UPDATE setting SET value = '1'",),
    "before": ("UPDATE journal_before SET content = x'00'",),
    "attachment": ("UPDATE attachment SET size = 1",),
}
APART = {"guard", "attachment_extra", "revoked_key", "split_bill", "forbidden_spending"}
APART |= {"post_change", "migration_paper", "migration_opening", "merger", "successor", "former_mixed"}
"""Rules whose sabotage is more than SQL: each has a test below, or in tests of their own."""


def test_the_office_that_is_spoiled_is_clean_before(copy: Path) -> None:
    assert list(map(str, check(copy))) == []


def test_level_one_stands_on_the_side_of_the_standard(copy: Path) -> None:
    spoil(copy, "UPDATE account SET side = 'C' WHERE code = '101'")
    assert "制度里的余额方向是借方" in [one.text for one in check(copy, deep=False) if one.rule == "account_statutory"]


def test_amounts_of_what_is_found_are_told_in_yuan(copy: Path) -> None:
    for rule, said in (("wrong_side", "余额方向异常，0.99 元"), ("unbalanced", "借贷不平，相差 0.01 元")):
        spoil(copy, *SHALLOW[rule])
        assert said in [one.text for one in check(copy, deep=False) if one.rule == rule]


def test_every_rule_has_a_sabotage_and_is_explained() -> None:
    rules = check_rules()
    assert {*SHALLOW, *DEEP, *APART} == set(rules)
    assert len(rules) >= 30
    assert all(one.title and one.why and one.act and one.severity in ("error", "notice") for one in rules.values())


@pytest.mark.parametrize("rule", SHALLOW)
def test_a_broken_rule_is_found_under_its_name(copy: Path, rule: str) -> None:
    spoil(copy, *SHALLOW[rule])
    assert_found(check(copy, deep=False), rule)


@pytest.mark.parametrize("rule", DEEP)
def test_a_rule_that_is_broken_deep_down_is_found_by_the_deep_check(copy: Path, rule: str) -> None:
    spoil(copy, *DEEP[rule])
    assert_found(check(copy), rule)


def assert_found(found: Iterator[Finding], rule: str) -> None:
    findings = list(found)
    mine = [one for one in findings if one.rule == rule]
    assert mine, {one.rule for one in findings}
    known = check_rules()[rule]
    assert all((one.severity, one.title) == (known.severity, known.title) for one in mine)
    assert all(one.row or rule == "directory" for one in mine)


def test_a_missing_guard_is_found_under_its_name(copy: Path) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("DROP TRIGGER guard_voucher_update")
    connection.close()
    assert [(one.rule, one.row) for one in check(copy, deep=False)] == [("guard", "guard_voucher_update")]


def test_a_file_among_the_attachments_that_nobody_registered_is_told(copy: Path) -> None:
    folder = copy.with_name(copy.name + ".files") / "ab"
    folder.mkdir(exist_ok=True)
    (folder / "x.exe").write_bytes(b"x")
    assert [(one.rule, one.row) for one in check(copy)] == [("attachment_extra", "x.exe")]


def test_what_a_revoked_key_signed_is_found_under_its_name(copy: Path, made: tuple[Path, Staff]) -> None:
    root = made[1].root
    books = open_books(copy)
    with books.write() as connection:
        found = person_rows.directory(connection)
        assert found is not None
        version, raw = found
        old = read_directory(raw, root.public)
        key = next(one for one in old.keys if one.name.endswith("邹启明"))
        revoked = Revocation(key.name, key.since + 1)
        note = sign_directory(
            root, replace(old, version=version + 1, previous=directory_hash(raw), revocations=(revoked,))
        )
        person_rows.add_directory(connection, version + 1, note, directory_hash(note))
        signed = connection.execute(text("SELECT COUNT(*) FROM approval WHERE signer = '邹启明'")).scalar()
    books.close()
    assert sum(one.rule == "revoked_key" for one in check(copy, deep=False)) == signed
