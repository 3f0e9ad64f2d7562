"""Whose money the papers of a voucher speak of: one made out to a party covers nothing that another was paid."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PAID_TO = ("112", "113", "202", "21", "22")
"""Accounts of claims and debts of both standards, on which a line's party is who is paid. On others it may be what the
money is for: a project, a fund, the autumn tea."""
_BETWEEN = re.compile(r"[、,;/()]|等|和|与")
"""What stands between names, or behind one, wide signs narrow."""
_NOBODY = "\n"
"""No name."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a paper of spending says, fen, to whom it is made out and who handled it, as written there."""

    payee: str
    fen: int
    handler: str = ""


@dataclass(frozen=True, slots=True)
class Strayed:
    """What of its papers a voucher could use only for others than they are made out to, fen: the names of `payees` of
    such papers, and of the `others` whom no paper covers."""

    fen: int
    payees: tuple[str, ...]
    others: tuple[str, ...]


class Payees:
    """The parties of a book by code, and what names are told apart by: without blanks, narrow and wide signs alike."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._called = {plain_name(name): name for name in names.values()}

    def key(self, who: str) -> str:
        """Of somebody by code or name."""
        return plain_name(self._names.get(who, who))

    def called(self, key: str) -> str:
        """The name as the register writes it."""
        return self._called.get(key, key)

    def knows(self, key: str) -> bool:
        """Whether it is a party's."""
        return key in self._called


def find_strayed(
    spent: Mapping[tuple[str, str], int], payees: Payees, papers: Iterable[Cover]
) -> Strayed | None:  # fmt: skip
    """Of a voucher that spends by (party, account), fen; None where its papers cover whom they are made out to.

    A payee that is no party may be anybody, and a line that names nobody who is paid (`PAID_TO`) may be for anybody:
    only what surely belongs to another strays. Whoever handled a paper may be paid back what he paid for it.
    """
    left: dict[str, int] = defaultdict(int)
    for (party, account), fen in spent.items():
        left[payees.key(party) if account.startswith(PAID_TO) else ""] += max(0, fen)
    keyed = [(payees.key(one.payee), payees.key(one.handler) or _NOBODY, one.fen) for one in papers]
    made_out = [one for one in keyed if one[0] and (one[0] in left or payees.knows(one[0]))]
    rest = [fen for _payee, _handler, fen in made_out]
    ways = [[payee for payee, _h, _f in made_out], [handler for _p, handler, _f in made_out], [""] * len(made_out)]
    for keys in ways:  # what nobody is named for is left for those that fit nowhere else
        for place, key in enumerate(keys):
            used = min(rest[place], left[key])
            rest[place] -= used
            left[key] -= used
    astray = dict.fromkeys(payees.called(key) for key, fen in zip(ways[0], rest, strict=True) if fen)
    others = sorted(payees.called(key) for key, fen in left.items() if key and fen)
    return Strayed(sum(rest), tuple(astray), tuple(others)) if astray else None


def plain_name(name: str) -> str:
    """A name as it is compared: without blanks, narrow and wide signs alike."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def names_in(payee: str) -> frozenset[str]:
    """Everybody whom a payee as written may name, as names are compared: the whole of it, and each of several
    (贺小满等3人, 贺小满（代领）)."""
    plain = plain_name(payee)
    return frozenset(one for one in (plain, *_BETWEEN.split(plain)) if one)
