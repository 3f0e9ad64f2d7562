"""会计档案借阅: who borrowed which bound volumes, until when, and how they came back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.approval import CASHIER
from villagebooks.core.cover import LEDGERS, STATEMENTS, VOUCHERS
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

OTHER = "other"
VOLUME_KINDS = (VOUCHERS, LEDGERS, STATEMENTS, OTHER)
OUT, LATE, RETURNED = "out", "late", "returned"
INTACT = N_("完好")
LAST_VOLUME = 999


VOLUME_WORDS = {
    VOUCHERS: N_("会计凭证"), LEDGERS: N_("会计账簿"), STATEMENTS: N_("会计报表"), OTHER: N_("其他会计资料"),
}  # fmt: skip
"""What is bound in a volume; the rest are bank statements, reconciliations, registers."""


def volume_kind_words() -> dict[str, str]:
    """The same in the chosen language."""
    return {kind: _(words) for kind, words in VOLUME_WORDS.items()}


def read_when(text: str) -> tuple[int, int] | None:
    """(year, month) of 2026-08 or 2026 (month 0), however the digits were typed; None when it is neither."""
    found = _WHEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (int(found[1]), int(found[2] or 0)) if found else None


_WHEN = re.compile(r"(20\d\d)(?:[-.年/](\d{1,2})月?|年)?")


@dataclass(frozen=True, slots=True, order=True)
class Volume:
    """A volume of the archive: `book` is the book's code; `month` 0 of what is bound by the year."""

    book: str
    kind: str
    year: int
    month: int = 0
    number: int = 1

    def __str__(self) -> str:
        when = _("{year}年{month}月") if self.month else _("{year}年")
        text = _("{book} {when} {kind} 第 {n} 册")
        return text.format(
            book=self.book, when=when.format(year=self.year, month=self.month), n=self.number,
            kind=volume_kind_words().get(self.kind, self.kind),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loan:
    """A line of the register. `lent_by` and `received_by` are the people at the desk; `returned_on` None: still out;
    `condition` says how the volumes came back."""

    uid: str
    borrower: str
    unit: str
    purpose: str
    approved_by: str
    out_on: date
    due_on: date
    volumes: tuple[Volume, ...]
    lent_by: str = ""
    returned_on: date | None = None
    condition: str = ""
    received_by: str = ""

    def state(self, today: date) -> str:
        """`out`, `late` when it should be back, `returned`."""
        if self.returned_on:
            return RETURNED
        return LATE if today > self.due_on else OUT

    @property
    def was_late(self) -> bool:
        """Came back, but after the day."""
        return self.returned_on is not None and self.returned_on > self.due_on


def tidy_loan(one: Loan) -> Loan:
    """The loan with its texts as they are kept."""

    def tidy(text: str) -> str:
        return plain_text(text).strip()

    return replace(
        one, borrower=tidy(one.borrower), unit=tidy(one.unit), purpose=tidy(one.purpose),
        approved_by=tidy(one.approved_by),
    )  # fmt: skip


def check_loan(one: Loan, today: date, still_out: Sequence[Loan] = (), duties: Collection[str] = ()) -> list[Problem]:
    """Whether the volumes may go out; `duties` are those of the person at the desk."""
    problems = [
        Problem(text, field=name)
        for name, value, text in (
            ("borrower", one.borrower, _("请写借阅人")), ("unit", one.unit, _("请写借阅人的单位")),
            ("purpose", one.purpose, _("请写用途")), ("approved_by", one.approved_by, _("请写批准人")),
        )
        if not value
    ]  # fmt: skip
    if one.borrower and one.borrower == one.approved_by:
        problems.append(Problem(_("批准人不能就是借阅人{name}").format(name=one.borrower), field="approved_by"))
    if one.out_on > today:
        problems.append(Problem(_("借出日期 {day} 还没有到").format(day=one.out_on), field="out_on"))
    if one.due_on < one.out_on:
        text = _("应还日期 {due} 在借出日期 {out} 以前")
        problems.append(Problem(text.format(due=one.due_on, out=one.out_on), field="due_on"))
    return [*problems, *check_keeper(duties), *check_volumes(one.volumes, today, still_out)]


def check_volumes(volumes: Sequence[Volume], today: date, still_out: Sequence[Loan] = ()) -> list[Problem]:
    """Whether these are volumes, each once, and all of them in the house."""
    if not volumes:
        return [Problem(_("请写借哪几册"), field="volumes")]
    problems = []
    away = {volume: loan for loan in still_out if loan.returned_on is None for volume in loan.volumes}
    for place, volume in enumerate(volumes):
        if not 2000 <= volume.year <= today.year or not 0 <= volume.month <= 12 or volume.kind not in VOLUME_KINDS:
            problems.append(
                Problem(
                    _("“{volume}”没有这样的册：年从 2000 到今年，月从 1 到 12").format(volume=volume), field="volumes"
                )
            )
        elif volume.kind == VOUCHERS and not volume.month:
            problems.append(Problem(_("“{volume}”：凭证按月装订，请写哪个月").format(volume=volume), field="volumes"))
        if not 1 <= volume.number <= LAST_VOLUME:
            text = _("“{volume}”：册号应是 1 至 {n}")
            problems.append(Problem(text.format(volume=volume, n=LAST_VOLUME), field="volumes"))
        if volume in volumes[:place]:
            problems.append(Problem(_("“{volume}”写了两次").format(volume=volume), field="volumes"))
        if volume in away:
            text = _("“{volume}”已由{unit}{name}借出，应在 {day} 归还")
            told = {"unit": away[volume].unit, "name": away[volume].borrower, "day": away[volume].due_on}
            problems.append(Problem(text.format(volume=volume, **told), field="volumes"))
    return problems


def check_return(
    one: Loan, day: date, condition: str, today: date, duties: Collection[str] = ()
) -> list[Problem]:  # fmt: skip
    """Whether the volumes may be taken back with this day and these words."""
    problems = check_keeper(duties)
    if one.returned_on:
        problems.append(Problem(_("这次借阅已在 {day} 归还，不能再改").format(day=one.returned_on)))
    if day < one.out_on or day > today:
        text = _("归还日期应在借出的 {out} 到今天 {today} 之间")
        problems.append(Problem(text.format(out=one.out_on, today=today), field="returned_on"))
    if not condition:
        problems.append(Problem(_("请写归还时的样子：完好，或缺了、坏了什么"), field="condition"))
    return problems


def check_keeper(duties: Collection[str]) -> list[Problem]:
    """Cashiers do not keep archives (RULES §5)."""
    if CASHIER not in duties:
        return []
    return [Problem(_("出纳不管会计档案，请换档案员或会计登记"))]
