"""``storydesk eval``: the quality gate, from a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from storydesk.errors import InputError

CHECKOUT = Path(__file__).resolve().parents[3]


@click.command("eval")
@click.option("--data", type=click.Path(path_type=Path), default=Path("../shared/data"), show_default=True)
@click.argument("stages", nargs=-1)
def command(data: Path, stages: tuple[str, ...]) -> None:
    """Measure the stages on labelled data: every figure beside its floor.

    Runs the scorers in the checkout's eval/ folder; status 1 where a figure fell below its floor.

    \b
    Example:
      storydesk eval --data ../shared/data grouping attribution
    """
    if not (CHECKOUT / "eval" / "floors.toml").is_file():
        raise InputError("the scorers are part of the source checkout, which is not here", "run it from a clone")
    run = subprocess.run([sys.executable, "-m", "eval", "--data", data.resolve(), *stages], cwd=CHECKOUT, check=False)  # noqa: S603
    sys.exit(run.returncode)
