"""JSON values out of a file one after the other: of JSON Lines, of an array, on one line or on many."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import IO, Any, Final

from storydesk.gather.exports.exported import Damage

__all__ = ["values"]

CHUNK: Final = 1 << 16
LONGEST: Final = 1 << 26
"""Characters of one value: a thread with all its comments."""

BETWEEN: Final = re.compile(r"[\s,\[\]\ufeff]*")
CUT: Final = 12
"""So near to the end of what was read a fault may come of the end alone (``\\ud83d\\ude00`` is one character)."""


def values(file: IO[bytes]) -> Iterator[dict[str, Any] | Damage]:
    """The objects at the top of a file, or in an array there. What cannot be read is named by its line, and reading
    goes on at the next line."""
    text, decoder = _Text(file), json.JSONDecoder()
    while text.begins():
        try:
            value, end = decoder.raw_decode(text.read, text.at)
        except (RecursionError, ValueError) as error:  # nested, or numbered, beyond all measure too
            if not (_may_be_cut(error, text) and text.more()):
                yield Damage(f"line {text.line}", "is not JSON")
                text.skip_line()
            continue
        yield value if isinstance(value, dict) else Damage(f"line {text.line}", "is no object")
        text.pass_to(end)


class _Text:
    """As much of a file as was ``read``, the place in it that was come to, and the line that it lies on."""

    def __init__(self, file: IO[bytes]) -> None:
        self.read, self.at, self.line = "", 0, 1
        self._file, self._over, self._next = file, False, CHUNK
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    def begins(self) -> bool:
        """Goes to where the next value begins, if there is one."""
        while True:
            found = BETWEEN.match(self.read, self.at)
            self.pass_to(found.end() if found else self.at)
            if self.at < len(self.read):
                return True
            if not self.more():
                return False

    def more(self) -> bool:
        """Reads on, twice as much each time while one value lasts. False at the end, and where one is too long."""
        if self._over or len(self.read) - self.at > LONGEST:
            return False
        data = self._file.read(self._next)
        self._over, self._next = not data, min(2 * self._next, LONGEST)
        self.read, self.at = self.read[self.at :] + self._decode(data, not data), 0
        return True

    def pass_to(self, end: int) -> None:
        """Goes on to a place further on."""
        self.line += self.read.count("\n", self.at, end)
        self.at, self._next = end, CHUNK

    def skip_line(self) -> None:
        """Goes on to the next line, however far that is."""
        while (end := self.read.find("\n", self.at)) < 0:
            self.at = len(self.read)
            if not self.more():
                return
        self.pass_to(end)


def _may_be_cut(error: Exception, text: _Text) -> bool:
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos >= len(text.read) - CUT or error.msg.startswith("Unterminated string")
