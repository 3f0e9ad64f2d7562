"""A voucher (记账凭证): the draft that an accountant types, the voucher the books hold, and the rules both obey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.account import QUANTITY, Account, split_home
from villagebooks.core.money import LARGEST_FEN, said_yuan
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.core.quantity import LARGEST_MILLI
from villagebooks.core.words import N_, _, plain_text

WORDS = ("记", "收", "付", "转")
NORMAL, REVERSAL, CLOSING, PRIOR_YEAR, OPENING = "normal", "reversal", "closing_transfer", "prior_year", "opening"
KINDS = (NORMAL, REVERSAL, CLOSING, PRIOR_YEAR, OPENING)
DRAFT, SUBMITTED, APPROVED, POSTED, VOID = "draft", "submitted", "approved", "posted", "void"
STATE_WORDS: Mapping[str, str] = {
    DRAFT: N_("草稿"), SUBMITTED: N_("待签字"), APPROVED: N_("待记账"), POSTED: N_("已记账"), VOID: N_("作废"),
}  # fmt: skip
"""What people call a voucher's state: one term each, on the screen, on paper and in files."""
DIMENSIONS = ("party", "project", "contract", "bank")
NEEDS = (*DIMENSIONS, QUANTITY)
"""What an account may ask of its lines."""
CORRECTIONS = ("订正", "更正")
"""Begin the summaries of a voucher that may correct an amount alone: no paper, no quantity moves."""
TRANSFERRED = ("5", "321", "322")
"""A closing_transfer is only 5xx → 321 → 322 and below 322; both standards number these accounts alike."""
LONGEST_HISTORY = 99
"""Years that a book runs; a later date is a typing error."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry line (分录). One side carries the amount in fen; a reversal carries it negative on its own side.

    `quantity_milli` are thousandths of the account's unit with the sign of the amount, 0 where none is counted.
    """

    summary: str
    account: str
    debit_fen: int = 0
    credit_fen: int = 0
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""
    quantity_milli: int = 0

    @property
    def net_fen(self) -> int:
        """Debit minus credit."""
        return self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be saved as a voucher. `uid` empty: a new one; `papers` are the uids of the papers it is made from.

    An empty `word` is the one that the book's setting proposes. `corrects`: see `core/correction.py`.
    """

    day: date
    lines: tuple[Line, ...]
    word: str = ""
    kind: str = NORMAL
    attachment_count: int = 0
    papers: tuple[str, ...] = ()
    reverses: str = ""
    uid: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher as the books hold it. Names of the foot (制单 复核 审核 出纳 记账) are empty until people sign.

    `policy` is the SHA-256 of the approval policy it was prepared under, empty for the built-in one.
    """

    uid: str
    book: str
    word: str
    month: Month
    number: int
    day: date
    kind: str
    state: str
    rev: int
    attachment_count: int
    lines: tuple[Line, ...]
    papers: tuple[str, ...] = ()
    reverses: str = ""
    prepared_by: str = ""
    countersigned_by: str = ""
    reviewed_by: str = ""
    cashier: str = ""
    posted_by: str = ""
    digest: str = ""
    policy: str = ""
    corrects: str = ""

    @property
    def title(self) -> str:
        """记-3, as people name it inside its month."""
        return f"{self.word}-{self.number}"

    @property
    def total_fen(self) -> int:
        """Sum of the debit side in fen."""
        return sum(line.debit_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """What every list shows of a voucher: its number, day, first summary, sum in fen, who made it."""

    uid: str
    word: str
    number: int
    day: date
    kind: str
    state: str
    summary: str
    total_fen: int
    attachment_count: int
    prepared_by: str

    @property
    def title(self) -> str:
        """记-12."""
        return f"{self.word}-{self.number}"


@dataclass(frozen=True, slots=True)
class VoucherHead(VoucherRow):
    """A row of the list of a month: enough to show and to open it."""

    waiting_for: str = ""
    rev: int = 0


def dimensions(line: Line) -> tuple[str, str, str, str]:
    """Party, project, contract and bank account of a line: which detail of its account it is on."""
    return (line.party, line.project, line.contract, line.bank)


def opposite(line: Line) -> Line:
    """The line of a reversal: the same side, the amount negative (红字)."""
    return Line(
        line.summary,
        line.account,
        -line.debit_fen,
        -line.credit_fen,
        line.party,
        line.project,
        line.contract,
        line.bank,
        -line.quantity_milli,
    )


def tidy(draft: Draft) -> Draft:
    """The draft with every text as it can be signed: what was pasted may hold compatibility or unseen characters."""
    return replace(draft, lines=tuple(tidy_line(line) for line in draft.lines))


def tidy_line(line: Line) -> Line:
    """One line with its texts as they can be signed."""
    return replace(
        line, summary=plain_text(line.summary), party=plain_text(line.party), project=plain_text(line.project),
        contract=plain_text(line.contract), bank=plain_text(line.bank),
    )  # fmt: skip


def check_lines(
    lines: Sequence[Line],
    accounts: Mapping[str, Account],
    kind: str = NORMAL,
    reversed_lines: Sequence[Line] = (),
    day: str = "",
    uid: str = "",
) -> list[Problem]:
    """Every line on a leaf in use on the ISO day, with one amount of the right sign, and debit equal to credit.

    A line that takes back one of `reversed_lines` exactly may lack what that one lacks: history is imported without
    parties, and with red amounts in vouchers that are not red. Lines of an account that was divided since are taken
    back on one of the accounts below it. The voucher `uid` that divides an account also stands on that account itself.
    """
    problems: list[Problem] = []
    taken_back = {_apart_from_words(opposite(line), accounts) for line in reversed_lines}
    divides = {one.code for one in accounts.values() if uid and one.split_by == uid}
    if len(lines) < 2:
        problems.append(Problem(_("至少要有两行分录")))
    for row, line in enumerate(lines):
        exact = divides or _apart_from_words(line, accounts) in taken_back
        place = [] if line.account in divides else _check_place(row, line, accounts, day)
        problems += [*place, *_check_line(row, line, accounts, "" if exact or place else kind)]
    difference = sum(line.net_fen for line in lines)
    if difference:
        side = _("借方多") if difference > 0 else _("贷方多")
        yuan = said_yuan(abs(difference))
        problems.append(Problem(_("借贷不平，{side} {yuan} 元").format(side=side, yuan=yuan), field="balance"))
    if max(sum(abs(line.debit_fen) for line in lines), sum(abs(line.credit_fen) for line in lines)) > LARGEST_FEN:
        problems.append(Problem(_("金额合计太大"), field="balance"))
    return problems


def dimension_names() -> dict[str, str]:
    """The dimensions that an account may ask of its lines (`Account.needs`), as people call them."""
    return {"party": _("往来"), "project": _("项目"), "contract": _("合同"), "bank": _("银行账户")}


def need_names() -> dict[str, str]:
    """Everything that an account may ask of its lines, as people call it."""
    return {**dimension_names(), QUANTITY: _("数量")}


def _apart_from_words(line: Line, accounts: Mapping[str, Account]) -> Line:
    return replace(line, summary="", account=split_home(accounts, line.account))


def _where(row: int) -> str:
    return _("第 {n} 行").format(n=row + 1)


def _check_place(row: int, line: Line, accounts: Mapping[str, Account], day: str) -> list[Problem]:
    """Whether the account takes lines on this day."""
    account = accounts.get(line.account)
    if not line.account:
        text = _("没有科目")
    elif account is None:
        text = _("没有科目 {code}").format(code=line.account)
    elif account.split_on:
        text = _("科目 {code} {name} 已于 {day} 拆分，要记到下级")
        text = text.format(code=account.code, name=account.name, day=account.split_on)
    elif not account.leaf:
        text = _("科目 {code} {name} 有下级，要记到末级").format(code=account.code, name=account.name)
    elif account.is_stopped(day):
        text = _("科目 {code} {name} 已从 {day} 起停用")
        text = text.format(code=account.code, name=account.name, day=account.stopped_on)
    else:
        return []
    return [Problem(text, _where(row), row, "account")]


def _check_line(row: int, line: Line, accounts: Mapping[str, Account], kind: str) -> list[Problem]:
    """`kind` is empty for a line that takes back another exactly."""
    where = _where(row)
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, where, row, field))

    if not line.summary.strip():
        add(_("没有摘要"), "summary")
    account = accounts.get(line.account)
    for need in _unanswered(line, account) if account and kind else ():
        add(_("科目 {name} 要填{what}").format(name=account.name if account else "", what=need_names()[need]), need)
    if line.debit_fen and line.credit_fen:
        add(_("借方和贷方只能填一边"), "amount")
    amount = line.debit_fen or line.credit_fen
    if not amount:
        add(_("没有金额"), "amount")
    elif abs(amount) > LARGEST_FEN:
        add(_("金额太大"), "amount")
    elif kind == REVERSAL and amount > 0:
        add(_("红字凭证的金额应是负数"), "amount")
    fault = _quantity_fault(line.quantity_milli, amount)
    if fault:
        add(fault, QUANTITY)
    return problems


def _quantity_fault(milli: int, amount_fen: int) -> str:
    if abs(milli) > LARGEST_MILLI:
        return _("数量太大")
    return _("数量和金额的正负要一致") if milli * amount_fen < 0 else ""


def _unanswered(line: Line, account: Account) -> list[str]:
    """What the account asks for and the line lacks; a correction of the amount alone moves no quantity."""
    counted = line.quantity_milli or line.summary.startswith(CORRECTIONS)
    return [need for need in account.needs if not (counted if need == QUANTITY else getattr(line, need))]


def check(
    draft: Draft,
    accounts: Mapping[str, Account],
    open_from: Month,
    states: Mapping[Month, str],
    reversed_lines: Sequence[Line] = (),
) -> list[Problem]:
    """Whether the draft may be saved into its month.

    `open_from` is the book's first month; `states` holds months that are closed or locked; `reversed_lines` are those
    of the voucher that the draft reverses.
    """
    problems = check_lines(draft.lines, accounts, draft.kind, reversed_lines, draft.day.isoformat(), draft.uid)
    month = month_of(draft.day)
    if draft.word and draft.word not in WORDS:
        problems.append(Problem(_("没有凭证字“{word}”").format(word=draft.word), field="word"))
    if draft.attachment_count < 0:
        problems.append(Problem(_("附单据数不能是负数"), field="attachment_count"))
    if draft.kind not in KINDS:
        problems.append(Problem(_("没有这种凭证：{kind}").format(kind=draft.kind), field="kind"))
    if draft.kind == OPENING:
        problems.append(Problem(_("期初余额由导入写入，不能另做期初凭证"), field="kind"))
    elif month < open_from:
        problems.append(Problem(_("账套从 {month} 开始，日期早了").format(month=open_from), field="day"))
    if month.year > open_from.year + LONGEST_HISTORY:
        problems.append(Problem(_("日期 {day} 太晚，年份可能打错了").format(day=draft.day), field="day"))
    shut = [one for one, state in states.items() if state != "open" and (one >= month or draft.kind == OPENING)]
    if shut:
        # months are closed in order: a closed month shuts all before it, and the opening
        problems.append(Problem(_("{month} 已结账，不能再记").format(month=min(shut)), field="day"))
    if draft.kind == CLOSING:
        problems += _check_transfer(draft.lines)
    if draft.kind == REVERSAL and not draft.reverses:
        problems.append(Problem(_("红字凭证要指明冲销哪一张"), field="reverses"))
    if draft.reverses and draft.kind != REVERSAL:
        problems.append(Problem(_("只有红字凭证才冲销另一张"), field="reverses"))
    return problems


def check_stopped(stopped: Month | None) -> list[Problem]:
    """A book that was migrated or merged takes no voucher any more; `stopped` is its last month."""
    if stopped is None:
        return []
    text = _("这个账套到 {month} 为止已经停用（转换了制度或已并账），不能再记凭证，请到接续的账套里记")
    return [Problem(text.format(month=stopped), field="day")]


def _check_transfer(lines: Sequence[Line]) -> list[Problem]:
    return [
        Problem(_("结转凭证只能用损益、本年收益、收益分配科目"), _("第 {n} 行").format(n=row + 1), row, "account")
        for row, line in enumerate(lines)
        if line.account and not line.account.startswith(TRANSFERRED)
    ]


def touches_money(lines: Sequence[Line], accounts: Mapping[str, Account]) -> bool:
    """True when a line is on cash or bank, so that the cashier signs too (RULES §5)."""
    return any(line.account in accounts and accounts[line.account].is_money for line in lines)


def voucher_body(
    voucher: Voucher,
    book_uid: str,
    payees: Sequence[str] = (),
    images: Sequence[tuple[str, int, str, int]] = (),
) -> dict[str, object]:
    """What approvals sign and the digest covers, as plain data for canonical JSON (SECURITY §4).

    `images` are (sha256, size, media, pages); a line is a list of the fields of `Line` with summary first, its quantity
    only where it is not 0, the policy and what the voucher corrects only where they say something: vouchers without
    them have the bytes that they always had.
    """
    later = {name: value for name in ("policy", "corrects") if (value := getattr(voucher, name))}
    return later | {
        "v": 1,
        "book": book_uid,
        "uid": voucher.uid,
        "rev": voucher.rev,
        "word": voucher.word,
        "period": str(voucher.month) if voucher.kind != OPENING else f"{voucher.month.year:04d}-00",
        "number": voucher.number,
        "date": voucher.day.isoformat(),
        "kind": voucher.kind,
        "reverses": voucher.reverses,
        "attachments": voucher.attachment_count,
        "lines": [_line_body(one) for one in voucher.lines],
        "total_fen": voucher.total_fen,
        "payees": list(payees),
        "att": [{"sha256": sha, "size": size, "media": media, "pages": pages} for sha, size, media, pages in images],
        "prepared_by": voucher.prepared_by,
    }


def _line_body(one: Line) -> list[object]:
    body: list[object] = [
        one.summary, one.account, one.debit_fen, one.credit_fen, one.party, one.project, one.contract, one.bank,
    ]  # fmt: skip
    return [*body, one.quantity_milli] if one.quantity_milli else body


def state_word(state: str, waiting_for: str = "") -> str:
    """待签字, and in brackets the step that is waited for (复核) where it is known."""
    word = _(STATE_WORDS[state]) if state in STATE_WORDS else state
    return _("{state}（{step}）").format(state=word, step=_(waiting_for)) if waiting_for else word
