"""Coral's collections as mongoexport writes them (``src/core/server/models``): each comment names its story and its
author by id, so the stories and the users are read first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

from storydesk.gather.exports.exported import Damage, Exported, Standing, exported, words
from storydesk.gather.exports.values import values

__all__ = ["Known", "comments"]

STANDING: Final[dict[str, Standing]] = {
    "NONE": "approved",  # published, and nobody objected
    "APPROVED": "approved",
    "PREMOD": "pending",
    "SYSTEM_WITHHELD": "pending",
    "REJECTED": "refused",
}


@dataclass(frozen=True, slots=True)
class Known:
    """By their ids: the addresses of stories, and the names and mail addresses of authors."""

    links: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    def learn(self, file: IO[bytes]) -> None:
        """Adds the stories and the users in a file, which is left at its beginning."""
        for record in values(file):
            if isinstance(record, dict) and "storyID" not in record:
                if url := _text(record, "url"):
                    self.links[_text(record, "id")] = url
                elif name := _text(record, "username"):
                    self.people[_text(record, "id")] = (name, _text(record, "email"))
        file.seek(0)


def comments(file: IO[bytes], known: Known) -> Iterator[Exported | Damage]:
    """The comments of a file, given what is ``known`` from all that belong together."""
    for record in values(file):
        if isinstance(record, Damage):
            yield record
        elif "storyID" in record:
            yield _comment(record, known)


def _comment(record: dict[str, Any], known: Known) -> Exported | Damage:
    revisions = record.get("revisions")
    last = revisions[-1] if isinstance(revisions, list) and revisions and isinstance(revisions[-1], dict) else {}
    name, mail = known.people.get(_text(record, "authorID"), ("", ""))
    gone = record.get("deletedAt") is not None
    return exported(
        _text(record, "id"),
        known.links.get(_text(record, "storyID"), ""),
        name,
        mail,
        words(_text(last, "body")),
        _time(record.get("createdAt")),
        _text(record, "parentID"),
        "deleted" if gone else STANDING.get(_text(record, "status"), "pending"),
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _time(value: object) -> str | float | None:
    """A time of MongoDB's Extended JSON, relaxed, canonical (``$numberLong``, milliseconds) or as plain text."""
    if isinstance(value, dict):
        value = value.get("$date")
    if isinstance(value, dict):
        value = value.get("$numberLong")
        return int(value) / 1000 if isinstance(value, str) and value.isdecimal() and len(value) < 16 else None
    return value if isinstance(value, str) else None
