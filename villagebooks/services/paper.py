"""Papers: write, attach pictures, and make a voucher's draft of accepted ones so that nothing is typed again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.paper import (
    ACCEPTED,
    SENT_BACK,
    WRITTEN,
    Image,
    Paper,
    check_paper,
    sheet_count,
    tidy_paper,
)
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if
from villagebooks.core.proposal import Proposal
from villagebooks.core.receipt import (
    USED,
    VOID,
    IssuedBook,
    Receipt,
    ReceiptBook,
    ReceiptCount,
    account_for,
    blank_numbers,
    check_receipt_book,
    is_number,
    tidy_number,
    tidy_receipt_book,
)
from villagebooks.core.voucher import Draft, Line
from villagebooks.core.words import _
from villagebooks.db import account as account_rows
from villagebooks.db import attachment
from villagebooks.db import book as book_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.db.schema import paper as paper_table
from villagebooks.services.approval import seal_paper
from villagebooks.services.change import check_seen_paper
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.habit import propose_account
from villagebooks.services.policy import in_force

_MEDIA = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def attach_image(desk: Desk, content: bytes, checked: bool = False) -> Image:
    """Store a picture's bytes once; JPEG and PNG only. `checked`: 已脱敏检查, may be shown to villagers."""
    media = next((name for start, name in _MEDIA.items() if content.startswith(start)), "")
    if not media:
        raise Refused([Problem(_("图片只收 JPEG 和 PNG"), field="images")])
    from villagebooks.formats.query.picture import check_picture  # noqa: PLC0415  (Pillow: window first)

    try:
        check_picture(content)
    except Trouble as error:
        raise Refused([Problem(str(error), field="images")]) from error
    image = Image(attachment.store(desk.books.files, content), len(content), media, 1, checked)
    with acting(desk) as act:
        if attachment.add_row(act.connection, image):
            act.record("attach", f"attachment:{image.sha256}")
    return image


def read_image(desk: Desk, sha256: str) -> bytes:
    """The bytes of an attachment, checked against their hash."""
    return attachment.read(desk.books.files, sha256)


def save_paper(desk: Desk, paper: Paper, receipts: Sequence[Receipt] = ()) -> Paper:
    """Write a new paper (uid empty) or change one not yet signed, with the income receipts it hands in; Refused when
    it was changed since this one was read."""
    paper = tidy_paper(paper)
    with acting(desk) as act:
        row_id = act.row
        policy = in_force(act.connection)
        problems = check_paper(paper, policy.policy.classes)
        old = paper_rows.find_paper(act.connection, row_id, paper.uid) if paper.uid else None
        if paper.uid and old is None:
            problems.append(Problem(_("这个账套里没有这张报账单")))
        if old and old.day.year != paper.day.year:
            problems.append(Problem(_("报账单按年编号，日期不能改到别的年份"), field="day"))
        if old and old.state not in (WRITTEN, SENT_BACK):
            problems.append(Problem(_("报账单 {n} 已签字，不能再改").format(n=old.number)))
        problems += check_seen_paper(act, old, paper.rev)
        problems += _check_receipts(act, desk, receipts)
        refuse_if(problems)
        saved = _numbered(act, desk, replace(paper, policy=policy.sha256), old)
        if old:
            paper_rows.replace_paper(act.connection, saved)
        else:
            paper_rows.insert_paper(act.connection, row_id, saved)
        for receipt in receipts:
            paper_rows.add_receipt(act.connection, replace(receipt, paper=saved.uid if receipt.state == USED else ""))
            act.record("receipt", f"receipt:{receipt.book}/{receipt.number}")
        act.record("change" if old else "write", f"paper:{saved.uid}")
        _say_checked(act, saved)
        return saved


def _say_checked(act: Act, paper: Paper) -> None:
    """已脱敏检查 is said of the picture itself, by whoever writes the paper that shows it."""
    for image in {image.sha256: image for document in paper.documents for image in document.images}.values():
        stored = attachment.find(act.connection, image.sha256)
        if stored and stored.checked != image.checked:
            attachment.set_checked(act.connection, image.sha256, image.checked)
            act.record("attach", f"attachment:{image.sha256}")


def list_papers(desk: Desk) -> list[Paper]:
    """The papers dated in the desk's month, by number."""
    first, last = desk.period.first_day.isoformat(), desk.period.last_day.isoformat()
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        return paper_rows.papers_where(connection, paper_table.c.book == row_id, paper_table.c.day.between(first, last))


def read_paper(desk: Desk, uid: str) -> Paper:
    """The whole paper; Refused when this book has none of this uid."""
    with desk.books.read() as connection:
        found = paper_rows.find_paper(connection, book_rows.book_id(connection, desk.book.code), uid)
    if found is None:
        raise Refused([Problem(_("这个账套里没有这张报账单"))])
    return found


def draft_voucher(desk: Desk, papers: Sequence[str]) -> Draft:
    """A voucher's draft from accepted papers: summaries, amounts, money account and sheets come from the papers.

    The other account is the one `propose_account` finds, empty when there is none.
    """
    return propose_voucher(desk, papers)[0]


def propose_voucher(desk: Desk, papers: Sequence[str]) -> tuple[Draft, tuple[str, ...]]:
    """The same draft, and for each paper one sentence that says where its account was taken from."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        chosen = paper_rows.papers_where_uids(connection, papers)
        refuse_if(_check_usable(chosen, papers))
        refuse_if(_check_unused(connection, chosen))
        accounts = book_rows.accounts(connection, row_id)
        bank, last = _bank_account(accounts), max(paper.day for paper in chosen)
        lines: list[Line] = []
        said: list[str] = []
        for paper in chosen:
            found = propose_account(connection, row_id, desk.book.standard, accounts, paper)
            lines += _paper_lines(paper, _counter_line(paper, found, accounts), bank)
            said.append(_source_words(paper, found))
        usable = account_rows.usable_home(connection, row_id, accounts, lines, last.isoformat())
    return Draft(last, usable, attachment_count=sheet_count(chosen), papers=tuple(papers)), tuple(said)


def _counter_line(paper: Paper, found: Proposal, accounts: Mapping[str, Account]) -> Line:
    """The line without its amount; who is paid is its party where the account asks for one."""
    needs = accounts[found.account].needs if found.account in accounts else ()
    party = found.party or (paper.payee if "party" in needs else "")
    return Line(paper.words, found.account, 0, 0, party, found.project, found.contract)


def _source_words(paper: Paper, found: Proposal) -> str:
    if paper.direction == "转存":
        return ""
    text = _("第 {n} 号的科目没有找到先例，请选")
    if found.account:
        text = _("第 {n} 号的科目照模板“{source}”填") if found.from_template else _("第 {n} 号的科目照 {source} 填")
    return text.format(n=paper.number, source=found.source)


def _bank_account(accounts: Mapping[str, Account]) -> str:
    """银行存款's first leaf, the basic account where the book has several; 银行存款 itself in a book just opened."""
    used = (code for code, one in accounts.items() if one.leaf and not one.stopped_on)
    return min((code for code in used if code.startswith("102")), default="")


def _paper_lines(paper: Paper, other: Line, bank: str) -> list[Line]:
    money = "101" if paper.paid_how in ("备用金", "现金") else bank
    amount, words = paper.amount_fen, paper.words
    if paper.direction == "收入":
        return [Line(words, money, debit_fen=amount), replace(other, credit_fen=amount)]
    if paper.direction == "转存":
        to_cash = paper.spending_class == "提取备用金"
        into, out_of = ("101", bank) if to_cash else (bank, "101")
        return [Line(words, into, debit_fen=amount), Line(words, out_of, credit_fen=amount)]
    if paper.direction == "支出":
        return [replace(other, debit_fen=amount), Line(words, money, credit_fen=amount)]
    return [replace(other, debit_fen=amount), Line(words, "", credit_fen=amount)]


def issue_receipt_book(desk: Desk, new: ReceiptBook) -> ReceiptBook:
    """发放收据本: a range of numbers to a reporter; no number may be in two books."""
    new = tidy_receipt_book(new)
    refuse_if(check_receipt_book(new))
    with acting(desk, alone=True) as act:
        row_id = act.row
        for other in paper_rows.all_receipt_books(act.connection):
            if other.code == new.code:
                raise Refused([Problem(_("已经有收据本 {code}").format(code=new.code), field="code")])
            if other.first <= new.last and new.first <= other.last:
                text = _("收据号与 {code}（{first}—{last}）重叠")
                text = text.format(code=other.code, first=other.first, last=other.last)
                raise Refused([Problem(text, field="first")])
        paper_rows.add_receipt_book(act.connection, row_id, new)
        act.record("receipt_book", f"receipt_book:{new.code}")
        return new


def void_receipt(desk: Desk, receipt: Receipt) -> None:
    """作废一张收据, all copies at hand."""
    receipt = replace(receipt, number=tidy_number(receipt.number))
    with acting(desk) as act:
        refuse_if(_check_receipts(act, desk, [receipt]))
        paper_rows.add_receipt(act.connection, replace(receipt, state=VOID, paper=""))
        act.record("receipt", f"receipt:{receipt.book}/{receipt.number}")


def void_rest(desk: Desk, code: str, day: date) -> list[str]:
    """作废 what is blank at the end of a receipt book that is handed back, all copies at hand: the numbers, each with
    its own entry in the journal. Refused when nothing is left."""
    with acting(desk, alone=True) as act:
        issued = {
            one.code: one for one in paper_rows.receipt_books(act.connection, act.row, desk.book.code, desk.period)
        }
        seen = paper_rows.receipts(act.connection, [code])
        numbers = blank_numbers(account_for(issued[code], seen)) if code in issued else []
        if not numbers:
            raise Refused([Problem(_("收据本 {code} 没有空白了").format(code=code))])
        rest = [Receipt(code, one, VOID, day=day.isoformat()) for one in numbers]
        refuse_if(_check_receipts(act, desk, rest))
        for receipt in rest:
            paper_rows.add_receipt(act.connection, receipt)
            act.record("receipt", f"receipt:{code}/{receipt.number}")
        return numbers


def unreturned(desk: Desk, new: ReceiptBook) -> list[IssuedBook]:
    """Receipt books of the same holder handed out before that still have blank numbers, whose rest comes back when a
    new one is handed out (以旧换新)."""
    return [
        one for one in issued_books(desk)
        if one.count.left > 0 and one.book.code != new.code and one.book.issued_to == new.issued_to
    ]  # fmt: skip


def receipt_counts(desk: Desk) -> list[ReceiptCount]:
    """What became of every number of the book's receipt books, up to the end of the desk's month."""
    return [one.count for one in issued_books(desk)]


def issued_books(desk: Desk) -> list[IssuedBook]:
    """The receipt books that the desk's book was issued or took over, with every number up to the month's end."""
    last = desk.period.last_day.isoformat()
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        issued = paper_rows.receipt_books(connection, row_id, desk.book.code, desk.period)
        seen = [one for one in paper_rows.receipts(connection, [one.code for one in issued]) if one.day <= last]
    return [account_for(book, [one for one in seen if one.book == book.code]) for book in issued]


def list_receipt_books(desk: Desk) -> list[ReceiptBook]:
    """Receipt books that the desk's book was issued, by their first number."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        return paper_rows.receipt_books(connection, row_id, desk.book.code, desk.period)


def list_receipts(desk: Desk) -> list[Receipt]:
    """Numbers used or voided in the desk's month."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        codes = [one.code for one in paper_rows.receipt_books(connection, row_id, desk.book.code, desk.period)]
        return [one for one in paper_rows.receipts(connection, codes) if one.day[:7] == str(desk.period)]


def _check_usable(chosen: Sequence[Paper], wanted: Sequence[str]) -> list[Problem]:
    if len(chosen) != len(set(wanted)) or not chosen:
        return [Problem(_("请先选要做凭证的报账单"))]
    return [Problem(_("报账单 {n} 还没有受理").format(n=paper.number)) for paper in chosen if paper.state != ACCEPTED]


def _check_unused(connection: Connection, chosen: Sequence[Paper]) -> list[Problem]:
    problems = []
    for paper in chosen:
        title = voucher_rows.title_with_paper(connection, paper.uid)
        if title:
            problems.append(Problem(_("报账单 {n} 已做进 {title}").format(n=paper.number, title=title)))
    return problems


def _check_receipts(act: Act, desk: Desk, receipts: Sequence[Receipt]) -> list[Problem]:
    problems = []
    issued = {one.code: one for one in paper_rows.receipt_books(act.connection, act.row, desk.book.code, desk.period)}
    seen = {(one.book, one.number) for one in paper_rows.receipts(act.connection, list(issued))}
    for receipt in receipts:
        mine = (receipt.book, receipt.number)
        where = issued.get(receipt.book)
        if where is None or not (
            is_number(receipt.number, where.first) and where.first <= receipt.number <= where.last
        ):
            problems.append(Problem(_("收据 {n} 不在本村领用的号段里").format(n=receipt.number), field="receipts"))
        elif mine in seen:
            problems.append(Problem(_("收据 {n} 已经用过或作废").format(n=receipt.number), field="receipts"))
        seen.add(mine)
    return problems


def _numbered(act: Act, desk: Desk, paper: Paper, old: Paper | None) -> Paper:
    if old:
        new = replace(paper, number=old.number, rev=old.rev + 1, state=WRITTEN, reason=0)
    else:
        number = paper_rows.next_number(act.connection, act.row, paper.day.year)
        new = replace(paper, uid=str(uuid.uuid4()), number=number, rev=1, state=WRITTEN, book=desk.book.code)
    return seal_paper(desk.book.uid, new)[0]
