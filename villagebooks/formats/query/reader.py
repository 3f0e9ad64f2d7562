"""A reader key file: what a kiosk, the page or the centre needs to open query files, as one small JSON file.

::

    {"v": 1, "type": "villagebooks reader key", "class": 1|2, "name": "kiosk-1", "root": "<fingerprint of the root>",
     "public": "<X25519, base64>", "seed": "<X25519, base64>"}      or instead of seed: "box": "<passphrase box>"

A kiosk that starts by itself keeps the seed in clear (the file is then as good as the pepper: keep it on that
machine); one that somebody starts in the morning keeps it in a passphrase box. The file is canonical JSON.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.problem import Trouble
from villagebooks.core.query import KIOSK, PAGE
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError, dump, load
from villagebooks.seal.code import check_code
from villagebooks.seal.file import write_file_safely
from villagebooks.seal.key import PASSPHRASE_COST, Argon2Cost, ReaderEntry, SealingKey, lock_box, open_box
from villagebooks.seal.note import check_name, read_base64

_TYPE = "villagebooks reader key"
_LARGEST = 16 * 1024


@dataclass(frozen=True, slots=True)
class ReaderKey:
    """An enrolled reader's key: class 1 (attended kiosk, the centre) or 2 (Internet page), name, root fingerprint."""

    cls: int
    root: str
    key: SealingKey

    @property
    def name(self) -> str:
        """The reader's name in the key directory."""
        return self.key.name

    @property
    def entry(self) -> ReaderEntry:
        """What the key directory lists of it."""
        return ReaderEntry(self.key.name, self.key.public, self.cls)


def make_reader_key(cls: int, name: str, root: str, random: Callable[[int], bytes] = os.urandom) -> ReaderKey:
    """A fresh reader key; its `entry` is then enrolled in the key directory."""
    if cls not in (KIOSK, PAGE):
        raise ValueError("a reader is of class 1 or 2")
    check_name(name)
    return ReaderKey(cls, root, SealingKey(name, random(32)))


def write_reader_key(
    path: Path, reader: ReaderKey, passphrase: str = "", cost: Argon2Cost = PASSPHRASE_COST
) -> None:  # fmt: skip
    """Write the file, readable by this user only; with a passphrase the seed lies in a box."""
    secret = (
        {"box": base64.b64encode(lock_box(passphrase, reader.key.seed, cost)).decode()}
        if passphrase
        else {"seed": base64.b64encode(reader.key.seed).decode()}
    )
    public = base64.b64encode(reader.key.public).decode()
    value = {"v": 1, "type": _TYPE, "class": reader.cls, "name": reader.name, "root": reader.root, "public": public}
    write_file_safely(path, dump({**value, **secret}))
    path.chmod(0o600)


@dataclass(frozen=True, slots=True)
class ReaderFile:
    """What a key file says without its secret: the directory's entry and the root fingerprint that it trusts."""

    entry: ReaderEntry
    root: str


def peek_reader_key(path: Path) -> ReaderFile:
    """What the file says in clear, its secret left alone; FormatError or Trouble."""
    match load(_read(path)):
        case {
            "type": "villagebooks reader key",
            "class": int(cls),
            "name": str(name),
            "root": str(root),
            "public": str(public),
        } if cls in (KIOSK, PAGE) and check_code(root):
            return ReaderFile(ReaderEntry(name, read_base64(public, 32), cls), root)
    raise FormatError(_("不是查询钥匙文件。"))


def move_reader_root(path: Path, root: str) -> None:
    """Let the file trust another root fingerprint; secret and passphrase stay as they are. Trouble, the old file left,
    when the disk fails."""
    value = load(_read(path))
    if not isinstance(value, dict):
        raise FormatError(_("不是查询钥匙文件。"))
    write_file_safely(path, dump({**value, "root": root}))
    path.chmod(0o600)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(_LARGEST)
    except OSError as error:
        raise Trouble(_("读不出查询钥匙文件 {name}。").format(name=path.name)) from error


def read_reader_key(path: Path, passphrase: Callable[[], str] | None = None) -> ReaderKey:
    """The key of a file; `passphrase` is asked only for a boxed one. FormatError, Trouble, or WrongPassphrase."""
    match load(_read(path)):
        case {
            "v": 1,
            "type": "villagebooks reader key",
            "class": int(cls),
            "name": str(name),
            "root": str(root),
            "public": str(public),
            **secret,
        } if cls in (KIOSK, PAGE) and check_code(root):
            check_name(name)
            key = SealingKey(name, _seed(secret, passphrase))
            if key.public != read_base64(public, 32):
                raise FormatError(_("查询钥匙文件里的公钥与私钥不一致。"))
            return ReaderKey(cls, root, key)
    raise FormatError(_("不是查询钥匙文件。"))


def _seed(secret: Mapping[object, object], passphrase: Callable[[], str] | None) -> bytes:
    match secret:
        case {"seed": str(text), **rest} if not rest:
            return read_base64(text, 32)
        case {"box": str(text), **rest} if not rest:
            if passphrase is None:
                raise FormatError(_("这把查询钥匙有口令，请先输入口令。"))
            try:
                box = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError) as error:
                raise FormatError(_("不是查询钥匙文件。")) from error
            seed = open_box(passphrase(), box)
            if len(seed) != 32:
                raise FormatError(_("不是查询钥匙文件。"))
            return seed
    raise FormatError(_("不是查询钥匙文件。"))
