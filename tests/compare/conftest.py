"""Accounts made by hand: sentences split at full stops, quotations found by their marks, vectors from words alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zlib import crc32

import numpy as np
import pytest

from storydesk.compare.words import content
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Attribution, Item, Span

SENTENCE = re.compile(r"\S[^\n]*?[.!?][”\"]?(?=\s|$)|\S[^\n]*?(?=\n|$)")
QUOTE = re.compile(r"“([^”]+)”")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

MakeAccount = Callable[..., Account]


def encode(texts: Sequence[str]) -> Vectors:
    """Texts to unit vectors by their content words, as a bag: what means the same here has the same words."""
    vectors = np.zeros((len(texts), 512), np.float32)
    for row, text in enumerate(texts):
        for stem in content(text):
            vectors[row, crc32(stem.encode()) % 512] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def make(text: str, name: str = "a", said: Sequence[Attribution] = (), **fields: object) -> Account:
    fields.setdefault("published", NOON)
    fields.setdefault("source", f"The {name.title()} Post")
    item = Item(id=name, text=text, **fields)  # type: ignore[arg-type]
    return Account(item, tuple(Span(*m.span()) for m in SENTENCE.finditer(text)), (), tuple(said))


def say(text: str, speaker: str, words: str, *, quoted: bool = True, **fields: object) -> Attribution:
    """That the speaker said the words, which stand in the text."""
    start = text.index(words)
    span = Span(start, start + len(words))
    kind = "direct" if quoted else "indirect"
    return Attribution((span,), speaker=speaker, kind=kind, quoted=(span,) if quoted else (), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def account() -> MakeAccount:
    return make


@pytest.fixture(scope="session")
def saying() -> Callable[..., Attribution]:
    return say


@pytest.fixture(scope="session")
def bag() -> Callable[[Sequence[str]], Vectors]:
    return encode
