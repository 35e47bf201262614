"""Whether a page is a video, and what opens it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from storydesk.model import Video
from storydesk.read.address import absolute, host
from storydesk.read.markup import Markup, text_of

__all__ = ["video"]

YOUTUBE = ("youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be")
EMBED = "https://www.youtube-nocookie.com/embed/"
"""The frame that sets no cookie until it is played."""


def video(markup: Markup, url: str | None) -> Video | None:
    """The video that the page is, by its own declaration (``og:type``, or a VideoObject and no article), else
    ``None``."""
    node = markup.of_type("VideoObject")
    declared = (markup.first("og:type") or "").lower().startswith("video")
    if not declared and (not node or markup.article):
        return None
    player = text_of(node.get("embedUrl")) or markup.first(
        "og:video:secure_url", "og:video:url", "og:video", "twitter:player"
    )
    return Video(
        url=url or absolute(text_of(node.get("url")), None),
        embed=_youtube(url) or absolute(player, url),
        channel=_channel(markup),
        channel_url=_channel_url(markup, url),
    )


def _youtube(url: str | None) -> str | None:
    if host(url) not in YOUTUBE or not url:
        return None
    parts = urlsplit(url)
    key = parse_qs(parts.query).get("v", [""])[0] or parts.path.rsplit("/", 1)[-1]
    return EMBED + key if key.replace("-", "").replace("_", "").isalnum() else None


def _channel(markup: Markup) -> str | None:
    named = _attribute(markup, '[itemprop="author"] [itemprop="name"]', "content")
    node = markup.of_type("VideoObject")
    return named or text_of(node.get("author")) or markup.first("og:site_name")


def _channel_url(markup: Markup, url: str | None) -> str | None:
    linked = _attribute(markup, '[itemprop="author"] [itemprop="url"]', "href")
    author = markup.of_type("VideoObject").get("author")
    given = linked or (author.get("url") if isinstance(author, dict) else None)
    return absolute(given if isinstance(given, str) else None, url)


def _attribute(markup: Markup, selector: str, name: str) -> str | None:
    """The first such attribute of the elements that a selector finds."""
    return next((value for node in markup.tree.css(selector) if (value := node.attributes.get(name))), None)
