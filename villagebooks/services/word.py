"""The township's choice of voucher words (凭证字), a book's own where it differs, each from a year on."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.voucher import Draft
from villagebooks.core.word import (
    WordRule,
    check_word,
    check_word_rule,
    choice_of,
    proposed_word,
    read_word_rules,
    word_rules_record,
    words_of,
)
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.desk import Act, Desk, Office, acting_office

SETTING = "voucher_words"


def word_rules(office: Office) -> tuple[WordRule, ...]:
    """Every rule, the township's first."""
    with office.books.read() as connection:
        return rules_of(connection)


def rules_of(connection: Connection) -> tuple[WordRule, ...]:
    """Every rule inside a larger act."""
    return read_word_rules(book_rows.settings(connection, [SETTING]).get(SETTING))


def set_word_rule(office: Office, rule: WordRule) -> WordRule:
    """From a year on the township, or one book, numbers by one word or by 收, 付, 转.

    Refused when vouchers made here in such a year carry another word: numbers are never given anew.
    """
    with acting_office(office) as act:
        books = [one.code for one in book_rows.books(act.connection)]
        refuse_if(check_word_rule(rule, books))
        before = rules_of(act.connection)
        kept = [one for one in before if (one.year, one.book) != (rule.year, rule.book)]
        _put(act, before, (*kept, rule))
    return rule


def drop_word_rule(office: Office, rule: WordRule) -> None:
    """Take a rule away; refused when vouchers would then carry a word that is not theirs."""
    with acting_office(office) as act:
        before = rules_of(act.connection)
        _put(act, before, tuple(one for one in before if one != rule))


def worded(connection: Connection, desk: Desk, draft: Draft) -> tuple[Draft, list[Problem]]:
    """The draft with the word that its year proposes where it has none, and what is wrong with the word."""
    words = words_of(rules_of(connection), desk.book.code, draft.day.year)
    draft = draft if draft.word else replace(draft, word=proposed_word(draft.lines, words))
    return draft, check_word(draft.word, draft.lines, words)


def _put(act: Act, before: tuple[WordRule, ...], after: tuple[WordRule, ...]) -> None:
    refuse_if(_used_otherwise(act, before, after))
    book_rows.put_setting(act.connection, SETTING, word_rules_record(after))
    act.record("setting", f"setting:{SETTING}")


def _used_otherwise(act: Act, before: tuple[WordRule, ...], after: tuple[WordRule, ...]) -> list[Problem]:
    problems = []
    for book in book_rows.books(act.connection):
        row = book_rows.book_id(act.connection, book.code)
        for year, word, count in voucher_rows.words_used(act.connection, row):
            changed = choice_of(before, book.code, year) != choice_of(after, book.code, year)
            if changed and word not in words_of(after, book.code, year):
                text = _("{book} {year} 年已经有 {n} 张“{word}”字凭证，号不能重编，请从以后的年份改起")
                problems.append(Problem(text.format(book=book.code, year=year, n=count, word=word), field="year"))
    return problems
