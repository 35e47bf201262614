"""The content security policy under which every page is served: nothing inline, nothing from elsewhere before a
click. And how long it may be kept elsewhere: no longer than the desk says that it still stands so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

__all__ = ["POLICY", "VIDEO_HOST", "ContentPolicy"]

VIDEO_HOST: Final = "www.youtube-nocookie.com"
"""The only host whose frames may be shown, and only after a click (``static/storydesk.js``): it sets no cookie
before play.
"""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'none'",
        f"frame-src https://{VIDEO_HOST}",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Level 3 directives (W3C CSP3). ``default-src 'none'`` covers fonts, media, workers and objects, of which the site
has none.
"""


class ContentPolicy:
    """Middleware that sets the policy on each answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view, under the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        # What is taken back, a comment or a name, must be gone from every cache at once.
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
