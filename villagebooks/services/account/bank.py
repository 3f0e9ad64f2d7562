"""银行账户登记: what the bank dimension is chosen from. The number is sealed (SECURITY §8) and no digit is printed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

from villagebooks.core.account import RegisteredBank, check_bank, plain_number
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import bank_account as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.seal.person import FieldSeal, derive_office_keys
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked

COLUMN = "bank_account.number"


def bank_register(desk: Desk) -> list[RegisteredBank]:
    """The book's bank accounts, those in use first, without any number."""
    with desk.books.read() as connection:
        return bank_rows.bank_accounts(connection, book_rows.book_id(connection, desk.book.code))


def register_bank(
    desk: Desk, wanted: RegisteredBank, number: str = "", unlocked: Unlocked | None = None
) -> RegisteredBank:
    """Enter a bank account; its number is sealed under the office key, which the signer must hold.

    Refused for a label that is taken or shows the number, and for a number that the book has under another label.
    """
    number = plain_number(number)
    with acting(desk) as act:
        row_id = act.row
        new = _tidy(replace(wanted, uid=str(uuid.uuid4()), closed_on="", has_number=bool(number)))
        problems = check_bank(new, bank_rows.bank_accounts(act.connection, row_id), number)
        refuse_if([*problems, *_check_account(act, new)])
        sealed, index = _seal(act, new.uid, number, unlocked) if number else (None, None)
        bank_rows.add_bank_account(act.connection, row_id, new, sealed, index)
        act.record("bank_account", f"bank_account:{new.uid}")
    return new


def change_bank(
    desk: Desk, wanted: RegisteredBank, number: str = "", unlocked: Unlocked | None = None
) -> RegisteredBank:
    """Change bank and account, and the number when one is given; the label stays, because vouchers name it."""
    number = plain_number(number)
    with acting(desk) as act:
        old = _need(act, wanted.uid)
        changed = _tidy(replace(wanted, label=old.label, closed_on=old.closed_on))
        refuse_if([*check_bank(changed, (), number), *_check_account(act, changed)])
        if number:
            bank_rows.set_number(act.connection, old.uid, *_seal(act, old.uid, number, unlocked))
        bank_rows.set_bank_account(act.connection, changed)
        act.record("bank_account", f"bank_account:{old.uid}")
    return replace(changed, has_number=old.has_number or bool(number))


def close_bank(desk: Desk, uid: str, day: date | None) -> RegisteredBank:
    """销户 from a day: no voucher of that day or later names it; None opens it again."""
    with acting(desk) as act:
        changed = replace(_need(act, uid), closed_on=day.isoformat() if day else "")
        bank_rows.set_bank_account(act.connection, changed)
        act.record("bank_account", f"bank_account:{uid}")
    return changed


def bank_number(desk: Desk, uid: str, unlocked: Unlocked) -> str:
    """The full number for the screen of somebody who holds the office key; the look is journalled."""
    with acting(desk) as act:
        one = _need(act, uid)
        sealed = bank_rows.sealed_number(act.connection, uid)
        if sealed is None:
            raise Refused([Problem(_("“{label}”没有登记账号").format(label=one.label))])
        number = _field_seal(unlocked).open(sealed, COLUMN, uid)
        act.record("bank_number", f"bank_account:{uid}")
    return number


def _tidy(one: RegisteredBank) -> RegisteredBank:
    return replace(one, label=plain_text(one.label).strip(), bank=plain_text(one.bank).strip())


def _need(act: Act, uid: str) -> RegisteredBank:
    found = [one for one in bank_rows.bank_accounts(act.connection, act.row) if one.uid == uid]
    if not found:
        raise Refused([Problem(_("登记簿里没有这个银行账户"))])
    return found[0]


def _check_account(act: Act, one: RegisteredBank) -> list[Problem]:
    known = book_rows.accounts(act.connection, act.row)
    if not one.account or one.account in known:
        return []
    return [Problem(_("没有科目 {code}").format(code=one.account), field="account")]


def _seal(act: Act, uid: str, number: str, unlocked: Unlocked | None) -> tuple[bytes, bytes]:
    if unlocked is None:
        raise Refused([Problem(_("记下账号要有管钥匙的人签字打开钥匙"), field="number")])
    seal = _field_seal(unlocked)
    index = seal.index(number)
    holder = bank_rows.holder_of(act.connection, act.row, index)
    if holder and all(one.uid != uid for one in _of_label(act, holder)):
        text = _("这个账号已登记为“{label}”").format(label=holder)
        raise Refused([Problem(text, field="number")])
    return seal.seal(number, COLUMN, uid), index


def _of_label(act: Act, label: str) -> list[RegisteredBank]:
    return [one for one in bank_rows.bank_accounts(act.connection, act.row) if one.label == label]


def _field_seal(unlocked: Unlocked) -> FieldSeal:
    if unlocked.office_key is None:
        raise Refused([Problem(_("{name}没有开账号的钥匙，请会计或主任来").format(name=unlocked.person))])
    keys = derive_office_keys(unlocked.office_key)
    return FieldSeal(keys.field, keys.index)
