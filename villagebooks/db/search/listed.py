"""Long lists of values in a condition: bound as one, so that the text of a query does not grow with what was found."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection


def in_numbers(connection: Connection, column: str, among: Sequence[int], name: str, values: dict[str, object]) -> str:
    """Condition that a column is among these numbers, which are put into `values` under `name`."""
    values[name] = json.dumps(list(among))
    if connection.dialect.name == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:{name}))"  # noqa: S608  (our own words, values are bound)
    return f"{column} IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:{name} AS JSON)))"  # noqa: S608  (as above)


def in_texts(connection: Connection, column: str, among: Sequence[str], name: str, values: dict[str, object]) -> str:
    """The same for texts."""
    values[name] = json.dumps(list(among))
    if connection.dialect.name == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:{name}))"  # noqa: S608  (our own words, values are bound)
    return f"{column} IN (SELECT value FROM json_array_elements_text(CAST(:{name} AS JSON)))"  # noqa: S608  (as above)


def in_pairs(
    connection: Connection, columns: str, among: Sequence[tuple[int, str]], name: str, values: dict[str, object]
) -> str:
    """The same for pairs of a number and a text."""
    values[name] = json.dumps([list(one) for one in among])
    if connection.dialect.name == "sqlite":
        pairs = "json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:{name})"
    else:
        pairs = "CAST(value ->> 0 AS BIGINT), value ->> 1 FROM json_array_elements(CAST(:{name} AS JSON))"
    return f"{columns} IN (SELECT {pairs.format(name=name)})"
