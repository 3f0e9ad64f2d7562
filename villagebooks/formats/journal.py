"""The log as rows of text: what a list shows, and the digest that the chain holds."""

from __future__ import annotations

from collections.abc import Iterable

from villagebooks.core.journal import LogLine, kind_word
from villagebooks.core.words import _
from villagebooks.formats.record import Table

COLUMNS = ("book", "seq", "at", "person", "kind", "act", "ref", "sentence", "digest", "chain")


def log_table(lines: Iterable[LogLine]) -> Table:
    """One row an entry; the office's stand under `office`."""
    rows = [
        (
            one.book or "office", str(one.entry.seq), one.entry.at, one.entry.actor, one.entry.kind,
            kind_word(one.entry.kind), one.entry.ref, one.sentence, one.entry.digest, one.entry.chain,
        )
        for one in lines
    ]  # fmt: skip
    return Table(COLUMNS, rows)


def log_words(lines: Iterable[LogLine]) -> Iterable[str]:
    """One sentence a line, for a screen."""
    for one in lines:
        yield f"{one.book or _('办公室')}　{one.entry.seq}　{one.text}\n"
