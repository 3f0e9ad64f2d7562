"""岗位移交: lists of posts that go from one person to the next: counted, printed, signed by three, finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from villagebooks.core.approval import APPROVE, Approval
from villagebooks.core.money import said_yuan
from villagebooks.core.person import Officer
from villagebooks.core.post import DONE as FINISHED
from villagebooks.core.post import OPEN, STEPS, PostChange, duty_word, hands_over, missing_steps, step_words
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, DAY, SECRET, Field, fill_choices, required
from villagebooks.gui.kept import Entry, FormKeeper, HandedIn
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Strip
from villagebooks.gui.picture.source import picture_filter
from villagebooks.gui.section import Stack
from villagebooks.gui.setting.people.editor import Begun, ChangeEditor
from villagebooks.gui.setting.people.recovery import ChangeRecovery, list_key
from villagebooks.gui.setting.people.side import RowAct, RowActs, beside
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, PLAIN, WAIT, Mark
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.key import ROOT, Unlocked, unlock
from villagebooks.services.office import officers
from villagebooks.services.post import (
    attest_change,
    begin_change,
    change_signatures,
    drop_change,
    finish_change,
    keep_scan,
    list_changes,
    record_change,
    settling,
    sign_change,
)
from villagebooks.services.unsaved import HAND_OVER

BEGIN, PRINT, SIGN, SCAN, FINISH, DROP = "begin", "print", "sign", "scan", "finish", "drop"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with who signed it."""

    change: PostChange
    signed: tuple[Approval, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Steps that nobody has signed."""
        return missing_steps(self.signed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the tab shows: lists, newest first, and terms that may be handed over."""

    lists: tuple[Listed, ...]
    terms: tuple[Officer, ...]


class ChangesPanel(Panel):
    """The register of lists, and the list that is counted. `printed` asks for paper; `changed`: a post went over."""

    printed = Signal(str, object)
    changed = Signal()

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat, self._sure, self._wanted = seat, "", ""
        self._terms: tuple[Officer, ...] = ()
        self.strip, self.sign = Strip(), SignStrip(seat, ring)
        self.table = Table(
            (
                Column(_("村"), lambda one: one.change.village or _("中心"), width=7),
                Column(_("岗位"), lambda one: duty_word(one.change.duty), width=9),
                Column(_("移交人"), lambda one: one.change.hand.giver, width=8),
                Column(_("接收人"), lambda one: one.change.hand.receiver, width=8),
                Column(_("监交人"), lambda one: one.change.hand.watcher, width=8),
                Column(_("日期"), lambda one: one.change.hand.day, width=11),
                Column(_("现在"), _mark, STATE, 11), Column(_("签字"), _signed),
            ),
            _("岗位移交"), _("还没有办过移交。报账员、出纳、会计、档案员换人，在右边选他的岗位，按“列清单”。"),
            filtered=False,
        )  # fmt: skip
        self.acts = RowActs(self._make_acts())
        self.editor = ChangeEditor()
        entries: dict[str, Entry] = {
            "people": self.editor.people,
            "cells": self.editor.cells,
            "remark": self.editor.remark,
        }
        self.keeper = FormKeeper(seat, self.editor, HAND_OVER, entries)
        self.keeper.failed.connect(self.strip.hint)
        self.recovery = ChangeRecovery(seat, self.keeper, self.strip, self._begun)
        listed = QWidget()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(beside(self.table, self.acts), 1)
        inside.addWidget(self.sign)
        self.stack = Stack()
        self.stack.addWidget(listed)
        self.stack.addWidget(self.editor)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(self.recovery)
        box.addWidget(self.stack, 1)
        self.table.chosen.connect(self._choose)
        self.editor.kept.connect(self.keep)
        self.editor.left.connect(self.leave)

    def _make_acts(self) -> tuple[RowAct, ...]:
        return (
            RowAct(BEGIN, _("新办移交"), _("钱、借支、收据、没办完的单据由账里列出来；章、盾、簿另填。"), (
                Field("term", required(_("谁的岗位")), CHOICE), Field("day", required(_("移交日期")), DAY),
            ), _("列清单"), self.begin, "list"),
            RowAct(PRINT, _("打印三联"), _("一式三份：移交人、接收人、监交人。"), (), _("打印"), self.print_list,
                   "printer"),
            RowAct(SIGN, _("用钥匙签字"), _("有钥匙的人自己签。"), (Field("step", _("谁签"), CHOICE),), _("签字…"),
                   self.ask_sign, "stamp"),
            RowAct(SCAN, _("登记纸质签字"), _("没有钥匙的人签在纸上，扫描或拍照后由会计、主任登记。"), (
                Field("step", _("谁签了"), CHOICE), Field("by", _("代办移交的人"), hint=_("移交人来不了才写")),
            ), _("选扫描件…"), self.ask_scan, "camera"),
            RowAct(FINISH, _("办结"), _("老的离任、新的上任、钥匙跟着变，一次办完；短少的钱自动做凭证草稿。"), (
                Field("root", _("总钥匙口令（中心岗位才要）"), SECRET),
            ), _("办结移交"), self.finish, "check"),
            RowAct(DROP, _("放弃"), _("清单写错了就放弃，另办一份；放弃的留着备查。"), (), _("放弃这份清单"), self.drop,
                   "x"),
        )  # fmt: skip

    @property
    def lasting(self) -> bool:
        """While a list is counted."""
        return self.stack.currentWidget() is self.editor

    def load(self) -> None:
        """Read lists and terms."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)
        if self._seat.book is not None:
            self.recovery.look()

    def begin(self) -> None:
        """Gather the list of the chosen term."""
        place = self.acts.forms[BEGIN].entry("term")
        row = place.currentIndex() if isinstance(place, QComboBox) else -1
        if 0 <= row < len(self._terms) and not self.acts.forms[BEGIN].refuse_misread(self.strip.show_problems):
            day = self.acts.forms[BEGIN].values()["day"]
            act = partial(_begin, self._seat.office, self._terms[row].uid, day)
            self._seat.worker.read(act, self._begun, self.strip.show_problems, key="begin")

    def keep(self) -> None:
        """Record the list as it stands in the editor."""
        change = self.editor.change()
        unread = self.editor.unread()
        if unread:
            self._refuse_list(unread)
        elif change is not None:
            act, done = partial(record_change, self._seat.office, change), partial(self._kept, self.keeper.hand_in())
            self._seat.worker.write(act, done, self._refuse_list, _("记下移交清单"))

    def leave(self) -> None:
        """Back to the register; nothing was written. What was typed is given up the second time only."""
        if not self.keeper.may_leave(self.strip):
            return
        self.editor.settle()
        self.stack.setCurrentIndex(0)
        self.strip.say("")
        self.table.view.setFocus()

    def print_list(self) -> None:
        """Three copies in the preview."""
        one = self._row()
        if one:
            self.printed.emit(_("岗位移交清单"), partial(draw_change, self._seat.office, one.change.uid))

    def ask_sign(self) -> None:
        """One of the three signs with the own key."""
        one, step = self._row(), self._step(SIGN)
        if one and step:
            text = _("{who}{name}签{post}的移交清单：{n} 项，{fen}")
            sentence = text.format(
                who=step_words()[step], name=one.change.people[step], post=duty_word(one.change.duty),
                n=len(one.change.hand.items), fen=_short_words(one.change),
            )  # fmt: skip
            act = partial(sign_change, self._seat.office, one.change.uid, step)
            self.sign.ask(sentence, act, partial(self._was_signed, SIGN), one.change.people[step])

    def ask_scan(self) -> None:
        """Ask for the picture of the signed list."""
        if self._row():
            path, _kind = QFileDialog.getOpenFileName(self, _("签过字的移交清单"), "", picture_filter())
            if path:
                self.attest(Path(path))

    def attest(self, path: Path) -> None:
        """The registrar attests the ink of the chosen step, or of all that are missing."""
        one, step, by = self._row(), self._step(SCAN), self.acts.forms[SCAN].values()["by"]
        if one is None:
            return
        steps = [step] if step else list(one.missing)
        names = _("、").join(f"{step_words()[each]}{one.change.people[each]}" for each in steps)
        act = partial(_attest, self._seat.office, one.change.uid, steps, path, by)
        self.sign.ask(
            _("登记纸质签字：{names}。我看到他们签在纸上。").format(names=names), act, partial(self._was_signed, SCAN)
        )

    def finish(self) -> None:
        """The post goes over."""
        one = self._row()
        if one:
            act = partial(_finish, self._seat.office, one.change.uid, self.acts.forms[FINISH].values()["root"])
            refuse = partial(self.acts.refuse, self.strip, FINISH)
            self._seat.worker.write(act, self._finished, refuse, _("办结岗位移交"))

    def drop(self) -> None:
        """Give the list up on the second press."""
        one = self._row()
        if one is None:
            return
        if self._sure != one.change.uid:
            self._sure = one.change.uid
            self.strip.hint(_("放弃这份移交清单：已经签的字也不算。再按一次就放弃。"))
            return
        act = partial(drop_change, self._seat.office, one.change.uid)
        self._seat.worker.write(act, self._dropped, self.strip.show_problems, _("放弃移交清单"))

    def _begun(self, begun: Begun) -> None:
        director = next((name for name, duty in self._seat.duties.items() if duty == "director"), "")
        self.strip.say("")
        self.stack.setCurrentIndex(1)
        self.editor.put(begun, "" if director == begun.change.hand.giver else director)
        self.keeper.begin(list_key(begun))

    def _kept(self, handed: HandedIn, one: PostChange) -> None:
        if self.keeper.arrived(handed):
            self.acts.clear(BEGIN)
            self.editor.settle()
            self.stack.setCurrentIndex(0)
        text = _("清单记下了，共 {n} 项，{short}。下一步：打印三联，三方签字，再办结。")
        self.strip.say(text.format(n=len(one.hand.items), short=_short_words(one)))
        self._reload(one.uid)

    def _was_signed(self, key: str, one: PostChange) -> None:
        self.acts.clear(key)
        self.strip.say(_("签字登记好了"))
        self._reload(one.uid)

    def _finished(self, answer: tuple[PostChange, list[str]]) -> None:
        one, drafts = answer
        self.acts.clear(FINISH)
        text = _("{giver}的岗位已移交给{receiver}").format(giver=one.hand.giver, receiver=one.hand.receiver)
        if drafts:
            text += _("；短少的钱做了凭证草稿：{titles}").format(titles=_("、").join(drafts))
        self.strip.say(text)
        self._reload(one.uid)
        self._seat.load()
        self.changed.emit()

    def _dropped(self, _answer: object) -> None:
        self.strip.say(_("已放弃"))
        self.load()

    def _reload(self, uid: str) -> None:
        self._wanted = uid
        self.load()

    def _refuse_list(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.editor.show_problems(problems)

    def _row(self) -> Listed | None:
        one: Listed | None = self.table.current()
        if one is None:
            self.strip.hint(_("先在表里选一份清单"))
        return one

    def _step(self, key: str) -> str:
        """The chosen step, empty for all that are missing."""
        text = self.acts.forms[key].values()["step"]
        return next((step for step, word in step_words().items() if text.startswith(word)), "")

    def _take(self, found: Changes) -> None:
        wanted = self._wanted or (self.table.current().change.uid if self.table.current() else "")
        asked, self._terms, self._wanted = bool(self._wanted), found.terms, ""
        self._offer(BEGIN, "term", [
            f"{one.village or _('中心')} {duty_word(one.duty)} {one.name}" for one in found.terms
        ])  # fmt: skip
        self.acts.forms[BEGIN].fill({"day": today(self._seat.office)})
        self.table.put(found.lists)
        self.table.go_to(lambda one: one.change.uid == wanted)
        self._choose(self.table.current())
        if asked:
            self._offer_next(self.table.current())

    def _offer_next(self, one: Listed | None) -> None:
        """What comes after recording, printing and each signature."""
        if one is not None and one.change.state == OPEN:
            self.acts.choose(FINISH if not one.missing else SCAN if one.signed else PRINT)

    def _choose(self, one: Listed | None) -> None:
        self._sure = ""
        self.sign.put_away()
        keys = [BEGIN] if self._terms else []
        if one is not None:
            keys.append(PRINT)
            if one.change.state == OPEN:
                keys += [*((SIGN, SCAN) if one.missing else (FINISH,)), DROP]
                words = [f"{step_words()[step]} {one.change.people[step]}" for step in one.missing]
                self._offer(SIGN, "step", words)
                self._offer(SCAN, "step", [_("还没签的各方"), *words])
        self.acts.offer(keys)

    def _offer(self, key: str, name: str, words: Sequence[str]) -> None:
        """Other choices in a form; the chosen one stays where it is still offered."""
        entry = self.acts.forms[key].entry(name)
        if isinstance(entry, QComboBox):
            with self.acts.forms[key].filling():
                was = entry.currentText()
                entry.clear()
                fill_choices(entry, words)
                entry.setCurrentText(was)


def draw_change(office: Office, uid: str, folder: Path) -> list[Path]:
    """The three copies in a folder."""
    from villagebooks.services.post.printing import print_change  # noqa: PLC0415  (reportlab: window first)

    return [print_change(office, uid, folder / f"{_('岗位移交清单')}-{uid[:8]}.pdf")]


def _read(office: Office) -> Changes:
    lists = tuple(Listed(one, tuple(change_signatures(office, one.uid))) for one in reversed(list_changes(office)))
    day = office.books.now()[:10]
    terms = tuple(one for one in officers(office) if hands_over(one.duty) and one.holds(day) and not one.until)
    return Changes(lists, terms)


def _begin(office: Office, uid: str, day: date) -> Begun:
    change = begin_change(office, uid, day)
    return Begun(change, settling(office, change))


def _attest(office: Office, uid: str, steps: Sequence[str], path: Path, by: str, unlocked: Unlocked) -> PostChange:
    return attest_change(office, uid, steps, unlocked, keep_scan(office, uid, path), by)


def _finish(office: Office, uid: str, root: str) -> tuple[PostChange, list[str]]:
    return finish_change(office, uid, unlock(office.books, ROOT, root).keys.signing if root else None)


def _short_words(one: PostChange) -> str:
    missing = sum(item.missing_fen for item in one.hand.items)
    if not missing:
        return _("账实相符")
    return (_("短少 {yuan} 元") if missing > 0 else _("多出 {yuan} 元")).format(yuan=said_yuan(abs(missing)))


def _mark(one: Listed) -> Mark:
    if one.change.state == OPEN:
        return Mark(_("等签字") if one.missing else _("等办结"), WAIT)
    return Mark(_("已办结"), DONE) if one.change.state == FINISHED else Mark(_("已放弃"), PLAIN)


def _signed(one: Listed) -> str:
    steps = {approval.step: approval for approval in one.signed if approval.decision == APPROVE}
    ink = _("（纸）")
    return _("、").join(
        f"{step_words()[step]}{ink if steps[step].mode == 'paper' else ''}" for step in STEPS if step in steps
    )
