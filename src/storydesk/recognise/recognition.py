"""The stage: an item's text to its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storydesk.knowledge import Knowledge
from storydesk.model import Item, Mention
from storydesk.recognise.foreign import ear
from storydesk.recognise.fullest import fullest
from storydesk.recognise.heard import capitalised, heard, overheard
from storydesk.recognise.kinds import mended
from storydesk.recognise.link import link
from storydesk.recognise.metonyms import as_governments
from storydesk.recognise.names import Hearing
from storydesk.recognise.reconcile import reconcile
from storydesk.recognise.shortened import shortened
from storydesk.recognise.teams import without_teams

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["recognise"]


def recognise(item: Item, doc: Doc, knowledge: Knowledge, hear: Hearing | None = None) -> tuple[Mention, ...]:
    """The names in an item, left to right, never overlapping, linked to the knowledge base where that is sure.

    ``doc`` is the item's text as ``storydesk.language.parse`` gives it (past its cut nothing is named). ``hear`` finds
    the names; without one it is the model of the item's language where there is one, else words with capitals. Costs a
    few milliseconds, and what a foreign model takes.
    """
    modelled = doc.has_annotation("ENT_IOB") and doc.has_annotation("TAG")
    text = item.text[: doc[-1].idx + len(doc[-1].text)] if len(doc) else ""
    hear = hear or (heard if modelled else ear(item.language) or capitalised)
    names = reconcile(doc, text, hear(doc, text), knowledge.find(text, item.language), guessed=hear is capitalised)
    names = [*names, *overheard(doc, names)] if modelled else names
    mentions = link(text, fullest(text, shortened(text, mended(text, names))), knowledge)
    return tuple(as_governments(doc, without_teams(text, mentions, knowledge), knowledge))
