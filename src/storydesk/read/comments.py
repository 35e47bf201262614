"""Readers' comments inside somebody else's page, kept apart from the article.

(The types of what is asked of every element stand in ``comments.pxd``, by which it is compiled.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, takewhile

from storydesk.model import ReaderComment
from storydesk.read.fragment import paragraphs
from storydesk.read.markup import Markup, squeeze, text_of
from storydesk.read.outline import Outline

__all__ = ["Thread", "thread"]

MOST = 2_000
"""Comments kept of one page."""

DEEPEST = 60
"""Enclosing elements that are looked through for a thread."""

LONGEST_NAME = 6
"""Words of a commenter's name."""

PLACE = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|disqus|replies|responses|discussion)(?:$|[\s_-])", re.I)
"""Words in the id or class of what encloses a thread, or one comment: WordPress, Drupal, Disqus, Coral and most
others."""

ONE = re.compile(
    r"(?:^|\s)(?:comment|comment-body|comment-item|comment_item|comment-wrapper|usercomment|reply|post-comment)(?:$|\s)",
    re.I,
)
ONE_TAGS = frozenset(("li", "div", "article", "section"))
WORDS = re.compile(
    r"comment[-_]?(?:content|text|message|copy)|(?:^|\s)(?:comment-body__text|message|text)(?:$|\s)", re.I
)
AUTHOR = 'cite, [itemprop="author"], [class*="author" i], [class*="fn" i], [class*="name" i], [class*="commenter" i]'
NAMED = re.compile(r"(?:^|[\s_-])(?:author|fn|user-?name|commenter|nickname)(?:$|[\s_-])", re.I)
ASIDE = re.compile(r"reply|meta|author|date|time|avatar|permalink|edit|report|vote|like", re.I)
SAYS = re.compile(r"\s+(?:says|schreibt|dit|dice|escribió|пишет)\s*:?$", re.I)


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of a page in its order, and the places of the outline's blocks that they take up."""

    comments: tuple[ReaderComment, ...] = ()
    blocks: frozenset[int] = frozenset()


def thread(markup: Markup) -> Thread:
    """The comments that JSON-LD declares, else those of well-known containers."""
    printed = _printed(markup)
    declared = tuple(_declared(markup))
    return Thread(declared[:MOST], printed.blocks) if declared else printed


def _declared(markup: Markup) -> Iterator[ReaderComment]:
    given = markup.article.get("comment") or markup.article.get("comments") or []
    for node in given if isinstance(given, list) else [given]:
        if isinstance(node, dict) and isinstance(node.get("text"), str) and node["text"].strip():
            yield ReaderComment(paragraphs(node["text"].splitlines()), text_of(node.get("author")))


def _printed(markup: Markup) -> Thread:
    outline = markup.outline
    found = {element for element in outline.around_blocks() if _is_comment(outline, element)}
    if not found:
        return Thread()
    around: dict[int, list[int]] = {}
    for place, block in enumerate(outline.blocks):
        above = outline.ancestors(block.element, DEEPEST)
        if (comment := next((element for element in above if element in found), None)) is not None:
            around.setdefault(comment, []).append(place)
    kept = (
        ReaderComment(text, _author(outline, element))
        for element, places in around.items()
        if (text := _text(outline, element, places))
    )
    comments = tuple(dict.fromkeys(kept))[:MOST]
    return Thread(comments, frozenset(chain.from_iterable(around.values()))) if comments else Thread()


def _is_comment(outline: Outline, element: int) -> bool:
    """Whether an element is one comment, and a thread encloses it."""
    if not _is_named_comment(outline.attributes(element), outline.tags[element]):
        return False
    above = outline.ancestors(element, DEEPEST)[1:]
    return any(_matches(outline, place, PLACE, "id", "class") for place in above)


def _is_named_comment(attributes: dict[str, str | None], tag: str) -> bool:
    """Whether an element is named as one comment is."""
    named = (attributes.get("class") or "").lower()
    maybe = "comment" in named or "reply" in named  # most pages have few such elements
    if maybe and tag in ONE_TAGS and ONE.search(named):
        return True
    return "schema.org/Comment" in (attributes.get("itemtype") or "")


def _matches(outline: Outline, element: int, pattern: re.Pattern[str], *names: str) -> bool:
    attributes = outline.attributes(element)
    return bool(pattern.search(" ".join(attributes.get(name) or "" for name in names)))


def _text(outline: Outline, comment: int, places: Iterable[int]) -> str:
    """A comment's own words: those of its content element, else its paragraphs."""
    content, rest = [], []
    for place in places:
        block = outline.blocks[place]
        above = list(takewhile(lambda one: one != comment, outline.ancestors(block.element, DEEPEST)))
        if any(_matches(outline, one, WORDS, "class") or _is_text(outline, one) for one in above):
            content.append(block.text)
        elif outline.tags[block.element] == "p" and not any(_matches(outline, one, ASIDE, "class") for one in above):
            rest.append(block.text)
    return paragraphs(content or rest)


def _is_text(outline: Outline, element: int) -> bool:
    return outline.attributes(element).get("itemprop") == "text"


def _author(outline: Outline, comment: int) -> str | None:
    for node in outline.nodes[comment].css(AUTHOR):
        attributes = node.attributes
        marked = (
            node.tag == "cite" or attributes.get("itemprop") == "author" or NAMED.search(attributes.get("class") or "")
        )
        name = squeeze(node.text()) if marked else ""
        if name and len(name.split()) <= LONGEST_NAME:
            return SAYS.sub("", name)
    return None
