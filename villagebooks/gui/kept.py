"""What is kept of forms, lines and texts that are being typed, and the sentence that offers it after a fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from villagebooks.core.unsaved import SheetText
from villagebooks.core.unsaved_form import UnsavedForm
from villagebooks.core.words import _
from villagebooks.gui.again import Again
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import Form
from villagebooks.gui.kept_cells import KeptCells
from villagebooks.gui.page import Strip
from villagebooks.gui.recovery import Keeper, RecoveryStrip
from villagebooks.gui.typed import is_written
from villagebooks.gui.voucher.sheet import VoucherSheet
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import FoundForm, Keeping, find_unsaved_form

Entry = Form | KeptCells | QLineEdit | QPlainTextEdit


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What is on its way into the books: where it was typed (None while there is no village), what is kept of it until
    it is there, and the how manieth it was that its part had in hand."""

    desk: Desk | None
    keeping: Keeping
    turn: int

    def words(self) -> str:
        """That it arrived, for who is elsewhere by then."""
        if self.desk is None:
            return _("已保存")
        text = _("{book} {month} 填的已经保存")
        return text.format(book=f"{self.desk.book.code} {self.desk.book.name}", month=self.desk.period)


class FormKeeper(Keeper):
    """Keeps the `entries` of a part by their names: forms, lines and texts, and the lines of a voucher where it has
    some; what nobody typed is not kept. `about` tells of what it is while that may still be chosen beside it."""

    def __init__(
        self,
        seat: Seat,
        part: QWidget,
        kind: str,
        entries: Mapping[str, Entry],
        sheet: VoucherSheet | None = None,
        about: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(seat, part, kind)
        self._about = about
        self._entries, self._sheet = dict(entries), sheet
        self._uid, self._began, self._turn = "", sheet.text() if sheet else None, 0
        self._typed_at: Desk | None = None
        self._warned = Again()
        for entry in self._entries.values():
            changed = entry.changed if isinstance(entry, Form | KeptCells) else entry.textChanged
            changed.connect(self.look)
        if sheet:
            sheet.changed.connect(self.look)

    @property
    def typed_at(self) -> Desk | None:
        """In which book and month, by whom; None while nothing is typed."""
        return self._typed_at

    def begin(self, uid: str = "") -> None:
        """Another one is in hand (`uid` says of what): what was kept of the last one goes."""
        self.drop()
        self._uid, self._began, self._turn = uid, self._sheet_text(), self._turn + 1

    def is_changed(self) -> bool:
        """Whether somebody typed anything that still stands there."""
        return any(map(_is_typed, self._entries.values())) or self._sheet_text() != self._began

    def unsaved(self) -> UnsavedForm:
        """What stands in it now."""
        texts = tuple(_texts(self._entries).items())
        uid = self._about() if self._about else self._uid
        return UnsavedForm("", "", uid, 0, str((self._typed_at or self._seat.desk).period), texts,
                           self._sheet_text())  # fmt: skip

    def put(self, one: UnsavedForm) -> None:
        """What an earlier run left stands there again, typed and not saved, and is kept at once."""
        for name, entry in self._entries.items():
            if isinstance(entry, Form | KeptCells):
                begin = f"{name}."
                entry.restore({key.removeprefix(begin): text for key, text in one.texts if key.startswith(begin)})
            else:
                _restore(entry, one.text(name))
        if self._sheet and one.sheet:
            self._sheet.put_text(one.sheet)
        self._uid, self._typed_at = one.uid, self._seat.desk
        self.keep()

    def look(self, *_edit: object) -> None:
        """Something else stands there."""
        self._warned.forget()
        if self._seat.book is not None:
            self._typed_at = (self._typed_at or self._seat.desk) if self.is_changed() else None
        super().look()

    def keep(self) -> None:
        """Where it was typed. What was left behind is kept there already, though it still stands in a hidden part."""
        if self._typed_at is not None:
            self._desk = self._desk or self._typed_at
            super().keep()

    def may_leave(self, strip: Strip) -> bool:
        """False once, with a hint, while what was typed is not saved; the second time it is given up."""
        if self.is_changed() and not self._warned:
            self._warned.warn()
            strip.hint(_("填的还没有保存：先保存；再做一次就不要了"))
            return False
        self.drop()
        return True

    def hand_in(self) -> HandedIn:
        """What stands in it is about to be saved; tell `arrived` once it is."""
        here = self._seat.desk if self._seat.book is not None else None
        return HandedIn(self._desk or self._typed_at or here, self.keeping, self._turn)

    def arrived(self, one: HandedIn) -> bool:
        """It is saved: nothing of it is kept any more. False when somebody went elsewhere meanwhile, or began another
        one: what stands here now is something else."""
        here = one.keeping is self.keeping and one.turn == self._turn
        if here:
            self.drop()
        elif one.desk is not None and one.keeping is not self.keeping:
            self.drop_of(one.desk, one.keeping)
        return here

    def drop(self) -> None:
        """Saved or given up."""
        self._warned.forget()
        self._typed_at = None
        super().drop()

    def leave_behind(self) -> None:
        """As every keeper; nothing is typed here any more."""
        if self._typed_at is not None:
            super().leave_behind()
        self._typed_at = None

    def _sheet_text(self) -> SheetText | None:
        return self._sheet.text() if self._sheet else None


class FormRecovery(RecoveryStrip):
    """Offers what a dead run left of a kind, in `words`; what it has to say it tells in the strip of the page."""

    def __init__(
        self,
        seat: Seat,
        kind: str,
        keeper: Callable[[], FormKeeper],
        words: Callable[[FoundForm, Desk], str],
        tell: Strip,
    ) -> None:
        super().__init__(seat, kind, keeper, partial(find_unsaved_form, kind=kind), words)
        self._tell = tell
        self.said.connect(tell.hint)

    def take(self, found: FoundForm, keeper: FormKeeper) -> None:
        """What was left stands in its part again."""
        keeper.put(found.unsaved)
        self.put_away()
        said = _("恢复了没有保存的，核对以后保存。")
        if found.is_gone:
            said += _("原来的那一份已经不在或不能再改，恢复成一份新的。")
        self._tell.hint(said)

    def may_take(self, keeper: FormKeeper) -> bool:
        """False, with a hint, while something else is typed there: nothing is written over."""
        if keeper.typed_at is not None:
            self._tell.hint(_("手上填的还没有保存：先保存或清掉，再恢复"))
        return keeper.typed_at is None


def left_words(one: UnsavedForm, desk: Desk) -> str:
    """When it was typed, by whom, in whose book."""
    at = datetime.fromisoformat(one.at)
    text = _("{m}月{d}日 {time}，{name}在“{book}”")
    return text.format(m=at.month, d=at.day, time=f"{at:%H:%M}", name=desk.person, book=desk.book.name)


def _texts(entries: Mapping[str, Entry]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, entry in entries.items():
        if isinstance(entry, Form | KeptCells):
            texts |= {f"{name}.{field}": text for field, text in entry.texts().items()}
        else:
            texts[name] = entry.text() if isinstance(entry, QLineEdit) else entry.toPlainText()
    return texts


def _is_typed(entry: Entry) -> bool:
    if isinstance(entry, Form | KeptCells):
        return entry.touched
    if isinstance(entry, QLineEdit):
        return entry.isModified() and bool(entry.text().strip())
    return is_written(entry) and bool(entry.toPlainText().strip())


def _restore(entry: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(entry, QLineEdit):
        entry.setText(text)
        entry.setModified(True)
    else:
        entry.setPlainText(text)
        entry.document().setModified(True)
