"""Pairs and small sets that invite a false merge or a missed one (``traps.toml``), decided with the default setting."""

from __future__ import annotations

import pytest

from tests.group.traps import TRAPS, Trap, decided


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_trap(trap: Trap, turned: bool) -> None:
    if trap.missed:
        pytest.xfail(trap.missed)
    assert decided(trap, turned)


def test_the_suite_is_large_and_asks_for_both() -> None:
    together = sum(trap.together for trap in TRAPS)
    assert len(TRAPS) >= 60
    assert 0.4 < together / len(TRAPS) < 0.6


def test_names_are_used_once() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
