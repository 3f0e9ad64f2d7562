"""Forms: a tuple of field records and one loop; problems are painted on the field they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.calendar import CalendarDay
from villagebooks.gui.choice import ChoiceEdit
from villagebooks.gui.combo import Combo
from villagebooks.gui.count import CountEdit
from villagebooks.gui.flow import LabelledRows, two_columns
from villagebooks.gui.retyping import Retyping
from villagebooks.gui.strip import take_back
from villagebooks.gui.theme import px, set_tone, span

TEXT, MONEY, DAY, CHOICE, COUNT, SECRET, NAME = "text", "money", "day", "choice", "count", "secret", "name"
LARGEST_COUNT = 9_999


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `name` is the record's field, `kind` its entry; a CHOICE offers `choices`."""

    name: str
    label: str
    kind: str = TEXT
    choices: tuple[str, ...] = ()
    hint: str = ""


LEAST_COLUMN = 320
"""Pixels of one of two columns, in which words can be read."""
Check = Callable[[Mapping[str, Any]], Sequence[Problem]]


class Form(QWidget):
    """A form of fields. `changed` after every edit; `values()` are native: fen, dates, text, counts. `check` says of
    such values what cannot be: painted, and told below the fields, once the cursor has left what was typed. `beside`:
    in two columns where there is room for both."""

    changed = Signal()
    forgiving = True
    """Whether what was refused of a field is forgiven once it says something else; False where the part that it stands
    in looks itself what is right by then."""

    def __init__(self, fields: Sequence[Field], check: Check | None = None, *, beside: bool = False) -> None:
        super().__init__()
        self.fields, self._check = tuple(fields), check
        self._painted: frozenset[str] = frozenset()
        self._entries: dict[str, QWidget] = {}
        self._typed: set[str] = set()
        self._told_of: dict[str, list[str]] = {}
        self._of: object = None
        self._filling = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        boxes = two_columns(self, px("gap_px"), span(LEAST_COLUMN)) if beside else (LabelledRows(self),)
        for box in boxes:
            box.setContentsMargins(0, 0, 0, 0)
            box.setHorizontalSpacing(px("gap_px") * 2)
            box.setVerticalSpacing(px("gap_px"))
            box.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for place, field in enumerate(self.fields):
            box = boxes[place * len(boxes) // len(self.fields)]
            entry = self._make(field)
            entry.setAccessibleName(field.label)
            entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label = QLabel(field.label)
            label.setBuddy(entry)
            box.addRow(label, entry)
            self._entries[field.name] = entry
        self._told = QLabel()
        self._told.setWordWrap(True)
        set_tone(self._told, "tone", "late")
        self._box = boxes[-1]
        self._box.addRow(self._told)
        self._say_misread()

    @property
    def touched(self) -> bool:
        """Whether somebody changed a field by hand, and it was neither filled nor settled since."""
        return bool(self._typed)

    def add(self, title: str, entry: QWidget) -> None:
        """One more row below the fields, in line with them, for an entry that the form does not read."""
        label, box = QLabel(title), self._box
        label.setBuddy(entry)
        box.insertRow(box.rowCount() - 1, label, entry)

    def entry(self, name: str) -> QWidget:
        """The entry of a field."""
        return self._entries[name]

    def values(self) -> dict[str, Any]:
        """What stands in the form; an amount that is none is None."""
        return {field.name: self._value(field) for field in self.fields}

    def typed(self) -> dict[str, Any]:
        """The same, with what cannot be read as it was typed."""
        unread = {one.field: self._entries[one.field] for one in self.misread()}
        words = {name: entry.text() for name, entry in unread.items() if isinstance(entry, QLineEdit)}
        return self.values() | words

    def texts(self) -> dict[str, str]:
        """Every entry as it was typed: amounts that are none too, words as they are kept, dates ISO."""
        return {field.name: self._text(field) for field in self.fields}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Every entry as it was."""
        for field in self.fields:
            entry, text = self._entries[field.name], texts[field.name]
            if isinstance(entry, QLineEdit) and not isinstance(entry, CalendarDay):
                entry.setText(text)
            else:
                self._put(field, text)

    def restore(self, texts: Mapping[str, str]) -> None:
        """Entries as somebody typed them before the program fell: they count as typed still."""
        before = self.texts()
        with self.filling():
            self.put_texts(before | {name: text for name, text in texts.items() if name in before})
        self._typed |= {name for name, text in self.texts().items() if text != before[name]}

    def misread(self) -> list[Problem]:
        """Amounts, counts and dates that cannot be read: none of them may count as nothing or as another."""
        return [
            Problem(text, field.label.removesuffix("*").rstrip(), field=field.name)
            for field in self.fields
            if (text := _misread_words(field, self._entries[field.name]))
        ]

    def refuse_misread(self, tell: Callable[[tuple[Problem, ...]], None]) -> bool:
        """True when something cannot be read: told, painted, the cursor there. Nothing may be written then."""
        unread = tuple(self.misread())
        if unread:
            tell(unread)
            self.show_problems(unread)
            self.go_to_problem()
        return bool(unread)

    def put(self, values: Mapping[str, Any]) -> None:
        """Fill the fields that `values` names, whatever stands in them."""
        self._fill(values)
        self.show_problems(())

    def fill(self, values: Mapping[str, Any], of: object = None) -> None:
        """The same for what was read: of another record (`of`) than the last it is put, else it goes only where nobody
        typed since. What was saved or given up is settled first, else it stays."""
        if of != self._of:
            self._of = of
            self.put(values)
            self.settle()
            return
        self._fill({name: value for name, value in values.items() if name not in self._typed})
        self._say_misread()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """What its entries say meanwhile was typed by nobody: other choices are offered, the chosen one stays."""
        self._filling += 1
        try:
            yield
        finally:
            self._filling -= 1

    def settle(self) -> None:
        """What stands in it was saved or given up: it counts as typed by nobody."""
        self._typed.clear()
        for entry in self._entries.values():
            if isinstance(entry, QLineEdit):
                entry.setModified(False)

    def set_read_only(self, still: bool) -> None:
        """Show what stands without letting it be changed."""
        for field in self.fields:
            entry = self._entries[field.name]
            if isinstance(entry, QLineEdit):
                entry.setReadOnly(still)
            else:
                entry.setEnabled(not still)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint the fields that problems name; the sentence stands in the field's tip."""
        self._told_of = {}
        for one in problems:
            self._told_of.setdefault(one.field, []).append(str(one))
        by_field = {problem.field: problem.text for problem in (*self._checked(), *problems)}
        hints = {field.name: field.hint for field in self.fields}
        self._say_misread()
        for name, entry in self._entries.items():
            set_tone(entry, "bad", "true" if name in by_field else "false")
            entry.setToolTip(by_field.get(name, hints[name]))

    def go_to_problem(self) -> None:
        """The cursor to the first painted field."""
        bad = next((entry for entry in self._entries.values() if entry.property("bad") == "true"), None)
        if bad is not None:
            bad.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, as in the voucher."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _make(self, field: Field) -> QWidget:
        match field.kind:
            case "choice":
                combo = Combo()
                fill_choices(combo, field.choices)
                combo.currentIndexChanged.connect(self._tell)
                combo.editTextChanged.connect(self._tell)  # where words of one's own may be written
                return combo
            case "day":
                day = CalendarDay()
                day.settled.connect(self._say_misread)
                day.textChanged.connect(self._tell)
                return day
            case "count":
                count = CountEdit(0, LARGEST_COUNT)
                count.settled.connect(self._say_misread)
                count.textChanged.connect(self._tell)
                return count
        line = QLineEdit() if field.kind != NAME else self._make_name()
        line.setPlaceholderText(field.hint)
        line.setToolTip(field.hint)  # a narrow window shows the beginning of it in the line
        if field.kind == MONEY:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.textChanged.connect(self._paint_amounts)
            Retyping(line)
        if field.kind == SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textChanged.connect(self._tell)
        return line

    def _say_misread(self, _text: str = "") -> None:
        """What is no count or no date is told below the fields, once the cursor has left it."""
        typed = {field.name for field in self.fields if field.kind in (COUNT, DAY)}
        own = self._checked()
        told = [str(one) for one in (*(one for one in self.misread() if one.field in typed), *own)]
        self._told.setText("\n".join(told))
        self._told.setVisible(bool(told))
        self._paint_own({one.field: one.text for one in own})

    def _checked(self) -> Sequence[Problem]:
        """What its own check says of values that can all be read."""
        return self._check(self.values()) if self._check and not self.misread() else ()

    def _paint_own(self, own: Mapping[str, str]) -> None:
        hints = {field.name: field.hint for field in self.fields}
        for name in (*own, *(self._painted - own.keys())):
            set_tone(self._entries[name], "bad", "true" if name in own else "false")
            self._entries[name].setToolTip(own.get(name, hints[name]))
        self._painted = frozenset(own)

    def _make_name(self) -> ChoiceEdit:
        """Names that are known are offered while one is typed; a new one is as good."""
        line = ChoiceEdit()
        line.free = line.timid = True
        line.leaving.connect(self._go_on)
        return line

    def _go_on(self) -> None:
        self.focusNextChild()

    def _tell(self, *_args: object) -> None:
        edited = self.sender()
        field = next((one for one in self.fields if self._entries.get(one.name) is edited), None)
        if field and not self._filling and self._is_in_hand():
            self._typed.add(field.name)
        if self._painted or (self._told.text() and field and not _misread_words(field, self._entries[field.name])):
            self._say_misread()  # what was put right is forgiven at once
        if field and self.forgiving and self._told_of:
            self._forgive(field)
        self.changed.emit()

    def _forgive(self, field: Field) -> None:
        """What was refused of it goes as soon as it can be read again: the paint, and the sentence above the form."""
        entry = self._entries[field.name]
        if field.name not in self._told_of or _misread_words(field, entry):
            return
        told = self._told_of.pop(field.name)
        if field.name not in self._painted:
            set_tone(entry, "bad", "false")
            entry.setToolTip(field.hint)
        for text in told:
            take_back(self, text)

    def _fill(self, values: Mapping[str, Any]) -> None:
        with self.filling():
            for field in self.fields:
                if field.name in values:
                    self._put(field, values[field.name])
        self._typed -= values.keys()

    def _is_in_hand(self) -> bool:
        """A calendar that is open over the form is a window of its own, to which Qt's own isAncestorOf says no."""
        hand = QApplication.focusWidget()
        while hand is not None and hand is not self:
            hand = hand.parentWidget()
        return hand is self

    def _paint_amounts(self, *_args: object) -> None:
        """While it is typed: an amount that is none is red, and told why in its tip."""
        for field in self.fields:
            entry = self._entries.get(field.name)
            if field.kind == MONEY and isinstance(entry, QLineEdit) and entry.hasFocus():
                bad = _is_misread(field, entry)
                set_tone(entry, "bad", "true" if bad else "false")
                entry.setToolTip(no_amount(entry.text()) if bad else field.hint)

    def _value(self, field: Field) -> Any:
        entry = self._entries[field.name]
        if isinstance(entry, QComboBox):
            return chosen(entry)
        if isinstance(entry, CalendarDay):
            return entry.day()
        if isinstance(entry, CountEdit):
            return entry.number()
        text = entry.text() if isinstance(entry, QLineEdit) else ""
        return read_yuan(text) if field.kind == MONEY else text if field.kind == SECRET else text.strip()

    def _text(self, field: Field) -> str:
        entry = self._entries[field.name]
        if isinstance(entry, CalendarDay):
            return entry.kept_text()
        return entry.text() if isinstance(entry, QLineEdit) else str(self._value(field))

    def _put(self, field: Field, value: Any) -> None:
        entry = self._entries[field.name]
        if isinstance(entry, QComboBox):
            choose(entry, value or "")
        elif isinstance(entry, CalendarDay):
            entry.put(value) if isinstance(value, date) else entry.put_text(value)
        elif isinstance(entry, QLineEdit):
            amount = field.kind == MONEY and isinstance(value, int)
            entry.setText(yuan_text(value, zero="", group=",") if amount else str(value or ""))
            entry.setCursorPosition(0)


def fill_choices(combo: QComboBox, words: Sequence[str]) -> None:
    """Offer words as they are kept (Chinese), each shown in the chosen language."""
    for word in words:
        combo.addItem(_(word), word)


def chosen(combo: QComboBox) -> str:
    """The word as it is kept; what was typed, where other words may be written."""
    place = combo.findText(combo.currentText())
    return str(combo.itemData(place) or combo.currentText()) if place >= 0 else combo.currentText()


def choose(combo: QComboBox, word: str) -> None:
    """Show a word as it is kept, one that was not offered too."""
    if word and combo.findData(word) < 0:
        combo.addItem(_(word), word)
    place = combo.findData(word)
    if place >= 0:
        combo.setCurrentIndex(place)


def no_amount(text: str) -> str:
    """The sentence about what was typed for an amount and is none."""
    return _("“{text}”不是金额，或者太大：写 123.45").format(text=text.strip()[:20])


def _is_misread(field: Field, entry: QLineEdit) -> bool:
    return field.kind == MONEY and bool(entry.text().strip()) and read_yuan(entry.text()) is None


def _misread_words(field: Field, entry: QWidget) -> str:
    if isinstance(entry, CountEdit | CalendarDay):
        return entry.misread()
    return no_amount(entry.text()) if isinstance(entry, QLineEdit) and _is_misread(field, entry) else ""


def settle(part: QWidget) -> None:
    """The same for every form of a part."""
    for form in part.findChildren(Form):
        form.settle()


def required(label: str) -> str:
    """A label whose field must be filled."""
    return _("{label} *").format(label=label)
