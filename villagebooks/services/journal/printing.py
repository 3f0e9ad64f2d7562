"""The log on paper and as a file: what a filter shows, whole."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from villagebooks.core.journal import LogFilter, kind_word
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.formats.journal import log_table
from villagebooks.formats.record import csv_text, json_text
from villagebooks.paths import make_folder
from villagebooks.pdf.journal import draw_log
from villagebooks.services.desk import Office
from villagebooks.services.journal.read import ALL, OFFICE, Scopes, all_lines, chain_states
from villagebooks.services.office import centre

MOST_PRINTED = 3000
"""Lines that one print may hold: 80 pages."""


def print_log(office: Office, scopes: Scopes, asked: LogFilter, out: Path) -> Path:
    """Draw every line that fits; Refused when there is none, or more than anybody reads on paper."""
    lines = list(islice(all_lines(office, scopes, asked), MOST_PRINTED + 1))
    if not lines:
        raise Refused([Problem(_("没有符合条件的日志可打印"))])
    if len(lines) > MOST_PRINTED:
        raise Refused([Problem(_("符合条件的日志超过 {n} 条，请缩小时间或加条件再打印").format(n=MOST_PRINTED))])
    make_folder(out.parent)
    draw_log(
        lines,
        chain_states(office, scopes),
        filter_words(scopes, asked),
        office.books.now(),
        out,
        centre(office).imprint,
    )
    return out


def log_bytes(office: Office, scopes: Scopes, asked: LogFilter, form: str) -> bytes:
    """Every line that fits as CSV or JSON."""
    table = log_table(all_lines(office, scopes, asked))
    return (json_text(table) if form == "json" else csv_text(table)).encode()


def filter_words(scopes: Scopes, asked: LogFilter) -> str:
    """What was asked for, in words."""
    names = {OFFICE: _("办公室"), ALL: _("全部账套和办公室")}
    said = [_("、").join(names.get(one, one) for one in scopes)]
    if asked.since or asked.until:
        said.append(_("{since} 至 {until}").format(since=asked.since or _("开始"), until=asked.until or _("现在")))
    said += [asked.person] if asked.person else []
    said += [_("、").join(dict.fromkeys(map(kind_word, asked.kinds)))] if asked.kinds else []
    said += [f"“{asked.words}”"] if asked.words else []
    return "　".join(said)
