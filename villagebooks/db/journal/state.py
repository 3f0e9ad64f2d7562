"""The states of an object before and after an entry, told from what is kept beside the entries and from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Table

from villagebooks.db.digest import (
    SETS,
    SetKey,
    child_columns,
    digest_of,
    digest_of_set,
    named_values,
    row_content,
    set_rows,
    tables_of,
)
from villagebooks.db.journal.before import State, read, states_of, undo
from villagebooks.seal import canonical

Rows = Mapping[str, Mapping[str, object]]
MOST_ROWS = 100
"""Rows of a set that are shown when it is new."""


@dataclass(frozen=True, slots=True)
class Told:
    """Rows by name before and after an entry. `known` is False where that was not kept, `sound` False where a state is
    not the one that the log says; `raw` is what is kept, as JSON."""

    before: Rows
    after: Rows
    known: bool
    sound: bool
    inserted: bool
    raw: str = ""


def tell_states(connection: Connection, ref: str, chain: str, seq: int) -> Told | None:
    """What a reference's object was before and after an entry; None for what has no rows of its own to show."""
    states = states_of(connection, ref)
    place = next((at for at, one in enumerate(states) if (one.chain, one.seq) == (chain, seq)), None)
    if place is None or not tables_of(ref):
        return None
    tell = _tell_set if ref.partition(":")[0] in SETS else _tell_row
    return tell(connection, ref, states, place)


def _tell_row(connection: Connection, ref: str, states: Sequence[State], place: int) -> Told:
    one, last = states[place], states[place - 1] if place else None
    before, after = _kept(one.content), _after(connection, ref, states, place)
    sound = after is not None or not _are_kept(states[place + 1 :], one)
    if one.content is not None:
        sound = sound and last is not None and before is not None and digest_of(before) == last.digest
    elif last is not None and last.digest == one.digest:
        before = after
    known = after is not None and (last is None or before is not None or last.digest == "")
    rows = tables_of(ref)
    told = (_named(ref, rows, before), _named(ref, rows, after))
    return Told(*told, known, sound, last is None, _json(one.content))


def _after(connection: Connection, ref: str, states: Sequence[State], place: int) -> object | None:
    """The content whose digest the entry names: what a later act found there, or what stands there now."""
    wanted = states[place].digest
    for later in states[place + 1 :]:
        content = _kept(later.content)
        if content is not None and digest_of(content) == wanted:
            return content
    now = row_content(connection, ref)
    return now if now is not None and digest_of(now) == wanted else None


def _are_kept(later: Sequence[State], one: State) -> bool:
    """Whether the state after an entry should be there: nothing changed since, or what was changed was kept."""
    changed = next((state for state in later if state.digest != one.digest), None)
    return changed is None or changed.content is not None


def _tell_set(connection: Connection, ref: str, states: Sequence[State], place: int) -> Told:
    one, last = states[place], states[place - 1] if place else None
    rows: dict[SetKey, object] | None = set_rows(connection, ref)
    for later, earlier in zip(states[:place:-1], states[-2::-1], strict=False):
        if later.content is not None:
            rows = undo(rows or {}, _kept(later.content))
        elif later.digest != earlier.digest:
            rows = None  # from before such things were kept
            break
    if rows is None:
        return Told({}, {}, known=False, sound=True, inserted=last is None)
    sound = digest_of_set(rows.values()) == one.digest
    difference = _kept(one.content)
    if not isinstance(difference, dict):
        shown = dict(islice(rows.items(), MOST_ROWS)) if last is None else {}
        return Told({}, dict(_set_rows(ref, shown)), known=True, sound=sound, inserted=last is None)
    before = undo(rows, difference)
    sound = sound and last is not None and digest_of_set(before.values()) == last.digest
    keys = {(at, tuple(key)) for at, key, _row in difference["was"]}
    keys |= {(at, tuple(key)) for at, key in difference["new"]}
    pair = [dict(_set_rows(ref, {key: all_[key] for key in sorted(keys) if key in all_})) for all_ in (before, rows)]
    return Told(pair[0], pair[1], known=True, sound=sound, inserted=False, raw=_json(one.content))


def _set_rows(ref: str, rows: Mapping[SetKey, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    tables = SETS[ref.partition(":")[0]]
    for (place, key), row in rows.items():
        table, column = tables[place]
        values = named_values(table, row)
        names = [one.name for one in table.primary_key]
        told = [str(part) for part, name in zip(key, names, strict=True) if name != column]
        if table.name == "person":
            told = [str(values["household"]), str(values["name"])]
        yield f"{table.name}/{' '.join(told)}", values


def _named(ref: str, tables: Sequence[Table], content: object) -> Rows:
    """The rows of a single object by name: its own by the table's, children by theirs and what tells them apart."""
    if not isinstance(content, list) or not content:
        return {}
    own = tables[0]
    rows: dict[str, Mapping[str, object]] = {own.name: named_values(own, content[0])}
    for table, column, many in zip(tables[1:], child_columns(ref), content[1:], strict=False):
        names = [one.name for one in table.primary_key if one.name != column]
        for row in many if isinstance(many, list) else ():
            values = named_values(table, row)
            rows[f"{table.name}/{' '.join(str(values.get(name, '')) for name in names)}"] = values
    return rows


def _kept(content: bytes | None) -> object | None:
    if content is None:
        return None
    try:
        return read(content)
    except canonical.FormatError:
        return None


def _json(content: bytes | None) -> str:
    kept = _kept(content)
    return canonical.dump(kept).decode() if kept is not None else ""
