"""The command of binding covers."""

from __future__ import annotations

from villagebooks.cli.place import ALL, DONE, NOTHING, Arguments, complain, desk_of, office_of
from villagebooks.core.problem import Refused


def run_cover(arguments: Arguments) -> int:
    """`cover`: covers or the catalogue of one book in a file, of every book in a folder; those without are told."""
    from villagebooks.services.cover import print_cover
    from villagebooks.services.desk import list_books, open_desk

    span, options = arguments.period, (arguments.paper, arguments.each)
    if arguments.book != ALL:
        desk = desk_of(arguments, span.last)
        print(print_cover(desk, arguments.of, span, arguments.out, *options))
        return DONE
    office, made = office_of(arguments), 0
    for book in list_books(office):
        out = arguments.out / f"{book.code}-{span}-{arguments.of}.pdf"
        try:
            print(print_cover(open_desk(office, book.code, span.last), arguments.of, span, out, *options))
            made += 1
        except Refused as refused:
            complain(*(f"{book.code} {problem}" for problem in refused.problems))
    return DONE if made else NOTHING
