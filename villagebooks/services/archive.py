"""会计档案借阅登记簿: lend volumes, take them back, print the register; acts stand on the office's chain."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagebooks.core.archive import Loan, check_loan, check_return, tidy_loan
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _, plain_text
from villagebooks.db import archive as archive_rows
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.archive import draw_loans
from villagebooks.services.account import today
from villagebooks.services.desk import Office, acting_office, list_books
from villagebooks.services.office import centre


def lend_volumes(office: Office, new: Loan) -> Loan:
    """Write down who takes which volumes; Refused when a volume is out already, or something is missing."""
    with acting_office(office) as act:
        new = tidy_loan(
            replace(
                new, uid=str(uuid.uuid4()), lent_by=act.person, returned_on=None, condition="", received_by=""
            )
        )  # fmt: skip
        duties = person_rows.duties(act.connection, act.person, act.at[:10])
        problems = check_loan(new, date.fromisoformat(act.at[:10]), archive_rows.loans_out(act.connection), duties)
        known = {one.code: one for one in book_rows.books(act.connection)}
        for code in dict.fromkeys(volume.book for volume in new.volumes):
            if code not in known:
                problems.append(Problem(_("没有账套 {code}").format(code=code), field="volumes"))
        refuse_if(problems)
        ids = [book_rows.book_id(act.connection, volume.book) for volume in new.volumes]
        archive_rows.add_loan(act.connection, new, ids)
        act.record("lend", f"archive_loan:{new.uid}")
    return new


def return_volumes(office: Office, uid: str, day: date, condition: str) -> Loan:
    """Write down that all volumes of a loan came back, and how they look; final from then on."""
    with acting_office(office) as act:
        one = archive_rows.find_loan(act.connection, uid)
        if one is None:
            raise Refused([Problem(_("没有这次借阅"))])
        condition = plain_text(condition).strip()
        duties = person_rows.duties(act.connection, act.person, act.at[:10])
        refuse_if(check_return(one, day, condition, date.fromisoformat(act.at[:10]), duties))
        done = replace(one, returned_on=day, condition=condition, received_by=act.person)
        archive_rows.return_loan(act.connection, done)
        act.record("give_back", f"archive_loan:{uid}")
    return done


def list_loans(office: Office) -> list[Loan]:
    """Every loan, the newest first."""
    with office.books.read() as connection:
        return archive_rows.loans(connection)


@in_chinese
def print_loans(office: Office, out: Path) -> Path:
    """Draw the register with its overdue loans marked; Refused when nothing was ever lent."""
    found = list_loans(office)
    if not found:
        raise Refused([Problem(_("还没有借阅登记"))])
    make_folder(out.parent)
    names = {one.code: one.name for one in list_books(office)}
    draw_loans(found[::-1], names, today(office), out, centre(office).imprint)
    return out
