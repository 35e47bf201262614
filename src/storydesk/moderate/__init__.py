"""Moderation: what screening says of a reader's comment before anybody else sees it.

One flat ordered list of small phases (``phases.py``): length, repeats, shouting, links, rate, copies, blocked and
coarse words, personal data, threats, abuse, language, topic. Each gives a partial verdict with its reason and offsets;
:func:`screen` merges them. Abuse is judged by logistic regressions over hashed words and letter n-grams
(``classifier.py``) that also say which words weigh, and in other languages than English by meaning (``meaning.py``).
"""

from storydesk.moderate.context import fingerprint
from storydesk.moderate.phase import Settings
from storydesk.moderate.screening import DEFAULT, screen

__all__ = ["DEFAULT", "Settings", "fingerprint", "screen"]
