"""The JSON forms of the values: the contract of the filters (``docs/filters.md``).

Spans travel as ``[start, end]``, times as ISO 8601 with a zone, absent values as ``null``. A record that breaks the
contract raises :class:`~storydesk.errors.MalformedRecord` with the place of the fault (``$.published``).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, TypeVar

import msgspec

from storydesk.coverage import Coverage
from storydesk.errors import MalformedRecord
from storydesk.model import Account, Attribution, Comment, Item, Mention, Merge, Placement, Verdict

__all__ = [
    "account_from",
    "account_record",
    "attributions_record",
    "comment_from",
    "coverage_from",
    "coverage_record",
    "decode",
    "encode",
    "item_from",
    "item_id",
    "item_record",
    "mentions_record",
    "merge_record",
    "piece_id",
    "placement_record",
    "time_from",
    "verdict_record",
]

T = TypeVar("T")
Record = dict[str, Any]

JSON_NAMES: dict[type, str] = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
"""What JSON calls that which is no object."""


def item_id(*parts: str | None) -> str:
    """A short, stable id from what identifies a piece (its address, or its path and text): 16 hex digits of SHA-256."""
    return hashlib.sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:16]


def piece_id(address: str | None, path: str | None, text: str) -> str:
    """The id of a piece: after its address, else after the path of its file, as it was given, and the text.

    The folders count: outlets' pages are saved under one name ("index.html") in a folder each.
    """
    return item_id(address) if address else item_id(PurePath(path).as_posix() if path else "", text)


def encode(record: Record) -> str:
    """One JSON line, without its newline."""
    return msgspec.json.encode(record).decode()


def decode(line: str | bytes) -> Record:
    """One JSON line as a record. Raises MalformedRecord where it is not a JSON object."""
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_json(line, error) from None
    if not isinstance(record, dict):
        what = JSON_NAMES.get(type(record), "a number")
        raise MalformedRecord(f"{what}, not a JSON object", "each line must be one JSON object")
    return record


def _no_json(line: str | bytes, error: Exception) -> MalformedRecord:
    """Why a line is no JSON, in words for whoever wrote it."""
    try:
        str(line, "utf-8") if isinstance(line, bytes) else line
    except UnicodeDecodeError:
        return MalformedRecord("not UTF-8", "save the file as UTF-8, or send it through iconv")
    why = "nested too deep" if isinstance(error, RecursionError) else str(error)
    return MalformedRecord(f"not a JSON line: {why}", "each line must be one JSON object")


def time_from(value: object) -> datetime | None:
    """An ISO 8601 time or bare date. Without a zone it is taken as UTC; ``None`` and "" give ``None``."""
    if value is None or value == "":
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise MalformedRecord(f"not an ISO 8601 time: {value!r}", "for example 2026-03-02T07:15:00+00:00")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def item_from(record: Record) -> Item:
    """An item from a filter's input: ``id``, ``title``, ``text``, maybe ``outlet`` (or ``source``), ``url``,
    ``published``.

    Numbers are accepted as ids. Fields that an item does not have are passed over. A title without a text will do; a
    record with neither is no item.
    """
    fields = {key: value for key, value in record.items() if value is not None}
    if "outlet" in fields:
        fields.setdefault("source", fields["outlet"])
    if "id" not in fields:
        raise MalformedRecord("an item without an id", 'each line needs {"id", "title", "text"}')
    if "text" not in fields and "title" not in fields:
        raise MalformedRecord("an item without title and text", 'each line needs {"id", "title", "text"}')
    fields["id"] = str(fields["id"])
    fields.setdefault("text", "")
    fields["published"] = time_from(fields.get("published"))
    fields["updated"] = time_from(fields.get("updated"))
    if not isinstance(fields.get("video", {}), dict):
        fields.pop("video")
    return _convert(fields, Item)


def item_record(item: Item) -> Record:
    """The item as ``storydesk read`` prints it."""
    record: Record = msgspec.to_builtins(item)
    record["words"] = item.words
    return record


def account_from(record: Record) -> Account:
    """An account as :func:`account_record` wrote it."""
    return _convert(record, Account)


def account_record(account: Account) -> Record:
    """An account, for the store."""
    record: Record = msgspec.to_builtins(account)
    return record


def mentions_record(item: Item, mentions: tuple[Mention, ...]) -> Record:
    """One line of ``storydesk names``."""
    return {"id": item.id, "mentions": msgspec.to_builtins(mentions)}


def attributions_record(item: Item, attributions: tuple[Attribution, ...]) -> Record:
    """One line of ``storydesk quotes``."""
    return {"id": item.id, "attributions": msgspec.to_builtins(attributions)}


def placement_record(placement: Placement) -> Record:
    """One line of ``storydesk group``."""
    record: Record = msgspec.to_builtins(placement)
    return record


def merge_record(merge: Merge) -> Record:
    """The line that tells of two stories become one: the first named is kept."""
    return {"merged": [merge.kept, merge.gone], "why": list(merge.why)}


def coverage_from(record: Record) -> Coverage:
    """A coverage document as :func:`coverage_record` wrote it."""
    return _convert(record, Coverage)


def coverage_record(coverage: Coverage) -> Record:
    """The coverage document."""
    record: Record = msgspec.to_builtins(coverage)
    return record


def comment_from(record: Record) -> Comment:
    """A comment from a filter's input: ``id``, ``text``, maybe the other fields of a
    :class:`~storydesk.model.Comment`."""
    fields = {key: value for key, value in record.items() if value is not None}
    if "id" not in fields or "text" not in fields:
        raise MalformedRecord("a comment without id or text", 'each line needs {"id", "text"}')
    fields["id"] = str(fields["id"])
    return _convert(fields, Comment)


def verdict_record(verdict: Verdict) -> Record:
    """One line of ``storydesk screen``."""
    record: Record = msgspec.to_builtins(verdict)
    return record


def _convert(record: Record, kind: type[T]) -> T:
    try:
        return msgspec.convert(record, kind)
    except (msgspec.ValidationError, ValueError) as error:
        name = kind.__name__.lower()
        raise MalformedRecord(f"not a valid {name}: {error}", "see docs/filters.md for the forms") from None
