"""Bills that name another amount than the paper that they lie behind: told, not refused, for not every bill is paid in
full."""

from __future__ import annotations

from villagebooks.core.money import said_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.words import _

_BILLS = ("发票", "数电票", "票据", "收据", "白条")


def document_gap(paper: Paper) -> str:
    """The sentence; empty where the bills fit, or where one has no amount and the others are below the paper's.

    A receipt of the money and the invoice of the same goods are not added: one kind that fits is enough. Contracts,
    minutes and slips of the bank say what they like.
    """
    bills = [one for one in paper.documents if any(word in one.kind for word in _BILLS)]
    kinds: dict[str, int] = {}
    for one in bills:
        kinds[one.kind] = kinds.get(one.kind, 0) + one.amount_fen
    whole = sum(kinds.values())
    fits = paper.amount_fen in (whole, *kinds.values())
    unknown = any(not one.amount_fen for one in bills) and whole < paper.amount_fen
    if not whole or fits or unknown or not paper.amount_fen:
        return ""
    text = _("单据（{kinds}）合计 {documents} 元，报账单写 {paper} 元，相差 {rest} 元：请核对")
    amounts = {"documents": whole, "paper": paper.amount_fen, "rest": abs(whole - paper.amount_fen)}
    said = {name: said_yuan(fen) for name, fen in amounts.items()}
    return text.format(kinds=_("、").join(_(kind) for kind, fen in kinds.items() if fen), **said)
