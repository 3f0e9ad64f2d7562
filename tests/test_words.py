"""Every text that people read goes through the catalogue, and every language has all of them."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from villagebooks.cli.parser import build_parser
from villagebooks.core.words import _, use_language
from villagebooks.paths import open_catalogue

ROOT = Path(__file__).parent.parent
HOUSE, LOCALE = ROOT / "villagebooks", ROOT / "resources" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
HAN = re.compile("[\u3400-\u9fff]")
SQL = re.compile(r" IN \(|\|\||SELECT |LIKE '|WHERE |CASE ")

DATA_FILES = {
    "core/money.py": "amounts in words and ages are written in Chinese by law",
    "core/search/bound.py": "signs and words of a condition that people may type into the search",
    "core/search/day.py": "days that people may type into the search",
    "core/search/numeral.py": "numbers in Chinese that people may type into the search",
    "core/search/query.py": "what the books are searched by",
    "core/search/read.py": "what people may type into the search",
    "core/bank/columns.py": "words that the banks' files and people's lists are read by",
    "core/opening/table.py": "headings that a pasted table is read by",
    "db/guard.py": "sentences stand inside the triggers of the database, which are compared word by word",
    "formats/photo/form.py": "pictures of invented Chinese documents for the demonstration",
    "formats/photo/page.py": "pictures of invented Chinese documents for the demonstration",
    "formats/photo/record.py": "pictures of invented Chinese documents for the demonstration",
    "services/demo/month.py": "pictures of invented Chinese documents for the demonstration",
    "services/demo/report.py": "names of the demonstration's files",
    "services/demo/run.py": "names of the demonstration's files and people",
    "services/demo/town.py": "names of the demonstration's files and places",
    "services/demo/cashier.py": "names of the demonstration's people",
    "services/person.py": "surnames whose reading is not the usual one",
}
"""Files whose Chinese is data, and why."""

DATA = {
    "names and classes of accounts in the charts": """损益 成本 资产 负债 所有者权益 本年收益 收益分配 公积公益金
        未分配收益 待处理财产损溢 专项应付款 在建工程 成员 各项分配 提取 分配 销售 救灾 救济 折旧 应付款 租赁收入""",
    "lines of the statements' layouts": "资产总计 负债和所有者权益总计 净收益 四、本年收益 合计 总计",
    "classes, directions, payments and documents as papers keep them": """收入 支出 转存 转账 转账凭证 备用金 现金
        日常运转 提取备用金 补助慰问名册 名册 发票 数电票 票 票据 收据 白条 情况说明 合同 协议 文件 通知 会议 决议
        四议两公开 五步议事 确认书 委托书 照片 会议记录""",
    "words in bank slips": """退 冲 返还 撤销 更正 注销 红字 重付 重汇 代发 工资 报酬 补贴 劳务 误工 分红 慰问""",
    "voucher words and marks in summaries, kept in the books": "记 收 付 转 订正 更正 {年} {月} 〔原 UID|2026-09记12",
    "posts of villages as they are registered": """报账员 村主任 支书 支书兼主任 副主任 委员 监委会主任 监委会委员
        理事长兼主任 监事长 监事 监委会 理事长 主任 副 原 离任""",
    "names of keys and of the centre, bound into signatures": "总钥匙 恢复钥匙 村级会计代理核算中心",
    "numerals of Chinese headings, measures of text": """一二三四五六七八九 一二三四五六七八九十 零一二三四五六七八九十
        十 国 字 账 元 元\\n 元角分张笔户人个亩号年月日 行 一二三四五六七八九十一二""",
    "a language by its own name": "中文",
    "the first and the last sign whose initial is read": "\u4e00 \u9fff",
    "how papers write several payees": r"""[、,;/()]|等|和|与 [、,;/()]|等
        等$|等?[\d一二三四五六七八九十百两几]+(余|多)?[人户名家位]|各[户组]|全体|村民(?!委)|成员|农户|干部
        名册 登记表 考勤表 报酬表 计件表 工资表 发放表 领款表 签领表""",
    "how banks, shops and what is no person are known by their names": r"""
        [店社厂部所行站局校院队会司铺坊馆户款费资金息账村镇乡组县市]$|现金|银行|工资|代发|利息|批量|电力|电信|移动|联通|邮政|财政|税务|政府|中心|社保|医保|人保|保险|财险
        银行|信用社|信用联社|农商行|代发|待清算|清算|过渡|内部|批量|应解|汇款|财政|税务|国库|现金|本行|财付通|支付宝|微信支付|银联|网联|社会保险|社保|医疗保障|医保|国家金库|人民法院|国网|电网|水务|中国石[油化]
        有限|责任|股份|公司|集团|分公司|商店|经营部|经销|服务|[省市县区镇乡村]
        (店|超市|商行|商场|市场|经营部|门市部?|专卖|厂|公司|餐馆|饭庄|酒楼|农庄)$
        劳务|银行|信用|合作社|人力""",
    "what summaries say besides their matter": r"""
        [\W\d一二三四五六七八九十第其次批笔月日]+|支付|付款|支出|报销|购买|采购|现金|费用|[付购买款费]""",
    "what a text is searched by": r"""〔原([^〔〕]+)〕$ [/／或] ([1-9]\d{0,3})\s*[人户名]
        (?:(\d{4})-(\d{1,2})\s*)?([^\W\d_]{1,4}?)[字\s-]*第?(\d{1,6})号?
        [\d\s.,，。、:/年月日号-]+
        (20\d\d)(?:[-.年/](\d{1,2})月?|年)? (\d{1,4}[-/.年月])*\d{1,2}日? [\d\W_年月日元个共]+""",
}
"""Chinese literals that are kept, compared or searched, not read; by reason."""
KNOWN = {word.replace("\\n", "\n") for words in DATA.values() for word in words.split()} | {r"第 (\d+) (行|笔)"}

IN_THE_BOOKS = {
    "{month}月{day}日{word}{n}号凭证", "{year}年{month}月{day}日{word}{n}号凭证", "注销{name}", "订正{name}",
    "更正{name}", "更正{name}{row}差额", "{row}差额", "第{n}行", "结转收入", "结转支出",
    "本年收益转入收益分配", "各项分配转入未分配收益", "提取公积公益金", "向成员分配", "{day} 盘点现金短款",
    "{day} 盘点现金长款", "按新旧制度转换工作底稿转入（原账套 {code}）", "移交时短少：{what}",
    "移交时多出：{what}", "计提{month}月{name}折旧", "计提{month}月折旧", "分摊{year}年{month}月租金",
    "拆分科目：{name}余额转入下级", "合村并账：转出到{new}（{basis}）",
    "合村并账：{former}的账转入（{basis}）", "第{month}号", "这个月没有用收据。", "没有用",
    "用了 {ranges} 共 {n} 张", "作废 {ranges} {n} 张", "还剩 {n} 张空白", "，{ranges} 去向不明", "转入：",
    "转出：", "别的开支", "（最多可留 {limit}）", "房屋、道路、设备用旧的损耗（折旧）", "镇会计核算中心",
    "镇纪委", "举报电话 12388", "意见箱在公示栏旁",
}  # fmt: skip
"""Summaries of vouchers and words of disclosure sheets: they are kept in the books and villagers read them, so they
stay Chinese in every language, and what was booked in one language is found again in another."""


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(HOUSE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(HOUSE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def docstrings(tree: ast.Module) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def wrapped(tree: ast.Module) -> Iterator[ast.Constant]:
    """The text of every `_("…")`, `N_("…")` and `pgettext("…", "…")`, and what stands beside it in the brackets."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "pgettext"):
            yield from (part for word in node.args for part in ast.walk(word) if isinstance(part, ast.Constant))


def bare_texts(name: str, tree: ast.Module) -> Iterator[str]:
    known = docstrings(tree) | {id(one) for one in wrapped(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            text = node.value
            if HAN.search(text) and text not in KNOWN and not SQL.search(text):
                yield f"villagebooks/{name}:{node.lineno} {text[:60]}"


def test_a_chinese_text_that_people_read_is_wrapped_for_the_catalogue() -> None:
    found = [one for name, tree in trees().items() if name not in DATA_FILES for one in bare_texts(name, tree)]
    assert not found, "wrap it in _(), or say in this test why it is data:\n" + "\n".join(found)


def test_what_is_excepted_as_data_is_still_there() -> None:
    gone = [name for name in DATA_FILES if name not in trees()]
    texts = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not gone
    assert texts >= KNOWN, KNOWN - texts


def entries(path: Path) -> list[Message]:
    return [one for one in read(path) if one.id]


@cache
def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name if path.suffix == ".po" else None)


def slots(text: str) -> set[str]:
    try:
        return {name for _text, name, _form, _turn in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_has_the_places_of_its_text_and_is_no_guess(path: Path) -> None:
    wrong = [
        f"{one.id} → {one.string}"
        for one in entries(path)
        if one.fuzzy or (one.string and slots(str(one.id)) != slots(str(one.string)))
    ]
    assert not wrong, "\n".join(wrong)


def forms(text: str) -> Iterator[tuple[str, list[str]]]:
    """(place, forms) of what follows a number in a text: `{n:voucher|vouchers}`."""
    for _text, name, form, _turn in Formatter().parse(text):
        if name is not None and form and "|" in form:
            yield name, form.split("|")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_what_follows_a_number_has_as_many_forms_as_its_language(path: Path) -> None:
    many = read(path).num_plurals
    wrong = [
        f"{one.string}: {each}" for one in entries(path) for _n, each in forms(str(one.string)) if len(each) != many
    ]
    assert not wrong, "\n".join(wrong)


COUNT = re.compile(r"(?<!第 )(?<!第)\{(\w+)\} ?(?:多)?[张个条笔行人天年次份处组册件项页户分秒种位字本名步组期岁枚]")
"""A number of things in Chinese: what stands before a measure word."""
NO_NOUNS = {"is", "was", "has", "does", "less", "this", "its", "as", "across", "s"}
ENDS = {"in", "of", "at", "with", "to", "not", "for", "from", "on", "by"}
"""After one of these no noun follows that the number counts."""


def plural_noun(words: str) -> bool:
    """Whether the words beside a number name several things."""
    for word in words.split():
        if word in ENDS:
            return False
        if word == "people" or (word.endswith("s") and word not in NO_NOUNS):
            return True
    return False


def test_no_english_text_says_1_vouchers() -> None:
    """A number before the plural of a noun needs both forms: {n} {n:voucher|vouchers}, or words that fit any number."""
    found = []
    for one in entries(LOCALE / "en" / "LC_MESSAGES" / "villagebooks.po"):
        for name in set(COUNT.findall(str(one.id))) - {"year", "month", "standard"}:
            after = re.findall(rf"(?<!–)(?<!1 to )\{{{name}\}}((?: [a-z-]+){{1,3}})", str(one.string))
            if any(plural_noun(words) for words in after):
                found.append(f"{one.id} → {one.string}")
    assert not found, "\n".join(found)


def test_words_follow_their_number_in_english(english: None) -> None:
    counted = _("已做 {n} 张草稿：{names}。到“凭证”里核对、送签。")
    assert counted.format(n=1, names="记1").startswith("1 draft made: 记1. Check and send it ")
    assert counted.format(n="1,200", names="记1").startswith("1,200 drafts made: 记1. Check and send them ")
    assert _("{n} 张").format(n=0) == "0 sheets"
    assert _("{n} 张").format(n="1.5") == "1.5 sheets"
    use_language(NullTranslations())
    assert _("{n} 张").format(n=1) == "1 张"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_is_chinese_only_where_it_names_what_the_books_keep(path: Path) -> None:
    wrong = []
    for one in entries(path):
        text, said = str(one.id), str(one.string)
        quoted = all(word in text or word in KNOWN for word in re.findall("[\u3400-\u9fff]+", said))
        stays = said == text and bool(HAN.search(text))
        if stays != (text in IN_THE_BOOKS) or not (stays or quoted):
            wrong.append(f"{text} → {said}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_the_compiled_catalogue_is_what_the_translator_wrote(path: Path) -> None:
    compiled = BytesIO()
    write_mo(compiled, read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run: make words"


def texts_of_the_code() -> set[tuple[str | None, str]]:
    """(context, text) of every text that the catalogue must have."""
    found: set[tuple[str | None, str]] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                words = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if node.func.id in ("_", "N_") and words and words[0]:
                    found.add((None, str(words[0])))
                elif node.func.id == "pgettext" and len(words) == 2:
                    found.add((str(words[0]), str(words[1])))
    return found


def names(path: Path) -> set[tuple[str | None, str]]:
    return {(one.context, str(one.id)) for one in entries(path)}


def test_the_template_has_every_text_of_the_code_and_no_other() -> None:
    listed, said = names(LOCALE / "villagebooks.pot"), texts_of_the_code()
    assert (said - listed, listed - said) == (set(), set()), "run: make words"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_text_is_translated(path: Path) -> None:
    assert names(path) == names(LOCALE / "villagebooks.pot"), "run: make words"
    assert not [str(one.id) for one in entries(path) if not one.string]


@pytest.fixture
def english() -> Iterator[None]:
    use_language(open_catalogue("en"))
    yield
    use_language(NullTranslations())


def helps(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The help of a parser and of every command below it."""
    yield parser.format_help()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from helps(below)


def test_the_help_of_every_command_is_in_english(english: None) -> None:
    left = [line for text in helps(build_parser()) for line in text.splitlines() if HAN.search(line.replace("记", ""))]
    assert not left, "\n".join(left)


def test_the_help_of_every_command_is_in_chinese_without_a_catalogue() -> None:
    said = re.compile(r"\b(usage|options|positional|arguments|show this|optional)\b", re.IGNORECASE)
    left = [line for text in helps(build_parser()) for line in text.splitlines() if said.search(line)]
    assert not left, "\n".join(left)


def test_what_is_wrong_with_a_command_is_said_in_english(english: None, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["trial-balance"], ["foo"], ["close", "--book"], ["check", "--strange"]):
        with pytest.raises(SystemExit):
            build_parser().parse_args(words)
        said = capsys.readouterr().err
        assert said
        assert not HAN.search(said), said
