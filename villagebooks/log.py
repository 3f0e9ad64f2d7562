"""The rotating log in the data folder; no ID, bank card or telephone number can reach it."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _

FILE_NAME = "villagebooks.log"
FILE_BYTES = 1_000_000
FILES_KEPT = 5

# A resident ID has 18 characters (15 before 2000), a bank card 16 to 19: every run that long goes, also one in groups.
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){14,}[ -]?[XxＸｘ]?")
PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")


def scrub(text: str) -> str:
    """The text without anything that looks like an ID, bank card or mobile number (full-width digits count)."""
    return PHONE.sub(_("〔电话已隐去〕"), LONG_NUMBER.sub(_("〔号码已隐去〕"), text))


class ScrubbingFormatter(logging.Formatter):
    """Scrubs the finished line, so that arguments, tracebacks and exception texts are covered as well as messages."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole record as text, traceback included, scrubbed."""
        stamp = self.formatTime(record)
        # logging keeps the traceback's text on the record for other handlers; drop it, so that each scrubs its own.
        text = super().format(record)
        record.exc_text = None
        return f"{stamp} {scrub(text)}"


class LogFile(RotatingFileHandler):
    """Turned over only where it can be: Windows lets nobody rename a file that a second window writes to. It grows then
    and loses no record."""

    def doRollover(self) -> None:  # noqa: N802  (logging's own name)
        """The full file aside first; the older ones move up only when that went well."""
        if self.stream:
            self.stream.close()
        try:
            Path(self.baseFilename).replace(self._aside)
        except OSError:
            self.stream = self._open()
            return
        super().doRollover()

    def rotate(self, source: str, dest: str) -> None:  # noqa: ARG002  (it was put aside)
        """What was put aside becomes the newest of the older ones."""
        Path(self._aside).replace(dest)

    @property
    def _aside(self) -> str:
        return self.baseFilename + ".full"


def start_log(folder: Path) -> Path:
    """Send the program's log to a file in `folder` (1 MB, five older ones kept) and answer its path; else `Trouble`."""
    path = folder / FILE_NAME
    try:
        handler = LogFile(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
    except OSError as error:
        raise Trouble(_("无法写日志“{path}”：{why}").format(path=path, why=why(error))) from error
    handler.setFormatter(ScrubbingFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path
