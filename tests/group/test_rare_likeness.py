"""What tells items apart that share the words of all news: rare phrases, and what of a meaning is an item's own."""

from __future__ import annotations

from importlib.resources import as_file, files

import numpy as np

from storydesk.group import Traits, meaning
from storydesk.group.evidence import FEATURES, evidence
from storydesk.group.phrases import in_articles, phrases
from storydesk.group.weighed import Weighed

COMMON, RARE = ["prime", "minister"], ["lighthouse", "keeper"]


def _likeness(one: list[str], other: list[str]) -> float:
    a, b = (Weighed.of(Traits(id="", phrases=phrases(terms).tobytes())) for terms in (one, other))
    return float(evidence(a, [b])[0, FEATURES.index("phrases_rare")])


def test_a_phrase_of_much_news_is_known_and_another_is_not() -> None:
    assert in_articles(phrases(COMMON))[0] > 5
    assert in_articles(phrases(RARE))[0] == 0
    assert in_articles(phrases([])).size == 0


def test_a_rare_phrase_in_common_counts_for_more() -> None:
    item = [*COMMON, "the", *RARE]
    assert np.isclose(_likeness(item, item), 1.0)
    assert _likeness(item, COMMON) < 0.5 < _likeness(item, RARE)
    assert _likeness(COMMON, RARE) == _likeness(COMMON, []) == 0.0


def test_what_most_news_share_counts_for_little() -> None:
    with as_file(files("storydesk.group").joinpath("directions.npz")) as path, np.load(path) as stored:
        mean, axes = stored["mean"].astype(np.float32), stored["axes"].astype(np.float32)
    apart = np.linalg.qr(np.vstack([axes, np.eye(2, 512, dtype=np.float32)]).T)[0].T[-2:]
    one, other = (
        np.frombuffer(meaning.own((mean + axes[0] + own).astype("<f2").tobytes()), dtype="<f2").astype(np.float32)
        for own in apart
    )
    assert np.isclose(np.linalg.norm(one), 1.0, atol=1e-2)
    assert one @ other < 0.2 < (axes[0] + apart[0]) @ (axes[0] + apart[1]) / 2


def test_without_a_meaning_nothing_is_its_own() -> None:
    assert meaning.own(b"") == b""
