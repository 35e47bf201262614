"""What the desk keeps of somebody, as one record for them to take away."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Model

from storydesk.desk.members import role_of
from storydesk.desk.models import AuthorRow
from storydesk.desk.people import links, writing
from storydesk.desk.people.accounts import Address, write_if_asked_seldom
from storydesk.desk.people.addresses import mail_address

__all__ = ["ask_data", "author_of_link", "exported"]

OF_THE_DESK: Final = {"id", "key", "who", "lifted_by"}
"""Columns that say nothing of the author: keys, and the names of those who decided."""


def exported(author: AuthorRow) -> dict[str, Any]:
    """All that is kept of an author, times in ISO 8601: the account, its sessions, every comment in whatever state with
    the reason of a rejection, and what moderators hold against them. Passwords are kept as a hash, which stays here."""
    user = author.user
    record: dict[str, Any] = {"author": _columns(author)}
    if user is not None:
        record["account"] = {
            "name": user.username,
            "role": role_of(user),
            "made": _plain(user.date_joined),
            "last_signed_in": _plain(user.last_login),
            "sessions_until": [_plain(end) for end in user.sessions.values_list("expire_date", flat=True)],
        }
    comments = author.comments.select_related("story").defer("story__coverage")
    record["comments"] = [
        {**_columns(row), "story": row.story_id, "headline": row.story.headline, "reply_to": row.reply_to_id}
        for row in comments
    ]
    record["reports"] = [{**_columns(row), "comment": row.comment_id} for row in author.reports.all()]
    record["sanctions"] = [_columns(row) for row in author.sanctions.all()]
    return record


def _columns(row: Model) -> dict[str, Any]:
    """Every column of a row that is no reference, so that what is added to a table is told of, too."""
    fields = [field for field in row._meta.concrete_fields if not field.is_relation and field.name not in OF_THE_DESK]
    return {field.name: _plain(getattr(row, field.name)) for field in fields}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def ask_data(mail: str, at: datetime, address: Address) -> None:
    """Sends an address the link to what is kept of it, or says there that nothing is. Raises InputError for what is no
    address."""
    mail = mail_address(mail)
    row = AuthorRow.objects.filter(mail=mail).first()
    if row is None:
        write_if_asked_seldom(mail, at, writing.no_data, address("about", ""))
    else:
        link = links.make("data", {"author": row.pk, "mail": mail}, at)
        write_if_asked_seldom(mail, at, writing.own_data, address("data-link", link))


def author_of_link(about: dict[str, Any]) -> AuthorRow:
    """The author whom a link of ``data`` is about, if the address is still theirs. Raises BadLink."""
    row = AuthorRow.objects.filter(pk=about["author"], mail=about["mail"]).first()
    if row is None:
        raise links.BadLink
    return row
