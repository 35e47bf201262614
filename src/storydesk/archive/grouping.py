"""Traits of many items at once: made in several processes, given back in order, so that placing them one after the
other gives the stories that it would give online."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from storydesk.group import Traits, characterise
from storydesk.language import encode
from storydesk.model import Account, Item

__all__ = ["traits_of"]

CHUNK = 32
"""Items handed to a process at once."""

AHEAD = 3
"""Chunks a process that are under way or wait to be placed: this bounds the memory, however long the archive."""


def traits_of(items: Iterable[Item], processes: int) -> Iterator[Traits]:
    """The traits of the items in the order given. One process makes each as it is asked for; with more, items are
    read some chunks ahead."""
    if processes == 1:
        yield from (characterise(Account(item), encode) for item in items)
        return
    left = iter(items)
    under_way: deque[Future[list[Traits]]] = deque()
    # Spawned, not forked: the models' threads would not survive a fork.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while chunk := list(islice(left, CHUNK)):
            under_way.append(pool.submit(_made, chunk))
            if len(under_way) >= AHEAD * processes:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _made(items: list[Item]) -> list[Traits]:
    return [characterise(Account(item), encode) for item in items]
