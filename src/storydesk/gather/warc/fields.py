"""The fields of a header: of a record, and of the HTTP response in it."""

from __future__ import annotations

__all__ = ["ends", "simple_fields"]


ASKED = {
    name.encode(): name
    for name in (
        "content-encoding",
        "content-length",
        "content-type",
        "transfer-encoding",
        "warc-block-digest",
        "warc-date",
        "warc-identified-payload-type",
        "warc-payload-digest",
        "warc-target-uri",
        "warc-truncated",
        "warc-type",
    )
}


def simple_fields(data: bytes, start: int, stop: int) -> dict[str, str] | None:
    """The fields of ``data[start:stop]`` that are asked for, the first of each name; ``None`` where the header is not a
    first line and then one field a line, in ASCII (as nearly all are): it must then be read in the form's own way."""
    head = data[start:stop]
    lines = head.split(b"\r\n")
    breaks = len(lines) - 1
    if head.count(b"\n") != breaks or head.count(b"\r") != breaks or b"\n " in head or b"\n\t" in head:
        return None
    found: dict[str, str] = {}
    for line in reversed(lines[1:]):
        colon = line.find(b":")
        if colon < 0:
            return None
        name = ASKED.get(line[:colon].rstrip().lower())
        if name is None:
            continue
        value = line[colon + 1 :]
        if not value.isascii():
            return None
        found[name] = value.decode("ascii").strip()
    return found


def ends(data: bytes, start: int, stop: int) -> tuple[int, int]:
    """Where the header that begins at ``start`` ends, and where what follows its empty line begins; ``stop`` for both
    where there is no empty line. Bare line feeds are taken, too."""
    end = data.find(b"\r\n\r\n", start, stop)
    bare = data.find(b"\n\n", start, end if end >= 0 else stop)
    if bare >= 0:
        return bare, bare + 2
    return (end, end + 4) if end >= 0 else (stop, stop)
