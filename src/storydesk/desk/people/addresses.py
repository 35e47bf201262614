"""Mail addresses in the one form in which they are kept and looked up."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from storydesk.errors import InputError

__all__ = ["mail_address"]

LOCAL: Final = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
"""What may stand before the @ (RFC 5322, dot-atom), without the quoted form, which mail programs read differently."""


def mail_address(written: str) -> str:
    """The address in lower case and in ASCII alone, so that no two that look alike are one, nor one that looks like
    another is taken for it. Raises InputError for what is no address."""
    address = written.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InputError("this is no mail address") from None
    if not address.isascii() or not LOCAL.fullmatch(address.rpartition("@")[0]):
        raise InputError("this is no mail address that letters can be sent to")
    return address
