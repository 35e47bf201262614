"""What the phases say of a comment, made one verdict."""

from __future__ import annotations

from storydesk.language import Encoder
from storydesk.model import Comment, Decision, Verdict
from storydesk.moderate.phase import Finding, Read, Settings
from storydesk.moderate.phases import PHASES

__all__ = ["DEFAULT", "screen"]

DEFAULT = Settings()


def screen(comment: Comment, settings: Settings = DEFAULT, encode: Encoder | None = None) -> Verdict:
    """Publish, hold or reject, with reasons whose offsets are into ``comment.text``.

    Nothing is published unscreened: a comment is held unless the desk trusts its author (``comment.published`` of at
    least ``settings.trust_after``) and no phase objects. ``score`` is the highest of any phase. With an encoder,
    abuse in other languages than English and comments far from their ``thread`` are looked for by meaning.
    """
    read = Read.of(comment, encode)
    findings = [finding for name in settings.phases if (finding := PHASES[name](read, settings)) is not None]
    reasons = tuple(reason for finding in findings for reason in finding.reasons)
    score = max((finding.score for finding in findings), default=0.0)
    return Verdict(comment.id, _decide(findings, comment, settings), round(score, 3), reasons)


def _decide(findings: list[Finding], comment: Comment, settings: Settings) -> Decision:
    asked = {finding.decision for finding in findings}
    if "reject" in asked:
        return "reject"
    trusted = 0 < settings.trust_after <= comment.published
    return "publish" if trusted and "hold" not in asked else "hold"
