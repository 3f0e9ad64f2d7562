"""Why something is sent back: the list with the township's own reasons, and keeping which one it was."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.paper import REASONS
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.reason import Reason, SentBack, all_reasons, check_code, check_reason
from villagebooks.core.words import _, plain_text
from villagebooks.db import reason as reason_rows
from villagebooks.services.desk import Act, Desk, Office, acting_office


def list_reasons(office: Office) -> tuple[Reason, ...]:
    """The fifteen and the township's own, stopped ones too, by number."""
    with office.books.read() as connection:
        return reasons_of(connection)


def reasons_of(connection: Connection) -> tuple[Reason, ...]:
    """The same inside a larger read."""
    return all_reasons(reason_rows.own_reasons(connection))


def add_reason(office: Office, words: str) -> Reason:
    """A reason of the township's own under the next number; a number is never given twice."""
    words = plain_text(words).strip()
    with acting_office(office) as act:
        known = reasons_of(act.connection)
        refuse_if(check_reason(words, known))
        new = Reason(known[-1].code + 1, words, act.person, act.at)
        reason_rows.add_reason(act.connection, new)
        act.record("reason", f"reason:{new.code}")
    return new


def stop_reason(office: Office, code: int, *, again: bool = False) -> Reason:
    """Offer an own reason no more, or `again`; its number and words stay for what was sent back for it."""
    with acting_office(office) as act:
        one = next((one for one in reasons_of(act.connection) if one.code == code), None)
        if one is None or not one.is_own:
            text = _("前 {n} 条是各镇通用的，不能停用；自己加的才能停用")
            raise Refused([Problem(text.format(n=len(REASONS)))])
        changed = replace(one, stopped_on="" if again else act.at[:10])
        reason_rows.stop_reason(act.connection, code, changed.stopped_on)
        act.record("reason", f"reason:{code}")
    return changed


def keep_send_back(act: Act, about: str, uid: str, rev: int, reason: int) -> None:
    """Keep, inside a larger act, for which reason a revision goes back; Refused for a reason that is not offered.

    Done before the sending back is signed: the head of the journal that the signature quotes then covers the reason.
    """
    refuse_if(check_code(reason, reasons_of(act.connection)))
    reason_rows.add_send_back(act.connection, act.row, SentBack(about, uid, rev, reason, act.person, act.at))
    act.record("send_back", f"send_back:{uid}/{rev}")


def why_sent_back(desk: Desk, uid: str) -> tuple[SentBack, ...]:
    """Every time that a voucher or paper was sent back, the last one last."""
    with desk.books.read() as connection:
        return tuple(reason_rows.sent_back(connection, [uid]))
