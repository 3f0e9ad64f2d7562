"""Makes townships of arithmetic for the tests: the same arguments give the same three tables, byte for byte.

Every village gets an opening voucher and so many vouchers a year of 2 to 6 lines, some of them red (an earlier voucher
again with negative amounts on its own sides). They are arithmetic, not models of treatment. Only `random.random()` is
used, whose sequence does not change between versions of Python.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CHART = [
    ("101", "库存现金", "Assets", "D"),
    ("102", "银行存款", "Assets", "D"),
    ("10201", "基本账户", "Assets", "D"),
    ("10202", "土地补偿费专户", "Assets", "D"),
    ("111", "短期投资", "Assets", "D"),
    ("112", "应收款", "Assets", "D"),
    ("11201", "外单位应收款", "Assets", "D"),
    ("11202", "外部个人应收款", "Assets", "D"),
    ("113", "内部往来", "Assets", "D"),
    ("11301", "农户往来", "Assets", "D"),
    ("11302", "承包户往来", "Assets", "D"),
    ("121", "库存物资", "Assets", "D"),
    ("131", "消耗性生物资产", "Assets", "D"),
    ("132", "生产性生物资产", "Assets", "D"),
    ("133", "生产性生物资产累计折旧", "Assets", "C"),
    ("134", "公益性生物资产", "Assets", "D"),
    ("141", "长期投资", "Assets", "D"),
    ("151", "固定资产", "Assets", "D"),
    ("15101", "房屋及建筑物", "Assets", "D"),
    ("15102", "道路及水利设施", "Assets", "D"),
    ("15103", "机器设备", "Assets", "D"),
    ("152", "累计折旧", "Assets", "C"),
    ("153", "在建工程", "Assets", "D"),
    ("154", "固定资产清理", "Assets", "D"),
    ("161", "无形资产", "Assets", "D"),
    ("162", "累计摊销", "Assets", "C"),
    ("171", "长期待摊费用", "Assets", "D"),
    ("181", "待处理财产损溢", "Assets", "D"),
    ("201", "短期借款", "Liabilities", "C"),
    ("211", "应付款", "Liabilities", "C"),
    ("21101", "外单位应付款", "Liabilities", "C"),
    ("21102", "外部个人应付款", "Liabilities", "C"),
    ("212", "应付工资", "Liabilities", "C"),
    ("213", "应付劳务费", "Liabilities", "C"),
    ("214", "应交税费", "Liabilities", "C"),
    ("221", "长期借款及应付款", "Liabilities", "C"),
    ("231", "一事一议资金", "Liabilities", "C"),
    ("241", "专项应付款", "Liabilities", "C"),
    ("24101", "征地补偿费", "Liabilities", "C"),
    ("24102", "财政专项资金", "Liabilities", "C"),
    ("301", "资本", "Equity", "C"),
    ("311", "公积公益金", "Equity", "C"),
    ("321", "本年收益", "Equity", "C"),
    ("322", "收益分配", "Equity", "C"),
    ("32201", "未分配收益", "Equity", "C"),
    ("32202", "成员分配", "Equity", "C"),
    ("401", "生产劳务成本", "Assets", "D"),
    ("501", "经营收入", "Income", "C"),
    ("50101", "发包收入", "Income", "C"),
    ("50102", "租赁收入", "Income", "C"),
    ("50103", "农产品销售收入", "Income", "C"),
    ("502", "投资收益", "Income", "C"),
    ("503", "补助收入", "Income", "C"),
    ("50301", "财政补助", "Income", "C"),
    ("50302", "其他补助", "Income", "C"),
    ("504", "其他收入", "Income", "C"),
    ("511", "经营支出", "Expenses", "D"),
    ("512", "税金及附加", "Expenses", "D"),
    ("513", "管理费用", "Expenses", "D"),
    ("51301", "干部报酬", "Expenses", "D"),
    ("51302", "办公费", "Expenses", "D"),
    ("51303", "差旅费", "Expenses", "D"),
    ("51304", "报刊费", "Expenses", "D"),
    ("51305", "折旧费", "Expenses", "D"),
    ("514", "公益支出", "Expenses", "D"),
    ("51401", "环境卫生", "Expenses", "D"),
    ("51402", "文体活动", "Expenses", "D"),
    ("51403", "困难救助", "Expenses", "D"),
    ("515", "其他支出", "Expenses", "D"),
    ("521", "所得税费用", "Expenses", "D"),
]
INFO = {code: (name, root, side) for code, name, root, side in CHART}
PARENTS = {code[:3] for code in INFO if len(code) == 5}
LEAVES = [code for code in INFO if code not in PARENTS]
MONEY = ("101", "10201", "10202")
PARTY = {"11201", "11202", "11301", "11302", "21101", "21102", "213"}

TEMPLATES = [
    (10, "收{g}组{p}承包费", ["101", "10201"], ["50101", "11302"]),
    (6, "收{p}门面房租金", ["10201", "101"], ["50102", "214"]),
    (3, "出售农产品收入", ["101", "10201", "11202"], ["50103", "121"]),
    (6, "上级转移支付到账", ["10201"], ["50301", "50302", "24102"]),
    (4, "征地补偿费到账", ["10202"], ["24101", "311"]),
    (6, "发放{g}组{p}征地补偿款", ["24101", "11301"], ["10202"]),
    (10, "支付{m}月村干部报酬", ["51301", "212"], ["10201", "101"]),
    (9, "报销{p}办公用品费", ["51302", "51304", "121"], ["101", "10201"]),
    (7, "报销{p}差旅费", ["51303", "51302"], ["101"]),
    (6, "支付{p}等人务工费", ["213", "401", "51401"], ["101", "10201"]),
    (6, "保洁员工资及垃圾清运", ["51401", "213"], ["10201", "101"]),
    (4, "慰问困难户{p}", ["51403", "51402"], ["101"]),
    (3, "春节文体活动支出", ["51402", "51302"], ["101", "21101"]),
    (6, "提取备用金", ["101"], ["10201"]),
    (3, "现金存入银行", ["10201"], ["101"]),
    (4, "{g}组道路硬化工程款", ["153", "15102"], ["10201", "21101"]),
    (3, "购置设备", ["15103", "121"], ["10201", "21101"]),
    (4, "计提{m}月折旧", ["51305", "511"], ["152", "133"]),
    (3, "结算专户存款利息", ["10201", "10202"], ["504"]),
    (3, "收回{p}往来欠款", ["101", "10201"], ["11301", "11202", "11201"]),
    (2, "支付{p}往来欠款", ["21102", "21101"], ["101", "10201"]),
    (2, "一事一议筹资款", ["101", "11301"], ["231"]),
    (2, "购买种苗农资", ["131", "121", "132"], ["10201", "21101"]),
    (1, "归还银行借款及利息", ["201", "515"], ["10201"]),
    (1, "对外投资分红", ["10201", "141"], ["502"]),
    (1, "缴纳税费", ["512", "214"], ["10201"]),
    (1, "成员收益分配{g}组{p}", ["32202"], ["10201", "11301"]),
]
RESCUE = ("上级补助资金到账", "10201", "50301")
TOTAL_WEIGHT = sum(template[0] for template in TEMPLATES)
TEMPLATE_PICK = [template for template in TEMPLATES for _ in range(template[0])]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
GIVEN = [
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "伟",
    "芳",
    "明",
    "玉珍",
    "国庆",
    "春梅",
    "永福",
    "小军",
    "海燕",
    "德胜",
    "玉兰",
    "家旺",
    "红霞",
    "立新",
    "金凤",
    "长生",
]
# number of lines: cumulative weights in per cent for 2, 3, 4, 5, 6 (mean 2.97)
LINES_CUM = ((45, 2), (75, 3), (88, 4), (95, 5), (100, 6))
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # 29 Feb unused


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: amounts in fen, negative when red."""

    summary: str
    account: str
    debit: int
    credit: int
    party: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One voucher of village 1, 2, …"""

    village: int
    day: str
    number: int
    kind: str
    lines: tuple[Entry, ...]


@dataclass(slots=True)
class Township:
    """What is to be made: villages × years × vouchers, red ones per mille, with or without the year's closing."""

    villages: int = 40
    years: int = 1
    vouchers: int = 500
    last_year: int = 2026
    seed: str = "villagebooks"
    red: int = 10
    closing: bool = False

    def __iter__(self) -> Iterator[Made]:
        for village in range(1, self.villages + 1):
            yield from self._village(village)

    @property
    def first_year(self) -> int:
        return self.last_year - self.years + 1

    def _village(self, village: int) -> Iterator[Made]:
        balance = dict.fromkeys(LEAVES, 0)

        def book(made: Made) -> Made:
            for line in made.lines:
                balance[line.account] += line.debit - line.credit
            return made

        yield book(self._opening(village, random.Random(f"{self.seed}/{village}/open").random))
        for year in range(self.first_year, self.last_year + 1):
            chance = random.Random(f"{self.seed}/{village}/{year - self.first_year}").random
            numbers: dict[int, int] = {}
            for made in self._year(village, year, chance, balance, numbers):
                yield book(made)
            if self.closing:
                yield book(_closing(village, year, balance, _next(numbers, 12)))

    def _opening(self, village: int, chance: Callable[[], float]) -> Made:
        def amount(low: int, high: int) -> int:
            return int(low + chance() * (high - low)) * 100 + int(chance() * 100)

        debit = [("101", 2000, 9000), ("10201", 300000, 900000), ("10202", 100000, 500000), ("11201", 1000, 80000),
                 ("11301", 1000, 50000), ("121", 1000, 30000), ("132", 10000, 90000), ("15101", 200000, 900000),
                 ("15102", 300000, 2000000), ("15103", 20000, 100000)]  # fmt: skip
        credit = [("133", 1000, 9000), ("152", 50000, 300000), ("201", 10000, 50000), ("21101", 1000, 60000),
                  ("24101", 50000, 400000), ("311", 100000, 300000), ("32201", 1000, 50000)]  # fmt: skip
        lines = [Entry("期初余额", code, amount(low, high), 0) for code, low, high in debit]
        lines += [Entry("期初余额", code, 0, amount(low, high)) for code, low, high in credit]
        rest = sum(line.debit - line.credit for line in lines)
        lines.append(Entry("期初余额", "301", 0, rest))
        return Made(village, f"{self.first_year - 1}-12-31", 0, "opening", tuple(lines))

    def _year(
        self, village: int, year: int, chance: Callable[[], float], balance: dict[str, int], numbers: dict[int, int]
    ) -> Iterator[Made]:
        days = sorted(int(chance() * 365) for _ in range(self.vouchers))
        done: list[Made] = []
        for place in days:
            month, day = _month_and_day(place)
            text = f"{year}-{month:02d}-{day:02d}"
            if done and int(chance() * 1000) < self.red:
                old = done[int(chance() * len(done))]
                if all(balance[code] >= _net(old, code) for code in MONEY):
                    words = f"冲销{old.day[:7]}-{old.number:04d} "
                    lines = tuple(
                        Entry(words + line.summary, line.account, -line.debit, -line.credit, line.party)
                        for line in old.lines
                    )
                    yield Made(village, text, _next(numbers, month), "red", lines)
                    continue
            made = Made(village, text, _next(numbers, month), "normal", tuple(_lines(chance, month, balance)))
            done.append(made)
            yield made


def _closing(village: int, year: int, balance: dict[str, int], number: int) -> Made:
    lines, total = [], 0
    for code in LEAVES:
        root = INFO[code][1]
        if root in ("Income", "Expenses") and balance[code]:
            total += balance[code]
            one = (0, balance[code]) if root == "Expenses" else (-balance[code], 0)
            lines.append(Entry("年终结转损益", code, *one))
    lines.append(Entry("年终结转损益", "321", max(total, 0), max(-total, 0)))
    return Made(village, f"{year}-12-31", number, "closing", tuple(lines))


def _next(numbers: dict[int, int], month: int) -> int:
    numbers[month] = numbers.get(month, 0) + 1
    return numbers[month]


def _month_and_day(place: int) -> tuple[int, int]:
    month = 1
    while place >= MONTH_DAYS[month - 1]:
        place -= MONTH_DAYS[month - 1]
        month += 1
    return month, place + 1


def _net(made: Made, code: str) -> int:
    return sum(line.debit - line.credit for line in made.lines if line.account == code)


def _lines(chance: Callable[[], float], month: int, balance: dict[str, int]) -> Iterator[Entry]:
    _weight, text, debits, out_of = TEMPLATE_PICK[int(chance() * TOTAL_WEIGHT)]
    person = SURNAMES[int(chance() * len(SURNAMES))] + GIVEN[int(chance() * len(GIVEN))]
    summary = text.format(g=1 + int(chance() * 8), p=person, m=month)
    percent = int(chance() * 100)
    count = next(lines for below, lines in LINES_CUM if percent < below)
    short_count = 2 if count >= 4 and len(debits) > 1 and len(out_of) > 1 and chance() < 0.4 else 1
    long_is_debit = len(debits) >= len(out_of)
    debit_count, credit_count = (
        (count - short_count, short_count) if long_is_debit else (short_count, count - short_count)
    )
    unit = (100, 1000, 10000)[int(chance() * 3)]
    parts = [unit + int(chance() * unit * 99) for _ in range(max(debit_count, credit_count))]
    total = sum(parts)
    short = [total]
    if min(debit_count, credit_count) == 2:
        first = 1 + int(chance() * (total - 1))
        short = [first, total - first]

    def side(amounts: list[int], accounts: list[str]) -> list[tuple[str, int, str]]:
        start = int(chance() * len(accounts))
        out = []
        for place, amount in enumerate(amounts):
            code = accounts[(start + place) % len(accounts)]
            out.append((code, amount, f"H{1 + int(chance() * 300):04d}" if code in PARTY else ""))
        return out

    debit_amounts, credit_amounts = (parts, short) if debit_count >= credit_count else (short, parts)
    debit, credit = side(debit_amounts, debits), side(credit_amounts, out_of)
    debit, credit, summary = _within_means(debit, credit, summary, balance)
    yield from (Entry(summary, code, amount, 0, party) for code, amount, party in debit)
    yield from (Entry(summary, code, 0, amount, party) for code, amount, party in credit)


_Side = list[tuple[str, int, str]]


def _within_means(debit: _Side, credit: _Side, summary: str, balance: dict[str, int]) -> tuple[_Side, _Side, str]:
    """Money never goes below zero: pay from the bank, or receive a subsidy instead."""
    need: dict[str, int] = {}
    for code, amount, _party in credit:
        if code in MONEY:
            need[code] = need.get(code, 0) + amount
    if not any(balance[code] < amount for code, amount in need.items()):
        return debit, credit, summary
    if balance["10201"] >= sum(need.values()) and not any(code == "10201" for code, _amount, _party in debit):
        return debit, [("10201" if code in MONEY else code, amount, party) for code, amount, party in credit], summary
    summary, to, out_of = RESCUE
    return [(to, amount, "") for _c, amount, _p in debit], [(out_of, amount, "") for _c, amount, _p in credit], summary


def write_township(folder: Path, township: Township) -> Path:
    """The three tables of a township in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    accounts = [
        (
            code,
            name,
            2 if len(code) == 5 else 1,
            code[:3] if len(code) == 5 else "",
            root,
            side,
            int(code not in PARENTS),
        )
        for code, name, root, side in CHART
    ]
    _write(folder / "accounts.csv", "code name level parent root side leaf", accounts)
    villages = [(f"V{number:03d}", f"第{number}村") for number in range(1, township.villages + 1)]
    _write(folder / "villages.csv", "code name", villages)
    lines = (
        (f"V{made.village:03d}", made.day, made.number, made.kind, place, line.summary, line.account, line.debit,
         line.credit, line.party)
        for made in township
        for place, line in enumerate(made.lines, 1)
    )  # fmt: skip
    _write(folder / "lines.csv", "village date no kind line summary account debit credit party", lines)
    return folder


def _write(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)
