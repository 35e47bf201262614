"""The knowledge base behind the cards: who and what the names in the news stand for.

Facts come from public-domain and open packages and from a curated file of our own (``curated/``); each says its origin
and, where the origin states one, its date. They are compiled ahead of time into ``world.json`` (``compile/``), so that
a first start needs neither network nor packages, and so that the difference between two editions can be read line by
line.

``Knowledge`` is what a stage may ask; ``Catalogue`` holds entities in memory, ``Table`` in an SQLite file, for what is
imported from Wikidata (``importing``) and for the desk's own entries; ``combine`` asks several as one.
"""

from storydesk.knowledge.base import Catalogue, Knowledge, combine
from storydesk.knowledge.built_in import built_in
from storydesk.knowledge.lexicon import Hit
from storydesk.knowledge.table import Table

__all__ = ["Catalogue", "Hit", "Knowledge", "Table", "built_in", "combine"]
