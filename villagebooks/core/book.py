"""A book (账套) is one set of books of one village; books never mix."""

from __future__ import annotations

import re
from dataclasses import dataclass

from villagebooks.core.filename import is_device
from villagebooks.core.period import Month
from villagebooks.core.words import N_

KINDS = (N_("集体经济组织"), N_("村委会"), N_("村民小组"), N_("代行"))
STANDARDS = ("2023", "2004")

_CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]{0,19}")
_RESERVED = ("all",)


@dataclass(frozen=True, slots=True)
class Book:
    """One set of books: `code` is what scripts and sheets use, `standard` names the chart, `start` its first month.

    `predecessor` is the uid of the book that it took over; a book that was migrated or merged is `stopped` with its
    last month and takes no voucher any more.
    """

    uid: str
    code: str
    village: str
    name: str
    kind: str
    standard: str
    start: Month
    predecessor: str = ""
    stopped: Month | None = None

    def keeps(self, month: Month) -> bool:
        """Whether the book is kept in a month: begun by then, and not stopped before."""
        return self.start <= month and (self.stopped is None or month <= self.stopped)


def is_book_code(text: str) -> bool:
    """Whether a book may have this code: files of a book are named after it, scripts say `all` for every book,
    and Windows takes AUX or NUL for devices."""
    return _CODE.fullmatch(text) is not None and text.lower() not in _RESERVED and not is_device(text)
