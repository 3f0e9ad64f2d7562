"""The log read: pages of lines, people, where chains stand, whether they hold.

Source: 财会〔2024〕12号 art. 32 (safe, complete, to be queried by person, time and content).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.journal import (
    ChainState,
    JournalEntry,
    LogFilter,
    LogLine,
    LogPage,
    Named,
    object_words,
    sentence,
)
from villagebooks.core.post import step_words
from villagebooks.core.problem import Problem, Unknown
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import journal
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import peek_anchor
from villagebooks.services.desk import Office
from villagebooks.services.policy import step_titles

OFFICE, ALL = "office", "all"
"""In place of a book's code: the chain of what belongs to no book, and every chain there is."""

Scopes = Sequence[str]
"""Codes of books, `office`, or `all`: whose chains."""
Report = Callable[[int, int], None]


def read_log(
    office: Office, scopes: Scopes, asked: LogFilter, below: Mapping[str, int] | None = None, limit: int = 60
) -> LogPage:
    """A page of the log, the newest first; `below` is what the page before it said, None for the first."""
    with office.books.read() as connection:
        chosen = _chosen(connection, scopes)
        if below is None:
            below = {uid: journal.LAST for uid, *_rest in chosen}
        refs = _refs(connection, [code for _uid, code, *_rest in chosen], asked.words)
        entries, rest = journal.log_page(connection, below, asked, refs, limit)
        return LogPage(tuple(lines_of(connection, entries)), rest)


def all_lines(office: Office, scopes: Scopes, asked: LogFilter) -> Iterator[LogLine]:
    """Every line that fits, the newest first, read page by page."""
    below: Mapping[str, int] | None = None
    while below is None or below:
        page = read_log(office, scopes, asked, below, _MANY)
        yield from page.lines
        below = page.below


_MANY = 500


def log_people(office: Office, scopes: Scopes) -> list[str]:
    """Everybody who has acted there."""
    with office.books.read() as connection:
        chosen = _chosen(connection, scopes)
        return sorted({name for uid, *_rest in chosen for name in journal.people_in(connection, uid)})


def chain_states(office: Office, scopes: Scopes) -> list[ChainState]:
    """Where each chain stands, and what the last sheet of its book pinned."""
    with office.books.read() as connection:
        return [_state(connection, *one) for one in _chosen(connection, scopes)]


def verify_chains(office: Office, scopes: Scopes, report: Report | None = None) -> list[str]:
    """What is wrong with the chains, entry by entry from the first to the last: nothing when they hold.

    Compared as well with every head that a sheet on the notice board pins. Cancelled between two reports.
    """
    problems: list[str] = []
    with office.books.read() as connection:
        chosen = _chosen(connection, scopes)
        total, done = sum(one[2] for one in chosen), 0
        for uid, code, length, _head in chosen:

            def tell(count: int, before: int = done) -> None:
                if report:
                    report(min(before + count, total), total)

            tell(0)
            for _chain, seq, fault in journal.chain_faults(connection, uid, tell):
                problems.append(_("{book} 第 {seq} 条：{fault}").format(book=_whose(code), seq=seq, fault=fault))
            problems += _pin_faults(connection, code)
            done += length
        if report:
            report(total, total)
    return problems


def _pin_faults(connection: Connection, code: str) -> Iterator[str]:
    """Heads that sheets pinned and the chain no longer has there."""
    if not code:
        return
    row_id = book_rows.book_id(connection, code)
    pins = []
    for one in disclosure_rows.put_ups(connection, row_id):
        try:
            pins.append((one, peek_anchor(one.anchor)))
        except FormatError:
            yield _("{book} {month} 公开榜上钉住日志的签名读不出").format(book=code, month=one.month)
    heads = journal.heads_at(connection, row_id, [anchor.size for _one, anchor in pins])
    for one, anchor in pins:
        if heads.get(anchor.size) != anchor.head:
            text = _("{book} 到第 {seq} 条为止的日志，与 {month} 公开榜（{code}）上钉住的不一样")
            yield text.format(book=code, seq=anchor.size, month=one.month, code=one.code)


def _state(connection: Connection, uid: str, code: str, length: int, head: str) -> ChainState:
    state = ChainState(uid, code, length, head)
    if code:
        put_ups = disclosure_rows.put_ups(connection, book_rows.book_id(connection, code))
        if put_ups:
            last = put_ups[-1]
            with suppress(FormatError):  # `verify_chains` tells of it
                state = replace(state, pinned=peek_anchor(last.anchor).size, pinned_on=last.put_up, code=last.code)
    return state


def _chosen(connection: Connection, scopes: Scopes) -> list[tuple[str, str, int, str]]:
    every = journal.chains(connection)
    if ALL in scopes:
        return every
    wanted = {"" if code == OFFICE else code for code in scopes}
    found = [one for one in every if one[1] in wanted]
    missing = wanted - {one[1] for one in found}
    if missing:
        raise Unknown([Problem(_("没有账套 {code}").format(code=_("、").join(sorted(missing))), field="book")])
    return found


def _whose(code: str) -> str:
    return code or _("办公室")


def _refs(connection: Connection, codes: Sequence[str], words: str) -> list[str] | None:
    if not words.strip():
        return None
    rows = [book_rows.book_id(connection, code) for code in codes if code]
    return journal.find_refs(connection, rows, words)


def lines_of(connection: Connection, entries: Sequence[JournalEntry]) -> Iterator[LogLine]:
    """Entries with their sentences."""
    books = {uid: code for uid, code, *_rest in journal.chains(connection)}
    named = journal.name_refs(connection, [one.ref for one in entries])
    told = any(one.table == "approval" for one in named.values())
    titles = step_titles(connection) | step_words() if told else {}
    for entry in entries:
        words = object_words(_titled(named.get(entry.ref), titles), entry.ref.partition(":")[2])
        yield LogLine(entry, books.get(entry.chain, ""), sentence(entry.kind, entry.ref, words))


def _titled(named: Named | None, titles: Mapping[str, str]) -> Named | None:
    """A signature with what people call its step."""
    if named is None or named.table != "approval":
        return named
    step = str(named.values["step"])
    return replace(named, values={**named.values, "step_title": _(titles.get(step, step))})
