"""The digest that a record states of itself, against what it holds."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Mapping

__all__ = ["Digest"]

PAYLOAD_END = (b"\r\n\r\n", b"\n\n")


class Digest:
    """What the fields of a record state of its block, or else of its payload (the HTTP body as it was sent).

    A digest by an algorithm that is not known is not held against the record.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        block = fields.get("warc-block-digest")
        refers = fields.get("warc-type", "").lower() == "revisit"  # its payload is that of another record
        stated = block or ("" if refers else fields.get("warc-payload-digest", ""))
        algorithm, _, value = stated.partition(":")
        name = algorithm.strip().lower().replace("-", "")
        self._value = value.strip().lower()
        self._of_payload = not block
        self._payload_begun = False
        self._hash = hashlib.new(name, usedforsecurity=False) if name in hashlib.algorithms_available else None

    def update(self, piece: bytes | memoryview) -> None:
        """The next bytes of the block; the first piece holds the HTTP headers, if there are any."""
        if self._hash is None:
            return
        if self._of_payload and not self._payload_begun:
            self._payload_begun = True
            piece = _payload(bytes(piece))
        self._hash.update(piece)

    def holds(self) -> bool:
        """Whether the digest is the one stated, in base 32 or 16; also where none is."""
        if self._hash is None or not self._value:
            return True
        digest = self._hash.digest()
        return self._value in (digest.hex(), b32encode(digest).decode().lower())


def _payload(block: bytes) -> bytes:
    if not block.startswith(b"HTTP/"):
        return block
    ends = [block.find(mark) + len(mark) for mark in PAYLOAD_END if mark in block]
    return block[min(ends) :] if ends else b""
