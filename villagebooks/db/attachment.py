"""Attachments: bytes stored once by SHA-256 in the folder beside the database; rows hold hash, size and media."""

from __future__ import annotations

import hashlib
import os
import uuid
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select, text, update

from villagebooks.core.paper import Image
from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.db import schema
from villagebooks.seal.file import patiently, remove

_attachment = schema.attachment.c
_ADD = text(
    """INSERT INTO attachment (sha256, size, media, pages, checked) VALUES (:sha256, :size, :media, :pages, :checked)
    ON CONFLICT (sha256) DO NOTHING"""
)
_PREFIX = 2
_SMALL = "small"
"""Folder beside the originals; it may be deleted at any time."""


def store(folder: Path, content: bytes) -> str:
    """Put the bytes on disk, durable before any row names them; their hex SHA-256."""
    sha = hashlib.sha256(content).hexdigest()
    target = place(folder, sha)
    if target.exists() and target.stat().st_size == len(content):
        return sha
    try:
        _put(target, content, durable=True)
    except OSError as error:
        raise Trouble(_("附件存不进 {folder}：{reason}").format(folder=folder, reason=why(error))) from error
    return sha


def place(folder: Path, sha: str) -> Path:
    """Where the bytes of this hash lie."""
    return folder / sha[:_PREFIX] / sha


def read_small(folder: Path, sha: str) -> bytes:
    """The small picture that is kept of an original, sealed by whoever kept it; empty when there is none."""
    try:
        return place(folder / _SMALL, sha).read_bytes()
    except OSError:
        return b""


def keep_small(folder: Path, sha: str, sealed: bytes) -> None:
    """Keep a small picture for the next time; where the disk refuses, it is made again then."""
    with suppress(OSError):
        _put(place(folder / _SMALL, sha), sealed, durable=False)


def _put(target: Path, content: bytes, durable: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.part")  # another PC may store the same picture
    try:
        with part.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        patiently(lambda: part.replace(target))
    except OSError:
        remove(part)  # of a full disk
        raise


def stored(folder: Path) -> list[Path]:
    """Every file that lies where attachments do, registered or not."""
    return sorted(path for path in folder.glob("*/*") if path.is_file() and len(path.parent.name) == _PREFIX)


def read(folder: Path, sha: str) -> bytes:
    """The bytes, checked against their hash every time."""
    try:
        content = place(folder, sha).read_bytes()
    except OSError as error:
        raise Trouble(_("附件 {sha} 不见了").format(sha=sha[:12])) from error
    if hashlib.sha256(content).hexdigest() != sha:
        raise Trouble(_("附件 {sha} 的内容与登记的不符").format(sha=sha[:12]))
    return content


def add_row(connection: Connection, image: Image) -> bool:
    """Register an attachment; False when it was registered before, be it at this moment for another village."""
    values = {"sha256": image.sha256, "size": image.size, "media": image.media, "pages": image.pages}
    return connection.execute(_ADD, values | {"checked": int(image.checked)}).rowcount == 1


def set_checked(connection: Connection, sha: str, checked: bool) -> None:
    """Say whether villagers may be shown these bytes."""
    connection.execute(update(schema.attachment).where(_attachment.sha256 == sha).values(checked=int(checked)))


def find(connection: Connection, sha: str) -> Image | None:
    """What is registered of these bytes."""
    row = connection.execute(select(schema.attachment).where(_attachment.sha256 == sha)).one_or_none()
    return Image(row.sha256, row.size, row.media, row.pages, bool(row.checked)) if row else None


def all_rows(connection: Connection) -> list[Image]:
    """Every attachment."""
    rows = connection.execute(select(schema.attachment).order_by(_attachment.sha256))
    return [Image(row.sha256, row.size, row.media, row.pages, bool(row.checked)) for row in rows]
