"""Moderation: what screening says of a reader's comment before anybody else sees it.

One flat ordered list of small phases (``phases.py``): length, repeats, shouting, links, blocked words, personal data,
threats, abuse. Each gives a partial verdict with its reason and offsets; :func:`screen` merges them. Abuse is judged
by logistic regressions over hashed words and letter n-grams (``classifier.py``) that also say which words weigh.
"""

from storydesk.moderate.phases import Settings
from storydesk.moderate.screening import DEFAULT, screen

__all__ = ["DEFAULT", "Settings", "screen"]
