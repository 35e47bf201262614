"""The discussion: what readers write under stories and items, moderated before it is published.

``submitting`` is what authors do with their comments, ``deciding`` what moderators do, ``reporting`` what other readers
do; ``showing`` is what anybody sees. Each changes a comment and writes the ``log`` in one transaction. ``trust`` and
``rules`` say whom a desk trusts and what it allows, ``guests`` are those without an account, ``queueing`` and
``urgency`` say what moderators look at first, ``forgetting`` takes somebody out. How a
desk runs it: ``docs/discussion.md``; why it is so: ``docs/decisions/0024-discussion.md``.
"""

from storydesk.desk.discussion.deciding import (
    AlreadyDecided,
    Outcome,
    decide,
    decide_many,
    private_spans,
    redact,
    set_discussion,
    undo,
)
from storydesk.desk.discussion.forgetting import forget
from storydesk.desk.discussion.log import exported, verify
from storydesk.desk.discussion.reporting import report
from storydesk.desk.discussion.rules import REASONS, Rules, rules
from storydesk.desk.discussion.showing import Shown, counted_on_items, latest, own, published, thread
from storydesk.desk.discussion.submitting import appeal, confirm, edit, editable, submit, withdraw
from storydesk.desk.discussion.trust import Banned, lift, sanction

__all__ = [
    "REASONS",
    "AlreadyDecided",
    "Banned",
    "Outcome",
    "Rules",
    "Shown",
    "appeal",
    "confirm",
    "counted_on_items",
    "decide",
    "decide_many",
    "edit",
    "editable",
    "exported",
    "forget",
    "latest",
    "lift",
    "own",
    "private_spans",
    "published",
    "redact",
    "report",
    "rules",
    "sanction",
    "set_discussion",
    "submit",
    "thread",
    "undo",
    "verify",
    "withdraw",
]
