"""What Disqus gives away (https://help.disqus.com, "Comments Export"; http://disqus.com/api/schemas/1.0/disqus.xsd)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from storydesk.gather.exports.elements import Element, elements, text_of
from storydesk.gather.exports.exported import Damage, Exported, Standing, exported, words

__all__ = ["comments"]

NUMBER: Final = "{http://disqus.com/disqus-internals}id"


def comments(file: IO[bytes]) -> Iterator[Exported | Damage]:
    """The posts of an export. Threads stand before them, and are kept: their number and their link."""
    links: dict[str, str] = {}
    for element in elements(file, "thread", "post"):
        if isinstance(element, Damage):
            yield element
        elif str(element.tag).endswith("}post"):
            yield _post(element, links)
        elif link := text_of(element, "link") or text_of(element, "id"):  # within a post, it only has a number
            links[element.get(NUMBER) or ""] = link


def _post(post: Element, links: dict[str, str]) -> Exported | Damage:
    number = post.get(NUMBER) or ""
    author = post.find("{*}author")
    return exported(
        number,
        links.get(_reference(post, "thread"), ""),
        text_of(author, "name") or text_of(author, "username") if author is not None else "",
        text_of(author, "email") if author is not None else "",
        words(text_of(post, "message")),
        text_of(post, "createdAt"),
        _reference(post, "parent"),
        _standing(post),
    )


def _reference(post: Element, name: str) -> str:
    found = post.find(f"{{*}}{name}")
    return (found.get(NUMBER) or "") if found is not None else ""


def _standing(post: Element) -> Standing:
    if text_of(post, "isDeleted") == "true":
        return "deleted"
    if text_of(post, "isSpam") == "true":
        return "refused"
    return "pending" if text_of(post, "isApproved") == "false" else "approved"
