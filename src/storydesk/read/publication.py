"""When a page was published and when it was changed: as declared, as printed, as its address or its scripts tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import chain, islice

from storydesk.read.around import Around
from storydesk.read.dates import from_stamp, is_swapped, on_day
from storydesk.read.markup import Markup, text_of
from storydesk.read.printed import dated_language, dated_lines, marked_date, printed_dates, sole, stray_dates, told_date

__all__ = ["published", "updated"]

PUBLISHED = (
    re.compile(r"published.?time|date.?published"),
    re.compile(
        r"publish(?!er)|publication|pub.?date|issued|releas.?date|date.?(?:releas|original)|^(?:display|sailthru.)date"
    ),
    re.compile(r"created\b|citation.*date|^(?:article|post|dc|dcterms)?[.:_-]?date$"),
)
"""What is in the meta names under which pages declare when they were published, most exact first."""

NOT_PUBLISHED = re.compile(r"modif|updat|last|expir|revis|review|unpublish")
"""What is in those that hold another time."""

MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
"""Meta names under which pages declare when they were changed last."""

ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?|[^\W\d_]{3,9})[/-](\d\d?)(?:[/-]|$)")

QUOTE = r"""\\{0,3}(?:"|'|&quot;)"""
TOLD = rf"""\w{{0,16}}(?:{QUOTE})?\s*[:=]\s*(?:{QUOTE}([\w :.,/+-]{{8,40}}){QUOTE}|(1\d{{9}}(?:\d{{3}})?)\b)"""
SCRIPT_DATES = (
    re.compile(
        r"ubli(?<!ast[pP]ubli)(?<!ast[_-]publi)(?<!un[pP]ubli)(?<!un[_-]publi)(?<!republi)"
        rf"(?:sh(?!er)|cation)(?!\w{{0,12}}(?:[eE]nd|xpir|ntil|odif|pdate)){TOLD}"
    ),
    re.compile(rf"ub_?[dD]ate(?<!ast[pP]ub[dD]ate)(?<!ast_pub_date){TOLD}"),
    re.compile(rf"ost_?[dD]ate(?<!ast[pP]ost[dD]ate)(?<!ast_post_date){TOLD}"),
)
"""A time of publication among the data that a page hands to its scripts, in JSON or assigned: ``datePublished``,
``publication_date``, ``pubDate``, ``pagePostDate``. Each begins with letters that are found fast."""

MOST = 500
"""Such times that are looked at."""

EDITION = timedelta(days=30)
"""A page that shows readers no day but one so long after the declared one has been made anew, not amended."""


def published(markup: Markup, near: Around, now: datetime, address: str | None) -> datetime | None:
    """When it was published, never later than ``now``: as declared (JSON-LD, meta), unless another day is printed
    behind the headline; else as the page prints or marks it, or its address or scripts tell; else when it was changed.

    Where an outlet prints the day before or after that of the moment it declares, the moment is told in a zone of the
    printed day. Where only JSON-LD declares one, and readers see none but that of a much later change, it is that.
    """
    language = _language(markup)
    declared = next((at for stamp in _stamps(markup) if (at := from_stamp(stamp, now))), None)
    dated = [] if declared else dated_lines(markup.outline)
    language = dated_language(dated, language)
    behind, before = (list(printed_dates(lines, now, language)) for lines in (near.behind, near.before))
    if declared:
        addressed = _in_address(address, now)
        at = _dated(declared, _published(behind), _published(before), addressed, markup, now)
        seen = [at for at, _ in chain(behind, before)] + ([addressed] if addressed else [])
        return (behind and at == declared and _reissued(declared, seen, markup, now)) or at
    dates, marked = behind + before, marked_date(markup, now, language)
    if beside := next(iter(_published(dates)), None):
        return _stamped(beside, marked)
    if told := told_date(dated, now, language):
        return _stamped(told, marked)
    if first := marked or _in_address(address, now) or _in_scripts(markup, now):
        return first
    alone, changed = stray_dates(dated, near, now, language)
    return sole(alone) or next((at for at, _ in dates), None) or sole(changed)


def _language(markup: Markup) -> str | None:
    """The language of the page, with a region where its root or, for the same language, its preview states one: the
    region decides what 5/12 means."""
    given, locale = markup.language or "", markup.first("og:locale") or ""
    same = not given or locale.lower().startswith((f"{given}_".lower(), f"{given}-".lower()))
    return (locale if same else given) or None


def _published(dates: list[tuple[datetime, bool]]) -> list[datetime]:
    return [at for at, changed in dates if not changed]


def _dated(
    declared: datetime,
    behind: list[datetime],
    before: list[datetime],
    addressed: datetime | None,
    markup: Markup,
    now: datetime,
) -> datetime:
    """The declared time, unless another day is printed behind the headline that is not the day of the last change; with
    the hour and the zone of the print, where it has them and the declaration does not. Where no day is printed, that of
    the address places the moment in a zone. A print of the same numbers in the other order is of the same day."""
    only_day = not declared.utcoffset() and declared.time() == time()
    same = next((at for at in (*behind, *before) if at == declared or at.date() == declared.date()), None)
    behind = [at for at in behind if not is_swapped(at, declared)]
    if same and (same == declared or only_day):
        return same
    if same or not behind:
        there = addressed and not (same or only_day) and on_day(declared, addressed)
        return there or declared
    if there := next(filter(None, (on_day(declared, at) for at in behind)), None):
        return there
    changed = updated(markup, now)
    return declared if changed and on_day(changed, behind[0]) else behind[0]


def _reissued(declared: datetime, seen: list[datetime], markup: Markup, now: datetime) -> datetime | None:
    """The first of the days that readers see, where each is of a later edition than the declared one, and no meta name
    declares that: by the moment of the change, if it falls on that day."""
    if min(seen) - declared < EDITION or any(from_stamp(stamp, now) for stamp in _in_meta(markup)):
        return None
    changed = updated(markup, now)
    return (on_day(changed, seen[0]) if changed else None) or seen[0]


def _stamped(printed: datetime, marked: datetime | None) -> datetime:
    """The printed day, by the moment that is marked up for it, if any."""
    return (on_day(marked, printed) if marked else None) or printed


def _in_address(address: str | None, now: datetime) -> datetime | None:
    found = ADDRESS_DATE.search(address or "")
    return from_stamp("{}-{:0>2}-{:0>2}".format(*found.groups()), now) if found else None


def _in_scripts(markup: Markup, now: datetime) -> datetime | None:
    """The only time of publication in what the page hands to its scripts: of several, most are of other pieces."""
    found = chain.from_iterable(told.finditer(markup.page) for told in SCRIPT_DATES)
    stamps = dict.fromkeys(match[1] or match[2] for match in islice(found, MOST))
    return sole(at for stamp in stamps if (at := from_stamp(stamp, now)))


def updated(markup: Markup, now: datetime) -> datetime | None:
    """When the page declares that it was changed last, a live blog by its latest entry; never later than ``now``."""
    entries = markup.article.get("liveBlogUpdate")
    told = [text_of(markup.article.get("dateModified")), *(markup.first(name) for name in MODIFIED)]
    changed = next((at for stamp in told if (at := from_stamp(stamp, now))), None)
    if not isinstance(entries, list):
        return changed
    stamps = (entry.get("dateModified") or entry.get("datePublished") for entry in entries if isinstance(entry, dict))
    return max([at for at in (changed, *(from_stamp(stamp, now) for stamp in stamps)) if at], default=None)


def _stamps(markup: Markup) -> Iterator[str | None]:
    yield text_of(markup.article.get("datePublished") or markup.article.get("coverageStartTime"))
    yield text_of(markup.of_type("VideoObject").get("uploadDate")) if not markup.article else None
    yield from _in_meta(markup)
    yield from (text_of(node.get("datePublished")) for node in markup.nodes)
    yield text_of(markup.article.get("dateCreated"))


def _in_meta(markup: Markup) -> Iterator[str]:
    names = [name for name in markup.meta if not NOT_PUBLISHED.search(name)]
    for exact in PUBLISHED:
        yield from (markup.meta[name] for name in names if exact.search(name))
