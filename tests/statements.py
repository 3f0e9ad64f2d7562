"""SQL is compiled once a run: an engine of SQLAlchemy forgets with itself, and nearly every test opens books anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

MOST = 3000
"""Statements that are kept; the program has about 1,500, some in both dialects."""


class Statements(LRUCache[Any, Any]):
    """What engines of one dialect compiled, kept by the class of the dialect instead of by the engine's own."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


def share_statements() -> None:
    """Every engine of this process, from now on."""
    kept = Statements(MOST)

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)
