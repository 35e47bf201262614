"""Accounts: asked for by mail address, made by whoever opens the link that is sent there.

Until then nothing is kept, neither a name nor a password. So nobody can take an address that is not theirs, nor lie in
wait in it for its owner, and what an address is told does not depend on whether it is known.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from storydesk.desk.limits import take
from storydesk.desk.members import assign
from storydesk.desk.models import AuthorRow
from storydesk.desk.people import links, writing
from storydesk.desk.people.addresses import mail_address
from storydesk.desk.people.links import BadLink
from storydesk.desk.people.passwords import checked
from storydesk.desk.sessions import end_all
from storydesk.errors import InputError

__all__ = [
    "Address",
    "accept",
    "ask_account",
    "ask_mail",
    "ask_password",
    "author_of",
    "change_mail",
    "change_password",
    "free_name",
    "invite",
    "reset_password",
    "write_if_asked_seldom",
]

Address = Callable[[str, str], str]
"""The whole address of a page, from the name of its route and the link that is its last part; "" for none."""

LETTERS: Final = (3, 3600)
"""Letters that one address gets at strangers' asking."""

SHORTEST, LONGEST = 2, 40


def author_of(user: User, at: datetime) -> AuthorRow:
    """Who this user is as somebody who comments."""
    return AuthorRow.objects.get_or_create(user=user, defaults={"name": user.username[:80], "since": at})[0]


def ask_account(mail: str, at: datetime, address: Address) -> None:
    """Sends an address the link with which an account is made, or says there that it has one. Raises InputError for
    what is no address."""
    mail = mail_address(mail)
    if _held(mail) is None:
        link = links.make("register", {"mail": mail}, at)
        write_if_asked_seldom(mail, at, writing.confirm, address("register-link", link))
    else:
        write_if_asked_seldom(mail, at, writing.have_account, address("forgotten", ""))


def invite(mail: str, role: str, by: User, at: datetime, address: Address) -> None:
    """Sends an address the link with which it comes to have this role. The link holds for as long as ``by`` is an
    owner. Raises InputError where the address has an account."""
    mail = mail_address(mail)
    if _held(mail) is not None:
        raise InputError("this address has an account already", "change its role in the list")
    about = {"mail": mail, "role": role, "by": by.pk}
    writing.invite(mail, role, address("invited", links.make("invite", about, at)))


def accept(purpose: links.Purpose, link: str, name: str, password: str, at: datetime) -> User:
    """Makes the account that a link of ``register`` or ``invite`` is for.

    What its address wrote before without an account is the account's from now on, if the address was confirmed then;
    else nobody knows who wrote it. Raises BadLink, and InputError for a name or a password that will not do.
    """
    name = free_name(name)
    links.read(purpose, link, at)
    hashed = make_password(checked(password))  # outside the transaction, which keeps all others from writing
    try:
        with transaction.atomic():
            about = links.use(purpose, link, at)
            if _held(about["mail"]) is not None:
                raise BadLink
            user = User.objects.create(username=name, password=hashed)
            assign(user, _role(about))
            _take_over(user, about["mail"], at)
    except IntegrityError:
        raise InputError("this name is taken") from None
    return user


def _role(about: dict[str, Any]) -> str:
    if "role" not in about:
        return "commenter"
    if not User.objects.filter(pk=about["by"], is_active=True, is_superuser=True).exists():
        raise BadLink
    return str(about["role"])


def _take_over(user: User, mail: str, at: datetime) -> None:
    row, _ = AuthorRow.objects.get_or_create(mail=mail, defaults={"name": user.username, "since": at})
    if row.confirmed is None:
        row.comments.update(writer=None)
    row.user, row.name, row.confirmed = user, user.username, at
    row.save()


def free_name(name: str) -> str:
    """A name that nobody has, in whatever case. Raises InputError."""
    name = User.normalize_username(name.strip())
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise InputError("a name may have letters, figures and the signs . + - _") from None
    if "@" in name or not SHORTEST <= len(name) <= LONGEST:
        raise InputError(f"a name has {SHORTEST} to {LONGEST} characters and no @")
    if User.objects.filter(username__iexact=name).exists():
        raise InputError("this name is taken")
    return name


# ------------------------------------------------------------------------------------------------ passwords


def ask_password(mail: str, at: datetime, address: Address) -> None:
    """Sends an address the link with which a new password is chosen, or says there that it has no account. Raises
    InputError for what is no address."""
    mail = mail_address(mail)
    user = _held(mail)
    if user is None or not user.is_active:
        write_if_asked_seldom(mail, at, writing.no_account, address("register", ""))
    else:
        link = links.make("password", {"user": user.pk, "state": links.state(user)}, at)
        write_if_asked_seldom(mail, at, writing.new_password, address("new-password", link))


def reset_password(link: str, password: str, at: datetime, address: Address) -> User:
    """Sets the password that was chosen through a link, and signs its owner out everywhere. Raises BadLink, and
    InputError for a password that will not do."""
    user = _of_link(links.read("password", link, at))
    hashed = make_password(checked(password))
    with transaction.atomic():
        user = _of_link(links.use("password", link, at))
        _set_password(user, hashed, address)
    return user


def change_password(user: User, old: str, new: str, address: Address) -> None:
    """Sets a new password and signs the user out everywhere. Raises InputError where the old one is wrong, or the new
    one will not do."""
    if not user.check_password(old):
        raise InputError("the password is wrong")
    hashed = make_password(checked(new))
    with transaction.atomic():
        _set_password(user, hashed, address)


def _set_password(user: User, hashed: str, address: Address) -> None:
    user.password = hashed
    user.save(update_fields=["password"])
    end_all(user.pk)
    mail = AuthorRow.objects.filter(user=user).values_list("mail", flat=True).first()
    if mail:
        writing.password_changed(mail, address("forgotten", ""))


def _of_link(about: dict[str, Any]) -> User:
    """The user of a link, if it was made for the password that holds now."""
    user = User.objects.filter(pk=about["user"], is_active=True).first()
    if user is None or about["state"] != links.state(user):
        raise BadLink
    return user


# ------------------------------------------------------------------------------------------------ mail address


def ask_mail(user: User, password: str, mail: str, at: datetime, address: Address) -> None:
    """Sends a new address the link that confirms it; one that somebody else has is told so, and the asker is not.
    Raises InputError where the password is wrong or it is no address."""
    mail = mail_address(mail)
    if not user.check_password(password):
        raise InputError("the password is wrong")
    if _held(mail) is None:
        link = links.make("mail", {"user": user.pk, "state": links.state(user), "mail": mail}, at)
        write_if_asked_seldom(mail, at, writing.new_mail, address("new-mail", link))
    else:
        write_if_asked_seldom(mail, at, writing.have_account, address("forgotten", ""))


@transaction.atomic
def change_mail(link: str, at: datetime, address: Address) -> User:
    """Gives an account the address that a link was sent to, and tells the one that it had. Raises BadLink."""
    about = links.use("mail", link, at)
    user, mail = _of_link(about), about["mail"]
    if _held(mail) is not None:
        raise BadLink
    row = author_of(user, at)
    _absorb(row, mail)
    before, row.mail, row.confirmed = row.mail, mail, at
    row.save()
    if before:
        writing.mail_changed(before, address("about", ""))
    return user


def _absorb(row: AuthorRow, mail: str) -> None:
    """Makes the guest with this address and the author one, with what moderators hold against the guest."""
    guest = AuthorRow.objects.filter(mail=mail).first()
    if guest is None:
        return
    guest.comments.update(writer=row if guest.confirmed else None)
    guest.sanctions.update(author=row)
    guest.delete()


def _held(mail: str) -> User | None:
    """Whose account has this address."""
    row = AuthorRow.objects.filter(mail=mail, user__isnull=False).select_related("user").first()
    return row.user if row else None


def write_if_asked_seldom(mail: str, at: datetime, letter: Callable[[str, str], None], link: str) -> None:
    """Writes a letter that anybody can ask for, unless the address got enough of them."""
    if not take(f"letters {mail}", *LETTERS, at):
        letter(mail, link)
