"""HTML as feeds carry it, to plain paragraphs."""

from __future__ import annotations

import re

from lxml import html
from lxml.etree import ParserError

__all__ = ["PARAGRAPH", "paragraphs", "text_from"]

PARAGRAPH = "\n\n"
"""What stands between two paragraphs of an item's text, everywhere."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title"])
CELLS = frozenset(("td", "th"))

MOSTLY_LINK = 0.4
"""Share of a closing paragraph's letters inside links from which it leads on ("Continue reading", "The post … first
appeared on …")."""

MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def text_from(fragment: str) -> str:
    """The words of an HTML fragment, one paragraph for each block; a last paragraph that only leads on is dropped."""
    if not MARKUP.search(fragment):
        return paragraphs(fragment.splitlines())
    try:
        tree = html.document_fromstring(f"<body>{fragment}</body>")
    except (ParserError, ValueError):
        return ""
    found = _blocks(tree)
    while len(found) > 1 and found[-1][1] >= MOSTLY_LINK * len(found[-1][0]):
        found.pop()
    return paragraphs(text for text, _ in found)


def paragraphs(lines: object) -> str:
    """Lines as paragraphs: white space squeezed, empty ones dropped."""
    squeezed = (" ".join(str(line).split()) for line in lines)  # type: ignore[attr-defined]
    return PARAGRAPH.join(line for line in squeezed if line)


def _blocks(tree: html.HtmlElement) -> list[tuple[str, int]]:
    """Each block's text, and how many of its letters stand inside links. Walks without recursion: feeds nest deep."""
    found: list[tuple[str, int]] = []
    words: list[str] = []
    linked = 0
    links = 0

    def close() -> None:
        nonlocal linked
        text = " ".join("".join(words).split())
        if text:
            found.append((text, linked))
        words.clear()
        linked = 0

    stack: list[tuple[str, html.HtmlElement | str]] = [("open", tree)]
    while stack:
        what, node = stack.pop()
        if isinstance(node, str):
            words.append(node)
            linked += len(node.strip()) if links else 0
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if what == "open" and tag and tag not in UNSEEN:
            if tag in BLOCKS:
                close()
            links += tag == "a"
            words.append(" " if tag in CELLS else "")
            stack.append(("close", node))
            for child in reversed(node):
                stack.append(("text", child.tail or ""))
                stack.append(("open", child))
            stack.append(("text", node.text or ""))
        elif what == "close":
            links -= tag == "a"
            if tag in BLOCKS:
                close()
    close()
    return found
