"""Triggers that make posting final: no SQL through the program changes what is posted, signed or journalled.

Source: 财会〔2024〕12号 art. 21 (posted vouchers are never changed, deleted or inserted into). A migration that
rebuilds a table drops its triggers, so `make_guards` runs after every migration.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of one table: at `act`, when `when` holds, refuse with `sentence`.

    What is inserted may be in its table already when it is asked: `when` must not count the row itself.
    """

    name: str
    table: str
    act: str
    when: str
    sentence: str


_FINAL = "已记账或已作废的凭证不能修改或删除，只能用红字冲销"
_LINE_FINAL = "已记账或已作废凭证的分录不能增加、修改或删除"
_STATE = "(SELECT state FROM voucher WHERE id = {row}.voucher) IN ('posted', 'void')"
_PAPER_BOOKED = "(SELECT state FROM paper WHERE uid = {row}.paper) = 'booked'"
_VOUCHER_POSTED = "(SELECT state FROM voucher WHERE uid = {row}.voucher) = 'posted'"
_MONTH_CLOSED = (
    "EXISTS (SELECT 1 FROM period p WHERE p.book = NEW.book AND p.state <> 'open' "
    "AND (p.year, p.month) >= (NEW.year, NEW.month))"
)
_TEMPLATE = "统一科目的每一版都不能修改或删除，只能出新的一版"
_CLOSED = "这个月已结账，不能再记凭证"
_BOOK_STOPPED = "(SELECT stopped FROM book WHERE id = NEW.book) <> ''"
_STOPPED = "这个账套已经停用（转换了制度或已并账），不能再记凭证"
_DONE = "(SELECT state FROM migration WHERE uid = {row}.migration) <> 'draft'"
_PART_DONE = (
    "(SELECT m.state FROM migration m JOIN migration_decision d ON d.migration = m.uid WHERE d.uid = NEW.decision) "
    "<> 'draft'"
)
_MIGRATED = "转换制度的工作底稿已经签字完成，不能再改"
_DECIDED = "底稿上的决定不能修改或删除，只能另作决定"

_RECONCILED = (
    "EXISTS (SELECT 1 FROM bank_match m JOIN reconciliation r ON r.book = m.book AND r.account = m.account "
    "WHERE m.uid = {row}.match_uid AND r.state = 'confirmed' AND r.until >= {row}.day AND EXISTS (SELECT 1 "
    "FROM bank_match_item o WHERE o.match_uid = {row}.match_uid AND o.day <= r.until "
    "AND (o.side, o.object, o.position) <> ({row}.side, {row}.object, {row}.position)))"
)
_STATEMENT = "{row}.book, {row}.account, {row}.kind, {row}.sha256, {row}.first_day, {row}.until, {row}.opening_fen, "
_STATEMENT = f"({_STATEMENT}{{row}}.closing_fen)"
_RECONCILIATION = "({row}.book, {row}.account, {row}.year, {row}.month, {row}.book_fen, {row}.bank_fen, {row}.digest)"

_POST = "({row}.uid, {row}.book, {row}.village, {row}.duty, {row}.old, {row}.day, {row}.giver, {row}.receiver, "
_POST += "{row}.watcher, {row}.remark, {row}.recorded_by, {row}.recorded_at)"

_RELATIVE = "({row}.uid, {row}.village, {row}.officer, {row}.name, {row}.kinship, {row}.unit, {row}.since)"

_LAYOUT_FINAL = "启用过的报表格式不能修改，请另存新的一版"
_LAYOUT_USED = "(SELECT state FROM statement_layout WHERE uid = {row}.layout) = 'used'"
_YEAR_LOCKED = (
    "EXISTS (SELECT 1 FROM period p WHERE p.book = {row}.book AND p.year = {row}.year AND p.state = 'locked')"
)
_NOTE_LOCKED = "这一年已锁定，附注不能再改"
_DRAFTED = "EXISTS (SELECT 1 FROM schedule_draft d WHERE d.schedule = {row}.schedule)"
_PLAN_FINAL = "计划已经做过凭证，分录不能再改"

_ASKED = (
    "({row}.uid, {row}.village, {row}.about, {row}.matter, {row}.from_level, {row}.from_name, {row}.to_level, "
    "{row}.to_name, {row}.within, {row}.due, {row}.raised_by, {row}.raised_at)"
)
_WHISTLED = f"OLD.answered_at <> '' OR {_ASKED.format(row='OLD')} <> {_ASKED.format(row='NEW')}"

_LENT = "({row}.uid, {row}.borrower, {row}.unit, {row}.purpose, {row}.approved_by, {row}.out_on, {row}.due_on, "
_LENT += "{row}.lent_by)"

GUARDS = (
    Guard("voucher_update", "voucher", "UPDATE", "OLD.state IN ('posted', 'void')", _FINAL),
    Guard("voucher_number", "voucher", "UPDATE",
          "(OLD.book, OLD.year, OLD.month, OLD.word, OLD.number, OLD.uid) "
          "<> (NEW.book, NEW.year, NEW.month, NEW.word, NEW.number, NEW.uid)", "凭证号一经给出不能改"),
    Guard("voucher_post", "voucher", "UPDATE", "NEW.state = 'posted' AND OLD.state <> 'approved'",
          "没有签完字的凭证不能记账"),
    Guard("voucher_void_signed", "voucher", "UPDATE",
          "NEW.state = 'void' AND OLD.state <> 'void' AND EXISTS (SELECT 1 FROM approval a "
          "WHERE a.object_uid = OLD.uid AND a.rev = OLD.rev AND a.decision = 'approve' AND NOT EXISTS ("
          "SELECT 1 FROM approval b WHERE b.object_uid = a.object_uid AND b.rev = a.rev AND b.step = a.step "
          "AND b.decision = 'void'))",
          "签过字的凭证，要由签过的同样各步签字才能作废"),
    Guard("voucher_delete", "voucher", "DELETE", "1 = 1", "凭证不能删除，只能作废或红字冲销"),
    Guard("voucher_insert", "voucher", "INSERT", "NEW.state IN ('posted', 'void')", "凭证不能直接以已记账的样子写入"),
    Guard("voucher_insert_closed", "voucher", "INSERT", _MONTH_CLOSED, _CLOSED),
    Guard("voucher_post_closed", "voucher", "UPDATE", "NEW.state = 'posted' AND " + _MONTH_CLOSED, _CLOSED),
    Guard("period_update", "period", "UPDATE", "OLD.state = 'locked'", "已锁定的年度不能再打开"),
    Guard("period_delete", "period", "DELETE", "1 = 1", "结账记录不能删除"),
    Guard("line_insert", "voucher_line", "INSERT", _STATE.format(row="NEW"), _LINE_FINAL),
    Guard("line_update", "voucher_line", "UPDATE", _STATE.format(row="OLD") + " OR " + _STATE.format(row="NEW"),
          _LINE_FINAL),
    Guard("line_delete", "voucher_line", "DELETE", _STATE.format(row="OLD"), _LINE_FINAL),
    Guard("line_place", "voucher_line", "INSERT",
          "(NEW.book, NEW.day) <> (SELECT book, day FROM voucher WHERE id = NEW.voucher)",
          "分录的账套或日期与凭证不符"),
    Guard("journal_update", "journal", "UPDATE", "1 = 1", "操作日志不能修改"),
    Guard("journal_delete", "journal", "DELETE", "1 = 1", "操作日志不能删除"),
    Guard("before_update", "journal_before", "UPDATE", "1 = 1", "操作日志里的以前的样子不能修改"),
    Guard("before_delete", "journal_before", "DELETE", "1 = 1", "操作日志里的以前的样子不能删除"),
    Guard("approval_update", "approval", "UPDATE", "1 = 1", "签字不能修改"),
    Guard("approval_delete", "approval", "DELETE", "1 = 1", "签字不能删除"),
    Guard("body_update", "signed_body", "UPDATE", "1 = 1", "签过的原文不能修改"),
    Guard("body_delete", "signed_body", "DELETE", "1 = 1", "签过的原文不能删除"),
    Guard("paper_send_back", "paper", "UPDATE",
          "NEW.state = 'sent_back' AND OLD.state = 'accepted' AND EXISTS (SELECT 1 FROM approval a "
          "WHERE a.object_uid = OLD.uid AND a.rev = OLD.rev AND a.decision = 'approve' AND a.mode = 'paper' "
          "AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.object_uid = a.object_uid AND b.rev = a.rev "
          "AND b.step = a.step AND b.decision = 'withdraw'))",
          "已受理的报账单，要由签过的同样各步签字才能退回"),
    Guard("paper_update", "paper", "UPDATE", "OLD.state = 'booked'", "已入账的报账单不能修改"),
    Guard("paper_delete", "paper", "DELETE", "1 = 1", "报账单不能删除"),
    Guard("document_insert", "document", "INSERT", _PAPER_BOOKED.format(row="NEW"), "已入账报账单的单据不能增加"),
    Guard("document_update", "document", "UPDATE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的单据不能修改"),
    Guard("document_delete", "document", "DELETE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的单据不能删除"),
    Guard("image_insert", "document_image", "INSERT", _PAPER_BOOKED.format(row="NEW"), "已入账报账单的图片不能增加"),
    Guard("image_update", "document_image", "UPDATE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的图片不能修改"),
    Guard("image_delete", "document_image", "DELETE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的图片不能删除"),
    Guard("paper_voucher_update", "paper_voucher", "UPDATE", "1 = 1", "凭证与报账单的联系不能修改"),
    Guard("paper_voucher_delete", "paper_voucher", "DELETE", _VOUCHER_POSTED.format(row="OLD"),
          "已记账凭证与报账单的联系不能删除"),
    Guard("remark_update", "voucher_remark", "UPDATE", "1 = 1", "作废原因、不重做的说明不能修改"),
    Guard("remark_delete", "voucher_remark", "DELETE", "1 = 1", "作废原因、不重做的说明不能删除"),
    Guard("slip_update", "slip", "UPDATE", "1 = 1", "打印过的审批单不能修改"),
    Guard("slip_delete", "slip", "DELETE", "1 = 1", "打印过的审批单不能删除"),
    Guard("template_delete", "template", "DELETE", "1 = 1", "模板只能停用，登记不能删除"),
    Guard("reason_update", "reason", "UPDATE",
          "(OLD.code, OLD.words, OLD.added_by, OLD.at) <> (NEW.code, NEW.words, NEW.added_by, NEW.at)",
          "退回原因的编号和文字不能改，只能停用"),
    Guard("reason_delete", "reason", "DELETE", "1 = 1", "退回原因不能删除，只能停用"),
    Guard("send_back_update", "send_back", "UPDATE", "1 = 1", "退回的原因不能修改"),
    Guard("send_back_delete", "send_back", "DELETE", "1 = 1", "退回的原因不能删除"),
    Guard("whistle_update", "whistle", "UPDATE", _WHISTLED, "吹哨的内容和答复不能修改"),
    Guard("whistle_delete", "whistle", "DELETE", "1 = 1", "吹哨的登记不能删除"),
    Guard("archive_loan_update", "archive_loan", "UPDATE",
          f"OLD.returned_on <> '' OR {_LENT.format(row='OLD')} <> {_LENT.format(row='NEW')}",
          "借阅登记不能修改，归还只能登记一次"),
    Guard("archive_loan_delete", "archive_loan", "DELETE", "1 = 1", "借阅登记不能删除"),
    Guard("archive_volume_insert", "archive_volume", "INSERT",
          "(SELECT returned_on FROM archive_loan WHERE uid = NEW.loan) <> ''", "已经归还的借阅不能再加册"),
    Guard("archive_volume_update", "archive_volume", "UPDATE", "1 = 1", "借阅的册不能修改"),
    Guard("archive_volume_delete", "archive_volume", "DELETE", "1 = 1", "借阅的册不能删除"),
    Guard("schedule_delete", "schedule", "DELETE", "1 = 1", "计划只能停止，不能删除"),
    Guard("schedule_line_insert", "schedule_line", "INSERT", _DRAFTED.format(row="NEW"), _PLAN_FINAL),
    Guard("schedule_line_update", "schedule_line", "UPDATE", _DRAFTED.format(row="OLD"), _PLAN_FINAL),
    Guard("schedule_line_delete", "schedule_line", "DELETE", _DRAFTED.format(row="OLD"), _PLAN_FINAL),
    Guard("schedule_draft_update", "schedule_draft", "UPDATE", "1 = 1", "计划做过哪张凭证不能修改"),
    Guard("schedule_draft_delete", "schedule_draft", "DELETE", "1 = 1", "计划做过哪张凭证不能删除"),
    Guard("relative_delete", "relative", "DELETE", "1 = 1", "近亲属的登记不能删除，只能停用"),
    Guard("officer_update", "officer", "UPDATE", "OLD.until <> ''", "已经离任的任期不能再改，再任请另登记"),
    Guard("relative_update", "relative", "UPDATE",
          f"OLD.ended_on <> '' OR {_RELATIVE.format(row='OLD')} <> {_RELATIVE.format(row='NEW')}",
          "近亲属的登记不能修改，只能停用后另登记"),
    Guard("officer_delete", "officer", "DELETE", "1 = 1", "任职的登记不能删除，只能办离任"),
    Guard("revocation_update", "revocation", "UPDATE", "1 = 1", "吊销钥匙的登记不能修改"),
    Guard("revocation_delete", "revocation", "DELETE", "1 = 1", "吊销钥匙的登记不能删除"),
    Guard("post_change_update", "post_change", "UPDATE",
          f"OLD.state <> 'open' OR {_POST.format(row='OLD')} <> {_POST.format(row='NEW')}",
          "记下的岗位移交清单不能修改，只能放弃后另做一份"),
    Guard("post_change_delete", "post_change", "DELETE", "1 = 1", "岗位移交清单不能删除"),
    Guard("post_item_insert", "post_item", "INSERT", "EXISTS (SELECT 1 FROM journal j "
          "WHERE j.ref = 'post_change:' || NEW.post_change)", "记下的岗位移交清单不能增加"),
    Guard("post_item_update", "post_item", "UPDATE", "1 = 1", "岗位移交清单的行不能修改"),
    Guard("post_item_delete", "post_item", "DELETE", "1 = 1", "岗位移交清单的行不能删除"),
    Guard("paper_note_update", "paper_note", "UPDATE", "1 = 1", "写在报账单上的说明不能修改"),
    Guard("paper_note_delete", "paper_note", "DELETE", "1 = 1", "写在报账单上的说明不能删除"),
    Guard("receipt_delete", "receipt", "DELETE", "1 = 1", "收据号不能删除"),
    Guard("disclosure_update", "disclosure", "UPDATE", "1 = 1", "已张榜的公开榜不能修改"),
    Guard("disclosure_delete", "disclosure", "DELETE", "1 = 1", "已张榜的公开榜不能删除"),
    Guard("budget_update", "budget", "UPDATE", "1 = 1", "预算决定不能修改，只能另做调整"),
    Guard("budget_delete", "budget", "DELETE", "1 = 1", "预算决定不能删除，只能另做调整"),
    Guard("budget_line_update", "budget_line", "UPDATE", "1 = 1", "预算决定不能修改，只能另做调整"),
    Guard("budget_line_delete", "budget_line", "DELETE", "1 = 1", "预算决定不能删除，只能另做调整"),
    Guard("agreement_delete", "agreement", "DELETE", "1 = 1", "代理协议不能删除，只能终止"),
    Guard("policy_update", "policy", "UPDATE", "1 = 1", "审批办法不能修改，只能出新的一版"),
    Guard("policy_delete", "policy", "DELETE", "1 = 1", "审批办法不能删除"),
    Guard("bank_account_delete", "bank_account", "DELETE", "1 = 1", "登记过的银行账户不能删除，只能销户"),
    Guard("chart_template_update", "chart_template", "UPDATE", "1 = 1", _TEMPLATE),
    Guard("chart_template_delete", "chart_template", "DELETE", "1 = 1", _TEMPLATE),
    Guard("template_account_update", "chart_template_account", "UPDATE", "1 = 1", _TEMPLATE),
    Guard("template_account_delete", "chart_template_account", "DELETE", "1 = 1", _TEMPLATE),
    Guard("directory_update", "key_directory", "UPDATE", "1 = 1", "密钥目录不能修改，只能出新的一版"),
    Guard("voucher_post_reconciled", "voucher", "UPDATE",
          "NEW.state = 'posted' AND EXISTS (SELECT 1 FROM reconciliation r WHERE r.book = NEW.book "
          "AND r.state = 'confirmed' AND (r.year, r.month) >= (NEW.year, NEW.month) AND EXISTS (SELECT 1 "
          "FROM voucher_line l WHERE l.voucher = NEW.id AND l.account = r.account))",
          "这个月的银行账已对账确认，要补记请先撤销对账"),
    Guard("statement_update", "bank_statement", "UPDATE",
          f"OLD.state <> 'kept' OR {_STATEMENT.format(row='OLD')} <> {_STATEMENT.format(row='NEW')}",
          "导入的对账单不能修改，只能整份作废"),
    Guard("statement_void", "bank_statement", "UPDATE",
          "NEW.state = 'void' AND EXISTS (SELECT 1 FROM reconciliation r WHERE r.book = NEW.book "
          "AND r.account = NEW.account AND r.state = 'confirmed' AND r.until >= NEW.first_day)",
          "这份对账单已对账确认，不能作废"),
    Guard("statement_delete", "bank_statement", "DELETE", "1 = 1", "对账单不能删除"),
    Guard("bank_line_insert", "bank_line", "INSERT",
          "EXISTS (SELECT 1 FROM journal j WHERE j.ref = 'bank_statement:' || NEW.statement)",
          "对账单的行不能增加"),
    Guard("bank_line_update", "bank_line", "UPDATE", "1 = 1", "对账单的行不能修改"),
    Guard("bank_line_delete", "bank_line", "DELETE", "1 = 1", "对账单的行不能删除"),
    Guard("match_delete", "bank_match", "DELETE", "1 = 1", "勾对记录不能删除"),
    Guard("match_item_insert", "bank_match_item", "INSERT", _RECONCILED.format(row="NEW"),
          "已对账确认的勾对不能改"),
    Guard("match_item_update", "bank_match_item", "UPDATE", "1 = 1", "勾对的行不能修改，只能取消勾对"),
    Guard("match_item_delete", "bank_match_item", "DELETE", _RECONCILED.format(row="OLD"), "已对账确认的勾对不能改"),
    Guard("reconciliation_update", "reconciliation", "UPDATE",
          f"OLD.state <> 'confirmed' OR {_RECONCILIATION.format(row='OLD')} <> {_RECONCILIATION.format(row='NEW')}",
          "确认过的余额调节表不能修改，只能撤销"),
    Guard("reconciliation_delete", "reconciliation", "DELETE", "1 = 1", "余额调节表不能删除"),
    Guard("cash_count_update", "cash_count", "UPDATE", "1 = 1", "签过的现金盘点表不能修改"),
    Guard("cash_count_delete", "cash_count", "DELETE", "1 = 1", "现金盘点表不能删除"),
    Guard("hand_over_update", "hand_over", "UPDATE", "1 = 1", "移交记录不能修改"),
    Guard("hand_over_delete", "hand_over", "DELETE", "1 = 1", "移交记录不能删除"),
    Guard("hand_over_item_update", "hand_over_item", "UPDATE", "1 = 1", "移交记录的行不能修改"),
    Guard("hand_over_item_delete", "hand_over_item", "DELETE", "1 = 1", "移交记录的行不能删除"),
    Guard("directory_delete", "key_directory", "DELETE", "1 = 1", "密钥目录不能删除"),
    Guard("voucher_insert_stopped", "voucher", "INSERT", _BOOK_STOPPED, _STOPPED),
    Guard("voucher_post_stopped", "voucher", "UPDATE", "NEW.state = 'posted' AND " + _BOOK_STOPPED, _STOPPED),
    Guard("book_start_again", "book", "UPDATE", "OLD.stopped <> '' AND NEW.stopped <> OLD.stopped",
          "停用的账套不能再启用"),
    Guard("migration_update", "migration", "UPDATE", "OLD.state <> 'draft'", _MIGRATED),
    Guard("migration_delete", "migration", "DELETE", "1 = 1", "转换制度的工作底稿不能删除"),
    Guard("migration_account_insert", "migration_account", "INSERT", _DONE.format(row="NEW"), _MIGRATED),
    Guard("migration_account_update", "migration_account", "UPDATE", _DONE.format(row="OLD"), _MIGRATED),
    Guard("migration_account_delete", "migration_account", "DELETE", _DONE.format(row="OLD"), _MIGRATED),
    Guard("migration_line_insert", "migration_line", "INSERT", _DONE.format(row="NEW"), _MIGRATED),
    Guard("migration_line_update", "migration_line", "UPDATE", _DONE.format(row="OLD"), _MIGRATED),
    Guard("migration_line_delete", "migration_line", "DELETE", _DONE.format(row="OLD"), _MIGRATED),
    Guard("decision_insert", "migration_decision", "INSERT", _DONE.format(row="NEW"), _MIGRATED),
    Guard("decision_update", "migration_decision", "UPDATE", "1 = 1", _DECIDED),
    Guard("decision_delete", "migration_decision", "DELETE", "1 = 1", _DECIDED),
    Guard("part_insert", "migration_part", "INSERT", _PART_DONE, _MIGRATED),
    Guard("part_update", "migration_part", "UPDATE", "1 = 1", _DECIDED),
    Guard("part_delete", "migration_part", "DELETE", "1 = 1", _DECIDED),
    Guard("merger_update", "merger", "UPDATE", "OLD.state <> 'draft'", "合村并账已经签字完成，不能再改"),
    Guard("merger_delete", "merger", "DELETE", "1 = 1", "合村并账的记录不能删除"),
    Guard("name_delete", "name_term", "DELETE", "1 = 1", "用过的村名不能删除"),
    Guard("layout_update", "statement_layout", "UPDATE", "OLD.state = 'used'", _LAYOUT_FINAL),
    Guard("layout_delete", "statement_layout", "DELETE", "1 = 1", "报表格式不能删除，只能停用"),
    Guard("layout_line_insert", "statement_line", "INSERT", _LAYOUT_USED.format(row="NEW"), _LAYOUT_FINAL),
    Guard("layout_line_update", "statement_line", "UPDATE", _LAYOUT_USED.format(row="OLD"), _LAYOUT_FINAL),
    Guard("layout_line_delete", "statement_line", "DELETE", _LAYOUT_USED.format(row="OLD"), _LAYOUT_FINAL),
    Guard("note_insert", "note_text", "INSERT", _YEAR_LOCKED.format(row="NEW"), _NOTE_LOCKED),
    Guard("note_update", "note_text", "UPDATE", _YEAR_LOCKED.format(row="OLD"), _NOTE_LOCKED),
    Guard("note_delete", "note_text", "DELETE", "1 = 1", "附注的文字不能删除，只能改"),
)  # fmt: skip


def make_guards(connection: Connection) -> None:
    """(Re)create every guard."""
    drop_guards(connection)
    for statements in _definitions(connection).values():
        for statement in statements:
            connection.execute(text(statement))


def drop_guards(connection: Connection) -> None:
    """Take the guards off, as anybody with the file and a tool could; for migrations and sabotage tests only."""
    if _on_server(connection):
        for name in _present(connection):
            connection.execute(text(f"DROP FUNCTION {name}() CASCADE"))
    else:
        for guard in GUARDS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS guard_{guard.name}"))


def missing_guards(connection: Connection) -> list[str]:
    """Names of guards that are not in the database, are switched off, or say something else than they should."""
    present = _present(connection)
    should = {name: parts[0] for name, parts in _definitions(connection).items()}
    return [name.removeprefix("guard_") for name, words in should.items() if present.get(name, "-- none") not in words]


def catalogue(connection: Connection) -> str:
    """The table of the database where guards stand."""
    return "pg_trigger" if _on_server(connection) else "sqlite_master"


def _on_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _definitions(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The statements that make each guard; the first one holds its words."""
    if not _on_server(connection):
        return {f"guard_{one.name}": (_file_guard(one),) for one in GUARDS}
    schema: str = connection.execute(text("SELECT current_schema()")).scalar_one()
    made = {f"guard_{one.name}": _server_guard(one, schema) for one in GUARDS}
    # a file has no TRUNCATE, which asks no trigger of rows
    emptied = [replace(one, name=f"{one.table}_truncate", when="1 = 1") for one in GUARDS if one.act == "DELETE"]
    return made | {f"guard_{one.name}": _server_guard(one, schema, truncate=True) for one in emptied}


def _file_guard(guard: Guard) -> str:
    # an inserted row is looked at when it is in, which takes back as much and costs much less
    moment = "AFTER" if guard.act == "INSERT" else "BEFORE"
    return (
        f"CREATE TRIGGER guard_{guard.name} {moment} {guard.act} ON {guard.table} WHEN {guard.when} "
        f"BEGIN SELECT raise(ABORT, '{guard.sentence}'); END"
    )


def _server_guard(guard: Guard, schema: str, *, truncate: bool = False) -> tuple[str, ...]:
    """A trigger's own condition may not ask other tables, so its function does; temporary tables come last for it."""
    name, row = f"guard_{guard.name}", "NULL" if truncate else "OLD" if guard.act == "DELETE" else "NEW"
    act = "TRUNCATE" if truncate else guard.act
    each = "STATEMENT" if truncate else "ROW"
    function = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp AS $guard$ "
        f"BEGIN IF {guard.when} THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        f"MESSAGE = '{guard.sentence}'; END IF; RETURN {row}; END $guard$"
    )
    trigger = f"CREATE TRIGGER {name} BEFORE {act} ON {guard.table} FOR EACH {each} EXECUTE FUNCTION {name}()"
    return function, trigger


def _present(connection: Connection) -> dict[str, str]:
    """Guards that stand and are switched on, with the words of each as the database keeps them."""
    rows = connection.execute(text(_ON_SERVER if _on_server(connection) else _IN_FILE)).all()
    return {name: words for name, words in rows}  # noqa: C416  (rows are no pairs for dict())


_IN_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_ON_SERVER = """SELECT p.proname, CASE WHEN t.tgenabled IN ('O', 'A') THEN p.prosrc ELSE 'off' END
    FROM pg_proc p LEFT JOIN pg_trigger t ON t.tgfoid = p.oid AND NOT t.tgisinternal
    WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'guard%'"""
