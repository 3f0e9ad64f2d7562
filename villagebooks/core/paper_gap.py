"""A voucher whose cash and bank move another amount than the papers that it was made of say."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class PaperGap:
    """A voucher by uid and title: what its papers say and what it moves in cash and bank, fen, income positive."""

    uid: str
    title: str
    said_fen: int
    moved_fen: int

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.said_fen != self.moved_fen

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
