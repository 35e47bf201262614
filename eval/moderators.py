"""Many moderators at once on one queue: one decision a comment, none lost, whoever comes second is told.

    python eval/moderators.py --moderators 20 --comments 1000

Each moderator is a process of its own with its own connection to one desk's database, looks at the first page of the
queue and decides on one comment of it, or on several at once, again and again. A tenth of the comments is written
meanwhile, and some of those are changed by their authors while moderators look at them. Then the log is verified.
Exits with status 1 where a comment has no decision or two, one was published in words that its moderator had not seen,
or the chain of the log is broken. ``STORYDESK_DATABASE`` names an empty PostgreSQL database to do it there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["main"]

PAGE = 25
"""Comments of the queue that a moderator looks at."""

BULK = 0.1
"""Share of the decisions that are taken on three comments at once."""

BATCH = 5
"""Comments that are written before their authors change them."""

PATIENCE = 1800
"""Seconds after which moderators give up: something has failed."""

STORY = "s1"
SUBJECTS = ("The ferry", "A tunnel", "This strike", "Our harbour", "The new bridge", "That match", "The old mill")


def main() -> int:
    """The command. Status 1 where anything was lost, doubled or unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moderators", type=int, default=20)
    parser.add_argument("--comments", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="moderators-") as folder:
        os.environ["STORYDESK_HOME"] = folder
        from storydesk.desk.opening import open_desk

        open_desk()
        _fill(given.moderators, given.comments)
        started = time.monotonic()
        told = _all_at_once(Path(folder), given)
        return _report(given, told, time.monotonic() - started)


def _fill(moderators: int, comments: int) -> None:
    from django.contrib.auth.models import User
    from django.db import connections

    from storydesk.desk.models import StoryRow

    StoryRow.objects.create(pk=STORY, headline="Ferry aground off Cork")
    User.objects.bulk_create(User(username=f"moderator-{number}") for number in range(moderators))
    for number in range(comments - comments // 10):
        _write(number)
    connections.close_all()


def _write(number: int) -> Any:
    from storydesk.desk import discussion

    named = "".join("bdfgklmnpr"[int(digit)] + "a" for digit in str(number))  # a word of its own: no copies
    text = f"{SUBJECTS[number % len(SUBJECTS)]} is what I came to read of, and {named} is what they call it here."
    return discussion.submit(f"c{number}", STORY, "Una", text, datetime.now(UTC))


def _all_at_once(folder: Path, given: argparse.Namespace) -> Counter[str]:
    """Starts everybody, waits for the last, and adds up what each has noted."""
    fork = get_context("fork")
    crowd = [fork.Process(target=_moderate, args=(folder, number, given)) for number in range(given.moderators)]
    crowd.append(fork.Process(target=_readers, args=(given,)))
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    found: Counter[str] = Counter(failed=sum(one.exitcode != 0 for one in crowd))
    for note in folder.glob("moderator-*.json"):
        found.update(json.loads(note.read_text()))
    return found


def _readers(given: argparse.Namespace) -> None:
    """The last tenth of the comments is written while moderators work, and each is changed soon after."""
    from storydesk.desk import discussion
    from storydesk.errors import InputError

    new: list[Any] = []
    for number in range(given.comments - given.comments // 10, given.comments):
        new.append(_write(number))
        if len(new) < BATCH and number + 1 < given.comments:
            continue
        for row in new:
            try:
                discussion.edit(row.pk, f"{row.text} Changed.", datetime.now(UTC), seen=row.version)
            except InputError:  # a moderator was faster
                continue
        new.clear()


def _moderate(folder: Path, number: int, given: argparse.Namespace) -> None:
    from django.contrib.auth.models import User

    chance = random.Random(given.seed * 1000 + number)
    who = User.objects.get(username=f"moderator-{number}")
    noted: Counter[str] = Counter()
    for page in _pages(given.comments):
        noted += _act(chance, page, who)
    (folder / f"moderator-{number}.json").write_text(json.dumps(noted))


def _act(chance: random.Random, page: list[tuple[int, int]], who: Any) -> Counter[str]:
    """One decision on a comment of the page, or on three at once."""
    from storydesk.desk import discussion

    chosen = chance.sample(page, min(3, len(page))) if chance.random() < BULK else [chance.choice(page)]
    decision: Any = chance.choice(("publish", "reject"))
    if len(chosen) == 1:
        try:
            discussion.decide(chosen[0][0], decision, who, datetime.now(UTC), seen=chosen[0][1])
        except discussion.AlreadyDecided as told:
            return Counter({"changed" if "its author" in told.message else "told": 1})
        return Counter(decided=1)
    outcome = discussion.decide_many(chosen, decision, who, datetime.now(UTC))
    changed = sum("its author" in why for _, why in outcome.refused)
    return Counter(decided=len(outcome.done), told=len(outcome.refused) - changed, changed=changed)


def _pages(comments: int) -> Iterator[list[tuple[int, int]]]:
    """The first page of the queue, ids and versions, until every comment is decided."""
    from storydesk.desk.discussion.queueing import Filters, listed
    from storydesk.desk.models import CommentRow

    end = time.monotonic() + PATIENCE
    while CommentRow.objects.filter(moderated=True).count() < comments and time.monotonic() < end:
        page = list(listed("held", Filters()).values_list("pk", "version")[:PAGE])
        if page:
            yield page
        else:
            time.sleep(0.01)


def _report(given: argparse.Namespace, found: Counter[str], seconds: float) -> int:
    from storydesk.desk import discussion
    from storydesk.desk.models import CommentRow, LogRow

    decided = Counter(LogRow.objects.filter(act__in=("publish", "reject")).values_list("comment", flat=True))
    rows = list(CommentRow.objects.values_list("pk", "state"))
    problems = {
        "without a decision": sum(pk not in decided or state == "held" for pk, state in rows),
        "decided twice": sum(count > 1 for count in decided.values()),
        "decisions lost": found["decided"] - sum(decided.values()),
        "published in words that nobody had seen": _unseen(),
        "faults of the log": len(discussion.verify()),
        "processes that failed": found["failed"],
    }
    print(f"{given.moderators} moderators, {len(rows):,} comments, {seconds:.0f} s")
    print(f"{found['decided']:,} decisions; {found['told']:,} times a second moderator was told")
    print(f"{found['changed']:,} times a moderator was told that the author had changed the text")
    print(f"{LogRow.objects.count():,} entries of the log")
    print("; ".join(f"{count} {what}" for what, count in problems.items()))
    return 1 if any(problems.values()) or len(rows) != given.comments else 0


def _unseen() -> int:
    """Comments whose decision was on another wording than the one that stands."""
    from storydesk.desk.models import LogRow

    entries = LogRow.objects.filter(act__in=("publish", "reject")).select_related("comment")
    return sum(json.loads(row.content)["revision"] != row.comment.revision for row in entries if row.comment)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    sys.exit(main())
