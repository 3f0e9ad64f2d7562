"""凭证: the list of the month and the voucher in hand, one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage

from villagebooks.core.schedule import DueDraft
from villagebooks.core.search import FoundVoucher
from villagebooks.core.slip import SlipFound
from villagebooks.core.voucher import APPROVED, DRAFT, NORMAL, SUBMITTED, Draft, Voucher, VoucherHead
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.keymap import bind
from villagebooks.gui.page import Page, Strip
from villagebooks.gui.picture.paste import Paster, let_through
from villagebooks.gui.picture.source import may_take
from villagebooks.gui.recovery import RecoveryStrip
from villagebooks.gui.section import Stack
from villagebooks.gui.theme import DONE, WAIT
from villagebooks.gui.voucher.correction import WordsStrip
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.voucher.list import VoucherList, total_text
from villagebooks.gui.voucher.many import Many, many_text, post_each, sign_each, with_unready
from villagebooks.gui.voucher.posting import PostStrip
from villagebooks.gui.voucher.ready import ReadyEditor
from villagebooks.gui.voucher.recovery import found_words
from villagebooks.gui.voucher.schedule import due_words
from villagebooks.services.correction import lonely_reds
from villagebooks.services.desk import Desk
from villagebooks.services.hint import batch_hints
from villagebooks.services.schedule import due_drafts
from villagebooks.services.unsaved import VOUCHER, FoundUnsaved, find_unsaved
from villagebooks.services.voucher import read_voucher

REST_MS = 200
"""Since the list shows: who opens a voucher has had the time to choose it."""


class VoucherPage(Page):
    """`returned`: Escape in a voucher that another page opened; `printed` carries uids to print,
    `slip_wanted` the uid whose slip is wanted, `elsewhere` a voucher of another book; `plans_wanted` and
    `numbers_wanted` ask for the pages of schedules and of numbers; `paper_begun` carries the draft in hand and the
    pictures that a paper is to be written for; `editor_built` the editor, once."""

    returned = Signal()
    printed = Signal(object)
    slip_wanted = Signal(str)
    paper_begun = Signal(object)
    elsewhere = Signal(object)
    plans_wanted = Signal()
    numbers_wanted = Signal()
    editor_built = Signal(object)
    lasting = True

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = pgettext("page", "凭证")
        super().__init__(seat)
        self.list, self.sign = VoucherList(seat), SignStrip(seat, ring)
        self._ready = ReadyEditor(seat, ring, self)
        self.due, self.stack = Strip(), Stack()
        self.recovery = RecoveryStrip(seat, VOUCHER, lambda: self.editor.keeper, find_unsaved, found_words)
        self.body.addWidget(self.recovery)
        self.body.addWidget(self.due)
        self.stack.addWidget(self.list)
        self.paster = Paster(self, seat.worker, self._take_files, self._take_image, self.strip.hint)
        self.setAcceptDrops(True)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.sign)
        self.posting = PostStrip(seat, self.strip.show_problems)
        self.body.addWidget(self.posting)
        self.setFocusProxy(self.list)
        self.list.setFocusProxy(self.list.table.view)
        self._visitor = False
        self._followed: tuple[Voucher, str] | None = None
        self._reminder = ""
        self.words = WordsStrip()
        self.body.addWidget(self.words)
        self._find = self.add_act(_("找审批单"), self.ask_code, "qr-code")
        self._numbers = self.add_act(_("凭证号"), self.numbers_wanted.emit, "list")
        self._plans = self.add_act(_("计划（Ctrl+J）"), self.plans_wanted.emit, "calendar")
        self._post = self.add_act(_("记账"), self.post_chosen, "check-check")
        self._sign = self.add_act(_("签字…"), self.sign_chosen, "stamp")
        self._print = self.add_act(_("打印"), self.print_chosen, "printer")
        self._new = self.add_act(_("新凭证（F5）"), self.new, "plus", primary=True)
        for act, slot in (
            ("new", self.new),
            ("copy", self.copy_chosen),
            ("sign", self.sign_chosen),
            ("post", self.post_chosen),
            ("schedules", self.plans_wanted.emit),
        ):
            bind(self.list, act, slot)
        self.list.opened.connect(self.open)
        self.list.found_opened.connect(self.open_found)
        self.list.loaded.connect(self._tell_acts)
        self.list.selection.connect(self._tell_acts)
        self.recovery.restored.connect(self.restore)
        self.recovery.said.connect(self.strip.hint)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._get_ready)
        self.list.loaded.connect(self._rest.start)
        self._tell_acts()

    @cached_property
    def editor(self) -> VoucherEditor:
        """The voucher in hand: built while somebody reads the list, so that opening one need only show it."""
        made = self._ready.take()
        self.stack.addWidget(made)
        made.left.connect(self.leave)
        made.neighbour.connect(self.step)
        made.printed.connect(self._print_one)
        made.slips.printed.connect(self.slip_wanted)
        made.corrector.made.connect(self._follow)
        self.editor_built.emit(made)
        return made

    def _get_ready(self) -> None:
        if "editor" in vars(self) or not self.isVisible():
            return
        if self.seat.worker.is_busy():
            self._rest.start()
        else:
            self._ready.begin(self._hold_editor)

    def _hold_editor(self) -> None:
        _built = self.editor

    def load(self) -> None:
        """Read the list; the voucher in hand stays as it is."""
        self.list.load()
        self.recovery.look()
        self.seat.worker.read(partial(_waiting, self.seat.desk), self._show_waiting, key=(id(self), "due"))

    def moved(self) -> None:
        """Another book or month: back to its list."""
        followed, self._followed = self._followed, None
        self.posting.put_away()
        here = (self.seat.book.code, self.seat.month) if self.seat.book else None
        if followed and (followed[0].book, followed[0].month) == here:
            self.editor.take_made(followed)
            return
        self._visitor = False
        self._show_list()

    def _follow(self, told: tuple[Voucher, str]) -> None:
        """A correction made in another month, because the one in hand takes no more, is signed and posted there."""
        voucher, text = told
        if voucher.month != self.seat.month:
            self._followed = (voucher, text + _("窗口已转到 {month}。").format(month=voucher.month))
            self.seat.sit_at(month=voucher.month)

    def may_leave(self) -> bool:
        """Warn once of a voucher that is not saved."""
        return self.stack.currentIndex() == 0 or self.editor.may_leave()

    def _is_free(self) -> bool:
        """False once, with a hint at the voucher, while the one in hand is not saved: nothing else takes its place."""
        free = self.may_leave()
        if not free:
            self._lay(1)
        return free

    def new(self) -> None:
        """Begin a voucher."""
        if self._is_free():
            self._show_editor()
            self.editor.new()

    def copy_chosen(self) -> None:
        """A new voucher with the lines of the list's current one."""
        head = self.list.table.current()
        if head is not None:
            act = partial(read_voucher, self.seat.desk, head.uid)
            self.seat.worker.read(act, self._copy, self.strip.show_problems, key=(id(self), "copy"))

    def _copy(self, voucher: Voucher) -> None:
        if voucher.kind == NORMAL:
            self._show_editor()
            self.editor.copy_lines(voucher)
        else:
            self.strip.hint(_("红字、结转、期初和以前年度的凭证不能复制"))

    def take_draft(self, draft: Draft) -> None:
        """A draft that another page made of papers."""
        if self._is_free():
            self._show_editor()
            self.editor.new(draft)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped here: a paper begins with them."""
        if may_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A voucher has the pictures of its papers."""
        self.paster.take(event.mimeData())

    def _take_files(self, files: list[Path]) -> None:
        self._want_paper(files)

    def _take_image(self, picture: QImage) -> None:
        self._want_paper(picture)

    def _want_paper(self, pictures: list[Path] | QImage) -> None:
        """Papers that are signed take no more pictures; without papers one is written for what is in hand."""
        draft = self.editor.form.draft() if self.stack.currentIndex() else None
        if draft is not None and draft.papers:
            text = _("凭证的图片跟着报账单走：这张凭证的报账单已登记签字，图片不能再加。要加，先退回报账单。")
            self.editor.strip.hint(text)
        else:
            self.paper_begun.emit((draft, pictures))

    def restore(self, found: FoundUnsaved) -> None:
        """What an earlier run left unsaved is in hand again."""
        if self._is_free():
            self._show_editor()
            self.editor.restore(found)
            self.recovery.put_away()

    def open(self, uid: str) -> None:
        """Open a voucher of the list."""
        waiting = next((head.waiting_for for head in self.list.heads() if head.uid == uid), "")
        if self._is_free():
            self._show_editor()
            self.editor.open(uid, waiting)

    def open_found(self, found: FoundVoucher) -> None:
        """Open a voucher of a list over years; one of another book where it is kept."""
        if found.book == self.seat.desk.book.code:
            self.open(found.uid)
        else:
            self.elsewhere.emit(found)

    def visit(self, uid: str) -> None:
        """Open a voucher for another page, which Escape goes back to."""
        if self._is_free():
            self._visitor = True
            self.open(uid)

    def leave(self) -> None:
        """Back to the list and the same row, or to the page that asked."""
        uid = self.editor.uid
        self.editor.sign.put_away()
        self.editor.reasons.hide()
        self._show_list()
        self.list.go_to(uid)
        self.list.view.setFocus()
        if self._visitor:
            self._visitor = False
            self.returned.emit()

    def step(self, by: int) -> None:
        """The neighbour in the list."""
        if not self.list.is_month and not self._visitor:
            self._step_far(by)
            return
        uid = self.list.neighbour(self.editor.uid, by)
        if uid:
            self.open(uid)
        else:
            self.editor.strip.hint(_("已经是第一张") if by < 0 else _("已经是最后一张"))

    def _step_far(self, by: int) -> None:
        """The neighbour in a list over years, while it is of the same book."""
        found = self.list.found.neighbour(by)
        if found is not None and found.book == self.seat.desk.book.code:
            self.open(found.uid)
        else:
            self.editor.strip.hint(
                _("再往前的不在这个账套，按 Esc 回到列表再打开")
                if by < 0
                else _("再往后的不在这个账套，按 Esc 回到列表再打开")
            )

    def sign_chosen(self) -> None:
        """Sign the step that each selected voucher waits for."""
        if not self.list.is_month:
            self.strip.hint(_("签字、记账只在“本月”的列表里做"))
            return
        heads = self.list.chosen(DRAFT, SUBMITTED)
        if not heads:
            self.strip.hint(_("先选草稿或待签字的凭证（按住 Shift 或 Ctrl 可选多张）"))
            return
        self.posting.put_away()
        text = _("签 {what}。草稿送签，待签字的签下一步；签后内容不能再改。").format(what=total_text(heads))
        self.sign.ask_many(text, partial(sign_each, self.seat.desk, tuple(heads)), self._signed, self.seat.person)
        hints = partial(batch_hints, self.seat.office, ((self.seat.desk.book, [head.uid for head in heads]),))
        self.sign.read_hints(hints, partial(self.sign.add_hints, text))

    def ask_code(self) -> None:
        """The code of a slip, typed or scanned, leads to its voucher."""
        self.words.ask(_("审批单上的号码（扫二维码或照着输入）："), _("审批单号"), self.find_slip, _("找凭证"))

    def find_slip(self, code: str) -> None:
        """Look where the code leads to."""
        from villagebooks.services.slip import find_slip  # noqa: PLC0415  (reportlab: window first)

        act = partial(find_slip, self.seat.office, code)
        self.seat.worker.read(act, self._found_slip, self.strip.show_problems, key=(id(self), "slip"))

    def _found_slip(self, found: SlipFound) -> None:
        self.words.put_away()
        if self.seat.book is None or found.book != self.seat.book.code:
            self.strip.hint(_("这张审批单是账套 {book} 的，请先转到那个账套").format(book=found.book))
            return
        self.open(found.voucher)
        if not found.current:
            self.editor.strip.hint(_("凭证在打印以后改过，这张审批单不能再用，请重新打印"))

    def post_chosen(self) -> None:
        """Post every selected voucher that is fully signed; all of the month's when none is selected."""
        if not self.list.is_month:
            self.strip.hint(_("签字、记账只在“本月”的列表里做"))
            return
        heads = self.list.chosen(APPROVED) or [head for head in self.list.heads() if head.state == APPROVED]
        if not heads:
            self.strip.hint(_("没有签完字、等着记账的凭证"))
            return
        act = partial(post_each, self.seat.desk, heads)
        done = partial(self._posted, self.list.chosen(DRAFT, SUBMITTED) if self.list.chosen(APPROVED) else ())
        self.sign.put_away()
        self.posting.ask(heads, partial(self.seat.worker.long, act, done, _("记账"), self.strip.show_problems))

    def print_chosen(self) -> None:
        """Print the selected vouchers, the whole month when none is selected."""
        heads: list[VoucherHead] = self.list.table.selected() or self.list.heads()
        if heads:
            self.printed.emit(tuple(head.uid for head in heads))

    def _show_waiting(self, found: tuple[list[DueDraft], list[Voucher]]) -> None:
        """What nobody should forget: schedules that are due, red vouchers that nothing follows."""
        due, reds = found
        names = _("、").join(one.title if one.month == self.seat.month else f"{one.month} {one.title}" for one in reds)
        text = _("红字凭证 {names} 后面还没有蓝字订正：打开它按 F12，补做或写明不重做。")
        parts = (due_words(due), text.format(names=names) if reds else "")
        self._reminder = "\n".join(part for part in parts if part)
        self._lay(self.stack.currentIndex())

    def _print_one(self, uid: str) -> None:
        self.printed.emit((uid,))

    def _signed(self, many: Many) -> None:
        self._tell_many(many, _("已签 {n} 张"), _("已签 {n} 张（{titles}），{left} 张没有签："))
        self.list.table.view.setFocus()

    def _posted(self, unready: Sequence[VoucherHead], many: Many) -> None:
        self._tell_many(
            with_unready(many, unready), _("已记账 {n} 张"), _("已记账 {n} 张（{titles}），{left} 张没有记账：")
        )

    def _tell_many(self, many: Many, all_done: str, some_done: str) -> None:
        self.strip.say(many_text(many, all_done, some_done), WAIT if many.left else DONE)
        if many.left:
            self.list.go_to(many.left[0][0].uid)
        self.seat.tell_changed()

    def _show_list(self) -> None:
        self._lay(0)

    def _show_editor(self) -> None:
        let_through(self.editor)
        self.strip.say("")
        self.sign.put_away()
        self.posting.put_away()
        self._lay(1)

    def _lay(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.due.hint("" if place else self._reminder)
        for widget in (
            self._post, self._sign, self._print, self._new, self._numbers, self._plans, self._find, self.heading,
        ):  # fmt: skip
            widget.setVisible(place == 0)

    def _tell_acts(self) -> None:
        self._sign.setEnabled(bool(self.list.chosen(DRAFT, SUBMITTED)))
        month = self.list.is_month
        self._post.setEnabled(month and any(head.state == APPROVED for head in self.list.heads()))
        self._print.setEnabled(month and bool(self.list.heads()))


def _waiting(desk: Desk) -> tuple[list[DueDraft], list[Voucher]]:
    return due_drafts(desk), lonely_reds(desk)
