"""Approval policies as they were put in force: kept for ever, the newest counts for what is prepared from now on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from villagebooks.db import schema

_policy = schema.policy.c


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy: its number, the hash that papers and vouchers name it by, its canonical bytes, who put it, when."""

    version: int
    sha256: str
    body: bytes
    put_by: str
    at: str


def policies(connection: Connection) -> list[PolicyRow]:
    """Every policy that was ever in force, oldest first."""
    rows = connection.execute(select(schema.policy).order_by(_policy.version))
    return [PolicyRow(row.version, row.sha256, row.body, row.put_by, row.at) for row in rows]


def newest(connection: Connection) -> PolicyRow | None:
    """The policy in force, None while the township has none of its own."""
    row = connection.execute(select(schema.policy).order_by(_policy.version.desc()).limit(1)).one_or_none()
    return PolicyRow(row.version, row.sha256, row.body, row.put_by, row.at) if row else None


def body_of(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of the policy of this hash."""
    body: bytes | None = connection.execute(select(_policy.body).where(_policy.sha256 == sha256)).scalar()
    return body


def add_policy(connection: Connection, row: PolicyRow) -> None:
    """The next version."""
    connection.execute(
        insert(schema.policy).values(
            version=row.version, sha256=row.sha256, body=row.body, put_by=row.put_by, at=row.at
        )
    )  # fmt: skip
