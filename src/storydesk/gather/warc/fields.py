"""The fields of a header: of a record, and of the HTTP response in it."""

from __future__ import annotations

__all__ = ["ends", "simple_fields"]


def simple_fields(data: bytes, start: int, stop: int) -> dict[str, str] | None:
    """The fields of ``data[start:stop]``, names in lower case, the first of each name; ``None`` where the header is not
    a first line and then one field a line, in ASCII (as nearly all are): it must then be read in the form's own way."""
    try:
        text = data[start:stop].decode("ascii")
        lines = text.split("\r\n")
        found = {name.lower(): value.strip() for name, value in [line.split(":", 1) for line in lines[:0:-1]]}
    except ValueError:
        return None
    breaks = 2 * len(lines) - 2
    odd = text.count("\n") + text.count("\r") != breaks or "\n " in text or "\n\t" in text or " :" in text
    return None if odd or "\t:" in text else found


def ends(data: bytes, start: int, stop: int) -> tuple[int, int]:
    """Where the header that begins at ``start`` ends, and where what follows its empty line begins; ``stop`` for both
    where there is no empty line. Bare line feeds are taken, too."""
    end = data.find(b"\r\n\r\n", start, stop)
    bare = data.find(b"\n\n", start, end if end >= 0 else stop)
    if bare >= 0:
        return bare, bare + 2
    return (end, end + 4) if end >= 0 else (stop, stop)
