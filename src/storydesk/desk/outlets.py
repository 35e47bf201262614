"""How an outlet's name becomes its id. Pure."""

from __future__ import annotations

from typing import Final

from django.utils.text import slugify

from storydesk.wire import item_id

__all__ = ["outlet_id"]

LONGEST: Final = 70


def outlet_id(name: str) -> str:
    """The id of the outlet of that name, of ASCII letters, digits and hyphens, at most 70 characters.

    Names that differ in case, accents and punctuation alone are one outlet's. Where the letters are not all there in
    ASCII ("Канал 24" would be "24"), or are too many, a digest stands for those left out, so that no two outlets
    become one.
    """
    slug = slugify(name)
    if slug and len(slug) == len(slugify(name, allow_unicode=True)) and len(slug) <= LONGEST:
        return slug
    digest = item_id(" ".join(name.casefold().split()))
    return f"{slug[: LONGEST - len(digest) - 1]}-{digest}".lstrip("-")
