"""Keys that imports sealed villagers' numbers under, each wrapped to the office until somebody takes them over."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from villagebooks.db import schema


def public_key(connection: Connection) -> bytes:
    """The office's public key for what comes in while nobody holds the office key (32 bytes)."""
    key: bytes = connection.execute(select(schema.office.c.intake_public)).scalar_one()
    return key


def add_key(connection: Connection, wrapped: bytes) -> None:
    """Keep the wrapped key of an import."""
    connection.execute(insert(schema.intake).values(wrapped=wrapped))


def wrapped_keys(connection: Connection) -> list[bytes]:
    """Wrapped keys that wait to be taken over, in the order of their imports."""
    return list(connection.execute(select(schema.intake.c.wrapped).order_by(schema.intake.c.id)).scalars())


def forget_keys(connection: Connection) -> None:
    """Everything sealed under them is sealed under the office key now."""
    connection.execute(delete(schema.intake))
