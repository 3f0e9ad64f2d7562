"""Vouchers: save, void, reverse, post. A number is given inside the transaction; posting is final."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from villagebooks.core.account import CASH, Account, check_bank_labels
from villagebooks.core.correction import (
    VOIDED,
    Remark,
    check_correction,
    check_prior_year,
    check_reversal,
    check_taken_back,
)
from villagebooks.core.merger import FINISHED
from villagebooks.core.paper import ACCEPTED, Paper
from villagebooks.core.party import Party, party_named
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import (
    APPROVED,
    DRAFT,
    POSTED,
    PRIOR_YEAR,
    REVERSAL,
    SUBMITTED,
    VOID,
    Draft,
    Voucher,
    VoucherHead,
    check,
    check_stopped,
    tidy,
    touches_money,
)
from villagebooks.core.words import _, plain_text
from villagebooks.db import account as account_rows
from villagebooks.db import balance
from villagebooks.db import bank as bank_rows
from villagebooks.db import bank_account as bank_account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import correction as correction_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import merger as merger_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import schedule as schedule_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.approval import centre_steps, seal_voucher
from villagebooks.services.change import check_seen
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.policy import in_force, policy_of
from villagebooks.services.signature import check_signatures
from villagebooks.services.voiding import check_void
from villagebooks.services.word import worded


def save_voucher(desk: Desk, draft: Draft, seen: int = 0) -> Voucher:
    """Save a new or changed draft; a date in another month voids the old number and takes one in the new month.

    `seen` is the revision that was opened: Refused when somebody changed it since (core/change.py).
    """
    with acting(desk) as act:
        refuse_if(check_seen(act, _find(act, draft.uid) if seen else None, seen))
        return keep_voucher(act, desk, draft)


def keep_voucher(act: Act, desk: Desk, draft: Draft, new_uid: str = "") -> Voucher:
    """Save a draft inside a larger act; a new one under the uid that the act gives it, and at home in today's chart."""
    row_id = act.row
    draft, problems = worded(act.connection, desk, tidy(draft))
    accounts = book_rows.accounts(act.connection, row_id)
    if not draft.uid and (draft.reverses or draft.corrects):
        draft = replace(draft, lines=account_rows.at_home(act.connection, row_id, accounts, draft.lines))
    states = book_rows.month_states(act.connection, row_id)
    target = _find(act, draft.reverses) if draft.reverses else None
    known = replace(draft, uid=draft.uid or new_uid)
    problems += check(known, accounts, desk.book.start, states, target.lines if target else ())
    if draft.kind == PRIOR_YEAR:
        problems += check_prior_year(draft.lines, accounts)
    old = _find(act, draft.uid) if draft.uid else None
    if draft.uid and old is None:
        problems.append(Problem(_("这个账套里没有这张凭证")))
    if old and old.state != DRAFT:
        problems.append(Problem(_("{title} 已送签，不能再改；要改请先退回").format(title=old.title)))
    if old and REVERSAL in (old.kind, draft.kind) and (old.kind, old.reverses) != (draft.kind, draft.reverses):
        text = _("{title} 不能在红字凭证和别的凭证之间改；不要了请作废，另做一张")
        problems.append(Problem(text.format(title=old.title), field="kind"))
    if old and account_rows.split_of(act.connection, row_id, old.uid):
        text = _("{title} 是拆分科目的转账凭证，不能改；要改请作废，到“设置”的“科目”里重做转账")
        problems.append(Problem(text.format(title=old.title)))
    if old and merger_rows.state_of_voucher(act.connection, old.uid):
        text = _("{title} 是合村并账的转账凭证，不能改；要改请放弃这次并账，重新开始")
        problems.append(Problem(text.format(title=old.title)))
    if not draft.reverses and not draft.corrects:
        register = bank_account_rows.bank_accounts(act.connection, row_id)
        problems += check_bank_labels([one.bank for one in draft.lines], register, draft.day.isoformat())
    problems += check_stopped(book_rows.find_book(act.connection, desk.book.code).stopped)
    problems += _check_links(act, draft, old, accounts)
    problems += _check_board(act, month_of(draft.day), touches_money(draft.lines, accounts))
    refuse_if(problems)
    draft = _know_parties(act, row_id, draft)
    if old and old.month == month_of(draft.day) and old.word == draft.word:
        return _rewrite(act, desk, old, draft)
    if old is None:
        return _insert(act, desk, draft, new_uid)
    void_in(act, old, _("改到 {month} {word}字").format(month=month_of(draft.day), word=draft.word))
    moved = _insert(act, desk, draft, new_uid)
    _follow(act, desk, old.uid, moved)
    return moved


def _follow(act: Act, desk: Desk, old_uid: str, moved: Voucher) -> None:
    """A voucher that took another number stays what it was: of its schedules, and of the blue one that does it over."""
    for uid in schedule_rows.move_drafts(act.connection, old_uid, moved.uid):
        act.record("draft", f"schedule:{uid}")
    for blue in correction_rows.correctors(act.connection, old_uid):
        day = max(blue.day, moved.day)
        word = blue.word if day.year == blue.day.year else ""
        draft = Draft(day, blue.lines, word, blue.kind, blue.attachment_count, blue.papers, uid=blue.uid)
        keep_voucher(act, desk, replace(draft, corrects=moved.uid))


def void_voucher(desk: Desk, uid: str, why: str = "") -> None:
    """Void a voucher that nobody has signed; it keeps its number and stays visible. `why` stands in the number report.
    One that was signed takes the signatures of the same steps (services/cancellation).

    The blue voucher that a red one was made with goes with it: what it does over is no longer undone.
    """
    with acting(desk) as act:
        old = _need(act, uid)
        if old.state not in (DRAFT, SUBMITTED, APPROVED):
            raise Refused([Problem(_("{title} 已记账，只能红字冲销").format(title=old.title))])
        void_in(act, old, why)
        for blue in correction_rows.correctors(act.connection, uid) if old.kind == REVERSAL else ():
            if blue.state != POSTED:
                void_in(act, blue, why)


def post_voucher(desk: Desk, uid: str) -> Voucher:
    """记账: every step signed and every signature true, then frozen, added to the balances and journalled.

    Source: 财会〔2024〕12号 arts 21, 22.
    """
    with acting(desk) as act:
        row_id = act.row
        voucher = _need(act, uid)
        accounts = book_rows.accounts(act.connection, row_id, codes={line.account for line in voucher.lines})
        papers = paper_rows.papers_where_uids(act.connection, voucher.papers)
        problems = _postable(act, voucher, papers)
        moves_money = touches_money(voucher.lines, accounts)
        problems += _check_board(act, voucher.month, moves_money)
        problems += _check_reconciled(act, voucher) if moves_money else []
        problems += check_signatures(act.connection, desk.book, row_id, voucher, papers, moves_money)
        refuse_if(problems)
        voucher_rows.set_state(act.connection, uid, POSTED, desk.person, act.at)
        kind = voucher_rows.counted_kind(act.connection, voucher)
        balance.add_lines(act.connection, row_id, voucher.month.year, voucher.month.month, kind, voucher.lines)
        if papers:
            paper_rows.book_papers(act.connection, uid)
        act.record("post", f"voucher:{uid}")
        for paper in voucher.papers:
            act.record("book", f"paper:{paper}")
        return replace(voucher, state=POSTED, posted_by=desk.person)


def _postable(act: Act, voucher: Voucher, papers: Sequence[Paper]) -> list[Problem]:
    problems = []
    if voucher.state != APPROVED:
        problems.append(Problem(_("{title} 还没有签完字，不能记账").format(title=voucher.title)))
    if book_rows.month_state(act.connection, act.row, voucher.month) != "open":
        problems.append(Problem(_("{month} 已结账，不能再记").format(month=voucher.month)))
    red = _find(act, voucher.corrects) if voucher.corrects else None
    if red and red.kind == REVERSAL and red.state != POSTED:
        problems.append(Problem(_("请先把红字凭证 {title} 记账，再记订正它的这一张").format(title=red.title)))
    text = _("报账单 {n} 不在受理状态，不能记账")
    return problems + [Problem(text.format(n=paper.number)) for paper in papers if paper.state != ACCEPTED]


def _check_board(act: Act, month: Month, moves_money: bool) -> list[Problem]:
    """Money in or out of a month whose sheet hangs would stand on no sheet, and the next would not follow from it."""
    hung = disclosure_rows.last_month(act.connection, act.row) if moves_money else None
    if hung is None or month > hung:
        return []
    text = _("{hung} 已经张榜，收支不能再记进 {month}：把日期写到 {next} 以后，或在上面换一个月份")
    return [Problem(text.format(hung=hung, month=month, next=hung.next().first_day.isoformat()), field="day")]


def _check_reconciled(act: Act, voucher: Voucher) -> list[Problem]:
    """A month whose reconciliation was signed takes nothing more on that account, or the sheet would be wrong."""
    accounts = {line.account for line in voucher.lines}
    found = bank_rows.confirmed_since(act.connection, act.row, accounts, voucher.month)
    if found is None:
        return []
    account, month = found
    text = _("{account} 的 {month} 已对账确认，请先到“出纳”撤销确认，记好以后再确认一次")
    return [Problem(text.format(account=account, month=month))]


def list_vouchers(desk: Desk) -> list[VoucherHead]:
    """The month's vouchers by word and number, with who is waited for."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        heads = voucher_rows.heads_of_month(connection, row_id, desk.period)
        if not any(head.state in (DRAFT, SUBMITTED) for head in heads):
            return heads
        accounts = book_rows.accounts(connection, row_id)
        out = []
        for head in heads:
            waiting = ""
            if head.state in (DRAFT, SUBMITTED):
                voucher = voucher_rows.find_voucher(connection, row_id, head.uid)
                if voucher:
                    moves_money = touches_money(voucher.lines, accounts)
                    step = centre_steps(connection, desk.book, voucher, moves_money)[1]
                    waiting = step.title if step else ""
            out.append(replace(head, waiting_for=waiting))
        return out


def read_voucher(desk: Desk, uid: str) -> Voucher:
    """The whole voucher; Refused when the book has none of this uid."""
    with desk.books.read() as connection:
        return voucher_rows.need_voucher(connection, book_rows.book_id(connection, desk.book.code), uid)


def read_vouchers(desk: Desk, states: Sequence[str] = ()) -> list[Voucher]:
    """Whole vouchers of the desk's month by number, of the given states or all."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        return voucher_rows.vouchers_of_month(connection, row_id, desk.period, states)


def _find(act: Act, uid: str) -> Voucher | None:
    return voucher_rows.find_voucher(act.connection, act.row, uid)


def _need(act: Act, uid: str) -> Voucher:
    return voucher_rows.need_voucher(act.connection, act.row, uid)


def _check_links(act: Act, draft: Draft, old: Voucher | None, accounts: Mapping[str, Account]) -> list[Problem]:
    problems = []
    if draft.corrects:
        problems += _check_corrects(act, draft)
    if draft.reverses:
        target = _find(act, draft.reverses)
        if target is None or target.state != POSTED:
            problems.append(Problem(_("只能冲销已记账的凭证"), field="reverses"))
            return problems
        spoken = [one.title for one in correction_rows.correctors(act.connection, target.uid)]
        differences = spoken if target.kind != REVERSAL else []
        if account_rows.split_of(act.connection, act.row, target.uid):
            text = _("{title} 是拆分科目的转账，不能冲销；分错了，在下级科目之间做更正凭证")
            problems.append(Problem(text.format(title=target.title), field="reverses"))
        if merger_rows.state_of_voucher(act.connection, target.uid) == FINISHED:
            text = _("{title} 是合村并账的转账凭证，并账已经签字完成，不能冲销；有错另做凭证")
            problems.append(Problem(text.format(title=target.title), field="reverses"))
        problems += check_taken_back(target, draft.lines, accounts)
        problems += check_reversal(target, draft.day, differences, _year_shut(act, target))
        if voucher_rows.reversal_of(act.connection, draft.reverses) not in ("", draft.uid):
            problems.append(Problem(_("{title} 已经冲销过一次").format(title=target.title), field="reverses"))
    return problems + _check_draft_papers(act, draft, old)


def _check_draft_papers(act: Act, draft: Draft, old: Voucher | None) -> list[Problem]:
    problems = []
    if len(set(draft.papers)) < len(draft.papers):
        problems.append(Problem(_("同一张报账单选了两次"), field="papers"))
    for uid in draft.papers:
        holder = voucher_rows.title_with_paper(act.connection, uid, old.uid if old else "")
        paper = paper_rows.find_paper(act.connection, act.row, uid)
        if paper is None:
            problems.append(Problem(_("没有这张报账单"), field="papers"))
        elif paper.state != ACCEPTED and not (old and uid in old.papers):
            problems.append(Problem(_("报账单 {n} 还没有受理").format(n=paper.number), field="papers"))
        elif holder:
            text = _("报账单 {n} 已做进 {title}，不能入账两次")
            problems.append(Problem(text.format(n=paper.number, title=holder), field="papers"))
        elif paper.paid_how in policy_of(act.connection, paper.policy).payments and _pays_cash(draft):
            text = _("报账单 {n} 写的是“{how}”，没有人审批过，不能用现金付")
            problems.append(Problem(text.format(n=paper.number, how=paper.paid_how), field="papers"))
    return problems


def _pays_cash(draft: Draft) -> bool:
    """Whether cash leaves: what needs nobody's approval is taken by the bank, never paid out of the till."""
    return sum(one.debit_fen - one.credit_fen for one in draft.lines if one.account.startswith(CASH)) < 0


def _check_corrects(act: Act, draft: Draft) -> list[Problem]:
    target = _find(act, draft.corrects)
    if target is None or target.state == VOID:
        return [Problem(_("要更正的凭证不在这个账套里，或者已经作废"), field="corrects")]
    problems = check_correction(draft, target, _year_shut(act, target))
    if merger_rows.state_of_voucher(act.connection, target.uid):
        text = _("{title} 是合村并账的转账凭证，不能用差额更正")
        problems.append(Problem(text.format(title=target.title), field="corrects"))
    others = [one for one in correction_rows.correctors(act.connection, target.uid) if one.uid != draft.uid]
    red = voucher_rows.reversal_of(act.connection, target.uid)
    if red:
        problems.append(Problem(_("{title} 已经红字冲销，不能再更正").format(title=target.title), field="corrects"))
    # of differences several may follow one another, each once the last one is posted
    single = target.kind == REVERSAL or draft.kind == PRIOR_YEAR or any(one.state != POSTED for one in others)
    if others and single:
        text = _("{title} 已经有更正凭证 {other}").format(title=target.title, other=others[-1].title)
        problems.append(Problem(text, field="corrects"))
    return problems


def _year_shut(act: Act, target: Voucher) -> bool:
    """Whether no month of the target's year takes vouchers any more."""
    states = book_rows.month_states(act.connection, act.row)
    return states.get(Month(target.month.year, 12), "open") != "open"


def _know_parties(act: Act, row_id: int, draft: Draft) -> Draft:
    """The draft with codes of parties that were written by their names; who is not known yet is added."""
    known = book_rows.parties(act.connection, row_id)
    named = {
        line.party: one.code
        for line in draft.lines
        if line.party and line.party not in known and (one := party_named(known, line.party))
    }
    draft = replace(draft, lines=tuple(replace(one, party=named.get(one.party, one.party)) for one in draft.lines))
    wanted = {line.party for line in draft.lines if line.party and line.party not in known}
    if wanted:
        from_names = [Party(name, name) for name in sorted(wanted)]
        book_rows.add_parties(act.connection, row_id, from_names)
        act.record("party", f"parties:{row_id}")
    return draft


def _rewrite(act: Act, desk: Desk, old: Voucher, draft: Draft) -> Voucher:
    changed = replace(
        old, day=draft.day, kind=draft.kind, rev=old.rev + 1, attachment_count=draft.attachment_count,
        lines=draft.lines, papers=draft.papers, reverses=draft.reverses, prepared_by=desk.person,
        policy=in_force(act.connection).sha256, corrects=draft.corrects,
    )  # fmt: skip
    changed, _ = seal_voucher(act.connection, desk.book.uid, changed)
    voucher_rows.replace_voucher(act.connection, act.row, changed)
    act.record("change", f"voucher:{old.uid}")
    return _need(act, old.uid)


def _insert(act: Act, desk: Desk, draft: Draft, uid: str = "") -> Voucher:
    month = month_of(draft.day)
    voucher = Voucher(
        uid=uid or str(uuid.uuid4()), book=desk.book.code, word=draft.word, month=month,
        number=voucher_rows.next_number(act.connection, act.row, month, draft.word), day=draft.day,
        kind=draft.kind, state=DRAFT, rev=1, attachment_count=draft.attachment_count, lines=draft.lines,
        papers=draft.papers, reverses=draft.reverses, prepared_by=desk.person, corrects=draft.corrects,
        policy=in_force(act.connection).sha256,
    )  # fmt: skip
    voucher, _body = seal_voucher(act.connection, desk.book.uid, voucher)
    voucher_rows.insert_voucher(act.connection, act.row, voucher)
    act.record("save", f"voucher:{voucher.uid}")
    return _need(act, voucher.uid)


def void_in(act: Act, old: Voucher, why: str = "") -> None:
    """Void inside a larger act; Refused while a step that signed it has not signed the voiding."""
    refuse_if(check_void(act.connection, act.row, old))
    voucher_rows.set_state(act.connection, old.uid, VOID)
    act.record("void", f"voucher:{old.uid}")
    if account_rows.split_of(act.connection, act.row, old.uid):
        account_rows.forget_transfer(act.connection, act.row, old.uid)
        act.record("accounts", f"accounts:{act.row}")
    words = plain_text(why).strip()
    if words:
        remark = Remark(old.uid, VOIDED, words, act.person, act.at)
        correction_rows.add_remark(act.connection, remark)
        act.record("remark", correction_rows.remark_key(remark))
