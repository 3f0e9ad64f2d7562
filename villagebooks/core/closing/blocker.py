"""What stands in the way of a closing, with the act that removes it, and the record of who closed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

CLOSE, REOPEN, LOCK = "close", "reopen", "lock"
BLOCK, WARN = "block", "warn"
CHOICES = (BLOCK, WARN)

FIXED = ("unposted", "order", "unbalanced")
"""Always block: the law (财会〔2024〕12号 art. 24), the order of months, and debit = credit."""

RULES = (
    *FIXED, "gap", "schedule_due", "red_alone", "money", "bank", "bank_open", "cash", "cash_limit", "receipt_missing",
    "receipt_open", "paper_open", "paid_bare", "paper_amount", "bank_taken", "wrong_side", "cost_left", "relief_goods",
    "old_claim", "loss_waiting", "loss_pending", "transfer", "idle_fund",
)  # fmt: skip
"""Every rule of the checklist; for those that are not fixed the township chooses whether they block or warn."""


def rule_title(rule: str) -> str:
    """The rule as the settings and the checklist name it."""
    return {
        "unposted": _("凭证全部记账"), "order": _("按月份先后结账"), "unbalanced": _("借贷相等"),
        "gap": _("凭证号连续"), "schedule_due": _("到期的计划都做了凭证"),
        "red_alone": _("红字凭证有蓝字，或写明不重做"),
        "money": _("现金、存款哪一天都不透支"), "bank": _("银行存款已对账"),
        "bank_open": _("未达账项不超过一个月"), "cash": _("现金已盘点，账实相符"),
        "cash_limit": _("现金不超过最多可留的数"),
        "receipt_missing": _("收据号个个有着落"),
        "receipt_open": _("开出的收据都已入账"), "paper_open": _("受理的报账单都已入账"),
        "paid_bare": _("大额付款有签过字的报账单"), "paper_amount": _("凭证收付与报账单一致"),
        "bank_taken": _("银行扣收没有超过镇里定的数"),
        "wrong_side": _("余额方向正常"), "cost_left": _("卖出的产品结转了成本"), "relief_goods": _("救灾物资发完"),
        "old_claim": _("旧欠有人管"), "loss_waiting": _("待处理财产损溢有人管"),
        "loss_pending": _("年底待处理财产损溢为零"), "transfer": _("年底损益已结转"),
        "idle_fund": _("专项资金不闲置满一年"),
    }[rule]  # fmt: skip


def act_word(act: str) -> str:
    """结账, 反结账 or 年度锁定."""
    return {CLOSE: _("结账"), REOPEN: _("反结账"), LOCK: _("年度锁定")}.get(act, act)


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that the checklist of a month found: the sentence, the act that removes it, whether it blocks.

    `where` names the place for a person (记-3, an account), `ref` the thing to open as `table:key`, empty for none.
    """

    rule: str
    month: Month
    text: str
    act: str
    blocks: bool
    where: str = ""
    ref: str = ""

    def __str__(self) -> str:
        place = f"{self.month} {self.where}".rstrip()
        return _("{place}：{text}。{act}").format(place=place, text=self.text, act=self.act)

    @property
    def problem(self) -> Problem:
        """The same as a refusal says it."""
        return Problem(
            _("{text}。{act}").format(text=self.text, act=self.act),
            f"{self.month} {self.where}".rstrip(),
            field=self.rule,
        )


@dataclass(frozen=True, slots=True)
class PeriodAct:
    """A signed act on a month (close, reopen) or a year (lock), as it was signed.

    `period` is 2026-09 or 2026. A closing holds how many vouchers the month had, the hex hash over them and the
    warnings that the signer passed over; a reopening its reason; a lock the hex hash of the year's report.
    """

    uid: str
    act: str
    period: str
    at: str
    signers: tuple[str, ...]
    reason: str = ""
    vouchers: int = 0
    digest: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookClosing:
    """What closing a month (or only looking at it) came to in one book: what refused it, what was passed over."""

    book: str
    closed: bool
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Blocker, ...] = ()


def check_choices(choices: Mapping[str, object]) -> list[Problem]:
    """Whether a township may set these rules so: known, not one of the fixed, block or warn."""
    problems = []
    for rule, choice in choices.items():
        if rule not in RULES:
            problems.append(Problem(_("没有这条结账规则"), rule))
        elif rule in FIXED:
            problems.append(Problem(_("这一条是法规和记账的根本，不能改成只提示"), rule_title(rule)))
        elif choice not in CHOICES:
            problems.append(Problem(_("只能选“挡住”或“提示”"), rule_title(rule)))
    return problems
