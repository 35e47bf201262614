"""A web that is a dictionary, with two pieces of an outlet in it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from storydesk.desk.store import Task, Visit
from storydesk.errors import Gone, StorydeskError, Unreachable
from storydesk.gather import Fetched, ParsedFeed, parse_feed
from storydesk.model import Item
from storydesk.read import read_document

FEED = "https://gazette.example/feed"
FERRY = "https://gazette.example/ferry"
STRIKE = "https://gazette.example/strike"


def feed(*entries: tuple[str, str], guid: str = "") -> bytes:
    name = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link>{name}<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>"
        for url, title in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'.encode()


def page(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title></head><body><main><article><h1>{title}</h1>'
        f"{body}</article></main></body></html>"
    ).encode()


FERRY_PAGE = page(
    "Ferry runs aground off Cork",
    "A ferry with 212 people on board ran aground off Cork on Monday morning, the coast guard said. Nobody was hurt.",
    "“We waited for the tide and kept calm,” said the ship's master, Una Daly, after the ferry was refloated at noon.",
)
STRIKE_PAGE = page(
    "Dockers in Mombasa walk out",
    "About 1,500 dockers at the port of Mombasa in Kenya stopped work on Monday over pay, their union said.",
    "The port authority said that 17 ships were waiting to be unloaded and that talks would resume on Tuesday.",
)


@dataclass
class Web:
    """What each address answers: bytes, or an error. Counts what was asked, and how much of it ``together``."""

    answers: dict[str, bytes | Fetched | StorydeskError]
    asked: list[str] = field(default_factory=list)
    hang: dict[str, threading.Event] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)
    resting_until: dict[str, float] = field(default_factory=dict)
    slow: float = 0.0
    together: int = 0
    inside: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def feed(self, visit: Visit, now: datetime) -> Fetched:
        return self._fetch(visit.feed.url)

    def page(self, task: Task, now: datetime) -> Fetched:
        return self._fetch(task.entry.url)

    def _fetch(self, url: str) -> Fetched:
        with self.lock:
            self.asked.append(url)
            self.inside += 1
            self.together = max(self.together, self.inside)
        if url in self.hang:
            self.hang[url].wait(30)
        time.sleep(self.slow)
        with self.lock:
            self.inside -= 1
        answer = self.answers.get(url, Gone(f"{url} is gone"))
        if isinstance(answer, Unreachable) and answer.retry_after and answer.host:
            self.resting[answer.host] = answer.retry_after
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Fetched):
            return answer
        return Fetched(url, url, 200, answer, content_type="text/html; charset=utf-8")

    def parse(self, answer: Fetched, now: datetime) -> ParsedFeed:
        return parse_feed(answer.body, answer.final_url, now=now)

    def read(self, answer: Fetched, task: Task, now: datetime) -> Item:
        url, kind = answer.final_url, answer.content_type
        return read_document(answer.body, now=now, url=url, content_type=kind, entry=task.entry, source=task.source)

    def waits(self) -> dict[str, float]:
        later = {host: until - time.monotonic() for host, until in self.resting_until.items()}
        return self.resting | {host: wait for host, wait in later.items() if wait > 0}
