"""审批办法: begin from a ready policy or an earlier one, change it, see what is wrong, try it, put it in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.policy import Policy, policy_change
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, pgettext
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Halves
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.setting.approval.draft import Draft
from villagebooks.gui.setting.approval.general import GeneralEditor
from villagebooks.gui.setting.approval.rules import RulesEditor
from villagebooks.gui.setting.approval.steps import StepsEditor
from villagebooks.gui.setting.approval.trial import TrialPanel
from villagebooks.gui.tab import OnceTabs, Panel
from villagebooks.gui.table import NUMBER, STATE, Column, Table
from villagebooks.gui.theme import LATE, WAIT, Mark, px
from villagebooks.services.desk import Office
from villagebooks.services.policy import READY, PolicyFacts, PolicyInForce, policy_facts, put_policy, ready_policy

STEPS, GENERAL, HISTORY = 1, 2, 3
"""Places of the tabs behind that of the rules."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line below the trial: a fault that stands against the draft, or a hint about people."""

    problem: Problem
    bars: bool


@dataclass(frozen=True, slots=True)
class _Choices:
    """The tab that showed, and the policy to begin from."""

    tab: int
    base: str


class ApprovalPanel(Panel):
    """Left rules, steps, limits and history; right the trial and what is wrong. `printed` carries a title and what
    draws the notice."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._sure, self._base = "", ""
        nothing = PolicyFacts((PolicyInForce(0, "", ready_policy(READY[0])),), (), (), "")
        self.draft = Draft(nothing, self)
        self.strip, self.state = Strip(), label("", "muted")
        self.base = Combo()
        self.base.setAccessibleName(_("从哪个办法改起"))
        self.start = button(_("从它改起"), self.begin, "copy")
        self.sheet = button(_("打印权责清单"), self.ask_print, "printer")
        self.use = button(_("启用"), self.put_in_force, "check-check", primary=True)
        self.rules, self.trial = RulesEditor(self.draft), TrialPanel(self.draft)
        self._versions: Sequence[PolicyInForce] = ()
        self.faults = Table(
            (
                Column(_("怎样"), _mark, STATE, 7),
                Column(_("什么事"), lambda one: str(one.problem)),
            ),
            _("审批办法的问题"), _("没有问题，可以启用。"), filtered=False,
        )  # fmt: skip
        self.faults.view.setSortingEnabled(False)
        self.faults.foot.hide()
        self.faults.opened.connect(self._go_to)
        self.draft.changed.connect(self._show)
        self._lay_out()

    @cached_property
    def steps(self) -> StepsEditor:
        """签字步骤: built when it is first looked at, as the two that follow."""
        made = StepsEditor(self.draft)
        made.begin()
        self.tabs.fill(STEPS, made)
        return made

    @cached_property
    def general(self) -> GeneralEditor:
        """限额和兼任."""
        made = GeneralEditor(self.draft)
        made.show_draft()
        self.tabs.fill(GENERAL, made)
        return made

    @cached_property
    def history(self) -> Table:
        """历次."""
        made = Table(_history_columns(), _("历次审批办法"), _("还没有启用过。"), filtered=False)
        made.put(self._versions)
        made.opened.connect(self._open_version)
        self.tabs.fill(HISTORY, made)
        return made

    def load(self) -> None:
        """Read the policies; a draft that is being changed stays in hand."""
        self._seat.worker.read(partial(policy_facts, self._seat.office), self._take, key=self)

    @property
    def lasting(self) -> bool:
        """While a draft is changed."""
        return self.draft.touched

    def tell_choices(self) -> _Choices:
        """The tab that shows, and the policy to begin from."""
        return _Choices(self.tabs.currentIndex(), str(self.base.currentData() or ""))

    def take_choices(self, kept: _Choices) -> None:
        """The same tab and policy."""
        self.tabs.setCurrentIndex(kept.tab)
        self._base = kept.base

    def may_leave(self) -> bool:
        """Warn once of a draft that is not in force."""
        if not self.draft.touched:
            return True
        self.strip.hint(_("审批办法改了还没有启用：再按一次就不要了"))
        self.draft.touched = False
        return False

    def begin(self) -> None:
        """Take the chosen policy in hand; what was changed is asked for once."""
        if self.draft.touched and not self._confirmed("begin", _("改动还没有启用，换一个就没有了。再按一次就换。")):
            return
        policy = self._chosen()
        if policy is not None:
            self._sure = ""
            self.strip.say("")
            self.draft.begin(policy)
            self.rules.table.view.setFocus()

    def put_in_force(self) -> None:
        """启用: the first press says what changes, the second does it."""
        unread = self.general.form.misread() if "general" in vars(self) else []
        unread += self.steps.counts.misread() if "steps" in vars(self) else []
        if unread:
            self.strip.show_problems(unread)
            return
        if self.draft.faults:
            self.strip.show_problems(self.draft.faults[:5])
            self.faults.view.setFocus()
            return
        words = policy_change(self._now, self.draft.policy).words
        if not words:
            self.strip.hint(_("和现在用的审批办法一样，没有要改的"))
            return
        text = _("{words}。从现在起新写的报账单、新做的凭证按它办，已经写的仍按原来的。再按一次就启用。")
        if self._confirmed(f"use{hash(str(self.draft.policy))}", text.format(words=words)):
            act = partial(put_policy, self._seat.office, self.draft.policy)
            self._seat.worker.write(act, self._put, self._refuse, _("启用审批办法"))

    def ask_print(self) -> None:
        """The standing notice: of the draft while it is being changed, else of the policy in force."""
        drafted = self.draft.policy if self.draft.policy != self._now else None
        if drafted and self.draft.faults:
            self.strip.show_problems(self.draft.faults[:5])
            return
        self.printed.emit(_("村级财务权责清单"), partial(_draw, self._seat.office, drafted))

    @property
    def _now(self) -> Policy:
        return self.draft.facts.versions[0].policy

    def _confirmed(self, what: str, text: str) -> bool:
        if self._sure == what:
            self._sure = ""
            return True
        self._sure = what
        self.strip.hint(text)
        return False

    def _chosen(self) -> Policy | None:
        key = str(self.base.currentData() or "")
        if key in READY:
            return ready_policy(key)
        return next((one.policy for one in self.draft.facts.versions if f"v{one.version}" == key), None)

    def _take(self, facts: PolicyFacts) -> None:
        self.draft.facts = facts
        chosen, self._base = self.base.currentData() or self._base, ""
        self.base.clear()
        now, *earlier = facts.versions
        self.base.addItem(_("现在用的：{name}").format(name=version_name(now)), f"v{now.version}")
        for name in READY:
            self.base.addItem(_("现成的：{name}").format(name=ready_policy(name).name), name)
        for one in earlier:
            if one.version:
                self.base.addItem(_("以前的：{name}").format(name=version_name(one)), f"v{one.version}")
        self.base.setCurrentIndex(max(0, self.base.findData(chosen)))
        self._versions = facts.versions
        if "history" in vars(self):
            self.history.put(facts.versions)
        if self.draft.touched:
            self.draft.changed.emit()
        else:
            self.draft.begin(now.policy)

    def _show(self) -> None:
        self._sure = ""
        said = [Said(one, bars=True) for one in self.draft.faults] + [
            Said(one, bars=False) for one in self.draft.hints()
        ]
        self.faults.put(said)
        words = policy_change(self._now, self.draft.policy).words
        now = _("现在用的是 {name}。").format(name=version_name(self.draft.facts.versions[0]))
        self.state.setText(now + (_("草稿：{words}。").format(words=words) if words else _("草稿和它一样。")))

    def _go_to(self, said: Said) -> None:
        """To the rule or step that a fault speaks of."""
        place = said.problem.line
        rules = self.draft.policy.rules
        if place is None:
            last = said.problem.where.split(" ")[-1]
            place = next((n for n, one in enumerate(rules) if one.spending_class == last), None)
        if place is not None:
            self.tabs.setCurrentWidget(self.rules)
            self.rules.go_to(place)
            self.rules.entry("from_fen").setFocus()
            return
        text = said.problem.where + said.problem.text
        if self.steps.table.go_to(lambda row: f"“{row.step.title}”" in text):
            self.tabs.setCurrentWidget(self.steps)
            self.steps.form.entry("title").setFocus()

    def _open_version(self, one: PolicyInForce) -> None:
        """Enter on a version: change from there."""
        place = self.base.findData(f"v{one.version}")
        if place >= 0:
            self.base.setCurrentIndex(place)
            self.begin()

    def _put(self, one: PolicyInForce) -> None:
        self.draft.touched = False
        self.strip.say(_("第 {n} 版审批办法已启用，从现在起新写的单据按它办").format(n=one.version))
        self._seat.tell_changed()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._sure = ""
        self.strip.show_problems(problems)

    def _lay_out(self) -> None:
        self.tabs = OnceTabs()
        self.tabs.addTab(self.rules, pgettext("page", "规则"))
        for name, title in (("steps", _("签字步骤")), ("general", _("限额和兼任")), ("history", _("历次"))):
            self.tabs.add_once(partial(getattr, self, name), title)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(px("gap_px"), 0, 0, 0)
        side.setSpacing(px("gap_px"))
        side.addWidget(self.trial, 3)
        side.addWidget(label(_("问题（回车到那里）"), "muted"))
        side.addWidget(self.faults, 1)
        split = Halves(self.tabs, right, (18, 11))
        self.state.setWordWrap(True)
        head = FlowRow()
        head.setSpacing(px("gap_px"))
        for widget in (self.base, self.start):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.sheet)
        head.addWidget(self.use)
        whole = QVBoxLayout(self)
        whole.setSpacing(px("gap_px"))
        whole.addWidget(self.strip)
        whole.addLayout(head)
        whole.addWidget(self.state)
        whole.addWidget(split, 1)


def version_name(one: PolicyInForce) -> str:
    """第 2 版 白雁河镇审批办法; the built-in one is called so."""
    return _("第 {n} 版 {name}").format(n=one.version, name=one.policy.name) if one.version else _("自带的通用办法")


def _history_columns() -> tuple[Column, ...]:
    return (
        Column(_("版"), lambda one: one.version, NUMBER, 5), Column(_("名称"), lambda one: one.policy.name),
        Column(_("谁启用的"), lambda one: one.put_by, width=10),
        Column(_("什么时候"), lambda one: one.at, width=17, text=lambda one: one.at[:16].replace("T", " ")),
        Column(_("指纹"), lambda one: one.sha256[:12], width=14, spare=True),
    )  # fmt: skip


def _draw(office: Office, drafted: Policy | None, folder: Path) -> list[Path]:
    from villagebooks.services.printout import print_policy  # noqa: PLC0415  (reportlab, Pillow: window first)

    return [print_policy(office, folder / "policy.pdf", drafted)]


def _mark(said: Said) -> Mark:
    return Mark(_("要改"), LATE) if said.bars else Mark(_("注意"), WAIT)
