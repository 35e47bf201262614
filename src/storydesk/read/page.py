"""An HTML page to an item: its text, and what it declares of itself."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from storydesk.errors import UnreadableFile
from storydesk.language import detect
from storydesk.model import Item
from storydesk.read.address import absolute, host, normalise, same_site
from storydesk.read.around import around
from storydesk.read.body import body
from storydesk.read.comments import thread
from storydesk.read.credits import authors
from storydesk.read.encoding import mend
from storydesk.read.headline import headline
from storydesk.read.markup import Markup, parse, text_of
from storydesk.read.publication import published, updated
from storydesk.read.video import video
from storydesk.wire import piece_id

__all__ = ["read_page"]

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def read_page(
    page: str, *, now: datetime, path: str | None = None, url: str | None = None, utf8: bytes | None = None
) -> Item:
    """The item that an HTML page holds. ``now`` only refuses dates in the future; ``utf8`` is the same page in UTF-8,
    where that is at hand.

    Paragraphs are separated by a blank line. ``partial`` is set where the page declares ``isAccessibleForFree:
    false``. Raises UnreadableFile where the page holds neither text nor a description.
    """
    markup = parse(page, utf8)
    if markup is None:
        raise UnreadableFile("is a page without content")
    address = _address(markup, url)
    title = mend(headline(markup, address))
    film = video(markup, address)
    summary = mend(markup.description)
    discussion = thread(markup)
    text = mend(body(markup, title, discussion))
    # What a video page says is its description; a page whose words are drawn by script still has one.
    described = film is not None and len(summary) > len(text)
    partial = _paywalled(markup) or (not text and not described)
    text = summary if described or not text else text
    if not text:
        raise UnreadableFile(
            "is a page without readable text", "it may be drawn by a script, or be only a list of links"
        )
    near = around(markup, title)
    return Item(
        id=piece_id(address, path, text),
        text=text,
        title=title,
        url=address,
        path=path,
        source=_site(markup, address),
        author=authors(markup, near, address),
        published=published(markup, near, now, address),
        updated=updated(markup, now),
        language=_language(markup) or detect(text),
        summary=summary,
        image=absolute(markup.first("og:image", "og:image:url", "twitter:image"), address),
        video=film,
        comments=discussion.comments,
        partial=partial,
    )


def _address(markup: Markup, url: str | None) -> str | None:
    """The canonical address where the page declares a credible one, else ``url``; normalised.

    Another site's address is not believed: a page could pass itself off as a piece of that site. Nor is the front page.
    """
    canonical = absolute(markup.canonical or markup.first("og:url"), url)
    if canonical and (url is None or (same_site(canonical, url) and len(urlsplit(canonical).path) > 1)):
        return normalise(canonical)
    return normalise(url) if url else None


def _site(markup: Markup, address: str | None) -> str | None:
    publisher = markup.article.get("publisher")
    declared = markup.first("og:site_name") or text_of(publisher) or markup.first("application-name", "publisher")
    return declared if declared and not declared.startswith("http") else host(address)


def _language(markup: Markup) -> str | None:
    given = (markup.language or markup.first("content-language") or "").strip()
    return given.replace("_", "-") if LANGUAGE.fullmatch(given) else None


def _paywalled(markup: Markup) -> bool:
    """Whether the page itself declares that it gives less than the whole (schema.org). Words like "subscribe" say
    nothing."""
    return str(markup.article.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].lower() == "false"
