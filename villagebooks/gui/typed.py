"""What somebody typed that is saved nowhere: forms changed by hand, the lines and texts that stand beside them, and
lists whose cells are typed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QStackedWidget, QTabWidget, QWidget

from villagebooks.gui.cell import cell_texts, has_typed_cells
from villagebooks.gui.form import Form
from villagebooks.gui.part import CARRIED, GUARDED
from villagebooks.gui.section import Sections

_USUAL = QLineEdit.EchoMode.Normal


def typed_in(part: QWidget) -> Iterator[QWidget]:
    """The forms, lines, texts and lists in which something stands that was typed by hand and neither saved nor given
    up."""
    yield from (form for form in part.findChildren(Form) if form.touched)
    yield from (one for one in loose_in(part) if _is_in_hand(one, part))
    lists = (view for view in part.findChildren(QAbstractItemView) if has_typed_cells(view))
    yield from (view for view in lists if _is_in_hand(view, part))


def loose_in(part: QWidget) -> Iterator[QLineEdit | QPlainTextEdit]:
    """Lines and texts outside of forms in which somebody typed; secrets are no words that anybody keeps."""
    for line in part.findChildren(QLineEdit):
        if line.isModified() and line.text().strip() and line.echoMode() == _USUAL and not line.property(CARRIED):
            yield line
    yield from (text for text in part.findChildren(QPlainTextEdit) if is_written(text))


def is_written(text: QPlainTextEdit) -> bool:
    """Whether somebody wrote in it since it was filled."""
    return text.document().isModified() and not text.isReadOnly()


def words_of(one: QWidget) -> tuple[str, ...]:
    """What stands there, to tell it from what stands there later."""
    if isinstance(one, Form):
        return tuple(one.texts().values())
    if isinstance(one, QLineEdit):
        return (one.text(),)
    if isinstance(one, QAbstractItemView):
        return cell_texts(one)
    return (one.toPlainText(),) if isinstance(one, QPlainTextEdit) else ()


def _is_in_hand(one: QWidget, part: QWidget) -> bool:
    """Not in a form, nor in a part that asks by itself, nor in one that was put away: left words are given up."""
    while one is not part:
        above = one.parentWidget()
        if above is None or isinstance(above, Form) or above.property(GUARDED):
            return False
        if one.isHidden() and not _is_turned(above):
            return False
        one = above
    return True


def _is_turned(stack: QWidget) -> bool:
    """Whether it shows one tab or section of several: who turns to another gives nothing up."""
    return isinstance(stack, QStackedWidget) and isinstance(stack.parentWidget(), QTabWidget | Sections)
