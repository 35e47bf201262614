"""What logs never hold: the links in readers' letters."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Final

__all__ = ["without_links"]

LINK: Final = re.compile(r"[\w-]{20,}:[\w-]{20,}")
"""A value in base 64, a colon, and its signature (``django.core.signing``)."""


def without_links() -> Callable[[logging.LogRecord], bool]:
    """A filter that puts ``(a link)`` in the place of each."""

    def filtered(record: logging.LogRecord) -> bool:
        record.msg, record.args = LINK.sub("(a link)", record.getMessage()), ()
        return True

    return filtered
