"""WXR, WordPress's extended RSS (``wp-admin/includes/export.php``), which Disqus takes in too. Versions 1.0 to 1.2
differ in their namespace alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final
from urllib.parse import urlsplit

from storydesk.gather.exports.elements import Element, elements, text_of
from storydesk.gather.exports.exported import Damage, Exported, Standing, exported, words

__all__ = ["comments"]

STANDING: Final[dict[str, Standing]] = {
    "1": "approved",
    "approve": "approved",
    "0": "pending",
    "hold": "pending",
    "spam": "refused",
    "trash": "deleted",
    "post-trashed": "deleted",
}
UNSAID: Final = "0000-00-00 00:00:00"


def comments(file: IO[bytes]) -> Iterator[Exported | Damage]:
    """The comments of an export, without pingbacks and trackbacks, which are no reader's."""
    for element in elements(file, "comment", "item"):
        if isinstance(element, Damage):
            yield element
        elif str(element.tag).endswith("}comment") and text_of(element, "comment_type") in ("", "comment"):
            yield _comment(element)


def _comment(comment: Element) -> Exported | Damage:
    post = comment.getparent()
    thread = text_of(post, "link") if post is not None else ""
    number, above = text_of(comment, "comment_id"), text_of(comment, "comment_parent")
    at = text_of(comment, "comment_date_gmt")
    return exported(
        _of_site(thread, number),
        thread,
        text_of(comment, "comment_author"),
        text_of(comment, "comment_author_email"),
        words(text_of(comment, "comment_content")),
        at if at and at != UNSAID else text_of(comment, "comment_date"),
        _of_site(thread, above) if above != "0" else "",
        STANDING.get(text_of(comment, "comment_approved"), "pending"),
    )


def _of_site(thread: str, number: str) -> str:
    """Comments are numbered anew on each site."""
    try:
        site = urlsplit(thread).netloc.lower()
    except ValueError:
        site = ""
    return f"{site} {number}" if number else ""
