"""报表格式: the editor of statement layouts with its checks and a preview."""
