"""The approval policy of the township: ready ones, putting one in force, what it would ask of a paper or voucher."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from villagebooks.core.approval import PREPARE, ROLES
from villagebooks.core.paper import Paper
from villagebooks.core.person import Officer
from villagebooks.core.policy import (
    Policy,
    Step,
    check_policy,
    policy_data,
    read_policy,
    voucher_flow,
)
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.village import Village
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import policy as policy_rows
from villagebooks.db.policy import PolicyRow
from villagebooks.paths import resource
from villagebooks.seal import canonical
from villagebooks.services.desk import Office, acting_office

READY = ("default", "three-signatures", "small-village", "baiyanhe")
"""Policies that come with the program, to be taken as they are or changed."""


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """A policy with its number (0: the built-in one), its hash, who put it in force and when."""

    version: int
    sha256: str
    policy: Policy
    put_by: str = ""
    at: str = ""


@lru_cache(maxsize=8)
def ready_policy(name: str) -> Policy:
    """One of `READY`."""
    return read_policy(json.loads(resource("policy", f"{name}.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=32)
def _read(body: bytes) -> Policy:
    said = canonical.load(body)
    return read_policy(said.get("policy") if isinstance(said, dict) else None)


def policy_of(connection: Connection, sha256: str) -> Policy:
    """The policy that a paper or voucher was made under; Refused when the books do not hold it."""
    if not sha256:
        return ready_policy(READY[0])
    body = policy_rows.body_of(connection, sha256)
    if body is None or hashlib.sha256(body).hexdigest() != sha256:
        raise Refused([Problem(_("账套里没有这张单子所用的审批办法，或它被改动过"))])
    return _read(body)


def step_titles(connection: Connection) -> dict[str, str]:
    """What people call each step by any policy that was ever in force, the newest word counting; and other acts."""
    titles = {
        "close": _("结账"), "reopen": _("反结账"), "reopen-2": _("反结账（第二人）"), "lock": _("锁定年度"),
        "confirm": _("确认对账"), "withdraw": _("撤销确认"), "watch": _("监盘"), "merge": _("完成并账"),
    }  # fmt: skip
    policies = [ready_policy(name) for name in READY] + [_read(row.body) for row in policy_rows.policies(connection)]
    for policy in policies:
        titles |= {name: step.title for name, step in policy.steps.items()}
    return titles


def in_force(connection: Connection) -> PolicyInForce:
    """The policy for what is prepared now."""
    row = policy_rows.newest(connection)
    if row is None:
        return PolicyInForce(0, "", ready_policy(READY[0]))
    return PolicyInForce(row.version, row.sha256, _read(row.body), row.put_by, row.at)


def current_policy(office: Office) -> PolicyInForce:
    """The policy for what is prepared now, for a screen."""
    with office.books.read() as connection:
        return in_force(connection)


def list_policies(office: Office) -> list[PolicyInForce]:
    """Every policy that was in force, newest first; the built-in one last."""
    with office.books.read() as connection:
        rows = policy_rows.policies(connection)
    kept = [PolicyInForce(one.version, one.sha256, _read(one.body), one.put_by, one.at) for one in reversed(rows)]
    return [*kept, PolicyInForce(0, "", ready_policy(READY[0]))]


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What the editor needs: every policy that was in force (the one now first), villages, posts, and the day."""

    versions: tuple[PolicyInForce, ...]
    villages: tuple[Village, ...]
    officers: tuple[Officer, ...]
    day: str


def policy_facts(office: Office) -> PolicyFacts:
    """The same, read for the editor."""
    with office.books.read() as connection:
        known = [one for one in book_rows.villages(connection) if not one.successor]
        posts = tuple(person_rows.officers(connection))
    return PolicyFacts(tuple(list_policies(office)), tuple(known), posts, office.books.now()[:10])


def find_faults(policy: Policy) -> list[Problem]:
    """What stands against putting the policy in force; the editor paints them."""
    problems = check_policy(policy, ROLES)
    first = policy.steps.get(PREPARE)
    flows = [policy.centre, *(rule.centre for rule in policy.rules if rule.centre)]
    if first is None or any(flow[:1] != (PREPARE,) for flow in flows):
        problems.append(Problem(_("中心的签字要从制单开始")))
    return problems


def put_policy(office: Office, policy: Policy) -> PolicyInForce:
    """Put a policy in force for what is prepared from now on; Refused with every fault, or when nothing changes."""
    refuse_if(find_faults(policy))
    with acting_office(office) as act:
        old = policy_rows.newest(act.connection)
        data = policy_data(policy)
        if old and policy_data(_read(old.body)) == data:
            raise Refused([Problem(_("和现在用的审批办法一样，没有要改的"))])
        version = (old.version if old else 0) + 1
        body = canonical.dump({"v": 1, "version": version, "policy": data})
        row = PolicyRow(version, hashlib.sha256(body).hexdigest(), body, act.person, act.at)
        policy_rows.add_policy(act.connection, row)
        act.record("policy", f"policy:{version}")
    return PolicyInForce(version, row.sha256, policy, row.put_by, row.at)


def steps_of_voucher(
    connection: Connection, sha256: str, papers: Sequence[Paper], village: str, *, moves_money: bool
) -> tuple[Step, ...]:
    """The centre's steps on a voucher, by the policy it was prepared under."""
    return voucher_flow(policy_of(connection, sha256), papers, village, moves_money=moves_money)
