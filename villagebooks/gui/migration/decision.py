"""逐行决定: what the table says of a row, the accounts and amounts it goes to, the basis, and earlier decisions."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebooks.core.migration import MigrationPaper, PaperRow, Part, confidence_word, side_yuan
from villagebooks.core.money import read_yuan, said_yuan, yuan_text
from villagebooks.core.problem import Problem
from villagebooks.core.quantity import quantity_text, read_quantity
from villagebooks.core.words import _
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import px, set_tone
from villagebooks.services.account import initials

LINES = 4
"""Targets that a row can be split into at once."""
BALANCING = ("=", "＝")


class DecisionBox(QFrame):
    """`decided` carries the parts and the basis; amounts are typed on the side of the row's balance."""

    decided = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._row: PaperRow | None = None
        self.title, self.rules, self.past = label("", "heading"), label("", "muted"), label("", "muted")
        for one in (self.title, self.rules, self.past):
            one.setWordWrap(True)
        self.left = label("", "muted")
        self.accounts: list[ChoiceEdit] = []
        self.amounts: list[QLineEdit] = []
        self.counts: list[QLineEdit] = []
        self._count_head = label(_("数量"), "muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px("gap_px"))
        grid.addWidget(label(_("转到新科目"), "muted"), 0, 0)
        grid.addWidget(label(_("金额（= 补足余额）"), "muted"), 0, 1)
        grid.addWidget(self._count_head, 0, 2)
        for number in range(1, LINES + 1):
            self._add_line(grid, number)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("依据"))
        self.reason.setPlaceholderText(_("依据：盘点表、结算单、会议决议……写明凭什么这样分"))
        self.reason.returnPressed.connect(self.decide)
        self.act = button(_("记下决定"), self.decide, "check", primary=True)
        last = QHBoxLayout()
        last.addWidget(self.reason, 1)
        last.addWidget(self.left)
        last.addWidget(self.act)
        box = QVBoxLayout(self)
        for part in (self.title, self.rules):
            box.addWidget(part)
        box.addLayout(grid)
        box.addLayout(last)
        box.addWidget(self.past)

    def _add_line(self, grid: QGridLayout, number: int) -> None:
        account, amount, count = ChoiceEdit(), QLineEdit(), QLineEdit()
        account.setAccessibleName(_("第 {n} 个新科目").format(n=number))
        account.setPlaceholderText(_("科目代码、名称或拼音首字母"))
        amount.setAccessibleName(_("第 {n} 个金额").format(n=number))
        count.setAccessibleName(_("第 {n} 个数量").format(n=number))
        for edit in (amount, count):
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.textChanged.connect(self._tell_left)
        amount.textEdited.connect(self._fill)
        account.leaving.connect(amount.setFocus)
        account.picked.connect(self._show_lines)
        amount.returnPressed.connect(self._go_on)
        count.returnPressed.connect(self._go_on)
        for place, edit in enumerate((account, amount, count)):
            grid.addWidget(edit, number, place)
        self.accounts.append(account)
        self.amounts.append(amount)
        self.counts.append(count)

    def put(self, paper: MigrationPaper, row: PaperRow, still: bool) -> None:
        """Show a row: its decision or proposal, else the accounts that the table offers."""
        self._row = row
        choices = account_choices(paper)
        parts = list(row.parts)
        offered = [one.new_code for one in row.rules if one.new_code in paper.chart and paper.chart[one.new_code].leaf]
        counted = bool(row.detail.quantity_milli)
        for place, (account, amount, count) in enumerate(zip(self.accounts, self.amounts, self.counts, strict=True)):
            account.set_choices(choices)
            part = parts[place] if place < len(parts) else None
            code = part.account if part else "" if parts else offered[place] if place < len(offered) else ""
            account.put(code)
            amount.setText(yuan_text(self._typed(part.amount_fen), zero="", group=",") if part else "")
            count.setText(quantity_text(self._typed(part.quantity_milli), zero="") if part and counted else "")
            for edit in (account, amount, count):
                edit.setReadOnly(still)
        self._count_head.setVisible(counted)
        self._show_lines()
        told = _("第 {n} 行　{title}　余额 {yuan}").format(
            n=row.line, title=row.title, yuan=side_yuan(row.detail.balance_fen)
        )  # fmt: skip
        self.title.setText(f"{told}　{row.why}" if row.is_open else told)
        self.rules.setText(rule_words(row))
        self.past.setText(past_words(row))
        self.past.setVisible(bool(row.decisions))
        self.reason.setText(row.decision.reason if row.decision else "")
        self.reason.setReadOnly(still)
        self.act.setVisible(not still)
        self._tell_left()

    def _show_lines(self, *_picked: object) -> None:
        """As many lines as are filled, and one more to split off."""
        filled = max((place for place, one in enumerate(self.accounts, 1) if one.text()), default=0)
        counted = bool(self._row and self._row.detail.quantity_milli)
        for place, cells in enumerate(zip(self.accounts, self.amounts, self.counts, strict=True)):
            for edit in cells:
                edit.setVisible(place <= filled and (counted or edit is not cells[2]))

    def first(self) -> QWidget:
        """Where typing begins: the amount behind an account that is offered, else the first account."""
        return self.amounts[0] if self.accounts[0].key and not self.amounts[0].text() else self.accounts[0]

    def parts(self) -> tuple[list[Part], list[Problem]]:
        """What is typed, and what is no amount; lines without an amount are left out."""
        parts, problems = [], []
        cells = zip(self.accounts, self.amounts, self.counts, strict=True)
        for number, (account, amount, count) in enumerate(cells, 1):
            fen = read_yuan(amount.text() or "0")
            milli = read_quantity(count.text() or "0")
            if fen is None or milli is None:
                problems.append(Problem(_("第 {n} 个金额或数量写得不对").format(n=number)))
            elif fen:
                parts.append(Part(account.key or account.text().strip(), self._typed(fen), self._typed(milli)))
        return parts, problems

    def decide(self) -> None:
        """Hand over what is typed."""
        parts, problems = self.parts()
        if problems:
            self.left.setText(str(problems[0]))
            set_tone(self.left, "tone", "late")
        elif self._row is not None:
            self.decided.emit(parts, self.reason.text())

    def _fill(self, text: str) -> None:
        """`=` fills what is left of the balance, as in the voucher."""
        here = self.sender()
        place = next((place for place, one in enumerate(self.amounts) if one is here), None)
        if place is None or self._row is None or not any(sign in text for sign in BALANCING):
            return
        self.amounts[place].clear()
        self.amounts[place].setText(yuan_text(self._left_fen(), zero="", group=","))
        if self._row.detail.quantity_milli:
            self.counts[place].clear()
            self.counts[place].setText(quantity_text(self._left_milli(), zero=""))

    def _left_fen(self) -> int:
        """What is still to be given to an account, on the side of the balance."""
        used = sum(read_yuan(one.text() or "0") or 0 for one in self.amounts)
        return self._typed(self._row.detail.balance_fen) - used if self._row else 0

    def _left_milli(self) -> int:
        used = sum(read_quantity(one.text() or "0") or 0 for one in self.counts)
        return self._typed(self._row.detail.quantity_milli) - used if self._row else 0

    def _tell_left(self, *_edit: object) -> None:
        left = self._left_fen()
        self.left.setText(_("还差 {yuan}").format(yuan=said_yuan(left)) if left else _("正好"))
        set_tone(self.left, "tone", "wait" if left else "done")

    def _go_on(self) -> None:
        """From an amount to the next account while something is left, else to the basis."""
        here = self.sender()
        place = next((n for n, pair in enumerate(zip(self.amounts, self.counts, strict=True)) if here in pair), 0)
        if self._left_fen() and place + 1 < LINES:
            self.accounts[place + 1].setFocus()
        else:
            self.reason.setFocus()

    def _typed(self, value: int) -> int:
        """People type amounts on the side where the balance stands."""
        return -value if self._row and self._row.detail.balance_fen < 0 else value


def rule_words(row: PaperRow) -> str:
    """What the table says of the row, a line each, with how sure it is."""
    lines = [
        _("对照表：{target}　{words}　（{sure}）").format(
            target=f"{one.new_code} {one.new_name}".strip() or _("新制度没有这个科目"), words=one.words,
            sure=confidence_word(one.confidence),
        )
        for one in row.rules
    ]  # fmt: skip
    return "\n".join(lines or [row.why])


def past_words(row: PaperRow) -> str:
    """Every decision of the row, the last one first."""
    return "\n".join(
        _("{at} {person}：{parts}。{reason}").format(
            at=one.at[:16].replace("T", " "), person=one.person, reason=one.reason,
            parts=_("、").join(f"{part.account} {side_yuan(part.amount_fen)}" for part in one.parts),
        )
        for one in reversed(row.decisions)
    )  # fmt: skip


@lru_cache(maxsize=4)
def _choices(leaves: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, f"{code} {name}", initials(name)) for code, name in leaves)


def account_choices(paper: MigrationPaper) -> tuple[Choice, ...]:
    """The leaves of the new chart."""
    return _choices(tuple((one.code, paper.name_of(one.code)) for one in paper.chart.values() if one.leaf))
