"""The desk as a Django application."""

from django.apps import AppConfig

__all__ = ["DeskConfig"]


class DeskConfig(AppConfig):
    """Tables of the desk."""

    name = "storydesk.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
