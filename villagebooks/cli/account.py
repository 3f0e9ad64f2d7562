"""`accounts`: charts of books, how they differ from the unified accounts, and the unified accounts themselves."""

from __future__ import annotations

from villagebooks.cli.place import DONE, REFUSED, Arguments, complain, deliver, office_of, out_file
from villagebooks.core.words import _

PDF = "pdf"


def run_accounts(arguments: Arguments) -> int:
    """`accounts`: list, compare, put in place, or take in a version of the unified accounts."""
    if arguments.unified:
        return _take_in(arguments)
    if arguments.apply:
        return _apply(arguments)
    return _compare(arguments) if arguments.compare else _list(arguments)


def _list(arguments: Arguments) -> int:
    from villagebooks.services.account import list_charts
    from villagebooks.services.report import charts_bytes

    office = office_of(arguments)
    charts = list_charts(office, arguments.book)
    if arguments.format == PDF:
        from villagebooks.services.account.printing import print_charts

        print_charts(office, charts, out_file(arguments))
        return DONE
    return deliver(arguments, charts_bytes(charts, arguments.format))


def _compare(arguments: Arguments) -> int:
    from villagebooks.services.account import compare_books
    from villagebooks.services.report import deviations_bytes

    office = office_of(arguments)
    found = compare_books(office, arguments.book)
    for one in found:
        if not one.version:
            complain(_("账套 {book}：{standard} 年制度还没有统一科目").format(book=one.book, standard=one.standard))
    if arguments.format == PDF:
        from villagebooks.services.account.printing import print_deviations

        print_deviations(office, found, out_file(arguments))
        return DONE
    return deliver(arguments, deviations_bytes(found, arguments.format))


def _apply(arguments: Arguments) -> int:
    from villagebooks.core.account import kind_word
    from villagebooks.services.account import apply_unified, compare_books

    office = office_of(arguments)
    books = [one.book for one in compare_books(office, arguments.book)]
    refused = False
    for one in apply_unified(office, books):
        refused = refused or bool(one.problems)
        complain(*(f"{one.book}: {problem}" for problem in one.problems))
        print(_("{book} {name}：统一了 {n} 处，还有 {m} 处").format(
            book=one.book, name=one.name, n=len(one.done), m=len(one.left)
        ))  # fmt: skip
        for each in one.left:
            print("  ", each.code, kind_word(each.kind), each.name or each.theirs, each.detail)
    return REFUSED if refused else DONE


def _take_in(arguments: Arguments) -> int:
    from villagebooks.services.account import import_unified

    made = import_unified(office_of(arguments), arguments.standard, arguments.unified)
    text = _("{standard} 年制度的统一科目：第 {n} 版，{m} 个科目")
    print(text.format(standard=made.standard, n=made.version, m=len(made.accounts)))
    return DONE
