"""会计报表附注 of a book and year: generated from the books, with the texts that the accountant keeps beside them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache

from villagebooks.core.closing import LOCKED
from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import (
    BY_ACCOUNT,
    EVENTS,
    INCOME,
    INDENT,
    NET_INCOME,
    NOTE_COLUMNS,
    POLICY,
    SHARE,
    VILLAGE,
    NoteRow,
    NoteRule,
    Notes,
    NoteSection,
    build_note_rows,
    check_note_rules,
    check_note_text,
    total_line,
)
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import statement as note_rows
from villagebooks.formats.statement import read_note_rules
from villagebooks.paths import resource
from villagebooks.services.desk import Desk, acting
from villagebooks.services.statement.layout import chart_of, layout_of
from villagebooks.services.statement.policy import policy_sentences, read_policy
from villagebooks.services.statement.read import (
    BookRead,
    check_begun,
    read_book,
    statement_of,
    supplement_labels,
    year_to_date,
)

CREDIT_KINDS = ("负债", "所有者权益")


def statement_notes(desk: Desk, span: Span) -> Notes:
    """The notes of the span's year up to its last month; tables that are empty and have no text are left out."""
    with desk.books.read() as connection:
        one = read_book(connection, desk.book, span.last)
        refuse_if(check_begun(one.book, span))
        kept = note_rows.note_texts(connection, one.row, span.last.year)
        texts = {topic: text for topic, (_uid, text) in kept.items()}
        sections = [
            NoteSection(VILLAGE, _("基本情况"), _village(one, span), texts.get(VILLAGE, "")),
            NoteSection(POLICY, _("编制依据和会计政策"), _policy(one), texts.get(POLICY, "")),
            *_tables(one, span.last, texts), _distribution(one, span, texts.get(SHARE, "")),
            *_supplement(one, texts), NoteSection(EVENTS, _("其他需要说明的事项"), (), texts.get(EVENTS, "")),
        ]  # fmt: skip
    book = one.book
    shown = tuple(section for section in sections if section.given or section.text or section.rows)
    return Notes(book.code, book.name, book.standard, span, shown)


def note_texts(desk: Desk, year: int) -> dict[str, str]:
    """What the accountant wrote for a year, by topic."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        return {topic: text for topic, (_uid, text) in note_rows.note_texts(connection, row, year).items()}


def note_topics(standard: str) -> dict[str, str]:
    """Every topic that may have a text, with its title, in the order of the notes."""
    tables = {rule.topic: rule.title for rule in _rules(standard)}
    ends = {SHARE: _("本年收益分配"), **supplement_labels(standard), EVENTS: _("其他需要说明的事项")}
    return {VILLAGE: _("基本情况"), POLICY: _("编制依据和会计政策"), **tables, **ends}


def write_note_texts(desk: Desk, year: int, texts: Mapping[str, str]) -> None:
    """Keep texts of a year's notes by topic, an empty one to take it out again.

    A line of the 2004 supplement is an amount. Refused for an unknown topic, a text that is too long, and in a locked
    year; then none is kept.
    """
    standard = desk.book.standard
    wanted = {topic: _plain(text) for topic, text in texts.items()}
    topics = tuple(note_topics(standard))
    refuse_if([fault for topic, text in wanted.items() for fault in check_note_text(topic, text, topics)])
    for topic in set(wanted) & set(supplement_labels(standard)):
        wanted[topic] = _amount_text(topic, wanted[topic], standard)
    with acting(desk) as act:
        row = act.row
        states = book_rows.month_states(act.connection, row)
        if any(month.year == year and state == LOCKED for month, state in states.items()):
            raise Refused([Problem(_("{year} 年已锁定，附注不能再改").format(year=year))])
        kept = note_rows.note_texts(act.connection, row, year)
        for topic, text in wanted.items():
            uid, last = kept.get(topic, (str(uuid.uuid4()), ""))
            if text != last:
                note_rows.put_note_text(act.connection, uid, row, year, topic, text)
                act.record("note_text", f"note_text:{uid}")


def _plain(text: str) -> str:
    """A text without blank ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _amount_text(topic: str, text: str, standard: str) -> str:
    """The one spelling of an amount, nothing for nothing."""
    amount = read_yuan(text) if text else 0
    if amount is None:
        label = supplement_labels(standard)[topic]
        raise Refused([Problem(_("补充资料填金额（元），例如 1,200.00"), label, field="text")])
    return yuan_text(amount) if text else ""


@lru_cache(maxsize=4)
def _rules(standard: str) -> tuple[NoteRule, ...]:
    rules = read_note_rules(resource("statements", f"notes-{standard}.csv"))
    refuse_if(check_note_rules(rules))
    return rules


def _village(one: BookRead, span: Span) -> tuple[str, ...]:
    book = one.book
    names = {village.code: village.name for village in book_rows.villages(one.connection)}
    day = span.last.last_day.isoformat()
    alive = [person for person in person_rows.people(one.connection, book.village)
             if not person.died_on or person.died_on > day]  # fmt: skip
    households = {person.household for person in alive if person.household}
    text = _("{name}（账套代码 {code}，{kind}），所属村：{village}。本账套从 {year} 年 {month} 月起记账。")
    said = [text.format(
        name=book.name, code=book.code, kind=_(book.kind), village=names.get(book.village) or book.village,
        year=book.start.year, month=book.start.month,
    )]  # fmt: skip
    if alive:
        counted = _("截至期末，名册登记 {households} 户 {people} 人。")
        said.append(counted.format(households=len(households), people=len(alive)))
    return tuple(said)


def _policy(one: BookRead) -> tuple[str, ...]:
    names = {
        "2023": _("《农村集体经济组织会计制度》（财会〔2023〕14号）"),
        "2004": _("《村集体经济组织会计制度》（财会〔2004〕12号）"),
    }
    basis = _("本账套执行{rule}，会计年度自公历 1 月 1 日起至 12 月 31 日止，以人民币元为单位。")
    kept = read_policy(one.connection, one.book.standard)
    return (basis.format(rule=names[one.book.standard]), *policy_sentences(kept))


def _tables(one: BookRead, month: Month, texts: Mapping[str, str]) -> list[NoteSection]:
    parties = {party.code: party.name for party in book_rows.parties(one.connection, one.row).values()}
    chart = {account.code: account for account in chart_of(one.book.standard)}
    sections = []
    for rule in _rules(one.book.standard):
        parts = note_rows.note_parts(one.connection, one.row, month, rule.accounts, rule.by)
        first = chart[rule.accounts[0]]
        credit = first.kind in CREDIT_KINDS or first.side == "C"
        rows = build_note_rows(rule, parts, one.accounts, {} if rule.by == BY_ACCOUNT else parties, credit)
        columns = NOTE_COLUMNS[rule.columns] if rows else ()
        sections.append(NoteSection(rule.topic, rule.title, (), texts.get(rule.topic, ""), columns, rows))
    return sections


def _distribution(one: BookRead, span: Span, text: str) -> NoteSection:
    """The lines of the income statement from the year's net income on."""
    layout = layout_of(one.connection, INCOME, one.book.standard, span.last)
    from_line = total_line(layout.lines, *NET_INCOME)
    rows = statement_of(one, layout, year_to_date(span)).rows
    first = next((place for place, row in enumerate(rows) if row.line_no == from_line), len(rows))
    shown = tuple(
        NoteRow(row.label.strip(INDENT), row.amounts_fen[:1], strong=row.label[:1] in "一二三四五六七八九")
        for row in rows[first:]
        if row.amounts_fen
    )
    return NoteSection(SHARE, _("本年收益分配"), (), text, ("amount",) if shown else (), shown)


def _supplement(one: BookRead, texts: Mapping[str, str]) -> list[NoteSection]:
    """补充资料 of the 2004 form: what the accountant filled in."""
    labels = supplement_labels(one.book.standard)
    if not labels:
        return []
    rows = tuple(NoteRow(label, (read_yuan(texts.get(topic, "")) or 0,)) for topic, label in labels.items())
    return [NoteSection("supplement", _("资产负债表补充资料（村会01表）"), (), "", ("amount",), rows)]
