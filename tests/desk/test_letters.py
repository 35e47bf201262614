"""Letters: kept until a server took them, handed to the one server that is set, and as text that nobody can bend."""

from __future__ import annotations

import socketserver
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from storydesk.desk import letters
from storydesk.desk.home import MailServer, mail_server, site_address
from storydesk.desk.models import LetterRow
from storydesk.errors import InputError
from tests.desk.racing import race

pytestmark = pytest.mark.django_db

LINK = "https://news.example.org/register/" + "x" * 120 + "/"


@dataclass
class Postbox:
    """A mail server of the test's own (RFC 5321), and what it was given. ``refuses`` is its answer to a recipient."""

    port: int = 0
    refuses: str = ""
    given: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    box = Postbox()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 postbox")
            for line in iter(self.rfile.readline, b""):
                word = line[:4].upper()
                if word == b"RCPT":
                    box.to.append(line.decode().strip())
                if word == b"RCPT" and box.refuses:
                    self.say(box.refuses)
                elif word == b"DATA":
                    self.say("354 go on")
                    box.given.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say("250 taken")
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        settings.MAIL = MailServer("127.0.0.1", box.port, "", "", "", "desk@example.org")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield box
        server.shutdown()
        thread.join()


def test_a_letter_is_sent_once_as_plain_text(postbox: Postbox) -> None:
    letters.send("una@example.org", "The Desk: Ihr Zugang – für Sie", f"Öffnen:\n\n{LINK}\n")
    assert letters.deliver(timezone.now()) == 1
    assert letters.deliver(timezone.now()) == 0
    assert not LetterRow.objects.exists()
    (raw,) = postbox.given
    read = message_from_bytes(raw, policy=policy.default)
    assert (read["To"], read["Subject"]) == ("una@example.org", "The Desk: Ihr Zugang – für Sie")
    assert read["From"] == "Storydesk <desk@example.org>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content_type() == "text/plain"
    assert LINK in read.get_content()


def test_no_page_waits_for_the_server(settings: Settings) -> None:
    settings.MAIL = MailServer("192.0.2.1", 25, "", "", "", "desk@example.org")
    letters.send("una@example.org", "A letter", "Words.")  # connects nowhere
    assert LetterRow.objects.count() == 1


def test_what_a_server_refuses_is_tried_later_and_at_last_dropped(
    postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.refuses = "450 una@example.org is busy"
    letters.send("una@example.org", "A letter", LINK)
    at, waits = timezone.now(), []
    while (row := LetterRow.objects.first()) is not None:
        waits.append((row.due - at).total_seconds())
        at = max(at, row.due)
        assert letters.deliver(at) == 0
        assert letters.deliver(at) == 0
    assert len(waits) == letters.TRIES
    assert waits[1:] == [60 * 2**step for step in range(letters.TRIES - 1)]
    assert len(postbox.to) == letters.TRIES
    assert "una@example.org" not in caplog.text
    assert LINK not in caplog.text


def test_a_server_that_is_away_loses_nothing(settings: Settings) -> None:
    settings.MAIL = MailServer("127.0.0.1", 9, "", "", "", "desk@example.org")
    letters.send("una@example.org", "A letter", "Words.")
    assert letters.deliver(timezone.now()) == 0
    assert LetterRow.objects.get().problem == "ConnectionRefusedError"


def test_a_letter_that_another_process_holds_is_left_to_it(postbox: Postbox) -> None:
    now = timezone.now()
    letters.send("una@example.org", "A letter", "Words.")
    LetterRow.objects.update(claimed_until=now + timedelta(minutes=1))
    assert letters.deliver(now + timedelta(seconds=1)) == 0
    assert letters.deliver(now + timedelta(minutes=2)) == 1


def test_many_processes_send_each_letter_once(postbox: Postbox, tmp_path: Path) -> None:
    code = f"""
from storydesk.desk import letters
from storydesk.desk.home import MailServer
settings.MAIL = MailServer("127.0.0.1", {postbox.port}, "", "", "", "desk@example.org")
for number in range(12):
    letters.send(f"a{{number}}@example.org", "A letter", "Words.")
result = together(*[lambda: letters.deliver(timezone.now())] * 3)
"""
    assert sum(race(tmp_path, code)) == 12
    assert len(postbox.to) == len({*postbox.to}) == len(postbox.given) == 12


@pytest.mark.parametrize("name", ["News\r\nBcc: eve@example.org", "News\nX: y", "News\n\nHello"])
def test_no_header_can_be_put_in(postbox: Postbox, name: str) -> None:
    letters.send("una@example.org", f"{name}: a letter", "Words.")
    letters.deliver(timezone.now())
    read = message_from_bytes(postbox.given[0], policy=policy.default)
    assert (read["Bcc"], read["X"]) == (None, None)
    assert read.get_content().strip() == "Words."
    assert len(postbox.to) == 1


def test_without_a_server_letters_lie_in_the_folder_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path))
    letters.send("una@example.org", "A letter", LINK)
    letters.send("ben@example.org", "A letter", LINK)
    assert (letters.ready(), letters.deliver(timezone.now())) == (False, 2)
    files = sorted((tmp_path / "letters").iterdir())
    assert files[0].read_text() == f"To: una@example.org\nSubject: A letter\n\n{LINK}"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "letters", *files)} == {0o700, 0o600}
    letters.forget_letters_to("una@example.org")
    assert [file.name for file in (tmp_path / "letters").iterdir()] == [files[1].name]
    letters.tidy(timezone.now() + timedelta(days=8))
    assert list((tmp_path / "letters").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "sender", "found"),
    [
        ("", "", None),
        ("smtp://mail.example.org", "d@example.org", ("mail.example.org", 25, "", "", "", "d@example.org")),
        (
            "smtp://a%40b.example:p%2Fw@m.example?tls",
            "",
            ("m.example", 587, "a@b.example", "p/w", "starttls", "a@b.example"),
        ),
        ("smtps://u:p@m.example", "d@example.org", ("m.example", 465, "u", "p", "tls", "d@example.org")),
        ("smtp://u:p@localhost:1025", "d@example.org", ("localhost", 1025, "u", "p", "", "d@example.org")),
    ],
)
def test_what_the_settings_say(monkeypatch: pytest.MonkeyPatch, given: str, sender: str, found: Any) -> None:
    monkeypatch.setenv("STORYDESK_MAIL", given)
    monkeypatch.setenv("STORYDESK_MAIL_FROM", sender)
    assert mail_server() == (MailServer(*found) if found else None)


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ("http://mail.example.org", "d@example.org"),
        ("smtp://", "d@example.org"),
        ("smtp://mail.example.org:port", "d@example.org"),
        ("smtp://mail.example.org", ""),
        ("smtp://user:secret@mail.example.org", "d@example.org"),
    ],
)
def test_settings_that_will_not_do_are_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch, given: str, sender: str
) -> None:
    monkeypatch.setenv("STORYDESK_MAIL", given)
    monkeypatch.setenv("STORYDESK_MAIL_FROM", sender)
    with pytest.raises(InputError) as told:
        mail_server()
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "hosts", "found"),
    [
        ("", "a.example", ""),
        ("https://a.example", "*", "https://a.example/"),
        ("", "*", None),
        ("", ".a.example", None),
        ("a.example", "a.example", None),
        ("https://a.example/path", "a.example", None),
    ],
)
def test_where_any_name_is_let_in_the_address_must_be_said(
    monkeypatch: pytest.MonkeyPatch, address: str, hosts: str, found: str | None
) -> None:
    monkeypatch.setenv("STORYDESK_ADDRESS", address)
    if found is None:
        with pytest.raises(InputError, match="STORYDESK_ADDRESS"):
            site_address([hosts])
    else:
        assert site_address([hosts]) == found
