"""Each item of a story: outlet, title, time, excerpt, the way out, its video, and what changed between its
revisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Literal
from urllib.parse import urlsplit

from storydesk.coverage import CoveredItem, Origin
from storydesk.model import Account, Video
from storydesk.site.fragment import safe_address
from storydesk.site.policy import VIDEO_HOST
from storydesk.site.present.frame import Frame
from storydesk.site.present.standing import Standing, closeness, reasons
from storydesk.site.present.words import excerpt

__all__ = ["CHANGED", "Change", "Revision", "Run", "Shown", "ShownVideo", "Told", "changes", "told", "video"]

AROUND: Final = 8
"""Unchanged words shown on either side of a change."""


CHANGED: Final = 90
"""Words of all changes of an item that the public sees: two excerpts, since a piece that was written anew would else be
given whole."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an item's text. ``at`` is when the outlet says that it changed it, else when the desk saw it."""

    number: int
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, came or went; ``gap`` stands for unchanged words left out."""

    what: Literal["same", "came", "went", "gap"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision changed, and when."""

    number: int
    at: datetime
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ShownVideo:
    """A video: its address, its frame where the host is allowed, and its channel. Nothing is loaded before a click."""

    url: str
    embed: str
    channel: str
    channel_url: str
    host: str


@dataclass(frozen=True, slots=True)
class Told:
    """An item as its story shows it."""

    id: str
    outlet: str
    outlet_href: str
    title: str
    href: str
    out: str
    published: datetime | None
    author: str
    language: str
    excerpt: str
    words: int
    partial: bool
    first: bool
    shared_with: str
    origin_why: str
    carrier: str
    video: ShownVideo | None
    changes: tuple[Change, ...]
    why: tuple[str, ...]
    closeness: str
    comments_apart: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All items of a story, how many of them repeat another's report, and how many the page lists (``None``: all)."""

    items: tuple[Told, ...]
    repeats: int
    most: int | None = None

    @property
    def listed(self) -> tuple[Told, ...]:
        """The items that the page lists."""
        return self.items[: self.most]

    @property
    def more(self) -> int:
        """How many it does not."""
        return len(self.items) - len(self.listed)


def told(
    frame: Frame,
    changed: Mapping[str, tuple[Change, ...]],
    standing: Mapping[str, Standing] | None = None,
    most: int | None = None,
) -> Shown:
    """The items, first to publish first. ``changed`` holds what changed in those that were revised, ``standing`` how
    each came to the story."""
    how = standing or {}
    items = tuple(_told(frame, item, changed.get(item.id, ()), how.get(item.id)) for item in frame.in_time)
    return Shown(items, len(items) - len(frame.firsts), most)


def changes(revisions: Sequence[Revision], most: int | None = None) -> tuple[Change, ...]:
    """What each revision changed, the latest first: titles and texts compared word by word (Ratcliff and Obershelp).
    Where the changes have more words than ``most``, the rest is a gap."""
    pairs = pairwise(revisions)
    found = tuple(Change(new.number, new.at, _runs(_all(old), _all(new))) for old, new in pairs)[::-1]
    return found if most is None else tuple(_shortened(found, most))


def _shortened(found: Sequence[Change], most: int) -> Iterator[Change]:
    for change in found:
        runs: list[Run] = []
        for run in change.runs:
            words = [] if run.what == "gap" else run.text.split()
            if len(words) > most:
                runs += [replace(run, text=" ".join(words[:most]))] if most else []
                runs.append(Run("gap", "…"))
                most = 0
                break
            runs.append(run)
            most -= len(words)
        yield replace(change, runs=tuple(runs))


def video(shown: Video | None) -> ShownVideo | None:
    """A video with addresses that are safe to follow; ``embed`` only where its host is the one that frames may come
    from.
    """
    if shown is None:
        return None
    embed = safe_address(shown.embed)
    allowed = embed if urlsplit(embed).scheme == "https" and urlsplit(embed).hostname == VIDEO_HOST else ""
    url = safe_address(shown.url) or allowed
    return ShownVideo(url, allowed, shown.channel or "", safe_address(shown.channel_url), urlsplit(url).hostname or "")


def _told(frame: Frame, item: CoveredItem, changed: tuple[Change, ...], standing: Standing | None) -> Told:
    account: Account | None = frame.account_of.get(item.id)
    read = account.item if account else None
    origin = frame.origin_of.get(item.id)
    url = safe_address(item.url)
    return Told(
        id=item.id,
        outlet=item.source,
        outlet_href=frame.addresses.source(item.source),
        title=item.title,
        href=frame.addresses.item(item.id),
        out=url,
        published=item.published,
        author=(read.author if read else None) or "",
        language=item.language or "",
        excerpt=excerpt(read.text) if read else "",
        words=item.words,
        partial=item.partial,
        first=item.id in frame.firsts,
        shared_with=_shared_with(frame, item, origin) if origin else "",
        origin_why=origin.why if origin and len(origin.items) > 1 else "",
        carrier=(read.carrier if read else None) or "",
        video=video(read.video) if read else None,
        changes=changed,
        why=reasons(item.why, standing),
        closeness=closeness(item.why, standing),
        comments_apart=len(read.comments) if read else 0,
    )


def _shared_with(frame: Frame, item: CoveredItem, origin: Origin) -> str:
    """In words, with whom an item shares its origin: the others' outlets, or for one that came later the first's."""
    others = [frame.items[key].source for key in origin.items if key != item.id and key in frame.items]
    if item.id not in frame.firsts:
        others = [frame.items[key].source for key in origin.items if key in frame.firsts]
    outlets = list(dict.fromkeys(outlet for outlet in others if outlet != item.source))
    if not outlets:
        return "another item"
    return outlets[0] if len(outlets) == 1 else f"{', '.join(outlets[:-1])} and {outlets[-1]}"


def _all(revision: Revision) -> list[str]:
    return [*revision.title.split(), "¶", *revision.text.replace("\n", " ¶ ").split()]


def _runs(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    runs: list[Run] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, old_from, old_to, new_from, new_to) in enumerate(steps):
        if tag == "equal":
            runs += _same(new[new_from:new_to], first=place == 0, last=place == len(steps) - 1)
            continue
        runs += [Run("went", _line(old[old_from:old_to]))] if old_to > old_from else []
        runs += [Run("came", _line(new[new_from:new_to]))] if new_to > new_from else []
    return tuple(run for run in runs if run.text) if len(steps) > 1 or (steps and steps[0][0] != "equal") else ()


def _same(words: Sequence[str], first: bool, last: bool) -> list[Run]:
    """Unchanged words, all but those next to a change left out."""
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if len(head) + len(tail) >= len(words):
        return [Run("same", _line(words))]
    gap = [Run("gap", "…")]
    shown = [Run("same", _line(head))] if head else []
    return [*shown, *gap, *([Run("same", _line(tail))] if tail else [])]


def _line(words: Sequence[str]) -> str:
    return " ".join(word for word in words if word != "¶")
