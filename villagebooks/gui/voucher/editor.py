"""One voucher in hand: the form, what stands beside it, and everything that may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from villagebooks.core.correction import correction_day
from villagebooks.core.keymap import ACTS
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem
from villagebooks.core.template import Template, mark_words
from villagebooks.core.unsaved import SheetText, Slot
from villagebooks.core.voucher import APPROVED, DRAFT, NORMAL, SUBMITTED, Draft, Voucher
from villagebooks.core.words import _
from villagebooks.gui.again import Again
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Tall
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.keymap import bind, key
from villagebooks.gui.page import Strip, is_saving, label
from villagebooks.gui.reason import ReasonBox
from villagebooks.gui.theme import DONE, TONE_COLOURS, WAIT, px, set_tone
from villagebooks.gui.voucher.act import ActBar, KeyLine
from villagebooks.gui.voucher.ahead import Ahead
from villagebooks.gui.voucher.beside import Beside
from villagebooks.gui.voucher.clash import ClashPanel
from villagebooks.gui.voucher.correction import WordsStrip
from villagebooks.gui.voucher.corrector import Corrector
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.gui.voucher.newcomer import Newcomers
from villagebooks.gui.voucher.posting import PostStrip
from villagebooks.gui.voucher.recovery import VoucherKeeper, restored_draft, standing_words
from villagebooks.gui.voucher.side import VoucherSide
from villagebooks.gui.voucher.signing import SignAsking
from villagebooks.gui.voucher.slip import SlipPanel
from villagebooks.gui.voucher.state import NEXT, draft_of, shut_words, state_mark
from villagebooks.gui.voucher.template import TemplateBox
from villagebooks.gui.voucher.voiding import VoidAsking
from villagebooks.services.account import today
from villagebooks.services.habit import alike_vouchers
from villagebooks.services.hint import save_with_hints
from villagebooks.services.unsaved import FoundUnsaved
from villagebooks.services.voucher import post_voucher, read_voucher


class VoucherEditor(Tall):
    """`left`: back to the list; `neighbour` asks for the voucher before (-1) or after (1); `printed` for its paper."""

    left = Signal()
    neighbour = Signal(object)
    printed = Signal(object)

    def __init__(self, seat: Seat, ring: KeyRing, form: VoucherForm) -> None:
        super().__init__()
        self._seat = seat
        self._voucher: Voucher | None = None
        self._waiting = ""
        self._warned, self._ahead = Again(), Ahead()
        self._refused: Draft | None = None
        self._acts = ActBar()
        self.acts = self._acts.buttons
        self.form, self.strip, self.sign = form, Strip(), SignStrip(seat, ring)
        self.keeper = VoucherKeeper(seat, self.form)
        self.keeper.failed.connect(self.strip.hint)
        self._newcomers = Newcomers(seat, self.form, self.strip, self._refuse)
        self.side = VoucherSide(seat)
        self.templates, self.corrector, self.words = TemplateBox(seat), Corrector(seat), WordsStrip()
        self.reasons = ReasonBox(seat)
        self.posting = PostStrip(seat, self._refuse)
        self.signing = SignAsking(seat, self.reasons, self.sign, self._acted)
        self.clash = ClashPanel(seat, self.form, self.strip, self.restore, self._begin_with)
        self.slips = SlipPanel(seat, self.strip, self.sign, self._acted)
        self.voiding = VoidAsking(seat, self.strip, self.words, self.sign, self._acted)
        self.state = label()
        self.keys = KeyLine()
        self._build_acts()
        sheet = Tall()
        left = QVBoxLayout(sheet)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.templates)
        left.addWidget(self.form, 100)
        left.addWidget(self.corrector.panel, 100)
        left.addWidget(self.keys)
        left.addStretch(1)
        self.beside = Beside(seat, sheet, self.side)
        self.beside.bind_to(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(self._acts)
        box.addWidget(self.strip)
        box.addWidget(self.clash)
        box.addWidget(self.beside, 1)
        menu, words = self.corrector.menu, self.corrector.words
        for part in (menu, words, self.words, self.slips, self.reasons, self.posting, self.sign):
            box.addWidget(part)
        self.templates.taken.connect(self._take_template)
        for asking in (self.templates, self.words, self.reasons):
            asking.left.connect(self._back_to_form)
        self.corrector.made.connect(self.take_made)
        self.corrector.said.connect(self._said)
        self.corrector.refused.connect(self._refuse)
        self.corrector.asking.connect(self._lay_over)
        self.corrector.known.connect(self.side.show_corrections)
        self.form.checked.connect(self.side.show_problems)
        self.form.checked.connect(self._forgive)
        self.form.day.refused.connect(self._misread)
        self.form.missed.connect(self._misread)
        self.form.changed.connect(self._edited)
        self.form.account_entered.connect(self._account_entered)
        self.form.words_typed.connect(self._find_alike)
        self.form.strange_key.connect(self._say_key)

    @property
    def uid(self) -> str:
        """Uid of the voucher in hand, empty for a new one."""
        return self._voucher.uid if self._voucher else ""

    def new(self, draft: Draft | None = None) -> None:
        """Begin a voucher: empty, or filled from papers."""
        self._voucher = None
        self._waiting = ""
        self._show(draft or Draft(self._day(), ()))
        told = shut_words(self._seat.entry, self._seat.month)
        if told:
            self.strip.hint(told)
        if draft is None:
            self.form.start()
        else:
            gap = next((row for row in self.form.rows if not row.is_empty() and not row.account.key), self.form.rows[0])
            gap.account.setFocus()

    def copy(self) -> None:
        """A new voucher with the lines of the one in hand; its own day, no documents yet."""
        self.copy_lines(self.form.draft())

    def copy_lines(self, one: Draft | Voucher) -> None:
        """A new voucher with the lines of another."""
        if one.kind != NORMAL:
            self.strip.hint(_("红字、结转、期初和以前年度的凭证不能复制"))
        elif one.lines and self.may_leave():
            self.new(Draft(self._day(), one.lines, one.word))
            self.strip.hint(_("复制成了一张新凭证，还没有保存：核对日期、金额和附单据数"))

    def restore(self, found: FoundUnsaved) -> None:
        """What an earlier run left: in its draft voucher, or as a new one when that may not be changed any more."""
        voucher = found.voucher
        self._waiting = ""
        if voucher and voucher.state == DRAFT:
            self._take(voucher)
        else:
            self._voucher = None
            self._show(restored_draft(found, self._day()))
        now = self.form.text()
        self._fill(found.unsaved.sheet, found.unsaved.slot)
        text = _("恢复了没有保存的凭证，核对以后按 {key} 保存。").format(key=key("save"))
        self.strip.hint(text + standing_words(found))
        self.clash.look(found, now)

    def _fill(self, typed: SheetText, slot: Slot | None = None) -> None:
        """What was typed over what was put, the cursor where it was; kept at once."""
        self.form.put_text(typed)
        self.form.go_to(slot)
        self.keeper.keep()

    def _begin_with(self, typed: SheetText) -> None:
        """A new voucher of what was typed for another; its papers stay with that one."""
        self._voucher = None
        self._show(Draft(self._day(), ()))
        self._fill(typed)

    def open(self, uid: str, waiting: str = "") -> None:
        """Show a voucher of the books."""
        self._waiting = waiting
        self._seat.worker.read(partial(read_voucher, self._seat.desk, uid), self._take, self._refuse, key=self)

    def save(self) -> None:
        """Save what the form says, or make the difference that its panel asks for."""
        if not self.corrector.panel.isHidden():
            self.corrector.panel.finish()
            return
        if self.clash.is_asking() or is_saving(self._seat, self.strip, self._saved):
            return
        if unready := self.form.unready():
            self._refuse(tuple(unready))
            return
        if self._voucher and not self.form.is_changed():
            self.strip.hint(_("{title} 号没有改动，不用再保存").format(title=self._voucher.title))
            return
        draft = replace(self.form.draft(), uid=self.uid)
        if asked := self._ahead.words(draft.day, (self._voucher or self._seat).month, today(self._seat.office)):
            self.strip.hint(asked)
            return
        act = partial(save_with_hints, self._seat.desk, draft, self._voucher.rev if self._voucher else 0)
        self._seat.worker.write(act, self._saved, self._refuse, _("保存凭证"))

    def ask_signature(self) -> None:
        """Sign the step that is waited for."""
        voucher = self._voucher
        if voucher is None or voucher.state not in (DRAFT, SUBMITTED):
            return
        if self.form.is_changed():
            self.strip.hint(_("先保存（{key}），再签字").format(key=key("save")))
            return
        self.signing.ask(voucher)

    def ask_send_back(self) -> None:
        """Send a submitted voucher back to who made it."""
        self.signing.ask_back(self._voucher)

    def post(self) -> None:
        """Post: every step is signed."""
        if self._voucher and self._voucher.state == APPROVED:
            act = partial(post_voucher, self._seat.desk, self._voucher.uid)
            post = partial(self._seat.worker.write, act, self._acted, self._refuse, _("记账"))
            self.posting.ask([self._voucher], post)

    def ask_template(self) -> None:
        """F4: the list of templates, for a voucher that may still be written."""
        if not self.form.still and self.corrector.panel.isHidden():
            self.form.settle()
            self.templates.ask()

    def ask_slip(self) -> None:
        """The approval slip: on paper, or the ink on it registered."""
        if self._voucher and not self.form.is_changed():
            self.words.hide()
            self.slips.ask(self._voucher)
        elif self._voucher:
            self.strip.hint(_("先保存（{key}），再打印审批单").format(key=key("save")))

    def ask_void(self) -> None:
        """Void a voucher that is not posted: the number stays, the reason stands in the number report."""
        self.slips.put_away()
        self.voiding.ask()

    def ask_leave(self) -> None:
        """Back to the list; what was typed and not saved is told once before it is given up."""
        if self.may_leave():
            self.left.emit()

    def may_leave(self) -> bool:
        """False once, with a hint, while something typed is not saved."""
        if self.form.is_changed() and not self._warned:
            self._warned.warn()
            text = _("这张凭证改过还没有保存。{key} 保存；再做一次就放弃修改。")
            self.strip.hint(text.format(key=key("save")))
            return False
        self.keeper.drop()
        return True

    def _take(self, voucher: Voucher) -> None:
        self._voucher = voucher
        self._show(draft_of(voucher))
        (self.form.rows[0].summary if voucher.state == DRAFT else self.acts["back"]).setFocus()

    def _show(self, draft: Draft) -> None:
        self._warned.forget()
        self.strip.say("")
        self.sign.put_away()
        self.posting.put_away()
        self.templates.hide()
        self.words.hide()
        self.clash.put_away()
        self.form.show()
        self.corrector.use(self._voucher, self._correction_day())
        self.slips.put_away()
        self.voiding.look(self._voucher)
        start = self._seat.book.start if self._seat.book else self._seat.month
        self.form.use(self._seat.entry, start)
        self.form.put(draft, self._voucher, self._seat.month, self._seat.person)
        self.keeper.begin(self._voucher)
        self.side.clear_account()
        self.side.put(self._voucher, draft.papers)
        state = self._voucher.state if self._voucher else ""
        mark = state_mark(state, self._waiting) if state else None
        self.state.setText(mark.word if mark else _("新凭证，还没有保存"))
        set_tone(self.state, "tone", mark.tone if mark and mark.tone in TONE_COLOURS else "act")
        self._acts.show_state(state)
        self.keys.show_state(state)

    def _saved(self, told: tuple[Voucher, tuple[str, ...]]) -> None:
        voucher, hints = told
        self._take(voucher)
        text = _("已保存为 {title} 号。F5 再做一张，Esc 回到列表。")
        if voucher.month != self._seat.month:
            text = _("已保存到 {month}：{title} 号，不在上面选的月份里。F5 再做一张，Esc 回到列表。")
        said = text.format(title=voucher.title, month=voucher.month)
        self.strip.say("\n".join((said, *hints)), WAIT if hints else DONE)
        self._seat.tell_changed()

    def _acted(self, voucher: Voucher) -> None:
        self._waiting = ""
        self._take(voucher)
        if voucher.state in NEXT:
            self.acts[NEXT[voucher.state]].setFocus()
        word = state_mark(voucher.state).word
        self.strip.say(_("{title} 号：{state}").format(title=voucher.title, state=word))
        self._seat.tell_changed()

    def take_made(self, told: tuple[Voucher, str]) -> None:
        """A correction was made: it is in hand now."""
        self._take(told[0])
        self.strip.say(told[1])
        self._seat.tell_changed()

    def _said(self, text: str) -> None:
        self.strip.say(text)
        self._seat.tell_changed()

    def _take_template(self, template: Template) -> None:
        self.form.take_template(template)
        words = "　".join(part for part in (mark_words(template.mark), template.basis) if part)
        self.strip.hint(_("模板“{name}”　{words}").format(name=template.name, words=words).rstrip())

    def _back_to_form(self) -> None:
        empty = next((row for row in self.form.rows if row.is_empty()), self.form.rows[0])
        empty.summary.setFocus()

    def _lay_over(self, over: bool) -> None:
        """The panel of right amounts lies over the form, or nothing is asked any more."""
        self.form.setVisible(not over)
        if not over:
            self.acts["back"].setFocus()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.clash.meet(problems, self.keeper.unsaved)
        self._refused = self.form.draft()
        self.strip.show_problems(problems)
        self.form.show_problems(problems)

    def _misread(self, problems: Sequence[Problem]) -> None:
        self._refused = None
        self.strip.show_problems(problems)

    def _forgive(self, problems: Sequence[Problem]) -> None:
        """What was refused goes from the strip once the voucher says something else that is right."""
        if not problems and self.form.draft() != self._refused:
            self.strip.forgive()

    def _edited(self) -> None:
        self._warned.forget()
        self.side.show_lines(self.form.draft().lines)

    def _account_entered(self, code: str) -> None:
        self.side.show_account(code, self.form.draft().lines)

    def _find_alike(self, words: str) -> None:
        act = partial(alike_vouchers, self._seat.desk, words)
        self._seat.worker.read(act, self.form.offer_alike, key=(id(self), "alike"))

    def _say_key(self, pressed: str, act: str) -> None:
        """A key of the other program's: what does here what was meant."""
        text = _("{pressed} 在这套键位里不用。{act}按 {key}；到“设置”的“键位”里可以换成另一套。")
        self.strip.hint(text.format(pressed=pressed, act=_(ACTS[act]), key=key(act)))

    def _day(self) -> date:
        day = today(self._seat.office)
        return day if month_of(day) == self._seat.month else self._seat.month.last_day

    def _correction_day(self) -> date:
        seat, voucher = self._seat, self._voucher
        return correction_day(today(seat.office), seat.month, voucher, seat.entry.states) if voucher else self._day()

    def _print(self) -> None:
        if self._voucher:
            self.printed.emit(self._voucher.uid)

    def _build_acts(self) -> None:
        slots: dict[str, Callable[[], None]] = {
            "back": self.ask_leave,
            "before": partial(self.neighbour.emit, -1), "after": partial(self.neighbour.emit, 1),
            "new": self._new, "copy": self.copy, "save": self.save,
            "sign": self.ask_signature, "back_to": self.ask_send_back, "post": self.post, "void": self.ask_void,
            "slip": self.ask_slip, "print": self._print,
        }  # fmt: skip
        for name, slot in slots.items():
            if name == "save":
                self._acts.addWidget(self.state)
                self._acts.addStretch(1)
            if name == "void":
                self._acts.addWidget(self.corrector.menu.opener)
            self._acts.make(self, name, slot)
        self._acts.insert(self.voiding.keep, self.acts["void"])
        for name, act in (
            ("templates", self.ask_template), ("more", self.corrector.menu.open),
            ("undo", self.form.undo), ("redo", self.form.redo),
        ):  # fmt: skip
            bind(self, name, act)

    def _new(self) -> None:
        if self.may_leave():
            self.new()
