"""What is typed and not saved survives a fall of the program: one small file on this computer, for these books, this
book and this person; it goes when the voucher or paper is saved or given up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from villagebooks.core.book import Book
from villagebooks.core.change import Change
from villagebooks.core.paper import SENT_BACK, WRITTEN, Paper
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Refused, Trouble, why
from villagebooks.core.reminder import (
    ACCOUNTS,
    BANK,
    BUDGETS,
    HAND_OVERS,
    PAPERS,
    PLANS,
    SHEET,
    SOON,
    TILL,
    VOUCHERS,
    Reminder,
)
from villagebooks.core.schedule import Schedule
from villagebooks.core.unsaved import Kept, Unsaved, read_unsaved, unsaved_text
from villagebooks.core.unsaved_form import UnsavedForm, read_unsaved_form
from villagebooks.core.unsaved_opening import UnsavedOpening, read_unsaved_opening
from villagebooks.core.unsaved_paper import UnsavedPaper, read_unsaved_paper
from villagebooks.core.voucher import DRAFT, Voucher
from villagebooks.core.words import _
from villagebooks.db import attachment
from villagebooks.paths import data_folder
from villagebooks.seal.file import patiently, write_file_safely
from villagebooks.services.change import read_changed, read_changed_paper
from villagebooks.services.desk import Desk, Office, list_books
from villagebooks.services.life import Life, begin_life, bury, is_alive
from villagebooks.services.schedule import list_schedules

VOUCHER, PAPER, OPENING = "voucher", "paper", "opening"
STATEMENT, CASH, BUDGET, PLAN, NOTICE = "statement", "cash", "budget", "plan", "notice"
SPLIT, HAND_OVER = "split", "handover"
"""The kinds of what is kept; each is looked for where it is typed."""
_KeptKind = TypeVar("_KeptKind", bound=Kept)


@dataclass(frozen=True, slots=True)
class FoundUnsaved:
    """What an earlier run left, and the voucher that was being changed as it stands now (None: a new one, or gone) with
    who changed it last. `place` counts from the newest, 0, of `of` that were left."""

    unsaved: Unsaved
    voucher: Voucher | None
    change: Change | None = None
    place: int = 0
    of: int = 1

    @property
    def clashes(self) -> bool:
        """Whether the draft was changed since it was opened: two states, and a person has to choose."""
        voucher = self.voucher
        return voucher is not None and voucher.state == DRAFT and voucher.rev != self.unsaved.rev


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """What an earlier run left of a paper, and the paper that was being changed as it stands now (None: a new one, or
    gone) with who changed it last. Of its pictures those are there that the books hold; `lost` says how many they do
    not hold any more. `place` counts from the newest, 0, of `of` that were left."""

    unsaved: UnsavedPaper
    paper: Paper | None
    lost: int = 0
    change: Change | None = None
    place: int = 0
    of: int = 1

    @property
    def is_open(self) -> bool:
        """Whether the paper that was being changed may still be changed."""
        return self.paper is not None and self.paper.state in (WRITTEN, SENT_BACK)

    @property
    def clashes(self) -> bool:
        """Whether it was changed since it was opened: two states, and a person has to choose."""
        return self.is_open and self.paper is not None and self.paper.rev != self.unsaved.rev


@dataclass(frozen=True, slots=True)
class FoundOpening:
    """Opening balances that a dead run left, at which `place` of how many."""

    unsaved: UnsavedOpening
    place: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form that a dead run left, at which `place` of how many. `schedule` is the one that was being changed;
    `is_gone`: it is not there any more, or may not be changed: what was typed becomes a new one."""

    unsaved: UnsavedForm
    schedule: Schedule | None = None
    is_gone: bool = False
    place: int = 0
    of: int = 1


class Keeping:
    """The file of one form: no other window is offered it while this one lives. Its acts run one after another (the
    worker's writes)."""

    def __init__(self, kind: str = VOUCHER) -> None:
        self.kind, self.token = kind, uuid4().hex
        self._life: Life | None = None

    def keep(self, desk: Desk, one: Kept) -> None:
        """Write it whole, readable by this user alone; Trouble when the disk refuses."""
        self._live()
        kept = replace(one, token=self.token, at=desk.books.now())
        write_file_safely(_path(desk, self.kind, self.token), unsaved_text(kept).encode(), private=True)

    def has(self, desk: Desk) -> bool:
        """Whether anything is kept."""
        return _path(desk, self.kind, self.token).exists()

    def drop(self, desk: Desk) -> None:
        """Saved or given up: nothing of it stays. Trouble when the disk refuses."""
        drop_unsaved(desk, self.token, self.kind)
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
            patiently(lambda: _path(desk, self.kind, token).rename(_path(desk, self.kind, self.token)))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Trouble(_("文件读写失败：{name}（{reason}）").format(name=token, reason=why(error))) from error
        return True

    def _live(self) -> None:
        """Alive before the file is there: nobody ever sees it without."""
        self._life = self._life or begin_life(_life_path(self.token))


def drop_unsaved(desk: Desk, token: str, kind: str = VOUCHER) -> None:
    """Given up: nothing of it stays. Trouble when the disk refuses."""
    path = _path(desk, kind, token)
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise Trouble(_("删不掉 {path}：{why}").format(path=path, why=why(error))) from error


def find_unsaved(desk: Desk, place: int = 0) -> FoundUnsaved | None:
    """A voucher that a dead run of the program left in this book for this person, the newest unless another `place` is
    asked for (past the last: the newest again); what cannot be read is none, and what stands in a window that lives,
    this one or another, is in nobody else's way."""
    left = _left(desk, VOUCHER, read_unsaved)
    if not left:
        return None
    place %= len(left)
    one = left[place]
    if one.uid:
        with suppress(Refused):
            return FoundUnsaved(one, *read_changed(desk, one.uid), place, len(left))
    return FoundUnsaved(one, None, None, place, len(left))


def find_unsaved_paper(desk: Desk, place: int = 0) -> FoundPaper | None:
    """A paper, in the same way."""
    left = _left(desk, PAPER, read_unsaved_paper)
    if not left:
        return None
    place %= len(left)
    held, lost = _with_pictures(desk, left[place])
    if held.uid:
        with suppress(Refused):
            paper, change = read_changed_paper(desk, held.uid)
            return FoundPaper(held, paper, lost, change, place, len(left))
    return FoundPaper(held, None, lost, None, place, len(left))


def find_unsaved_opening(desk: Desk, place: int = 0) -> FoundOpening | None:
    """Opening balances, in the same way."""
    left = _left(desk, OPENING, read_unsaved_opening)
    return FoundOpening(left[place % len(left)], place % len(left), len(left)) if left else None


def find_unsaved_form(desk: Desk, place: int = 0, *, kind: str) -> FoundForm | None:
    """A form of a kind, in the same way: of a statement, a count of cash and a notice what was typed in the month in
    hand, of a budget what was typed in its year."""
    left = [one for one in _left(desk, kind, read_unsaved_form) if _is_of(one, kind, desk.period)]
    if not left:
        return None
    place %= len(left)
    one = left[place]
    if kind != PLAN or not one.uid:
        return FoundForm(one, place=place, of=len(left))
    plan = next((row.schedule for row in list_schedules(desk) if row.schedule.uid == one.uid and not row.done), None)
    left_of = one if plan else replace(one, uid="")
    return FoundForm(left_of, plan, plan is None, place, len(left))


def _is_of(one: UnsavedForm, kind: str, month: Month) -> bool:
    if kind == BUDGET:
        return one.period.year == month.year
    return kind in (PLAN, SPLIT, HAND_OVER) or one.period == month


def unsaved_reminders(office: Office) -> list[Reminder]:
    """A line for each book and kind in which a dead run left something for this person; it leads to where that is
    offered. Without a folder to keep anything in there is none."""
    try:
        names = {path.stem.rpartition("-")[0] for path in _folder().glob("*.json")}
    except Trouble:
        return []
    found: list[Reminder] = []
    for book in list_books(office) if names else ():
        desk = Desk(office.books, office.person, book, book.start)
        for kind, (text, place, read) in _offers().items():
            if _name(desk, kind) in names:
                found += _reminders(book, _left(desk, kind, read), text, place)
    return found


def _offers() -> dict[str, tuple[str, str, Callable[[str], Kept | None]]]:
    """What is said of each kind on the first page, where it is offered, and how it is read."""
    return {
        VOUCHER: (
            _("{book} 有一张凭证打了没有保存（{m}月{d}日 {time}）：到“凭证”里恢复"), VOUCHERS, read_unsaved
        ),
        PAPER: (
            _("{book} 有一张报账单写了没有保存（{m}月{d}日 {time}）：到“报账”里恢复"), PAPERS, read_unsaved_paper
        ),
        STATEMENT: (
            _("{book} 的银行对账有打了没有保存的（{m}月{d}日 {time}）：到“出纳”里恢复"), BANK, read_unsaved_form
        ),
        CASH: (
            _("{book} 有现金盘点点了没有签字（{m}月{d}日 {time}）：到“出纳”的“现金盘点”里恢复"), TILL, read_unsaved_form
        ),
        BUDGET: (
            _("{book} 有预算写了没有保存（{m}月{d}日 {time}）：到“设置”的“预算”里恢复"), BUDGETS, read_unsaved_form
        ),
        PLAN: (_("{book} 有一个计划填了没有保存（{m}月{d}日 {time}）：到“计划”里恢复"), PLANS, read_unsaved_form),
        SPLIT: (
            _("{book} 有科目拆分填了没有做（{m}月{d}日 {time}）：到“设置”的“科目”里恢复"), ACCOUNTS, read_unsaved_form
        ),
        HAND_OVER: (
            _("{book} 有岗位移交清单点了没有记下（{m}月{d}日 {time}）：到“设置”的“人员与钥匙→岗位移交”里恢复"),
            HAND_OVERS, read_unsaved_form,
        ),
        NOTICE: (
            _("{book} 公开榜上的话写了没有保存（{m}月{d}日 {time}）：到“公示”里恢复"), SHEET, read_unsaved_form
        ),
    }  # fmt: skip


def _reminders(book: Book, left: Sequence[Kept], text: str, place: str) -> list[Reminder]:
    if not left:
        return []
    one = left[0]
    at, month = datetime.fromisoformat(one.at), month_of(one.day)
    words = text.format(book=f"{book.code} {book.name}", m=at.month, d=at.day, time=f"{at:%H:%M}")
    return [Reminder(SOON, words, place, book.code, month if book.keeps(month) else None, unsaved=True)]


def _with_pictures(desk: Desk, one: UnsavedPaper) -> tuple[UnsavedPaper, int]:
    """Each picture as the books hold it, and how many of them they do not hold."""
    documents, lost = [], 0
    with desk.books.read() as connection:
        for document in one.paper.documents:
            found = [(attachment.find(connection, image.sha256), image.checked) for image in document.images]
            images = tuple(replace(image, checked=checked) for image, checked in found if image is not None)
            lost += len(found) - len(images)
            documents.append(replace(document, images=images))
    return replace(one, paper=replace(one.paper, documents=tuple(documents))), lost


def _left(desk: Desk, kind: str, read: Callable[[str], _KeptKind | None]) -> list[_KeptKind]:
    """What dead runs left, the newest first."""
    _sweep()
    found = []
    for path in _folder().glob(f"{_name(desk, kind)}-*.json"):
        token = path.stem.rpartition("-")[2]
        if is_alive(_life_path(token)):
            continue
        with suppress(OSError, UnicodeDecodeError):
            one = read(path.read_text("utf-8"))
            if one:
                found.append(replace(one, token=token))
    return sorted(found, key=lambda one: one.at, reverse=True)


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


def _path(desk: Desk, kind: str, token: str) -> Path:
    return _folder() / f"{_name(desk, kind)}-{token}.json"


def _name(desk: Desk, kind: str) -> str:
    """Tells books, book, person and kind apart without naming them."""
    said = "\0".join((desk.books.place, desk.book.code, desk.person, *([kind] if kind != VOUCHER else ())))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _folder() -> Path:
    path = data_folder() / "unsaved"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Trouble(_("无法建立数据文件夹“{path}”：{why}").format(path=path, why=why(error))) from error
    return path
