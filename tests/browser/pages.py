"""A page of an outlet as the web writes them: the same words twice, soft hyphens, marks of all kinds, many scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

__all__ = ["TRAPS", "served"]

TRAPS = (Path(__file__).parent / "ferry.html").read_text(encoding="utf-8")
"""Each ``i`` with an id is a passage; what stands in it is what a link has to open."""


@contextmanager
def served(page: str) -> Iterator[str]:
    """The address at which the page stands while the context is open."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/ferry"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
