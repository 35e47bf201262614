"""What an HTTP message of a record says, its body decoded: transfer and content codings undone, under a cap."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import brotli

from storydesk.gather.warc.fields import ends, simple_fields
from storydesk.gather.warc.window import Block
from storydesk.gather.warc.zstandard import ZstdDecompressor, ZstdError

__all__ = ["Undecodable", "read_message"]

FIELD = re.compile(rb"\n(content-type|content-encoding|transfer-encoding)[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", re.I)
STATUS = re.compile(rb"HTTP/\S+ +(\d{3})")
CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
MOST_CODINGS = 3


class Undecodable(Exception):
    """The body cannot be decoded, for the reason that the message gives."""


Message = tuple[int | None, str | None, bytes, bool]
"""The status and the Content-Type, ``None`` where it does not say, the body, and whether that ends before its coding
does."""


def read_message(block: Block, most: int) -> Message:
    """The HTTP response in a record's block; a block without HTTP headers is all body. Raises Undecodable, as
    :func:`decode_body` does."""
    data, start, stop, rest = block
    status = STATUS.match(data, start, stop)
    end, begin = ends(data, start, stop) if status else (stop, stop)
    if rest and end == stop:
        return read_message(block.whole(), most)
    if not status:
        return None, None, block.after(start), False
    fields = simple_fields(data, start, end)
    if fields is None:
        found = reversed(FIELD.findall(data, start, end))
        fields = {name.decode().lower(): " ".join(value.decode("latin-1").split()) for name, value in found}
    body, cut = block.after(begin), False
    transfer, content = fields.get("transfer-encoding"), fields.get("content-encoding")
    if transfer or content:
        body, cut = decode_body(body, transfer, content, most)
    return int(status[1]), fields.get("content-type"), body, cut


def decode_body(body: bytes, transfer: str | None, content: str | None, most: int) -> tuple[bytes, bool]:
    """A body without the codings that its Transfer-Encoding and Content-Encoding state, and whether it ends early.

    Raises Undecodable where a coding is damaged, or the body decodes to more than ``most`` bytes. A body that is not
    coded as stated (crawlers decode it and keep the headers) is taken as it is.
    """
    cut = False
    if transfer and transfer.strip().lower().endswith("chunked"):
        body, cut = _unchunked(body)
    for name in reversed((content or "").lower().split(",")[:MOST_CODINGS]):
        decoder = DECODERS.get(name.strip())
        if decoder and body:
            body, short = _decoded(name.strip(), decoder, body, most)
            cut = cut or short
    return body, cut


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    """A body without its chunks' headers, and whether it ends early (RFC 9112, 7.1)."""
    pieces: list[bytes] = []
    at = 0
    while head := CHUNK.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(pieces), False
        pieces.append(body[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return (b"".join(pieces), True) if pieces else (body, False)


Decoder = Callable[[bytes, int], tuple[bytes, bool]]
"""A body and how many bytes to decode at most, to what it decodes to and whether that is all."""


def _decoded(name: str, decoder: Decoder, body: bytes, most: int) -> tuple[bytes, bool]:
    try:
        text, whole = decoder(body, most + 1)
    except (zlib.error, brotli.error, ZstdError, EOFError):
        if body.lstrip()[:1] in (b"<", b"{") or (decoder is _gunzip and not body.startswith(b"\x1f\x8b")):
            return body, False
        raise Undecodable(f"its {name} content is damaged") from None
    if len(text) > most:
        raise Undecodable(f"its {name} content unpacks to more than {most:,} bytes")
    return text, not whole


def _gunzip(body: bytes, most: int) -> tuple[bytes, bool]:
    return _inflated(zlib.decompressobj(47), body, most)


def _inflate(body: bytes, most: int) -> tuple[bytes, bool]:
    """Deflate as it should be sent, in zlib's wrapping, or as it often is, bare."""
    try:
        return _inflated(zlib.decompressobj(47), body, most)
    except zlib.error:
        return _inflated(zlib.decompressobj(-15), body, most)


def _inflated(unpacker: zlib._Decompress, body: bytes, most: int) -> tuple[bytes, bool]:
    return unpacker.decompress(body, most), unpacker.eof


def _brotli(body: bytes, most: int) -> tuple[bytes, bool]:
    unpacker = brotli.Decompressor()
    pieces = [unpacker.process(body, output_buffer_limit=most)]
    size = len(pieces[0])
    while size < most and not unpacker.is_finished() and not unpacker.can_accept_more_data():
        pieces.append(unpacker.process(b"", output_buffer_limit=most - size))
        size += len(pieces[-1])
    return b"".join(pieces), unpacker.is_finished()


def _zstd(body: bytes, most: int) -> tuple[bytes, bool]:
    unpacker = ZstdDecompressor()
    return unpacker.decompress(body, most), unpacker.eof


DECODERS: dict[str, Decoder] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": _zstd,
}
