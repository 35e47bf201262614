"""What happens at once, on a desk in a folder: the tests' own database is in memory and shared between threads, where
SQLite does not wait for a lock but fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["race"]

START = """
import json, sys, threading
from storydesk.desk.opening import open_desk
open_desk()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from datetime import UTC, datetime
from django.db import connection
from django.utils import timezone

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

def together(*works):
    begin, found, lock = threading.Barrier(len(works)), [], threading.Lock()
    def run(work):
        begin.wait()
        try:
            came = work()
        except Exception as error:
            came = f"{type(error).__name__}: {error}"
        with lock:
            found.append(came)
        connection.close()
    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return found

"""


def race(home: Path, code: str) -> Any:
    """What ``code`` leaves in ``result``, run in a process with a desk of its own. It has ``together(work, …)``, which
    begins all at the same moment and gives what each returned, an error as text."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STORYDESK_", "DJANGO_"))}
    run = subprocess.run(
        [sys.executable, "-c", f"{START}{code}\nprint(json.dumps(result))"],
        env=environment | {"STORYDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])
