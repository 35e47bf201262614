"""``storydesk demo``: a fictional week of news on a desk of its own, offline."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from storydesk.demo.edition import Edition
    from storydesk.demo.phases import Phases
    from storydesk.demo.running import Progress
    from storydesk.demo.server import EditionServer
    from storydesk.desk.store import Waiting
    from storydesk.desk.worker import Worker

FEEDS_PORT = 8001
"""Where the edition's outlets are served unless told otherwise: fixed, since addresses are what items are known by."""

MEMBER = "demo"
"""The name under which the demo's editor signs in."""


@click.command("demo")
@click.option("--port", default=8000, show_default=True, help="The port to serve the site on.")
@click.option("--feeds-port", type=int, help=f"The port for the edition's own outlets.  [default: {FEEDS_PORT}]")
@click.option("--once", is_flag=True, help="Fill the desk and end; serves nothing.")
@click.option("--edition", type=click.Path(path_type=Path), help="A folder with another edition in the same form.")
def command(port: int, feeds_port: int | None, once: bool, edition: Path | None) -> None:
    """Serve the demo edition: a fictional week of news by fourteen outlets, offline.

    The outlets' feeds and pages are served from this machine and gathered as any others. The desk lives in a folder of
    its own, so it never mixes with yours; start the command again and it goes on from there.

    \b
    Example:
      storydesk demo
      storydesk demo --port 8080
    """
    started = time.monotonic()
    os.environ.setdefault("STORYDESK_HOME", str(_folder()))
    from storydesk.cli import serving
    from storydesk.desk.home import home
    from storydesk.desk.opening import locked, open_desk, store_errors

    serving.interruptible()
    with locked(), store_errors():
        open_desk()
        with _edition(home(), feeds_port, edition) as (outlets, phases):
            if once:
                with _worker(outlets) as worker:
                    _fill(worker, outlets, phases, started, threading.Event())
                return
            site = serving.listen("127.0.0.1", port)
            _welcome(port, outlets.port)
            from storydesk.desk.housekeeping import keep_house

            with (
                serving.work_alongside(keep_house),
                serving.work_alongside(lambda stop: _run(outlets, phases, started, stop)),
            ):
                serving.serve(site)


def _folder() -> Path:
    """The demo's folder: beside that of the machine's own desk, never the same."""
    from storydesk.desk.home import home

    return home().with_name("storydesk-demo")


@contextmanager
def _edition(home: Path, asked: int | None, folder: Path | None) -> Iterator[tuple[EditionServer, Phases]]:
    """The edition's server, in the state in which the desk last saw it."""
    from storydesk.demo.edition import load_edition
    from storydesk.demo.phases import Phases
    from storydesk.demo.server import EditionServer

    edition, phases = load_edition(folder) if folder else load_edition(), Phases(home)
    port = _port(edition, asked, phases)
    with EditionServer(edition, port, revised=phases.now != "first") as outlets:
        yield outlets, phases


def _port(edition: Edition, asked: int | None, phases: Phases) -> int:
    """The port for the outlets: the one the desk knows them by, else the one asked for."""
    from storydesk.demo.holdings import known_port
    from storydesk.errors import InputError

    known = known_port(edition)
    if known is None:
        phases.enter("first")
        return FEEDS_PORT if asked is None else asked
    if asked not in (None, 0, known):
        raise InputError(
            f"this demo desk knows its outlets on port {known}, not {asked}",
            f"leave --feeds-port out, or set STORYDESK_HOME to an empty folder to begin anew on port {asked}",
        )
    return known


def _welcome(port: int, feeds_port: int) -> None:
    from storydesk.demo.running import password
    from storydesk.desk.home import home

    click.echo(f"""
  Open http://127.0.0.1:{port}

  A fictional week of news: the same events as several outlets told them, side by side. Open a story and see who said
  what, in which words, and what only one outlet tells. The outlets themselves are at http://127.0.0.1:{feeds_port}/

  Sign in to moderate comments and to split or move items: {MEMBER} / {password(home())}

  Kept in {home()}. Ctrl-C stops it.
""")


def _run(outlets: EditionServer, phases: Phases, started: float, stop: threading.Event) -> None:
    """Fills the desk, then works on as any desk does. An error of ours is told, and the site stays up."""
    from storydesk.desk.opening import store_errors
    from storydesk.errors import StorydeskError

    with _worker(outlets) as worker:
        try:
            with store_errors():
                _fill(worker, outlets, phases, started, stop)
        except StorydeskError as error:
            click.echo(f"storydesk: {error}", err=True)
        worker.run(stop)


@contextmanager
def _worker(outlets: EditionServer) -> Iterator[Worker]:
    """A worker whose way out leads to the edition's own server and nowhere else on this machine."""
    from storydesk.demo.server import HOST
    from storydesk.desk.database import Database
    from storydesk.desk.visiting import Fetcher
    from storydesk.desk.worker import Worker

    with Fetcher.open(allow_local=frozenset({(HOST, outlets.port)})) as fetcher:
        yield Worker(Database(), fetcher)


def _fill(worker: Worker, outlets: EditionServer, phases: Phases, started: float, stop: threading.Event) -> None:
    from storydesk.demo.holdings import look
    from storydesk.demo.running import load

    _keep_member()
    with _progress(len(outlets.edition.pieces)) as progress:
        load(outlets, worker, phases, MEMBER, progress, stop)
    if stop.is_set():
        return
    for line in look().lines():
        click.echo(line)
    click.echo(f"ready in {time.monotonic() - started:.0f} s")


def _keep_member() -> None:
    from django.contrib.auth.models import User

    from storydesk.demo.running import password
    from storydesk.desk.home import home
    from storydesk.desk.members import keep_member

    if not User.objects.filter(username=MEMBER).exists():
        keep_member(MEMBER, password(home()), "editor")


@contextmanager
def _progress(pieces: int) -> Iterator[Progress]:
    """A bar on standard error where that is a terminal: each piece is read, told and placed. Else nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from storydesk.demo.holdings import look

    columns = (SpinnerColumn(), TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=3 * pieces)

        def show(waiting: Waiting) -> None:
            held = look()
            bar.update(task, completed=held.items + held.told + held.placed, description=_doing(waiting))

        yield show


def _doing(waiting: Waiting) -> str:
    """What the worker is at, for people."""
    if waiting.feeds or waiting.entries:
        return f"reading pages, {waiting.entries} to go"
    if waiting.untold:
        return f"names and quotes, {waiting.untold} to go"
    return f"grouping and comparing, {waiting.stale} to go"
