"""September 2026 of 老秤湾村 as records, for the tests of sheets and paper: what the notice board's model shows."""
# ruff: noqa: E501  (the rows of the month are read as a table)

from __future__ import annotations

from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.disclosure import Sheet, SheetHead, SheetNotes, SheetRules, SheetSource, build_sheet
from villagebooks.core.ledger import Detail
from villagebooks.core.paper import Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.receipt import ReceiptCount
from villagebooks.core.voucher import POSTED, Line, Voucher

SEPTEMBER = Month(2026, 9)

NAMES = {
    "101": "库存现金", "102": "银行存款", "10201": "基本户", "10202": "专项资金户", "10203": "土地补偿费专户", "112": "应收款",
    "113": "内部往来", "121": "库存物资", "12103": "救灾救济物资", "152": "累计折旧", "153": "在建工程", "211": "应付款",
    "212": "应付工资", "213": "应付劳务费", "241": "专项应付款", "501": "经营收入", "50101": "发包收入", "503": "补助收入",
    "50301": "村级运转补助", "504": "其他收入", "50401": "利息收入", "513": "管理费用", "51301": "运转支出", "5130101": "干部报酬",
    "5130102": "办公费", "5130103": "水电费", "5130108": "误工补贴", "51302": "管理资产折旧", "514": "公益支出", "51401": "环境卫生",
    "51402": "道路设施维护", "51403": "公益资产折旧", "51404": "困难救助慰问",
}  # fmt: skip


def accounts() -> dict[str, Account]:
    """The accounts used, leaves where nothing lies below."""
    parents = {code[:-2] for code in NAMES if len(code) > 3}
    return {
        code: Account(code, name, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", "D", code not in parents)
        for code, name in NAMES.items()
    }


def voucher(
    number: int, day: int, *lines: tuple[str, str, int, int] | tuple[str, str, int, int, str], **more: object
) -> Voucher:
    """A posted voucher 记-number of September; lines are (summary, account, debit, credit[, party]) in fen."""
    given = tuple(Line(line[0], line[1], line[2], line[3], line[4] if len(line) == 5 else "") for line in lines)
    fields: dict[str, object] = {
        "uid": f"v{number}", "book": "V01", "word": "记", "month": SEPTEMBER, "number": number, "day": date(2026, 9, day),
        "kind": "normal", "state": POSTED, "rev": 1, "attachment_count": 2, "lines": given, "papers": (f"p{number}",),
        "prepared_by": "冯素芳", "countersigned_by": "谭永川", "reviewed_by": "邹启明", "cashier": "龙小梅", "posted_by": "冯素芳",
    }  # fmt: skip
    return Voucher(**{**fields, **more})  # type: ignore[arg-type]


def vouchers() -> tuple[Voucher, ...]:
    """The fifteen vouchers of the month."""
    wage, clean = "应付9月村干部报酬（5人）", "应付8月村道保洁员劳务费（4人×600元）"
    return (
        voucher(1, 2, ("提取备用金", "101", 400000, 0), ("提取备用金", "10201", 0, 400000)),
        voucher(2, 3, ("付8月村办公楼电费", "5130103", 38642, 0), ("付8月村办公楼电费", "10201", 0, 38642, "县供电公司")),
        voucher(3, 5, ("收冉光才鱼塘下半年承包费", "10201", 1440000, 0), ("收冉光才鱼塘下半年承包费", "50101", 0, 1440000, "冉光才")),
        voucher(4, 8, ("收罗显富补交2025年机动地承包费", "101", 186000, 0), ("收罗显富补交2025年机动地承包费", "113", 0, 186000, "罗显富")),
        voucher(5, 8, ("承包费现金存入银行", "10201", 186000, 0), ("承包费现金存入银行", "101", 0, 186000)),
        voucher(6, 10, ("买打印纸、硒鼓、档案盒", "5130102", 74260, 0, "清岑墨香文具店"), ("买打印纸、硒鼓、档案盒", "101", 0, 74260)),
        voucher(7, 11, (clean, "51401", 240000, 0), (clean, "213", 0, 240000, "保洁员4人"),
                ("发放8月村道保洁员劳务费", "213", 240000, 0, "保洁员4人"), ("发放8月村道保洁员劳务费", "10201", 0, 240000)),
        voucher(8, 12, ("收县财政拨三季度村级运转经费", "10201", 1500000, 0), ("收县财政拨三季度村级运转经费", "50301", 0, 1500000, "县财政局")),
        voucher(9, 15, ("8月边沟清淤误工9个（每个工100元）", "51402", 90000, 0), ("8月参加土地丈量误工7.5个（每个工100元）", "5130108", 75000, 0),
                ("发放8月误工补贴（7人16.5个工）", "101", 0, 165000)),
        voucher(10, 16, ("付鱼塘路边沟维修款60米", "51402", 980000, 0, "清岑县匠缘劳务服务部"), ("付鱼塘路边沟维修款60米", "10201", 0, 980000)),
        voucher(11, 18, ("付第三村民小组机动地发包分成", "113", 320000, 0, "第三村民小组"), ("付第三村民小组机动地发包分成", "10201", 0, 320000)),
        voucher(12, 21, ("收三季度存款利息", "10201", 18637, 0), ("收三季度存款利息", "50401", 0, 18637)),
        voucher(13, 22, ("中秋慰问困难户、特困老人12户×150元", "51404", 180000, 0), ("中秋慰问困难户、特困老人12户×150元", "101", 0, 180000)),
        voucher(14, 25, (wage, "5130101", 1135000, 0), (wage, "212", 0, 1135000, "村干部5人"),
                ("发放9月村干部报酬", "212", 1135000, 0, "村干部5人"), ("发放9月村干部报酬", "10201", 0, 1135000)),
        voucher(15, 30, ("计提9月办公楼、办公设备折旧", "51302", 52000, 0), ("计提9月村道、水渠折旧", "51403", 218000, 0),
                ("计提9月折旧", "152", 0, 270000), papers=()),
    )  # fmt: skip


def papers() -> dict[str, Paper]:
    """The papers of the month with the words of the notice board."""
    head, deputy = "田维国", "冉启珍"
    rows: tuple[tuple[int, int, str, str, int, str, str, str, str, tuple[str, ...]], ...] = (
        (1, 2, "从银行取备用金", "转存", 400000, "", "", "向丽蓉", "", (head,)),
        (2, 3, "村办公楼8月电费（县供电公司）", "支出", 38642, "办公、水电", "", "向丽蓉", "向其昌", (head,)),
        (3, 5, "冉光才交鱼塘下半年承包费（32.60亩，合同2024-03）", "收入", 1440000, "", "收据 0012351", "向丽蓉", "", ()),
        (4, 8, "罗显富补交去年机动地承包费", "收入", 186000, "", "收据 0012352", "向丽蓉", "", ()),
        (5, 8, "承包费存银行", "转存", 186000, "", "", "向丽蓉", "", ()),
        (6, 10, "打印纸、硒鼓、档案盒（墨香文具店）", "支出", 74260, "办公、水电", "", "向丽蓉", "向其昌", (head, deputy)),
        (7, 11, "4名保洁员8月劳务费，每人600元", "支出", 240000, "修路修渠、打扫卫生", "", "向丽蓉", "向其昌", (head,)),
        (8, 12, "县财政拨三季度村级运转经费", "收入", 1500000, "", "拨款通知", "向丽蓉", "", ()),
        (9, 15, "清边沟、量地误工16.5个，每个100元，7人（名单贴在右边）", "支出", 165000, "误工补贴", "", "向丽蓉", "向其昌", (head,)),
        (10, 16, "修鱼塘路边沟60米（匠缘劳务服务部；8月21日联席会同意，5人验收）", "支出", 980000, "修路修渠、打扫卫生", "", deputy, "田茂林", (head,)),
        (11, 18, "第三组机动地发包分成", "支出", 320000, "分给村民小组、还账", "", "向丽蓉", "向其昌", (head,)),
        (12, 21, "银行利息", "收入", 18637, "", "银行利息单", "龙小梅", "", ()),
        (13, 22, "中秋慰问困难户、特困老人12户，每户150元（名单贴在右边）", "支出", 180000, "帮扶慰问", "", "向丽蓉", "向其昌", (head,)),
        (14, 25, "5名村干部9月报酬（县里拨款）：田维国2850，冉启珍2350，向丽蓉2050，2名委员各2050", "支出", 1135000, "村干部报酬", "",
         "向丽蓉", "向其昌", (head,)),
    )  # fmt: skip
    found = {}
    for number, day, words, direction, amount, group, basis, handler, witness, approvers in rows:
        found[f"p{number}"] = Paper(
            uid=f"p{number}", book="V01", number=number, day=date(2026, 9, day), words=words, spending_class="日常运转",
            direction=direction, amount_fen=amount, payee="", paid_how="转账", documents=(Document("数电票"),), handler=handler,
            witness=witness, approvers=approvers, basis=basis, group=group,
        )  # fmt: skip
    return found


def details() -> tuple[Detail, ...]:
    """Balances of the details that the sheet speaks of."""
    return (
        Detail("101", "", 43650, 586000, 605260), Detail("10201", "", 10566200, 3144637, 3113642),
        Detail("113", "罗显富", 186000, 0, 186000), Detail("113", "第三村民小组", -320000, 320000, 0),
        Detail("211", "大河建筑队（村道硬化尾款）", -1260000, 0, 0), Detail("152", "", -25808000, 0, 270000),
        Detail("212", "村干部5人", 0, 1135000, 1135000), Detail("213", "保洁员4人", 0, 240000, 240000),
    )  # fmt: skip


def notes() -> SheetNotes:
    """The committee's words and whom to ask."""
    return SheetNotes(
        put_up=date(2026, 10, 10), stay_until=date(2026, 10, 20),
        committee_words="9月30日开会，3人到齐，逐张看了15张凭证的单据，没有不同意的。", committee=("谭德胜", "田茂林", "冉光秀"),
        ask=("监委会主任 谭德胜", "镇会计核算中心", "镇纪委", "举报电话 12388", "意见箱在公示栏旁"),
        village_head="田维国", reporter="向丽蓉", chief="邹启明",
    )  # fmt: skip


def head() -> SheetHead:
    """Whose sheet it is."""
    return SheetHead("清岑县白雁河镇村级会计代理核算中心", "7K2M-9QXW-4TRB-H6ZD-3NPE", "V01", "老秤湾村", SEPTEMBER)


def source() -> SheetSource:
    """What the books know of the month."""
    counts = (ReceiptCount("B-V01-2601", ("0012351", "0012352"), (), 48, ()),)
    return SheetSource(vouchers(), papers(), details(), accounts(), {}, counts)


def september(rules: SheetRules) -> Sheet:
    """The model sheet of the notice board."""
    return build_sheet(head(), source(), notes(), rules)
