"""Rows of the log in words: what a table and its fields are called, how values are written, what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.journal.label import field_labels, parts_of, table_words, value_words
from villagebooks.core.money import yuan_text
from villagebooks.core.words import _

Row = Mapping[str, object]
Rows = Mapping[str, Row]
"""Rows by what they are called among their like: `voucher_line/1`."""

LONGEST = 200
"""Characters of a value that is shown whole."""
HIDDEN = (
    "uid", "id", "digest", "rev", "id_index", "id_sealed", "code_sealed", "sort_key", "number_index", "number_sealed",
    "book", "level", "parent",
)  # fmt: skip
"""Fields that no person reads: names of rows for the program, digests, what is sealed."""
SEALED = ("id_sealed", "code_sealed", "number_sealed", "box", "office_wrap", "wrapped", "intake_public")
"""Fields whose content nobody may see, not even that it is long: only that it has changed."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a reference names: its table, the code of its book (empty: the office's), and the fields that tell it."""

    table: str
    book: str
    values: Row


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an act; an empty side says that the row was not there. `where` names the row among
    the rows of the object, empty for the object itself."""

    where: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """分录 1　借方：742.60 → 800.00."""
        place = f"{self.where}　" if self.where else ""
        return f"{place}{self.field}：{self.before or _('（空）')} → {self.after or _('（空）')}"


def table_word(table: str) -> str:
    """What people call an object of a table; one that nobody has named stays as it is."""
    return table_words().get(table, table)


def field_label(table: str, column: str) -> str:
    """What people call a field; the table's own word goes before the usual one."""
    labels = field_labels()
    return labels.get(f"{table}.{column}", labels.get(column, column))


def object_words(named: Named | None, key: str) -> str:
    """An object in words: V01 2026-09 记6：买打印纸……742.60; by its key where nothing is known of it."""
    if named is None:
        return key
    values = dict(named.values)
    if named.table == "approval":
        return _approval_words(values)
    said = [value_text(named.table, name, values[name]) for name in parts_of(named.table) if name in values]
    words = " ".join(one for one in said if one)
    if named.table in ("voucher", "paper", "voucher_remark"):
        words = f"{values.get('title', '')}：{words}" if words else str(values.get("title", ""))
    money = values.get("amount_fen")
    if isinstance(money, int) and money and named.table in ("voucher", "paper"):
        words = f"{words}……{yuan_text(money, group=',')}"
    return f"{named.book} {words}".strip() or key


def _approval_words(values: Row) -> str:
    """The step and its decision, on ink or by key, then what was signed."""
    words = value_words()
    mode = _("纸质签字") if values.get("mode") == "paper" else _("电子签字")
    decision = words.get(f"decision={values.get('decision')}", str(values.get("decision")))
    return f"{values.get('target', '')} {values.get('step_title', values.get('step', ''))} {decision}（{mode}）".strip()


def value_text(table: str, column: str, value: object) -> str:
    """A value as people write it: fen as yuan, codes by their words; nothing for what is empty."""
    if value is None or value == "":
        return ""
    if column in SEALED:
        return _("（加密保存，不显示）")
    if column.endswith("_fen") and isinstance(value, int):
        return yuan_text(value, group=",")
    words = value_words()
    for name in (f"{table}.{column}={value}", f"{column}={value}"):
        if name in words:
            return words[name]
    text = str(value)
    return text if len(text) <= LONGEST else _("{start}…（共 {n} 字）").format(start=text[:LONGEST], n=len(text))


def changes(table: str, before: Rows, after: Rows, names: Sequence[str] = ()) -> tuple[FieldChange, ...]:
    """What is different between the rows of an object before and after, field by field; rows that came or went whole.

    `names` are columns whose values need no telling.
    """
    return tuple(_changes(table, before, after, {*HIDDEN, *names}))


def _changes(table: str, before: Rows, after: Rows, hidden: set[str]) -> Iterator[FieldChange]:
    for name in [*before, *(one for one in after if one not in before)]:
        kind, _slash, key = name.partition("/")
        where = "" if kind == table and not key else f"{table_word(kind)} {key}".strip()
        old, new = before.get(name), after.get(name)
        for column in dict.fromkeys([*(old or {}), *(new or {})]):
            was, now = (one.get(column) if one else None for one in (old, new))
            if was == now or (column in hidden and column not in SEALED):
                continue
            texts = [value_text(kind, column, one) if not _is_zero(column, one) else "" for one in (was, now)]
            if column in SEALED and old is not None and new is not None:
                texts[1] = _("（换了）")
            if texts[0] != texts[1]:
                yield FieldChange(where, field_label(kind, column), texts[0], texts[1])


def _is_zero(column: str, value: object) -> bool:
    """No amount is nothing to tell."""
    return value == 0 and column.endswith("_fen")
