"""A voucher whose cash and bank move another amount than the papers that it was made of say: a difference, or a part
payment whose rest the voucher itself books as owed."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _

OWED = ("113", "202", "21", "22")
"""Accounts on which the rest of a bill stands, of both standards: 内部往来, 应付款, wages, taxes, 长期应付款; no
loans, no special funds."""


@dataclass(frozen=True, slots=True)
class PaperGap:
    """A voucher by uid and title: what its papers say and what it moves in cash and bank, fen, income positive, and
    what it adds to what is owed (`OWED`), fen. `else_fen`: what it credits neither there nor in cash and bank: income
    that was spent at once pays more than the papers say, without a trace in cash."""

    uid: str
    title: str
    said_fen: int
    moved_fen: int
    owed_fen: int = 0
    else_fen: int = 0

    @property
    def is_part(self) -> bool:
        """Whether less is paid than the papers say, and exactly the rest is booked as owed."""
        less = self.said_fen < self.moved_fen < 0
        return less and self.owed_fen == self.moved_fen - self.said_fen and not self.else_fen

    @property
    def differs(self) -> bool:
        """Whether the two are not the same, and it is no part payment."""
        return self.said_fen != self.moved_fen and not self.is_part

    @property
    def part_words(self) -> str:
        """What a part payment is: how much of how much, and where the rest stands."""
        text = _("部分支付：报账单 {whole} 元，这次付 {paid} 元，还有 {rest} 元记在应付、往来里")
        amounts = {"whole": -self.said_fen, "paid": -self.moved_fen, "rest": self.owed_fen}
        return text.format(**{name: said_yuan(fen) for name, fen in amounts.items()})

    @property
    def told(self) -> str:
        """Beside the papers: the difference, the part, or that both are the same."""
        return self.sentence if self.differs else self.part_words if self.is_part else self.amounts

    @property
    def amounts(self) -> str:
        """The papers beside the voucher."""
        return _("报账单写{said}，凭证的现金、银行{moved}").format(said=_way(self.said_fen), moved=_way(self.moved_fen))

    @property
    def sentence(self) -> str:
        """Both amounts and what is between them."""
        rest = said_yuan(abs(self.said_fen - self.moved_fen))
        return _("{amounts}，相差 {rest} 元").format(amounts=self.amounts, rest=rest)


def _way(fen: int) -> str:
    text = _("收入 {yuan} 元") if fen > 0 else _("支出 {yuan} 元")
    return text.format(yuan=said_yuan(abs(fen)))
