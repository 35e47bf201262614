"""``storydesk run``: the desk, site and worker, in one process."""

from __future__ import annotations

import logging
import threading

import click


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option("--port", default=8000, show_default=True, help="The port to serve on.")
@click.option("--site/--no-site", default=True, help="Whether to serve the pages.")
@click.option("--once", is_flag=True, help="Work through what is due, then end; serves nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Say what the worker does.")
def command(host: str, port: int, site: bool, once: bool, verbose: bool) -> None:
    """Serve the desk under STORYDESK_HOME and work through its feeds, in one process.

    Stop it with Ctrl-C, or kill it: nothing is lost and nothing done twice.

    \b
    Example:
      storydesk add https://example.org
      storydesk run --port 8080
    """
    from storydesk.cli import serving
    from storydesk.desk.home import home
    from storydesk.desk.opening import locked, open_desk, store_errors

    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(message)s")
    serving.interruptible()
    with locked():
        open_desk()
        _look_at_settings()
        from storydesk.desk.housekeeping import keep_house

        if once or not site:
            with store_errors(), serving.work_alongside(keep_house):
                _work(once)
            return
        server = serving.listen(host, port)
        click.echo(f"Storydesk serves http://{host}:{port} from {home()}. Ctrl-C stops it.")
        _tell_owner()
        with serving.work_alongside(keep_house), serving.work_alongside(_run):
            serving.serve(server)


def _look_at_settings() -> None:
    """Raises InputError for a setting that would fail only later, in a reader's page or beside the site."""
    from storydesk.desk.discussion import rules
    from storydesk.desk.home import allowed_local, contact

    rules()
    allowed_local()
    contact()


def _tell_owner() -> None:
    """What only the owner of the machine can put right."""
    from storydesk.desk import letters
    from storydesk.desk.members import has_owner

    if not has_owner():
        click.echo("Nobody owns this desk yet: storydesk user NAME --role owner --mail ADDRESS")
    if not letters.ready():
        click.echo(f"No mail server is set (STORYDESK_MAIL): letters are put into {letters.folder()}")


def _work(once: bool) -> None:
    stop = threading.Event()
    if not once:
        _run(stop)
        return
    from storydesk.desk.database import Database
    from storydesk.desk.home import allowed_local
    from storydesk.desk.knowing import tools
    from storydesk.desk.visiting import Fetcher
    from storydesk.desk.worker import Worker

    with Fetcher.open(allowed_local()) as fetcher:
        worker = Worker(Database(), fetcher, tools)
        worker.store.release()
        worker.drain()


def _run(stop: threading.Event) -> None:
    from storydesk.desk.database import Database
    from storydesk.desk.home import allowed_local
    from storydesk.desk.knowing import tools
    from storydesk.desk.visiting import Fetcher
    from storydesk.desk.worker import Worker

    with Fetcher.open(allowed_local()) as fetcher:
        Worker(Database(), fetcher, tools).run(stop)
