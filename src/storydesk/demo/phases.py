"""How far the demo edition has come on a desk, kept beside the database so that a killed run goes on where it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, get_args

__all__ = ["Phase", "Phases"]

Phase = Literal["first", "revised", "discussed", "complete"]
"""What is to be done: gather the ``first`` states, then the ``revised`` ones, have them ``discussed``; then nothing."""


class Phases:
    """The phase in which a desk is, in a file of its folder.

    It tells a restarted server whether revisions are out: were the first states served again, the desk would take the
    pieces for edited back.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / "demo-phase"

    @property
    def now(self) -> Phase:
        """The phase that is to be done, or done again."""
        try:
            written = self._file.read_text("ascii").strip()
        except FileNotFoundError:
            return "first"
        return next((phase for phase in get_args(Phase) if phase == written), "first")

    def enter(self, phase: Phase) -> None:
        """Keeps a phase, all or nothing: a kill leaves the old one or the new one."""
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as out:
            out.write(phase)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._file)
