"""What stands on a drawn document: the one record from which every form is drawn."""

from __future__ import annotations

from dataclasses import dataclass

INVOICE, RECEIPT, SLIP, TABLE, ROLL, LETTER = "invoice", "receipt", "slip", "table", "roll", "letter"
BOARD, DITCH = "board", "ditch"
FORMS = (INVOICE, RECEIPT, SLIP, TABLE, ROLL, LETTER, BOARD, DITCH)
"""数电票, 收款收据, 银行回单, a form of labelled fields, a list (名册), a page of text, two views of the village."""

INK_COLUMN = "签字"
"""Cells of a column with this in its title are written by hand; with 按印 there a fingerprint stands beside them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A document to draw. `fields` are (label, text), `rows` belong to `columns`, `words` are a letter's paragraphs.

    `signers` are (role, name), the name written by hand, `stamps` the words around a seal. Amount in fen, 0: none.
    """

    form: str
    title: str
    subtitle: str = ""
    number: str = ""
    day: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    amount_fen: int = 0
    signers: tuple[tuple[str, str], ...] = ()
    stamps: tuple[str, ...] = ()
