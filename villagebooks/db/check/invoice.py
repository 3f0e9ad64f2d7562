"""Invoices that were handed in before: in another paper of any village, or twice in one."""

from __future__ import annotations

from sqlalchemy import Connection, text

from villagebooks.core.paper import INVOICE_DIGITS
from villagebooks.db.check.query import expand

INVOICE_FROM = (
    "FROM paper p JOIN document d ON d.paper = p.uid JOIN document e ON e.number = d.number "
    "AND (e.kind = d.kind OR (length(d.number) = 20 AND d.kind LIKE '%票%' AND e.kind LIKE '%票%')) "
    "AND (e.paper <> d.paper OR (e.position <> d.position AND d.amount_fen > 0 AND e.amount_fen > 0)) "
    f"JOIN paper o ON o.uid = e.paper JOIN book b ON b.id = o.book WHERE length(d.number) >= {INVOICE_DIGITS} "
    "AND d.kind NOT LIKE '%合同%' AND d.kind NOT LIKE '%文件%' AND d.kind NOT LIKE '%通知%' "
    "AND d.kind NOT LIKE '%协议%' AND o.state <> 'sent_back'"
)
"""Of papers `p` and documents `d`: the papers `o` that hold the same. The 20 digits of an electronic invoice are
the country's, whatever the document is called."""
_AGAIN = f"SELECT DISTINCT d.kind, d.number, {{other}} {INVOICE_FROM} AND p.uid = :uid ORDER BY 1, 2, 3"


def same_invoices(connection: Connection, uid: str) -> list[tuple[str, str, str]]:
    """(kind, number, book and paper) of what a paper hands in that was handed in before."""
    rows = connection.execute(text(expand(_AGAIN)), {"uid": uid})
    return [(kind, number, other) for kind, number, other in rows]
