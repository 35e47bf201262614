"""The commonest faults of feeds: ampersands and HTML entities that XML does not know, control characters, values
without quotation marks, and what stands before the first tag."""

from __future__ import annotations

import re
from html.entities import html5

__all__ = ["mend"]

LONGEST = 2**20
"""Bytes that are mended: a megabyte of nothing but ampersands takes a second."""

CONTROL = bytes(set(range(32)) - {9, 10, 13})
LOOSE = rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:(#X[0-9a-fA-F]{1,6}|\w{2,32});)?"
LOOSE_OR_RAW = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|" + LOOSE, re.S)
DECLARATION = re.compile(rb"<\?xml\b[^>]*\?>")
UNQUOTED = re.compile(rb"""(<[\w:.-]+\s[^<>"']*?=)([^\s"'<>=]+)(?=[\s>])""")


def mend(data: bytes) -> bytes:
    """A document in UTF-8 that does not parse, with loose ampersands escaped and HTML's entities as characters.

    Raw sections and comments are left as they are, and so is a document that declares entities of its own.
    """
    if len(data) > LONGEST or b"<!ENTITY" in data:
        return data
    data = data[max(data.find(b"<"), 0) :].translate(None, CONTROL)
    declared = data.find(b"<?xml")
    if declared > 0:  # only allowed at the very start
        data = data[:declared] + DECLARATION.sub(b"", data[declared:], count=1)
    return LOOSE_OR_RAW.sub(_mended, UNQUOTED.sub(rb'\1"\2"', data))


def _mended(match: re.Match[bytes]) -> bytes:
    found = match[0]
    if found.startswith(b"<"):
        return found
    if match[1] and match[1].startswith(b"#X"):
        return found.lower()
    letters = html5.get(f"{match[1].decode('ascii', 'replace')};") if match[1] else None
    return b"".join(b"&#%d;" % ord(letter) for letter in letters) if letters else b"&amp;" + found[1:]
