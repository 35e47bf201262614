"""JSON Feed 1.1 and 1.0 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from storydesk.errors import NotAFeed
from storydesk.gather.parsed import ParsedFeed, absolute, anchor, language_tag, moment, plain, title_line
from storydesk.model import Entry

__all__ = ["read"]

HINT = "a JSON Feed has a version and items; see https://www.jsonfeed.org"


def read(data: bytes, url: str, now: datetime | None) -> ParsedFeed:
    """The feed in a JSON document. Raises NotAFeed where it is another one; fields of a wrong type count as absent."""
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotAFeed("answered with JSON that is broken", HINT) from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeed("answered with JSON that is no feed", HINT)
    language = language_tag(document.get("language"))
    entries = (_entry(item, url, now, language) for item in document["items"] if isinstance(item, dict))
    return ParsedFeed(
        title=title_line(_text(document, "title")),
        home=absolute(document.get("home_page_url"), url),
        description=plain(_text(document, "description")),
        language=language,
        image=absolute(document.get("icon") or document.get("favicon"), url),
        entries=tuple(entry for entry in entries if entry),
        kind="json",
    )


def _entry(item: dict[str, Any], url: str, now: datetime | None, language: str | None) -> Entry | None:
    link = absolute(item.get("url"), url) or absolute(item.get("external_url"), url) or absolute(item.get("id"), url)
    name = str(item.get("id") or _text(item, "title"))
    content, text = _text(item, "content_html"), _text(item, "content_text")
    if not (link or name):
        return None
    return Entry(
        url=link if link and not _bare_id(item, link) else anchor(url, name),
        title=title_line(_text(item, "title")),
        published=moment(item.get("date_published"), now),
        updated=moment(item.get("date_modified"), now),
        author=_author(item),
        summary=plain(_text(item, "summary")) or (text if not content else ""),
        content=content,
        complete=bool(content),
        language=language_tag(item.get("language")) or language,
        image=absolute(item.get("image") or item.get("banner_image"), url),
        guid=str(item["id"]) if item.get("id") else None,
    )


def _bare_id(item: dict[str, Any], link: str) -> bool:
    """Whether the link only stands in for an id that is no address ("42", resolved against the feed's)."""
    return not item.get("url") and not item.get("external_url") and link != item.get("id")


def _author(item: dict[str, Any]) -> str | None:
    """The names of the authors; 1.0 had a single one."""
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(person, "name") for person in people or [] if isinstance(person, dict)]
    return ", ".join(name for name in names if name) or None


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""
