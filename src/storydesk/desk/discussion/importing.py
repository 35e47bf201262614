"""Comments that were written elsewhere, brought in: screened like all others, and held unless the desk trusts what was
approved there.

Each is kept under a key made of its system and its id, so that the same export twice changes nothing, and one that was
broken off goes on. What has no page here is skipped, and comes in when the export is read again and the page is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal
from urllib.parse import urlsplit

from django.conf import settings

from storydesk.desk.addresses import living, named
from storydesk.desk.discussion.guests import guest
from storydesk.desk.discussion.log import turn
from storydesk.desk.discussion.submitting import DEEPEST, LONGEST, judge
from storydesk.desk.discussion.trust import muted
from storydesk.desk.identity import address_key
from storydesk.desk.models import AddressRow, AuthorRow, CommentRow, ItemRow, StoryRow
from storydesk.desk.storable import storable
from storydesk.errors import InputError, NotFound
from storydesk.gather.exports import Damage, Exported, Format
from storydesk.language import encode
from storydesk.model import Comment, Verdict
from storydesk.moderate import DEFAULT, fingerprint, screen

__all__ = ["Brought", "Fate", "Import", "bring_in"]

Fate = Literal["held", "published", "rejected", "there", "refused", "deleted", "unmatched", "damaged"]
"""What became of a comment: its state here; that it was here; that it was refused or deleted there; that its page is
not here; that it could not be read or kept."""

BATCH: Final = 100
"""Comments that are written in one turn: so long readers and moderators wait."""

NAMELESS: Final = "Anonymous"


@dataclass(frozen=True, slots=True)
class Import:
    """How a desk takes an export in. ``site`` completes addresses that are paths alone; all goes to ``story`` where one
    is named; what was approved there and screening has nothing against is published where ``publish``."""

    form: Format
    site: str = ""
    story: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one comment: ``what`` it is, with the reason or the page where there is one to tell."""

    fate: Fate
    what: str = ""
    why: str = ""


def bring_in(found: Iterable[Exported | Damage], how: Import, now: datetime) -> Iterator[Brought]:
    """Keeps the comments, parents before replies, and says of each what became of it. Raises NotFound for a story that
    is not here."""
    importer = _Importer(how, now)
    for one in found:
        if isinstance(one, Damage):
            yield Brought("damaged", one.where, one.why)
            continue
        fate = importer.prepare(one)
        if fate:
            yield fate
        if len(importer.ready) == BATCH:
            yield from importer.write()
    yield from importer.write()


class _Importer:
    """One run. ``ready`` are comments that were screened and wait to be written together."""

    def __init__(self, how: Import, now: datetime) -> None:
        self._how, self._now = how, now
        self._all_to = living(named(how.story)) if how.story else None
        self._passed: dict[str, str] = {}
        """Comments that were not taken, each with the one it answers: replies to them go there."""
        self._places: dict[str, tuple[StoryRow, ItemRow | None] | None] = {}
        self._nameless: dict[str, AuthorRow] = {}
        self.ready: dict[str, tuple[CommentRow, Verdict, str]] = {}

    def prepare(self, one: Exported) -> Brought | None:
        """Screens a comment and lays it ready; what becomes of it where it is not taken."""
        if one.standing in ("refused", "deleted"):
            self._passed[one.id] = one.parent
            return Brought("refused" if one.standing == "refused" else "deleted")
        key = self._key(one.id)
        if key in self.ready or CommentRow.objects.filter(key=key).exists():
            return Brought("there")
        place = self._place(one.thread)
        if place is None:
            self._passed[one.id] = one.parent
            return Brought("unmatched", one.thread)
        text = storable(one.text)
        if len(text) > LONGEST:
            self._passed[one.id] = one.parent
            return Brought(
                "damaged", f"comment {one.id}", f"has {len(text):,} characters, and {LONGEST:,} are the most"
            )
        row = self._row(key, one, text, *place)
        self.ready[key] = (row, self._verdict(row, one), one.mail)
        return None

    def write(self) -> Iterator[Brought]:
        """Writes what is ready, in one turn."""
        with turn():
            for row, verdict, mail in self.ready.values():
                row.writer = self._writer(row.author, mail)
                judge(row, verdict, self._now, "import")
        for row, _, _ in self.ready.values():
            yield Brought(row.state)  # type: ignore[arg-type]
        self.ready.clear()

    def _key(self, number: str) -> str:
        return f"{self._how.form}:{sha256(number.encode(errors='replace')).hexdigest()[:40]}"

    def _place(self, thread: str) -> tuple[StoryRow, ItemRow | None] | None:
        """The story, or the item in one, whose page a thread stood under; looked up once for each."""
        if self._all_to:
            return self._all_to, None
        if thread not in self._places:
            self._places[thread] = _page(
                thread if "://" in thread else f"{self._how.site.rstrip('/')}/{thread.lstrip('/')}"
            )
        return self._places[thread]

    def _row(self, key: str, one: Exported, text: str, story: StoryRow, item: ItemRow | None) -> CommentRow:
        above = self._answered(one.parent)
        if above and (above.story_id, above.item_id) != (story.pk, item.pk if item else None):
            above = None
        return CommentRow(
            key=key,
            story=story,
            item=item,
            reply_to=above,
            depth=above.depth + 1 if above else 0,
            author=storable(one.author)[:80].strip() or NAMELESS,
            text=text,
            at=min(one.at, self._now),
            fingerprint=fingerprint(text),
        )

    def _answered(self, parent: str) -> CommentRow | None:
        """The comment that one answers: its parent, or what that answered where it was not taken or lies too deep."""
        seen = set[str]()
        while parent in self._passed and parent not in seen:
            seen.add(parent)
            parent = self._passed[parent]
        if not parent:
            return None
        key = self._key(parent)
        ready = self.ready.get(key)
        above = ready[0] if ready else CommentRow.objects.select_related("reply_to").filter(key=key).first()
        return above if above is None or above.depth < DEEPEST else above.reply_to

    def _verdict(self, row: CommentRow, one: Exported) -> Verdict:
        """What screening says. How often somebody wrote lately says nothing of an export; how often the same words were
        written does."""
        known = AuthorRow.objects.filter(mail=one.mail.lower()).first() if one.mail else None
        vouched = self._how.publish and one.standing == "approved" and not muted(known, self._now)
        copies = CommentRow.objects.filter(fingerprint=row.fingerprint).count() if row.fingerprint else 0
        thread = row.reply_to.text if row.reply_to else row.item.title if row.item else row.story.headline
        comment = Comment(row.key, row.text, author=row.author, thread=thread, published=int(vouched), copies=copies)
        return screen(comment, replace(DEFAULT, trust_after=1), encode)

    def _writer(self, name: str, mail: str) -> AuthorRow | None:
        """The author with that address, which nobody has confirmed; without one, a single author for each name of the
        export, and none for comments without a name."""
        try:
            return guest(mail, name, self._now) if mail else self._by_name(name)
        except InputError:  # no address
            return self._by_name(name)

    def _by_name(self, name: str) -> AuthorRow | None:
        if name == NAMELESS:
            return None
        if name not in self._nameless:
            ours = AuthorRow.objects.filter(mail=None, user=None, erased=None, name=name)
            known = ours.filter(comments__key__startswith=f"{self._how.form}:").first()
            self._nameless[name] = known or AuthorRow.objects.create(name=name, since=self._now)
        return self._nameless[name]


def _page(address: str) -> tuple[StoryRow, ItemRow | None] | None:
    """The item that is met at an address, or the story or item whose page on this desk it is."""
    try:
        met = AddressRow.objects.select_related("item").filter(key=address_key(address)).first()
        item = met.item if met else None
        parts = urlsplit(address)
        if item is None and (parts.hostname in settings.ALLOWED_HOSTS or parts.netloc in settings.ALLOWED_HOSTS):
            if parts.path.startswith("/stories/"):
                return living(named(address)), None
            item = ItemRow.objects.filter(pk=named(address)).first()
        return (living(item.story_id), item) if item and item.story_id else None
    except (ValueError, NotFound):  # no address at all, or of a story that never was
        return None
