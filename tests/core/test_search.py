"""What people type when they look for a voucher, and what it may mean."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.search import MOST_WORDS, Term, read_search
from villagebooks.core.words import plain_text

MARCH, SEPTEMBER = ("2026-03-01", "2026-03-31"), ("2026-09-01", "2026-09-30")
SIXTH = ("2026-09-06", "2026-09-06")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("记-12", (Term(voucher=("记", 12)),)), ("记字第12号", (Term(voucher=("记", 12)),)),
        ("付３", (Term(voucher=("付", 3)),)),
        ("2026-03 记12", (Term("2026-03", days=MARCH), Term(voucher=("记", 12)))),
        ("2026-3记12", (Term(days=MARCH), Term(voucher=("记", 12)))),
        ("2026年3月", (Term("2026年3月", days=MARCH),)),
        ("2026-9-5", (Term("2026-9-5", days=("2026-09-05", "2026-09-05")),)),
        ("1,260.50", (Term("1,260.50", (126_050, 126_050)),)), ("¥1260.5", (Term("¥1260.5", (126_050, 126_059)),)),
        ("-88.00", (Term("-88.00", (8_800, 8_800)),)),
        ("1260", (Term("1260", (126_000, 126_099), number=1260),)),
        ("2026", (Term("2026", (202_600, 202_699), number=2026, days=("2026-01-01", "2026-12-31")),)),
        (">5000", (Term(amount=(500_001, LARGEST_FEN), whole=True),)),
        ("＞＝5,000元", (Term(amount=(500_000, LARGEST_FEN), whole=True),)),
        ("<5", (Term(amount=(-LARGEST_FEN, 499), whole=True),)),
        ("1000..2000", (Term(amount=(100_000, 200_000), whole=True),)),
        ("2000～1000", (Term(amount=(100_000, 200_000), whole=True),)),
        ("报12", (Term("报12", paper=12),)), ("待签字", (Term("待签字", state="submitted"),)),
        ("电费  打印纸", (Term("电费"), Term("打印纸"))), ("a..b", (Term("a..b"),)),
        (">多少", (Term(),)), ("电费 >多少", (Term("电费"),)),
        ("", ()),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_as_everything_it_may_mean(typed: str, terms: tuple[Term, ...]) -> None:
    assert read_search(typed).terms == terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("9月记6", (Term(days=SEPTEMBER), Term(voucher=("记", 6)))),
        ("9月 记6", (Term("9月", days=SEPTEMBER), Term(voucher=("记", 6)))),
        ("９月记６号", (Term(days=SEPTEMBER), Term(voucher=("记", 6)))),
        ("9月6号", (Term(days=SEPTEMBER), Term(number=6, days=SIXTH))),
        ("9月6", (Term(days=SEPTEMBER), Term(number=6, days=SIXTH))),
        ("9月6日", (Term("9月6日", days=SIXTH),)),
        ("12月报3", (Term(days=("2026-12-01", "2026-12-31")), Term("报3", paper=3))),
        ("13月6号", (Term("13月6号"),)),
    ],
)  # fmt: skip
def test_a_month_without_its_year_is_one_of_the_year_in_hand(typed: str, terms: tuple[Term, ...]) -> None:
    assert read_search(typed, 2026).terms == terms


def test_a_range_without_an_end_goes_on_to_the_largest_amount() -> None:
    assert read_search("1000..").terms == read_search(">=1000").terms
    assert read_search("1000.50~").terms == read_search(">=1000.50").terms
    assert read_search("砂石..").terms[0].text == "砂石.."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("修路 ＞5，000", "找：合计大于 5,000.00 元；摘要、名称或单据号有“修路”"),
        ("> 5000元", "找：合计大于 5,000.00 元"), ("大于5万", "找：合计大于 50,000.00 元"),
        ("5000以上", "找：合计 5,000.00 元及以上"), ("不超过三千四百元", "找：合计 3,400.00 元及以下"),
        (">-5", "找：合计大于 -5.00 元（正数都在内）"), ("=3,400", "找：合计正好 3,400.00 元"),
        ("1000 .. 2000", "找：合计 1,000.00 到 2,000.00 元"), ("1000。。2000", "找：合计 1,000.00 到 2,000.00 元"),
        ("1,000到2,000", "找：合计 1,000.00 到 2,000.00 元"), ("..2000", "找：合计 2,000.00 元及以下"),
        ("3月..5月", "找：2026-03-01 到 2026-05-31"), ("2025年3月..5月", "找：2025-03-01 到 2025-05-31"),
        ("2026-03-05..", "找：2026-03-05 起"), ("3月以前", "找：到 2026-02-28 为止"),
        (">2026-03", "找：2026-04-01 起"), ("去年", "找：2025 年，或文字里有“去年”"),
        ("三月五日", "找：日期 2026-03-05，或文字里有“三月五日”"),
        ("二〇二六年十二月", "找：2026 年 12 月，或文字里有“二〇二六年十二月”"),
        ("二季度", "找：2026-04-01 到 2026-06-30，或文字里有“二季度”"),
        ("2026-02-30", "找：摘要、名称或单据号有“2026-02-30”（没有这个日期，当文字找）"),
        ("1,2345", "找：摘要、名称或单据号有“1,2345”（不像金额，当文字找）"),
        ("9月份电费", "找：2026 年 9 月，或文字里有“9月份”；摘要、名称或单据号有“电费”"),
        ("去年的电费", "找：2025 年，或文字里有“去年”；摘要、名称或单据号有“电费”"),
        ("1-6月", "找：2026-01-01 到 2026-06-30，或文字里有“1-6月”"),
        ("2025年十月至十二月", "找：2025-10-01 到 2025-12-31，或文字里有“2025年十月至十二月”"),
        (">三千四", "找：合计大于 3,400.00 元"), (">三千零四", "找：合计大于 3,004.00 元"),
        (">三万四", "找：合计大于 34,000.00 元"), (">三百五十", "找：合计大于 350.00 元"),
        (">十二", "找：合计大于 12.00 元"), ("3400左右", "找：合计 3,060.00 到 3,740.00 元"),
        ("3400元整", "找：金额 3,400.00 到 3,400.99 元，或文字里有“3400元整”"),
        ("2000以上的", "找：合计 2,000.00 元及以上"),
        ("12号", "找：凭证或报账单 12 号，或文字里有“12号”"), ("科目：bgf", "找：科目 bgf"),
        ("51302", "找：金额 51,302.00 到 51,302.99 元，或凭证或报账单 51302 号，或科目 51302，或文字里有“51302”"),
        ("lcwc", "找：村、往来或科目的拼音首字母 lcwc，或文字里有“lcwc”"),
        ("V07 3月 记-12", "找：2026 年 3 月，或文字里有“3月”；字号 记-12；摘要、名称或单据号有“V07”"),
    ],
)  # fmt: skip
def test_what_is_looked_for_is_said_back_in_one_line(typed: str, told: str) -> None:
    reading = read_search(typed, 2026)
    assert (reading.told, reading.missed) == (told, "")


@pytest.mark.parametrize(
    ("typed", "missed"),
    [
        (">多少", "没看懂“>多少”：“>”后面写金额或日期，如 >5000、>2026-03。所以什么都没有找。"),
        ("修路 ＜", "没看懂“＜”：“<”后面写金额或日期，如 <5000、<2026-03。这部分没有用来找。"),
        ("1000..很多", "两边都写金额，或者都写日期"), ("..", "两边写金额或日期"), ("科目：", "代码、名称或拼音首字母"),
        ("电 " * 25, "一次最多找 20 个词"), ("电" * 300, "一次最多 200 个字"), (">2026-13", "后面写金额或日期"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_with_what_may_be_typed_instead(typed: str, missed: str) -> None:
    assert missed in read_search(typed, 2026).missed


PIECES = st.sampled_from([
    *">＞＜≥=..~～。，,-/:：¥元万年月日号第 　", "大于", "以上", "到", "3月", "三月", "2026", "1,000", "科目", "记",
    "报", "12", "季度", "9999", "99999999999999999", "十", "零", "〇", "²", "①", "\0", "草稿",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join)), st.sampled_from([0, 1900, 2026, 9999]))
@example("9999-12-31以后", 9999)
@example(">9999-12-31", 9999)
@example("0000-00-00..", 0)
def test_whatever_is_typed_is_understood_or_named(typed: str, year: int) -> None:
    reading = read_search(typed, year)
    shown = "".join(plain_text(typed).split())
    assert "".join("".join(part.typed.split()) for part in reading.parts) == shown
    assert all(bool(part.terms) != bool(part.why) for part in reading.parts)
    assert all(part.said or part.text or part.why for part in reading.parts)
    assert bool(reading.told or reading.missed) == bool(shown)
    assert len(reading.terms) <= 3 * MOST_WORDS
    assert all(term.amount is None or term.amount[0] <= term.amount[1] for term in reading.terms)


def test_the_month_in_hand_is_called_this_month() -> None:
    assert read_search("本月 电费", 2026, 1).told == "找：2026 年 1 月，或文字里有“本月”；摘要、名称或单据号有“电费”"
    assert read_search("上个月", 2026, 1).terms == (Term("上个月", days=("2025-12-01", "2025-12-31")),)
    assert read_search("本月").terms == (Term("本月"),)
