"""What is asked of bank statements, of what was matched with them, and of confirmed reconciliations."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.query import CheckQuery

BANK_QUERIES = (
    CheckQuery("bank_line", "bank_line", N_("余额与前面的收支不符，相差 {yuan} 元"),
         "SELECT {statement} || ' 第 ' || held.position || ' 笔', held.balance_fen - s.opening_fen - held.net "
         "FROM (SELECT b.statement, b.position, b.balance_fen, SUM(b.amount_fen) OVER (PARTITION BY b.statement "
         "ORDER BY b.position) AS net FROM bank_line b) AS held JOIN bank_statement s ON s.uid = held.statement "
         "WHERE {kept} AND held.balance_fen <> s.opening_fen + held.net"),
    CheckQuery("bank_line", "bank_statement", N_("期初加收减支与期末相差 {yuan} 元"),
         "SELECT {statement}, s.opening_fen + COALESCE(SUM(b.amount_fen), 0) - s.closing_fen FROM bank_statement s "
         "LEFT JOIN bank_line b ON b.statement = s.uid WHERE {kept} "
         "GROUP BY s.uid, s.account, s.name, s.opening_fen, s.closing_fen "
         "HAVING s.opening_fen + COALESCE(SUM(b.amount_fen), 0) <> s.closing_fen"),
    CheckQuery("bank_chain", "bank_statement", N_("期初与上一份对账单的期末相差 {yuan} 元"),
         "SELECT held.name, held.opening_fen - held.before FROM ("
         "SELECT {statement} AS name, s.opening_fen, LAG(s.closing_fen) OVER (PARTITION BY s.account "
         "ORDER BY s.first_day, s.imported_at) AS before FROM bank_statement s WHERE {kept}) AS held "
         "WHERE held.before IS NOT NULL AND held.opening_fen <> held.before"),
    CheckQuery("bank_match", "bank_match_item", N_("勾对的{detail}不是这一天、这个金额，或已经不在"),
         "SELECT m.account || ' ' || i.day || ' ' || i.object || '/' || i.position, "
         "CASE i.side WHEN 'book' THEN '账' ELSE '银行的行' END FROM bank_match_item i "
         "JOIN bank_match m ON m.uid = i.match_uid WHERE m.book = :book "
         "AND NOT (i.side = 'book' AND EXISTS ({book_item})) AND NOT EXISTS ({bank_item})"),
    CheckQuery("bank_match_sum", "bank_match", N_("两边相差 {yuan} 元"),
         "SELECT m.account || ' ' || MIN(i.day) || ' ' || m.uid, "
         "SUM(CASE i.side WHEN 'book' THEN i.amount_fen ELSE -i.amount_fen END) "
         "FROM bank_match m JOIN bank_match_item i ON i.match_uid = m.uid "
         "WHERE m.book = :book AND m.kind <> 'partial' GROUP BY m.uid, m.account "
         "HAVING SUM(CASE i.side WHEN 'book' THEN i.amount_fen ELSE -i.amount_fen END) <> 0"),
    CheckQuery("bank_book", "reconciliation", N_("确认以后账上的余额变了 {yuan} 元"),
         "SELECT r.account || ' ' || r.until, COALESCE(SUM(l.debit_fen - l.credit_fen), 0) - r.book_fen "
         "FROM reconciliation r LEFT JOIN (voucher_line l JOIN voucher v ON v.id = l.voucher AND v.state = 'posted') "
         "ON l.book = r.book AND l.account = r.account AND l.day <= r.until "
         "WHERE r.book = :book AND r.state = 'confirmed' GROUP BY r.uid, r.account, r.until, r.book_fen "
         "HAVING COALESCE(SUM(l.debit_fen - l.credit_fen), 0) <> r.book_fen"),
    CheckQuery("bank_signer", "reconciliation", N_("由出纳{detail}确认"),
         "SELECT r.account || ' ' || r.until, r.confirmed_by FROM reconciliation r WHERE r.book = :book "
         "AND r.state = 'confirmed' AND EXISTS (SELECT 1 FROM officer o WHERE o.name = r.confirmed_by "
         "AND o.duty = 'cashier' AND o.village = '' AND o.since <= substr(r.confirmed_at, 1, 10) "
         "AND (o.until = '' OR o.until >= substr(r.confirmed_at, 1, 10)))"),
)  # fmt: skip

STATEMENT_TWICE = CheckQuery(
    "statement_twice", "bank_statement", N_("同一个文件导入了 {detail} 次"),
    "SELECT MIN(s.name), COUNT(*) FROM bank_statement s WHERE s.state = 'kept' AND s.sha256 <> '' "
    "GROUP BY s.sha256 HAVING COUNT(*) > 1",
)  # fmt: skip
"""Asked of the whole office: the second time may be in another book."""
