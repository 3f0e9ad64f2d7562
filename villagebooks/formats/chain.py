"""A chain of the journal (操作日志) as a file: every entry exactly as it was hashed, so that anybody counts it again.

Lines of canonical JSON, each with its line end::

    {"chain":<uuid>,"head":<hex head over all entries>,"seq":<number of entries>,"type":"villagebooks/v1/chain","v":1}
    <entry 1>
    <entry 2> …

The file is not signed: it is compared with the head that an anchor on the notice board pins, or with another copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from villagebooks.core.journal import Head
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError, dump, load
from villagebooks.seal.journal import ChainBroken, leaf_hash, next_head, read_entry, verify_chain

CHAIN_KIND = "villagebooks/v1/chain"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ChainFile:
    """A chain that hangs together: its uid and its head after 0, 1, 2 … entries."""

    chain: str
    heads: tuple[bytes, ...]


def is_uuid(text: str) -> bool:
    """Whether the text is a uuid in its usual spelling."""
    return _UUID.fullmatch(text) is not None


def chain_parts(chain: str, state: Head, entries: Iterable[bytes]) -> Iterator[bytes]:
    """The file's lines, from the canonical bytes of the entries in order."""
    yield _head_line(chain, state) + b"\n"
    for entry in entries:
        yield entry + b"\n"


def read_chain(raw: bytes) -> ChainFile:
    """The chain; FormatError at the first entry that does not follow the one before it."""
    first, *lines = raw.split(b"\n")
    if not lines or lines.pop() != b"":
        raise FormatError(_("日志链不完整。"))
    chain, state = _read_head(first)
    entries = [read_entry(line) for line in lines]
    try:
        verify_chain(chain, entries)
    except ChainBroken as broken:
        raise FormatError(str(broken)) from broken
    heads = [verify_chain(chain, ())]
    for line in lines:
        heads.append(next_head(heads[-1], leaf_hash(line)))
    if (len(lines), heads[-1].hex()) != (state.seq, state.head):
        raise FormatError(_("日志与链头不符，有日志被改动、增加或删除。"))
    return ChainFile(chain, tuple(heads))


def _head_line(chain: str, state: Head) -> bytes:
    return dump({"v": 1, "type": CHAIN_KIND, "chain": chain, "seq": state.seq, "head": state.head})


def _read_head(line: bytes) -> tuple[str, Head]:
    match load(line):
        case {"chain": str(chain), "seq": int(seq), "head": str(head)} if is_uuid(chain):
            state = Head(int(seq), head)
            if _head_line(chain, state) == line:
                return chain, state
    raise FormatError(_("不是日志链文件。"))


def compare_heads(points: Iterable[tuple[int, str]], heads: tuple[bytes, ...]) -> list[str]:
    """A sentence for every pinned (size, hex head) that a chain with these heads does not have there."""
    problems = []
    for size, head in points:
        if size >= len(heads):
            text = _("给的日志链只有 {have} 条，没有第 {n} 条。")
            problems.append(text.format(have=len(heads) - 1, n=size))
        elif heads[size].hex() != head:
            text = _("到第 {n} 条为止的日志与给的日志链不一样，有日志被改动过。")
            problems.append(text.format(n=size))
    return problems
