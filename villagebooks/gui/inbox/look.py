"""What lies before the person who decides: the voucher or paper itself, who signed before, and the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.approval import BY_PAPER, SEND_BACK, STEP_WORDS, VOID, WITHDRAW, Approval
from villagebooks.core.inbox import PAPER, VOUCHER, Pile, Waiting
from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Body, Paper
from villagebooks.core.paper_gap import PaperGap
from villagebooks.core.reason import Reason, SentBack, reason_words
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.inbox.list import pile_facts
from villagebooks.gui.inbox.sheet import PaintedVoucher
from villagebooks.gui.page import hair, label
from villagebooks.gui.picture.load import pictures_of
from villagebooks.gui.picture.thumbnail import Thumbnails
from villagebooks.gui.theme import px, set_tone
from villagebooks.services.account import read_entry_book
from villagebooks.services.approval import approvals
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_paper
from villagebooks.services.paper_gap import paper_gap
from villagebooks.services.reason import list_reasons, why_sent_back
from villagebooks.services.ruling import look_at_paper
from villagebooks.services.voucher import read_voucher

SIGNED_LETTERS = 15
"""Chinese letters that a line of who signed holds."""
PICTURES = 190
"""Pixels of height that the pictures take at least."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was read for one waiting thing."""

    waiting: Waiting
    voucher: Voucher | None
    paths: Mapping[str, str]
    papers: Sequence[Paper]
    signed: Sequence[Approval]
    back: Sequence[SentBack]
    reasons: Sequence[Reason]
    missing: Sequence[str]
    hints: Sequence[str]
    gap: PaperGap | None = None


class LookPanel(QWidget):
    """The right half of the inbox."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.look: Look | None = None
        self._wanted: Waiting | None = None
        self.sheet, self.facts, self.signed = PaintedVoucher(), _sentences(), _sentences()
        self.missing, self.hints, self.gap = _sentences(), _sentences(), _sentences()
        set_tone(self.missing, "tone", "late")
        self.pictures = Thumbnails(seat)
        self._no_picture = label(_("没有图片"), "muted")
        self._no_picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setWidget(self.sheet)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        facts = QScrollArea()
        facts.setWidget(self.facts)
        facts.setWidgetResizable(True)
        facts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack = QStackedWidget()
        for part in (area, facts, label()):
            self.stack.addWidget(part)
        self._below, self._hair = QWidget(), hair()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px("gap_px"))
        signatures = QScrollArea()
        signatures.setWidget(self.signed)
        signatures.setWidgetResizable(True)
        signatures.setFixedWidth(SIGNED_LETTERS * self.fontMetrics().horizontalAdvance("国"))
        signatures.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        below.addLayout(_column(_("谁签过"), signatures))
        below.addLayout(_column(_("单据图片（P）"), self._no_picture, self.pictures), 1)
        self.pictures.setMinimumHeight(PICTURES)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.stack, 7)
        box.addWidget(self.gap)
        box.addWidget(self.missing)
        box.addWidget(self.hints)
        box.addWidget(self._hair)
        box.addWidget(self._below, 3)

    def put(self, one: Waiting | Pile | None) -> None:
        """Read and show what waits; what lies there of a village for its line."""
        self._wanted = None
        if one is None or isinstance(one, Pile) or one.book is None:
            self._show_facts("" if one is None else pile_facts(one) if isinstance(one, Pile) else _matter(one))
            return
        self._wanted = one
        desk = Desk(self._seat.office.books, self._seat.office.person, one.book, one.month)
        self._seat.worker.read(partial(_read, desk, one), self._take, self._gone, key=self)

    def _take(self, found: Look) -> None:
        one = found.waiting
        if one is not self._wanted:
            return  # somebody went on meanwhile to a line that needs no reading
        self.look = found
        if found.voucher:
            self.sheet.put(found.voucher, found.paths)
            self.stack.setCurrentIndex(0)
        else:
            self.facts.setText(_paper_facts(found.papers[0]) if found.papers else _matter(one))
            self.stack.setCurrentIndex(1)
        self._say_looks(found.missing, found.hints)
        self._say_gap(found.gap)
        self.signed.setText(_signed_text(found))
        pictures = pictures_of(found.papers)
        self.pictures.put(pictures)
        self.pictures.setVisible(bool(pictures))
        self._no_picture.setVisible(not pictures)
        self._show_below(found.voucher is not None or bool(found.papers))

    def _gone(self, _problems: object) -> None:
        """It was taken away meanwhile; the list is read again anyway."""
        if self._wanted is not None:
            self._show_facts("")

    def _show_facts(self, text: str) -> None:
        self.look = None
        self._say_looks((), ())
        self._say_gap(None)
        self.facts.setText(text)
        self.stack.setCurrentIndex(1 if text else 2)
        self.signed.setText("")
        self.pictures.put(())
        self.pictures.hide()
        self._show_below(False)

    def _show_below(self, shown: bool) -> None:
        for part in (self._hair, self._below):
            part.setVisible(shown)

    def _say_looks(self, missing: Sequence[str], hints: Sequence[str]) -> None:
        """What the policy misses on a paper whose ink is not registered, and what somebody should know who signs."""
        for where, text, said in ((self.missing, _("还差：{text}"), missing), (self.hints, _("提示：{text}"), hints)):
            where.setText("\n".join(text.format(text=one) for one in said))
            where.setVisible(bool(said))

    def _say_gap(self, gap: PaperGap | None) -> None:
        """What the signed papers say beside what the voucher pays, in red when they differ."""
        set_tone(self.gap, "tone", "late" if gap and gap.differs else "")
        self.gap.setText(gap.told if gap else "")
        self.gap.setVisible(gap is not None)


def _read(desk: Desk, one: Waiting) -> Look:
    voucher = read_voucher(desk, one.uid) if one.kind == VOUCHER else None
    uids = voucher.papers if voucher else (one.uid,) if one.kind == PAPER else ()
    papers = [read_paper(desk, uid) for uid in uids]
    paths = read_entry_book(desk).paths if voucher else {}
    signed = [given for paper in papers for given in approvals(desk, paper.uid)] + (
        approvals(desk, one.uid) if voucher else []
    )
    back = [sent for uid in (*uids, one.uid) for sent in why_sent_back(desk, uid)]
    looks = [look_at_paper(desk, uid) for uid in uids]
    missing = [text for look in looks for text in look.problems]
    hints = list(dict.fromkeys(text for look in looks for text in look.hints))
    reasons = list_reasons(desk.office)
    gap = paper_gap(desk, voucher) if voucher else None
    return Look(one, voucher, paths, papers, signed, list(dict.fromkeys(back)), reasons, missing, hints, gap)


def _column(title: str, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label(title, "heading"))
    for part in parts:
        column.addWidget(part, 1)
    return column


def _sentences() -> QLabel:
    made = label()
    made.setWordWrap(True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _signed_text(found: Look) -> str:
    """The village's ink by who registered it, then everybody in the order of signing; reasons of sending back."""
    why = {(one.object_uid, one.rev): reason_words(one.reason, found.reasons) for one in found.back}
    ink: dict[str, list[str]] = {}
    rows: list[tuple[str, str]] = []
    decisions = {VOID: _("{step}同意作废"), WITHDRAW: _("{step}撤回作废")}
    for one in found.signed:
        if one.decision == SEND_BACK:
            rows.append((one.at, _back_text(one.at, one.name, why.pop((one.object_uid, one.rev), ""))))
        elif one.mode == BY_PAPER:
            ink.setdefault(one.signer, []).append(one.name)
        else:
            what = decisions.get(one.decision, "{step}").format(step=_(STEP_WORDS.get(one.step, one.step)))
            rows.append((one.at, f"{_moment(one.at)}　{what} {one.name}"))
    rows += [(one.at, _back_text(one.at, one.by, why[one.object_uid, one.rev])) for one in found.back
             if (one.object_uid, one.rev) in why]  # fmt: skip
    text = _("{names}　纸上签字（{signer}登记）")
    paper = [text.format(names=_("、").join(names), signer=signer) for signer, names in ink.items()]
    none = _("还没有人签") if found.voucher else _("村里的签字还没有登记") if found.papers else ""
    return "\n".join([*paper, *(words for _at, words in sorted(rows))]) or none


def _back_text(at: str, name: str, why: str) -> str:
    return _("{day}　{name} 退回：{why}").format(day=_moment(at), name=name, why=why)


def _moment(at: str) -> str:
    return at[5:16].replace("T", " ")


def _paper_facts(paper: Paper) -> str:
    facts = (
        (_("用途"), paper.words), (_("金额"), _("{yuan} 元").format(yuan=said_yuan(paper.amount_fen))),
        (_("类别"), f"{_(paper.spending_class)}　{_(paper.direction)}"), (_("收款人"), paper.payee),
        (_("付款"), _(paper.paid_how)), (_("依据"), paper.basis),
        (_("经手"), paper.handler), (_("证明"), paper.witness),
        (_("审批"), _("、").join(paper.approvers)), *((one.name, _body_text(one)) for one in paper.bodies),
        *((_(one.kind), f"{one.number}　×{one.count}") for one in paper.documents),
    )  # fmt: skip
    head = _("报账单 {n}　{day}").format(n=paper.number, day=paper.day)
    return "\n".join([head, "", *(f"{name}　{text}" for name, text in facts if text)])


def _body_text(body: Body) -> str:
    text = _("{people}（{agreed} / {size} 人同意{stamp}）")
    stamp = _("，有章") if body.stamp else ""
    return text.format(people=_("、").join(body.people), agreed=body.agreed, size=body.size, stamp=stamp)


def _matter(one: Waiting) -> str:
    due = one.due.isoformat() if one.due else ""
    return _("吹哨：{matter}\n请{who}在 {due} 前办理并答复").format(
        matter=one.words, who=_("、").join(one.people), due=due
    )
