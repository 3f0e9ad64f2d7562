"""What holds for every class: limits, forbidden spending, the centre's usual chain, who may not be one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.duty import DUTY_WORDS as DUTIES
from villagebooks.core.policy import Limits, Step, chain_text, read_chain, read_list, step_word
from villagebooks.core.words import _
from villagebooks.gui.form import COUNT, MONEY, Field, Form
from villagebooks.gui.page import label
from villagebooks.gui.setting.approval.draft import Draft

PAIR = "/"


class GeneralEditor(QWidget):
    """One form; every key changes the draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft, self._filling = draft, False
        self.form = Form(
            (
                Field("name", _("办法名称")),
                Field("forbidden", _("不许列支"), hint=_("用途里有这些字的不许报，用顿号隔开")),
                Field("age_days", _("单据过几天算过期"), COUNT), Field("cash_fen", _("单笔现金最多（元）"), MONEY),
                Field("slip_fen", _("白条一人一天最多（元）"), MONEY),
                Field("split_days", _("几天内同一收款人算拆分"), COUNT),
                Field("centre", _("中心依次签字")), Field("money_step", _("只有动钱才签的一步")),
                Field("apart", _("不能同一人签的步骤"), hint=_("例如：经手人/证明人、制单/复核")),
                Field("unfit", _("不能一人兼的职务"), hint=_("例如：总出纳/代理会计、报账员/监委会主任")),
                Field("payments", _("不用审批的付法"), hint=_("例如：银行扣收：经手人；几种用分号隔开")),
                Field("kinds", _("单据的统称"), hint=_("例如：发票：数电票/纸质发票；几种用分号隔开")),
                Field("holidays", _("放假的日子"), hint=_("例如：2026-10-01、2026-10-02；周末上班写 +2026-10-10")),
            )
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.addWidget(self.form)
        box.addWidget(label(_("金额、天数空着就是不限。"), "muted"))
        box.addStretch(1)
        self.form.changed.connect(self._edit)
        draft.begun.connect(self.show_draft)

    def show_draft(self) -> None:
        """What the draft says."""
        policy, self._filling = self._draft.policy, True
        steps, limits = policy.steps, policy.limits
        payments = {word: tuple(step_word(steps, name) for name in names) for word, names in policy.payments.items()}
        self.form.put(
            {
                "name": policy.name, "forbidden": "、".join(limits.forbidden), "age_days": limits.age_days,
                "cash_fen": limits.cash_fen, "slip_fen": limits.slip_fen, "split_days": limits.split_days,
                "centre": chain_text(steps, policy.centre),
                "money_step": step_word(steps, policy.money_step) if policy.money_step else "",
                "apart": pairs_text([(step_word(steps, one), step_word(steps, other)) for one, other in policy.apart]),
                "unfit": pairs_text([(_duty_word(one), _duty_word(other)) for one, other in policy.unfit]),
                "payments": groups_text(payments), "kinds": groups_text(policy.kinds),
                "holidays": "、".join(policy.holidays),
            }
        )  # fmt: skip
        self._filling = False

    def _edit(self) -> None:
        if self._filling:
            return
        if misread := self.form.misread():
            self.form.show_problems(misread)
            return
        said, policy = self.form.values(), self._draft.policy
        steps = policy.steps
        limits = Limits(
            read_list(said["forbidden"]), said["age_days"], said["cash_fen"] or 0, said["slip_fen"] or 0,
            said["split_days"],
        )  # fmt: skip
        payments = {word: _names(steps, words) for word, words in read_groups(said["payments"]).items()}
        apart = [_names(steps, pair) for pair in read_pairs(said["apart"])]
        unfit = [tuple(map(_duty_key, pair)) for pair in read_pairs(said["unfit"])]
        self._draft.take(
            replace(
                policy, name=said["name"], limits=limits, centre=read_chain(steps, said["centre"]),
                money_step="".join(read_chain(steps, said["money_step"])[:1]),
                apart=tuple((one[0], one[-1]) for one in apart), unfit=tuple((one[0], one[-1]) for one in unfit),
                payments=payments, kinds=read_groups(said["kinds"]), holidays=read_list(said["holidays"]),
            )
        )  # fmt: skip


def pairs_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as people write them: 经手人/证明人、制单/复核."""
    return "、".join(PAIR.join(pair) for pair in pairs)


def read_pairs(text: str) -> list[tuple[str, ...]]:
    """Pairs as typed; a single word is a pair with itself, which the check tells of."""
    found = [
        tuple(word.strip() for word in one.replace("／", PAIR).split(PAIR) if word.strip()) for one in read_list(text)
    ]
    return [one for one in found if one]


def groups_text(groups: Mapping[str, tuple[str, ...]]) -> str:
    """Words with what they stand for: 发票：数电票/纸质发票；收据：银行回单."""
    return "；".join(f"{word}：{PAIR.join(names)}" for word, names in groups.items())


def read_groups(text: str) -> dict[str, tuple[str, ...]]:
    """The same as typed."""
    found = {}
    for one in text.replace(";", "；").split("；"):
        word, _colon, names = one.replace(":", "：").partition("：")
        if word.strip():
            found[word.strip()] = tuple(part.strip() for part in names.replace("／", PAIR).split(PAIR) if part.strip())
    return found


def _names(steps: Mapping[str, Step], words: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for word in words for name in read_chain(steps, word))


def _duty_word(key: str) -> str:
    return _(DUTIES[key]) if key in DUTIES else key


def _duty_key(word: str) -> str:
    return next((key for key, said in DUTIES.items() if _(said) == word), word)
