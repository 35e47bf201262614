"""The stage: an item's text to its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storydesk.knowledge import Knowledge
from storydesk.model import Item, Mention
from storydesk.recognise.fullest import fullest
from storydesk.recognise.heard import capitalised, heard, overheard
from storydesk.recognise.kinds import mended
from storydesk.recognise.link import link
from storydesk.recognise.metonyms import as_governments
from storydesk.recognise.reconcile import reconcile
from storydesk.recognise.teams import without_teams

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["recognise"]


def recognise(item: Item, doc: Doc, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The names in an item, left to right, never overlapping, linked to the knowledge base where that is sure.

    ``doc`` is the item's text as ``storydesk.language.parse`` gives it (past its cut nothing is named). Costs a few
    milliseconds.
    """
    modelled = doc.has_annotation("ENT_IOB") and doc.has_annotation("TAG")
    text = item.text[: doc[-1].idx + len(doc[-1].text)] if len(doc) else ""
    names = reconcile(
        doc, text, heard(doc, text) if modelled else capitalised(doc, text), knowledge.find(text, item.language)
    )
    names = [*names, *overheard(doc, names)] if modelled else names
    mentions = link(text, fullest(text, mended(text, names)), knowledge)
    return tuple(as_governments(doc, without_teams(text, mentions, knowledge), knowledge))
