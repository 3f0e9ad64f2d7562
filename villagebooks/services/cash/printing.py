"""The sheet of a cash count on paper."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.cash import draw_count
from villagebooks.services.cash.act import cash_accounts, cash_counts
from villagebooks.services.desk import Desk
from villagebooks.services.office import centre
from villagebooks.services.village import book_name_on


@in_chinese
def print_cash_count(desk: Desk, uid: str, out: Path) -> Path:
    """Draw the sheet of one count of the desk's month; Refused when there is none of this uid."""
    count = next((one for one in cash_counts(desk) if one.uid == uid), None)
    if count is None:
        raise Refused([Problem(_("这个月没有这张现金盘点表"))])
    name = next((one.name for one in cash_accounts(desk) if one.code == count.account), "")
    make_folder(out.parent)
    draw_count(count, out, book_name_on(desk, count.day), name, centre(desk.office).imprint)
    return out
