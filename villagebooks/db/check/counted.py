"""Which vouchers count when payments are held against papers: the posted ones, or those of a signature to come too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Text, TextClause, bindparam, text

from villagebooks.core.voucher import POSTED, VOID


@dataclass(frozen=True, slots=True)
class Counted:
    """Posted vouchers; `every`: those that are not posted yet too, but void ones. `also` are uids that count whatever
    their state, `without` those of red vouchers that count as if they were not there."""

    every: bool = False
    also: Sequence[str] = ()
    without: Sequence[str] = ()

    def query(self, sql: str) -> TextClause:
        """SQL in which {counts} stands for the condition on a voucher `v`, {red} for that on a red one `r`, {stands}
        for the first and that no red one took it back."""
        counts = f"v.state <> '{VOID}'" if self.every else f"v.state = '{POSTED}'"
        counts = f"({counts} OR v.uid IN :also)" if self.also else counts
        red = counts.replace("v.", "r.") + (" AND r.uid NOT IN :without" if self.without else "")
        # the index of what is reversed leaves out the void
        taken = (
            "EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' AND "
        )
        sql = sql.replace("{stands}", f"{{counts}} AND NOT {taken}{{red}})")
        sql = sql.replace("{counts}", counts).replace("{red}", red)
        made = text(sql)
        for name in ("also", "without"):
            if f":{name}" in sql:
                made = made.bindparams(bindparam(name, tuple(getattr(self, name)), type_=Text, expanding=True))
        return made
