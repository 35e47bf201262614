"""Item to attributions: who is said to have said what, in which words, and through whom.

The method, in the order in which ``attribution.attribute`` goes:

1. ``quotation`` finds the quotation marks that belong together, in any style;
2. ``syntax`` offers every clause, phrase or object that a verb or noun may report, and ``scoring`` decides by weights
   learned from annotated news (``docs/models/attribution.md``); ``reported`` turns what holds into spans;
3. ``quoting`` attaches the quotations that syntax left open, by where their cue stands, with the words of ``cues``;
   ``following`` those without a cue, to whoever spoke, was reported or acted last;
4. ``chain`` tells the speaker from the intermediary; ``speaker`` turns a source's words into a name.

Without syntax (another language than English) ``plain`` takes the place of 2 to 4.
"""

from storydesk.attribute.attribution import attribute
from storydesk.attribute.quotation import Quotation, quotations

__all__ = ["Quotation", "attribute", "quotations"]
