"""What is done to books behind the program, by the rule that has to find it."""

from __future__ import annotations

from tests.services.conftest import (
    simple_paper,
)

INVOICE = simple_paper().documents[0].number


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
    "bank_payee": (
        "INSERT INTO paper_voucher SELECT p.uid, object FROM paper p, bank_match_item WHERE p.id = 1 AND side = 'book'",
        "UPDATE voucher_line SET debit_fen = 0 WHERE account = '10201'",
        "UPDATE bank_line SET counterparty = '邹小满', amount_fen = -1",
    ),
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
    "round_cash": (
        "DELETE FROM paper_voucher",
        "UPDATE voucher_line SET account = '101', debit_fen = 500000, credit_fen = 0 WHERE voucher IN (1, 2)",
        "UPDATE voucher SET kind = 'normal', posted_by = '邹启明', day = '2026-09-10' WHERE id IN (1, 2)",
        "UPDATE voucher SET day = '2026-10-31' WHERE state = 'posted' AND id > 2",
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
    "receipt_order": (
        "INSERT INTO receipt SELECT receipt_book, '0012352', 'used', paper, '2026-01-02', 0 FROM receipt",
    ),
    "receipt_left": (
        "INSERT INTO receipt_book SELECT '9', book, '0099001', '0099050', '2026-10-01', issued_to, 0 FROM receipt_book",
        "INSERT INTO receipt SELECT '9', '0099001', 'used', paper, '2026-10-02', 0 FROM receipt LIMIT 1",
    ),
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
    "own_payee": ("UPDATE paper SET payee = '田维国' WHERE id = 1",),
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
