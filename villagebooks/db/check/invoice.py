"""Invoices that were handed in before: in another paper of any village, or twice in one."""

from __future__ import annotations

from sqlalchemy import Connection, Text, bindparam, text

from villagebooks.core.paper import INVOICE_DIGITS
from villagebooks.db.check.query import expand

_SAME = (
    "(e.kind = d.kind OR (length(d.number) = 20 AND d.kind LIKE '%票%' AND e.kind LIKE '%票%')) "
    "AND (e.paper <> d.paper OR (e.position <> d.position AND d.amount_fen > 0 AND e.amount_fen > 0)) "
    f"AND length(d.number) >= {INVOICE_DIGITS} AND d.kind NOT LIKE '%合同%' AND d.kind NOT LIKE '%文件%' "
    "AND d.kind NOT LIKE '%通知%' AND d.kind NOT LIKE '%协议%'"
)
"""The 20 digits of an electronic invoice are the country's, whatever the document is called."""
_OFTEN = (
    f"(SELECT g.number FROM document g WHERE length(g.number) >= {INVOICE_DIGITS} "  # noqa: S608  (our own words)
    "GROUP BY g.number HAVING COUNT(*) > 1)"
)
INVOICE_FROM = (
    "FROM paper p JOIN document d ON d.paper = p.uid JOIN document e ON e.number = d.number "
    f"JOIN paper o ON o.uid = e.paper JOIN book b ON b.id = o.book WHERE d.number IN {_OFTEN} AND e.number IN {_OFTEN} "
    f"AND {_SAME} AND o.state <> 'sent_back'"
)
"""Of papers `p` and documents `d`: the papers `o` that hold the same. No index has the numbers: those that stand
twice are found first, in one pass, else every document is held against every other."""
_NUMBERS = text(
    f"SELECT DISTINCT d.number FROM document d WHERE d.paper = :uid AND length(d.number) >= {INVOICE_DIGITS}"  # noqa: S608  (our own words)
)
_HOLDERS = text("SELECT DISTINCT e.paper FROM document e WHERE e.number IN :numbers").bindparams(
    bindparam("numbers", type_=Text, expanding=True)
)
_AGAIN = text(
    expand(
        f"SELECT DISTINCT d.kind, d.number, {{other}} FROM paper o JOIN document e ON e.paper = o.uid "  # noqa: S608  (our own words, values are bound)
        "JOIN document d ON d.number = e.number JOIN book b ON b.id = o.book "
        f"WHERE o.uid IN :holders AND d.paper = :uid AND {_SAME} AND o.state <> 'sent_back' ORDER BY 1, 2, 3"
    )
).bindparams(bindparam("holders", type_=Text, expanding=True))


def same_invoices(connection: Connection, uid: str) -> list[tuple[str, str, str]]:
    """(kind, number, book and paper) of what a paper hands in that was handed in before. No index has the numbers: all
    documents are gone through once for those of the paper, and no more."""
    numbers = list(connection.execute(_NUMBERS, {"uid": uid}).scalars())
    holders = list(connection.execute(_HOLDERS, {"numbers": numbers}).scalars()) if numbers else []
    rows = connection.execute(_AGAIN, {"uid": uid, "holders": holders}) if holders else ()
    return [(kind, number, other) for kind, number, other in rows]
