"""What a comment is held against: earlier ones, the desk's languages, its thread; and abuse in other languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storydesk.language import encode
from storydesk.model import Comment, Verdict
from storydesk.moderate import DEFAULT, Settings, fingerprint, screen

FAIR = "Thank you for this careful piece; the figures on the harbour helped me."
TRUSTED = DEFAULT.trust_after
THREAD = "Council votes on the second bridge. The mayor wants a ferry instead, as the harbour is too deep."
ADVERTISED = (
    "My cousin earns nine thousand a week from her sofa with nothing but a laptop, sign up today and begin "
    "your new life of luxury watches, handbags and holidays."
)


def verdict(comment: Comment, settings: Settings = DEFAULT) -> Verdict:
    return screen(comment, settings, encode)


def rules(comment: Comment, settings: Settings = DEFAULT) -> set[str]:
    return {reason.rule for reason in verdict(comment, settings).reasons}


def test_many_in_a_short_time_are_held_even_of_a_trusted_author() -> None:
    calm = Comment("c", FAIR, published=TRUSTED, recent=DEFAULT.rate - 1)
    assert verdict(calm).verdict == "publish"
    hasty = replace(calm, recent=DEFAULT.rate)
    assert verdict(hasty).verdict == "hold"
    assert rules(hasty) == {"many in a short time"}
    assert verdict(hasty, replace(DEFAULT, rate=0)).verdict == "publish"


def test_copies_are_held_and_many_of_them_rejected() -> None:
    copied = Comment("c", FAIR, published=TRUSTED, copies=1)
    assert verdict(copied).verdict == "hold"
    assert verdict(replace(copied, copies=DEFAULT.copies)).verdict == "reject"
    assert verdict(copied, replace(DEFAULT, copies=0)).verdict == "publish"


def test_a_copy_is_known_whatever_it_is_dressed_in() -> None:
    spam = "Cheap watches for everybody, order today at https://a.example/7"
    assert fingerprint(spam)
    assert fingerprint("CHEAP w4tches for   everyb0dy!!! order today at http://b.example/9") == fingerprint(spam)
    assert fingerprint("Cheap watches for nobody, order today") != fingerprint(spam)
    assert fingerprint("Well said!") == ""


def test_a_desk_that_names_its_languages_holds_others() -> None:
    spanish = Comment("c", "Gracias por el artículo, me ha ayudado a entender la ley.", published=TRUSTED)
    desk = replace(DEFAULT, languages=("en",))
    assert verdict(spanish).verdict == "publish"
    assert "language" in rules(spanish, desk)
    assert verdict(Comment("c", FAIR, published=TRUSTED), desk).verdict == "publish"
    assert "language" not in rules(Comment("c", "lol no way"), desk)


def test_what_has_nothing_to_do_with_its_thread_is_held() -> None:
    assert "off topic" in rules(Comment("c", ADVERTISED, published=TRUSTED, thread=THREAD))
    near = "I cross by boat each morning and a fixed link would save me an hour, whatever it costs the town in the end."
    assert "off topic" not in rules(Comment("c", near, published=TRUSTED, thread=THREAD))
    assert "off topic" not in rules(Comment("c", "Great, at last!", published=TRUSTED, thread=THREAD))


@pytest.mark.parametrize(
    "text",
    [
        "Du bist so ein dummes Stück Dreck, halt den Mund.",
        "Tú eres una basura humana, cállate ya.",
        "你真是个白痴，滚开。",
    ],
)
def test_abuse_in_other_languages_is_held_by_meaning(text: str) -> None:
    found = verdict(Comment("c", text, published=TRUSTED))
    assert found.verdict == "hold"
    assert [reason.rule for reason in found.reasons] == ["abuse, by meaning"]


@pytest.mark.parametrize("text", ["Danke für die Zahlen zum Hafen.", "¿Cuándo vota el consejo sobre el puente?"])
def test_fair_comments_in_other_languages_are_not(text: str) -> None:
    assert verdict(Comment("c", text, published=TRUSTED)).verdict == "publish"
