"""Canonical JSON: one byte string for one value, so that what is signed or hashed has no second spelling."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import NoReturn

from villagebooks.core.words import _

LARGEST_BYTES = 8 * 1024 * 1024
LARGEST_INT = 2**53 - 1
DEEPEST = 16

_INT = re.compile(r"-?\d{1,16}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class FormatError(Exception):
    """Bytes that are not what the format allows; the text is one Chinese sentence."""


def dump(obj: object) -> bytes:
    """The canonical bytes of objects, arrays, strings, ints, bools and null; FormatError for anything else."""
    _check(obj, 1)
    text = json.dumps(obj, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    raw = text.encode("utf-8")
    if len(raw) > LARGEST_BYTES:
        raise FormatError(_("数据太大，超过 8 MiB。"))
    return raw


def load(raw: bytes) -> object:
    """The value of canonical bytes; FormatError when they are too large, too deep or not exactly what `dump` writes."""
    if len(raw) > LARGEST_BYTES:
        raise FormatError(_("数据太大，超过 8 MiB。"))
    try:
        value: object = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_read_int,
        )
    except (ValueError, RecursionError) as error:
        raise FormatError(_("数据不是有效的 JSON。")) from error
    if dump(value) != raw:
        raise FormatError(_("数据不是规范的写法。"))
    return value


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        if abs(value) > LARGEST_INT:
            raise FormatError(_("数字超出范围。"))
    elif isinstance(value, dict | list | tuple):
        if depth > DEEPEST:
            raise FormatError(_("数据嵌套太深。"))
        if isinstance(value, dict):
            _check_keys(value)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth + 1)
    else:
        raise FormatError(_("数据里有不允许的类型：{kind}。").format(kind=type(value).__name__))


def _check_keys(value: dict[object, object]) -> None:
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise FormatError(_("数据的字段名只能用 ASCII 字符。"))


def _check_text(text: str) -> None:
    if _SURROGATE.search(text):
        raise FormatError(_("文字里有残缺的字符。"))
    if not unicodedata.is_normalized("NFC", text):
        raise FormatError(_("文字不是 NFC 规范形式。"))


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FormatError(_("数据里有重复的字段。"))
    return found


def _refuse_number(text: str) -> NoReturn:
    raise FormatError(_("数据里不允许小数：{text}。").format(text=text[:20]))


def _read_int(text: str) -> int:
    if not _INT.fullmatch(text):
        raise FormatError(_("数字超出范围。"))
    return int(text)
