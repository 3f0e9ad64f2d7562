"""Whose account a payment went to, by the bank's line, held against whom the papers say it was for. A hint: it speaks
only where the two can hardly be the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from villagebooks.core.money import said_yuan
from villagebooks.core.payee import Payees, names_in, plain_name, stands_for_many
from villagebooks.core.words import _

_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}(·[\u4e00-\u9fff]+)*$")
_NO_PERSON = re.compile(
    r"[店社厂部所行站局校院队会司铺坊馆户款费资金息账村镇乡组县市]$|现金|银行|工资|代发|利息|批量|电力|电信|移动|联通|邮政|财政|税务|政府|中心|社保|医保|人保|保险|财险"
)
_OF_BANK = re.compile(
    r"银行|信用社|信用联社|农商行|代发|待清算|清算|过渡|内部|批量|应解|汇款|财政|税务|国库|现金|本行"
    r"|财付通|支付宝|微信支付|银联|网联|社会保险|社保|医疗保障|医保"
    r"|国家金库|人民法院|国网|电网|水务|中国石[油化]"
)
"""Accounts through which a bank or a payment service pays many, which take what is owed to the state, or through which
the whole province pays for its current, water and fuel: the paper names the station in town."""
_GENERIC = re.compile(r"有限|责任|股份|公司|集团|分公司|商店|经营部|经销|服务|[省市县区镇乡村]")

LEAST_LETTERS = 2
"""Of a short name, beside words that every firm has."""


@dataclass(frozen=True, slots=True)
class OtherPayee:
    """A voucher (uid, title) that the bank paid to `account`, fen, while its papers are made out to `payees`."""

    uid: str
    title: str
    account: str
    fen: int
    payees: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is told of it."""
        text = _("银行把 {yuan} 元付到{account}的户头，报账单是付给{payees}的")
        return text.format(yuan=said_yuan(self.fen), account=self.account, payees=_("、").join(self.payees))


def goes_elsewhere(account: str, payees: Iterable[str], others: Collection[str], names: Payees) -> bool:
    """Whether the name of an account can be none of the payees of the papers, nor any of `others` (who handled them,
    whom the lines pay). Hidden names, the bank's own accounts, and firms that share a part of their names speak of
    nobody else."""
    account, wanted = plain_name(account), [one for one in payees if plain_name(one)]
    if not wanted or not account or "*" in account or _OF_BANK.search(account):
        return False
    if any(stands_for_many(plain_name(one)) for one in wanted):
        return False
    written = {name for one in (*wanted, *others) for name in names_in(one)}
    called = {name for one in wanted for name in names_in(names.called(names.key(one)))}
    if account in written | called or any(names.may_be(one, account) for one in (*wanted, *others)):
        return False
    return all(_differ(account, one) for one in written | called)


def is_person(name: str) -> bool:
    """Whether a name is a person's, not a firm's: few letters, and no word for a firm at its end."""
    return bool(_PERSON.match(name)) and not _NO_PERSON.search(name)


def _differ(account: str, payee: str) -> bool:
    if is_person(account) or is_person(payee):
        return account not in payee and payee not in account
    return not (_pairs(account) & _pairs(payee) or _is_short_for(payee, account) or _is_short_for(account, payee))


def _is_short_for(short: str, name: str) -> bool:
    """Whether all letters of a firm's short name stand in its full name: 人保财险 in 人民财产保险."""
    letters = "".join(_GENERIC.split(short))
    return len(letters) >= LEAST_LETTERS and set(letters) <= set(name)


def _pairs(name: str) -> set[str]:
    return {one + other for part in _GENERIC.split(name) for one, other in pairwise(part)}
