"""The hand-over (移交): what was found, counted against what the books say, who gave, who took, who watched.

Source: the list of a reporter's hand-over in the cases (现金实点、对账单、空白收据起止号、未报单据、印鉴、U盾、账簿).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import CURRENT, Account
from villagebooks.core.money import said_yuan
from villagebooks.core.opening.take_over import SHORTAGE, Shortage
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

CASH_FOUND, BANK_FOUND = "cash", "bank"
MONEY_KINDS = (CASH_FOUND, BANK_FOUND)
KINDS = (
    CASH_FOUND, BANK_FOUND, "receipts", "papers", "seals", "books", "other", "advance", "vouchers", "registers",
    "archives",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandItem:
    """Something that was handed over. Of money, `number` is the account, `book_fen` what the books say, `found_fen`
    what was counted or stands on the statement, and `settled_on` the account (113 or 181) that a difference goes to.
    Of other things `number` is a range of numbers and `count` how many."""

    kind: str
    words: str
    number: str = ""
    count: int = 0
    book_fen: int = 0
    found_fen: int = 0
    settled_on: str = ""
    book: str = ""
    """Code of the book that it belongs to, where a hand-over is of several."""

    @property
    def missing_fen(self) -> int:
        """Books minus found: positive for a shortage; nothing for things that are no money."""
        return self.book_fen - self.found_fen if self.kind in MONEY_KINDS else 0


@dataclass(frozen=True, slots=True)
class HandOver:
    """The record of one hand-over, printed in three copies and signed by hand."""

    uid: str
    day: date
    giver: str
    receiver: str
    watcher: str
    items: tuple[HandItem, ...]
    remark: str = ""
    recorded_by: str = ""
    recorded_at: str = ""


def kind_words() -> dict[str, str]:
    """The kinds as people choose them."""
    return {
        CASH_FOUND: _("现金"), BANK_FOUND: _("银行存款"), "receipts": _("空白收据"), "papers": _("未报单据"),
        "seals": _("印鉴、U盾"), "books": _("账簿、凭证"), "other": _("其他"), "advance": _("备用金、借支"),
        "vouchers": _("未记账凭证"), "registers": _("登记簿"), "archives": _("会计档案"),
    }  # fmt: skip


def build_shortages(record: HandOver) -> tuple[Shortage, ...]:
    """What each money account lacks (or has too much), as lines of its own: on 113 of who handed over, or on 181."""
    return tuple(
        Shortage(
            one.number, one.settled_on, one.missing_fen, _words(one),
            record.giver if one.settled_on.startswith(CURRENT) else "",
        )
        for one in record.items
        if one.missing_fen and one.settled_on
    )  # fmt: skip


def _words(one: HandItem) -> str:
    text = _("移交时短少：{what}") if one.missing_fen > 0 else _("移交时多出：{what}")
    return text.format(what=one.words)


def check_hand_over(record: HandOver, accounts: Mapping[str, Account]) -> list[Problem]:
    """Whether the record may be kept: who was there, and every difference of money goes to 113 or 181."""
    problems = check_three(record)
    for row, one in enumerate(record.items):
        problems += check_item(row, one, accounts)
    return problems


def check_three(record: HandOver) -> list[Problem]:
    """Whether three different people are named."""
    problems = []
    for name, field, what in (
        (record.giver, "giver", _("移交人")), (record.receiver, "receiver", _("接收人")),
        (record.watcher, "watcher", _("监交人")),
    ):  # fmt: skip
        if not name.strip():
            problems.append(Problem(_("请写{what}").format(what=what), field=field))
    people = [name for name in (record.giver, record.receiver, record.watcher) if name.strip()]
    if len(set(people)) < len(people):
        problems.append(Problem(_("移交人、接收人、监交人不能是同一个人"), field="watcher"))
    return problems


def check_item(row: int, one: HandItem, accounts: Mapping[str, Account]) -> list[Problem]:
    """Whether a line of the list may stand: a known kind, no negative figure, every difference of money settled."""
    where = _("移交第 {n} 行").format(n=row + 1)
    if one.kind not in KINDS:
        return [Problem(_("没有这一类：{kind}").format(kind=one.kind), where, row, "kind")]
    if one.count < 0 or one.found_fen < 0:
        return [Problem(_("数量、金额不能是负数"), where, row, "count")]
    if not one.missing_fen:
        return []
    allowed = one.settled_on.startswith((CURRENT, SHORTAGE)) and one.settled_on in accounts
    if allowed and accounts[one.settled_on].leaf:
        return []
    text = _(
        "{what} 账上 {book} 元，实有 {found} 元，差 {yuan} 元：要么改正余额，要么记 113 移交人或 181，不能挤进权益"
    )
    text = text.format(
        what=one.words, book=said_yuan(one.book_fen), found=said_yuan(one.found_fen),
        yuan=said_yuan(abs(one.missing_fen)),
    )  # fmt: skip
    return [Problem(text, where, row, "settled_on")]


def settling_accounts(accounts: Mapping[str, Account]) -> Sequence[Account]:
    """Leaves that a difference may go to: 113 of who handed over first, then 181."""
    return [one for code, one in accounts.items() if one.leaf and code.startswith((CURRENT, SHORTAGE))]
