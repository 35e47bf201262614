"""Every measured figure beside its floor. Status 1 where one fell below it, or where the data is not the data it was
pinned on."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")
QUALITY = Path(__file__).parents[1] / "docs" / "quality.md"
STAGES = (
    *("reading", "plain", "feeds", "names", "attribution", "attribution_laws", "grouping", "comparison", "moderation"),
    "network",
)


def main() -> int:
    """Runs the measures asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of labelled data")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=f"only these (of {', '.join(STAGES)})")
    parser.add_argument("--write", action="store_true", help="write the notes of these stages into docs/quality.md")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"eval: no labelled data in {arguments.data}; name its folder with --data", file=sys.stderr)
        return 2
    pinned = tomllib.loads(FLOORS.read_text())
    changed = _changed(arguments.data, pinned["data"])
    for name in changed:
        print(f"eval: {name} is not the file that the floors were measured on", file=sys.stderr)
    below = sum(_run(stage, arguments.data, pinned["floors"], arguments.write) for stage in arguments.stages or STAGES)
    print(f"{below} below the floor" if below else "every figure at or above its floor")
    return 1 if below or changed else 0


def _run(stage: str, data: Path, floors: dict[str, float], write: bool) -> int:
    """Measures one stage and prints its figures; how many fell below their floor."""
    start = time.perf_counter()
    module = import_module(f"eval.{stage}")
    measure: Callable[[Path], list[tuple[str, float]]] = module.measure
    below = 0
    for name, value in measure(data):
        floor = floors.get(name)
        fell = floor is not None and value < floor
        below += fell
        mark = "" if floor is None else f"floor {floor:.3f}" + ("  BELOW" if fell else "")
        print(f"{name:<52} {value:>9.3f}  {mark}".rstrip(), flush=True)
    if notes := getattr(module, "notes", None):
        _note(stage, notes(data), write)
    print(f"# {stage}: {time.perf_counter() - start:.0f} s", flush=True)
    return below


def _note(stage: str, notes: str, write: bool) -> None:
    """Prints what a stage says in words; ``write`` puts it between its two marks in the published figures."""
    print(notes, flush=True)
    if write:
        begin, end = f"<!-- {stage}: begin -->\n", f"<!-- {stage}: end -->\n"
        before, _, rest = QUALITY.read_text().partition(begin)
        QUALITY.write_text(before + begin + notes + "\n" + end + rest.partition(end)[2])


def _changed(data: Path, digests: dict[str, str]) -> list[str]:
    """Files whose SHA-256 is not the pinned one. One that is missing counts as changed."""
    return [name for name, digest in digests.items() if _digest(data / name) != digest]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
