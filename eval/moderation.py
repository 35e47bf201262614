"""How well comments are screened, on the fifth of each labelled set that nothing was learned from (by digest of the
text), beside alt-profanity-check, and on comments in other languages that were written for this."""

from __future__ import annotations

import gzip
import hashlib
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eval import bias, profanity_check_peer
from eval.identities import unseen
from storydesk import language, wire
from storydesk.model import Comment
from storydesk.moderate import DEFAULT, screen
from storydesk.moderate.classifier import judge
from storydesk.moderate.meaning import abusive_meaning
from storydesk.moderate.phases import ABUSIVE_WORD, toxic_stretches
from storydesk.moderate.words import Word, read_words

__all__ = ["fox", "held_out", "measure", "stands_in", "toxic_spans", "tweets"]

ABROAD = Path(__file__).with_name("comments_abroad.toml")

FLAGGED = 0.5
ABUSE, HATE = 0.65, 0.5
"""From which probabilities a tweet counts as offensive, and any comment as hateful; .65 is even odds before the shift
for news."""


def measure(data: Path) -> list[tuple[str, float]]:
    """Name and figure of each measure."""
    spans = [(text, offsets) for text, offsets in toxic_spans(data) if held_out(text)]
    comments = [(text, hateful) for text, hateful in fox(data) if held_out(text)]
    short = [(text, label) for text, label in tweets(data) if held_out(text)]
    real = [
        *comments,
        *((text, bool(gold)) for text, gold in spans),
        *((text, kind != "neither") for text, kind in short),
    ]
    return [
        ("moderate toxic-spans character F1", _mean(_span_f1(_words_found(text), gold) for text, gold in spans)),
        ("moderate fox-news F1", _f1([(is_hateful(text), hateful) for text, hateful in comments], True)),
        ("moderate tweets macro F1", _macro([(kind(text), label) for text, label in short])),
        *_of_peer(spans, comments, short),
        ("moderate fair sentences that name an identity, unflagged", _unflagged()),
        *bias.measure(real),
        *_abroad(),
        ("moderate comments per CPU second", _speed([text for text, _ in spans])),
    ]


def _of_peer(
    spans: list[tuple[str, set[int]]], comments: list[tuple[str, bool]], short: list[tuple[str, str]]
) -> list[tuple[str, float]]:
    """The same three with alt-profanity-check, which knows two classes and no spans: its answer for each word alone."""
    peer = profanity_check_peer
    hateful = peer.offensive([text for text, _ in comments])
    kinds = ("offensive" if offensive else "neither" for offensive in peer.offensive([text for text, _ in short]))
    found = peer.offensive_words([text for text, _ in spans])
    return [
        (
            "moderate toxic-spans character F1, alt-profanity-check",
            _mean(_span_f1(marked, gold) for marked, (_, gold) in zip(found, spans, strict=True)),
        ),
        (
            "moderate fox-news F1, alt-profanity-check",
            _f1(list(zip(hateful, (gold for _, gold in comments), strict=True)), True),
        ),
        (
            "moderate tweets macro F1, alt-profanity-check",
            _macro(list(zip(kinds, (label for _, label in short), strict=True))),
        ),
    ]


def _abroad() -> list[tuple[str, float]]:
    """Comments in languages other than English, by meaning."""
    written = tomllib.loads(ABROAD.read_text("utf-8"))
    lines: list[tuple[str, float]] = []
    scores = {
        name: [[abusive_meaning(text, language.encode) for text in texts[kind]] for kind in ("abusive", "fair")]
        for name, texts in written.items()
    }
    lowest = min(scores, key=lambda name: bias.area(*scores[name]))
    bad, fair = ([score for each in scores.values() for score in each[place]] for place in (0, 1))
    lines.append((f"moderate other languages, AUC, least of {len(written)} ({lowest})", bias.area(*scores[lowest])))
    lines.append(("moderate other languages, AUC, all", bias.area(bad, fair)))
    lines.append(("moderate other languages, abusive held with that reason", _mean(s >= DEFAULT.hold_at for s in bad)))
    lines.append(("moderate other languages, fair held with that reason", _mean(s >= DEFAULT.hold_at for s in fair)))
    return lines


def _mean(values: Iterable[float]) -> float:
    given = list(values)
    return sum(given) / len(given)


def held_out(text: str) -> bool:
    """Whether a comment belongs to the fifth that is measured on: the digest of its text decides."""
    return hashlib.sha256(text.encode()).digest()[0] < 256 // 5


def toxic_spans(data: Path) -> list[tuple[str, set[int]]]:
    """Comments with the offsets of the characters that make them toxic."""
    return [(record["text"], set(record["toxic_offsets"])) for record in _records(data, "toxic-spans-dev")]


def fox(data: Path) -> list[tuple[str, bool]]:
    """Comments under news, hateful or not."""
    return [(record["text"], str(record["label"]) == "1") for record in _records(data, "fox-news-threads")]


def tweets(data: Path) -> list[tuple[str, str]]:
    """Tweets, each "hate", "offensive" or "neither"."""
    return [(record["text"], record["label"]) for record in _records(data, "hate-offensive-tweets")]


def stands_in(word: Word, offsets: set[int]) -> bool:
    """Whether most of a word stands in a labelled span."""
    return 2 * sum(offset in offsets for offset in range(word.start, word.end)) > word.end - word.start


def is_hateful(text: str) -> bool:
    """The hate head's answer."""
    return judge(read_words(text)).hate >= HATE


def kind(text: str) -> str:
    """The three classes of the tweets, by both heads."""
    judgement = judge(read_words(text))
    if judgement.abuse < ABUSE:
        return "neither"
    return "hate" if judgement.hate >= HATE else "offensive"


def _unflagged() -> float:
    scores = [screen(Comment("c", text)).score for _, text in unseen()]
    return sum(score < FLAGGED for score in scores) / len(scores)


def _records(data: Path, name: str) -> list[wire.Record]:
    with gzip.open(data / "comments" / f"{name}.jsonl.gz", "rb") as lines:
        return [wire.decode(line) for line in lines]


def _words_found(text: str) -> set[int]:
    """The characters that the classifier marks."""
    words = read_words(text)
    spans = toxic_stretches(text, words, judge(words).words, ABUSIVE_WORD)
    return {offset for span in spans for offset in range(*span)}


def _span_f1(found: set[int], gold: set[int]) -> float:
    """Character F1 of one comment, as SemEval-2021 task 5 defines it."""
    if not gold or not found:
        return float(not gold and not found)
    return 2 * len(gold & found) / (len(gold) + len(found))


def _f1(pairs: Sequence[tuple[object, object]], label: object) -> float:
    right = sum(ours == gold == label for ours, gold in pairs)
    given = sum(ours == label for ours, _ in pairs) + sum(gold == label for _, gold in pairs)
    return 2 * right / given if given else 0.0


def _macro(pairs: Sequence[tuple[str, str]]) -> float:
    labels = sorted({gold for _, gold in pairs})
    return sum(_f1(pairs, label) for label in labels) / len(labels)


def _speed(texts: Sequence[str], clock: Callable[[], float] = time.process_time) -> float:
    screen(Comment("warm", "a first comment loads the model"), DEFAULT, language.encode)
    start = clock()
    for number, text in enumerate(texts):
        screen(Comment(str(number), text), DEFAULT, language.encode)
    return len(texts) / (clock() - start)
