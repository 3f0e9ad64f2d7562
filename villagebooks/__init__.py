"""VillageBooks (村账): the books of a township's villages, from the reporter's paper to the villager's look-up.

Two words find any line of code: the floor (folder) and the subject (file). The same noun keeps the same file name on
every floor.

    app.py cli.py   build the desktop program; the same services as commands, without a window
    gui/            PySide6: shows records, calls services
    web/            the villagers' page: reads a query file, nothing else
    services/       one function per act of a person, one transaction per act
    db/             SQLAlchemy Core tables, one module of functions per subject, migrations/
    pdf/            records in, paper out
    formats/        files that leave or enter: query file, submission, backup, three tables, xlsx, hledger
    seal/           keys, notes, containers: the only floor that touches a cryptographic primitive
    paths.py log.py where resources and data lie; the rotating log that no ID number can enter
    core/           rules of the books, standard library only: no clock, no file, no database, no screen

Imports only go down this list; `lint-imports` and `tests/test_house.py` fail the build otherwise. Only frozen
dataclasses cross floors, money is an `int` of fen, and what people read is Chinese inside `_()`.

Subjects: money period village account party paper voucher approval ledger closing statement receipt cash bank asset
contract project disclosure objection query submission supervision journal backup person policy check key note
container.
"""

__version__ = "0.1.0"
