"""收支明细表, 权益变动表 and 附注 agree with the statements; what the accountant writes is kept and journalled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.chain import journal_page
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME, Notes, NoteSection, StatementRow
from villagebooks.core.village import Village
from villagebooks.db.books import open_books
from villagebooks.services.account import chart_accounts
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.statement import (
    accounting_policy,
    note_texts,
    note_topics,
    put_accounting_policy,
    statement,
    statement_detail,
    statement_equity,
    statement_notes,
    write_note_texts,
)
from villagebooks.services.statement.file import notes_bytes, statement_bytes

CASES = Path(__file__).parent.parent / "cases"
YEAR = Span(Month(2024, 1), Month(2024, 12))
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))


def imported(place: Path | str, case: str) -> Office:
    office = create_office(place, "白雁河镇")
    import_history(office, CASES / case)
    return office


@pytest.fixture
def village(made_once: Callable[..., Path | str]) -> Iterator[Desk]:
    """A village's whole year, closed by its transfers."""
    office = Office(open_books(made_once(imported, "one-village-2024")))
    yield open_desk(office, "V001", Month(2024, 12))
    office.books.close()


@pytest.fixture
def township(made_once: Callable[..., Path | str]) -> Iterator[Office]:
    office = Office(open_books(made_once(imported, "baiyanhe/three_tables")))
    yield office
    office.books.close()


def lines(rows: tuple[StatementRow, ...]) -> dict[str, tuple[int, ...]]:
    return {row.line_no: row.amounts_fen for row in rows if row.line_no and row.amounts_fen}


def named(rows: tuple[StatementRow, ...]) -> dict[str, tuple[int, ...]]:
    return {row.label.strip("　"): row.amounts_fen for row in rows if row.amounts_fen}


def section(notes: Notes, topic: str) -> NoteSection:
    return next(one for one in notes.sections if one.topic == topic)


def test_income_and_expenditure_agree_with_the_income_statement(village: Desk) -> None:
    for span in (YEAR, Span(Month(2024, 6), Month(2024, 6)), Span(Month(2024, 10), Month(2024, 12))):
        detail, income = statement_detail(village, span), lines(statement(village, INCOME, span).rows)
        amounts = lines(detail.rows)
        assert named(detail.rows)["三、净收益（收入减支出）"][:3] == income["14"]
        for code, line_no in (("501", "1"), ("503", "3"), ("511", "4"), ("513", "6"), ("514", "10"), ("515", "11")):
            assert amounts.get(code, (0, 0, 0))[:3] == income[line_no], code
    assert detail.unknown == ("prior", "period_prior")


def test_a_year_later_the_year_before_is_known(village: Desk) -> None:
    later = open_desk(village.office, "V001", Month(2025, 3))
    quarter = Span(Month(2025, 1), Month(2025, 3))
    sheet = statement(later, BALANCE_SHEET, quarter, compare=True)
    assert (sheet.columns, sheet.extra) == (("closing", "opening"), ("year_ago",))
    before = lines(statement(village, BALANCE_SHEET, Span(Month(2024, 1), Month(2024, 3))).rows)
    assert {key: amounts[2] for key, amounts in lines(sheet.rows).items()} == {
        key: amounts[0] for key, amounts in before.items() if key in lines(sheet.rows)
    }
    detail, old = statement_detail(later, quarter), statement_detail(village, Span(Month(2024, 1), Month(2024, 3)))
    assert {key: amounts[2:] for key, amounts in named(detail.rows).items()} == {
        key: amounts[:2] for key, amounts in named(old.rows).items()
    }
    assert statement(later, BALANCE_SHEET, quarter).extra == ()
    assert statement_bytes(sheet, "csv").decode().splitlines()[0] == "line_no,label,closing,opening"


def test_where_the_books_do_not_know_the_year_before_the_column_is_left_out(village: Desk) -> None:
    assert statement(village, BALANCE_SHEET, Span(Month(2024, 3), Month(2024, 3)), compare=True).extra == ()
    assert statement(village, INCOME, YEAR, compare=True).unknown == ("prior",)
    december = open_desk(village.office, "V001", Month(2025, 12))
    assert statement(december, BALANCE_SHEET, Span(Month(2025, 1), Month(2025, 12)), compare=True).extra == ()


def test_changes_of_equity_end_at_the_balance_sheet(village: Desk, township: Office) -> None:
    for desk, span in ((village, YEAR), (village, Span(Month(2024, 5), Month(2024, 5))), *(
        (open_desk(township, one.code, SEPTEMBER.last), SEPTEMBER) for one in list_books(township)
    )):  # fmt: skip
        rows, sheet = statement_equity(desk, span).rows, lines(statement(desk, BALANCE_SHEET, span).rows)
        for code, line_no in (("301", "35"), ("311", "36"), ("322", "37")):
            opening, increase, decrease, closing = lines(rows)[code]
            assert (closing, opening) == sheet[line_no], (desk.book.code, code)
            assert opening + increase - decrease == closing
        opening, increase, decrease, closing = rows[-1].amounts_fen
        assert (closing, opening) == sheet["38"]


def test_the_year_s_distribution_is_told_item_by_item(village: Desk) -> None:
    rows = named(statement_equity(village, YEAR).rows)
    assert rows["本年净收益"][1] == 5_045_586
    assert (rows["成员分配"][2], rows["提取公积公益金"][2]) == (2_000_000, 4_084_676)
    shares = {row.name: row.amounts_fen[0] for row in section(statement_notes(village, YEAR), "distribution").rows}
    assert shares["五、可分配收益"] == 13_615_586
    assert shares["六、年末未分配收益"] == 7_530_910


def test_every_table_of_the_notes_ends_at_its_account(village: Desk) -> None:
    notes, sheet = statement_notes(village, YEAR), lines(statement(village, BALANCE_SHEET, YEAR).rows)
    for topic, line_no in (("money", "1"), ("fixed", "11"), ("worn", "12"), ("works", "14"), ("wages", "26"),
                           ("levy", "31"), ("fund", "32"), ("loans", "30"), ("investment", "7")):  # fmt: skip
        found = section(notes, topic)
        assert (found.rows[-1].amounts_fen[-1], found.rows[-1].amounts_fen[0]) == sheet[line_no], topic
        assert found.rows[-1].strong
    current = section(notes, "current").rows[-1].amounts_fen
    receivable, payable = (section(notes, topic).rows[-1].amounts_fen for topic in ("receivable", "payable"))
    assert receivable[-1] + current[4] == sheet["3"][0]
    assert payable[-1] + current[5] == sheet["25"][0]


def test_claims_and_debts_stand_by_name(township: Office) -> None:
    desk = open_desk(township, "V04", SEPTEMBER.last)
    notes = statement_notes(desk, SEPTEMBER)
    rows = {row.name: row.amounts_fen for row in section(notes, "current").rows}
    assert rows["龙德彪（2019年借支）〔原槽口村〕"] == (1_500_000, 0, 0, 0, 1_500_000, 0)
    debts = {row.name: row.amounts_fen for row in section(notes, "payable").rows}
    assert debts["罗氏建筑队〔原槽口村〕"] == (8_600_000, 0, 3_000_000, 5_600_000)
    assert section(notes, "loans").rows[0].name == "清岑农商行（长期借款及应付款）"
    works = section(statement_notes(open_desk(township, "V02", SEPTEMBER.last), SEPTEMBER), "works")
    assert [row.name for row in works.rows] == ["蓄水池项目", "合计"]
    assert "账套代码 V04" in section(notes, "village").given[0]


def test_what_the_accountant_writes_is_kept_for_its_year_and_journalled(village: Desk) -> None:
    write_note_texts(village, 2024, {"events": "十月修通组公路。\n已验收。 "})
    write_note_texts(village, 2024, {"fixed": "含捐赠的水泵一台。"})
    write_note_texts(village, 2024, {"events": "十月修通组公路。"})
    write_note_texts(village, 2024, {"events": "十月修通组公路。"})
    assert note_texts(village, 2024) == {"events": "十月修通组公路。", "fixed": "含捐赠的水泵一台。"}
    assert note_texts(village, 2025) == {}
    assert section(statement_notes(village, YEAR), "fixed").text == "含捐赠的水泵一台。"
    kinds = [one.kind for one in journal_page(village.office, "V001") if one.kind == "note_text"]
    assert len(kinds) == 3
    errors = [one for one in check_books(village.office, deep=True) if one.severity == "error"]
    assert errors == []
    flat = notes_bytes(statement_notes(village, YEAR), "csv").decode()
    assert "含捐赠的水泵一台。" in flat
    assert notes_bytes(statement_notes(village, YEAR), "xlsx")[:2] == b"PK"


@pytest.mark.parametrize(
    ("topic", "said", "sentence"),
    [("无", "x", "附注没有“无”这一项"), ("events", "字" * 4001, "文字太长"), ("events", "a\x07b", "看不见的字符")],
)
def test_a_text_that_does_not_belong_is_refused(village: Desk, topic: str, said: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        write_note_texts(village, 2024, {topic: said})


def test_a_locked_year_keeps_its_notes(village: Desk) -> None:
    write_note_texts(village, 2024, {"events": "前"})
    with village.books.write() as connection:
        connection.execute(text("INSERT INTO period (book, year, month, state) VALUES (1, 2024, 12, 'locked')"))
    with pytest.raises(Refused, match="2024 年已锁定，附注不能再改"):
        write_note_texts(village, 2024, {"events": "后"})
    for sql in ("UPDATE note_text SET text = ''", "DELETE FROM note_text"):
        with pytest.raises(Exception, match="附注"), village.books.write() as connection:
            connection.execute(text(sql))


def test_policies_are_settings_that_the_notes_print(village: Desk) -> None:
    kept = accounting_policy(village.office, "2023")
    assert kept["threshold_fen"] == 0
    values = kept | {"threshold_fen": 100_000, "method": "工作量法", "stock": "先进先出法"}
    put_accounting_policy(village.office, "2023", values)
    said = "".join(section(statement_notes(village, YEAR), "policy").given)
    assert "单位价值 1000.00 元以上" in said
    assert "采用工作量法" in said
    assert "存货发出计价：先进先出法" in said
    assert accounting_policy(village.office, "2004")["threshold_fen"] == 50_000
    with pytest.raises(Refused, match="折旧方法只能是"):
        put_accounting_policy(village.office, "2023", values | {"method": "双倍余额递减法"})


def test_the_old_form_has_its_supplement_of_amounts_that_no_account_holds(new_place: Callable[[], Path | str]) -> None:
    office = create_office(new_place(), "镇")
    book = new_book("V1", "V1", "老村", "代行", "2004", Month(2026, 1))
    open_book(office, Village("V1", "老村"), book, chart_accounts("2004"))
    desk = open_desk(office, "V1", Month(2026, 12))
    year = Span(Month(2026, 1), Month(2026, 12))
    with pytest.raises(Refused, match="补充资料填金额"):
        write_note_texts(desk, 2026, {"lost-stock": "不少"})
    write_note_texts(desk, 2026, {"lost-stock": "1,200.5"})
    assert dict(statement(desk, BALANCE_SHEET, year).supplement)["盘亏、毁损和报废、尚未批准核销的存货"] == 120_050
    assert statement(desk, BALANCE_SHEET, Span(Month(2026, 11), Month(2026, 11))).supplement == ()
    assert len(section(statement_notes(desk, year), "supplement").rows) == 7
    assert "lost-stock" in note_topics("2004")
    assert "lost-stock" not in note_topics("2023")
    office.books.close()
