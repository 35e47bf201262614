"""What every filter shares: lines in from files or standard input, lines out, progress, and failures named but not
fatal."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from storydesk.errors import InputError, StorydeskError, UnreadableFile
from storydesk.wire import Record, decode, encode

__all__ = ["Failures", "files_argument", "lines", "open_file", "progress", "progress_of", "values", "write"]

T = TypeVar("T")

STDIN = "-"

files_argument: Callable[[Any], Any] = click.argument("files", nargs=-1, metavar="[FILE|-]...")
"""The files of JSON Lines that a filter reads; none, or ``-``, is standard input."""


class Failures:
    """Counts what failed and names each on standard error. The command goes on, and ends with status 1."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, what: str, error: StorydeskError) -> None:
        """Name one input that failed, with the reason: once, where the reason begins with its name."""
        self.count += 1
        told = str(error)
        place = "" if told.startswith(f"{what} ") else f"{_place(what)}: "
        click.echo(f"storydesk: {place}{told}", err=True)

    def exit(self) -> None:
        """Ends the command: status 1 where anything failed, else 0."""
        sys.exit(1 if self.count else 0)


def _place(name: str) -> str:
    """What a file is called in a message: ``-`` is standard input."""
    return "standard input" if name == STDIN else name


def open_file(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises UnreadableFile, naming the reason, for a missing or
    empty file or a directory."""
    file = Path(path)
    if file.is_dir():
        raise UnreadableFile("is a directory", f"name the files in it, for example {path.rstrip('/')}/*")
    try:
        data = sys.stdin.buffer.read() if path == STDIN else file.read_bytes()
    except FileNotFoundError:
        hint = "check the spelling and the folder you are in; an address begins with https://"
        raise UnreadableFile("no such file", hint) from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}") from None
    if not data.strip():
        raise UnreadableFile("is empty")
    return data


def lines(files: tuple[str, ...], failures: Failures) -> Iterator[tuple[str, Record]]:
    """Each JSON line of the files as (its place, its record). A line that is none is told to ``failures`` and passed
    over; the mark that some editors put before UTF-8 is no part of the first."""
    for name in files or (STDIN,):
        try:
            source = sys.stdin.buffer if name == STDIN else iter(open_file(name).splitlines())
        except InputError as error:
            failures.tell(name, error)
            continue
        for number, given in enumerate(source, 1):
            line = given.removeprefix(BOM_UTF8) if number == 1 else given
            if not line.strip():
                continue
            place = f"{_place(name)}, line {number}"
            try:
                yield place, decode(line)
            except InputError as error:
                failures.tell(place, error)


def values(files: tuple[str, ...], form: Callable[[Record], T], failures: Failures, label: str) -> Iterator[T]:
    """Each line of the files as a value, with a progress bar. A line that breaks the form is told and passed over."""
    for place, record in progress(lines(files, failures), label):
        try:
            yield form(record)
        except InputError as error:
            failures.tell(place, error)


def write(record: Record) -> None:
    """One line out, at once, so that filters pipe."""
    sys.stdout.write(encode(record) + "\n")
    sys.stdout.flush()


def progress(steps: Iterable[Any], label: str, total: int | None = None) -> Iterator[Any]:
    """Passes ``steps`` through; shows a bar on standard error where that is a terminal and standard output is not."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(steps, total=total)


def progress_of(steps: Iterable[T], label: str, size: int, done: Callable[[], int]) -> Iterator[T]:
    """Passes ``steps`` through; shows how many bytes of ``size`` are done, by the same rule as :func:`progress`."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=size)
        for step in steps:
            bar.update(task, completed=done())
            yield step
