"""Gather: the only part of the program that touches the network.

An address goes through :class:`Client`, the one door out: http and https only, every hop connected by
:mod:`~storydesk.gather.guard` to public addresses alone, under caps of bytes and seconds.
"""

from storydesk.gather.budget import Caps
from storydesk.gather.client import FEED_TYPES, PAGE_TYPES, Client, Fetched

__all__ = ["FEED_TYPES", "PAGE_TYPES", "Caps", "Client", "Fetched"]
