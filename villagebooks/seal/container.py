"""The container of every file that leaves the program: an uncompressed ustar of one valid encoding, signed by its NOTE.

Member 0 is `NOTE`, a signed note whose text ends with `obj <name> <size> <sha256>` for each member after it; member 1
is `keys`, the key directory. `tar`, `sha256sum` and `openssl` are enough to check one by hand.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.file import disk_trouble, remove, write_safely
from villagebooks.seal.note import LARGEST_NOTE, Note, Signer, open_note, peek_note, sign_note

BLOCK = 512
LARGEST_OBJECT = 16 * 1024 * 1024
MOST_OBJECTS = 100_000
LARGEST_FILE = 3584 * 1024 * 1024
"""3.5 GiB, so that every volume fits a FAT32 stick."""

NOTE_NAME, KEYS_NAME = "NOTE", "keys"

_NAME = re.compile(r"[a-z]{1,8}(/[0-9a-f]{64})?")
_OBJ_LINE = re.compile(r"obj ([a-z]{1,8}(?:/[0-9a-f]{64})?) (0|[1-9]\d{0,8}) ([0-9a-f]{64})", re.ASCII)
_MODE_AND_OWNER, _TIME = b"0000444\0" + 2 * b"0000000\0", b"00000000000\0"
_TYPE_AND_MAGIC = (b"0" + bytes(100) + b"ustar\x0000").ljust(BLOCK - 156, b"\0")
_SAME_SUM = sum(_MODE_AND_OWNER + _TIME + b" " * 8 + _TYPE_AND_MAGIC)
"""What a header's checksum is made of beside name and size; its own eight bytes count as blanks."""
_SIZE_PLACE = slice(124, 136)
_SIZE_FIELD = re.compile(rb"[0-7]{11}\x00")
_END = bytes(2 * BLOCK)

Trust = Mapping[str, bytes] | Callable[[bytes], Mapping[str, bytes]]
"""Name → public key of who may sign, or how to find them from the container's `keys` object (which it must verify)."""


@dataclass(frozen=True, slots=True)
class Member:
    """An object's place in the file: name, size in bytes, hex SHA-256, offset of its first byte."""

    name: str
    size: int
    sha256: str
    offset: int


@dataclass(frozen=True, slots=True)
class Container:
    """A container whose form and signatures held; `header` is the note's text between its type and the objects."""

    path: Path
    note: Note
    header: tuple[str, ...]
    members: Mapping[str, Member]

    def names(self) -> tuple[str, ...]:
        """The objects' names in order."""
        return tuple(self.members)

    def read(self, name: str) -> bytes:
        """An object's bytes, hash-checked now; FormatError when they are not what was signed."""
        member = self.members.get(name)
        if member is None:
            raise FormatError(_("文件里没有 {name}。").format(name=name))
        with _reading(self.path) as handle:
            return _read_member(handle, member)

    def verify_all(self) -> None:
        """Hash every object; FormatError at the first that is not what was signed."""
        with _reading(self.path) as handle:
            for member in self.members.values():
                _read_member(handle, member)


def write_container(
    path: Path,
    header_lines: Sequence[str],
    objects: Iterable[tuple[str, bytes]],
    sign: Sequence[Signer],
    kind: str,
    limit: int = LARGEST_FILE,
) -> None:
    """Write a container safely: a kill or a full disk leaves the old file or none. `keys` is the first object.

    Objects may come from a generator and are kept on disk meanwhile, so seal them before. FormatError for a name, size
    or count that no reader would accept, Trouble when the disk fails.
    """
    if any(line.startswith("obj ") for line in header_lines):
        raise FormatError(_("文件头里不能有 obj 行。"))
    body = path.with_name(path.name + ".body.part")
    try:
        with disk_trouble(path), body.open("w+b") as store:
            obj_lines = _store_objects(store, objects)
            note = sign_note([kind, *header_lines, *obj_lines], sign)
            total = _padded(len(note)) + store.tell() + len(_END)
            if len(note) > LARGEST_NOTE or total > limit:
                raise FormatError(_("文件超过允许的大小。"))
            trust = {key.name: key.public for key in sign}

            def fill(handle: BinaryIO) -> None:
                handle.write(member_header(NOTE_NAME, len(note)) + note + _padding(len(note)))
                store.seek(0)
                shutil.copyfileobj(store, handle, 1 << 20)
                handle.write(_END)

            write_safely(path, fill, lambda at: open_container(at, kind, trust, len(sign), limit).verify_all())
    finally:
        remove(body)


def open_container(path: Path, kind: str, trust: Trust, needed: int = 1, limit: int = LARGEST_FILE) -> Container:
    """The container after its length, signatures and every header held; objects are hashed when they are read.

    FormatError with the reason otherwise (too short: 拷贝不完整，还差 X%), Trouble when the file cannot be read.
    """
    with _reading(path) as handle:
        actual = os.fstat(handle.fileno()).st_size
        if actual > limit:
            raise FormatError(_("文件超过允许的大小。"))
        raw, start = _read_note(handle, actual)
        verifiers = trust if isinstance(trust, Mapping) else trust(_read_keys(handle, raw, start, actual))
        note = open_note(raw, kind, verifiers, needed)
        header, members = _read_index(note.lines, start)
        _check_length(members, actual)
        _check_members(handle, members)
    return Container(path, note, header, {member.name: member for member in members})


def peek_kind(path: Path) -> str:
    """Which type of container the file says to be, nothing verified; FormatError when it is none."""
    with _reading(path) as handle:
        raw, _start = _read_note(handle, os.fstat(handle.fileno()).st_size)
    return peek_note(raw).kind


def member_header(name: str, size: int) -> bytes:
    """The 512 bytes of a member's ustar header, as `TarInfo(name, size, mode=0o444)` with all else 0 gives them."""
    label, digits = name.encode("ascii"), b"%011o\0" % size
    checksum = _SAME_SUM + sum(label) + sum(digits)
    return b"".join((label.ljust(100, b"\0"), _MODE_AND_OWNER, digits, _TIME, b"%06o\0 " % checksum, _TYPE_AND_MAGIC))


def random_name(folder: str, random: Callable[[int], bytes] = os.urandom) -> str:
    """A fresh object name; random, because a hash of the plaintext would betray it."""
    return f"{folder}/{random(32).hex()}"


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    with disk_trouble(path), path.open("rb") as handle:
        yield handle


def _store_objects(store: BinaryIO, objects: Iterable[tuple[str, bytes]]) -> list[str]:
    """Write header, bytes and padding of each object; the note's `obj` lines."""
    lines: list[str] = []
    seen: set[str] = set()
    for name, data in objects:
        if not _NAME.fullmatch(name) or name in seen or (not lines and name != KEYS_NAME):
            raise FormatError(_("对象名称不对、重复，或第一个不是 keys：{name}").format(name=name))
        if len(data) > LARGEST_OBJECT or len(lines) >= MOST_OBJECTS:
            raise FormatError(_("对象太大或太多：{name}").format(name=name))
        seen.add(name)
        store.write(member_header(name, len(data)) + data + _padding(len(data)))
        lines.append(f"obj {name} {len(data)} {hashlib.sha256(data).hexdigest()}")
    if not lines:
        raise FormatError(_("文件里没有钥匙名录。"))
    return lines


def _read_note(handle: BinaryIO, actual: int) -> tuple[bytes, int]:
    """The note's bytes and where the next member's header starts."""
    size = _read_size(handle, 0, NOTE_NAME, LARGEST_NOTE)
    if actual < _padded(size):
        raise FormatError(_("拷贝不完整：文件开头就缺了一部分。"))
    raw = handle.read(size)
    _check_padding(handle, size)
    return raw, _padded(size)


def _read_keys(handle: BinaryIO, raw: bytes, start: int, actual: int) -> bytes:
    size = _read_size(handle, start, KEYS_NAME, LARGEST_OBJECT) if actual >= start + BLOCK else LARGEST_OBJECT
    keys = handle.read(size)
    if len(keys) < size:
        # nothing is verified yet; the unverified index only serves to say how much of the copy is missing
        _check_length(_read_index(peek_note(raw).lines, start)[1], actual)
    return keys


def _read_size(handle: BinaryIO, at: int, name: str, most: int) -> int:
    """The size in the header at `at`, which must be exactly the header that we would write."""
    handle.seek(at)
    block = handle.read(BLOCK)
    if len(block) < BLOCK:
        raise FormatError(_("拷贝不完整：文件开头就缺了一部分。"))
    if not _SIZE_FIELD.fullmatch(block[_SIZE_PLACE]):
        raise FormatError(_("不是本系统的文件，或已损坏。"))
    size = int(block[_SIZE_PLACE][:-1], 8)
    if size > most or block != member_header(name, size):
        raise FormatError(_("不是本系统的文件，或已损坏。"))
    return size


def _read_index(lines: Sequence[str], start: int) -> tuple[tuple[str, ...], list[Member]]:
    """Header lines and members with their places, from the note's text."""
    first = next((at for at, line in enumerate(lines) if line.startswith("obj ")), len(lines))
    members: list[Member] = []
    names: set[str] = set()
    if len(lines) - first > MOST_OBJECTS:
        raise FormatError(_("文件里的对象太多。"))
    for line in lines[first:]:
        match = _OBJ_LINE.fullmatch(line)
        if not match or int(match[2]) > LARGEST_OBJECT or match[1] in names:
            raise FormatError(_("文件目录的格式不对。"))
        member = Member(match[1], int(match[2]), match[3], start + BLOCK)
        names.add(member.name)
        members.append(member)
        start += _padded(member.size)
    if not members or members[0].name != KEYS_NAME:
        raise FormatError(_("文件里没有钥匙名录。"))
    return tuple(lines[1:first]), members


def _check_length(members: Sequence[Member], actual: int) -> None:
    """The file ends where the index says; a short copy deserves its own sentence."""
    last = members[-1]
    expected = last.offset - BLOCK + _padded(last.size) + len(_END)
    if actual < expected:
        missing = max(0.1, (expected - actual) * 100 / expected)
        raise FormatError(_("拷贝不完整，还差 {missing:.1f}%。").format(missing=missing))
    if actual > expected:
        raise FormatError(_("文件后面多出了内容。"))


def _check_members(handle: BinaryIO, members: Sequence[Member]) -> None:
    """Every header, padding and the end must be the bytes that we would write."""
    handle.seek(members[0].offset - BLOCK)
    for member in members:
        if handle.read(BLOCK) != member_header(member.name, member.size):
            raise FormatError(_("文件结构被改动：{name}").format(name=member.name))
        # members lie one behind the other, so the next header stands right behind this padding
        handle.seek(member.offset + member.size)
        _check_padding(handle, member.size)
    if handle.read() != _END:
        raise FormatError(_("文件结尾不对。"))


def _check_padding(handle: BinaryIO, size: int) -> None:
    padding = _padding(size)
    if handle.read(len(padding)) != padding:
        raise FormatError(_("文件结构被改动。"))


def _read_member(handle: BinaryIO, member: Member) -> bytes:
    handle.seek(member.offset)
    data = handle.read(member.size)
    if hashlib.sha256(data).hexdigest() != member.sha256:
        raise FormatError(_("内容被改动或损坏：{name}").format(name=member.name))
    return data


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _padded(size: int) -> int:
    """Bytes that a member of this size takes, with its header."""
    return BLOCK + size + -size % BLOCK
