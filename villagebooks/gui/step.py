"""The steps of the month's board: each leads to a page."""

PAPERS, VOUCHERS, SIGNING, CLOSING, SHEET, QUERY = "papers", "vouchers", "signing", "closing", "sheet", "query"
BANK = "bank"
