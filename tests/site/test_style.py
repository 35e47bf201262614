"""The style sheet: small, self-contained, and legible in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storydesk import site

FOLDER = Path(site.__file__).parent
STYLE = (FOLDER / "static" / "storydesk.css").read_text()
LEGIBLE = 4.5
"""The contrast that WCAG 2.2 asks of text at level AA (1.4.3)."""

PAIRS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("accent", "paper"),
    ("ink", "raised"),
    ("soft", "raised"),
    ("accent", "raised"),
    ("mark-ink", "mark"),
    ("ink", "came"),
    ("ink", "went"),
    ("paper", "ink"),
    ("paper", "accent"),
]


def scheme(name: str) -> dict[str, str]:
    """The colours of ``light``, ``dark`` or ``print``."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    light, dark, paper = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks)
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **paper}}[name]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_pair_of_colours_is_legible(name: str, text: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours[text], colours[ground]) >= LEGIBLE


def test_it_is_small_and_loads_nothing() -> None:
    assert len(STYLE.encode()) < 40_000
    assert not re.search(r"url\(|@import|@font-face", STYLE)


def test_the_script_is_small_and_makes_no_request() -> None:
    script = (FOLDER / "static" / "storydesk.js").read_text()
    assert len(script) < 4_000
    assert not re.search(r"fetch\(|XMLHttpRequest|eval\(|innerHTML|import\(", script)


def test_no_template_switches_escaping_off() -> None:
    for template in (FOLDER / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape off|\bstyle=|<script>", template.read_text()), template.name
