"""A page of the log as it is asked for and shown: filter, lines, where a chain stands, one entry in detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebooks.core.journal.entry import JournalEntry
from villagebooks.core.journal.field import FieldChange
from villagebooks.core.words import _

NOBODY = "local"
"""The actor of what needs nobody signed in: making books, imports."""


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
    def who(self) -> str:
        """Who did it; 未登录 for what needs nobody signed in."""
        return _("（未登录）") if self.entry.actor == NOBODY else self.entry.actor

    @property
    def text(self) -> str:
        """冯素芳 2026-09-10 15:02 保存凭证 V01 2026-09 记6：买打印纸……742.60."""
        return f"{self.who} {self.when} {self.sentence}"

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


def state_words(one: ChainState) -> str:
    """V01　共 123 条，链值 …；到第 100 条已由 2026-10-05 的公开榜（本期码 …）钉住."""
    said = _("{book}　共 {n} 条，链值 {head}").format(book=one.book or _("办公室"), n=one.length, head=one.head)
    if one.pinned:
        text = _("；到第 {n} 条已由 {day} 的公开榜（本期码 {code}）钉住")
        said += text.format(n=one.pinned, day=one.pinned_on, code=one.code)
    return said


def detail_words(one: Detail) -> list[str]:
    """An entry as lines: what was done, what it was before and after."""
    entry = one.line.entry
    said = [
        one.line.text,
        _("{book} 第 {seq} 条　{ref}").format(book=one.line.book or _("办公室"), seq=entry.seq, ref=entry.ref),
    ]
    return said + change_words(one)


def change_words(one: Detail) -> list[str]:
    """What an act changed, a line a field; a sentence where there is nothing to compare."""
    said = []
    if not one.sound:
        said.append(_("注意：留存的样子与日志登记的校验值不符，有人绕开程序改过，请做深度自查"))
    if not one.known:
        return [*said, _("以前的样子没有留存（导入的历史，或旧版程序写的日志）")]
    if one.inserted:
        said.append(_("这一条是新增，以前没有"))
        text = _("{where}：{text}")
        fields = ((f"{change.where}　{change.field}".strip("　"), change.after) for change in one.changes)
        return said + [text.format(where=where, text=after) for where, after in fields]
    return said + ([change.words for change in one.changes] or [_("这一条没有改动内容")])
