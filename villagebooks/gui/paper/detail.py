"""What belongs to the paper in hand, beside the list: its words, its documents and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from villagebooks.core.document_gap import document_gap
from villagebooks.core.money import said_yuan
from villagebooks.core.paper import SENT_BACK, Document, Paper
from villagebooks.core.reason import Reason, all_reasons, reason_words
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import button, hair, label
from villagebooks.gui.picture.load import pictures_of
from villagebooks.gui.picture.thumbnail import Thumbnails
from villagebooks.gui.theme import set_tone, span
from villagebooks.services.ruling import PaperLook, look_at_paper

WIDTH, SHARE = 330, 0.3
"""Pixels of the column, and its share of a page that has no room for so many."""


class PaperDetail(QWidget):
    """The column at the right of the list; `excused` carries why the paper comes so late, for the director to sign."""

    excused = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat, self._uid = seat, ""
        self.fit(0)
        self.missing, self.hints, self.late = label(), label("", "muted"), label()
        set_tone(self.missing, "tone", "late")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("为什么现在才报"))
        self.reason.setPlaceholderText(_("为什么现在才报（中心主任写）"))
        self.reason.returnPressed.connect(self._excuse)
        self.excuse = button(_("主任签字，同意报销"), self._excuse, "stamp")
        self.excuse.setToolTip(_("原因一样的一批：在左边一起选上，写一次、签一次，每张各记一条"))
        self.reasons: tuple[Reason, ...] = all_reasons(())
        self.words, self.amount = label("", "heading"), label("", "figure")
        self.facts, self.signers, self.documents, self.why = label(), label(), label(), label()
        self.gap = label()
        set_tone(self.gap, "tone", "late")
        set_tone(self.why, "tone", "late")
        self.pictures = Thumbnails(seat)
        self.no_picture = label(_("没有图片"), "muted")
        inside = QWidget()
        inside.setObjectName("paper")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(6)
        parts = (
            self.words, self.amount, self.why, self.missing, self.hints, self.late, self.reason, self.excuse,
            self.facts, hair(), label(_("纸上的签字"), "muted"), self.signers,
            hair(),
            label(_("单据"), "muted"), self.documents, self.gap,
            self.no_picture,
        )  # fmt: skip
        for part in parts:
            box.addWidget(part)
        for text in (
            self.words, self.facts, self.signers, self.documents, self.why, self.missing, self.hints, self.late,
            self.gap,
        ):  # fmt: skip
            text.setWordWrap(True)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 0, 0, 0)
        whole.addWidget(area, 3)
        whole.addWidget(self.pictures, 1)
        self.hide()

    def fit(self, page: int) -> None:
        """As wide as is right on a page of so many pixels: the list beside it comes first."""
        self.setFixedWidth(max(span(WIDTH) * 2 // 3, min(span(WIDTH), round(page * SHARE))))

    def put(self, paper: Paper | None) -> None:
        """Show a paper."""
        self.setVisible(paper is not None)
        self._uid = paper.uid if paper else ""
        if paper is None:
            return
        self._show_look(PaperLook(paper.uid, (), (), overdue=False, note=None))
        self._seat.worker.read(partial(look_at_paper, self._seat.desk, paper.uid), self._take_look, key=self)
        self.words.setText(paper.words)
        self.amount.setText(_("{yuan} 元").format(yuan=said_yuan(paper.amount_fen)))
        back = paper.state == SENT_BACK and paper.reason
        self.why.setText(_("退回原因：{why}").format(why=reason_words(paper.reason, self.reasons)) if back else "")
        self.why.setVisible(bool(back))
        rows = (
            (_("类别"), "　".join(dict.fromkeys((_(paper.spending_class), _(paper.direction))))),
            (_("收款人"), paper.payee),
            (_("付款"), _(paper.paid_how)), (_("分组"), paper.group), (_("依据"), paper.basis),
        )  # fmt: skip
        self.facts.setText("\n".join(f"{name}　{text}" for name, text in rows if text))
        self.signers.setText("\n".join(_signers(paper)))
        self.documents.setText("\n".join(_document_text(one) for one in paper.documents))
        self.gap.setText(document_gap(paper))
        self.gap.setVisible(bool(self.gap.text()))
        pictures = pictures_of([paper])
        self.pictures.put(pictures)
        self.pictures.setVisible(bool(pictures))
        self.no_picture.setVisible(not pictures)

    def _take_look(self, look: PaperLook) -> None:
        if look.uid == self._uid:
            self._show_look(look)

    def _show_look(self, look: PaperLook) -> None:
        """What is missing, what somebody should know, and where the director writes why it is late."""
        _say(self.missing, _("登记签字前还差："), look.problems)
        _say(self.hints, _("提示："), look.hints)
        note = look.note
        text = _("单据过期的原因（{name}）：{words}")
        _say(self.late, text.format(name=note.person, words=note.words) if note else "", ())
        asked = look.overdue and note is None
        self.reason.setVisible(asked)
        self.excuse.setVisible(asked)

    def _excuse(self) -> None:
        self.excused.emit(self.reason.text().strip())


def _say(where: QLabel, head: str, lines: Sequence[str]) -> None:
    where.setText("\n".join([head, *(f"· {one}" for one in lines)]))
    where.setVisible(bool(lines) or (bool(head) and not head.rstrip().endswith(("：", ":"))))


def _signers(paper: Paper) -> list[str]:
    rows = [(_("经手"), paper.handler), (_("证明"), paper.witness), (_("审批"), _("、").join(paper.approvers))]
    texts = [f"{title}　{name}" for title, name in rows if name]
    for body in paper.bodies:
        count = _("{agreed} / {size} 人同意").format(agreed=body.agreed, size=body.size)
        stamp = _("，有章") if body.stamp else _("，没有章")
        texts.append(f"{body.name}　{_('、').join(body.people)}{_('（{more}）').format(more=count + stamp)}")
    return texts or [_("还没有")]


def _document_text(one: Document) -> str:
    amount = said_yuan(one.amount_fen) if one.amount_fen else ""
    return "　".join(part for part in (f"{_(one.kind)} ×{one.count}", one.number, amount) if part)
