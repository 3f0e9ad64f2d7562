"""Words of the log's page: what tables, their fields and the codes in them are called, and which fields name a row."""

from __future__ import annotations

from villagebooks.core.approval import STEP_WORDS
from villagebooks.core.archive import volume_kind_words
from villagebooks.core.opening import kind_words
from villagebooks.core.post import step_words
from villagebooks.core.voucher import STATE_WORDS, state_word
from villagebooks.core.whistle import LEVEL_WORDS
from villagebooks.core.words import _, pgettext


def parts_of(table: str) -> tuple[str, ...]:
    """The fields that tell an object of a table, in order."""
    return _PARTS.get(table, ("name",))


_PARTS: dict[str, tuple[str, ...]] = {
    "office": ("township",), "setting": ("key",), "village": ("code", "name"), "book": ("name",),
    "period": ("month_text",), "person": ("name",), "officer": ("name", "duty", "village"),
    "relative": ("officer", "kinship", "name"), "key_box": ("name",), "key_directory": ("version",),
    "budget": ("year", "kind", "turn"), "agreement": ("number", "village"), "policy": ("version",),
    "paper": ("words",), "attachment": ("size",), "receipt_book": ("code", "first", "last"),
    "receipt": ("receipt_book", "number", "state"), "voucher": ("summary",), "voucher_remark": ("kind", "words"),
    "template": ("name",), "schedule": ("name",), "disclosure": ("month_text",), "query_export": ("seq",),
    "bank_account": ("label", "bank"), "chart_template": ("standard", "version"), "imported_file": ("name",),
    "statement_layout": ("title", "version"), "note_text": ("year", "topic"),
    "bank_statement": ("account", "first_day", "until"), "bank_match": ("account", "how"),
    "reconciliation": ("account", "month_text"), "cash_count": ("account", "day"), "hand_over": ("day", "giver"),
    "name_term": ("name",), "migration": ("new_book", "state"), "migration_decision": ("line", "reason"),
    "merger": ("source", "target"),
    "revocation": ("name", "reason"), "post_change": ("duty", "giver", "receiver"), "reason": ("words",),
    "send_back": ("about", "reason"), "whistle": ("matter", "to_name"),
    "paper_note": ("kind", "words"), "slip": ("code",), "archive_loan": ("unit", "borrower", "due_on"),
    "accounts": ("count",), "parties": ("count",), "people": ("village", "count"),
    "intakes": ("count",), "vouchers": ("count",),
}  # fmt: skip


def table_words() -> dict[str, str]:
    """What people call a row of a table."""
    return {
        "office": _("中心"), "setting": _("设置"), "village": _("村"), "book": _("账套"), "period": _("月份"),
        "person": _("村民"), "people": _("名册"), "officer": _("任职"), "relative": _("近亲属"), "key_box": _("钥匙"),
        "key_directory": _("钥匙名录"), "budget": _("预算"), "budget_line": _("预算行"), "agreement": _("代理协议"),
        "policy": _("审批办法"), "paper": _("报账单"), "document": _("单据"), "document_image": _("图片"),
        "attachment": _("图片"), "receipt_book": _("票据"), "receipt": _("收据"), "voucher": _("凭证"),
        "voucher_line": _("分录"), "paper_voucher": _("所附报账单"), "voucher_remark": _("说明"),
        "template": _("模板"), "template_line": _("模板行"), "schedule": _("计划"), "schedule_line": _("计划行"),
        "schedule_draft": _("照计划做的凭证"), "approval": _("签字"), "disclosure": _("公开榜"),
        "query_export": _("查询库"), "bank_account": _("银行账户"), "chart_template": _("统一科目"),
        "chart_template_account": _("统一科目行"), "imported_file": _("导入的文件"), "statement_layout": _("报表格式"),
        "statement_line": _("报表行"), "note_text": _("附注"), "bank_statement": _("对账单"),
        "bank_line": _("对账单行"), "bank_match": _("勾对"), "bank_match_item": _("勾对行"),
        "reconciliation": _("对账确认"), "cash_count": _("现金盘点"), "hand_over": _("移交"),
        "hand_over_item": _("移交行"), "name_term": _("名称"), "migration": _("转换制度"),
        "migration_account": _("新科目"), "migration_line": _("转换行"), "migration_decision": _("转换决定"),
        "migration_part": _("转换去向"), "merger": _("合村并账"), "account": _("科目"), "account_name": _("科目旧名称"),
        "account_need": _("辅助核算"), "accounts": _("科目"), "party": _("往来单位（个人）"),
        "parties": _("往来单位（个人）"), "intake": _("录入的身份信息"), "intakes": _("录入的身份信息"),
        "vouchers": _("历史凭证"), "revocation": _("吊销钥匙"), "post_change": _("移交清单"), "post_item": _("清单行"),
        "reason": _("退回原因"), "send_back": _("退回"), "whistle": _("吹哨"),
        "paper_note": _("批注"), "slip": _("审批单"), "archive_loan": _("档案借阅"), "archive_volume": _("借阅的册"),
    }  # fmt: skip


def field_labels() -> dict[str, str]:
    """What people call a field, by `column` or, where a table says otherwise, by `table.column`."""
    return _papers() | _books() | _banks() | _rest()


def _papers() -> dict[str, str]:
    return {
        "number": _("号"), "day": _("日期"), "words": _("说明"), "paper.words": _("用途"), "spending_class": _("类别"),
        "direction": _("收支"), "amount_fen": _("金额"), "payee": _("收款人"), "paid_how": _("怎样付"),
        "handler": _("经手人"), "witness": _("证明人"), "approvers": _("审批人"), "bodies": _("集体的意见"),
        "basis": _("依据"), "heading": _("开支项目"), "state": _("状态"), "reason": _("原因"), "policy": _("审批办法"),
        "paper": _("报账单"), "position": _("第几个"), "kind": _("种类"), "count": _("张数"), "ordinal": _("第几张"),
        "sha256": _("校验值"), "size": _("大小"), "media": _("格式"), "pages": _("页数"), "checked": _("已脱敏检查"),
        "voucher": _("凭证"), "word": _("凭证字"), "attachment_count": _("附单据数"), "reverses": _("冲销哪张"),
        "corrects": _("更正哪张"), "prepared_by": _("制单"), "posted_by": _("记账"), "posted_at": _("记账时间"),
        "line": _("行"), "summary": _("摘要"), "account": _("科目"), "debit_fen": _("借方"), "credit_fen": _("贷方"),
        "party": _("往来"), "project": _("项目"), "contract": _("合同"), "bank": _("银行账户"), "quantity": _("数量"),
        "receipt_book": _("票据"), "first": _("起"), "last": _("止"), "issued_on": _("领用日期"),
        "issued_to": _("领用人"), "used_before": _("以前用了"), "person": _("谁"), "at": _("时间"),
        "about": _("签在哪里"), "object_uid": _("签的是哪张"), "step": _("步骤"), "name": _("名称"),
        "approval.name": _("签字的人"), "officer.name": _("姓名"), "person.name": _("姓名"), "relative.name": _("姓名"),
        "signer": _("用谁的钥匙"), "decision": _("意见"), "mode": _("方式"), "note": _("签名"), "template": _("模板"),
        "made_by": _("谁做的"), "made_at": _("什么时候做的"), "schedule": _("计划"), "every": _("每几个月"),
        "schedule.day": _("每月几号"), "stop": _("停在哪个月"), "use": _("用在哪里"), "added": _("何时增加"),
        "cost_fen": _("原值"), "residual_fen": _("残值"), "worn_fen": _("已提折旧"), "month": _("月"),
        "imported_file.name": _("文件名"), "schedule.mode": _("金额是"), "attachment.size": _("字节"),
    }  # fmt: skip


def _books() -> dict[str, str]:
    return {
        "id": _("编号"), "uid": _("标识"), "code": _("代码"), "township": _("乡镇"), "intake_public": _("录入用公钥"),
        "key": _("哪一项"), "value": _("内容"), "village": _("村"), "book": _("账套"), "successor": _("并入哪个村"),
        "standard": _("会计制度"), "start_year": _("启用年"), "start_month": _("启用月"),
        "predecessor": _("接哪个账套"),
        "stopped": _("何时停用"), "level": _("级次"), "parent": _("上级科目"), "side": _("方向"), "leaf": _("末级"),
        "needs": _("辅助核算"), "need": _("辅助核算"), "unit": _("计量单位"), "relative.unit": _("是单位"),
        "stopped_on": _("停用日期"), "split_on": _("拆分日期"), "split_by": _("拆分凭证"), "since": _("从"),
        "until": _("到"), "year": _("年"), "household": _("户号"), "sex": _("性别"), "role": _("身份"),
        "died_on": _("去世日期"), "sort_key": _("排序"), "id_sealed": _("身份证号"), "id_index": _("身份证号索引"),
        "code_sealed": _("户查询码"), "wrapped": _("身份信息"), "duty": _("职务"), "officer": _("谁的亲属"),
        "kinship": _("关系"), "ended_on": _("终止日期"), "recorded_by": _("谁登记的"), "recorded_at": _("登记时间"),
        "box": _("钥匙"), "signing_public": _("签字公钥"), "sealing_public": _("加密公钥"),
        "office_wrap": _("中心密钥"),
        "version": _("第几版"), "hash": _("校验值"), "budget": _("预算"), "turn": _("第几次"),
        "signed_on": _("签订日期"), "vote": _("哪次会议同意"), "for_village": _("村里签字人"),
        "for_centre": _("中心签字人"), "archive": _("档案在哪里"), "body": _("内容"), "put_by": _("谁启用的"),
        "name_term.about": _("谁的名称"), "name_term.key": _("哪一个"), "digest": _("校验值"), "rev": _("第几稿"),
    }  # fmt: skip


def _banks() -> dict[str, str]:
    return {
        "label": _("名称"), "number_sealed": _("账号"), "number_index": _("账号索引"), "closed_on": _("销户日期"),
        "first_day": _("第一天"), "opening_fen": _("期初余额"), "closing_fen": _("期末余额"), "statement": _("对账单"),
        "imported_by": _("谁导入的"), "imported_at": _("导入时间"), "balance_fen": _("余额"), "counterparty": _("对方"),
        "how": _("怎样勾的"), "confidence": _("把握"), "match_uid": _("勾对"), "object": _("哪一笔"),
        "book_fen": _("账面余额"), "bank_fen": _("银行余额"), "adjusted_fen": _("调节后余额"),
        "confirmed_by": _("谁确认的"), "confirmed_at": _("确认时间"), "holder": _("保管人"), "pieces": _("面额和张数"),
        "counted_fen": _("实点"), "counted_by": _("盘点人"), "watched_by": _("监盘人"),
        "unbooked_in_fen": _("收了未入账"), "unbooked_out_fen": _("付了未入账"), "giver": _("移交人"),
        "receiver": _("接收人"), "watcher": _("监交人"), "remark": _("备注"), "hand_over": _("移交"),
        "hand_over_item.count": _("数量"), "found_fen": _("查明金额"), "settled_on": _("差额记到"),
        "post_item.count": _("数量"),
    }  # fmt: skip


def _rest() -> dict[str, str]:
    return {
        "seq": _("第几次"), "sheet": _("榜的内容"), "anchor": _("钉住日志的签名"), "anchor_hash": _("钉住日志的校验值"),
        "disclosure.code": _("本期码"), "previous_code": _("上期码"), "put_up": _("张榜日期"), "stay_until": _("贴到"),
        "file": _("文件"), "layout": _("格式"), "title": _("标题"), "form": _("样式"), "report": _("报表"),
        "official": _("官方"), "line_no": _("行次"), "formula": _("公式"), "show": _("何时显示"), "topic": _("题目"),
        "text": _("文字"), "migration": _("转换"), "new_book": _("新账套"), "opening": _("期初凭证"),
        "finished_at": _("完成时间"), "part": _("第几份"), "source": _("并出的账套"), "target": _("并入的账套"),
        "former": _("原村"), "old": _("原任"), "new": _("新任"), "done_at": _("完成时间"), "post_change": _("移交清单"),
        "place": _("放在哪里"), "added_by": _("谁加的"), "by": _("谁退的"), "matter": _("什么事"),
        "from_level": _("从哪一级"), "from_name": _("从谁"), "to_level": _("到哪一级"), "to_name": _("给谁"),
        "within": _("几天内"), "due": _("到期"), "raised_by": _("谁登记吹哨"), "raised_at": _("吹哨时间"),
        "answer": _("答复"), "answerer": _("谁答复"), "answered_by": _("谁登记答复"), "answered_at": _("答复时间"),
        "voucher_out": _("转出凭证"), "voucher_in": _("转入凭证"),
        "borrower": _("借阅人"), "archive_loan.unit": _("借阅单位"), "purpose": _("用途"), "approved_by": _("批准人"),
        "out_on": _("借出日期"), "due_on": _("应还日期"), "lent_by": _("谁借出的"), "returned_on": _("归还日期"),
        "condition": _("归还时的样子"), "received_by": _("谁收回的"), "loan": _("档案借阅"),
        "archive_volume.number": _("第几册"),
    }  # fmt: skip


def value_words() -> dict[str, str]:
    """Codes in words, by `column=value` or, where a table says otherwise, by `table.column=value`."""
    levels = {level: _(word) for level, word in LEVEL_WORDS.items()}
    steps = {name: _(word) for name, word in STEP_WORDS.items()} | step_words()
    told = {"from_level": levels, "to_level": levels, "approval.step": steps,
            "post_item.kind": kind_words(), "hand_over_item.kind": kind_words(),
            "archive_volume.kind": volume_kind_words()}  # fmt: skip
    return {f"{column}={code}": word for column, words in told.items() for code, word in words.items()} | {
        "post_change.state=open": _("未办结"), "post_change.state=done": _("已办结"),
        "post_change.state=dropped": _("已放弃"), "made_by=local": _("（未登录）"),
        **{f"voucher.state={state}": state_word(state) for state in STATE_WORDS},
        "state=void": _("作废"), "paper.state=written": _("已写"),
        "paper.state=signed": _("已签字"), "paper.state=submitted": _("已送中心"), "paper.state=accepted": _("已受理"),
        "paper.state=sent_back": _("已退回"), "paper.state=booked": _("已入账"), "period.state=open": _("未结账"),
        "period.state=closed": _("已结账"), "period.state=locked": _("已锁定"), "receipt.state=used": _("已用"),
        "state=draft": _("草稿"), "state=used": _("在用"), "state=kept": _("保留"), "state=confirmed": _("已确认"),
        "state=withdrawn": _("已撤销"), "state=finished": _("完成"), "state=stopped": pgettext("state", "停用"),
        "voucher.kind=normal": _("一般"), "voucher.kind=reversal": _("红字冲销"),
        "voucher.kind=closing_transfer": _("结转损益"), "voucher.kind=prior_year": _("以前年度更正"),
        "voucher.kind=opening": _("期初"), "voucher_remark.kind=void": _("作废原因"),
        "voucher_remark.kind=no_redo": _("不重做的原因"), "voucher_remark.kind=voiding": _("要求作废的原因"),
        **{f"voucher_remark.kind=voiding-{n}": _("要求作废的原因") for n in range(2, 100)},
        "duty=director": _("中心主任"), "duty=agent": _("代理会计"),
        "duty=cashier": _("总出纳"), "duty=archivist": _("档案员"), "decision=approve": _("同意"),
        "decision=send_back": _("退回"), "decision=void": _("同意作废"), "decision=withdraw": _("同意撤销"),
        "mode=key": _("电子签字"), "mode=paper": _("纸质签字"), "about=voucher": _("凭证"), "about=paper": _("报账单"),
        "about=period": _("结账"), "about=reconciliation": _("对账"), "about=count": _("现金盘点"),
        "about=migration": _("转换制度"), "about=merger": _("合村并账"), "about=post": _("岗位移交"),
        "side=D": _("借"), "side=C": _("贷"),
        "side=B": _("双方"), "leaf=1": _("是"), "leaf=0": _("否"), "checked=1": _("是"), "checked=0": _("否"),
        "budget.kind=adopt": _("年初预算"), "budget.kind=change": _("调整"),         "key=voucher_words": _("凭证字"),
        "key=query_cost": _("查询库的防破解强度"), "key=disclosure": _("公开榜"),
        "key=closing": _("结账检查"), "key=accounting_policy": _("会计政策"), "key=root": _("总钥匙"),
        "key=query_salt": _("查询库的盐"), "key=bank_columns": _("对账单的栏目"), "how=auto": _("自动勾对"),
        "key=watch": _("签字怎样算可疑"), "paper_note.kind=overdue": _("单据过期的原因"),
        "paper_note.kind=taken": _("银行扣收的依据"),
        "how=manual": _("人工勾对"), "direction=in": _("收"), "direction=out": _("付"),
    }  # fmt: skip
