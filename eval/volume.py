"""What an item costs in a window of many, and the memory they take: ``python -m eval.volume DATA``.

The window is filled in a process of its own, which reads the items from its standard input one by one, as a desk that
starts reads them from its store.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import msgspec

from eval.mixture import mixture
from storydesk.group import Grouper, Settings, Traits

__all__ = ["FEW", "MANY", "measure"]

FEW, MANY = 10_000, 100_000
"""Active items between which the cost of one more is compared."""

PROBES = 1_000
"""Items placed beside those that are there."""


BLOCK = 50
"""Items that the two windows place in turn: whatever else the machine does then slows both."""


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """Each figure with its name."""
    with ExitStack() as stack:
        windows = [stack.enter_context(_Window(data, count)) for count in (FEW, MANY)]
        blocks = [[window.place_block() for window in windows] for _ in range(PROBES // BLOCK)]
        few, many = (statistics.median(column) / BLOCK for column in zip(*blocks, strict=True))
        ratio = statistics.median(beside / alone for alone, beside in blocks)
        yield f"volume: placed, {FEW:,} active", 1 / few
        yield f"volume: placed, {MANY:,} active", 1 / many
        yield f"volume: cost at {MANY:,}, times that at {FEW:,}", ratio
        yield from (
            (f"volume: MB at most, {count:,} active", window.megabytes())
            for count, window in zip((FEW, MANY), windows, strict=True)
        )


class _Window:
    """A process that holds a window of ``count`` active items. A context manager."""

    def __init__(self, data: Path, count: int) -> None:
        command = [sys.executable, "-m", "eval.volume", "--fill", str(count)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for one in mixture(data, count + PROBES, Settings().days):
            self._tell(msgspec.json.encode(one))
        self._answer()

    def place_block(self) -> float:
        """Seconds of processor time that the next items took."""
        self._tell(b"")
        return self._answer()

    def megabytes(self) -> float:
        """The most that the process held."""
        self._tell(b"")
        return self._answer()

    def _tell(self, line: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + b"\n")

    def _answer(self) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def __enter__(self) -> _Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def _fill(count: int) -> None:
    """Restores ``count`` items, then places a block at each line."""
    grouper = Grouper()
    decoder = msgspec.json.Decoder(tuple[Traits, str])
    lines = sys.stdin.buffer
    for _ in range(count):
        grouper.restore(*decoder.decode(lines.readline()))
    waiting = [decoder.decode(lines.readline())[0] for _ in range(PROBES)]
    gc.collect()
    print(0, flush=True)
    for begin in range(0, PROBES, BLOCK):
        lines.readline()
        start = time.process_time()
        for traits in waiting[begin : begin + BLOCK]:
            grouper.place(traits)
        print(time.process_time() - start, flush=True)
    lines.readline()
    print(_peak(), flush=True)


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    if sys.argv[1] == "--fill":
        _fill(int(sys.argv[2]))
    else:
        for figure in measure(Path(sys.argv[1])):
            print(f"{figure[0]:<50} {figure[1]:>9.2f}", flush=True)
