"""Readers' comments inside somebody else's page, kept apart from the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from storydesk.model import ReaderComment
from storydesk.read.fragment import paragraphs
from storydesk.read.markup import Markup, squeeze, text_of

__all__ = ["comments"]

MOST = 2_000
"""Comments kept of one page."""

PLACE = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|disqus|replies|responses|discussion)(?:$|[\s_-])", re.I)
"""Words in the id or class of what encloses a thread, or one comment: WordPress, Drupal, Disqus, Coral and most
others."""

ONE = re.compile(
    r"(?:^|\s)(?:comment|comment-body|comment-item|comment_item|comment-wrapper|usercomment|reply|post-comment)(?:$|\s)",
    re.I,
)
WORDS = re.compile(
    r"comment[-_]?(?:content|text|message|copy)|(?:^|\s)(?:comment-body__text|message|text)(?:$|\s)", re.I
)
AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|fn|user-?name|commenter|nickname)(?:$|[\s_-])", re.I)
ASIDE = re.compile(r"reply|meta|author|date|time|avatar|permalink|edit|report|vote|like", re.I)


def comments(markup: Markup) -> tuple[ReaderComment, ...]:
    """The comments, in the order of the page: those that JSON-LD declares, else those of well-known containers."""
    declared = tuple(_declared(markup))
    return declared[:MOST] or tuple(dict.fromkeys(_printed(markup.tree)))[:MOST]


def _declared(markup: Markup) -> Iterator[ReaderComment]:
    given = markup.article.get("comment") or markup.article.get("comments") or []
    for node in given if isinstance(given, list) else [given]:
        if isinstance(node, dict) and isinstance(node.get("text"), str) and node["text"].strip():
            yield ReaderComment(paragraphs(node["text"].splitlines()), text_of(node.get("author")))


def _printed(tree: html.HtmlElement) -> Iterator[ReaderComment]:
    for element in tree.xpath(
        '//*[@itemtype[contains(., "schema.org/Comment")]] | //li | //div | //article | //section'
    ):
        if not (_marked(element, ONE) or "schema.org/Comment" in (element.get("itemtype") or "")):
            continue
        if not any(_named(above, PLACE) for above in element.iterancestors()):
            continue
        text = _text(element)
        if text:
            yield ReaderComment(text, _author(element))


def _marked(element: html.HtmlElement, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(element.get("class") or ""))


def _named(element: html.HtmlElement, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(f"{element.get('id') or ''} {element.get('class') or ''}"))


def _text(element: html.HtmlElement) -> str:
    """The comment's own words: its content element, else its paragraphs, never those of the replies nested in it."""
    nested = {inner for inner in element.iterdescendants() if isinstance(inner.tag, str) and _marked(inner, ONE)}
    own = [inner for inner in element.iterdescendants() if not nested & {inner, *inner.iterancestors()} - {element}]
    for inner in own:
        if isinstance(inner.tag, str) and (_marked(inner, WORDS) or inner.get("itemprop") == "text"):
            return paragraphs([squeeze(line) for line in _lines(inner)])
    return paragraphs(
        [squeeze(inner.text_content()) for inner in own if inner.tag == "p" and not _marked(inner, ASIDE)]
    )


def _lines(element: html.HtmlElement) -> list[str]:
    inside = [inner.text_content() for inner in element.iter("p")]
    return inside or [element.text_content()]


def _author(element: html.HtmlElement) -> str | None:
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and (
            inner.tag == "cite" or inner.get("itemprop") == "author" or _marked(inner, AUTHOR)
        ):
            name = squeeze(inner.text_content())
            if name and len(name.split()) <= 6:
                return name.removesuffix(" says:").removesuffix(" says").strip()
    return None
