"""Meaning vectors: multilingual Universal Sentence Encoder v3, 512 dimensions, 16 languages, numpy only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from storydesk.language.encoder import SentenceEncoder

__all__ = ["DIMENSIONS", "Encoder", "Remembered", "Vectors", "encode"]

DIMENSIONS = 512
LONGEST = 2_000
"""Code points of a text that are read: cost grows with length and the gist of news stands at its head."""

Vectors: TypeAlias = "NDArray[np.float32]"
"""Rows of unit length, shape (number of texts, dimensions)."""

Encoder: TypeAlias = "Callable[[Sequence[str]], Vectors]"
"""Texts to an array of shape (len(texts), dimensions), rows of length one, so that a dot product is a cosine."""


REMEMBERED = 20_000
"""Texts whose vectors are kept, 2 KB each: the lines, titles and quotations of a thousand items or so."""


@cache
def _model() -> SentenceEncoder:
    from storydesk.language.encoder import SentenceEncoder

    return SentenceEncoder()


def encode(texts: Sequence[str]) -> Vectors:
    """Texts to unit vectors, shape (n, 512), float32. An empty text gives a row of zeros."""
    import numpy as np

    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if text.strip()]
    if filled:
        vectors[filled] = _model()([texts[index][:LONGEST] for index in filled])
    return vectors


class Remembered:
    """An encoder that keeps the vectors of the texts that it met last, so that a story that grows by an item costs the
    item's texts."""

    def __init__(self, encode: Encoder, most: int = REMEMBERED) -> None:
        self._encode = encode
        self._most = most
        self._kept: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Texts to vectors, as the encoder gives them; it is asked once for each text."""
        import numpy as np

        if not texts:
            return self._encode(texts)
        asked = dict.fromkeys(texts)
        found = {text: self._kept.pop(text) for text in asked if text in self._kept}
        new = [text for text in asked if text not in found]
        if new:
            found.update(zip(new, map(np.array, self._encode(new)), strict=True))
        self._kept.update(found)
        for text in list(islice(self._kept, max(0, len(self._kept) - self._most))):
            del self._kept[text]
        return np.stack([found[text] for text in texts])
