"""What stands in the cashier's lists: items of both sides, what was matched, counts of the cash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from villagebooks.core.bank import (
    BANK,
    BOOK,
    BankMatch,
    MoneyItem,
    Proposal,
    Reconciliation,
    match_words,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _, pgettext
from villagebooks.gui.table import DAY, MONEY, STATE, TEXT, Column
from villagebooks.gui.theme import ACT, DONE, WAIT, Mark
from villagebooks.services.bank import BankMonth


@dataclass(frozen=True, slots=True)
class PairRow:
    """A match that was kept, or one that is only possible and waits for a person (`match` is None)."""

    items: tuple[MoneyItem, ...]
    kind: str
    words: str
    how: str
    match: BankMatch | None = None

    @property
    def rest_fen(self) -> int:
        """What the books moved more than the bank."""
        return Proposal(self.kind, self.items, "", "").rest_fen


def pair_of(one: BankMatch) -> PairRow:
    """A kept match as a row."""
    words = match_words()
    how = f"{words.get(one.how, one.how)} {words.get(one.confidence, '')}".strip()
    return PairRow(one.items, one.kind, one.words, how, one)


def offer_of(one: Proposal) -> PairRow:
    """A possible match as a row."""
    return PairRow(one.items, one.kind, one.words, match_words()[one.confidence])


def item_columns(side: str, is_ticked: Callable[[MoneyItem], bool]) -> tuple[Column, ...]:
    """Columns of one side; a tick stands before what was chosen."""
    title = Column(_("凭证"), lambda one: one.title, TEXT, 12, text=_short_title, spare=True) if side == BOOK else None
    columns = [
        Column("", lambda one: _tick(is_ticked(one)), STATE, 3),
        Column(_("日期"), lambda one: one.day, DAY, 6, text=lambda one: f"{one.day:%m-%d}"),
        *([title] if title else []),
        Column(_("摘要"), lambda one: one.words),
        Column(_("收（＋）付（−）"), lambda one: one.amount_fen, MONEY, 14, total=True),
    ]
    return tuple(columns)


def pair_columns() -> tuple[Column, ...]:
    """Columns of what is matched, and of what may belong together."""
    return (
        Column(_("怎样"), pair_mark, STATE, 12),
        Column(pgettext("side", "村账"), lambda one: _side_words(one, BOOK)),
        Column(_("银行"), lambda one: _side_words(one, BANK)),
        Column(_("金额"), _amount, MONEY, 12),
        Column(_("还差"), lambda one: abs(one.rest_fen), MONEY, 10),
        Column(_("为什么"), lambda one: _(one.words), TEXT, 24, spare=True),
        Column(_("谁勾的"), lambda one: one.how, TEXT, 12, spare=True),
    )


def nothing_words(bank: BankMonth | None) -> tuple[str, str, str]:
    """What the lists of the books, of the bank and of the matches say when they have no rows: why there are none."""
    none = _("没有要勾对的。")
    if bank is None:
        return _("没有银行科目，没有要勾对的。"), _("没有银行科目，没有要勾对的。"), none
    matched = {item.side for one in bank.matches for item in one.items}
    if not bank.statements and bank.opening is None:  # nothing is listed before the first statement
        return _("有了对账单，账上的收支才列在这里。"), _("还没有对账单。"), none
    book = _("账上的都勾对了。") if BOOK in matched else _("账上没有要勾对的银行收支。")
    paper = _("银行的都勾对了。") if BANK in matched else _("对账单上没有要勾对的。")
    return book, paper, _("还没有勾对。左右各选几笔（空格），再按 F8。") if bank.free else none


def pair_mark(one: PairRow) -> Mark:
    """可能, 部分到账 or the kind of the match."""
    if one.match is None:
        return Mark(_("可能，回车"), ACT)
    word = match_words().get(one.kind, one.kind)
    return Mark(word, WAIT if one.rest_fen else DONE)


def sheet_words(sheet: Reconciliation) -> str:
    """Both sides of the sheet in one line each."""

    def side(word: str, balance: int, plus: int, minus: int, adjusted: int) -> str:
        figures = [said_yuan(fen) for fen in (balance, plus, minus, adjusted)]
        text = _("{word} {balance}　＋ {plus}　− {minus}　＝ {adjusted}")
        return text.format(word=word, balance=figures[0], plus=figures[1], minus=figures[2], adjusted=figures[3])

    book = side(
        pgettext("side", "村账"),
        sheet.book_fen,
        sheet.total("bank_received"),
        sheet.total("bank_paid"),
        sheet.adjusted_book_fen,
    )
    bank = side(
        _("银行"), sheet.bank_fen, sheet.total("book_received"), sheet.total("book_paid"), sheet.adjusted_bank_fen
    )
    return f"{book}\n{bank}"


def sheet_mark(sheet: Reconciliation) -> Mark:
    """Whether both sides come to the same."""
    if not sheet.unknown_fen:
        return Mark(_("调节后两边相等，未达账项 {n} 笔").format(n=len(sheet.items)), DONE)
    yuan = said_yuan(abs(sheet.unknown_fen))
    return Mark(_("调节后两边还差 {yuan} 元：登记期初未达账项，或查清写明原因").format(yuan=yuan), WAIT)


def _tick(ticked: bool) -> Mark:
    return Mark(_("选"), DONE) if ticked else Mark("")


def _short_title(one: MoneyItem) -> str:
    return one.title.split(" ")[-1] if one.title else _("期初未达")


def _side_words(one: PairRow, side: str) -> str:
    return _("；").join(
        " ".join(filter(None, (f"{item.day:%m-%d}", _short_title(item) if side == BOOK else "", item.words)))
        for item in one.items
        if item.side == side
    )


def _amount(one: PairRow) -> int:
    sides = [item.amount_fen for item in one.items if item.side == BOOK]
    return sum(sides) if sides and one.kind != "inside" else abs(one.items[0].amount_fen)
