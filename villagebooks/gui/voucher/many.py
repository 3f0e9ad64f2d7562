"""Several vouchers signed or posted, each in its own transaction: which were, which were not and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from villagebooks.core.number import title_runs
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.voucher import DRAFT, REVERSAL, SUBMITTED, VoucherHead
from villagebooks.core.words import _
from villagebooks.gui.worker import Cancelled
from villagebooks.services.approval import approve_voucher
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked
from villagebooks.services.voucher import post_voucher

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Many:
    """What became of the chosen: those done, and those left with the reason of each."""

    done: tuple[VoucherHead, ...]
    left: tuple[tuple[VoucherHead, str], ...] = ()


def sign_each(desk: Desk, heads: Sequence[VoucherHead], keys: Unlocked, report: Report) -> Many:
    """Sign the step that each waits for, as it was looked at; Refused when none could be signed."""
    return _each(heads, lambda head: approve_voucher(desk, head.uid, keys, seen=(head.rev, "")), report)


def post_each(desk: Desk, heads: Sequence[VoucherHead], report: Report) -> Many:
    """Post each; Refused when none could be posted. A blue voucher is posted only after its red one."""
    ordered = sorted(heads, key=lambda one: one.kind != REVERSAL)
    return _each(ordered, lambda head: post_voucher(desk, head.uid), report)


def with_unready(many: Many, chosen: Sequence[VoucherHead]) -> Many:
    """What was posted, and those chosen with them that nobody could post yet."""
    why = {DRAFT: _("还是草稿，没有送签"), SUBMITTED: _("字还没有签完")}
    return Many(many.done, (*many.left, *((one, why[one.state]) for one in chosen if one.state in why)))


def _each(heads: Sequence[VoucherHead], act: Callable[[VoucherHead], object], report: Report) -> Many:
    """One that is refused holds up no other; a cancel or a full disk holds up those that follow."""
    done: list[VoucherHead] = []
    left: list[tuple[VoucherHead, str]] = []
    for place, head in enumerate(heads):
        try:
            report(place, len(heads))
            act(head)
        except Refused as refusal:
            left.append((head, _("；").join(dict.fromkeys(str(problem) for problem in refusal.problems))))
        except (Cancelled, Trouble) as stop:
            why = str(stop) or _("您停下了")
            left += [(one, why) for one in heads[place:]]
            break
        else:
            done.append(head)
    if left and not done:
        raise Refused([Problem(why, titles) for titles, why in _reasons(left)])
    return Many(tuple(done), tuple(left))


def many_text(many: Many, all_done: str, some_done: str) -> str:
    """`all_done` with {n}; where some were left `some_done` with {n}, {titles} and {left}, then a line a reason."""
    if not many.left:
        return all_done.format(n=len(many.done))
    told = some_done.format(n=len(many.done), titles=_titles(many.done), left=len(many.left))
    return "\n".join(
        (told, *(_("{where}：{text}").format(where=where, text=why) for where, why in _reasons(many.left)))
    )


def _reasons(left: Sequence[tuple[VoucherHead, str]]) -> list[tuple[str, str]]:
    """Numbers and what they have in common."""
    groups: dict[str, list[VoucherHead]] = {}
    for head, why in left:
        # a reason that begins with the number of its voucher would be another for each
        groups.setdefault(why.removeprefix(f"{head.title} "), []).append(head)
    return [(_titles(heads), why) for why, heads in groups.items()]


def _titles(heads: Sequence[VoucherHead]) -> str:
    return title_runs((month_of(one.day), one.word, one.number) for one in heads)
