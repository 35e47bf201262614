"""What templates may do to a value. No setting is needed to use them, save for ``desk_name``, so they serve the
standalone page too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from babel import Locale
from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from storydesk.site.fragment import safe_address
from storydesk.site.present.sides import Column
from storydesk.site.present.words import Piece

__all__ = [
    "clock",
    "count",
    "country",
    "day",
    "iso",
    "language",
    "marked",
    "may_edit",
    "may_moderate",
    "may_own",
    "safe_url",
    "spoken",
    "when",
    "words_read",
]

register = template.Library()


@register.filter
def safe_url(value: object) -> str:
    """The address if it is http(s), else nothing."""
    return safe_address(str(value)) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """``3 March 2026, 06:05 UTC``; nothing for no time."""
    return f"{day(value)}, {value.astimezone(UTC):%H:%M} UTC" if value else ""


@register.filter
def day(value: datetime | None) -> str:
    """``3 March 2026``, in UTC; nothing for no time."""
    if value is None:
        return ""
    at = value.astimezone(UTC)
    return f"{at.day} {at:%B %Y}"


@register.filter
def iso(value: datetime | None) -> str:
    """ISO 8601, for machines."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if value else ""


@register.filter
def when(value: datetime | None) -> SafeString:
    """The time as a ``time`` element."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', "time unknown")
    return format_html('<time datetime="{}">{}</time>', iso(value), clock(value))


@register.filter
def marked(pieces: Iterable[Piece], target: str = "") -> SafeString:
    """Pieces of a text, those that matter inside ``mark``, all escaped. ``target`` is the id of the first mark."""
    html = []
    for piece in pieces:
        if not piece.marked:
            html.append(escape(piece.text))
        elif target:
            html.append(format_html('<mark id="{}">{}</mark>', target, piece.text))
            target = ""
        else:
            html.append(format_html("<mark>{}</mark>", piece.text))
    return SafeString("".join(html))


@register.filter
def spoken(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of a sentence, the words that somebody spoke in it inside ``b``, all escaped."""
    return SafeString("".join(format_html("<b>{}</b>" if piece.marked else "{}", piece.text) for piece in pieces))


@register.filter
def words_read(columns: Iterable[Column]) -> int:
    """How many words were read of several outlets together."""
    return sum(column.words for column in columns)


@register.filter
def count(value: int) -> str:
    """``1,234``."""
    return f"{value:,}"


@register.filter
def lang(code: str | None) -> SafeString:
    """Attributes for a passage from outside: its language where it is known, and the direction that its words have."""
    return format_html(' lang="{}" dir="auto"', code) if code else format_html(' dir="{}"', "auto")


@register.filter
def language(code: str | None) -> str:
    """The English name of a BCP 47 language; the code itself where it has none."""
    return (_english().languages.get(code.split("-")[0].lower()) or code) if code else "language unknown"


@register.filter
def country(code: str | None) -> str:
    """The English name of an ISO 3166 country; the code itself where it has none."""
    return (_english().territories.get(code.upper()) or code) if code else ""


@register.filter
def may_moderate(user: object) -> bool:
    """Whether this visitor decides on comments."""
    from storydesk.desk import members

    return members.may_moderate(user)


@register.filter
def may_edit(user: object) -> bool:
    """Whether this visitor corrects stories."""
    from storydesk.desk import members

    return members.may_edit(user)


@register.filter
def may_own(user: object) -> bool:
    """Whether this visitor says who is a member."""
    from storydesk.desk import members

    return members.may_own(user)


@register.simple_tag
def desk_name() -> str:
    """What this desk is called."""
    from django.conf import settings

    return str(settings.SITE_NAME)


@cache
def _english() -> Locale:
    return Locale.parse("en")
