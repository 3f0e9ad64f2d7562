"""A journal entry (操作日志) as people read it: who did what, when, to which object."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of a chain; `ref` is table:uid, `digest` the hex SHA-256 of the canonical row after the act."""

    chain: str
    seq: int
    at: str
    actor: str
    kind: str
    ref: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: number of entries and the hex hash over all of them."""

    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What `check` found: severity error (the books are wrong) or notice (unusual), table and row it stands in.

    `rule` is the name of the rule that is broken, `title` what people call it.
    """

    severity: str
    table: str
    row: str
    text: str
    book: str = ""
    rule: str = ""
    title: str = ""

    def __str__(self) -> str:
        return _("{where}：{text}").format(where=f"{self.table} {self.row}", text=self.text)
