"""Sessions in the database, each with whose it is, so that all of somebody's can be listed and ended."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from storydesk.desk.models import SessionRow

__all__ = ["SessionStore", "end_all"]


class SessionStore(DatabaseSessions):
    """Django's store over a table of the desk's own."""

    @classmethod
    def get_model_class(cls) -> type[SessionRow]:
        """The table."""
        return SessionRow

    def create_model_instance(self, data: dict[str, Any]) -> SessionRow:
        """The row of a session, with whose it is."""
        row = cast(SessionRow, super().create_model_instance(data))
        row.user_id = data.get("_auth_user_id")
        return row


def end_all(user: int) -> None:
    """Signs somebody out wherever they are signed in."""
    SessionRow.objects.filter(user=user).delete()
