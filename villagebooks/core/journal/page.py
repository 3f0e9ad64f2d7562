"""A page of the log as it is asked for and shown: filter, lines, where a chain stands, one entry in detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebooks.core.journal.entry import JournalEntry
from villagebooks.core.journal.field import FieldChange


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries: of whom, from one day to another (ISO days, both included, empty: open), kinds of acts, and words
    that name an object (a voucher's number, an amount in yuan, a text)."""

    person: str = ""
    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as people read it. `book` is the code of the book, empty for the office's."""

    entry: JournalEntry
    book: str
    sentence: str

    @property
    def text(self) -> str:
        """冯素芳 2026-09-10 15:02 保存凭证 V01 2026-09 记6：买打印纸……742.60."""
        return f"{self.entry.actor} {self.when} {self.sentence}"

    @property
    def when(self) -> str:
        """The moment to the minute."""
        return self.entry.at[:16].replace("T", " ")


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines, the newest first, and by chain the number below which the next page begins; empty when there is none."""

    lines: tuple[LogLine, ...]
    below: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Where a chain stands: whose, how long, its head in hex, and up to which entry the last sheet pinned it (0: none
    did) on which day under which code."""

    chain: str
    book: str
    length: int
    head: str
    pinned: int = 0
    pinned_on: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry with what was before it and after it, in words per field; `known` is False where that was not kept
    (entries of older books), `sound` False where what was kept is not what the log says."""

    line: LogLine
    head: str
    changes: tuple[FieldChange, ...]
    known: bool
    sound: bool
    inserted: bool
    before: str = ""
    """The state before as canonical JSON, empty where there was none."""
