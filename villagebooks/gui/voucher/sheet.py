"""The voucher as accountants know it from paper: head, rows, total in figures and capitals, names at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.correction import check_prior_year
from villagebooks.core.entry import NO_ENTRIES, EntryBook
from villagebooks.core.money import capital_text, said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved import RowText, SheetText
from villagebooks.core.voucher import DRAFT, PRIOR_YEAR, Draft, Line, Voucher, check
from villagebooks.core.word import check_word
from villagebooks.core.words import N_, _, pgettext
from villagebooks.gui.count import CountEdit
from villagebooks.gui.day import DayEdit
from villagebooks.gui.page import label
from villagebooks.gui.theme import px, set_tone
from villagebooks.gui.voucher.amount import AMOUNT_ROWS, AmountHead
from villagebooks.gui.voucher.area import Rows
from villagebooks.gui.voucher.row import (
    CREDIT,
    DEBIT,
    MISREAD,
    QUANTITY,
    LineRow,
    account_choices,
    detail_choices,
)
from villagebooks.gui.voucher.told import bad_cells, told_problems
from villagebooks.gui.voucher.word import WordBox, sheet_title

LEAST_ROWS = 10
KINDS = {
    "reversal": N_("红字冲销"),
    "closing_transfer": N_("结转"),
    "prior_year": N_("以前年度"),
    "opening": N_("期初"),
}
STRETCH = (11, 12, 7, 0, 0, 0)
BLANK = RowText(("",) * 6, ("",) * 6, None, False, ("", ""), Line("", ""))


class VoucherSheet(QFrame):
    """Shows one voucher. `changed` after every edit; `checked` carries the problems that saving would refuse for."""

    changed = Signal()
    checked = Signal(object)
    least_rows = LEAST_ROWS

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("voucher")
        self.rows: list[LineRow] = []
        self.still = False
        self.entry: EntryBook = NO_ENTRIES
        self._accounts = account_choices(NO_ENTRIES)
        self._details = detail_choices(NO_ENTRIES)
        self._open_from = Month(1900, 1)
        self._put = Draft(date(2000, 1, 1), ())
        self._quiet = False
        self.seen: set[LineRow] = set()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(6)
        self._build_head(box)
        self._build_rows(box)
        self._build_foot(box)
        self._need_rows(self.least_rows)

    def use(self, entry: EntryBook, open_from: Month) -> None:
        """Accounts, parties and closed months of the book."""
        self.entry, self._open_from = entry, open_from
        self._accounts, self._details = account_choices(entry), detail_choices(entry)
        for row in self.rows:
            row.offer(self._accounts, self._details)

    def put(self, draft: Draft, voucher: Voucher | None, month: Month, prepared_by: str) -> None:
        """Show a draft, or a voucher of the books with the names of those who signed."""
        self._quiet = True
        self.still = bool(voucher and voucher.state != DRAFT)
        self.word.begin(draft.word)
        self.number.setText(str(voucher.number) if voucher else _("新"))
        self.day.put(draft.day, month)
        self.count.setText(str(draft.attachment_count or ""))
        self.kind.setText(_(KINDS.get(draft.kind, "")))
        self._show_lines(draft.lines)
        self._show_names(voucher, prepared_by)
        for entry in (self.day, self.count):
            entry.setReadOnly(self.still)
        self.word.setEnabled(not self.still)
        self.seen.clear()
        self._quiet = False
        self._put = draft
        self._follow_word()
        self._put = self.draft()
        self.area.verticalScrollBar().setValue(0)
        self.look()

    def text(self) -> SheetText:
        """Every cell as it was typed."""
        rows = [row.text() for row in self.rows]
        while rows and rows[-1] == BLANK:
            rows.pop()
        day = (self.day.text(), self.day.day.isoformat())
        return SheetText(day, self.count.text(), self.word.state(), self._put.kind, tuple(rows))

    def put_text(self, text: SheetText) -> None:
        """Every cell as it was; what counts as changed stays measured by what was put."""
        self._quiet = True
        self.day.put_text(text.day[0], date.fromisoformat(text.day[1]))
        self.count.setText(text.count)
        self.word.put_state(*text.word)
        self.set_kind(text.kind)
        self._need_rows(len(text.rows))
        for place, row in enumerate(self.rows):
            row.put_text(text.rows[place] if place < len(text.rows) else BLANK, self.entry.accounts)
        self.show_quantities()
        self._quiet = False
        self.look()

    def draft(self) -> Draft:
        """What the form says, ready to be saved."""
        lines = tuple(row.line() for row in self.rows if not row.is_empty())
        return replace(
            self._put, day=self.day.day, lines=lines, word=self.word.currentText(),
            attachment_count=self.count.number(),
        )  # fmt: skip

    def settle(self) -> None:
        """Take what is still being typed in the cell in hand."""
        cell = self.focusWidget()
        row = self.row_of(cell)
        if cell is self.day:
            self.day.settle()
        elif row is not None and cell in (row.account, row.detail):
            (row.account if cell is row.account else row.detail).take()

    def misread(self) -> list[Problem]:
        """What stands in a cell and cannot be read: it must not count as nothing."""
        found = self.day.problems()
        if told := self.count.misread():
            found.append(Problem(told, _("附单据数"), field="attachment_count"))
        for place, row in enumerate(one for one in self.rows if not one.is_empty()):
            where = _("第 {n} 行").format(n=place + 1)
            found += [Problem(text, where, place, field) for field, text in row.misread()]
        return found

    def is_changed(self) -> bool:
        """True when something was typed since it was put."""
        return not self.still and self.draft() != self._put

    def set_kind(self, kind: str) -> None:
        """Another kind of voucher, as a template wants it."""
        self._put = replace(self._put, kind=kind)
        self.kind.setText(_(KINDS.get(kind, "")))

    def start(self) -> None:
        """Put the cursor where a new voucher begins: the number of documents."""
        self.count.setFocus()
        self.count.selectAll()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint what a refusal names, in every row now."""
        self.seen.update(self.rows)
        self._paint(problems)

    def row_of(self, cell: QWidget | None) -> LineRow | None:
        """The row that a cell belongs to."""
        return next((row for row in self.rows if cell in row.cells), None)

    def put_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines in the same voucher."""
        self._quiet = True
        self._show_lines(lines)
        self._quiet = False
        self.look()

    def wire(self, row: LineRow) -> None:
        """Connect the cells of a new row."""

    def show_quantities(self) -> None:
        """The column of quantities is there while an account in hand counts them."""
        wanted = any(row.wants_quantity() for row in self.rows)
        self._quantity_head.setVisible(wanted)
        for row in self.rows:
            row.quantity.setVisible(wanted)

    def look(self, *_edit: object) -> None:
        """Totals and the same check that saving makes, after every edit."""
        if self._quiet:
            return
        self._follow_word()
        draft = self.draft()
        debit = sum(line.debit_fen for line in draft.lines)
        credit = sum(line.credit_fen for line in draft.lines)
        self.debit_total.setText(said_yuan(debit))
        self.credit_total.setText(said_yuan(credit))
        if debit == credit:
            self.capitals.setText(_("合计　{words}").format(words=capital_text(debit)))
        else:
            side = _("借方多") if debit > credit else _("贷方多")
            text = _("合计　借贷不平，{side} {yuan}")
            self.capitals.setText(text.format(side=side, yuan=said_yuan(abs(debit - credit))))
        set_tone(self.capitals, "tone", "" if debit == credit else "late")
        self.tell()
        self.changed.emit()

    def tell(self) -> None:
        """Paint and list what is wrong, as far as the cursor has gone on from it."""
        if self._quiet:
            return
        draft = self.draft()
        problems = [] if self.still else self._problems(draft) if draft.lines else self.misread()
        self._paint(problems)
        self.checked.emit(told_problems(self.rows, self._left(), self.focusWidget(), problems))

    def _follow_word(self) -> None:
        if not self.still:
            lines = [row.meant() for row in self.rows if not row.is_empty()]
            self.word.follow(lines, self.entry.words_in(self.day.day.year))
        self.title.setText(sheet_title(self.word.currentText()))

    def _problems(self, draft: Draft) -> list[Problem]:
        """What saving would refuse for, as far as it shows without the database."""
        accounts, misread = self.entry.accounts, self.misread()
        lines = {one.line for one in misread if one.line is not None}
        problems = check(draft, accounts, self._open_from, self.entry.states)
        problems += check_word(draft.word, draft.lines, self.entry.words_in(draft.day.year))
        problems += check_prior_year(draft.lines, accounts) if draft.kind == PRIOR_YEAR else []
        # a cell that cannot be read is told once, not again as an amount that is missing
        return misread + [one for one in problems if one.line not in lines or one.field not in MISREAD]

    def _left(self) -> set[LineRow]:
        return self.seen - {row for row in [self.row_of(self.focusWidget())] if row}

    def _paint(self, problems: Sequence[Problem]) -> None:
        """Rows that were left are painted; the row in hand is not nagged, but for what cannot be read."""
        bad = {} if self.still else bad_cells(self.rows, self._left(), self.focusWidget(), problems)
        for row in self.rows:
            row.paint(bad.get(row, {}))
        fields = {one.field: one.text for one in problems}
        for name, entry in (("day", self.day), ("attachment_count", self.count), ("word", self.word)):
            set_tone(entry, "bad", "true" if name in fields else "false")
        self.count.setToolTip(fields.get("attachment_count", ""))

    def _show_lines(self, lines: Sequence[Line]) -> None:
        self._need_rows(max(self.least_rows, len(lines) + (0 if self.still else 1)))
        for place, row in enumerate(self.rows):
            row.put(lines[place] if place < len(lines) else Line("", ""), self.entry)
            row.set_read_only(self.still)
        self.show_quantities()

    def _need_rows(self, count: int) -> None:
        while len(self.rows) < count:
            row = LineRow(len(self.rows) + 1)
            self.rows.append(row)
            for place, cell in enumerate(row.cells):
                self._grid.addWidget(cell, len(self.rows), place)
                cell.textChanged.connect(self.look)
            row.offer(self._accounts, self._details)
            row.set_read_only(self.still)
            self.wire(row)
            row.quantity.setVisible(not self._quantity_head.isHidden())
        self.area.fit()

    def _fit(self) -> None:
        """No higher than its rows, head and foot."""
        rest = self.sizeHint().height() - self.area.sizeHint().height()
        self.setMaximumHeight(rest + self.area.maximumHeight())

    def _show_names(self, voucher: Voucher | None, prepared_by: str) -> None:
        found = (
            (voucher.prepared_by, voucher.countersigned_by, voucher.reviewed_by, voucher.cashier, voucher.posted_by)
            if voucher
            else (prepared_by, "", "", "", "")
        )
        for place, name in zip(self._names, found, strict=True):
            place.setText(_("导入") if name == "import" else name)

    def _build_head(self, box: QVBoxLayout) -> None:
        self.title = label(sheet_title(""), "figure")
        box.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        self.word, self.number, self.kind = WordBox(), label("", "heading"), label("")
        self.word.chosen.connect(self.look)
        set_tone(self.kind, "tone", "late")
        self.day, self.count = DayEdit(), CountEdit(0, 9999)
        self.day.setObjectName("small")
        self.day.day_changed.connect(self.look)
        self.count.setObjectName("small")
        self.count.setAccessibleName(_("附单据数"))
        self.count.textChanged.connect(self.look)
        self.day.setFixedWidth(128)
        self.count.setFixedWidth(56)
        head = QHBoxLayout()
        front: tuple[QWidget, ...] = (
            self.word,
            label(_("字第")),
            self.number,
            label(pgettext("after a number", "号")),
            self.kind,
        )
        for part in front:
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(label(_("日期")))
        head.addWidget(self.day)
        head.addStretch(1)
        rear: tuple[QWidget, ...] = (label(_("附单据")), self.count, label(_("张")))
        for part in rear:
            head.addWidget(part)
        box.addLayout(head)

    def _build_rows(self, box: QVBoxLayout) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("grid")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(1, 1, 0, 0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.setSpacing(0)
        for place, title in enumerate(
            (_("摘　要"), _("会　计　科　目"), _("往来、项目"), _("数　量"), _("借方金额"), _("贷方金额"))
        ):
            head = AmountHead(title) if place in (DEBIT, CREDIT) else label(title, "cell")
            if place not in (DEBIT, CREDIT):
                head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setFixedHeight(px("field_px") + 6)
            self._grid.addWidget(head, 0, place)
            if place == QUANTITY:
                self._quantity_head = head
                head.hide()
            self._grid.setColumnStretch(place, STRETCH[place])
        for place in (DEBIT, CREDIT):
            self._grid.setColumnMinimumWidth(place, round(AMOUNT_ROWS * px("row_px")))
        self.area = Rows(self._inside, self._grid)
        self.area.grown.connect(self._fit)
        box.addWidget(self.area, 100)

    def _build_foot(self, box: QVBoxLayout) -> None:
        self.capitals, self.debit_total, self.credit_total = label(), label("", "heading"), label("", "heading")
        total = QHBoxLayout()
        total.setSpacing(0)
        total.addWidget(self.capitals, 1)
        for figure, name in ((self.debit_total, _("借方合计")), (self.credit_total, _("贷方合计"))):
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figure.setFixedWidth(round(AMOUNT_ROWS * px("row_px")))
            figure.setContentsMargins(0, 0, 10, 0)
            figure.setAccessibleName(name)
            total.addWidget(figure)
        box.addLayout(total)
        foot = QHBoxLayout()
        self._names: list[QLabel] = []
        for caption in (_("制单"), _("复核"), _("会计主管"), _("出纳"), _("记账")):
            place = label("", "heading")
            self._names.append(place)
            foot.addWidget(label(caption, "muted"))
            foot.addWidget(place, 1)
        box.addLayout(foot)
