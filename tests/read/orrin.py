"""A page of one piece, for what is printed beside, below and in the head of it."""

from __future__ import annotations

from storydesk.read.markup import Markup, parse

TITLE = "Crack found in Orrin dam"
TEXT = "<p>Engineers lowered the water behind the Orrin dam by two metres on Tuesday after a crack was found in it.</p>"


def markup(beside: str = "", head: str = "", below: str = "") -> Markup:
    page = f"<html lang=en><head>{head}</head><body><h1>{TITLE}</h1>{beside}{TEXT * 3}{below}</body></html>"
    found = parse(page)
    assert found is not None
    return found
