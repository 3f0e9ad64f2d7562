"""更正: what may be done to a voucher that is posted, a line for the reason, and the panel of the right amounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from villagebooks.core.correction import NOT_REDONE, VOIDED, is_voiding, last_voiding
from villagebooks.core.entry import EntryBook
from villagebooks.core.money import said_yuan, yuan_text
from villagebooks.core.voucher import APPROVED, CLOSING, NORMAL, OPENING, POSTED, PRIOR_YEAR, REVERSAL, Voucher
from villagebooks.core.words import _
from villagebooks.gui.keymap import show_key
from villagebooks.gui.page import Asking, button, label
from villagebooks.gui.theme import px, set_tone
from villagebooks.gui.voucher.amount import AMOUNT_ROWS, AmountCell
from villagebooks.services.correction import Corrections

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
LETTERS = 6
"""Letters in a line of words at least."""
REDO, ONLY_RED, DIFFERENCE, EARLIER, BLUE, NO_BLUE, TEMPLATE, REPEAT, PROOF = (
    "redo", "only_red", "difference", "earlier", "blue", "no_blue", "template", "repeat", "proof"
)  # fmt: skip


def act_words() -> dict[str, str]:
    """The acts by their words, in the order of the menu."""
    return {
        REDO: _("冲销并订正：红字和蓝字两张草稿"), DIFFERENCE: _("只是金额错：差额更正…"),
        EARLIER: _("以前年度更正：经过未分配收益"), ONLY_RED: _("只冲销，不重做…"),
        BLUE: _("补做蓝字订正"), NO_BLUE: _("写明不重做…"), TEMPLATE: _("存为模板…"),
        REPEAT: _("每月重复：做成计划…"), PROOF: _("导出凭证证明：给外人核验签字…"),
    }  # fmt: skip


def offered(voucher: Voucher, known: Corrections | None, year: int) -> list[str]:
    """Which acts fit the voucher; `year` is the year in which would be corrected."""
    found = []
    if voucher.state == POSTED and known is not None and known.red is None:
        if voucher.kind != REVERSAL and voucher.month.year < year and known.year_shut:
            found.append(EARLIER)
        elif voucher.kind not in (REVERSAL, OPENING):
            found += [REDO] + ([DIFFERENCE] if voucher.kind in (NORMAL, PRIOR_YEAR) else []) + [ONLY_RED]
    if known is not None and known.alone:
        found += [BLUE, NO_BLUE]
    if voucher.kind in (NORMAL, PRIOR_YEAR, CLOSING):
        found += [TEMPLATE] + ([REPEAT] if voucher.kind == NORMAL else [])
    if voucher.state in (APPROVED, POSTED) and voucher.posted_by != "import":
        found.append(PROOF)
    return [name for name in act_words() if name in found]


def correction_words(voucher: Voucher, known: Corrections) -> str:
    """How the voucher stands among corrections, a sentence a line."""
    rows = []
    if known.red:
        rows.append(_("已用 {title} 红字冲销").format(title=_named(known.red)))
    for one in known.correctors:
        text = _("蓝字订正：{title}") if voucher.kind == REVERSAL else _("更正凭证：{title}")
        rows.append(text.format(title=_named(one)))
    if known.corrected and voucher.kind == REVERSAL:
        rows.append(_("冲销的是 {title}").format(title=_named(known.corrected)))
    elif known.corrected:
        rows.append(_("更正的是 {title}").format(title=_named(known.corrected)))
    last = last_voiding(known.remarks)
    for remark in known.remarks:
        if is_voiding(remark.kind) and remark != last:
            continue  # taken back; the journal keeps it
        text = {VOIDED: _("作废原因：{words}（{name}）"), NOT_REDONE: _("不重做：{words}（{name}）")}.get(
            remark.kind, _("要求作废的原因：{words}（{name}）")
        )
        rows.append(text.format(words=remark.words, name=remark.person))
    if known.alone:
        rows.append(_("！还没有蓝字订正。按 F12 补做，或写明不重做。"))
    return "\n".join(rows)


def _named(voucher: Voucher) -> str:
    return f"{voucher.month} {voucher.title}"


class _Asking(Asking):
    """Something that is asked in place; `left`: nothing is asked any more."""

    left = Signal()

    def put_away(self) -> None:
        """Nothing is done."""
        if not self.isHidden():
            self.hide()
            self.left.emit()


class CorrectionMenu(_Asking):
    """更正（F12）: the acts that fit, one a line; a digit, or arrow and Enter, does one. `chosen` carries the act."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sign")
        self.setAccessibleName(_("更正"))
        self.opener = button(_("更正（F12）"), self.open, "pencil")
        self.acts: dict[str, QPushButton] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self._lines.addWidget(label(_("更正：按数字，或用 ↑↓ 选好按回车；Esc 不做"), "muted"))
        for number, (name, words) in enumerate(act_words().items(), 1):
            self.acts[name] = button(f"{number}　{words}", partial(self._choose, name))
            self._lines.addWidget(self.acts[name], 0, Qt.AlignmentFlag.AlignLeft)
        self.offer(())

    def offer(self, names: Sequence[str]) -> None:
        """Which acts there are; without any the button that opens the menu is away."""
        self.hide()
        for name, one in self.acts.items():
            one.setEnabled(name in names)
            one.setVisible(name in names)
        self.opener.setVisible(bool(names))

    def open(self) -> None:
        """Show the acts, the first in hand."""
        first = next((one for one in self.acts.values() if one.isEnabled()), None)
        if first is not None and self.opener.isVisible():
            self.show()
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit does an act, arrows go to the next."""
        here = [one for one in self.acts.values() if one.isEnabled()]
        digit = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            place = next((row for row, one in enumerate(here) if one.hasFocus()), 0)
            here[(place + (1 if event.key() == Qt.Key.Key_Down else -1)) % len(here)].setFocus()
        elif 0 <= digit < len(self.acts) and list(self.acts.values())[digit].isEnabled():
            list(self.acts.values())[digit].click()
        else:
            super().keyPressEvent(event)

    def _choose(self, name: str) -> None:
        self.put_away()
        self.chosen.emit(name)


class WordsStrip(_Asking):
    """One line of words for an act: a reason, or a name; Enter does it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._act: Callable[[str], None] | None = None
        self.sentence, self.words = label("", "heading"), QLineEdit()
        self.sentence.setWordWrap(True)
        self.words.returnPressed.connect(self._do)
        self._go = button(_("就这样"), self._do, primary=True)
        self.words.setAccessibleName(_("原因或名称"))
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self._go)
        line.addWidget(button(_("不做了"), self.put_away))
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.sentence)
        box.addLayout(line)
        self.hide()

    def ask(self, sentence: str, hint: str, act: Callable[[str], None], word: str, text: str = "") -> None:
        """Ask for the words that `act` takes."""
        self._act = act
        self.sentence.setText(sentence)
        self.words.setPlaceholderText(hint)
        self.words.setAccessibleName(hint)
        self.words.setText(text)
        self._go.setText(word)
        self._go.setAccessibleName(word)
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def _do(self) -> None:
        if self._act:
            self._act(self.words.text())


class DifferencePanel(_Asking):
    """The lines of a voucher with what stands in the books and what is right; `asked` carries the right amounts."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("voucher")
        self._lines: list[tuple[int, int]] = []
        self.amounts: list[AmountCell] = []
        self.head = label("", "heading")
        self.head.setWordWrap(True)
        self.state = label()
        self._go = button("", self.finish, "save", primary=True)
        show_key(self._go, _("做差额凭证（{key}）"), "save")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        foot.addWidget(self._go)
        foot.addWidget(button(_("不做了"), self.put_away))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.addWidget(self.head)
        box.addWidget(self._area, 1)
        box.addLayout(foot)
        self.hide()

    def ask(self, voucher: Voucher, standing: Sequence[int], entry: EntryBook) -> None:
        """Show the voucher's lines; the cursor stands in the first right amount."""
        text = _("{title} 的差额更正：把每行应记的金额改对，科目和往来不变；差额另做一张凭证，少了的是红字")
        self.head.setText(text.format(title=voucher.title))
        self._lines = [(have, 1 if line.debit_fen else -1) for line, have in zip(voucher.lines, standing, strict=True)]
        self.amounts = []
        inside = Widget()
        inside.setObjectName("amounts")
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(px("gap_px") * 2)
        titles = (_("摘　要"), _("会　计　科　目"), _("方向"), _("账上金额"), _("应记金额"), _("差额"))
        for place, title in enumerate(titles):
            grid.addWidget(label(title, "muted"), 0, place, RIGHT if place > 2 else LEFT)
        self._differences = []
        for row, (line, have) in enumerate(zip(voucher.lines, standing, strict=True), 1):
            path = f"{line.account} {entry.paths.get(line.account, '')}　{line.party}".rstrip()
            right, difference = AmountCell(), label("", "heading")
            difference.setMinimumWidth(3 * px("row_px"))
            difference.setAlignment(RIGHT | Qt.AlignmentFlag.AlignVCenter)
            right.put(have)
            right.setFixedWidth(round(AMOUNT_ROWS * px("row_px")))
            right.setAccessibleName(_("第 {n} 行应记金额").format(n=row))
            right.returnPressed.connect(self._next)
            right.textChanged.connect(self._look)
            for place, cell in enumerate(
                (_words(line.summary), _words(path), label(_("借") if line.debit_fen else _("贷")),
                 _figure(have), right, difference)
            ):  # fmt: skip
                grid.addWidget(cell, row, place)
            self.amounts.append(right)
            self._differences.append(difference)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(len(voucher.lines) + 1, 1)
        self._area.setWidget(inside)
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(inside.minimumSizeHint().width() + bar)  # it scrolls up and down only
        self._look()
        self.show()
        self.amounts[0].setFocus()
        self.amounts[0].selectAll()

    def finish(self) -> None:
        """Ask for the voucher of the difference."""
        bad = next((cell for cell in self.amounts if cell.fen() is None), None)
        if bad is not None:
            # read as nothing it would take the whole amount out of the books
            bad.setFocus()
            return
        self.asked.emit([cell.fen() or 0 for cell in self.amounts])

    def _next(self) -> None:
        place = next((row for row, cell in enumerate(self.amounts) if cell.hasFocus()), 0) + 1
        if place < len(self.amounts):
            self.amounts[place].setFocus()
            self.amounts[place].selectAll()
        else:
            self._go.setFocus()

    def _look(self, *_edit: object) -> None:
        total = 0
        for (have, sign), cell, shown in zip(self._lines, self.amounts, self._differences, strict=True):
            right = cell.fen()
            moved = 0 if right is None else right - have
            total += moved * sign
            shown.setText(yuan_text(moved, zero="", group=","))
            set_tone(shown, "tone", "late" if moved < 0 else "")
        text = _("差额借贷不平，相差 {yuan}").format(yuan=said_yuan(abs(total))) if total else ""
        text = next(filter(None, (cell.misread() for cell in self.amounts)), text)
        self.state.setText(text)
        set_tone(self.state, "tone", "late" if text else "")


def _words(text: str) -> QLabel:
    """Words that take a second line where the panel is narrow."""
    made = label(text)
    made.setWordWrap(True)
    wide = made.fontMetrics().horizontalAdvance
    made.setMinimumWidth(min(LETTERS * wide("国"), wide(text)))
    return made


def _figure(fen: int) -> Widget:
    made = label(said_yuan(fen))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
