"""Reading outside the process that was asked: what strangers made is parsed in a process of its own, under a limit, so
that no document can stop the desk or hold up an archive.

Sandbox     one document after another, from many threads, under a limit of seconds and of memory: the desk's
Stream      many documents in order, each under a limit of seconds, handed over ahead of their answers: for archives
FeedJob, PageJob, DocumentJob   what is asked
"""

from storydesk.sandbox.jobs import DocumentJob, FeedJob, PageJob
from storydesk.sandbox.single import Sandbox
from storydesk.sandbox.stream import Stream

__all__ = ["DocumentJob", "FeedJob", "PageJob", "Sandbox", "Stream"]
