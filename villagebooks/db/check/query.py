"""A query that must return no row; what it returns is named by table and row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, TextClause, text

from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import NEEDS
from villagebooks.core.words import N_, _

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
    "name": "a.code || ' ' || a.name",
    "home": "COALESCE((SELECT h.code FROM account h WHERE h.book = l.book AND h.split_on <> '' "
    "AND substr(l.account, 1, length(h.code)) = h.code ORDER BY h.code LIMIT 1), l.account)",
    "sums": "account_balance b WHERE b.book = :book",
    "one_side": "substr(b.account, 1, 3) NOT IN ('113', '154', '181')",
    "newest": "(SELECT MAX(year) FROM account_balance WHERE book = :book)",
    "posted_before": "SELECT 1 FROM voucher o WHERE o.uid = v.reverses AND o.book = v.book AND o.state = 'posted'",
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

    `:book` is the book's row id, `:today` ISO; words in braces stand for the texts above. The sentence may show
    `{detail}` as it is or, an amount in fen, as `{yuan}`; `days|day|fen` is shown as `{days}`, `{day}`, `{yuan}`.
    """

    rule: str
    table: str
    sentence: str
    query: str
    suspects: str = ""
    """The condition that a line or voucher breaks, when all of the rule is one: see `suspected`."""


_LINES = (
    "FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "LEFT JOIN account a ON a.book = l.book AND a.code = l.account WHERE v.book = :book"
)
_VOUCHERS = "FROM voucher v WHERE v.book = :book"


def lines_that(rule: str, sentence: str, detail: str, condition: str) -> CheckQuery:
    """A rule that lines `l` of vouchers `v` on accounts `a` (null: no such account) break by a condition alone."""
    return CheckQuery(
        rule, "voucher_line", sentence, f"SELECT {{line}}, {detail} {_LINES} AND ({condition})", condition
    )


def vouchers_that(rule: str, sentence: str, detail: str, condition: str) -> CheckQuery:
    """A rule that vouchers `v` break by a condition alone."""
    return CheckQuery(
        rule, "voucher", sentence, f"SELECT {{voucher}}, {detail} {_VOUCHERS} AND ({condition})", condition
    )


def suspected(connection: Connection, queries: Iterable[CheckQuery], book: int, today: str) -> list[CheckQuery]:
    """The queries that may find something: conditions on lines, and those on vouchers, are first asked all together,
    so that a book that breaks none is read once and not once a rule."""
    every = tuple(queries)
    broken_ones: set[CheckQuery] = set()
    for table, source in (("voucher_line", _LINES), ("voucher", _VOUCHERS)):
        these = [one for one in every if one.suspects and one.table == table]
        flags = ", ".join(f"MAX(CASE WHEN {one.suspects} THEN 1 ELSE 0 END)" for one in these)
        row = _execute(connection, f"SELECT {flags} {source}", book, today)[0] if these else ()
        broken_ones.update(one for one, flag in zip(these, row, strict=True) if flag)
    return [one for one in every if not one.suspects or one in broken_ones]


def broken(connection: Connection, query: CheckQuery, book: int, today: str) -> list[tuple[str, str]]:
    """(row, sentence) for everything in the book that breaks the rule."""
    rows = _execute(connection, query.query, book, today)
    return [(row_name(str(row)), _sentence(_(query.sentence), detail)) for row, detail in rows]


def _execute(connection: Connection, sql: str, book: int, today: str) -> list[tuple[object, ...]]:
    statement, names = _statement(sql)
    values = {"book": book, "today": today}
    return [tuple(row) for row in connection.execute(statement, {name: values[name] for name in names}).all()]


@lru_cache(maxsize=512)
def _statement(sql: str) -> tuple[TextClause, tuple[str, ...]]:
    sql = expand(sql)
    return text(sql), tuple(name for name in ("book", "today") if f":{name}" in sql)


def expand(sql: str) -> str:
    """The query with the texts that its words in braces stand for."""
    for name in ("line", *TEXTS):  # a line is named by its voucher
        sql = sql.replace(f"{{{name}}}", TEXTS[name])
    return sql


_NTH = re.compile(r"第 (\d+) (行|笔)")
_PLACES = (N_("报账单"), N_("期初"), N_("年初"), N_("年末"))
_DETAILS = (
    N_("代理会计"),
    N_("档案员"),
    N_("主任"),
    N_("记了收支科目"),
    N_("没有记收益分配"),
    N_("还没有送签"),
    N_("还没有签完字"),
    N_("签完了字，还没有记账"),
)
"""Chinese words that the queries above put into a row's name or a sentence's detail."""


def row_name(row: str) -> str:
    """The name of a row, made by SQL in Chinese, in the chosen language."""
    row = _NTH.sub(lambda found: (_("第 {n} 行") if found[2] == "行" else _("第 {n} 笔")).format(n=found[1]), row)
    return " ".join(_(word) if word in _PLACES else word for word in row.split(" "))


def _sentence(sentence: str, detail: object) -> str:
    said = str(detail)
    if "{days}" in sentence:
        days, day, fen = said.split("|")
        return sentence.format(days=days, day=day, yuan=said_yuan(int(fen)))
    if "{yuan}" in sentence:
        return sentence.format(yuan=said_yuan(int(said)))
    return sentence.format(detail=_(said) if said in _DETAILS else said)
