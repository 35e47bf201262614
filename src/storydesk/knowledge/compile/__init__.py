"""Compiles ``world.json`` from the packages and the curated files: ``python -m storydesk.knowledge.compile``.

``countries``, ``leaders``, ``cities``, ``provinces`` and ``companies`` each read one source, ``curated`` our own files;
``world`` joins them and settles what two of them say of one thing. Run after an update of a package or of
``curated/``; read the difference before it is kept.
"""

from storydesk.knowledge.compile import companies, provinces
from storydesk.knowledge.compile.world import compiled, write

__all__ = ["companies", "compiled", "provinces", "write"]
