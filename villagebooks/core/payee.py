"""Whose money the papers of a voucher speak of: one made out to a party covers nothing that another was paid."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PAID_TO = ("112", "113", "202", "21", "22")
"""Accounts of claims and debts of both standards, on which a line's party is who is paid. On others it may be what the
money is for: a project, a fund, the autumn tea."""
_BETWEEN = re.compile(r"[、,;/()]|等|和|与")
"""What stands between names, or behind one, wide signs narrow."""
LEAST_SHORT = 4
"""Letters of a firm's name without its place; people's are shorter."""
_SIGNS = re.compile(r"[、,;/()]|等")
"""Of these, what hardly stands in anybody's own name: 张和平、李四 are two."""
LISTS = ("名册", "登记表", "考勤表", "报酬表", "计件表", "工资表", "发放表", "领款表", "签领表")
"""What a list of many people is called; each signs on it, and one is written as the payee for all."""
_MANY = re.compile(
    r"等$|等?[\d一二三四五六七八九十百两几]+(余|多)?[人户名家位]|各[户组]|全体|村民(?!委)|成员|农户|干部"
)
"""A payee who stands for people that he does not name: 村干部5人, 第四组6户, 贺小满等."""
_SHOP = re.compile(r"(店|超市|商行|商场|市场|经营部|门市部?|专卖|厂|公司|餐馆|饭庄|酒楼|农庄)$")
_FOR_MANY = re.compile(r"劳务|银行|信用|合作社|人力")
"""Who is paid by a list for many: wages through a bank, workers of a labour firm, the members of a cooperative."""
_NOTE = re.compile(r"(\(.*|〔.*)$")
"""What stands behind a name to tell two accounts of one payee apart: 惠邻超市（押金）, 滕大山〔原桐油村〕."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a paper of spending says, fen, to whom it is made out and who handled it, as written there. `listed`: to
    those on a list, whoever is written as its payee."""

    payee: str
    fen: int
    handler: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Strayed:
    """What of its papers a voucher could use only for others than they are made out to, fen: the names of `payees` of
    such papers, and of the `others` whom no paper covers."""

    fen: int
    payees: tuple[str, ...]
    others: tuple[str, ...]


class Payees:
    """The parties of a book by code, and what names are told apart by: without blanks, narrow and wide signs alike, and
    without what is noted in brackets behind a name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._called: dict[str, str] = {}
        for name in sorted(names.values(), key=len):  # the name without a note before the others
            self._called.setdefault(_key_of(name), name)
        self._keys: dict[str, str] = {}

    def key(self, who: str) -> str:
        """Of somebody by code or name."""
        if who not in self._keys:
            self._keys[who] = _key_of(self._names.get(who, who))
        return self._keys[who]

    def may_be(self, payee: str, party: str) -> bool:
        """Whether a party (code or name) is the payee of a paper as written, or may be one of several."""
        payee, party = self.key(payee), self.key(party)
        return payee == party or party in names_in(payee) or stands_for_many(payee) or _is_short_of(payee, party)

    def called(self, key: str) -> str:
        """The name as the register writes it."""
        return self._called.get(key, key)

    def knows(self, key: str) -> bool:
        """Whether it is a party's."""
        return key in self._called


def find_strayed(
    spent: Mapping[tuple[str, str], int], payees: Payees, papers: Sequence[Cover]
) -> Strayed | None:  # fmt: skip
    """Of a voucher that spends by (party, account), fen; None where its papers cover whom they are made out to.

    A payee that is no party, of a list, or that stands for many, may be anybody, and so may be whom a line pays that
    names nobody who is paid (`PAID_TO`) or many; of several that are named each may: only what surely belongs to
    another strays. Whoever handled a paper may be paid back what he paid for it.
    """
    if not papers:
        return None
    left: dict[str, int] = defaultdict(int)
    for (party, account), fen in spent.items():
        left[payees.key(party) if account.startswith(PAID_TO) else ""] += max(0, fen)
    keyed = [(payees.key(one.payee), one) for one in papers if not one.listed]
    made_out = [(key, one) for key, one in keyed if key and (key in left or _is_named(payees, key))]
    rest = [one.fen for _key, one in made_out]
    _use(rest, left, [[key] for key, _one in made_out])
    _use(rest, left, [[other for other in left if _is_short_of(key, other)] for key, _one in made_out])
    _use(rest, left, [sorted({payees.key(one.handler), *names_in(one.handler)} - {""}) for _key, one in made_out])
    several = [sorted(names_in(key) - {key}) for key, _one in made_out]
    among = sorted({name for names in several for name in names})  # which of them pays whom is nobody's guess
    _use(rest, left, [among if names else [] for names in several])
    _use(rest, left, [["", *filter(stands_for_many, list(left))]] * len(made_out))  # what fits nowhere else
    sure = [(key, fen) for (key, _one), fen in zip(made_out, rest, strict=True) if fen and not stands_for_many(key)]
    others = sorted(payees.called(key) for key, fen in left.items() if key and fen and not stands_for_many(key))
    astray = dict.fromkeys(payees.called(key) for key, _fen in sure)
    return Strayed(sum(fen for _key, fen in sure), tuple(astray), tuple(others)) if sure else None


def _is_named(payees: Payees, key: str) -> bool:
    """Whether a payee as written is a party, or names several that all are."""
    several = names_in(key) - {key}
    return payees.knows(key) or (len(several) > 1 and all(payees.knows(one) for one in several))


def _use(rest: list[int], left: dict[str, int], keys: Sequence[Iterable[str]]) -> None:
    """Cover what is `left` by key with the `rest` of papers, each by its `keys` in turn."""
    for place, mine in enumerate(keys):
        for key in mine:
            used = min(rest[place], left[key])
            rest[place] -= used
            left[key] -= used


def stands_for_many(key: str) -> bool:
    """Whether a payee stands for people that he does not name."""
    return bool(_MANY.search(key))


def is_shop(payee: str) -> bool:
    """Whether a payee as written sells goods: a list that is stapled to its bill does not say whom the money is for."""
    key = _key_of(payee)
    return bool(_SHOP.search(key)) and not _FOR_MANY.search(key)


def _is_short_of(one: str, other: str) -> bool:
    """Whether a name is another without its place: 墨香文具店, 清岑墨香文具店."""
    short, whole = sorted((one, other), key=len)
    return len(short) >= LEAST_SHORT and whole.endswith(short)


def _key_of(name: str) -> str:
    plain = plain_name(name)
    return _NOTE.sub("", plain) or plain


def plain_name(name: str) -> str:
    """A name as it is compared: without blanks, narrow and wide signs alike."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def names_in(payee: str) -> frozenset[str]:
    """Everybody whom a payee as written may name, as names are compared: the whole of it, and each of several
    (贺小满等3人, 贺小满（代领）)."""
    plain = plain_name(payee)
    return frozenset(one for one in (plain, *_SIGNS.split(plain), *_BETWEEN.split(plain)) if one)
