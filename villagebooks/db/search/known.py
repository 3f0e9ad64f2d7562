"""What the small tables know of what was typed: villages, parties, accounts, papers and their documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from sqlalchemy import Connection

from villagebooks.core.search import Term
from villagebooks.db.search.listed import in_texts
from villagebooks.db.search.term import Meaning, Values, matching
from villagebooks.db.tuples import fetch_plain

Initials = Callable[[str], str]
"""From a name to the letters by which people type it, a word for each way to read it."""


def look_up(connection: Connection, terms: Sequence[Term], initials: Initials) -> tuple[Meaning, ...]:
    """What the small tables know of each term."""
    return tuple(_look_up(connection, one, initials) for one in terms)


def _look_up(connection: Connection, term: Term, initials: Initials) -> Meaning:
    values: Values = {}
    papers, books, parties = [], set[int](), False
    number = term.paper if term.paper is not None else term.number
    if number is not None:
        values["number"] = number
        papers.append("SELECT uid FROM paper WHERE number = :number")
    if term.text:
        text: Values = {}
        match = matching(connection, term.text, "text", text)
        name = f"{match('name')} OR {match('code')}"
        books = _first(connection, f"SELECT id FROM book WHERE {name}", text)  # noqa: S608  (our own words, values are bound)
        parties = bool(fetch_plain(connection, f"SELECT 1 FROM party WHERE {name} LIMIT 1", text))  # noqa: S608  (as above)
        papers.append(_NUMBERED.format(match("number")))
        papers.append(_PAID.format(match("payee")))
        values |= text
    names: tuple[str, ...] = ()
    if term.letters:
        books |= {row for row, name in fetch_plain(connection, "SELECT id, name FROM book", {})
                  if _begins(initials(name), term.letters)}  # fmt: skip
        names = _spelt(connection, "SELECT DISTINCT name FROM party", initials, term.letters)
        paid = _spelt(connection, "SELECT DISTINCT payee FROM paper", initials, term.letters)
        if paid:
            papers.append(_PAID.format(in_texts(connection, "payee", paid, "paid", values)))
    found: list[tuple[int]] = []
    if papers:
        sql = _OF_PAPERS.format(papers=" UNION ".join(papers))
        found = fetch_plain(connection, sql, values)
    vouchers = tuple(row[0] for row in found)
    return Meaning(term, tuple(sorted(books)), vouchers, parties, names, _accounts(connection, term, initials))


_NUMBERED, _PAID = "SELECT paper FROM document WHERE {}", "SELECT uid FROM paper WHERE {}"
_OF_PAPERS = """SELECT DISTINCT v.id FROM paper_voucher j JOIN voucher v ON v.uid = j.voucher
  WHERE j.paper IN ({papers}) ORDER BY v.id"""


def _first(connection: Connection, sql: str, values: Values) -> set[int]:
    return set(chain.from_iterable(fetch_plain(connection, sql, values)))


def _spelt(connection: Connection, sql: str, initials: Initials, letters: str) -> tuple[str, ...]:
    return tuple(name for (name,) in fetch_plain(connection, sql, {}) if _begins(initials(name), letters))


def _begins(spelt: str, letters: str) -> bool:
    return any(one.startswith(letters) for one in spelt.split())


def _is(spelt: str, letters: str) -> bool:
    return letters in spelt.split()


def _accounts(connection: Connection, term: Term, initials: Initials) -> tuple[tuple[int, str], ...]:
    """Accounts that are called so, or whose code or initials are these, and all below them."""
    values: Values = {}
    ways = []
    if term.text:
        values["name"] = term.text
        ways.append("a.name = :name")
    if term.code:
        values["code"] = term.code
        ways.append("a.code = :code")
    if term.account:
        if term.account.isdigit():
            values["begin"] = term.account
            ways.append("substr(a.code, 1, length(CAST(:begin AS TEXT))) = CAST(:begin AS TEXT)")
        else:
            ways.append(matching(connection, term.account, "begin", values)("a.name"))
    if letters := term.letters or (term.account if term.account.isascii() and term.account.isalpha() else "").lower():
        every = fetch_plain(connection, "SELECT DISTINCT name FROM account", {})
        fits = _begins if term.account else _is
        spelt = [name for (name,) in every if fits(initials(name), letters)]
        if spelt:
            ways.append(in_texts(connection, "a.name", spelt, "spelt", values))
    if not ways:
        return ()
    sql = f"""SELECT DISTINCT b.book, b.code FROM account a
      JOIN account b ON b.book = a.book AND substr(b.code, 1, length(a.code)) = a.code
      WHERE b.leaf = 1 AND ({" OR ".join(ways)}) ORDER BY b.book, b.code"""  # noqa: S608  (our own words, values are bound)
    return tuple(map(tuple, fetch_plain(connection, sql, values)))
