"""Serving a desk: the site in this thread, the worker in another, one process, one command."""

from __future__ import annotations

import errno
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from storydesk.errors import PortInUse

__all__ = ["interruptible", "listen", "serve", "work_alongside"]

THREADS = 8
"""Threads that answer pages; a page takes a few milliseconds, so this is room for slow readers."""


def listen(host: str, port: int) -> Any:
    """A server of the site on that address, listening but not yet answering. Raises PortInUse."""
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    # Pages queue for milliseconds when the worker is busy; that is no reason for a line of log each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=THREADS,
            ident="storydesk",
            clear_untrusted_proxy_headers=False,  # storydesk.site.connection decides whom to believe
        )
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        reason = "another program listens there" if error.errno == errno.EADDRINUSE else "not allowed"
        raise PortInUse(f"cannot serve on {host}:{port}: {reason}", f"try --port {port + 1}") from None


def serve(server: Any) -> None:
    """Answers until interrupted."""
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()


@contextmanager
def work_alongside(run: Callable[[threading.Event], None]) -> Iterator[None]:
    """Runs ``run(stop)`` in a thread for as long as the block lasts, then asks it to stop and waits for its step to
    end."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def interruptible() -> None:
    """Makes SIGTERM end the program as Ctrl-C does."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
