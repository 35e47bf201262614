"""What strangers send, in a form that every database takes: PostgreSQL knows no NUL in a text, UTF-8 no half of a
pair."""

from __future__ import annotations

import re
from typing import Any, TypeVar

__all__ = ["LONGEST_URL", "storable"]

T = TypeVar("T")

LONGEST_URL = 2000
"""Characters of an address that is kept; browsers and servers stop soon after."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(value: T) -> T:
    """The value (text, or lists and dictionaries of it) with what no database stores replaced by U+FFFD."""
    return _clean(value)  # type: ignore[no-any-return]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value) if UNSTORABLE.search(value) else value
    if isinstance(value, dict):
        return {_clean(key): _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value
