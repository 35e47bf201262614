"""Whoever had an account read whole texts: those of before stay readers, those who come are commenters."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def keep_readers(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Gives the role of a reader to every account without one."""
    users = apps.get_model("auth", "User").objects.filter(groups__isnull=True, is_superuser=False)
    if users.exists():
        group, _new = apps.get_model("auth", "Group").objects.get_or_create(name="readers")
        group.user_set.add(*users)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("desk", "0009_people")]
    operations: ClassVar = [migrations.RunPython(keep_readers, migrations.RunPython.noop)]
