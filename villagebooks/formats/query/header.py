"""The clear header of a query file: one order, read strictly, unknown keys refused unless they start with `x-`."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.journal import Head
from villagebooks.core.period import read_day
from villagebooks.core.query import QueryHead
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import WRAPPED_BYTES, Argon2Cost, check_cost
from villagebooks.seal.note import check_name, read_base64

QUERY_KIND = "villagebooks/v1/query"

_ORDER = ("centre", "book", "file", "seq", "asof", "journal", "anchor", "kdf", "salt", "content", "reader")
_NUMBER = re.compile(r"0|[1-9]\d{0,15}", re.ASCII)
_HEX16, _HEX32 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class WrappedPepper:
    """The pepper of a class, wrapped to one enrolled reader (80 bytes)."""

    cls: int
    name: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class QueryHeader:
    """The header: what the exporter says in clear, the file's 16-byte id, Argon2 cost, content hash (hex), peppers."""

    head: QueryHead
    file_id: bytes
    cost: Argon2Cost
    content: str
    readers: tuple[WrappedPepper, ...]


def pepper_purpose(cls: int) -> str:
    """What a pepper is wrapped for; the class is part of it, so that no pepper serves the other class."""
    return f"pepper/{cls}"


def header_lines(header: QueryHeader) -> tuple[str, ...]:
    """The note's lines between its type and the objects; FormatError for names that could not be read back."""
    head, cost = header.head, header.cost
    check_name(head.centre)
    if not head.book or head.book != head.book.strip():
        raise FormatError(_("账套代码不能为空，前后不能有空格。"))
    return (
        f"centre {head.centre}",
        f"book {head.book}",
        f"file {header.file_id.hex()}",
        f"seq {head.seq}",
        f"asof {head.asof.isoformat()}",
        f"journal {head.journal.seq} {head.journal.head}",
        f"anchor {head.anchor} {head.anchor_hash or 'none'}",
        f"kdf argon2id {cost.t} {cost.m_kib} {cost.p}",
        f"salt {head.salt.hex()}",
        f"content {header.content}",
        *(f"reader {one.cls} {one.name} {base64.b64encode(one.wrapped).decode()}" for one in header.readers),
    )


def read_header(lines: Sequence[str]) -> QueryHeader:
    """The header of a verified note; FormatError when it is not exactly what `header_lines` writes."""
    known = [line for line in lines if not line.startswith("x-")]
    if any(line.partition(" ")[0] not in _ORDER for line in known):
        raise FormatError(_("文件里有这个版本不认识的内容，请升级软件。"))
    values = dict(line.partition(" ")[::2] for line in known)
    if not set(_ORDER[:-1]) <= set(values):
        raise FormatError(_("查询文件头缺少内容。"))
    size, _space, chain_head = values["journal"].partition(" ")
    anchor, _space, anchor_hash = values["anchor"].partition(" ")
    head = QueryHead(
        centre=values["centre"], book=values["book"], seq=_number(values["seq"]), asof=_day(values["asof"]),
        journal=Head(_number(size), _hex(chain_head, _HEX32)), anchor=_number(anchor),
        anchor_hash="" if anchor_hash == "none" else _hex(anchor_hash, _HEX32),
        salt=bytes.fromhex(_hex(values["salt"], _HEX16)),
    )  # fmt: skip
    header = QueryHeader(
        head=head, file_id=bytes.fromhex(_hex(values["file"], _HEX16)), cost=_cost(values["kdf"]),
        content=_hex(values["content"], _HEX32),
        readers=tuple(_reader(line) for line in known if line[:7] == "reader "),
    )  # fmt: skip
    if header_lines(header) != tuple(known) or (head.anchor == 0) != (head.anchor_hash == ""):
        raise FormatError(_("查询文件头的写法不规范。"))
    places = [(one.cls, one.name) for one in header.readers]
    if len(set(places)) != len(places):
        raise FormatError(_("查询文件头里有重复的查询设备。"))
    return header


def _reader(line: str) -> WrappedPepper:
    words = line.split(" ")
    if len(words) != 4 or words[1] not in ("1", "2"):
        raise FormatError(_("查询文件头里的查询设备写法不对。"))
    check_name(words[2])
    return WrappedPepper(int(words[1]), words[2], read_base64(words[3], WRAPPED_BYTES))


def _cost(text: str) -> Argon2Cost:
    words = text.split(" ")
    if len(words) != 4 or words[0] != "argon2id":
        raise FormatError(_("查询文件用了不认识的计算方法，请升级软件。"))
    cost = Argon2Cost(*(_number(word) for word in words[1:]))
    check_cost(cost)
    return cost


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise FormatError(_("查询文件头里的数字写法不对。"))
    return int(text)


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise FormatError(_("查询文件头里的日期写法不对。"))
    return day


def _hex(text: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(text):
        raise FormatError(_("查询文件头里的校验值写法不对。"))
    return text
