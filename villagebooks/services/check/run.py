"""Every rule over one book or all of them; with `deep` every row, signature, sheet and attachment as well."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import parent_code
from villagebooks.core.book import Book
from villagebooks.core.check import CheckRule
from villagebooks.core.journal import Finding
from villagebooks.core.money import said_yuan
from villagebooks.core.receipt import account_for, left_behind
from villagebooks.core.word import check_word, choice_of, words_of
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import check as check_rows
from villagebooks.db import guard, journal
from villagebooks.db import paper as paper_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.check import read_rules
from villagebooks.paths import resource
from villagebooks.services.check.board import sheet_faults
from villagebooks.services.check.deep import book_faults, office_faults
from villagebooks.services.check.found import Found, readable
from villagebooks.services.check.office import key_faults
from villagebooks.services.check.signing import signing_findings
from villagebooks.services.check.statement import layout_findings, statement_findings
from villagebooks.services.closing import period_faults
from villagebooks.services.desk import Office
from villagebooks.services.drawn import drawings_of
from villagebooks.services.merger import former_faults, merger_faults
from villagebooks.services.migration import migration_faults
from villagebooks.services.word import rules_of

AT_ONCE = 2
"""Books looked at side by side: an office PC has two processors to spare at most."""

EITHER = "B"
"""A side of the standard that the three tables cannot tell: imported accounts have one or the other."""


def check_rules() -> dict[str, CheckRule]:
    """Every rule of the self-check by name, with what it means and what to do."""
    return read_rules(resource("check", "rules.csv"))


def check_books(office: Office, book: str = "all", deep: bool = False) -> list[Finding]:
    """Everything found in one book or in all of them; the chains and guards of the office are always looked at."""
    rules, today = check_rules(), office.books.now()[:10]

    def tell(found: Iterator[Found], code: str = "") -> list[Finding]:
        return [_finding(rules[one.rule], one, code) for one in readable(found, code)]

    def look(one: Book) -> list[Finding]:
        with office.books.read() as connection:
            findings = tell(_book(connection, one, today), one.code)
            if deep:
                findings += tell(book_faults(office, connection, one), one.code)
                findings += tell(sheet_faults(connection, one), one.code)
            return findings

    with office.books.read() as connection:
        chosen = book_rows.books(connection) if book == "all" else [book_rows.find_book(connection, book)]
        findings = tell(_office(connection, today))
    # books know nothing of each other, and Python waits while the database works
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(look, chosen):
            findings += found
    if deep:
        with office.books.read() as connection:
            findings += tell(office_faults(office, connection))
    return findings


def _finding(rule: CheckRule, found: Found, book: str) -> Finding:
    return Finding(rule.severity, found.table, found.row, found.text, book, rule.name, rule.title)


def _office(connection: Connection, today: str) -> Iterator[Found]:
    for name in guard.missing_guards(connection):
        yield Found("guard", guard.catalogue(connection), f"guard_{name}", _("保护触发器不见了"))
    for chain, seq, fault in journal.chain_faults(connection):
        yield Found("journal", "journal", f"{chain}/{seq}", fault)
    for query in check_rows.OFFICE_QUERIES:
        for row, text in check_rows.broken(connection, query, 0, today):
            yield Found(query.rule, query.table, row, text)
    yield from key_faults(connection, today)
    yield from layout_findings(connection)


def _book(connection: Connection, book: Book, today: str) -> Iterator[Found]:
    row_id = book_rows.book_id(connection, book.code)
    for query in check_rows.suspected(connection, check_rows.QUERIES, row_id, today):
        for row, text in check_rows.broken(connection, query, row_id, today):
            yield Found(query.rule, query.table, row, text)
    for table, row, fen in check_rows.recount(connection, row_id):
        text = _("余额与分录重新加出来的不符，相差 {yuan} 元")
        yield Found("balance", table, row, text.format(yuan=said_yuan(fen)))
    for period, fault in period_faults(connection, book):
        yield Found("period", "period", period, fault)
    yield from statement_findings(connection, book)
    for faults in (migration_faults, merger_faults, former_faults):
        for rule, table, row, fault in faults(connection, book):
            yield Found(rule, table, row, fault)
    yield from _wrong_words(connection, book, row_id)
    yield from _strange_accounts(connection, book, row_id)
    yield from _missing_receipts(connection, book, row_id)
    for drawn in drawings_of(connection, row_id, date.fromisoformat(today)):
        yield Found("round_cash", "voucher", drawn.drawn[-1].title, drawn.sentence)
    yield from signing_findings(connection, book, row_id)


def _wrong_words(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    """Only in years for which somebody chose: elsewhere every word is free."""
    rules = rules_of(connection)
    years = sorted({year for year, _word, _count in voucher_rows.words_used(connection, row_id)})
    for year in years if rules else ():
        words, chosen = words_of(rules, book.code, year), choice_of(rules, book.code, year)
        for one in voucher_rows.vouchers_by_word(connection, row_id, year, words) if chosen else ():
            for problem in check_word(one.word, one.lines, words):
                yield Found("word_fits", "voucher", f"{one.month} {one.title}", problem.text)


def _strange_accounts(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    statutory = {one.code: one for one in read_chart(resource("charts", f"{book.standard}.csv"))}
    for account in book_rows.accounts(connection, row_id).values():
        if parent_code(account.code):
            continue
        one = statutory.get(account.code)
        if one is None:
            text = _("制度里没有这个一级科目")
        elif _without_brackets(one.name) != _without_brackets(account.name):
            text = _("制度里叫“{name}”").format(name=one.name)
        elif one.side not in (account.side, EITHER):
            text = _("制度里的余额方向是{side}方").format(side=_("借") if one.side == "D" else _("贷"))
        else:
            continue
        yield Found("account_statutory", "account", f"{account.code} {account.name}", text)


def _without_brackets(name: str) -> str:
    """生产（劳务）成本 is also written 生产劳务成本."""
    return name.translate(dict.fromkeys(map(ord, "（）()")))


def _missing_receipts(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    issued = paper_rows.receipt_books(connection, row_id, book.code)
    seen = paper_rows.receipts(connection, [one.code for one in issued]) if issued else []
    counted = []
    for one in issued:
        if not (one.first + one.last).isdecimal():
            continue
        inside = [receipt for receipt in seen if receipt.book == one.code and one.first <= receipt.number <= one.last]
        counted.append(account_for(one, inside))
        missing = counted[-1].count.missing
        if missing:
            yield Found("receipt_missing", "receipt_book", one.code, _("{n} 去向不明").format(n=_("、").join(missing)))
    for left in left_behind(counted):
        yield Found("receipt_left", "receipt_book", left.book, left.sentence)
