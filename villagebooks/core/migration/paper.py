"""The working paper (工作底稿): every lowest detail of the old book, what the table proposes, what people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account, path_name
from villagebooks.core.migration.chart import follow, names_below
from villagebooks.core.migration.rule import NONE, WHOLE, MapRow, rules_for
from villagebooks.core.period import Month
from villagebooks.core.words import _

DRAFT, FINISHED, GIVEN_UP = "draft", "finished", "given_up"


@dataclass(frozen=True, slots=True)
class OldDetail:
    """A lowest detail of the old book at the end of its last month: fen and thousandths of its unit, debit positive."""

    account: str
    balance_fen: int
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""
    quantity_milli: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What tells it from the others."""
        return (self.account, self.party, self.project, self.contract, self.bank)

    @property
    def words(self) -> str:
        """Its party, project, contract and bank account in one text."""
        return "　".join(one for one in self.key[1:] if one)


@dataclass(frozen=True, slots=True)
class Part:
    """What a new account takes of a row: fen and thousandths of its unit, debit positive."""

    account: str
    amount_fen: int
    quantity_milli: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided for a row, when, on what basis; the last one counts, the earlier ones stay visible."""

    seq: int
    at: str
    person: str
    reason: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the paper. `path` names the account from level 1 down; `proposal` is empty where a person must decide,
    and `why` says what for."""

    line: int
    detail: OldDetail
    path: str
    rules: tuple[MapRow, ...]
    proposal: tuple[Part, ...]
    why: str
    decisions: tuple[Decision, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The decision that counts, None while the proposal stands."""
        return self.decisions[-1] if self.decisions else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the row becomes; empty while it is undecided."""
        return self.decision.parts if self.decision else self.proposal

    @property
    def is_untransferred(self) -> bool:
        """Whether the balance should be zero after the year's transfers; no decision takes their place."""
        return bool(self.detail.balance_fen and self.rules and self.rules[0].how == NONE)

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide."""
        return bool(self.detail.balance_fen) and not self.parts

    @property
    def title(self) -> str:
        """How people name the row: account code, names, detail."""
        return "　".join(one for one in (f"{self.detail.account} {self.path}", self.detail.words) if one)


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Whose paper it is: the old book and its last month, the new book that it opens, by which chart, its state.

    `uid` is empty for a paper that was only looked at and not begun; `new_book` and `opening` are uids once finished.
    """

    uid: str
    book: str
    book_name: str
    month: Month
    code: str
    name: str
    template: str
    state: str = DRAFT
    made_by: str = ""
    made_at: str = ""
    finished_at: str = ""
    new_book: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class MigrationPaper:
    """The paper as it stands: rows in the order of the old codes, the chart of the new book by code, and which of its
    accounts the template does not have."""

    head: PaperHead
    rows: tuple[PaperRow, ...]
    chart: Mapping[str, Account]
    added: tuple[str, ...] = ()

    @property
    def open_rows(self) -> tuple[PaperRow, ...]:
        """Rows that wait for a person."""
        return tuple(row for row in self.rows if row.is_open)

    def name_of(self, code: str) -> str:
        """Names of a new account from level 1 down."""
        return path_name(self.chart.values(), code)


def build_row(
    line: int, detail: OldDetail, old: Mapping[str, Account], table: Sequence[MapRow], chart: Mapping[str, Account],
    decisions: Sequence[Decision] = (),
) -> PaperRow:  # fmt: skip
    """A row with what the table proposes for it: one-to-one balances go whole, anything else waits for a person."""
    level1 = old.get(detail.account[:3])
    rules = rules_for(level1.name, table) if level1 else ()
    target, why = _target(detail, old, rules, chart)
    proposal = (Part(target, detail.balance_fen, detail.quantity_milli),) if target and detail.balance_fen else ()
    path = path_name(old.values(), detail.account)
    return PaperRow(line, detail, path, rules, proposal, why, tuple(decisions))


def _target(
    detail: OldDetail, old: Mapping[str, Account], rules: Sequence[MapRow], chart: Mapping[str, Account]
) -> tuple[str, str]:
    """The leaf that takes the whole balance, or empty and why a person must say."""
    if not rules:
        return "", _("2004 年制度里没有叫这个名字的科目，先查清这是什么")
    if rules[0].how == NONE:
        return "", _("年末结转以后不该有余额，请先在旧账套结转")
    if rules[0].how != WHOLE:
        several = len(rules) > 1
        return "", _("要由人按性质分开，写明依据") if several else _("要由人定转到哪个科目，写明依据")
    rule, names = rules[0], names_below(old, detail.account)
    if rule.below and names and rule.below not in names:
        text = _("不叫“{below}”：是各项分配的，请先在旧账套结转；是别的，由人定转到哪里")
        return "", text.format(below=rule.below)
    found, missing = follow(chart, rule.new_code, names or ([rule.below] if rule.below else []))
    if found not in chart or (missing and not names):
        return "", _("新账套没有科目 {code} {name}").format(code=rule.new_code, name=rule.new_name)
    if missing:
        text = _("新账套的 {code} {name} 下没有“{below}”：选一个明细，或增设")
        return "", text.format(code=found, name=chart[found].name, below="／".join(missing))
    if not chart[found].leaf:
        text = _("新账套的 {code} {name} 还有下级，选一个末级")
        return "", text.format(code=found, name=chart[found].name)
    return found, ""
