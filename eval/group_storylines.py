"""How many of the written sets of stories (``tests/group/storylines.toml``) are linked as affairs as they should."""

from __future__ import annotations

import sys

from tests.group.storylines import LINES, Line, linked

__all__ = ["measure"]


def measure() -> list[tuple[str, float]]:
    """The number of sets, the share of them linked rightly, and that of each kind."""
    right = {line.name: linked(line) for line in LINES}
    affairs = [line for line in LINES if line.together]
    apart = [line for line in LINES if not line.together]
    return [
        ("grouping/storylines", float(len(LINES))),
        ("grouping/storylines right", _share(right, LINES)),
        ("grouping/storylines right, one affair", _share(right, affairs)),
        ("grouping/storylines right, no affair", _share(right, apart)),
    ]


def _share(right: dict[str, bool], lines: list[Line] | tuple[Line, ...]) -> float:
    return sum(right[line.name] for line in lines) / len(lines)


def main() -> int:
    """Prints the figures and names each set that is linked wrongly; status 1 where there is one."""
    wrong = [line.name for line in LINES if not linked(line)]
    for name in wrong:
        print(f"wrong: {name}")
    for name, figure in measure():
        print(f"{name:<52} {figure:>9.3f}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
