"""Comments in an order in which each stands after the one that it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storydesk.gather.exports.exported import Damage, Exported

__all__ = ["parents_first"]


def parents_first(found: Iterable[Exported | Damage]) -> Iterator[Exported | Damage]:
    """The same, each after its parent where the export has it. Only what came before its parent waits in memory.

    Those whose parent never comes stand at the end, and so do circles.
    """
    seen: set[str] = set()
    waiting: dict[str, list[Exported]] = {}
    for one in found:
        if isinstance(one, Damage):
            yield one
        elif one.parent and one.parent not in seen:
            waiting.setdefault(one.parent, []).append(one)
        else:
            yield from _with_answers(one, seen, waiting)
    wait = {one.id for ones in waiting.values() for one in ones}
    for parent in sorted(waiting, key=wait.__contains__):
        for one in waiting.pop(parent, ()):
            yield from _with_answers(one, seen, waiting)


def _with_answers(one: Exported, seen: set[str], waiting: dict[str, list[Exported]]) -> Iterator[Exported]:
    line = [one]
    while line:
        next_one = line.pop()
        seen.add(next_one.id)
        yield next_one
        line += reversed(waiting.pop(next_one.id, []))
