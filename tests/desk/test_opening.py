"""Opening a desk: killed at any moment of the first start, it opens the next time; its secret is made once."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storydesk.desk import home

FORKER = """
import os, random, signal, sys, time
from pathlib import Path
import django.db.backends.sqlite3.base, django.core.management, django.db.migrations.executor
from storydesk.desk.opening import open_desk
folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
for number in range(kills):
    os.environ["STORYDESK_HOME"] = str(folder / str(number))
    child = os.fork()
    if child == 0:
        open_desk()
        os._exit(0)
    time.sleep(chance.uniform(0.05, 0.9))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


def test_a_desk_killed_while_it_is_made_opens_the_next_time(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "STORYDESK_SECRET_KEY"}
    subprocess.run([sys.executable, "-c", FORKER, str(tmp_path), "12", "5"], env=environment, check=True)
    folders = sorted(tmp_path.iterdir())
    assert len(folders) >= 10
    for folder in folders:
        again = [sys.executable, "-c", "from storydesk.desk.opening import open_desk; open_desk()"]
        run = subprocess.run(
            again, env={**environment, "STORYDESK_HOME": str(folder)}, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        database = sqlite3.connect(folder / "storydesk.sqlite3")
        assert database.execute("select count(*) from item").fetchone() == (0,)
        database.close()


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORYDESK_SECRET_KEY")
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path))
    first = home.secret_key()
    assert len(first) > 40
    assert home.secret_key() == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_new_folder_is_its_owners_alone_and_one_that_is_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path / "over" / "desk"))
    assert stat.S_IMODE(home.make_home().stat().st_mode) == 0o700
    home.home().chmod(0o750)
    assert stat.S_IMODE(home.make_home().stat().st_mode) == 0o750


@pytest.mark.parametrize("given", ["", "https://desk.example/about", "news@desk.example"])
def test_a_contact_is_a_page_or_a_mail_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    from storydesk.desk.home import contact

    monkeypatch.setenv("STORYDESK_CONTACT", f" {given} ")
    assert contact() == given


@pytest.mark.parametrize("given", ["ask us", "news@desk.example)\r\nX: y", "https://desk.example/(a)", "desk.example"])
def test_what_is_no_contact_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    from storydesk.desk.home import contact
    from storydesk.errors import InputError

    monkeypatch.setenv("STORYDESK_CONTACT", given)
    with pytest.raises(InputError, match="STORYDESK_CONTACT"):
        contact()
