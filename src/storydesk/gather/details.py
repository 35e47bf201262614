"""What the feed parsers do not hand through: an entry's true publisher, and the parts of a video."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from storydesk.gather.parsed import absolute, title_line
from storydesk.model import Video

__all__ = ["Detail", "details"]

MARKS = re.compile(rb"<(?:\w+:)?source[\s>]|<yt:videoId|<media:(?:player|description)", re.I)
"""Only documents that hold one of these are read a second time; most do not."""

MEDIA = "{http://search.yahoo.com/mrss/}"
YOUTUBE = "{http://www.youtube.com/xml/schemas/2015}"
VIDEO_ID = re.compile(r"[\w-]{11}", re.ASCII)

PLAYER = "https://www.youtube-nocookie.com/embed/"
"""YouTube's player in its privacy-enhanced mode: sets no cookie before it is played."""

NAMES = ("{*}id", "{*}guid", "{*}link", "guid", "link")


@dataclass(frozen=True, slots=True)
class Detail:
    """What the tree says of one entry beyond its plain fields."""

    publisher: str | None = None
    publisher_url: str | None = None
    video: Video | None = None
    image: str | None = None
    description: str = ""


def details(data: bytes, url: str) -> dict[str, Detail]:
    """Each entry's detail, under its id and under its link as the feed spells them; empty where no entry has any."""
    if not MARKS.search(data):
        return {}
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return {}
    found: dict[str, Detail] = {}
    for entry in root.iter("{*}item", "{*}entry"):
        detail = _detail(entry, url)
        found |= dict.fromkeys(_names(entry), detail)
    return found


def _names(entry: etree._Element) -> set[str]:
    texts = (child.text or child.get("href") or "" for name in NAMES for child in entry.findall(name))
    return {text.strip() for text in texts if text.strip()}


def _detail(entry: etree._Element, url: str) -> Detail:
    source = entry.find("{*}source")
    thumbnail = next(entry.iter(f"{MEDIA}thumbnail"), None)
    publisher, publisher_url = (None, None) if source is None else _publisher(source, url)
    return Detail(
        publisher=publisher,
        publisher_url=publisher_url,
        video=_video(entry, url),
        image=None if thumbnail is None else absolute(thumbnail.get("url"), url),
        description=_description(entry),
    )


def _publisher(source: etree._Element, url: str) -> tuple[str | None, str | None]:
    """RSS: ``<source url="…">Name</source>``. Atom: a copy of the source feed's own head."""
    link = next((child for child in source.findall("{*}link") if child.get("rel", "alternate") == "alternate"), None)
    name = title_line(source.findtext("{*}title") or source.text or "")
    address = source.get("url") if link is None else link.get("href")
    return name or None, absolute(address, url)


def _video(entry: etree._Element, url: str) -> Video | None:
    found, player = entry.findtext(f"{YOUTUBE}videoId") or "", next(entry.iter(f"{MEDIA}player"), None)
    if VIDEO_ID.fullmatch(found.strip()):
        watch, embed = f"https://www.youtube.com/watch?v={found.strip()}", PLAYER + found.strip()
    elif player is not None and (frame := absolute(player.get("url"), url)):
        watch, embed = None, frame
    else:
        return None
    return Video(
        url=watch,
        embed=embed,
        channel=title_line(entry.findtext("{*}author/{*}name") or "") or None,
        channel_url=absolute(entry.findtext("{*}author/{*}uri"), url),
    )


def _description(entry: etree._Element) -> str:
    """The first ``media:description``: on a video channel the whole description of the video, as plain text."""
    return next((node.text.strip() for node in entry.iter(f"{MEDIA}description") if node.text), "")
