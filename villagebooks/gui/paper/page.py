"""报账: the month's papers, what each still needs, and the way from signed papers to a voucher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from villagebooks.core.document_gap import document_gap
from villagebooks.core.money import said_yuan
from villagebooks.core.paper import ACCEPTED, BOOKED, SENT, SENT_BACK, SIGNED, WRITTEN, Paper, scan_of
from villagebooks.core.paper_note import check_note
from villagebooks.core.period import month_of
from villagebooks.core.reason import Reason
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page
from villagebooks.gui.paper.detail import PaperDetail
from villagebooks.gui.paper.form import PaperForm
from villagebooks.gui.paper.recovery import found_words
from villagebooks.gui.picture.source import may_take, picture_filter
from villagebooks.gui.reason import ReasonBox
from villagebooks.gui.recovery import RecoveryStrip
from villagebooks.gui.table import DAY, MONEY, NUMBER, STATE, Column, Table
from villagebooks.gui.theme import ACT, DONE, LATE, WAIT, Mark
from villagebooks.services.account import today
from villagebooks.services.approval import accept_paper, attest_paper, send_back_paper
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked
from villagebooks.services.overdue import excuse_papers, unexcused_among
from villagebooks.services.paper import list_papers, propose_voucher
from villagebooks.services.picture import take_scan
from villagebooks.services.reason import list_reasons
from villagebooks.services.ruling import look_at_paper
from villagebooks.services.unsaved import PAPER, FoundPaper, find_unsaved_paper


def state_mark(paper: Paper) -> Mark:
    """A paper's state as people say it."""
    words = {
        WRITTEN: Mark(_("待登记签字"), ACT), SIGNED: Mark(_("待受理"), WAIT), SENT: Mark(_("待受理"), WAIT),
        ACCEPTED: Mark(_("待做凭证"), WAIT), SENT_BACK: Mark(_("已退回"), LATE), BOOKED: Mark(_("已入账"), DONE),
    }  # fmt: skip
    return words.get(paper.state, Mark(paper.state))


def paper_columns() -> tuple[Column, ...]:
    """Columns of the list."""
    return (
        Column(_("号"), lambda paper: paper.number, NUMBER, 4),
        Column(_("日期"), lambda paper: paper.day, DAY, 11),
        Column(_("用途"), lambda paper: paper.words),
        Column(_("类别"), lambda paper: _(paper.spending_class), width=12, spare=True),
        Column(_("收支"), lambda paper: _direction(paper.direction), width=5, spare=True),
        Column(_("金额"), lambda paper: paper.amount_fen, MONEY, 13, total=True),
        Column(_("状态"), state_mark, STATE, 14),
    )


def _direction(word: str) -> str:
    """In few letters, for a narrow column."""
    short = {
        "收入": pgettext("short", "收入"), "支出": pgettext("short", "支出"), "转存": pgettext("short", "转存"),
        "转账": pgettext("short", "转账"),
    }  # fmt: skip
    return short.get(word, word)


class PaperPage(Page):
    """`drafted` carries the voucher's draft that was made of papers, `sourced` where its accounts were taken from."""

    drafted = Signal(object)
    sourced = Signal(str)
    lasting = True

    def __init__(self, seat: Seat, ring: KeyRing, kept: QSettings | None = None) -> None:
        self.title = _("报账")
        super().__init__(seat)
        empty = _("这个月还没有报账单。按“新报账单”写一张。")
        self.table = Table(paper_columns(), _("报账单列表"), empty)
        self.detail, self.form, self.sign = PaperDetail(seat), PaperForm(seat, kept), SignStrip(seat, ring)
        front = QWidget()
        box = QHBoxLayout(front)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.table, 1)
        box.addWidget(self.detail)
        self.stack = QStackedWidget()
        self.stack.addWidget(front)
        self.stack.addWidget(self.form)
        self.recovery = RecoveryStrip(seat, PAPER, lambda: self.form.keeper, find_unsaved_paper, found_words)
        self.recovery.restored.connect(self.restore)
        self.recovery.said.connect(self.strip.hint)
        self.body.addWidget(self.recovery)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.sign)
        self.setFocusProxy(self.table.view)
        self.reasons = ReasonBox(seat)
        self.body.addWidget(self.reasons)
        self.reasons.left.connect(self.setFocus)
        self._back = self.add_act(_("退回…"), self.ask_send_back, "undo-2")
        self._attest = self.add_act(_("登记签字…"), self.ask_attest, "stamp")
        self._accept = self.add_act(_("受理"), self.accept, "check")
        self._draft = self.add_act(_("做凭证"), self.make_draft, "receipt")
        self._new = self.add_act(_("新报账单（F5）"), self.new, "plus", primary=True)
        # a button's own shortcut waits for its animation: what is typed at once would go into the list
        new = QShortcut(QKeySequence("F5"), front, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.new)
        self.table.chosen.connect(self.detail.put)
        self.detail.excused.connect(self.ask_excuse)
        self.table.opened.connect(self.open)
        self.table.view.selectionModel().selectionChanged.connect(self._tell_acts)
        self.form.left.connect(self._show_list)
        self.form.saved.connect(self._saved)
        self._wanted = ""
        self.setAcceptDrops(True)
        pasted = QShortcut(QKeySequence("Ctrl+V"), front)
        pasted.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasted.activated.connect(self.paste)
        self._tell_acts()

    def load(self) -> None:
        """Read the month's papers."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, key=self)
        self.recovery.look()

    def moved(self) -> None:
        """Another book or month: back to its list."""
        self._show_list()

    def show_paper(self, uid: str) -> None:
        """A paper of the month in hand, for another page."""
        self._show_list()
        self._wanted = uid
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list keeps its columns, what stands beside it gives way."""
        super().resizeEvent(event)
        self.detail.fit(self.width())

    def may_leave(self) -> bool:
        """Warn once of a paper in the form."""
        return self.stack.currentIndex() == 0 or self.form.may_leave()

    def new(self) -> None:
        """Write a paper."""
        day = today(self.seat.office)
        self._lay(1)
        self.form.new(day if month_of(day) == self.seat.month else self.seat.month.last_day)

    def restore(self, found: FoundPaper) -> None:
        """What an earlier run left unsaved is in hand again."""
        if self.may_leave():
            self._lay(1)
            self.form.restore(found)
            self.recovery.put_away()

    def begin_with(self, mime: QMimeData) -> bool:
        """Hang pictures on the paper that is chosen, or on a new one where that is signed or none is; False: none."""
        if not may_take(mime) or not self.may_leave():
            return False
        paper = self.table.current()
        if paper is not None and paper.state in (WRITTEN, SENT_BACK):
            self.open(paper)
        else:
            self.new()
        return self.form.take_mime(mime)

    def begin_for(self, told: tuple[Draft | None, list[Path] | QImage]) -> None:
        """A new paper with pictures that were meant for a voucher; what stood in that comes along."""
        draft, pictures = told
        if not self.may_leave():
            return
        self.new()
        if draft is not None and draft.lines:
            words, total = draft.lines[0].summary, sum(line.debit_fen for line in draft.lines)
            self.form.facts.put({"day": draft.day, "words": words, "amount_fen": total})
        if isinstance(pictures, QImage):
            self.form.take_image(pictures)
        else:
            self.form.take_files(pictures)
        text = _("由凭证转来：写好、保存、登记签字、受理以后，用“做凭证”做成凭证；原来没有保存的那张还在“凭证”页")
        self.form.strip.hint(text)

    def paste(self) -> None:
        """Ctrl+V on the list: as if the pictures had been dropped there."""
        if not self.begin_with(QGuiApplication.clipboard().mimeData()):
            self.strip.hint(_("剪贴板里没有照片或扫描件"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures may be dropped on the list."""
        if may_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A paper begins with them, or the one that is chosen gets them."""
        self.begin_with(event.mimeData())

    def open(self, paper: Paper) -> None:
        """Change a paper that is not signed; others are seen beside the list."""
        if paper.state in (WRITTEN, SENT_BACK):
            self._lay(1)
            self.form.open(paper)
        else:
            self.strip.hint(_("第 {n} 号已登记签字，不能再改；要改请先退回").format(n=paper.number))

    def ask_attest(self) -> None:
        """The registrar attests the ink that is seen on the papers."""
        papers = self._chosen(WRITTEN, SENT_BACK)
        bare = [paper for paper in papers if not scan_of(paper)]
        if bare:
            numbers = _("、").join(str(paper.number) for paper in bare)
            self.strip.hint(_("第 {n} 号还没有图片：先加一张签过字的报账单或单据的照片").format(n=numbers))
            return
        if papers:
            text = _("登记 {what} 上村里各人的纸面签字：您看过原件，签字和章都在，以您的钥匙作证。")
            act = partial(_attest_all, self.seat.desk, tuple(papers))
            self.sign.ask(text.format(what=_total(papers)), act, self._done, self.seat.person, _("登记签字"))
            hints = partial(_hints, self.seat.desk, tuple(paper.uid for paper in papers))
            self.seat.worker.read(hints, partial(self._tell_hints, self.sign.sentence.text()), key=self.sign)

    def _tell_hints(self, asked: str, hints: list[str]) -> None:
        """What somebody should know who is about to sign, unless something else is asked by now."""
        if hints and self.sign.isVisible() and self.sign.sentence.text() == asked:
            self.sign.sentence.setText("\n".join([asked, *(_("提示：{text}").format(text=one) for one in hints)]))

    def ask_excuse(self, words: str) -> None:
        """The director signs why the paper in hand comes so late, and those that are selected with it."""
        paper = self.table.current()
        problems = check_note(words)
        if paper is None or problems:
            self.strip.show_problems(problems)
            self.detail.reason.setFocus()
            return
        uids = list(dict.fromkeys([paper.uid, *(one.uid for one in self.table.selected())]))
        desk = self.seat.desk
        done = partial(self._ask_excuse, desk, words)
        self.seat.worker.read(partial(unexcused_among, desk, uids), done, self.strip.show_problems, key="excuse")

    def _ask_excuse(self, desk: Desk, words: str, papers: tuple[Paper, ...]) -> None:
        if desk != self.seat.desk:
            return  # somebody went elsewhere meanwhile
        if not papers:
            self.strip.hint(_("选上的报账单没有要写原因的：没有过期，或者已经写过、登记过了"))
        else:
            numbers = _("、").join(str(one.number) for one in papers)
            text = _("第 {n} 号报账单（共 {yuan} 元）的单据过期，同意报销：{words}")
            yuan = said_yuan(sum(one.amount_fen for one in papers))
            act = partial(_excuse, desk, {one.uid: one.rev for one in papers}, words)
            self.sign.ask(text.format(n=numbers, yuan=yuan, words=words), act, self._excused, self.seat.person)

    def accept(self) -> None:
        """受理 the selected papers."""
        papers = self._chosen(SIGNED, SENT)
        if papers:
            uids = tuple(paper.uid for paper in papers)
            self.seat.worker.write(
                partial(_accept_all, self.seat.desk, uids), self._done, self.strip.show_problems, _("受理")
            )

    def ask_send_back(self) -> None:
        """Offer the coded reasons."""
        papers = [paper for paper in self.table.selected() if paper.state != BOOKED]
        if papers:
            self.reasons.ask(_("退回 {what}").format(what=_total(papers)), self.send_back)

    def make_draft(self) -> None:
        """A voucher's draft of the selected papers."""
        papers = self._chosen(ACCEPTED)
        if papers:
            act = partial(propose_voucher, self.seat.desk, [paper.uid for paper in papers])
            self.seat.worker.read(act, self._drafted, self.strip.show_problems)

    def send_back(self, reason: int) -> None:
        """退回 the selected papers for a reason."""
        papers = [paper for paper in self.table.selected() if paper.state != BOOKED]
        if any(paper.state == ACCEPTED for paper in papers):
            self._ask_withdrawal(papers, reason)
        elif papers:
            act = partial(_send_back_all, self.seat.desk, tuple(paper.uid for paper in papers), reason)
            self.seat.worker.write(act, self._done, self.strip.show_problems, _("退回"))

    def _ask_withdrawal(self, papers: Sequence[Paper], reason: int) -> None:
        """What was accepted goes back with the ink of the same steps: the scan of the slip that they signed."""
        title = _("撤销单的扫描件或照片（签过的各步都签了字）")
        path, _kind = QFileDialog.getOpenFileName(self, title, "", picture_filter())
        if path:
            text = _("退回已受理的 {what}：您看过撤销单，签过的各步都签了字同意，以您的钥匙作证。")
            act = partial(_withdraw_all, self.seat.desk, tuple(paper.uid for paper in papers), reason, Path(path))
            self.sign.ask(text.format(what=_total(papers)), act, self._done, self.seat.person, _("退回"))

    def _take(self, found: tuple[list[Paper], tuple[Reason, ...]]) -> None:
        papers, self.detail.reasons = found
        here = self.table.current()
        uid, self._wanted = self._wanted or (here.uid if here is not None else ""), ""
        self.table.put(papers)
        if uid:
            self.table.go_to(lambda paper: paper.uid == uid)
        elif papers:
            self.table.view.selectRow(0)
        self.detail.put(self.table.current())
        self._tell_acts()

    def _saved(self, paper: Paper) -> None:
        self._show_list()
        month = month_of(paper.day)
        text = _("已保存第 {n} 号报账单。下一步：登记签字。")
        if month == self.seat.month:
            self._wanted = paper.uid  # what comes next is done to this one
        else:
            text = _("已保存第 {n} 号报账单，记在 {month}，不在上面选的月份里：要看它请到那个月。")
        self.strip.say(text.format(n=paper.number, month=month))
        if gap := document_gap(paper):
            self.strip.hint("\n".join((self.strip.text(), gap)))

    def _done(self, papers: Sequence[Paper]) -> None:
        words = _("、").join(dict.fromkeys(state_mark(paper).word for paper in papers))
        self.strip.say(_("{n} 张报账单：{state}").format(n=len(papers), state=words))
        self.table.view.setFocus()
        self.seat.tell_changed()

    def _excused(self, papers: Sequence[Paper]) -> None:
        self.detail.reason.clear()
        numbers = _("、").join(str(one.number) for one in papers)
        self.strip.say(_("第 {n} 号：过期的原因已由主任签字").format(n=numbers))
        self.table.view.setFocus()
        self.seat.tell_changed()

    def _drafted(self, told: tuple[Draft, tuple[str, ...]]) -> None:
        draft, sources = told
        self.drafted.emit(draft)
        self.sourced.emit(_("；").join(one for one in sources if one))

    def _chosen(self, *states: str) -> list[Paper]:
        return [paper for paper in self.table.selected() if paper.state in states]

    def _tell_acts(self, *_change: object) -> None:
        states = {paper.state for paper in self.table.selected()}
        self._attest.setEnabled(bool(states & {WRITTEN, SENT_BACK}))
        self._accept.setEnabled(bool(states & {SIGNED, SENT}))
        self._draft.setEnabled(bool(states) and states <= {ACCEPTED})
        self._back.setEnabled(bool(states - {BOOKED}))

    def _show_list(self) -> None:
        self.form.rest()
        self._lay(0)
        if self.isVisible():
            self.table.view.setFocus()

    def _lay(self, place: int) -> None:
        self.strip.say("")
        self.sign.put_away()
        self.reasons.put_away()
        self.stack.setCurrentIndex(place)
        for widget in (self._back, self._attest, self._accept, self._draft, self._new, self.heading):
            widget.setVisible(place == 0)


def _read(desk: Desk) -> tuple[list[Paper], tuple[Reason, ...]]:
    return list_papers(desk), list_reasons(desk.office)


def _attest_all(desk: Desk, papers: tuple[Paper, ...], keys: Unlocked) -> list[Paper]:
    return [attest_paper(desk, paper.uid, keys, scan_of(paper)) for paper in papers]


def _hints(desk: Desk, uids: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(hint for uid in uids for hint in look_at_paper(desk, uid).hints))


def _excuse(desk: Desk, seen: Mapping[str, int], words: str, keys: Unlocked) -> list[Paper]:
    return excuse_papers(desk, tuple(seen), words, keys, seen)


def _accept_all(desk: Desk, uids: tuple[str, ...]) -> list[Paper]:
    return [accept_paper(desk, uid) for uid in uids]


def _withdraw_all(desk: Desk, uids: tuple[str, ...], reason: int, path: Path, keys: Unlocked) -> list[Paper]:
    scan = take_scan(desk, path).sha256
    return [send_back_paper(desk, uid, reason, keys, scan) for uid in uids]


def _send_back_all(desk: Desk, uids: tuple[str, ...], reason: int) -> list[Paper]:
    return [send_back_paper(desk, uid, reason) for uid in uids]


def _total(papers: Sequence[Paper]) -> str:
    total = said_yuan(sum(paper.amount_fen for paper in papers))
    return _("{n} 张报账单（合计 {yuan} 元）").format(n=len(papers), yuan=total)
