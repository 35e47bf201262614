"""What tells items apart that share the words of all news: rare phrases, and what of a meaning is an item's own."""

from __future__ import annotations

from importlib.resources import as_file, files

import numpy as np

from storydesk.group import meaning
from storydesk.group.phrases import phrases, shared, weights

COMMON, RARE = ["prime", "minister"], ["lighthouse", "keeper"]


def test_a_rare_phrase_weighs_more_than_a_common_one() -> None:
    both = phrases([*COMMON, "the", *RARE])
    weight = dict(zip(both.tolist(), weights(both).tolist(), strict=True))
    common, rare = (int(phrases(words)[0]) for words in (COMMON, RARE))
    assert weight[rare] > 2 * weight[common]


def test_weights_have_length_one_and_none_is_no_error() -> None:
    assert np.isclose(np.linalg.norm(weights(phrases([*COMMON, "the", *RARE]))), 1.0)
    assert weights(phrases([])).size == 0


def test_shared_phrases_are_found_in_both_places() -> None:
    one, other = phrases([*COMMON, "the", *RARE]), phrases([*RARE, "the", "harbour", "wall"])
    mine, yours = shared(one, other)
    assert one[mine].tolist() == other[yours].tolist() == phrases(RARE).tolist()


def test_what_most_news_share_counts_for_little() -> None:
    with as_file(files("storydesk.group").joinpath("directions.npz")) as path, np.load(path) as stored:
        mean, axes = stored["mean"].astype(np.float32), stored["axes"].astype(np.float32)
    apart = np.linalg.qr(np.vstack([axes, np.eye(2, 512, dtype=np.float32)]).T)[0].T[-2:]
    one, other = (meaning.own(mean + axes[0] + own) for own in apart)
    assert np.isclose(np.linalg.norm(one), 1.0, atol=1e-3)
    assert one @ other < 0.2 < (axes[0] + apart[0]) @ (axes[0] + apart[1]) / 2
