"""Whose account the bank paid: told where it can hardly be the payee's, and left alone where it may be."""

from __future__ import annotations

import pytest

from villagebooks.core.bank.payee import goes_elsewhere, is_person
from villagebooks.core.payee import Payees

NAMES = Payees({"P1": "清岑墨香文具店（李四海）", "P2": "贺小满"})


@pytest.mark.parametrize(
    ("account", "payee"),
    [
        ("田小虎", "清岑墨香文具店"), ("田小虎", "贺小满"), ("匠缘劳务服务部", "贺小满"),
        ("恩施宏远建材经营部", "惠农农资店"),
    ],
)  # fmt: skip
def test_another_account_than_the_payee_s_is_told(account: str, payee: str) -> None:
    assert goes_elsewhere(account, [payee], [], NAMES)


@pytest.mark.parametrize(
    ("account", "payee", "handler"),
    [
        ("清岑墨香文具店", "墨香文具店", ""), ("李四海", "清岑墨香文具店", ""), ("贺小满", "贺小满（代领）", ""),
        ("向丽蓉", "清岑墨香文具店", "向丽蓉"), ("贺＊满", "贺小满", ""), ("代发工资", "贺小满", ""),
        ("国网湖北省电力有限公司恩施供电公司", "清岑供电所", ""), ("中国电信股份有限公司恩施分公司", "镇电信局", ""),
        ("恩施农村商业银行待清算户", "贺小满", ""), ("田小虎", "村干部5人", ""), ("田小虎", "", ""), ("", "贺小满", ""),
    ],
)  # fmt: skip
def test_what_may_be_the_payee_s_own_account_is_not(account: str, payee: str, handler: str) -> None:
    assert not goes_elsewhere(account, [payee], [handler] if handler else [], NAMES)


@pytest.mark.parametrize(
    ("account", "payee"),
    [
        ("财付通支付科技有限公司", "老街五金店"), ("支付宝（中国）网络技术有限公司", "老街五金店"),
        ("中国人民财产保险股份有限公司清岑支公司", "人保财险"), ("白雁河镇人民政府", "镇政府"),
        ("清岑县社会保险基金管理中心", "县社保局"), ("清岑县医疗保障局", "贺小满"),
    ],
)  # fmt: skip
def test_payment_services_offices_of_insurance_and_short_names_of_firms_accuse_nobody(account: str, payee: str) -> None:
    assert not goes_elsewhere(account, [payee], [], NAMES)


def test_a_person_s_name_is_no_firm_s() -> None:
    assert [is_person(one) for one in ("田小虎", "供电所", "镇政府", "阿依古丽·买买提")] == [True, False, False, True]


@pytest.mark.parametrize(
    ("account", "payee"),
    [
        ("国网重庆市电力公司", "县供电公司"), ("清岑县水务投资集团", "自来水公司"), ("中国石油", "镇加油站"),
        ("国家金库清岑县支库", "县税务局"), ("清岑县人民法院", "贺小满"),
    ],
)  # fmt: skip
def test_current_water_fuel_taxes_and_what_a_court_ordered_were_held_against_the_reporter(
    account: str, payee: str
) -> None:
    assert not goes_elsewhere(account, [payee], [], NAMES)
