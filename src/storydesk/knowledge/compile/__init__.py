"""Compiles ``world.json`` from the packages and the curated files: ``python -m storydesk.knowledge.compile``.

``countries``, ``leaders`` and ``cities`` each read one package, ``curated`` our own files; ``world`` joins them and
settles what two of them say of one thing. Run after an update of a package or of ``curated/``; read the difference
before it is kept.
"""

from storydesk.knowledge.compile.world import compiled, write

__all__ = ["compiled", "write"]
