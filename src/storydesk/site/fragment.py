"""Text fragments: an address that opens an outlet's own page at the very words (``#:~:text=``, WICG Scroll to Text
Fragment).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urldefrag, urlsplit

__all__ = ["link_to_words", "safe_address", "text_directive"]

WHOLE: Final = 10
"""Up to this many words the passage is written out; a longer one as its first and last words, which survive small
edits between.
"""

EDGE: Final = 4
"""Words at either end of a longer passage: enough to be unique on a page of news."""


def safe_address(url: str | None) -> str:
    """The address if it is an absolute http(s) one, else ``""``: no ``javascript:`` or ``data:`` link is ever shown."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def text_directive(words: str) -> str:
    """The directive for a passage, without ``#``: ``:~:text=start`` or ``:~:text=start,end``; ``""`` for nothing but
    white space.

    A passage over several lines is given by its ends too, since an exact match may not cross a block of the page.
    """
    spoken = words.split()
    if not spoken:
        return ""
    if len(spoken) <= WHOLE and "\n" not in words.strip():
        return f":~:text={_encode(' '.join(spoken))}"
    lines = [line.split() for line in words.strip().splitlines() if line.strip()]
    start, end = lines[0][:EDGE], lines[-1][-EDGE:]
    return f":~:text={_encode(' '.join(start))},{_encode(' '.join(end))}"


def link_to_words(url: str | None, words: str) -> str:
    """The outlet's address opened at these words; ``""`` where there is no http(s) address."""
    address = safe_address(url)
    if not address:
        return ""
    page, anchor = urldefrag(address)
    anchor = anchor.partition(":~:")[0]
    directive = text_directive(words)
    return f"{page}#{anchor}{directive}" if anchor or directive else page


def _encode(text: str) -> str:
    """Percent-encoded so that ``-``, ``,`` and ``&``, which have a meaning in a directive, are words like any other."""
    return quote(text, safe="").replace("-", "%2D")
