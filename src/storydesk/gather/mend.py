"""The commonest fault of feeds: ampersands and HTML entities that XML does not know, which an XML parser drops from
headlines."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

__all__ = ["mend"]

LONGEST = 2**20
"""Bytes that are mended: a megabyte of nothing but ampersands takes a second."""

LOOSE = rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(\w{2,32});)?"
LOOSE_ANYWHERE = re.compile(LOOSE)
LOOSE_OR_RAW = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|" + LOOSE, re.S)


def mend(data: bytes) -> bytes:
    """The document with loose ampersands escaped and HTML's entities as characters, where it would not parse otherwise.

    Raw sections and comments are left as they are, and so is a document that declares entities of its own.
    """
    if len(data) > LONGEST or b"<!ENTITY" in data or b"\0" in data[:64]:
        return data
    if not LOOSE_ANYWHERE.search(data) or _well_formed(data):
        return data
    return LOOSE_OR_RAW.sub(_mended, data)


def _well_formed(data: bytes) -> bool:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _mended(match: re.Match[bytes]) -> bytes:
    found = match[0]
    if found.startswith(b"<"):
        return found
    letters = html5.get(f"{match[1].decode('ascii', 'replace')};") if match[1] else None
    return b"".join(b"&#%d;" % ord(letter) for letter in letters) if letters else b"&amp;" + found[1:]
