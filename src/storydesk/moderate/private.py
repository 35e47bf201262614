"""Personal data in a comment: not the writer's alone to give away, and easily given away in anger."""

from __future__ import annotations

import re

__all__ = ["find_private"]

E_MAIL = re.compile(r"\b[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+\b", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,5}\)?){2,5}(?![\w/-])")
TELEPHONE_DIGITS = range(9, 16)
"""National numbers with their prefix have nine digits at least, international ones fifteen at most (ITU-T E.164)."""

CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
HOME = re.compile(
    r"\b\d{1,5}[A-Za-z]? (?:[A-Z][\w'.]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Terrace|Crescent|Close)\b"
)


def find_private(text: str) -> list[tuple[str, int, int]]:
    """What kind of personal data stands where: "e-mail address", "card number", "telephone number", "street
    address"."""
    found = [("e-mail address", *match.span()) for match in E_MAIL.finditer(text)]
    found += [("card number", *match.span()) for match in CARD.finditer(text) if _luhn(match.group())]
    for match in TELEPHONE.finditer(text):
        digits = sum(map(str.isdigit, match.group()))
        inside = any(start < match.end() and match.start() < end for _, start, end in found)
        if digits in TELEPHONE_DIGITS and not inside:
            found.append(("telephone number", *match.span()))
    found += [("street address", *match.span()) for match in HOME.finditer(text)]
    return found


def _luhn(number: str) -> bool:
    """Whether the check digit of a payment card holds (ISO/IEC 7812-1)."""
    digits = [int(sign) for sign in number if sign.isdigit()][::-1]
    return sum(sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(digits)) % 10 == 0
