"""The working paper on paper and as a table, in whatever state it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.formats.migration import paper_table
from villagebooks.formats.record import csv_text
from villagebooks.paths import make_folder
from villagebooks.pdf.migration import draw_migration
from villagebooks.seal.file import write_file_safely
from villagebooks.services.desk import Desk
from villagebooks.services.migration.act import PREPARE
from villagebooks.services.migration.overview import usual_chart
from villagebooks.services.migration.paper import PaperState, look_at_paper, read_paper
from villagebooks.services.office import centre


@in_chinese
def print_paper(desk: Desk, out: Path) -> Path:
    """Draw the paper of the desk's book; one that was not begun as it would begin. `Trouble` when the disk refuses."""
    state = read_paper(desk) or look_at_paper(desk, usual_chart(desk.office))
    make_folder(out.parent)
    signed, digest = _signatures(desk, state)
    draw_migration(state.paper, state.sheets, signed, digest, out, centre(desk.office).imprint)
    return out


def write_paper(desk: Desk, folder: Path) -> tuple[PaperState, tuple[Path, Path]]:
    """Write `<book>-<month>-migration.pdf` and `.csv` into a folder; the paper as it stands, and both paths."""
    state = read_paper(desk) or look_at_paper(desk, usual_chart(desk.office))
    make_folder(folder)
    name = f"{desk.book.code}-{state.paper.head.month}-migration"
    table = folder / f"{name}.csv"
    write_file_safely(table, csv_text(paper_table(state.paper)).encode())
    return state, (print_paper(desk, folder / f"{name}.pdf"), table)


def _signatures(desk: Desk, state: PaperState) -> tuple[list[str], str]:
    """The electronic signatures in words, and the hash of what they sign; nothing for a draft."""
    uid = state.paper.head.uid
    with desk.books.read() as connection:
        body = approval_rows.body_of(connection, uid, 1) if uid else None
        given = approval_rows.approvals_of(connection, uid) if uid else []
    if body is None:
        return [], ""
    words = _("；").join(
        _("{step} {name}（电子签字 {at}）").format(
            step=_("编制") if one.step == PREPARE else _("审核"), name=one.name, at=one.at[:16].replace("T", " ")
        )
        for one, _note in given
    )
    return [words], hashlib.sha256(body).hexdigest()
