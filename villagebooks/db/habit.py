"""What a village booked before under such words: the latest posted vouchers, for suggestions while typing."""

from __future__ import annotations

from sqlalchemy import Connection, select

from villagebooks.core.voucher import NORMAL, POSTED, Voucher
from villagebooks.db import schema
from villagebooks.db.voucher import vouchers_where

_LOOKED_AT = 24
_voucher, _line = schema.voucher.c, schema.voucher_line.c


def vouchers_like(connection: Connection, book: int, words: str, since: str) -> list[Voucher]:
    """Posted ordinary vouchers of one book since an ISO day with the words in a summary, the latest first."""
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = (
        select(_line.voucher)
        .join(schema.voucher, _voucher.id == _line.voucher)
        .where(_line.book == book, _line.day >= since, _line.summary.like(f"%{plain}%", escape="\\"))
        .where(_voucher.state == POSTED, _voucher.kind == NORMAL)
        .distinct()
        .order_by(_line.voucher.desc())
        .limit(_LOOKED_AT)
    )
    return list(reversed(vouchers_where(connection, _voucher.id.in_(found))))
