"""Templates for the voucher form: the year's usual entries, and what the township made of its own vouchers."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

from villagebooks.core.book import STANDARDS
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if
from villagebooks.core.template import Template, check_template_name, check_templates, template_of
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import template as template_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.template import read_templates
from villagebooks.paths import resource
from villagebooks.services.desk import Act, Desk, Office, acting_office


def list_templates(office: Office, standard: str = "") -> list[Template]:
    """The township's own templates first, then the supplied ones, of one standard or of all."""
    with office.books.read() as connection:
        own = template_rows.templates(connection, standard)
    return [*own, *(one for one in supplied_templates() if not standard or one.standard == standard)]


def supplied_templates(path: Path | None = None) -> tuple[Template, ...]:
    """The entries of `resources/templates/usual.csv`; Trouble when somebody spoiled the file."""
    path = path or resource("templates", "usual.csv")
    templates = read_templates(path)
    faults = check_templates(templates, {name: read_chart(resource("charts", f"{name}.csv")) for name in STANDARDS})
    if faults:
        raise Trouble(_("模板文件 {path} 有错：{what}").format(path=path.name, what=faults[0]))
    return templates


def keep_template(desk: Desk, voucher_uid: str, name: str) -> Template:
    """存为模板: a voucher's lines without amounts, for the whole township. Refused for a name that is taken."""
    with acting_office(desk.office) as act:
        row = book_rows.book_id(act.connection, desk.book.code)
        voucher = voucher_rows.need_voucher(act.connection, row, voucher_uid)
        named = plain_text(name).strip()
        refuse_if(check_template_name(named, _names(act, desk.book.standard)))
        accounts = book_rows.accounts(act.connection, row)
        made = template_of(voucher, named, desk.book.standard, accounts)
        kept = replace(made, uid=str(uuid.uuid4()), made_by=act.person)
        template_rows.add_template(act.connection, kept)
        act.record("template", f"template:{kept.uid}")
        return replace(kept, key=kept.uid)


def rename_template(office: Office, uid: str, name: str) -> Template:
    """Give one of the township's own templates another name."""
    with acting_office(office) as act:
        old, named = _own(act, uid), plain_text(name).strip()
        others = [one for one in _names(act, old.standard) if one != old.name]
        refuse_if(check_template_name(named, others))
        template_rows.rename_template(act.connection, uid, named)
        act.record("template", f"template:{uid}")
        return replace(old, name=named)


def drop_template(office: Office, uid: str) -> None:
    """Take one of the township's own templates out of the list; its row stays, marked, and is journalled."""
    with acting_office(office) as act:
        _own(act, uid)
        template_rows.drop_template(act.connection, uid)
        act.record("template", f"template:{uid}")


def _own(act: Act, uid: str) -> Template:
    found = next((one for one in template_rows.templates(act.connection) if one.uid == uid), None)
    if found is None:
        raise Refused([Problem(_("没有这个模板，或者已经删除；程序自带的模板不能改"))])
    return found


def _names(act: Act, standard: str) -> list[str]:
    own = [one.name for one in template_rows.templates(act.connection, standard)]
    return own + [one.name for one in supplied_templates() if one.standard == standard]
