"""What an item costs in a window of many, and the memory they take: ``python -m eval.volume DATA``.

The window is filled in a process of its own, which reads the items from its standard input one by one, as a desk that
starts reads them from its store.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval.mixture import mixture
from storydesk.group import Grouper, Settings, Traits

__all__ = ["FEW", "MANY", "Cost", "cost", "measure"]

FEW, MANY = 10_000, 100_000
"""Active items between which the cost of one more is compared."""

PROBES = 1_000
"""Items placed beside those that are there."""


class Cost(NamedTuple):
    """Seconds of processor time that placing one item takes, and the most megabytes that the process held."""

    seconds: float
    megabytes: float


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """Each figure with its name."""
    few, many = cost(data, FEW), cost(data, MANY)
    yield f"volume: placed a second, {FEW:,} active", 1 / few.seconds
    yield f"volume: placed a second, {MANY:,} active", 1 / many.seconds
    yield f"volume: cost at {MANY:,}, times that at {FEW:,}", many.seconds / few.seconds
    yield f"volume: MB at most, {FEW:,} active", few.megabytes
    yield f"volume: MB at most, {MANY:,} active", many.megabytes


def cost(data: Path, count: int) -> Cost:
    """What one item more costs where ``count`` are active."""
    made = mixture(data, count + PROBES, Settings().days)
    with subprocess.Popen(
        [sys.executable, "-m", "eval.volume", "--fill", str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for one in made:
            process.stdin.write(msgspec.json.encode(one) + b"\n")
        process.stdin.close()
        answer = process.stdout.read()
    return msgspec.json.decode(answer, type=Cost)


def _fill(count: int) -> Cost:
    """Restores ``count`` items and places the rest."""
    grouper = Grouper()
    decoder = msgspec.json.Decoder(tuple[Traits, str])
    for _ in range(count):
        grouper.restore(*decoder.decode(sys.stdin.buffer.readline()))
    waiting = [decoder.decode(line)[0] for line in sys.stdin.buffer]
    gc.collect()
    start = time.process_time()
    for traits in waiting:
        grouper.place(traits)
    return Cost((time.process_time() - start) / len(waiting), _peak())


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    if sys.argv[1] == "--fill":
        print(msgspec.json.encode(_fill(int(sys.argv[2]))).decode())
    else:
        for figure in measure(Path(sys.argv[1])):
            print(f"{figure[0]:<50} {figure[1]:>9.2f}", flush=True)
