"""The cells of a voucher's row: summary, account, detail (往来、项目), quantity, debit and credit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from villagebooks.core.account import QUANTITY as COUNTED
from villagebooks.core.account import Account
from villagebooks.core.entry import EntryBook
from villagebooks.core.quantity import quantity_text, read_quantity
from villagebooks.core.template import DEBIT as DEBIT_SIDE
from villagebooks.core.template import FilledLine
from villagebooks.core.unsaved import RowText
from villagebooks.core.voucher import Line, dimension_names
from villagebooks.core.words import _
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.theme import px, set_tone
from villagebooks.gui.voucher.amount import AMOUNT_ROWS, AmountCell, PlainCell
from villagebooks.gui.voucher.wrap import WrapEdit

SUMMARY, ACCOUNT, DETAIL, QUANTITY, DEBIT, CREDIT = range(6)
ABOVE = ("..", "。。", "．．")
FIRST = ("//", "／／", "、、")
"""What copies a summary: `..` the one above, `//` the first; the others are what an input method makes of them."""
QUANTITY_ROWS = 3
FIELDS = {ACCOUNT: "account", DEBIT: "amount", CREDIT: "amount", QUANTITY: "quantity"}
MISREAD = tuple(dict.fromkeys(FIELDS.values()))
"""Fields of a line that may hold something unreadable."""


class SummaryCell(WrapEdit):
    """摘要. `copied` says which summary is asked for: above or first; `typed` carries words to find past vouchers."""

    copied = Signal(str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.free = self.timid = True
        self.setMaxLength(200)
        self.textEdited.connect(self._look)

    def _look(self, text: str) -> None:
        if text in ABOVE:
            self.copied.emit("above")
        elif text in FIRST:
            self.copied.emit("first")
        else:
            self.typed.emit(text)


class LineRow(QObject):
    """One row of the form: its cells and what they say as a `Line`; the quantity shows where some account counts."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.summary, self.account, self.detail = SummaryCell(), WrapEdit(), WrapEdit()
        self.debit, self.credit = AmountCell(), AmountCell()
        self.quantity = PlainCell()
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.quantity.setFixedWidth(QUANTITY_ROWS * px("row_px"))
        self.quantity.hide()
        self.detail.free = True
        self.cells: tuple[QLineEdit, ...] = (
            self.summary, self.account, self.detail, self.quantity, self.debit, self.credit,
        )  # fmt: skip
        titles = (_("摘要"), _("科目"), _("往来、项目"), _("数量"), _("借方金额"), _("贷方金额"))
        for cell, title in zip(self.cells, titles, strict=True):
            cell.setAccessibleName(_("第 {n} 行 {title}").format(n=number, title=title))
            cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # as high as its row
        for cell in (self.debit, self.credit):
            cell.setFixedWidth(round(AMOUNT_ROWS * px("row_px")))
        self._kept = Line("", "")
        self._needs: tuple[str, ...] = ()
        self._details: Mapping[str, Sequence[Choice]] = {}
        self._counts = self._still = False
        self.side: int | None = None
        """The side where a suggestion expects the amount."""
        self.skipped = False
        """The cursor was put past the detail, which is still asked for."""
        self.carried = ""
        """The summary that Enter took along; alone it makes no line."""
        self._hint = ""

    def offer(self, accounts: Sequence[Choice], details: Mapping[str, Sequence[Choice]]) -> None:
        """What the account and detail cells find; `details` by dimension."""
        self.account.set_choices(accounts)
        self._details = details
        self.detail.set_choices(details.get("party", ()))

    def put(self, line: Line, entry: EntryBook) -> None:
        """Show a line."""
        self._kept = line
        self.side, self.skipped, self._hint, self.carried = None, False, "", ""
        self.account.setPlaceholderText("")
        self.summary.setText(line.summary)
        self.summary.setCursorPosition(0)
        self.account.put(line.account)
        self.debit.put(line.debit_fen)
        self.credit.put(line.credit_fen)
        self.quantity.setText(quantity_text(line.quantity_milli, zero="", group=","))
        self.show_needs(entry.accounts)
        filled = [getattr(line, name) for name in self._dimensions(line)]
        self.detail.put(filled[0] if len(filled) == 1 else "／".join(filled))

    def expect(self, one: FilledLine) -> None:
        """What a template expects here: the side of the amount, and in grey what is still to be said."""
        self.side = DEBIT if one.side == DEBIT_SIDE else CREDIT
        self._hint = one.detail_hint
        self.account.setPlaceholderText(one.account_hint)
        self.skipped = True
        if self._hint:
            self.detail.setPlaceholderText(self._hint)

    def text(self) -> RowText:
        """Every cell as it was typed."""
        return RowText(
            tuple(cell.text() for cell in self.cells),
            tuple(_chosen(cell) for cell in self.cells),
            self.side, self.skipped, (self._hint, self.account.placeholderText()), self._kept,
        )  # fmt: skip

    def put_text(self, text: RowText, accounts: Mapping[str, Account]) -> None:
        """Every cell as it was."""
        self._kept, self.side, self.skipped, self.carried = text.kept, text.side, text.skipped, ""
        self._hint = text.hints[0]
        self.account.setPlaceholderText(text.hints[1])
        for cell, words, key in zip(self.cells, text.texts, text.keys, strict=True):
            if isinstance(cell, ChoiceEdit):
                cell.hide_list()
                cell.key = key
            if cell.text() != words:
                cell.setText(words)
        for amount in (self.debit, self.credit):
            set_tone(amount, "red", "true" if (amount.fen() or 0) < 0 else "false")
        self.show_needs(accounts)

    def line(self) -> Line:
        """What the cells say; dimensions that have no cell of their own stay as they were."""
        names = self._dimensions(self._kept)
        values = {"project": self._kept.project, "contract": self._kept.contract, "bank": self._kept.bank, "party": ""}
        text = self.detail.key or self.detail.text().strip()
        parts = [text] if len(names) == 1 else text.split("／")
        values |= dict(zip(names, [part.strip() for part in parts] + [""] * len(names), strict=False))
        debit, credit = self.debit.fen() or 0, self.credit.fen() or 0
        return Line(
            self.summary.text().strip(), self.account.key, debit, credit, **values,
            quantity_milli=self._quantity(debit or credit),
        )  # fmt: skip

    def meant(self) -> Line:
        """The line, with a fen on the side where a template or a past voucher expects what is not typed yet."""
        line = self.line()
        if self.side is None or line.debit_fen or line.credit_fen:
            return line
        return replace(line, debit_fen=1) if self.side == DEBIT else replace(line, credit_fen=1)

    def misread(self) -> list[tuple[str, str]]:
        """(field, sentence) of every cell that cannot be read."""
        return [(FIELDS[place], text) for place, text in self.unread().items()]

    def unread(self) -> dict[int, str]:
        """The sentence of every cell that cannot be read, by its place."""
        found = {ACCOUNT: self.account.misread(), DEBIT: self.debit.misread(), CREDIT: self.credit.misread()}
        typed = self.quantity.text().strip()
        if typed and self.wants_quantity() and read_quantity(typed) is None:
            found[QUANTITY] = _("“{text}”不是数量：写 12 或 12.5").format(text=typed[:20])
        return {place: text for place, text in found.items() if text}

    def wants_quantity(self) -> bool:
        """True when the account counts quantities, or the line that is shown tells one."""
        return self._counts or bool(self._kept.quantity_milli)

    def _quantity(self, amount: int) -> int:
        """What the cell says, with the sign of the amount: a red line takes back a quantity too."""
        milli = read_quantity(self.quantity.text()) or 0 if self.wants_quantity() else 0
        return -milli if amount < 0 < milli else milli

    def is_empty(self) -> bool:
        """True when nobody has written into it: a summary that Enter took along is nobody's words yet."""
        rest = any(cell.text().strip() for cell in self.cells[ACCOUNT:])
        words = self.summary.text().strip()
        return not rest and words in ("", self.carried)

    def show_needs(self, accounts: Mapping[str, Account]) -> None:
        """Say in the detail cell what the account asks for."""
        account = accounts.get(self.account.key)
        needs = account.needs if account else ()
        self._needs = tuple(need for need in needs if need != COUNTED)
        self._counts = COUNTED in needs
        self.quantity.setPlaceholderText(account.unit if account and self._counts else "")
        self.quantity.setReadOnly(self._still or not self.wants_quantity())
        names = dimension_names()
        self.detail.setPlaceholderText(self._hint or "／".join(names[need] for need in self._needs))
        first = (self._needs or ("party",))[0]
        self.detail.set_choices(self._details.get(first, ()))
        # two details stand in one cell: there nothing can be added by its name alone
        self.detail.offer = offers().get(first, "") if len(self._needs) < 2 else ""

    @property
    def asked(self) -> str:
        """The dimension that the detail cell stands for."""
        return (self._needs or ("party",))[0]

    def wants_detail(self) -> bool:
        """True when the account must carry a detail that is not there yet."""
        return bool(self._needs) and not self.detail.text().strip()

    def set_read_only(self, still: bool) -> None:
        """Show without letting it be changed."""
        self._still = still
        for cell in self.cells:
            cell.setReadOnly(still)
        self.quantity.setReadOnly(still or not self.wants_quantity())

    def paint(self, bad: Mapping[int, str]) -> None:
        """Paint the cells that a problem names; the sentence is the cell's tip."""
        for place, cell in enumerate(self.cells):
            set_tone(cell, "bad", "true" if place in bad else "false")
            cell.setToolTip(bad.get(place, cell.text()))

    def _dimensions(self, line: Line) -> tuple[str, ...]:
        found = self._needs + tuple(
            name for name in ("party", "project", "contract", "bank") if getattr(line, name) and name not in self._needs
        )
        return found or ("party",)


def offers() -> dict[str, str]:
    """How what is not known yet can be added by its name, by dimension; bank accounts have their register."""
    return {
        "party": _("新增往来单位（个人）“{name}”"), "project": _("新增项目“{name}”"), "contract": _("新增合同“{name}”"),
    }  # fmt: skip


def _chosen(cell: QLineEdit) -> str:
    """What was chosen in a cell; nothing where only its words count."""
    if not isinstance(cell, ChoiceEdit) or isinstance(cell, SummaryCell):
        return ""
    return "" if cell.free and cell.key == cell.text().strip() else cell.key


def account_choices(entry: EntryBook) -> list[Choice]:
    """Every account of the book; parents only open what is below them, those out of use are named where they stand."""
    return [
        Choice(
            code, f"{code} {entry.paths[code]}", entry.initials.get(account.name, ""), not account.leaf,
            gone=code in entry.gone,
        )
        for code, account in entry.accounts.items()
    ]  # fmt: skip


def detail_choices(entry: EntryBook) -> dict[str, list[Choice]]:
    """What each dimension is chosen from: parties, and projects, contracts and bank accounts by their names."""
    named = {
        name: [Choice(one, one, entry.initials.get(one, "")) for one in found] for name, found in entry.names.items()
    }
    return {"party": party_choices(entry), **named}


def party_choices(entry: EntryBook) -> list[Choice]:
    """Every party of the book."""
    return [Choice(code, one.name, entry.initials.get(one.name, "")) for code, one in entry.parties.items()]


def sensible_side(account: Account | None, above: Sequence[Line]) -> int:
    """The amount cell where Enter goes: money balances what stands above, others by their normal side."""
    difference = sum(line.net_fen for line in above)
    if account is None:
        return DEBIT
    if account.is_money:
        return CREDIT if difference > 0 else DEBIT
    return CREDIT if account.side == "C" and difference >= 0 else DEBIT
