"""Learns how abusive a comment is from its meaning vector: ``storydesk/moderate/meaning.json``, for languages that the
words and letters of ``abuse.json`` know nothing of. ``docs/models/abuse.md`` is the model card.

    python -m eval.train_meaning ../shared/data --wikipedia clean_data.csv

It learns from the English comments that ``eval.train_moderation`` learns from; the encoder puts what means the same
near each other whatever the language.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import storydesk.moderate.meaning as meaning
from eval.train_moderation import labelled
from storydesk.language import encode

EACH = 8_000
"""Comments of each kind that are learned from; more change nothing."""

LENGTHS = range(10, 600)
"""Code points of a comment that is learned from: a longer one is about too many things."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--wikipedia", type=Path, required=True)
    options = parser.parse_args()
    sets: dict[bool, list[str]] = {True: [], False: []}
    for text, abusive, _, _ in labelled(options.data, options.wikipedia):
        if abusive is not None and len(text) in LENGTHS:
            sets[abusive].append(text)
    chance = random.Random(1)
    chosen = [(text, kind) for kind, texts in sets.items() for text in chance.sample(texts, min(EACH, len(texts)))]
    chance.shuffle(chosen)
    vectors = encode([text[: meaning.READ] for text, _ in chosen])
    learned = LogisticRegression(max_iter=2_000).fit(vectors, [kind for _, kind in chosen])
    record = {"bias": round(float(learned.intercept_[0]), 4), "weights": np.round(learned.coef_[0], 4).tolist()}
    target = Path(meaning.__file__).with_name("meaning.json")
    target.write_text(json.dumps(record) + "\n", "utf-8")
    print(f"{target.name}: learned from {len(chosen)} comments")


if __name__ == "__main__":
    main()
