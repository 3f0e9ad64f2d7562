"""What the self-check watches signing and paying for, where a township draws the lines: hints, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from villagebooks.core.money import LARGEST_FEN, said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

_HOURS = ("night_from", "night_to")
_AMOUNTS = ("bare_fen", "taken_fen")
_LAST_HOUR, _LARGEST = 23, 10_000


@dataclass(frozen=True, slots=True)
class Watch:
    """Where the lines are; 0 watches not.

    `fast_seconds`: somebody else signs sooner than so many seconds after the preparer. `roles`: one person signs so
    many different steps in one book and month. `night_count`: one person signs so often between the hours `night_from`
    and `night_to` (0–23, over midnight). `bare_fen`: a voucher pays more than so much without a paper that the village
    signed, or several do together within `bare_days`, to one payee or for one account. `taken_fen`: the bank takes
    more than so much by itself (银行扣收) for one payee and month.
    """

    fast_seconds: int = 30
    roles: int = 3
    night_from: int = 22
    night_to: int = 6
    night_count: int = 5
    bare_fen: int = 100_000
    taken_fen: int = 200_000
    bare_days: int = 7


def read_watch(data: object) -> Watch:
    """The lines as a township set them; what is no number keeps the usual one."""
    said = data if isinstance(data, Mapping) else {}
    usual = Watch()
    kept = {one.name: said.get(one.name, getattr(usual, one.name)) for one in fields(Watch)}
    return Watch(**{name: value if _is_count(value) else getattr(usual, name) for name, value in kept.items()})


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def watch_data(watch: Watch) -> dict[str, int]:
    """The same as plain data, for a setting."""
    return dict(asdict(watch))


def check_watch(watch: Watch) -> list[Problem]:
    """Whether the lines make sense."""
    hours, largest = _("钟点要写 0 到 23"), _("要写 0 到 {n} 的整数").format(n=_LARGEST)
    problems = [
        Problem(hours if one.name in _HOURS else largest, field=one.name)
        for one in fields(Watch)
        if one.name not in _AMOUNTS
        and not 0 <= getattr(watch, one.name) <= (_LAST_HOUR if one.name in _HOURS else _LARGEST)
    ]
    amount = _("要写 0 到 {yuan} 元的金额").format(yuan=said_yuan(LARGEST_FEN))
    problems += [
        Problem(amount, field=name) for name in _AMOUNTS if not 0 <= getattr(watch, name) <= LARGEST_FEN
    ]  # fmt: skip
    if watch.night_count and watch.night_from == watch.night_to:
        problems.append(Problem(_("夜里从几点到几点不能一样"), field="night_to"))
    if watch.roles == 1:
        problems.append(Problem(_("一个人签一种身份是平常的，请写 2 以上，或写 0 不查"), field="roles"))
    return problems
