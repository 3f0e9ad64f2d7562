"""The register of agreements by which villages entrust their books to the centre."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

from villagebooks.core.agreement import Agreement, check_agreement, check_end, tidy_agreement
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import agreement as agreement_rows
from villagebooks.db import book as book_rows
from villagebooks.services.desk import Office, acting_office


def list_agreements(office: Office) -> list[Agreement]:
    """Every agreement, by village and beginning."""
    with office.books.read() as connection:
        return agreement_rows.agreements(connection)


def sign_agreement(office: Office, new: Agreement) -> Agreement:
    """Register a signed agreement; Refused when its term overlaps another of the village or something is missing."""
    new = tidy_agreement(replace(new, uid=str(uuid.uuid4()), ended_on=None, reason=""))
    with acting_office(office) as act:
        known = agreement_rows.agreements(act.connection)
        problems = check_agreement(new, known)
        if new.village not in {one.code for one in book_rows.villages(act.connection)}:
            problems.append(Problem(_("没有村 {code}").format(code=new.village or "—"), field="village"))
        refuse_if(problems)
        agreement_rows.add_agreement(act.connection, new)
        act.record("agreement", f"agreement:{new.uid}")
    return new


def end_agreement(office: Office, uid: str, day: date, reason: str) -> Agreement:
    """终止: from the day on it holds no more; the register keeps it with the reason."""
    with acting_office(office) as act:
        one = next((one for one in agreement_rows.agreements(act.connection) if one.uid == uid), None)
        if one is None:
            raise Refused([Problem(_("没有这份协议"))])
        reason = plain_text(reason).strip()
        refuse_if(check_end(one, day, reason))
        agreement_rows.end_agreement(act.connection, uid, day, reason)
        act.record("agreement", f"agreement:{uid}")
    return replace(one, ended_on=day, reason=reason)
