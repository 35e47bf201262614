"""``storydesk user``: members made, changed, invited, kept out and listed from the machine that runs the desk."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.test_commands import STORYDESK

PASSWORD = "a-long-password-1\n"


def user(home: Path, *arguments: str, password: str = "", **environment: str) -> tuple[int, str]:
    """The exit status of the command and all that it printed."""
    run = subprocess.run(
        [*STORYDESK, "user", *arguments],
        env={**os.environ, "STORYDESK_HOME": str(home), **environment},
        input=password,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_members_from_the_first_owner_on(tmp_path: Path) -> None:
    new = ("ana", "--role", "owner", "--mail", "ana@example.org", "--password-stdin")
    assert user(tmp_path, *new, password=PASSWORD) == (0, "ana is now a member of the desk, as owner.\n")
    status, told = user(tmp_path, "ana", "--out")
    assert status == 1
    assert "needs an owner" in told
    user(tmp_path, "ben", "--role", "moderator", "--password-stdin", password=PASSWORD)
    assert user(tmp_path, "ben", "--role", "editor", "--password-stdin", password="\n")[0] == 0
    user(tmp_path, "ben", "--out")
    assert user(tmp_path, "--list") == (0, "ana\towner\nben\teditor\tkept out\n")
    assert "may sign in again" in user(tmp_path, "ben", "--in")[1]
    status, told = user(tmp_path, "eve", "--out")
    assert status == 1
    assert "no member is called eve" in told


def test_who_is_given_no_role_keeps_the_one_they_have(tmp_path: Path) -> None:
    user(tmp_path, "ana", "--role", "owner", "--password-stdin", password=PASSWORD)
    user(tmp_path, "ben", "--role", "reader", "--password-stdin", password=PASSWORD)
    status, told = user(tmp_path, "ben", "--mail", "ben@example.org", "--password-stdin", password="\n")
    assert (status, told) == (0, "ben is still a member of the desk, as reader.\n")
    assert user(tmp_path, "ana", "--password-stdin", password=PASSWORD)[1].endswith("as owner.\n")
    assert user(tmp_path, "cleo", "--password-stdin", password=PASSWORD)[1].endswith("as editor.\n")


def test_a_desk_without_members_says_how_to_make_one(tmp_path: Path) -> None:
    status, told = user(tmp_path, "--list")
    assert status == 0
    assert "--role owner" in told


def test_an_invitation_lies_in_the_folder_where_no_mail_server_is_set(tmp_path: Path) -> None:
    new = ("ana", "--role", "owner", "--password-stdin")
    user(tmp_path, *new, password=PASSWORD)
    invitation = ("ben@example.org", "--invite", "--role", "moderator")
    assert "STORYDESK_ADDRESS" in user(tmp_path, *invitation)[1]
    status, told = user(tmp_path, *invitation, STORYDESK_ADDRESS="https://news.example.org")
    assert status == 0
    (letter,) = (tmp_path / "letters").iterdir()
    assert str(letter.parent) in told
    assert "https://news.example.org/invited/" in letter.read_text()
    assert "/invited/" not in told


def test_whom_must_be_said(tmp_path: Path) -> None:
    assert user(tmp_path)[0] == 2


def test_settings_that_will_not_do_end_the_program_with_a_sentence(tmp_path: Path) -> None:
    for name, value in (
        ("STORYDESK_MAIL", "smtp://u:secret@m.example"),
        ("STORYDESK_PROXIES", "x"),
        ("STORYDESK_HOSTS", "*"),
        ("STORYDESK_REGISTRATION", "no"),
        ("STORYDESK_DATABASE", "mysql://u:secret@db.example/desk"),
        ("STORYDESK_DATABASE", "postgresql:/u:secret@db.example"),
        ("STORYDESK_DATABASE", "postgresql://u:secret@db.example:many/desk"),
    ):
        status, told = user(tmp_path, "--list", **{name: value})
        assert status == 1, told
        assert told.startswith("storydesk: ")
        assert "secret" not in told
        assert "Traceback" not in told
