"""Rows of the log in words: what a table and its fields are called, how values are written, what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.journal.label import field_labels, parts_of, table_words, value_words
from villagebooks.core.money import said_yuan
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


LINKS = (
    "voucher_line.voucher", "voucher_line.day", "paper_voucher.voucher", "paper_voucher.paper", "document.paper",
    "document_image.paper", "schedule_draft.schedule", "template_line.template", "schedule_line.schedule",
)  # fmt: skip
"""Fields that only tie a row to the one it belongs to, or repeat it."""
PLACES = ("line", "position", "ordinal", "code")
"""Fields that say which row it is among its like."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
        told = f"{self.before or _('（空）')} → {self.after or _('（空）')}"
        return _("{where}：{text}").format(where=f"{place}{self.field}", text=told)


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
    if named.table == "revocation":
        values["name"] = str(values.get("name", "")).rpartition("/")[2]
    if named.table == "approval":
        return _approval_words(values)
    if named.table == "setting":
        return _setting_words(str(values.get("key", key)))
    if named.table == "key_box":
        return str(values.get("name", key)).rpartition("/")[2]
    said = [value_text(named.table, name, values[name]) for name in parts_of(named.table) if name in values]
    words = " ".join(one for one in said if one)
    if named.table in ("voucher", "paper", "voucher_remark"):
        title = str(values.get("title", ""))
        words = _("{where}：{text}").format(where=title, text=words) if words else title
    money = values.get("amount_fen")
    if isinstance(money, int) and money and named.table in ("voucher", "paper"):
        words = f"{words}……{said_yuan(money)}"
    return f"{named.book} {words}".strip() or key


def _setting_words(key: str) -> str:
    """The setting by its word, then what it is of: 查询库的盐 V05."""
    name, rest = (*re.split(r"[:/]", key, maxsplit=1), "")[:2]
    return f"{value_words().get(f'key={name}', name)} {rest}".strip()


def _approval_words(values: Row) -> str:
    """What was signed, the step and its decision, then who signed, on ink or by key: at the window of whoever sat
    there."""
    words = value_words()
    mode = _("纸质签字") if values.get("mode") == "paper" else _("电子签字")
    decision = words.get(f"decision={values.get('decision')}", str(values.get("decision")))
    said = f"{values.get('target', '')} {values.get('step_title', values.get('step', ''))} {decision}".strip()
    more = _("，").join(one for one in (str(values.get("name", "")), mode) if one)
    return _("{name}（{more}）").format(name=said, more=more)


def value_text(table: str, column: str, value: object) -> str:
    """A value as people write it: fen as yuan, codes by their words; nothing for what is empty."""
    if value is None or value == "":
        return ""
    if column in SEALED:
        return _("（加密保存，不显示）")
    units = {"version": _("第 {n} 版"), "attachment.size": _("{n} 字节"), "query_export.seq": _("第 {n} 份"),
             "send_back.reason": _("第 {n} 条")}  # fmt: skip
    unit = units.get(f"{table}.{column}") or units.get(column)
    if unit:
        return unit.format(n=value)
    if column.endswith("_fen") and isinstance(value, int):
        return said_yuan(value)
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
        words = " ".join(part for part in key.split(" ") if not _UUID.fullmatch(part))
        where = "" if kind == table and not key else f"{table_word(kind)} {words}".strip()
        told = list(_row_changes(kind, where, before.get(name), after.get(name), hidden, key.split(" ")))
        if not told and (name in before) != (name in after):
            told = [FieldChange(where, _("有没有"), *((_("有"), "") if name in before else ("", _("有"))))]
        yield from told


def _row_changes(
    kind: str, where: str, old: Row | None, new: Row | None, hidden: set[str], key: Sequence[str]
) -> Iterator[FieldChange]:
    """Fields of one row that differ; what only says which row it is, is said by `where`."""
    for column in dict.fromkeys([*(old or {}), *(new or {})]):
        was, now = (one.get(column) if one else None for one in (old, new))
        same = was == now or (column in hidden and column not in SEALED)
        if same or f"{kind}.{column}" in LINKS or (column in PLACES and str(now if old is None else was) in key):
            continue
        texts = [value_text(kind, column, one) if not _is_zero(column, one) else "" for one in (was, now)]
        if column in SEALED and old is not None and new is not None:
            texts[1] = _("（换了）")
        if texts[0] != texts[1]:
            yield FieldChange(where, field_label(kind, column), texts[0], texts[1])


def _is_zero(column: str, value: object) -> bool:
    """No amount is nothing to tell."""
    return value == 0 and (column.endswith("_fen") or column == "quantity")
