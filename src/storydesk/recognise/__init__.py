"""Names: an item's text to its mentions, linked to the knowledge base, and a story's accounts to its cards.

The language model and the knowledge base each read the text (``heard``, ``Knowledge.find``); ``reconcile`` makes one
list of what they see; ``fullest`` leads surnames and acronyms back to the first full form; ``link`` decides by weight
and context which entity a name stands for, or that it is not sure; ``metonyms`` marks capitals that stand for
governments. ``agreed`` lets the accounts of a story decide what one of them leaves open; ``cards`` shows what is beyond
doubt. ``ruled`` is an account as the rulings of editors have it.
"""

from storydesk.recognise.agreed import agreed
from storydesk.recognise.cards import cards, desk_person, people
from storydesk.recognise.foreign import Foreign
from storydesk.recognise.heard import capitalised, heard
from storydesk.recognise.names import Hearing, Named
from storydesk.recognise.recognition import recognise
from storydesk.recognise.ruled import Ruling, Rulings, is_desk_person, ruled

__all__ = [
    "Foreign",
    "Hearing",
    "Named",
    "Ruling",
    "Rulings",
    "agreed",
    "capitalised",
    "cards",
    "desk_person",
    "heard",
    "is_desk_person",
    "people",
    "recognise",
    "ruled",
]
