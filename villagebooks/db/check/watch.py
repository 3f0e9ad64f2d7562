"""How signing went: how soon, by how many people, at what hours. Thresholds are bound; `at` is ISO with offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.payee import names_in, plain_name
from villagebooks.core.policy import Policy
from villagebooks.core.watch import Watch
from villagebooks.db.check.query import expand

_SAME_DAY = (
    "SELECT g.uid, g.begun, g.later FROM (SELECT object_uid AS uid, rev, "
    "MIN(CASE WHEN step = 'prepare' THEN at END) AS begun, MIN(CASE WHEN step <> 'prepare' THEN at END) AS later "
    "FROM approval WHERE book = :book AND about = 'voucher' AND decision = 'approve' GROUP BY object_uid, rev) g "
    "WHERE substr(g.begun, 1, 10) = substr(g.later, 1, 10)"
)
"""Vouchers that somebody else signed on the day when they were prepared: found in one pass, looked at closely after."""
_NEVER = 10**9
_SIGNED = (
    "SELECT {voucher}, a.signer, a.step, p.signer, p.at, a.at FROM voucher v "
    "JOIN approval p ON p.object_uid = v.uid AND p.rev = v.rev AND p.step = 'prepare' AND p.decision = 'approve' "
    "JOIN approval a ON a.object_uid = v.uid AND a.rev = v.rev AND a.decision = 'approve' AND a.step <> 'prepare' "
    "WHERE v.uid = :uid AND v.book = :book AND v.state <> 'void' AND a.signer <> p.signer AND a.mode = 'key' "
    "ORDER BY a.id"
)
_ROLES = (
    "SELECT v.year, v.month, a.signer, a.step, COUNT(*) FROM voucher v JOIN approval a ON a.object_uid = v.uid "
    "AND a.rev = v.rev WHERE v.book = :book AND v.state <> 'void' AND a.about = 'voucher' AND a.decision = 'approve' "
    "AND a.mode = 'key' GROUP BY v.year, v.month, a.signer, a.step ORDER BY v.year, v.month, a.signer, MIN(a.id)"
)
_NIGHT = (
    "SELECT substr(a.at, 1, 10), a.signer, MIN(substr(a.at, 12, 5)), MAX(substr(a.at, 12, 5)), "
    "COUNT(DISTINCT a.object_uid) FROM approval a WHERE a.book = :book AND a.about IN ('voucher', 'paper') "
    "AND {night} GROUP BY substr(a.at, 1, 10), a.signer HAVING COUNT(DISTINCT a.object_uid) >= :count ORDER BY 1, 2"
)
_HOUR = "substr(a.at, 12, 2)"
_OVER_MIDNIGHT = f"({_HOUR} >= :night_from OR {_HOUR} < :night_to)"
_BEFORE_MIDNIGHT = f"({_HOUR} >= :night_from AND {_HOUR} < :night_to)"
_FORBIDDEN = (
    "SELECT DISTINCT {line}, l.summary {lines} WHERE v.book = :book AND v.policy = :policy AND v.state <> 'void' "
    "AND l.debit_fen - l.credit_fen > 0 AND l.summary LIKE :word"
)
_RELATIVES = (
    "SELECT DISTINCT {paper}, r.name, r.officer, r.kinship FROM relative r JOIN paper p ON p.book = :book "
    "JOIN approval a ON a.object_uid = p.uid AND a.rev = p.rev AND a.about = 'paper' AND a.decision = 'approve' "
    "WHERE r.uid = :uid AND p.direction = '支出' AND (r.since = '' OR r.since <= p.day) "
    "AND (r.ended_on = '' OR p.day <= r.ended_on) AND '、' || a.name || '、' LIKE '%、' || r.officer || '、%' "
    "AND (p.payee IN :payees OR EXISTS (SELECT 1 FROM paper_voucher j JOIN voucher v ON v.uid = j.voucher "
    "JOIN voucher_line l ON l.voucher = v.id WHERE j.paper = p.uid AND v.state <> 'void' AND l.party IN :parties)) "
    "ORDER BY 1"
)
_NEAR = (
    "SELECT r.uid, r.name FROM relative r WHERE r.village IN ('', (SELECT village FROM book WHERE id = :book)) "
    "ORDER BY r.recorded_at, r.uid"
)
_PAYEES = "SELECT DISTINCT p.payee FROM paper p WHERE p.book = :book AND p.direction = '支出' AND p.payee <> ''"
_PARTIES = (
    "SELECT DISTINCT l.party, COALESCE(y.name, l.party) FROM voucher_line l LEFT JOIN party y ON y.book = l.book "
    "AND y.code = l.party WHERE l.book = :book AND l.party <> ''"
)
_APPROVED = (
    "SELECT DISTINCT {paper}, p.payee, a.name FROM paper p JOIN approval a ON a.object_uid = p.uid AND a.rev = p.rev "
    "AND a.about = 'paper' AND a.decision = 'approve' WHERE p.book = :book AND p.policy = :policy "
    "AND p.direction = '支出' AND p.payee <> '' AND a.step IN :steps ORDER BY 1"
)


def fast_signatures(connection: Connection, book: int, watch: Watch) -> list[tuple[Any, ...]]:
    """(voucher, signer, step, preparer, seconds) of whoever signed so soon after the preparer."""
    near = _rows(connection, _SAME_DAY, book=book) if watch.fast_seconds else []
    found = [
        (*row[:4], _seconds_between(row[4], row[5]))
        for uid, begun, later in near
        if _seconds_between(begun, later) < watch.fast_seconds
        for row in _rows(connection, _SIGNED, uid=uid, book=book)
        if 0 <= _seconds_between(row[4], row[5]) < watch.fast_seconds
    ]
    return sorted(found, key=lambda row: str(row[0]))


def _seconds_between(first: str, second: str) -> int:
    """From one time to another, very many where one of them is none: that is told as a changed row."""
    try:
        return int((datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds())
    except (ValueError, TypeError):
        return _NEVER


def roles_signed(connection: Connection, book: int) -> list[tuple[Any, ...]]:
    """(year, month, signer, step, vouchers) of every step that anybody's key signed, by month."""
    return _rows(connection, _ROLES, book=book)


def night_batches(connection: Connection, book: int, watch: Watch) -> list[tuple[Any, ...]]:
    """(day, signer, first time, last time, objects) of whoever signed much at night."""
    if not watch.night_count:
        return []
    over = watch.night_from > watch.night_to
    sql = _NIGHT.replace("{night}", _OVER_MIDNIGHT if over else _BEFORE_MIDNIGHT)
    hours = {"night_from": f"{watch.night_from:02d}", "night_to": f"{watch.night_to:02d}"}
    return _rows(connection, sql, book=book, count=watch.night_count, **hours)


def forbidden_lines(connection: Connection, book: int, sha256: str, policy: Policy) -> list[tuple[str, str]]:
    """(line, word) of spending in vouchers of the policy whose summary holds a word that it forbids."""
    return [
        (str(row[0]), word)
        for word in policy.limits.forbidden
        for row in _rows(connection, _FORBIDDEN, book=book, policy=sha256, word=f"%{word}%")
    ]


def relative_payees(connection: Connection, book: int) -> list[tuple[Any, ...]]:
    """(paper, payee, officer, kinship) where money went to somebody near to an officer whose ink is on the paper."""
    near = _rows(connection, _NEAR, book=book)
    if not near:
        return []
    payees = [(payee, names_in(payee)) for (payee,) in _rows(connection, _PAYEES, book=book)]
    parties = [(code, plain_name(name)) for code, name in _rows(connection, _PARTIES, book=book)]
    query = text(expand(_RELATIVES)).bindparams(
        *(bindparam(one, type_=Text, expanding=True) for one in ("payees", "parties"))
    )
    found: list[tuple[Any, ...]] = []
    for uid, name in near:
        plain = plain_name(name)
        values = {
            "payees": [payee for payee, named in payees if plain in named],
            "parties": [code for code, called in parties if called == plain],
        }
        if any(values.values()):
            found += map(tuple, connection.execute(query, {**values, "book": book, "uid": uid}))
    return found


def own_payees(connection: Connection, book: int, sha256: str, steps: Sequence[str]) -> list[tuple[str, str]]:
    """(paper, person) of papers of the policy that somebody approved by one of these steps and was paid by."""
    query = text(expand(_APPROVED)).bindparams(bindparam("steps", type_=Text, expanding=True))
    return [
        (paper, name)
        for paper, payee, ink in connection.execute(query, {"book": book, "policy": sha256, "steps": list(steps)})
        for name in ink.split("、")
        if plain_name(name) in names_in(payee)
    ]


def _rows(connection: Connection, sql: str, **values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(expand(sql)), values)]
