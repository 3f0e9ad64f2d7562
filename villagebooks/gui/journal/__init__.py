"""操作日志: the page and what it shows of one entry."""
