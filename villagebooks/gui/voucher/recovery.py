"""What is kept of a voucher that is being typed, and the sentences that offer it after a fall of the program."""

from __future__ import annotations

from datetime import date, datetime

from villagebooks.core.change import change_words
from villagebooks.core.money import calculate_yuan, said_yuan
from villagebooks.core.unsaved import Unsaved
from villagebooks.core.voucher import DRAFT, Draft, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.recovery import Keeper
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import VOUCHER, FoundUnsaved


class VoucherKeeper(Keeper):
    """Keeps what the form of vouchers says."""

    def __init__(self, seat: Seat, form: VoucherForm) -> None:
        super().__init__(seat, form, VOUCHER)
        self._form = form
        self._voucher: Voucher | None = None
        form.changed.connect(self._look)

    def begin(self, voucher: Voucher | None) -> None:
        """Another voucher is in hand: what was kept of the last one goes."""
        self.drop()
        self._voucher = voucher

    def is_changed(self) -> bool:
        """As the form says."""
        return self._form.is_changed()

    def unsaved(self) -> Unsaved:
        """What the form says now, of which voucher and revision."""
        draft, voucher = self._form.draft(), self._voucher
        return Unsaved(
            "", "", voucher.uid if voucher else "", voucher.rev if voucher else 0, self._form.text(),
            draft.papers, draft.reverses, draft.corrects, self._form.slot(),
        )  # fmt: skip

    def _look(self) -> None:
        if not self._form.still:
            self.look()


def restored_draft(found: FoundUnsaved, day: date) -> Draft:
    """What a new voucher begins with that takes up what was left; one that was a change of another has no links."""
    one = found.unsaved
    if one.uid:
        return Draft(day, ())
    return Draft(day, (), papers=one.papers, reverses=one.reverses, corrects=one.corrects)


def found_words(found: FoundUnsaved, desk: Desk) -> str:
    """What an earlier run left, when, in whose book, and how the voucher stands that was being changed."""
    one, voucher = found.unsaved, found.voucher
    rows = [row for row in one.sheet.rows if not row.is_blank()]
    at = datetime.fromisoformat(one.at)
    day = date.fromisoformat(one.sheet.day[1])
    what = _("改 {title} 号时").format(title=voucher.title) if voucher else _("新做一张时")
    text = _("有一张凭证打了没有保存（{m}月{d}日 {time}）：{name}在“{book}”{what}打的，日期 {day}，{n} 行，{words}。")
    said = text.format(
        m=at.month, d=at.day, time=f"{at:%H:%M}", name=desk.person, book=desk.book.name, what=what,
        day=day.isoformat(), n=len(rows), words=_rows_words(one),
    )  # fmt: skip
    return said + standing_words(found)


def standing_words(found: FoundUnsaved) -> str:
    """What became of the voucher that was being changed; empty when nothing did."""
    one, voucher = found.unsaved, found.voucher
    if one.uid and voucher is None:
        return _("原来的那张凭证已经不在这个账套里，恢复成一张新的。")
    if voucher and voucher.state != DRAFT:
        return _("原来的 {title} 号已经送签、记账或作废，不能再改；恢复成一张新的，不要就不保存。").format(
            title=voucher.title
        )
    if voucher and found.clashes:
        text = _("{title} 号后来又改过（{who}）；恢复时两份对照着给您选。")
        return text.format(title=voucher.title, who=change_words(found.change))
    return ""


def _rows_words(one: Unsaved) -> str:
    words = next((row.texts[0] for row in one.sheet.rows if row.texts[0].strip()), "")
    debit = sum(calculate_yuan(row.texts[4]) or 0 for row in one.sheet.rows if row.texts[4].strip())
    amount = _("借方 {yuan} 元").format(yuan=said_yuan(debit))
    return _("“{words}”，{amount}").format(words=words[:20], amount=amount) if words else amount
