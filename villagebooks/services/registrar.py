"""Whose key counts: a signer's own for the duty of a step, a registrar's for the ink of others."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.db import person as person_rows
from villagebooks.seal.key import valid_signers
from villagebooks.services.desk import Act
from villagebooks.services.key import Unlocked, load_directory, registrars


def check_registrar(act: Act, unlocked: Unlocked) -> list[Problem]:
    """Whether the person may attest the ink of others: an agent accountant or the director, with a key that counts."""
    roles = person_rows.duties(act.connection, unlocked.person, act.at[:10])
    if AGENT not in roles and DIRECTOR not in roles:
        return [Problem(_("{name}没有登记签字的职责").format(name=unlocked.person))]
    return check_registrar_key(act.connection, unlocked)


def check_key(connection: Connection, unlocked: Unlocked, role: str = "") -> list[Problem]:
    """A key that the directory no longer lists, or lists without the duty, signs nothing: posting would refuse it."""
    return _check_listed(valid_signers(load_directory(connection), role or None), unlocked)


def check_registrar_key(connection: Connection, unlocked: Unlocked) -> list[Problem]:
    """Ink is attested with a key that the directory lists for an agent accountant or the director."""
    return _check_listed(registrars(load_directory(connection)), unlocked)


def _check_listed(listed: Mapping[str, bytes], unlocked: Unlocked) -> list[Problem]:
    if listed.get(unlocked.keys.name) == unlocked.keys.signing.public:
        return []
    return [Problem(_("{name}的钥匙已吊销，或名录里没有这项职责，请先重新发钥匙").format(name=unlocked.person))]
