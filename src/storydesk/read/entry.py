"""An item from what a feed says alone: a video with its description, or a piece whose page is not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storydesk.language import detect
from storydesk.model import Entry, Item, Source
from storydesk.read.address import host, normalise
from storydesk.read.dates import plausible
from storydesk.read.encoding import mend
from storydesk.read.fragment import text_from
from storydesk.wire import item_id

__all__ = ["credit", "read_entry"]


def read_entry(entry: Entry, *, now: datetime, source: Source | str | None = None) -> Item:
    """The item that a feed's entry makes. ``partial`` unless the feed declares its content to be whole, or it is a
    video.

    A video's description is all the text it has, so nothing of it is missing.
    """
    summary = mend(text_from(entry.summary))
    text = mend(text_from(entry.content)) or summary
    title = mend(text_from(entry.title)).replace("\n\n", " ")
    url = normalise(entry.url) if entry.url else None
    whole = bool(entry.content) and entry.complete
    item = Item(
        id=item_id(url) if url else item_id(title, text),
        text=text,
        title=title,
        url=url,
        author=entry.author,
        published=plausible(entry.published, now),
        updated=plausible(entry.updated, now),
        language=entry.language or detect(text or title),
        summary=summary,
        image=entry.image,
        video=entry.video,
        partial=not (whole or entry.video),
    )
    return credit(item, source, entry.publisher)


def credit(item: Item, source: Source | str | None, publisher: str | None) -> Item:
    """Who published it: the publisher that is named, else the source it was gathered from, else what the page says of
    itself.

    Where the publisher is not the source, the source only carried it.
    """
    name = source.name if isinstance(source, Source) else source
    if publisher and name and publisher.casefold() != name.casefold():
        return replace(item, source=publisher, carrier=name)
    channel = item.video.channel if item.video else None
    return replace(item, source=publisher or name or item.source or channel or host(item.url))
