"""Gather: the only part of the program that touches the network. Addresses in; a feed's entries or a page's bytes out.

    Robots.check   may we?                     robots.txt as RFC 9309 has it, by Protego
    Client.fetch   the one door out            every hop to public addresses alone, under caps of bytes and seconds
    Pacing         whose turn it is            one request a host at a time, Crawl-delay and Retry-After kept
    blocker        who refuses                 told by the headers with which protection services sign their answers
    parse_feed     bytes to entries            by expat, damaged ones by lxml; JSON Feed and sitemaps too
    find_feeds     a site to its feeds         declared, linked, or at the usual places; each fetched and read
    read_opml      other readers' lists
    next_visit     when to come again          pure: the publisher's pace, back-off, Retry-After as the floor

Fetching never depends on the environment (no proxies, no cookies); what goes wrong is one of the tree in
:mod:`storydesk.errors`, and its ``permanent`` says whether to come again.
"""

from storydesk.gather.address import host_of, parse_address, shown, told_of
from storydesk.gather.budget import Caps
from storydesk.gather.client import FEED_TYPES, PAGE_TYPES, USER_AGENT, Client, Fetched, May, user_agent
from storydesk.gather.discover import FeedLink, discover, find_feeds
from storydesk.gather.feeds import parse_feed
from storydesk.gather.opml import read_opml, write_opml
from storydesk.gather.pacing import Pacing
from storydesk.gather.parsed import FeedKind, ParsedFeed
from storydesk.gather.robots import Robots
from storydesk.gather.schedule import LONGEST_RETRY, LastVisit, NextVisit, Outcome, next_visit

__all__ = [
    "FEED_TYPES",
    "LONGEST_RETRY",
    "PAGE_TYPES",
    "USER_AGENT",
    "Caps",
    "Client",
    "FeedKind",
    "FeedLink",
    "Fetched",
    "LastVisit",
    "May",
    "NextVisit",
    "Outcome",
    "Pacing",
    "ParsedFeed",
    "Robots",
    "discover",
    "find_feeds",
    "host_of",
    "next_visit",
    "parse_address",
    "parse_feed",
    "read_opml",
    "shown",
    "told_of",
    "user_agent",
    "write_opml",
]
