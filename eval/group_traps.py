"""How many of the written traps (``tests/group/traps.toml``) grouping decides rightly, in either order of arrival."""

from __future__ import annotations

import sys

from tests.group.traps import TRAPS, Trap, decided

__all__ = ["measure"]


def measure() -> list[tuple[str, float]]:
    """The share of traps decided rightly both in order and turned round, and that of each kind."""
    right = {trap.name: decided(trap) and decided(trap, turned=True) for trap in TRAPS}
    together = [trap for trap in TRAPS if trap.together]
    apart = [trap for trap in TRAPS if not trap.together]
    return [
        ("grouping/traps", float(len(TRAPS))),
        ("grouping/traps right", _share(right, TRAPS)),
        ("grouping/traps right, one event", _share(right, together)),
        ("grouping/traps right, events apart", _share(right, apart)),
    ]


def _share(right: dict[str, bool], traps: list[Trap] | tuple[Trap, ...]) -> float:
    return sum(right[trap.name] for trap in traps) / len(traps)


def main() -> int:
    """Names each trap that is decided wrongly; status 1 where there is one."""
    wrong = [trap for trap in TRAPS if not (decided(trap) and decided(trap, turned=True))]
    for trap in wrong:
        print(f"{'missed' if trap.together else 'false merge':12} {trap.name}")
    print(f"{len(TRAPS) - len(wrong)} of {len(TRAPS)} right")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
