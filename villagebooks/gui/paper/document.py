"""The documents of a paper in its form: one row each, with its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.paper import Document, Image
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved_paper import DocumentText
from villagebooks.core.words import N_, _
from villagebooks.gui.combo import Combo
from villagebooks.gui.count import CountEdit
from villagebooks.gui.day import no_day, read_past_day
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.form import choose, chosen, fill_choices, no_amount
from villagebooks.gui.page import button, label, room_for
from villagebooks.gui.paper.storing import Storing
from villagebooks.gui.picture.paste import let_through
from villagebooks.gui.picture.source import picture_filter
from villagebooks.gui.theme import icon, px, set_tone
from villagebooks.services.account import today

KINDS = (
    N_("数电票"),
    N_("纸质发票"),
    N_("财政票据"),
    N_("收款收据"),
    N_("银行回单"),
    N_("拨款通知"),
    N_("名册"),
    N_("合同"),
    N_("验收单"),
    N_("会议记录"),
    N_("调拨单"),
    N_("用款申请单"),
    N_("购物清单"),
    N_("计算表"),
    N_("报账单扫描件"),
    N_("白条"),
)


class Checked(QCheckBox):
    """已脱敏 of all pictures of a document; partly, where only some were looked at. A click says it of all."""

    def nextCheckState(self) -> None:
        """All, unless all are."""
        all_are = self.checkState() == Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if all_are else Qt.CheckState.Checked)


class DocumentRow(QWidget):
    """One document. `dropped`: its cross was pressed; `visited`: the cursor is in it; `changed`: other pictures,
    `edited`: anything; `taken` carries the files whose pictures hang here now."""

    dropped = Signal(object)
    visited = Signal(object)
    changed = Signal(object)
    edited = Signal()
    taken = Signal(object)

    def __init__(self, seat: Seat, storing: Storing) -> None:
        super().__init__()
        self._seat, self._storing = seat, storing
        self.images: tuple[Image, ...] = ()
        self.awaits: tuple[str, ...] = ()
        storing.stored.connect(self._hang)
        self.kind, self.number, self.day, self.amount, self.sheets = (
            Combo(), QLineEdit(), QLineEdit(), QLineEdit(), CountEdit(1, 999)
        )  # fmt: skip
        self.kind.setEditable(True)
        fill_choices(self.kind, KINDS)
        self.number.setPlaceholderText(_("号码"))
        self.day.setPlaceholderText(_("日期"))
        self.day.setFixedWidth(room_for(self.day, "2026-12-31"))
        self.amount.setPlaceholderText(_("金额"))
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setFixedWidth(room_for(self.amount, "1,000,000.00"))
        self.sheets.setPlaceholderText(_("张数"))
        self.sheets.setFixedWidth(room_for(self.sheets, self.sheets.placeholderText()))
        self.picture = button(_("加图片"), self.choose_pictures, "image")
        self._narrow, room = False, self.fontMetrics().horizontalAdvance("00")
        self._wide = self.picture.sizeHint().width() + room
        self.picture.setFixedWidth(self._wide)
        self.checked = Checked(_("已脱敏"))
        self.checked.setToolTip(_("看过图片，没有身份证号、银行卡号、手机号，可以给村民看；不勾的图片不进查询库"))
        self.checked.clicked.connect(self._check_all)
        drop = QToolButton()
        drop.setIcon(icon("x", "muted"))
        drop.setToolTip(_("去掉这件单据"))
        drop.clicked.connect(self._drop)
        box = FlowRow()  # a small window gives a document two lines
        box.setSpacing(px("gap_px"))
        self.setLayout(box)
        names = (
            _("单据种类"), _("单据号码"), _("单据日期"), _("单据金额"), _("单据张数"), _("图片"), _("图片已脱敏"),
            drop.toolTip(),
        )  # fmt: skip
        parts = (self.kind, self.number, self.day, self.amount, self.sheets, self.picture, self.checked, drop)
        self._named = tuple(zip(parts, names, strict=True))
        for widget in parts:
            widget.installEventFilter(self)
            box.addWidget(widget, 1 if widget is self.number else 0)
        self.kind.currentTextChanged.connect(self._tell)
        for entry in (self.number, self.day, self.amount, self.sheets):
            entry.textChanged.connect(self._tell)
            entry.returnPressed.connect(self.focusNextChild)  # as in the fields above
        self.day.editingFinished.connect(self._settle_day)
        let_through(self)

    @property
    def title(self) -> str:
        """What it is, for a heading."""
        return f"{self.kind.currentText().strip()} {self.number.text().strip()}".strip()

    def tell_place(self, number: int) -> None:
        """For who hears the screen: which of the documents each field belongs to."""
        for widget, name in self._named:
            widget.setAccessibleName(_("第 {n} 件：{name}").format(n=number, name=name))

    def put(self, document: Document) -> None:
        """Show a document."""
        choose(self.kind, document.kind)
        self.number.setText(document.number)
        self.day.setText(document.day)
        self.amount.setText(yuan_text(document.amount_fen, zero="", group=","))
        self.sheets.setText(str(document.count))
        self._take(document.images)

    def document(self) -> Document:
        """What the row says."""
        return Document(
            chosen(self.kind).strip(), self.number.text().strip(), self._dated(),
            read_yuan(self.amount.text()) or 0, self.sheets.number(), self.images,
        )  # fmt: skip

    def _dated(self) -> str:
        """The date as ISO; as it was typed where it is none."""
        found = self._read_day()
        return found.isoformat() if found else self.day.text().strip()

    def _read_day(self) -> date | None:
        return read_past_day(self.day.text(), self._seat.month, today(self._seat.office))

    def _settle_day(self) -> None:
        """Who leaves the cell sees as which day it was read."""
        if self.day.isModified() and (found := self._read_day()):
            self.day.setText(found.isoformat())

    def text(self) -> DocumentText:
        """Every entry as it was typed."""
        return DocumentText(
            chosen(self.kind), self.number.text(), self.day.text(), self.amount.text(), self.sheets.text(), self.images,
            self.awaits,
        )  # fmt: skip

    def put_text(self, text: DocumentText) -> None:
        """Every entry as it was."""
        choose(self.kind, text.kind)
        if not text.kind:
            self.kind.setEditText("")
        for entry, words in (
            (self.number, text.number), (self.day, text.day), (self.amount, text.amount), (self.sheets, text.count),
        ):  # fmt: skip
            entry.setText(words)
        self._take(text.images)
        self._wait(text.awaits)

    def misread(self) -> list[Problem]:
        """A date, an amount or a count that cannot be read: it must not count as none."""
        bad = self.amount.text().strip() and read_yuan(self.amount.text()) is None
        set_tone(self.amount, "bad", "true" if bad else "false")
        where = _("单据 {number}").format(number=self.number.text().strip()).rstrip()
        self.sheets.show_misread()
        day = self.day.text()
        undated = bool(day.strip()) and self._read_day() is None
        set_tone(self.day, "bad", "true" if undated else "false")
        told = (no_day(day) if undated else "", no_amount(self.amount.text()) if bad else "", self.sheets.misread())
        return [Problem(text, where, field="documents") for text in told if text]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell that the cursor came here: pictures go to the document in hand."""
        if event.type() == QEvent.Type.FocusIn:
            self.visited.emit(self)
        return super().eventFilter(watched, event)

    def choose_pictures(self) -> None:
        """Ask for photos or scans."""
        paths, _kind = QFileDialog.getOpenFileNames(self, _("单据图片"), "", picture_filter())
        self.add_pictures([Path(path) for path in paths])

    def add_pictures(self, paths: Sequence[Path]) -> None:
        """Store pictures and hang them on this document."""
        if paths:
            self.awaits = (*self.awaits, self._storing.take_files(paths))

    def add_image(self, picture: QImage) -> None:
        """Store a picture that is no file and hang it on this document."""
        self.awaits = (*self.awaits, self._storing.take_image(picture))

    def replace_image(self, old: str, new: Image) -> None:
        """Another picture in place of the one with this hash."""
        self._take(tuple(new if one.sha256 == old else one for one in self.images))

    def mark(self, sha256: str, checked: bool) -> None:
        """已脱敏, or not, of one picture."""
        self._take(tuple(replace(one, checked=checked) if one.sha256 == sha256 else one for one in self.images))

    def remove_image(self, sha256: str) -> None:
        """Take a picture off this document."""
        self._take(tuple(one for one in self.images if one.sha256 != sha256))

    def _wait(self, tokens: Sequence[str]) -> None:
        """Hang the pictures on that are stored by now, and wait for the others."""
        self.awaits = tuple(tokens)
        for token in tokens:
            self._hang(token)

    def _hang(self, token: str) -> None:
        found = self._storing.found((token,)) if token in self.awaits else {}
        for stored in found.values():
            self.awaits = tuple(one for one in self.awaits if one != token)
            # nobody has looked at the new pictures yet
            here = {one.sha256 for one in self.images}
            new = (replace(one, checked=False) for one in stored.images if one.sha256 not in here)
            self._take((*self.images, *new))
            if stored.paths:
                self.taken.emit(stored.paths)

    def _take(self, images: tuple[Image, ...]) -> None:
        self.images = images
        self.checked.setEnabled(bool(images))
        count = sum(one.checked for one in images)
        some = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.checked.setCheckState(Qt.CheckState.Checked if images and count == len(images) else some)
        self._say_count()
        self.changed.emit(self)
        self.edited.emit()

    def _tell(self, *_edit: object) -> None:
        self.edited.emit()

    def set_narrow(self, narrow: bool) -> None:
        """On a small screen the button of the pictures shows its sign and their number only."""
        self._narrow = narrow
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.images)
        text = _("图片 {n}").format(n=count) if count else _("加图片")
        self.picture.setToolTip(text)
        self.picture.setText(str(count or "") if self._narrow else text)
        less = 3 * self.fontMetrics().horizontalAdvance("00") if self._narrow else 0
        self.picture.setFixedWidth(max(self._wide - less, self.picture.sizeHint().width()))  # a number that comes later

    def _check_all(self) -> None:
        self._take(tuple(replace(one, checked=self.checked.isChecked()) for one in self.images))

    def _drop(self) -> None:
        self.dropped.emit(self)


class DocumentRows(QWidget):
    """All documents of a paper. `handed`: another one is in hand, or it shows other pictures; `edited` and `taken` as
    of a row, `refused` carries the problems of pictures that cannot be stored."""

    handed = Signal()
    edited = Signal()
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat, self._storing = seat, Storing(seat, self)
        self._storing.refused.connect(self.refused)
        self.rows: list[DocumentRow] = []
        self._narrow = False
        self._hand: DocumentRow | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px("gap_px"))
        head = QHBoxLayout()
        head.addWidget(label(_("单据"), "heading"))
        head.addStretch(1)
        head.addWidget(button(_("加一件单据"), self.add_empty, "paperclip"))
        self._box.addLayout(head)

    @property
    def hand(self) -> DocumentRow:
        """The document that pictures go to: where the cursor was last; one is made when there is none."""
        if self._hand not in self.rows:
            self._hand = self.rows[0] if self.rows else self.add()
        return self._hand or self.rows[0]

    def put(self, documents: Sequence[Document]) -> None:
        """Show these documents, one empty row when there is none."""
        for row in tuple(self.rows):
            self._take_out(row)
        for document in documents or (Document(KINDS[0]),):
            self.add().put(document)
        self.handed.emit()

    def texts(self) -> tuple[DocumentText, ...]:
        """Every row as it was typed."""
        return tuple(row.text() for row in self.rows)

    def put_texts(self, texts: Sequence[DocumentText]) -> None:
        """Every row as it was."""
        for row in tuple(self.rows):
            self._take_out(row)
        for text in texts:
            self.add().put_text(text)
        self.handed.emit()
        self.edited.emit()

    def documents(self) -> tuple[Document, ...]:
        """What the rows say."""
        return tuple(row.document() for row in self.rows)

    def misread(self) -> list[Problem]:
        """Amounts of the rows that cannot be read."""
        return [one for row in self.rows for one in row.misread()]

    def add_empty(self) -> None:
        """One more row, the cursor in it."""
        self.add().kind.setFocus()
        self.edited.emit()

    def add(self) -> DocumentRow:
        """One more row."""
        row = DocumentRow(self._seat, self._storing)
        row.dropped.connect(self._remove)
        row.visited.connect(self._visit)
        row.changed.connect(self._changed)
        row.edited.connect(self.edited)
        row.taken.connect(self.taken)
        self.rows.append(row)
        row.set_narrow(self._narrow)
        row.tell_place(len(self.rows))
        self._box.addWidget(row)
        return row

    def set_narrow(self, narrow: bool) -> None:
        """Rows that take less room."""
        self._narrow = narrow
        for row in self.rows:
            row.set_narrow(narrow)

    def replace_image(self, old: str, new: Image) -> None:
        """An edited picture in place of the one that it was made of, wherever that hangs."""
        for row in self.rows:
            row.replace_image(old, new)

    def mark(self, sha256: str, checked: bool) -> None:
        """已脱敏, or not, of a picture wherever it hangs."""
        for row in self.rows:
            row.mark(sha256, checked)

    def _visit(self, row: DocumentRow) -> None:
        if row is not self._hand:
            self._hand = row
            self.handed.emit()

    def _changed(self, row: DocumentRow) -> None:
        if row in self.rows and row is self.hand:
            self.handed.emit()

    def _remove(self, row: DocumentRow) -> None:
        self._take_out(row)
        self.handed.emit()
        self.edited.emit()

    def _take_out(self, row: DocumentRow) -> None:
        self.rows.remove(row)
        self._box.removeWidget(row)
        row.deleteLater()
        for number, one in enumerate(self.rows, 1):
            one.tell_place(number)
