"""Where a comment stands in the queue.

Its place is a time: when it came to the queue, less so many hours for what makes it urgent. The earliest is first. So
age counts hour for hour, no order has to be computed anew as time goes by, and nothing waits for ever::

    place = came − 24 h × score − 12 h × reports − 12 h × appeal

``score`` is screening's, 0 to 1: what is almost surely abuse goes before what has waited a day longer. Each report of
a reader counts half as much, an appeal as one report.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

__all__ = ["APPEAL", "REPORT", "SCORE", "place"]

SCORE: Final = timedelta(hours=24)
REPORT: Final = timedelta(hours=12)
APPEAL: Final = timedelta(hours=12)


def place(came: datetime, score: float, reports: int, appeal: bool) -> datetime:
    """The place in the queue of a comment that came to it at ``came``."""
    return came - SCORE * score - REPORT * reports - (APPEAL if appeal else timedelta(0))
