"""What is typed and not saved survives a fall of the program: one small file on this computer, for these books, this
book and this person; it goes when the voucher is saved or given up."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from villagebooks.core.problem import Refused, Trouble, why
from villagebooks.core.unsaved import Unsaved, read_unsaved, unsaved_text
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.paths import data_folder
from villagebooks.seal.file import write_file_safely
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import read_voucher


@dataclass(frozen=True, slots=True)
class FoundUnsaved:
    """What an earlier run left, and the voucher that was being changed as it stands now (None: a new one, or gone)."""

    unsaved: Unsaved
    voucher: Voucher | None


def keep_unsaved(desk: Desk, one: Unsaved) -> None:
    """Write it whole, readable by this user alone; Trouble when the disk refuses."""
    path = _path(desk, one.token)
    kept = replace(one, at=desk.books.now())
    write_file_safely(path, unsaved_text(kept).encode(), private=True)


def drop_unsaved(desk: Desk, token: str) -> None:
    """Saved or given up: nothing of it stays. Trouble when the disk refuses."""
    path = _path(desk, token)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(_("删不掉 {path}：{why}").format(path=path, why=why(error))) from error


def find_unsaved(desk: Desk, token: str) -> FoundUnsaved | None:
    """The newest that another run than `token` left in this book for this person; what cannot be read is none."""
    found = []
    for path in _folder().glob(f"{_name(desk)}-*.json"):
        with suppress(OSError, UnicodeDecodeError):
            one = read_unsaved(path.read_text("utf-8"))
            if one and one.token != token and path == _path(desk, one.token):
                found.append(one)
    if not found:
        return None
    newest = max(found, key=lambda one: one.at)
    voucher = None
    if newest.uid:
        with suppress(Refused):
            voucher = read_voucher(desk, newest.uid)
    return FoundUnsaved(newest, voucher)


def _path(desk: Desk, token: str) -> Path:
    return _folder() / f"{_name(desk)}-{token}.json"


def _name(desk: Desk) -> str:
    """Tells books, book and person apart without naming them."""
    said = "\0".join((desk.books.place, desk.book.code, desk.person))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _folder() -> Path:
    path = data_folder() / "unsaved"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Trouble(_("无法建立数据文件夹“{path}”：{why}").format(path=path, why=why(error))) from error
    return path
