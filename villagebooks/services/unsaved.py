"""What is typed and not saved survives a fall of the program: one small file on this computer, for these books, this
book and this person; it goes when the voucher is saved or given up."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from villagebooks.core.change import Change
from villagebooks.core.problem import Refused, Trouble, why
from villagebooks.core.unsaved import Unsaved, read_unsaved, unsaved_text
from villagebooks.core.voucher import DRAFT, Voucher
from villagebooks.core.words import _
from villagebooks.paths import data_folder
from villagebooks.seal.file import write_file_safely
from villagebooks.services.change import read_changed
from villagebooks.services.desk import Desk
from villagebooks.services.life import Life, begin_life, bury, is_alive


@dataclass(frozen=True, slots=True)
class FoundUnsaved:
    """What an earlier run left, and the voucher that was being changed as it stands now (None: a new one, or gone) with
    who changed it last."""

    unsaved: Unsaved
    voucher: Voucher | None
    change: Change | None = None

    @property
    def clashes(self) -> bool:
        """Whether the draft was changed since it was opened: two states, and a person has to choose."""
        voucher = self.voucher
        return voucher is not None and voucher.state == DRAFT and voucher.rev != self.unsaved.rev


class Keeping:
    """The file of one form: no other window is offered it while this one lives. Its acts run one after another (the
    worker's writes)."""

    def __init__(self) -> None:
        self.token = uuid4().hex
        self._life: Life | None = None

    def keep(self, desk: Desk, one: Unsaved) -> None:
        """Write it whole, readable by this user alone; Trouble when the disk refuses."""
        self._live()
        kept = replace(one, token=self.token, at=desk.books.now())
        write_file_safely(_path(desk, self.token), unsaved_text(kept).encode(), private=True)

    def has(self, desk: Desk) -> bool:
        """Whether anything is kept."""
        return _path(desk, self.token).exists()

    def drop(self, desk: Desk) -> None:
        """Saved or given up: nothing of it stays. Trouble when the disk refuses."""
        drop_unsaved(desk, self.token)
        self.let_go()

    def let_go(self) -> None:
        """What is kept stays, and any window may find it."""
        if self._life:
            self._life.end()
            self._life = None

    def take_over(self, desk: Desk, token: str) -> bool:
        """What a dead run left is this one's from now on; False when another window was faster. No disk space is
        needed. Trouble when the disk refuses."""
        self._live()
        try:
            _path(desk, token).rename(_path(desk, self.token))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Trouble(_("文件读写失败：{name}（{reason}）").format(name=token, reason=why(error))) from error
        return True

    def _live(self) -> None:
        """Alive before the file is there: nobody ever sees it without."""
        self._life = self._life or begin_life(_life_path(self.token))


def drop_unsaved(desk: Desk, token: str) -> None:
    """Given up: nothing of it stays. Trouble when the disk refuses."""
    path = _path(desk, token)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(_("删不掉 {path}：{why}").format(path=path, why=why(error))) from error


def find_unsaved(desk: Desk) -> FoundUnsaved | None:
    """The newest that a dead run of the program left in this book for this person; what cannot be read is none, and
    what stands in a window that lives, this one or another, is in nobody else's way."""
    _sweep()
    found = []
    for path in _folder().glob(f"{_name(desk)}-*.json"):
        token = path.stem.rpartition("-")[2]
        if is_alive(_life_path(token)):
            continue
        with suppress(OSError, UnicodeDecodeError):
            one = read_unsaved(path.read_text("utf-8"))
            if one:
                found.append(replace(one, token=token))
    if not found:
        return None
    newest = max(found, key=lambda one: one.at)
    if newest.uid:
        with suppress(Refused):
            return FoundUnsaved(newest, *read_changed(desk, newest.uid))
    return FoundUnsaved(newest, None)


def _sweep() -> None:
    """Signs of life that outlived what they stood for."""
    folder = _folder()
    kept = {path.stem.rpartition("-")[2] for path in folder.glob("*.json")}
    for path in folder.glob("*.alive"):
        if path.stem not in kept:
            bury(path)
    for path in folder.glob(".*.json.*.part"):  # a program that was killed while it wrote
        if not is_alive(_life_path(path.name[1:].partition(".")[0].rpartition("-")[2])):
            with suppress(OSError):
                path.unlink()


def _life_path(token: str) -> Path:
    return _folder() / f"{token}.alive"


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
