"""试一试: what the draft would ask of a sample, beside what the policy in force asks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from villagebooks.core.policy import Step, Trial, papers_text, step_text, try_policy
from villagebooks.core.words import N_, _, pgettext
from villagebooks.gui.form import CHOICE, MONEY, Field, Form
from villagebooks.gui.page import label
from villagebooks.gui.setting.approval.draft import Draft
from villagebooks.gui.table import Column, Table

PAID = (N_("转账"), N_("备用金"), N_("代发"), N_("现金"), N_("银行扣收"))
SAMPLE_FEN = 60_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the comparison."""

    what: str
    draft: str
    now: str


class TrialPanel(QWidget):
    """A small form, and the two policies side by side."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.form = Form(
            (
                Field("spending_class", _("类别"), CHOICE), Field("amount_fen", _("金额（元）"), MONEY),
                Field("village", _("村"), CHOICE), Field("paid_how", _("付法"), CHOICE, (*PAID, _("不动钱"))),
            )
        )  # fmt: skip
        self.table = Table(
            (
                Column(pgettext("row", "项目"), lambda one: one.what, width=9),
                Column(_("草稿"), lambda one: one.draft),
                Column(_("现在用的"), lambda one: one.now),
            ),
            _("试一试的结果"), _("选类别、写金额。"), filtered=False,
        )  # fmt: skip
        self.table.view.setSortingEnabled(False)
        self.table.foot.hide()
        self.table.model.is_strong = _differs
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(_("试一试：这样一张单子要谁签"), "heading"))
        box.addWidget(self.form)
        box.addWidget(self.table, 1)
        self.form.put({"amount_fen": SAMPLE_FEN})
        self.form.changed.connect(self.show_draft)
        draft.changed.connect(self._refill)  # which follows every beginning too

    def rows(self) -> list[Pair]:
        """The comparison."""
        said = self.form.values()
        village = cast(QComboBox, self.form.entry("village")).currentData() or ""
        paid_how = said["paid_how"] if said["paid_how"] in PAID else ""
        drafted, now = (
            try_policy(one, said["spending_class"], said["amount_fen"] or 0, village, paid_how)
            for one in (self._draft.policy, self._draft.facts.versions[0].policy)
        )
        return compare(drafted, now)

    def show_draft(self) -> None:
        """Try again; what is only tried is never unsaved."""
        self.form.settle()
        self.table.put(self.rows())

    def _refill(self) -> None:
        """Classes and villages may be others now."""
        self.form.blockSignals(True)
        known = dict.fromkeys([*self._draft.policy.classes, *self._draft.facts.versions[0].policy.classes])
        _offer(self.form.entry("spending_class"), {name: _(name) for name in known})
        _offer(self.form.entry("village"), {one.code: one.name for one in self._draft.facts.villages})
        self.form.blockSignals(False)
        self.show_draft()


def _offer(entry: QWidget, words: dict[str, str]) -> None:
    """Offer these, and keep what was chosen when it is among them."""
    box = cast(QComboBox, entry)
    chosen = box.currentData()
    box.clear()
    for key, word in words.items():
        box.addItem(word, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def compare(drafted: Trial, now: Trial) -> list[Pair]:
    """The two side by side, line by line."""
    rows = _side_by_side(_("村里"), drafted.village, now.village)
    rows += _side_by_side(_("中心"), drafted.centre, now.centre)
    rows += [Pair(what, one, other) for what, one, other in (
        (_("单据"), papers_text(drafted.papers), papers_text(now.papers)),
        (_("决议"), drafted.resolution, now.resolution), (_("报镇"), _township(drafted), _township(now)),
        (_("说明"), drafted.note, now.note),
    ) if one or other]  # fmt: skip
    unknown = _("没有规则")
    if not (drafted.known and now.known):
        rows.insert(0, Pair(_("规则"), "" if drafted.known else unknown, "" if now.known else unknown))
    return rows


def _side_by_side(what: str, drafted: tuple[Step, ...], now: tuple[Step, ...]) -> list[Pair]:
    pairs = zip_longest(map(step_text, drafted), map(step_text, now), fillvalue="")
    return [Pair(f"{what} {n}", one, other) for n, (one, other) in enumerate(pairs, 1)]


def _township(trial: Trial) -> str:
    names = _("、").join(step.title for step in trial.township)
    return (_("要：{names}").format(names=names) if names else _("不用")) if trial.known else ""


def _differs(row: Pair) -> bool:
    return row.draft != row.now
