"""The register of near relatives: written by the centre, read by the checks of papers."""

from __future__ import annotations

import uuid
from dataclasses import replace

from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.relative import Relative, check_relative, check_relative_end, tidy_relative
from villagebooks.core.words import _, plain_text
from villagebooks.db import person as person_rows
from villagebooks.db import relative as relative_rows
from villagebooks.services.desk import Office, acting_office


def relatives(office: Office, village: str | None = None) -> list[Relative]:
    """Entries of a village (empty: the centre's people), None: of everybody."""
    with office.books.read() as connection:
        return relative_rows.relatives(connection, village)


def register_relative(office: Office, new: Relative) -> Relative:
    """Enter a near relative or a unit of theirs; Refused for somebody who holds no post there, or entered before."""
    with acting_office(office) as act:
        new = replace(
            tidy_relative(new), uid=str(uuid.uuid4()), ended_on="", reason="", recorded_by=act.person,
            recorded_at=act.at,
        )  # fmt: skip
        officers = [one.name for one in person_rows.officers(act.connection) if one.village == new.village]
        refuse_if(check_relative(new, relative_rows.relatives(act.connection, new.village), officers))
        relative_rows.add_relative(act.connection, new)
        act.record("relative", f"relative:{new.uid}")
    return new


def end_relative(office: Office, uid: str, day: str, reason: str) -> Relative:
    """停用: from the day after it no longer counts; the register keeps it with the reason."""
    with acting_office(office) as act:
        one = next((one for one in relative_rows.relatives(act.connection) if one.uid == uid), None)
        if one is None:
            raise Refused([Problem(_("登记里没有这个人"))])
        reason = plain_text(reason).strip()
        refuse_if(check_relative_end(one, day, reason))
        relative_rows.end_relative(act.connection, uid, day, reason)
        act.record("end_relative", f"relative:{uid}")
    return replace(one, ended_on=day, reason=reason)
