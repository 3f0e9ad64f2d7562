"""The key directory: a note signed by the centre's root key that says whose key is valid, for what and since when.

Lines, in this order and each group in the order given (so that one directory has one spelling)::

    villagebooks/v1/keys
    centre <name>
    version <n>
    previous <SHA-256 of the note of version n-1 | none>
    root <public key>                                   its fingerprint is what hangs on the wall
    key <name> <role,role…> <public key> from <pos>
    recipient <name> <X25519 public key>
    reader <class> <name> <X25519 public key>
    device <name> <public key>
    revoke <name> at <pos>
    policy <sha256>
    root-next <SHA-256 of the next root's public key>

Positions count the office chain. A key signs from its own position up to the one where its name is revoked or gets a
newer key.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key.pair import SigningKey, check_sealing_public, check_signing_public, fingerprint
from villagebooks.seal.note import Verifier, check_name, open_note, peek_note, read_base64, sign_note

DIRECTORY_KIND = "villagebooks/v1/keys"
PROOF_KIND = "villagebooks/v1/key-proof"
LATEST = 2**53 - 1

_ROLE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"0|[1-9]\d{0,15}", re.ASCII)
_PUBLIC_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A signing key of a person or, without roles, of a device; `since` is its position on the office chain."""

    name: str
    public: bytes
    roles: tuple[str, ...] = ()
    since: int = 0


@dataclass(frozen=True, slots=True)
class ReaderEntry:
    """A key that query files are sealed to: cls 1 attended kiosk, 2 Internet page; with cls 0 another recipient."""

    name: str
    public: bytes
    cls: int = 0


@dataclass(frozen=True, slots=True)
class Revocation:
    """From position `at` on, nothing signed by an older key of this name is valid."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class KeyDirectory:
    """One version of a centre's key directory; hashes are hex, empty when there is none."""

    centre: str
    version: int
    root: bytes
    previous: str = ""
    keys: tuple[KeyEntry, ...] = ()
    recipients: tuple[ReaderEntry, ...] = ()
    readers: tuple[ReaderEntry, ...] = ()
    devices: tuple[KeyEntry, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    policy: str = ""
    root_next: str = ""

    @property
    def fingerprint(self) -> str:
        """The root key's fingerprint, as printed on every sheet."""
        return fingerprint(self.root)


def build_directory(directory: KeyDirectory) -> tuple[str, ...]:
    """The note's lines, after checking names, keys and that no entry stands twice; FormatError otherwise."""
    _check_directory(directory)
    lines = [
        DIRECTORY_KIND,
        f"centre {directory.centre}",
        f"version {directory.version}",
        f"previous {directory.previous or 'none'}",
        f"root {_coded(directory.root)}",
    ]
    lines += [key_line(entry) for entry in directory.keys]
    lines += [f"recipient {entry.name} {_coded(entry.public)}" for entry in directory.recipients]
    lines += [f"reader {entry.cls} {entry.name} {_coded(entry.public)}" for entry in directory.readers]
    lines += [f"device {entry.name} {_coded(entry.public)}" for entry in directory.devices]
    lines += [f"revoke {entry.name} at {entry.at}" for entry in directory.revocations]
    lines += [f"policy {directory.policy}"] if directory.policy else []
    lines += [f"root-next {directory.root_next}"] if directory.root_next else []
    return tuple(lines)


def sign_directory(root: SigningKey, directory: KeyDirectory) -> bytes:
    """The directory's note, signed by the root key that it names."""
    if root.public != directory.root:
        raise FormatError(_("签名的总钥匙与名录里写的不一致。"))
    return sign_note(build_directory(directory), [root])


@lru_cache(maxsize=8)
def read_directory(raw: bytes, root: bytes | str | None) -> KeyDirectory:
    """The directory, verified under a root public key (bytes) or its printed fingerprint (text).

    With None the note is verified under the root key that it names itself: then somebody must compare the fingerprint.
    The same bytes under the same root are verified once, since every signature and every posting asks.
    """
    note = peek_note(raw)
    directory = _parse(note.lines)
    expected = root if isinstance(root, bytes) else directory.root
    if expected != directory.root or (isinstance(root, str) and fingerprint(directory.root) != root):
        raise FormatError(_("钥匙名录的总钥匙不是墙上公布的那一把。"))
    open_note(raw, DIRECTORY_KIND, dict.fromkeys(note.signers, directory.root))
    return directory


def directory_hash(raw: bytes) -> str:
    """Hex SHA-256 of a directory's note, which the next version quotes."""
    return hashlib.sha256(raw).hexdigest()


def root_next_hash(public: bytes) -> str:
    """Hex SHA-256 of the next root's public key, published while its private half waits in a sealed envelope."""
    return hashlib.sha256(public).hexdigest()


def check_succession(old_raw: bytes, old: KeyDirectory, new: KeyDirectory) -> None:
    """FormatError unless `new` is the version right after `old` and its root is the same or the one announced."""
    if new.version != old.version + 1 or new.previous != directory_hash(old_raw):
        raise FormatError(_("钥匙名录的版本没有接上。"))
    if new.root != old.root and root_next_hash(new.root) != old.root_next:
        raise FormatError(_("钥匙名录换了总钥匙，但不是事先公布的那一把。"))


def directory_faults(root: str, raws: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    """(version, what is wrong) of every version that these books ever kept, oldest first: each signed by the root that
    it names, the newest by the root of the wall, each right after the one before, a new root only as announced."""
    before: tuple[bytes, KeyDirectory] | None = None
    for version, raw in raws:
        try:
            one = read_directory(raw, root if version == raws[-1][0] else None)
            if one.version != version:
                raise FormatError(_("版本号不符"))
            if before:
                check_succession(*before, one)
        except FormatError as error:
            yield version, str(error)
            before = None
        else:
            before = (raw, one)


def newest_directory(root: bytes | str | None, raws: Sequence[bytes]) -> KeyDirectory:
    """The highest version among directories that all hold under the root; two of one version must be the same."""
    best: tuple[KeyDirectory, bytes] | None = None
    for raw in raws:
        directory = read_directory(raw, root)
        root = directory.root
        if best and directory.version == best[0].version and raw != best[1]:
            raise FormatError(_("同一版本的钥匙名录有两份，内容不同。"))
        if best is None or directory.version > best[0].version:
            best = (directory, raw)
    if best is None:
        raise ValueError("no directory given")
    return best[0]


def valid_signers(directory: KeyDirectory, role: str | None = None, at: int | None = None) -> dict[str, bytes]:
    """Name → public key of whose key signs at an office position (None: now), with the role if one is given."""
    position = LATEST if at is None else at
    current: dict[str, KeyEntry] = {}
    for entry in sorted(directory.keys, key=lambda entry: entry.since):
        if entry.since <= position:
            current[entry.name] = entry
    for gone in directory.revocations:
        entry_or_none = current.get(gone.name)
        if entry_or_none and entry_or_none.since < gone.at <= position:
            del current[gone.name]
    return {name: entry.public for name, entry in current.items() if role is None or role in entry.roles}


def ever_valid(directory: KeyDirectory, raw: bytes) -> dict[str, bytes]:
    """Name → public key of a note's signers among all keys the directory ever listed, told apart by their key ids.

    For paper that hangs already: its keys were valid when it was put up, whatever became of them later.
    """
    note = peek_note(raw)
    signed = set(zip(note.signers, note.keyids, strict=True))
    entries = [entry for entry in directory.keys if (entry.name, Verifier(entry.name, entry.public).keyid) in signed]
    return {entry.name: entry.public for entry in entries}


def valid_devices(directory: KeyDirectory) -> dict[str, bytes]:
    """Name → public key of the devices that are not revoked."""
    gone = {entry.name for entry in directory.revocations}
    return {entry.name: entry.public for entry in directory.devices if entry.name not in gone}


def key_line(entry: KeyEntry) -> str:
    """The directory's line of a person's signing key."""
    return f"key {entry.name} {','.join(entry.roles)} {_coded(entry.public)} from {entry.since}"


def prove_possession(key: SigningKey, entry: KeyEntry) -> bytes:
    """A note in which a new key signs its own directory entry, so that nobody enrols a key that is not his."""
    return sign_note([PROOF_KIND, key_line(entry)], [key])


def check_proof(raw: bytes, entry: KeyEntry) -> None:
    """FormatError unless the note is the proof of possession for exactly this entry."""
    note = open_note(raw, PROOF_KIND, {entry.name: entry.public})
    if note.lines != (PROOF_KIND, key_line(entry)):
        raise FormatError(_("钥匙的持有证明与登记内容不一致。"))


def _parse(lines: Sequence[str]) -> KeyDirectory:
    words = [line.split(" ") for line in lines]
    try:
        directory = _collect(words)
        rebuilt = build_directory(directory)
    except (ValueError, IndexError) as error:
        raise FormatError(_("钥匙名录的格式不对。")) from error
    if rebuilt != tuple(lines):
        raise FormatError(_("钥匙名录的写法或次序不规范。"))
    return directory


def _collect(words: Sequence[list[str]]) -> KeyDirectory:
    """The record of the lines; sloppy on purpose, since `_parse` compares it rebuilt with what was read."""
    single = {row[0]: row[1] for row in words[1:] if row[0] in ("centre", "version", "previous", "policy", "root-next")}
    return KeyDirectory(
        centre=single.get("centre", ""),
        version=_number(single.get("version", "")),
        previous="" if single.get("previous") == "none" else single.get("previous", ""),
        root=_public(next((row[1] for row in words if row[0] == "root"), "")),
        keys=tuple(
            KeyEntry(row[1], _public(row[3]), tuple(role for role in row[2].split(",") if role), _number(row[5]))
            for row in words
            if row[0] == "key"
        ),
        recipients=tuple(ReaderEntry(row[1], _public(row[2])) for row in words if row[0] == "recipient"),
        readers=tuple(ReaderEntry(row[2], _public(row[3]), _number(row[1])) for row in words if row[0] == "reader"),
        devices=tuple(KeyEntry(row[1], _public(row[2])) for row in words if row[0] == "device"),
        revocations=tuple(Revocation(row[1], _number(row[3])) for row in words if row[0] == "revoke"),
        policy=single.get("policy", ""),
        root_next=single.get("root-next", ""),
    )


def _check_directory(directory: KeyDirectory) -> None:
    if directory.version < 1:
        raise FormatError(_("钥匙名录的版本从 1 开始。"))
    for text in (directory.previous, directory.policy, directory.root_next):
        if text and not _HASH.fullmatch(text):
            raise FormatError(_("钥匙名录里的校验值写法不对。"))
    signing = [*directory.keys, *directory.devices]
    readers = [*directory.recipients, *directory.readers]
    names = [entry.name for entry in signing] + [entry.name for entry in readers]
    for name in [directory.centre, *names, *(entry.name for entry in directory.revocations)]:
        check_name(name)
        if not unicodedata.is_normalized("NFC", name):
            raise FormatError(_("名称不是 NFC 规范形式：{name}").format(name=name))
    for public in [directory.root, *(entry.public for entry in signing)]:
        check_signing_public(public)
    for reader in readers:
        check_sealing_public(reader.public)
    _check_entries(directory)


def _check_entries(directory: KeyDirectory) -> None:
    for entry in directory.keys:
        if not entry.roles or any(not _ROLE.fullmatch(role) for role in entry.roles):
            raise FormatError(_("{name} 的职责写法不对。").format(name=entry.name))
    if any(reader.cls not in (1, 2) for reader in directory.readers):
        raise FormatError(_("查询设备的类别只有 1 和 2。"))
    places: Sequence[tuple[object, ...]] = [
        *(("key", entry.name, entry.since) for entry in directory.keys),
        *(("device", entry.name) for entry in directory.devices),
        *(("recipient", entry.name) for entry in directory.recipients),
        *(("reader", entry.cls, entry.name) for entry in directory.readers),
        *(("revoke", entry.name, entry.at) for entry in directory.revocations),
    ]
    if len(set(places)) != len(places):
        raise FormatError(_("钥匙名录里有重复的登记。"))
    owners: dict[bytes, str] = {directory.root: ""}
    for entry in [*directory.keys, *directory.devices]:
        if owners.setdefault(entry.public, entry.name) != entry.name:
            raise FormatError(_("一把钥匙登记在两个名称下：{name}").format(name=entry.name))


def _coded(public: bytes) -> str:
    return base64.b64encode(public).decode()


def _public(text: str) -> bytes:
    return read_base64(text, _PUBLIC_BYTES)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise FormatError(_("钥匙名录里的数字写法不对。"))
    return int(text)
