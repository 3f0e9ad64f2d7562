"""What was done, in words: every kind of act of the log has its word, and with its object a sentence."""

from __future__ import annotations

from villagebooks.core.journal.field import table_word
from villagebooks.core.words import _


def kind_words() -> dict[str, str]:
    """Kind of an act → what people call it. A kind is written by a service with its act (`act.record`)."""
    return {
        "accept": _("受理"), "answer": _("答复吹哨"), "correct_name": _("更正姓名"), "drop_post": _("放弃岗位移交"),
        "end_term": _("办离任"), "finish_post": _("办结岗位移交"), "key_to_books": _("钥匙移回账套"),
        "key_to_stick": _("钥匙移到U盘"), "passphrase": _("换口令"), "reason": _("登记退回原因"),
        "revoke": _("吊销钥匙"), "sign_post": _("签移交清单"), "whistle": _("吹哨"), "accounts": _("登记科目"),
        "lend": _("借出会计档案"), "give_back": _("归还会计档案"),
        "agreement": _("登记代理协议"), "approve": _("签凭证"),
        "attach": _("附图片"), "attest": _("登记纸质签字"), "bank_account": _("登记银行账户"),
        "bank_number": _("看银行账号"),
        "bank_statement": _("导入对账单"), "begin_merger": _("开始合村并账"), "begin_migration": _("开始转换制度"),
        "book": _("登记账套"), "budget": _("登记预算"), "change": _("修改"), "change_migration": _("改转换底稿"),
        "close": _("结账"), "count": _("盘点现金"), "decide": _("决定转换"), "directory": _("换发钥匙名录"),
        "draft": _("照计划做凭证"), "end_relative": _("终止近亲属登记"),
        "envelope": _("用恢复钥匙"), "give_up_merger": _("放弃合村并账"),
        "give_up_migration": _("放弃转换制度"),
        "hand_over": _("登记接账移交"), "import": _("导入"), "intake": _("收存录入的身份信息"), "key": _("发钥匙"),
        "layout": _("改报表格式"), "lock": _("锁定年度"), "match": _("勾对"), "merge": _("完成合村并账"),
        "migrate": _("完成转换制度"), "name": _("登记名称"), "new": _("建立账套文件"), "note_text": _("写附注"),
        "note": _("批注"),
        "officer": _("任免"), "open": _("转入期初"), "opening": _("录入期初"), "party": _("登记往来单位（个人）"),
        "people": _("登记名册"), "policy": _("启用审批办法"), "post": _("记账"), "put_up": _("张榜"),
        "query": _("导出查询库"), "receipt": _("登记收据"), "receipt_book": _("领用票据"), "reconcile": _("确认对账"),
        "refresh_migration": _("重取转换数据"), "relative": _("登记近亲属"), "remark": _("写说明"),
        "rename": _("改名称"),
        "reopen": _("反结账"), "resume": _("恢复使用"), "root": _("立总钥匙"), "save": _("保存"),
        "schedule": _("做计划"),
        "send_back": _("退回"), "setting": _("改设置"), "sign": _("签字"), "slip": _("打印审批单"),
        "split": _("拆分科目"), "stop": _("停用"),
        "successor": _("并入"), "template": _("改模板"), "unified": _("照统一科目改"), "unmatch": _("撤销勾对"),
        "upgrade": _("升级账套"), "reshape": _("升级账套"),
        "use": _("启用"), "village": _("登记村"), "void": _("作废"), "withdraw": _("撤销"),
        "write": _("写"),
    }  # fmt: skip


def sentences() -> dict[tuple[str, str], str]:
    """Where kind and object make a better sentence than word, noun and object in a row: by kind and table."""
    return {
        ("save", "voucher"): _("保存凭证 {object}"),
        ("change", "voucher"): _("修改凭证 {object}"),
        ("void", "voucher"): _("作废凭证 {object}"),
        ("approve", "voucher"): _("登记凭证 {object} 的签字进度"),
        ("send_back", "voucher"): _("退回凭证 {object}"),
        ("attest", "voucher"): _("登记纸质签字：凭证 {object} 的审批单"),
        ("withdraw", "voucher"): _("撤销凭证 {object} 的审批"),
        ("post", "voucher"): _("记账：凭证 {object}"),
        ("open", "voucher"): _("转入期初凭证 {object}"),
        ("remark", "voucher_remark"): _("给凭证写说明：{object}"),
        ("write", "paper"): _("写报账单 {object}"),
        ("change", "paper"): _("修改报账单 {object}"),
        ("attest", "paper"): _("登记纸质签字：报账单 {object}"),
        ("accept", "paper"): _("受理报账单 {object}"),
        ("send_back", "paper"): _("退回报账单 {object}"),
        ("withdraw", "paper"): _("撤销报账单 {object} 的受理"),
        ("book", "paper"): _("随凭证入账：报账单 {object}"),
        ("sign", "approval"): _("签字：{object}"),
        ("close", "period"): _("{object} 结账"),
        ("reopen", "period"): _("{object} 反结账"),
        ("lock", "period"): _("{object} 随年度锁定"),
        ("import", "vouchers"): _("导入历史凭证：{object}"),
        ("opening", "vouchers"): _("录入期初：{object}"),
        ("import", "imported_file"): _("导入文件 {object}"),
        ("void", "bank_statement"): _("作废对账单 {object}"),
        ("withdraw", "reconciliation"): _("撤销对账确认 {object}"),
        ("setting", "setting"): _("改设置“{object}”"),
        ("book", "book"): _("登记账套 {object}"),
        ("rename", "village"): _("村改名称：{object}"),
        ("rename", "book"): _("账套改名称：{object}"),
        ("stop", "book"): _("停用账套 {object}"),
        ("stop", "schedule"): _("停止计划 {object}"),
        ("stop", "accounts"): _("停用科目（{object}）"),
        ("resume", "accounts"): _("恢复科目（{object}）"),
        ("officer", "officer"): _("任职登记：{object}"),
        ("upgrade", "office"): _("账套文件升级到新版程序的格式"),
        ("reshape", "office"): _("账套文件升级到新版程序的格式"),
        ("new", "office"): _("建立{object}的账套文件"),
        ("policy", "policy"): _("启用审批办法：{object}"),
        ("put_up", "disclosure"): _("张榜：{object} 的公开榜"),
        ("query", "query_export"): _("导出查询库：{object}"),
        ("count", "cash_count"): _("盘点现金：{object}"),
        ("match", "bank_match"): _("勾对银行账：{object}"),
        ("unmatch", "bank_match"): _("撤销勾对：{object}"),
        ("bank_statement", "bank_statement"): _("导入对账单：{object}"),
        ("reconcile", "reconciliation"): _("确认对账：{object}"),
        ("key", "key_box"): _("发钥匙：{object}"),
        ("directory", "key_directory"): _("换发钥匙名录：{object}"),
        ("post", "post_change"): _("记下移交清单：{object}"),
        ("sign_post", "post_change"): _("签移交清单：{object}"),
        ("finish_post", "post_change"): _("办结岗位移交：{object}"),
        ("drop_post", "post_change"): _("放弃移交清单：{object}"),
        ("end_term", "officer"): _("办离任：{object}"),
        ("correct_name", "officer"): _("更正姓名：{object}"),
        ("send_back", "send_back"): _("写明退回原因：{object}"),
        ("whistle", "whistle"): _("吹哨：{object}"),
        ("answer", "whistle"): _("答复吹哨：{object}"),
        ("lend", "archive_loan"): _("借出会计档案：{object}"),
        ("give_back", "archive_loan"): _("归还会计档案：{object}"),
        ("revoke", "revocation"): _("吊销钥匙：{object}"),
        ("passphrase", "key_box"): _("换口令：{object}"),
        ("envelope", "key_box"): _("用信封里的{object}发钥匙"),
        ("note", "paper_note"): _("给报账单批注：{object}"),
        ("slip", "slip"): _("打印审批单：{object}"),
        ("root", "setting"): _("立总钥匙"),
    }


def kind_word(kind: str) -> str:
    """What people call a kind of act; one that nobody has named stays as it is."""
    return kind_words().get(kind, kind)


def kinds_of(word: str) -> tuple[str, ...]:
    """The kinds that people call by this word."""
    return tuple(kind for kind, known in kind_words().items() if known == word)


def sentence(kind: str, ref: str, words: str) -> str:
    """What was done to which object: 保存凭证 2026-09 记6：买打印纸……742.60. `words` are the object's."""
    table = ref.partition(":")[0]
    whole = sentences().get((kind, table))
    if whole:
        return whole.format(object=words)
    noun, verb = table_word(table), kind_word(kind)
    said = verb if noun in verb or table not in _NAMED else _("{verb}{noun}").format(verb=verb, noun=noun)
    return f"{said} {words}".strip()


_NAMED = frozenset(("schedule", "voucher", "paper", "receipt", "reconciliation", "statement_layout"))
"""Objects whose noun belongs into the sentence."""
