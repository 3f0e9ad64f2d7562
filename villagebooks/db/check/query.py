"""A query that must return no row; what it returns is named by table and row."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from villagebooks.core.money import yuan_text
from villagebooks.core.voucher import NEEDS

_SINCE = """COALESCE((SELECT n.since FROM account_need n
WHERE n.book = a.book AND n.code = a.code AND n.need = 'NEED'), '')"""
TEXTS = {
    "voucher": "CASE v.month WHEN 0 THEN v.year || ' 期初' ELSE v.year || '-' || "
    "CASE WHEN v.month < 10 THEN '0' ELSE '' END || v.month || ' ' || v.word || '-' || v.number END",
    "own": "v.posted_by <> 'import'",
    "predecessor": "SELECT 1 FROM voucher p WHERE p.book = v.book AND p.year = v.year AND p.month = v.month "
    "AND p.word = v.word AND p.number = v.number - 1",
    "line": "{voucher} || ' 第 ' || l.line || ' 行'",
    "lines": "FROM voucher_line l JOIN voucher v ON v.id = l.voucher",
    "money": "SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND substr(l.account, 1, 3) IN ('101', '102')",
    "result": "SELECT 1 FROM voucher_line l WHERE l.voucher = v.id "
    "AND (substr(l.account, 1, 1) = '5' OR substr(l.account, 1, 3) = '321')",
    "steps": "(SELECT 'prepare' AS step, '制单' AS title UNION ALL SELECT 'countersign', '复核' "
    "UNION ALL SELECT 'cashier', '出纳' UNION ALL SELECT 'review', '审核')",
    "name": "a.code || ' ' || a.name",
    "home": "COALESCE((SELECT h.code FROM account h WHERE h.book = l.book AND h.split_on <> '' "
    "AND substr(l.account, 1, length(h.code)) = h.code ORDER BY h.code LIMIT 1), l.account)",
    "one_side": "substr(b.account, 1, 3) NOT IN ('113', '154', '181')",
    "newest": "(SELECT MAX(year) FROM balance WHERE book = :book)",
    **{f"since_{need}": _SINCE.replace("NEED", need) for need in NEEDS},
    "parts": "account, party, project, contract, bank",
    "kept": "s.book = :book AND s.state = 'kept' AND s.kind = 'statement'",
    "statement": "s.account || ' ' || s.name",
    "book_item": "SELECT 1 FROM voucher_line l JOIN voucher v ON v.id = l.voucher WHERE v.uid = i.object "
    "AND l.line = i.position AND l.book = m.book AND l.account = m.account AND l.day = i.day "
    "AND l.debit_fen - l.credit_fen = i.amount_fen AND v.state = 'posted'",
    "bank_item": "SELECT 1 FROM bank_line b JOIN bank_statement s ON s.uid = b.statement WHERE b.statement = i.object "
    "AND b.position = i.position AND b.side = i.side AND s.book = m.book AND s.account = m.account "
    "AND s.state = 'kept' AND b.day = i.day AND b.amount_fen = i.amount_fen",
    "paper": "p.year || ' 报账单 ' || p.number",
    "other": "b.code || ' ' || o.year || ' 报账单 ' || o.number",
}
"""What many queries say: names of vouchers `v`, lines `l`, accounts `a`, papers `p` and others `o`, conditions."""


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """SQL that returns (row, detail) for everything that breaks a rule.

    `:book` is the book's row id, `:today` ISO; words in braces stand for the texts above. The
    sentence may show `{detail}` as it is or, an amount in fen, as `{yuan}`.
    """

    rule: str
    table: str
    sentence: str
    query: str


def broken(connection: Connection, query: CheckQuery, book: int, today: str) -> list[tuple[str, str]]:
    """(row, sentence) for everything in the book that breaks the rule."""
    sql = query.query
    for name in ("line", *TEXTS):  # a line is named by its voucher
        sql = sql.replace(f"{{{name}}}", TEXTS[name])
    values = {name: value for name, value in (("book", book), ("today", today)) if f":{name}" in sql}
    rows = connection.execute(text(sql), values)
    return [(str(row), _sentence(query.sentence, detail)) for row, detail in rows]


def _sentence(sentence: str, detail: object) -> str:
    if "{yuan}" in sentence:
        return sentence.format(yuan=yuan_text(int(str(detail))))
    return sentence.format(detail=detail)
